"""What Spots and History show, worked out when something changed. What depends on the hour is decided when shown.

A journal of ten years is a few thousand rows: rows are arrays, and one that belongs to a place names it by its number.
"""

from datetime import date, datetime, tzinfo

import msgspec
from msgspec import Struct

from calfwise import library
from calfwise.model.care.choice import choose, eased_last_time
from calfwise.model.care.leaning import Leaning
from calfwise.model.care.outcomes import LegLimits
from calfwise.model.care.screening import closed_before
from calfwise.model.care.spots import LIKELY_TENDERNESS_NRS
from calfwise.model.care.technique import Position
from calfwise.model.described import races_of
from calfwise.model.fix.helped.leaning import leaning_of
from calfwise.model.journal import PracticeDone, Prefers
from calfwise.model.run import Side
from calfwise.model.session import HEEL_RAISES, Spot, TenderSpot, WaitingSpot
from calfwise_web.practise.done import felt_said, routine_said, what_said
from calfwise_web.spots.record import Past, PlaceTold, recorded
from calfwise_web.today.snapshot import kit_of
from calfwise_web.whole import Whole

PAGE = "spots"


class NextTime(Struct, frozen=True):
    """What the planner would choose for a place, were it tender today."""

    technique: str
    tool: str
    position: Position
    why: str
    lighter: bool
    """As asked for the last time."""


class Place(Struct, frozen=True):
    """A place that was ever tender, worked on, or waits."""

    spot: Spot
    told: PlaceTold
    waiting: WaitingSpot | None
    next_time: NextTime | None


class Word(Struct, frozen=True, array_like=True):
    """Walking soreness as said once."""

    day: date
    left: int | None
    right: int | None
    morning: bool


class Practised(Struct, frozen=True, array_like=True):
    """A routine that was done, or heel raises of a quiet day."""

    at: datetime
    level: int
    stopped_early: bool
    title: str
    what: str
    felt: str
    """How the calves felt in the meantime; empty where nobody said."""
    is_habit: bool
    """Heel raises of a quiet day."""


class Spots(Struct, frozen=True):
    """All that these pages show."""

    now: datetime
    """When this was worked out, on the runner's own clock."""
    prefers: Prefers
    places: tuple[Place, ...]
    sessions: tuple[Past, ...]
    """In order of time."""
    words: tuple[Word, ...]
    """In order of time."""
    practised: tuple[Practised, ...]
    races: tuple[date, ...]
    closed: tuple[Side, ...]
    """Legs that get no massage, whatever is said today."""


_decoder = msgspec.json.Decoder(Spots)


def spots_of(body: bytes | memoryview) -> Spots:
    """A snapshot read again."""
    return _decoder.decode(body)


def spots_body(whole: Whole) -> bytes:
    """The snapshot of a journal's spots. JSON: MessagePack would keep a time's moment, but not its day."""
    return msgspec.json.encode(spots(whole))


def spots(whole: Whole) -> Spots:
    """What these pages show of a journal."""
    history, now = whole.history, whole.now
    home = now.tzinfo
    assert home is not None, "now must be aware"
    record = recorded(whole.events, content=library.content(), home=home)
    waiting = {waits.spot: waits for waits in history.waiting}
    leaning = leaning_of(history, content=library.content(), rules=library.helped(), now=now)
    return Spots(
        now=now,
        prefers=history.prefers or Prefers(at=now),
        places=tuple(
            Place(spot, told, waiting.get(spot), _next_time(whole, spot, told, leaning))
            for spot, told in record.places.items()
        ),
        sessions=record.sessions,
        words=tuple(
            Word(note.at.astimezone(home).date(), note.soreness.left, note.soreness.right, note.morning)
            for note in history.soreness
        ),
        practised=tuple(_practised(one, home) for one in history.practices),
        races=tuple(sorted(races_of(whole.loads, history=history, home=home))),
        closed=_closed(whole),
    )


def _practised(one: PracticeDone, home: tzinfo) -> Practised:
    return Practised(
        at=one.at.astimezone(home),
        level=one.level,
        stopped_early=one.stopped_early,
        title=routine_said(one.routine),
        what=what_said(one),
        felt=felt_said(one.felt_nrs),
        is_habit=one.routine == HEEL_RAISES,
    )


def _closed(whole: Whole) -> tuple[Side, ...]:
    closed = closed_before(gate=library.gate(), history=whole.history, now=whole.now)
    return tuple(sorted({side for _, sides in closed for side in sides}))


def _next_time(whole: Whole, spot: Spot, told: PlaceTold, leaning: Leaning | None) -> NextTime | None:
    """By itself, without limits: which leg may have what, the gate says on the day."""
    nrs = LIKELY_TENDERNESS_NRS if told.felt is None else told.felt.nrs
    choice = choose(
        TenderSpot(spot, nrs),
        content=library.content(),
        limits=LegLimits(),
        kit=kit_of(whole.history.prefers),
        history=whole.history,
        planned=(),
        leaning=leaning,
    )
    if choice is None:
        return None
    lighter = bool(eased_last_time(whole.history, spot, choice.technique))
    return NextTime(choice.technique, choice.way.tool, choice.way.position, choice.reason, lighter)
