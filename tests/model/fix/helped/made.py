"""Sessions as events, one line each."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from calfwise.model.journal import AnyEvent, CheckIn, Done, History, Morning, Planned, SpotMorning, fold
from calfwise.model.run import Side
from calfwise.model.session import Session, SessionItem, Soreness, Spot, TenderSpot

NOW = datetime(2026, 5, 20, 18, tzinfo=UTC)
INNER, LOW, OUTER = Spot(Side.LEFT, "medial-upper"), Spot(Side.LEFT, "medial-lower"), Spot(Side.RIGHT, "lateral-upper")


def item(spot: Spot, technique: str = "press-and-hold", tool: str = "thumbs", *, if_found: bool = False) -> SessionItem:
    return SessionItem(
        side=spot.side, zone=spot.zone, technique=technique, tool=tool, position="floor", sets=1, seconds=30, rest_s=0,
        effort_nrs=4, reason="it was tender", sources=("CoachRule",), only_if_found=if_found,
    )  # fmt: skip


def session(
    days: float,
    *items: SessionItem,
    before: Sequence[int | None] = (),
    after: Sequence[int | None] = (),
    felt: str | None = None,
    sore: Soreness = Soreness(3, 1),  # noqa: B008 - frozen
    morning: Soreness | None = None,
    limited: bool = False,
    untouched: tuple[Spot, ...] = (),
) -> Iterator[AnyEvent]:
    """A check-in at six in the evening, done ten minutes later, and the morning after at seven."""
    at = NOW - timedelta(days=days)
    spots = [each.spot for each in items]
    yield CheckIn(at=at, soreness=sore, spots=rated(spots, before))
    made = Session(id=f"{days}", at=at, items=items, limited=limited)
    yield Planned(at=at, session=made)
    yield Done(at=at + timedelta(minutes=10), session=made.id, after=rated(spots, after), untouched=untouched)
    if felt is not None or morning is not None:
        words = tuple(SpotMorning(spot, felt) for spot in spots) if felt else ()  # type: ignore[arg-type]
        yield Morning(at=at + timedelta(hours=13), soreness=morning or Soreness(), spots=words)


def rated(spots: Sequence[Spot], nrs: Sequence[int | None]) -> tuple[TenderSpot, ...]:
    return tuple(TenderSpot(spot, value) for spot, value in zip(spots, nrs, strict=False) if value is not None)


def history(*sessions: Iterator[AnyEvent], also: Sequence[AnyEvent] = ()) -> History:
    return fold([*(event for each in sessions for event in each), *also])
