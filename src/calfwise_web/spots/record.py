"""A journal read for its places: what was said of each, what was done there, and how it was the morning after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import singledispatchmethod
from typing import Literal

from msgspec import Struct, structs

from calfwise.model.care.content import Content
from calfwise.model.journal import AnyEvent, CheckIn, Done, Morning, Planned
from calfwise.model.run import Side
from calfwise.model.session import WHOLE_CALF, Session, SessionItem, Spot, WaitingSpot

Felt = Literal["better", "same", "worse", "bruised"]
RESTS_AFTER: tuple[Felt, ...] = ("worse", "bruised")
SAID_FOR = timedelta(hours=24)
"""A spot's tenderness counts as the one before a session if it was said no longer ago."""


class Touch(Struct, frozen=True, array_like=True):
    """One place in one session."""

    place: int
    """Its number among the places."""
    technique: str
    tool: str
    before_nrs: int | None
    after_nrs: int | None
    felt: Felt | None = None
    """The morning after; `None`: nobody said."""
    eased: bool = False


class Past(Struct, frozen=True, array_like=True):
    """A session that was done."""

    at: datetime
    planned_s: int
    """Sets and rests. [s]"""
    stopped_early: bool
    touches: tuple[Touch, ...]
    untouched: tuple[int, ...]
    """Places that nobody came to, by number."""
    strokes: tuple[Side, ...]
    """Legs that had long strokes over the whole calf."""


class Pressed(Struct, frozen=True, array_like=True):
    """Tenderness to pressing, as said once. [NRS]"""

    at: datetime
    nrs: int


class Waited(Struct, frozen=True, array_like=True):
    """A plan that left a place for later, and why."""

    at: datetime
    reason: str


class PlaceTold(Struct, frozen=True):
    """What the journal says of one place, beside the sessions."""

    marks: tuple[Pressed, ...]
    """At check-ins, in order of time; those of a session's day stand with the session."""
    waits: tuple[Waited, ...]
    """Each reason once in a row."""
    rests_until: datetime | None
    """After the last morning that was worse or bruised."""
    felt: Pressed | None
    """Last said, before or after a session."""


@dataclass(frozen=True, slots=True)
class Record:
    """All of it."""

    places: Mapping[Spot, PlaceTold]
    """In the order in which they came up; a place's number is its place here."""
    sessions: tuple[Past, ...]


def recorded(events: Iterable[AnyEvent], *, content: Content, home: tzinfo) -> Record:
    """Read a journal, in order of time. Places that the library does not know (any more) are left out."""
    reading = _Reading(content, home)
    for event in events:
        reading.read(event)
    return Record(
        {spot: told.struct() for spot, told in reading.places.items()},
        tuple(reading.done),
    )


@dataclass(slots=True)
class _Told:
    """One place while it is read."""

    number: int
    marks: list[Pressed] = field(default_factory=list)
    waits: list[Waited] = field(default_factory=list)
    rests_until: datetime | None = None
    felt: Pressed | None = None
    last_at: datetime | None = None
    """The last session that was to work there, whether it came to it or not."""

    def struct(self) -> PlaceTold:
        return PlaceTold(tuple(self.marks), tuple(self.waits), self.rests_until, self.felt)


@dataclass(slots=True)
class _Reading:
    """What is known so far."""

    content: Content
    home: tzinfo
    places: dict[Spot, _Told] = field(default_factory=dict)
    done: list[Past] = field(default_factory=list)
    plans: dict[str, Session] = field(default_factory=dict)
    last: str = ""

    def told(self, spot: Spot) -> _Told | None:
        if spot.zone not in self.content.zones:
            return None
        return self.places.setdefault(spot, _Told(len(self.places)))

    @singledispatchmethod
    def read(self, event: object) -> None:
        """Anything else says nothing of places."""

    @read.register
    def _(self, event: CheckIn) -> None:
        for marked in event.spots:
            told = self.told(marked.spot)
            if told is not None:
                told.felt = Pressed(event.at.astimezone(self.home), marked.tenderness_nrs)
                told.marks.append(told.felt)

    @read.register
    def _(self, event: Planned) -> None:
        self.plans[event.session.id] = event.session
        self.last = event.session.id
        for item in event.session.items:
            if not item.only_if_found:
                self.told(item.spot)
        for waits in event.queue:
            self._waits(event.at, waits)

    def _waits(self, at: datetime, waits: WaitingSpot) -> None:
        told = self.told(waits.spot)
        if told is None:
            return
        last = told.waits[-1] if told.waits else None
        if last is None or last.reason != waits.reason or (told.last_at is not None and told.last_at > last.at):
            told.waits.append(Waited(at.astimezone(self.home), waits.reason))

    @read.register
    def _(self, event: Done) -> None:
        session = self.plans.pop(event.session or self.last, None)
        if session is None:
            return
        after = {rated.spot: rated.tenderness_nrs for rated in event.after}
        worked = [item for item in _one_each(session) if _was_worked(item, event, after)]
        past = Past(
            at=event.at.astimezone(self.home),
            planned_s=session.total_seconds,
            stopped_early=event.stopped_early,
            touches=tuple(touch for item in worked if (touch := self._touch(item, event, after))),
            untouched=tuple(told.number for spot in event.untouched if (told := self.places.get(spot))),
            strokes=tuple(dict.fromkeys(item.side for item in session.items if item.zone == WHOLE_CALF)),
        )
        for spot in session.spots:
            if spot in self.places:
                self.places[spot].last_at = past.at
        self.done.append(past)

    def _touch(self, item: SessionItem, done: Done, after: Mapping[Spot, int]) -> Touch | None:
        told = self.told(item.spot)
        if told is None:
            return None
        at, after_nrs = done.at.astimezone(self.home), after.get(item.spot)
        last = told.marks[-1] if told.marks else None
        while told.marks and told.marks[-1].at.date() == at.date():
            told.marks.pop()
        if after_nrs is not None:
            told.felt = Pressed(at, after_nrs)
        return Touch(
            place=told.number,
            technique=item.technique,
            tool=item.tool,
            before_nrs=last.nrs if last and timedelta(0) <= at - last.at <= SAID_FOR else None,
            after_nrs=after_nrs,
            eased=any((eased.spot, eased.technique) == (item.spot, item.technique) for eased in done.eased),
        )

    @read.register
    def _(self, event: Morning) -> None:
        for morning in event.spots:
            told = self.places.get(morning.spot)
            if told is None:
                continue
            self._felt(told.number, morning.felt)
            if told.last_at is not None and morning.felt in RESTS_AFTER:
                until = told.last_at + rest(self.content)
                told.rests_until = max(until, told.rests_until or until)

    def _felt(self, number: int, felt: Felt) -> None:
        """The last session that worked there; said again, the last word counts."""
        for at, past in zip(reversed(range(len(self.done))), reversed(self.done), strict=True):
            if any(touch.place == number for touch in past.touches):
                touches = (structs.replace(t, felt=felt) if t.place == number else t for t in past.touches)
                self.done[at] = structs.replace(past, touches=tuple(touches))
                return


def rest(content: Content) -> timedelta:
    """How long a place rests that was worse or bruised the morning after."""
    return timedelta(hours=content.caps.worse_rest_h)


def _one_each(session: Session) -> Iterable[SessionItem]:
    """The first thing done at each place."""
    found: dict[Spot, SessionItem] = {}
    for item in session.items:
        if item.zone != WHOLE_CALF:
            found.setdefault(item.spot, item)
    return found.values()


def _was_worked(item: SessionItem, done: Done, after: Mapping[Spot, int]) -> bool:
    """A place of the guided search counts once it was rated: otherwise nobody can tell that it was found."""
    return item.spot in after if item.only_if_found else item.spot not in done.untouched
