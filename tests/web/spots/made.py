"""Made journals: a few weeks with every state in them, and ten years of looking after calves."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from calfwise.model.journal import (
    AnyEvent,
    CheckIn,
    Done,
    Morning,
    Planned,
    PlansRace,
    PracticeDone,
    SpotMorning,
)
from calfwise.model.run import Side
from calfwise.model.session import (
    WHOLE_CALF,
    Eased,
    Session,
    SessionItem,
    Soreness,
    Spot,
    TenderSpot,
    WaitingSpot,
)

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday; in Berlin 13:00."""
INNER, OUTER = Spot(Side.LEFT, "medial-upper"), Spot(Side.RIGHT, "lateral-upper")
LOW, DEEP, CORD = Spot(Side.LEFT, "medial-lower"), Spot(Side.RIGHT, "soleus-medial"), Spot(Side.LEFT, "junction")
SORE = Soreness(3, 3)
Felt = Literal["better", "same", "worse", "bruised"]


def days_ago(days: float, hour: float = 18) -> datetime:
    """At an hour of the day, UTC."""
    day = (NOW - timedelta(days=days)).replace(hour=0, minute=0)
    return day + timedelta(hours=hour)


def item(spot: Spot, *, technique: str = "press-and-hold", if_found: bool = False) -> SessionItem:
    return SessionItem(
        side=spot.side,
        zone=spot.zone,
        technique=technique,
        tool="ball" if technique == "press-and-hold" else "thumbs",
        position="floor",
        sets=3,
        seconds=30,
        rest_s=30,
        effort_nrs=4,
        reason="tender; it suits",
        sources=("CoachRule",),
        only_if_found=if_found,
    )


def session(
    at: datetime,
    tender: Sequence[tuple[Spot, int | None, int | None]],
    *,
    felt: Sequence[Felt | None] = (),
    waits: Sequence[tuple[Spot, int]] = (),
    untouched: Sequence[Spot] = (),
    stopped_early: bool = False,
    eased: Sequence[Eased] = (),
    soreness: Soreness = SORE,
    if_found: Sequence[Spot] = (),
    technique: str = "press-and-hold",
) -> Iterator[AnyEvent]:
    """A check-in, what was planned and done ten minutes later, and the morning after.

    `tender` is each spot with its tenderness before and after; `felt` the word about each the morning after.
    """
    marked = [TenderSpot(spot, before) for spot, before, _ in tender if before is not None]
    marked += [TenderSpot(spot, nrs) for spot, nrs in waits]
    yield CheckIn(at=at, soreness=soreness, spots=tuple(marked))
    side = tender[0][0].side if tender else Side.LEFT
    strokes = SessionItem(
        side, WHOLE_CALF, "long-strokes", "thumbs", "floor", 1, 60, 0, 4, "long strokes to begin", ("CoachRule",)
    )
    id_ = f"{at:%Y%m%dT%H%M%S}"
    items = [item(spot, technique=technique, if_found=spot in if_found) for spot, *_ in tender]
    queue = tuple(WaitingSpot(spot, nrs, at, "it keeps until tomorrow") for spot, nrs in waits)
    yield Planned(at=at, session=Session(id_, at, (strokes, *items)), queue=queue)
    yield Done(
        at=at + timedelta(minutes=10),
        session=id_,
        after=tuple(TenderSpot(spot, after) for spot, _, after in tender if after is not None),
        stopped_early=stopped_early,
        untouched=tuple(untouched),
        eased=tuple(eased),
    )
    words = [SpotMorning(spot, word) for (spot, *_), word in zip(tender, felt, strict=False) if word is not None]
    if words:
        yield Morning(at=at + timedelta(hours=13), soreness=Soreness(1, 1), spots=tuple(words))


def every_state() -> list[AnyEvent]:
    """One spot quiet, one waiting, one resting, one looked after, one nobody said anything of lately."""
    return [
        *session(days_ago(60), [(CORD, 5, 3), (LOW, 4, 3)], felt=["same", "better"]),
        *session(days_ago(12), [(INNER, 6, 5), (LOW, 4, 2)], felt=["better", None], waits=[(DEEP, 3)]),
        *session(days_ago(9), [(INNER, 5, 4), (LOW, 2, 1)], felt=["better", "better"]),
        PracticeDone(at=days_ago(7), level=1),
        PracticeDone(at=days_ago(5), level=1, eased=True, stopped_early=True),
        PlansRace(at=days_ago(30), on=days_ago(10).date()),
        *session(days_ago(4), [(INNER, 3, 2)], felt=["better"]),
        *session(
            days_ago(1),
            [(DEEP, 5, 3)],
            felt=["bruised"],
            waits=[(OUTER, 4)],
            stopped_early=True,
            eased=[Eased(DEEP, "press-and-hold", 1)],
        ),
    ]


def ten_years(*, a_week: int = 4) -> list[AnyEvent]:
    """So many sessions a week with three spots each, every morning answered, heel raises on all other days."""
    events: list[AnyEvent] = []
    spots = (INNER, OUTER, LOW, DEEP, CORD)
    words: tuple[Felt, ...] = ("better", "same", "better", "bruised", "worse")
    for day in range(3650, 1, -1):
        if day % 7 < a_week:
            three = [(spots[(day + each) % 5], (day + each) % 8, (day + each) % 5) for each in range(3)]
            felt = [words[(day + each) % 5] for each in range(3)]
            events += session(days_ago(day), three, felt=felt, waits=[(spots[(day + 3) % 5], 3)])
        else:
            events.append(PracticeDone(at=days_ago(day), level=1 + day % 4))
    return events
