"""A session on paper: what, where, how, how hard, what ends it, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from calfwise import library
from calfwise.model.session import WHOLE_CALF, Session, SessionItem, WaitingSpot
from calfwise_web.player.pages import Drawing, title_of
from calfwise_web.player.words import NUMBERS, place_said

BEFORE = (
    "Not today with fever, after alcohol or strong painkillers, or with anything new: a swollen, warm, red or numb "
    "leg, a pop or a sudden stab. Check in first."
)
WHOLE = "From just above the ankle up to below the knee, always towards the knee."


@dataclass(frozen=True, slots=True)
class CardStep:
    """One thing to do."""

    place: str
    where: str
    technique: str
    tool: str
    position: str
    dose: str
    effort: str
    if_found: bool
    how: tuple[str, ...]
    """Step by step, where a way comes for the first time."""
    as_in: int | None
    """The step that tells how, where it was told already."""
    whole: bool
    """Along the whole calf."""
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """The session as one takes it to a place without a screen."""

    title: str
    at: datetime
    before: str
    steps: tuple[CardStep, ...]
    limits: str
    stop: tuple[str, ...]
    waits: tuple[str, ...]


def card_of(plan: Session, queue: Sequence[WaitingSpot], *, at: datetime) -> PrintedCard:
    """A planned session on paper; `at` is when it was planned, on the runner's clock."""
    content = library.content()
    caps = content.caps
    told: dict[tuple[str, str, str], int] = {}
    steps = []
    for number, item in enumerate(plan.items, start=1):
        way = (item.technique, item.tool, item.position)
        steps.append(_step(number, item, as_in=told.get(way)))
        told.setdefault(way, number)
    return PrintedCard(
        title=title_of(plan),
        at=at,
        before=BEFORE,
        steps=tuple(steps),
        limits=(
            f"{NUMBERS[max(item.effort_nrs for item in plan.items)].capitalize()} out of ten at most. Above that, ease "
            f"off; stop at {NUMBERS[caps.stop_at_nrs]}, or when it still rises."
        ),
        stop=content.techniques[plan.items[0].technique].stop,
        waits=tuple(
            f"{_place(waits.spot.side, waits.spot.zone)}: {waits.reason}."
            for waits in queue
            if waits.spot.zone in content.zones
        ),
    )


def _step(number: int, item: SessionItem, *, as_in: int | None) -> CardStep:
    content = library.content()
    technique = content.techniques[item.technique]
    ways = (way for way in technique.ways if (way.tool, way.position) == (item.tool, item.position))
    way = next(ways, None)
    return CardStep(
        place=_place(item.side, item.zone),
        where=WHOLE if item.zone == WHOLE_CALF else content.zones[item.zone].where,
        technique=technique.title,
        tool=content.tools[item.tool].title,
        position="on the floor" if item.position == "floor" else "on a chair",
        dose=_dose(item),
        effort=f"{item.effort_nrs} of 10 at most",
        if_found=item.only_if_found,
        how=way.steps if way and as_in is None else (),
        as_in=as_in,
        whole=item.zone == WHOLE_CALF,
        drawing=Drawing(
            id=f"card-{number}",
            technique=item.technique,
            tool=item.tool,
            position=item.position,
            zone=item.zone,
            side=item.side,
        ),
    )


def _place(side: str, zone: str) -> str:
    if zone == WHOLE_CALF:
        return f"{side.capitalize()} calf, whole length"
    return f"{side.capitalize()}, {place_said(zone, library.content())}"


def _dose(item: SessionItem) -> str:
    if item.sets == 1:
        return f"{item.seconds} s"
    return f"{item.sets} × {item.seconds} s, {item.rest_s} s rest"
