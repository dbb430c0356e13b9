"""The check-in's form, shaped: soreness, signs in their groups, the map, and what is at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from calfwise import library
from calfwise.model.care.case import SORENESS_LEFT, SORENESS_RIGHT
from calfwise.model.care.signs import Level, Question
from calfwise.model.journal import Said
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Spot, WaitingSpot
from calfwise_web.figures.calves import CalvesMap, Mark
from calfwise_web.today.card import HANDS, since_said, spot_said
from calfwise_web.today.forms import WORST_NRS, Typed
from calfwise_web.today.snapshot import Today

SHORT = {
    "now": "Right now",
    "one-leg": "One leg different",
    "sudden": "Sudden, or one point",
    "lately": "A pattern",
    "body": "Body and medicine",
    "today": "Today",
    "standing": "Conditions",
    "about-you": "About you",
}
"""A group's name once it is answered."""
SCALE = tuple(str(nrs) for nrs in range(WORST_NRS + 1))
WORDS_OF_SCALE = {"0": "nothing", "10": "the worst you can imagine"}


@dataclass(frozen=True, slots=True)
class Scale:
    """Walking soreness of one leg."""

    side: str
    marks: tuple[tuple[str, str, bool], ...]
    """Number, what it means, whether it is chosen."""
    error: str


@dataclass(frozen=True, slots=True)
class Group:
    """Signs or conditions under one question."""

    id: str
    title: str
    short: str
    shown: str
    """Ids of its lines, for the form to say what it showed."""
    lines: tuple[SafeString, ...]
    none: bool
    """Answered with "none of these"."""
    open: bool
    """Was asked before, and not answered."""
    settles: bool
    """One of its lines may decide alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the list."""

    field: str
    title: str
    felt: str
    waits: str
    """Since when, where it waits; with what it was then."""
    was: str


@dataclass(frozen=True, slots=True)
class Found:
    """How to find a place, on either leg."""

    id: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class AtHand:
    """What there is to press with, where one sits, how long it may take."""

    said: str
    tools: tuple[tuple[str, str, bool], ...]
    position: str
    minutes: str
    error: str


@dataclass(frozen=True, slots=True)
class Form:
    """All of it."""

    scales: tuple[Scale, ...]
    groups: tuple[Group, ...]
    map: CalvesMap
    places: tuple[Place, ...]
    zones: tuple[Found, ...]
    waits: bool
    """Something of an earlier day is on the map."""
    search: bool
    hand: AtHand
    spots_error: str
    errors: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    """What is open still: where on the page, and its name."""


def form_of(
    today: Today,
    typed: Typed,
    *,
    missing: Iterable[str] = (),
    errors: dict[str, str] | None = None,
    now: datetime,
    home: tzinfo,
) -> Form:
    """The form, filled in.

    Parameters
    ----------
    today
        What is asked, what waits, which leg is locked.
    typed
        What it is filled with.
    missing
        Of an answered form: what is still open, by id.
    errors
        What is wrong with what was typed, by field.
    """
    wrong, open_ = errors or {}, tuple(missing)
    locked = _locked(today)
    waits = waiting_still(today, typed, now=now)
    return Form(
        scales=tuple(scale_of(side, getattr(typed, side.value), wrong.get(side.value, "")) for side in BOTH_SIDES),
        groups=groups_of(today.asked, typed, open_=open_),
        map=CalvesMap(marks=_marks(typed, waits), locked=locked),
        places=_places(typed, waits, locked, now=now, home=home),
        zones=tuple(Found(id_, zone.title, zone.where) for id_, zone in library.content().zones.items()),
        waits=bool(waits),
        search=typed.search,
        hand=hand_of(typed, wrong.get("minutes", "")),
        spots_error=wrong.get("spots", ""),
        errors=tuple(dict.fromkeys(wrong.values())),
        missing=_missing(open_),
    )


def groups_of(asked: Iterable[str], typed: Typed, *, open_: Iterable[str] = ()) -> tuple[Group, ...]:
    """Today's questions in their groups, the lines drawn once and kept."""
    gate, unsaid = library.gate(), set(open_)
    by_group: dict[str, list[str]] = {}
    for id_ in asked:
        by_group.setdefault(gate.questions[id_].group, []).append(id_)
    return tuple(
        Group(
            id=id_,
            title=gate.groups[id_].title,
            short=SHORT.get(id_, gate.groups[id_].title.rstrip("?")),
            shown=" ".join(by_group[id_]),
            lines=tuple(line_markup(each, typed.answers.get(each, "")) for each in by_group[id_]),
            none=id_ in typed.none,
            open=any(each in unsaid for each in by_group[id_]),
            settles=any(_settles(gate.questions[each]) for each in by_group[id_]),
        )
        for id_ in gate.groups
        if id_ in by_group
    )


@cache
def line_markup(id_: str, said: str) -> SafeString:
    """One line with its answers: the same for everybody, so it is drawn once."""
    question = library.gate().questions[id_]
    words = _words(question)
    answers = [(value, word, value == said) for value, word in words]
    name = next((word for value, word in words if value == said and value != Said.NO.value), "")
    shown = {"id": id_, "text": question.question, "answers": answers, "said": name, "settles": _settles(question)}
    return render_to_string("today/_line.html", shown)


def _words(question: Question) -> list[tuple[str, str]]:
    legs = [(Said.LEFT.value, "Left"), (Said.RIGHT.value, "Right"), (Said.BOTH.value, "Both")]
    yes = legs if question.sided else [(Said.YES.value, "Yes")]
    return [*yes, (Said.UNSURE.value, "Not sure"), (Said.NO.value, "No")]


def _settles(question: Question) -> bool:
    """A sign that decides alone: nobody who has it should have to read on."""
    return question.level is not None and question.level.rank >= Level.TODAY.rank


def waiting_still(today: Today, typed: Typed, *, now: datetime) -> tuple[WaitingSpot, ...]:
    """Spots of earlier days that nobody has said anything about yet."""
    content = library.content()
    oldest = now - timedelta(days=content.caps.waiting_days)
    locked = _locked(today)
    return tuple(
        waits
        for waits in today.waiting
        if waits.since >= oldest
        and waits.spot not in typed.spots
        and waits.spot.zone in content.zones
        and waits.spot.side not in locked
    )


def hand_of(typed: Typed, error: str = "") -> AtHand:
    """What is at hand, and the same in a line."""
    tools = library.content().tools
    offered = tuple((id_, tool.title, id_ in typed.tools) for id_, tool in tools.items() if not tool.always_there)
    names = [title.lower() for _, title, there in offered if there]
    said = " · ".join([f"{typed.minutes} minutes", typed.position, *(names or [HANDS])])
    return AtHand(said, offered, typed.position, typed.minutes, error)


def scale_of(side: Side, felt: str, error: str) -> Scale:
    return Scale(side.value, tuple((nrs, WORDS_OF_SCALE.get(nrs, ""), nrs == felt) for nrs in SCALE), error)


def _locked(today: Today) -> tuple[Side, ...]:
    locked = {side for lock in today.locks for side in lock.sides}
    return tuple(side for side in BOTH_SIDES if side in locked)


def _marks(typed: Typed, waits: Iterable[WaitingSpot]) -> tuple[Mark, ...]:
    marked = [
        Mark(spot.side, spot.zone, int(felt)) for spot, felt in typed.spots.items() if felt.isdigit() and felt != "0"
    ]
    rings = [Mark(each.spot.side, each.spot.zone, each.tenderness_nrs, waiting=True) for each in waits]
    return (*marked, *rings)


def _places(
    typed: Typed, waits: Iterable[WaitingSpot], locked: tuple[Side, ...], *, now: datetime, home: tzinfo
) -> tuple[Place, ...]:
    waiting = {each.spot: each for each in waits}
    shown = []
    for side in BOTH_SIDES:
        for id_ in library.content().zones if side not in locked else ():
            spot = Spot(side, id_)
            rings = waiting.get(spot)
            was_nrs = rings.tenderness_nrs if rings else None
            place = Place(
                field=f"spot-{side}-{id_}",
                title=spot_said(spot),
                felt=typed.spots.get(spot, ""),
                waits=since_said(rings, now=now, home=home) if rings else "",
                was="" if was_nrs is None else str(was_nrs),
            )
            shown.append(place)
    return tuple(shown)


def _missing(ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Where each open thing is on the page, in the page's order."""
    gate = library.gate()
    legs = {
        SORENESS_LEFT: ("scale-left", "how sore the left calf is"),
        SORENESS_RIGHT: ("scale-right", "how sore the right calf is"),
    }
    groups = dict.fromkeys(gate.questions[id_].group for id_ in ids if id_ in gate.questions)
    named = [(f"group-{id_}", f"“{SHORT.get(id_, gate.groups[id_].title)}”") for id_ in gate.groups if id_ in groups]
    return (*(legs[id_] for id_ in (SORENESS_LEFT, SORENESS_RIGHT) if id_ in ids), *named)
