"""Made cases: a runner's outings and words, so that a test can work out by hand how a cause must stand."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from calfwise import library
from calfwise.model.fix.case import Case
from calfwise.model.fix.cause import Point, Side
from calfwise.model.fix.noticed import Found
from calfwise.model.journal import AnyEvent, CheckIn, fold
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import outings_of
from calfwise.model.runner import Runner
from calfwise.model.session import Soreness
from tests.model.load.made import load

SORE_AT = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
"""A Wednesday morning."""
NOW = SORE_AT + timedelta(hours=11)
SORE = CheckIn(at=SORE_AT, soreness=Soreness(4, 2))
RULES = library.reasons().rules


def ran(days_before: float, km: float = 8.0, **more: object) -> RunLoad:
    """A run so many days before the soreness, at eight in the morning."""
    return load(start=SORE_AT - timedelta(days=days_before), km=km, **more)  # type: ignore[arg-type]


def usual(*, km: float = 8.0, since: int = 28, every: int = 4, until: int = 5, **more: object) -> list[RunLoad]:
    """The same run every few days."""
    return [ran(days, km, **more) for days in range(since, until - 1, -every)]


def case_of(
    loads: Sequence[RunLoad] = (),
    *events: AnyEvent,
    sore: bool = True,
    runner: Runner = Runner(),  # noqa: B008 - frozen
    races: frozenset[date] = frozenset(),
    now: datetime = NOW,
) -> Case:
    """A case, sore on the morning of 20 May unless said otherwise."""
    history = fold([*events, *([SORE] if sore else [])])
    outings = outings_of(loads, runner=runner, home=UTC)
    return Case(runner=runner, history=history, outings=outings, races=races, rules=RULES, now=now)


def strength(found: Found) -> float:
    """Of the strongest sign for it."""
    return max((point.strength for point in of_side(found, Side.FOR)), default=0.0)


def of_side(found: Found, side: Side) -> list[Point]:
    return [point for point in found.points if point.side is side]


def texts(found: Found, side: Side = Side.FOR) -> list[str]:
    return [point.text for point in of_side(found, side)]


def changed(loads: Sequence[RunLoad], which: int, change: Callable[[RunLoad], RunLoad]) -> list[RunLoad]:
    """The same runs, one of them changed."""
    return [change(each) if i == which else each for i, each in enumerate(loads)]
