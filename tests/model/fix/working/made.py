"""Made journals: even running, sessions on some days, mornings answered or not, so that all can be counted by hand."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from calfwise import library
from calfwise.model.fix.working.answer import Working, working_of
from calfwise.model.fix.working.figures import Told, told_of
from calfwise.model.journal import AnyEvent, CheckIn, Done, Morning, Planned, fold
from calfwise.model.load.dose import RunLoad
from calfwise.model.run import Side
from calfwise.model.session import Session, SessionItem, Soreness, Spot, TenderSpot
from tests.model.load.made import load, outings

NOW = datetime(2026, 6, 28, 20, 0, tzinfo=UTC)
"""A Sunday evening."""
TODAY = NOW.date()
RULES, GATE = library.working(), library.gate()
LEFT = Spot(Side.LEFT, "medial-upper")


def moment(days_ago: float, hour: int = 7) -> datetime:
    return datetime(2026, 6, 28, hour, tzinfo=UTC) - timedelta(days=days_ago)


def day(days_ago: int) -> date:
    return moment(days_ago).date()


def ran(days: Iterable[float], km: float = 10.0, strikes: int | None = 5000) -> list[RunLoad]:
    """The same run on each of these days, so many days ago, at noon."""
    return sorted((load(start=moment(ago, 12), km=km, strikes=strikes) for ago in days), key=lambda each: each.start)


def mornings(days: Iterable[float], nrs: int = 1) -> list[AnyEvent]:
    """An answer on each of these mornings."""
    return [Morning(at=moment(ago), soreness=Soreness(nrs, 0)) for ago in days]


def session(
    days_ago: float, *, before: int | None = None, after: int | None = None, spot: Spot = LEFT
) -> list[AnyEvent]:
    """A session in the evening, with tenderness as it was marked before and rated after it."""
    at = moment(days_ago, 18)
    item = SessionItem(
        side=spot.side, zone=spot.zone, technique="press-and-hold", tool="ball", position="chair", sets=1,
        seconds=60, rest_s=0, effort_nrs=4, reason="made", sources=("CoachRule",),
    )  # fmt: skip
    marked = [CheckIn(at=at, spots=(TenderSpot(spot, before),))] if before is not None else []
    return [
        *marked,
        Planned(at=at, session=Session(id=f"s{days_ago}-{spot}", at=at, items=(item,))),
        Done(at=at + timedelta(minutes=9), after=() if after is None else (TenderSpot(spot, after),)),
    ]


def sessions(days: Iterable[float]) -> list[AnyEvent]:
    return [event for ago in days for event in session(ago)]


def marked(days_ago: float, nrs: int, spot: Spot = LEFT) -> CheckIn:
    return CheckIn(at=moment(days_ago, 17), spots=(TenderSpot(spot, nrs),))


def told(loads: Iterable[RunLoad], *events: AnyEvent, now: datetime = NOW) -> Told:
    return told_of(outings(*loads), history=fold(events), rules=RULES, gate=GATE, now=now)


def working(loads: Iterable[RunLoad], *events: AnyEvent, now: datetime = NOW, **more: object) -> Working:
    return working_of(
        outings(*loads),
        history=fold(events),
        rules=RULES,
        gate=GATE,
        now=now,
        **more,  # type: ignore[arg-type]
    )
