"""The session card: what comes today, why these, what waits, and how hard at most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from calfwise import library
from calfwise.model.care.content import Content
from calfwise.model.run import BOTH_SIDES
from calfwise.model.session import WHOLE_CALF, Practice, Session, SessionItem, Spot, WaitingSpot
from calfwise_web.figures.calves import CalvesMap, Mark
from calfwise_web.player.pages import minutes_of, title_of
from calfwise_web.player.words import NUMBERS, WITH, place_said
from calfwise_web.today.reasons import Line, day_said, line_of, sentences, sources_of
from calfwise_web.today.snapshot import Checked, Today

HANDS = "hands only"
REST_WAITS = "rest-waits"
"""The planner's reason for a queue; each spot of it says so itself."""
ENOUGH_TODAY = "It keeps until tomorrow: two or three are enough."
KEEPS = "it keeps until tomorrow"
RESTS = "so it rests"
"""In the words of a spot that rests after a bad morning."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place, and what is done there."""

    place: str
    dose: str
    why: Line
    tenderness_nrs: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place that keeps."""

    place: str
    text: str
    tag: str
    tenderness_nrs: int | None


@dataclass(frozen=True, slots=True)
class SessionCard:
    """The card."""

    id: str
    title: str
    tags: str
    position: str
    notes: tuple[Line, ...]
    """Of the gate and the planner: what makes today lighter, or shorter."""
    around: str
    """What is done before and after the places."""
    steps: tuple[Step, ...]
    waits: tuple[Waiting, ...]
    limits: str
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HabitCard:
    """Heel raises on a quiet day."""

    id: str
    title: str
    dose: str
    minutes: int
    why: Line


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A routine that was planned for today."""

    id: str
    routine: str
    title: str
    minutes: int


def practice_card(plan: Practice) -> PracticeCard:
    """What is planned, in a line."""
    return PracticeCard(plan.id, plan.routine, title_of(plan), minutes_of(plan))


def session_card(today: Today, checked: Checked, plan: Session) -> SessionCard:
    """All of today's session."""
    content = library.content()
    felt = tenderness_of(today)
    places = [item for item in plan.items if item.zone != WHOLE_CALF]
    strokes = [item for item in plan.items if item.zone == WHOLE_CALF]
    steps = [_step(item, felt) for item in places] or _strokes_alone(strokes)
    caps = content.caps
    return SessionCard(
        id=plan.id,
        title=title_of(plan),
        tags=tags_of(plan, content),
        position=plan.items[0].position if plan.items else "floor",
        notes=tuple(line_of(r) for r in (*checked.reasons, *checked.plan_reasons) if r.id != REST_WAITS),
        around=_around(strokes) if places else "",
        steps=tuple(steps),
        waits=waiting_of(checked.queue),
        limits=(
            f"{NUMBERS[max(item.effort_nrs for item in plan.items)].capitalize()} out of ten at most. Above that, ease "
            f"off; stop at {NUMBERS[caps.stop_at_nrs]}, or when it still rises."
        ),
        stops=content.techniques[plan.items[0].technique].stop,
    )


def habit_card(habit: Practice) -> HabitCard:
    """What, how much, and why."""
    content = library.player()
    first = habit.items[0]
    evidence = content.protocols[first.protocol].evidence
    legs = "both legs" if first.side is None else "each leg"
    sets = {item.sets for item in habit.items}
    seconds = sum(item.total_s for item in habit.items)
    up_s, _, down_s = first.tempo_s or (0, 0, 0)
    return HabitCard(
        id=habit.id,
        title=title_of(habit),
        dose=(f"{max(sets)} × {first.counts[0]}, {legs}, {up_s} s up and {down_s} s down. Knees straight, then bent."),
        minutes=max(1, round((seconds + habit.between_s * (len(habit.items) - 1)) / 60)),
        why=Line(evidence.claim, (*sentences(habit.reason), evidence.limits), sources_of(habit.sources)),
    )


def waiting_of(queue: Iterable[WaitingSpot]) -> tuple[Waiting, ...]:
    """What keeps, each with its reason."""
    return tuple(
        Waiting(
            place=spot_said(waits.spot),
            text=ENOUGH_TODAY if waits.reason == KEEPS else sentences(waits.reason)[0],
            tag="rests" if RESTS in waits.reason else "waits",
            tenderness_nrs=waits.tenderness_nrs,
        )
        for waits in queue
        if waits.spot.zone in library.content().zones
    )


def spot_said(spot: Spot) -> str:
    """A spot at the beginning of a line.

    >>> from calfwise.model.run import Side
    >>> spot_said(Spot(Side.LEFT, "medial-upper")), spot_said(Spot(Side.RIGHT, "whole-calf"))
    ('Left, inner upper calf', 'Right calf, whole length')
    """
    if spot.zone == WHOLE_CALF:
        return f"{spot.side.capitalize()} calf, whole length"
    return f"{spot.side.capitalize()}, {place_said(spot.zone, library.content())}"


def tags_of(plan: Session, content: Content) -> str:
    """Where one sits and with what: "floor · ball"."""
    positions = dict.fromkeys(item.position for item in plan.items)
    tools = dict.fromkeys(
        content.tools[item.tool].title.lower() for item in plan.items if not content.tools[item.tool].by_hand
    )
    return " · ".join([*positions, *(tools or [HANDS])])


def tenderness_of(today: Today) -> dict[Spot, int]:
    """How tender each spot is, as last said."""
    felt = {waits.spot: waits.tenderness_nrs for waits in today.waiting if waits.tenderness_nrs is not None}
    if today.checked is not None:
        felt |= {tender.spot: tender.tenderness_nrs for tender in today.checked.check_in.spots}
    return felt


def map_of(today: Today, plan: Session | None, queue: Sequence[WaitingSpot]) -> CalvesMap:
    """Today's places, and as rings those that keep; to be looked at, not to be touched."""
    felt, zones = tenderness_of(today), library.content().zones
    planned = plan.spots if plan else ()
    marks = [Mark(spot.side, spot.zone, felt.get(spot)) for spot in planned]
    rings = [Mark(w.spot.side, w.spot.zone, w.tenderness_nrs, waiting=True) for w in queue if w.spot not in planned]
    shown = tuple(mark for mark in (*marks, *rings) if mark.zone in zones)
    locked = {side for lock in today.locks for side in lock.sides}
    return CalvesMap(marks=shown, locked=tuple(side for side in BOTH_SIDES if side in locked), acts=False)


def _step(item: SessionItem, felt: dict[Spot, int]) -> Step:
    technique = library.content().techniques[item.technique]
    tenderness_nrs = None if item.only_if_found else felt.get(item.spot)
    first, *more = sentences(item.reason)
    if more and first == f"Tender at {tenderness_nrs} of 10.":
        first, *more = more
    return Step(
        place=spot_said(item.spot),
        dose=f"{technique.title}, {dose_said(item)}, with {WITH.get(item.tool, 'your hands')}.",
        why=Line(first, (*more, technique.evidence.claim, technique.evidence.limits), sources_of(item.sources)),
        tenderness_nrs=tenderness_nrs,
    )


def dose_said(item: SessionItem) -> str:
    """Sets and seconds."""
    return f"{item.sets} × {item.seconds} s" if item.sets > 1 else f"{item.seconds} s"


def _strokes_alone(strokes: Sequence[SessionItem]) -> list[Step]:
    """A leg's strokes as one step, where there is nothing else."""
    return [
        Step(
            place=spot_said(first.spot),
            dose=f"Long strokes, {times} × {first.seconds} s, with {WITH.get(first.tool, 'your hands')}.",
            why=Line("Long and light, towards the knee.", (), sources_of(first.sources)),
            tenderness_nrs=None,
        )
        for side in BOTH_SIDES
        if (times := len(of_leg := [item for item in strokes if item.side is side])) and (first := of_leg[0])
    ]


def _around(strokes: Sequence[SessionItem]) -> str:
    if not strokes:
        return ""
    legs = "each leg" if len({item.side for item in strokes}) > 1 else f"the {strokes[0].side} calf"
    if any("notice" in item.reason for item in strokes):
        return (
            "First long strokes along the inner, middle and outer calf, to notice where it is tender. You press only "
            "what you find, and end with long strokes."
        )
    return f"Before and after on {legs}: long strokes, {strokes[0].seconds} s."


def since_said(waits: WaitingSpot, *, now: datetime, home: tzinfo) -> str:
    """Since when a spot waits, and how tender it was.

    >>> from datetime import UTC
    >>> from calfwise.model.run import Side
    >>> at, now = datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC)
    >>> since_said(WaitingSpot(Spot(Side.LEFT, "medial-upper"), 3, at, ""), now=now, home=UTC)
    'Waiting since yesterday, 3 of 10 then. Still tender?'
    """
    was = "" if waits.tenderness_nrs is None else f", {waits.tenderness_nrs} of 10 then"
    return f"Waiting since {day_said(waits.since, now=now, home=home)}{was}. Still tender?"
