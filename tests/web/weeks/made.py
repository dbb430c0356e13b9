"""Weeks made by hand, so that a test can say beforehand what their page tells: from Monday, 16 November 2026 on."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import structs

from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.laid import LaidWeek, Unfit, Weeks
from calfwise.model.journal import AnyEvent, DaysLaid, WantsWeeks
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay, WeeksWish
from calfwise_web.weeks import laying
from calfwise_web.whole import Whole

MONDAY = date(2026, 11, 16)
WISH = WeeksWish(begins=MONDAY, weeks=4, run_days=(0, 2, 6), goal="further")
EASY = Element(
    ElementKind.EASY,
    36.0,
    Estimate(5800.0, 0.0, 1900.0, 1500.0, 2300.0),
    "Your usual easy run.",
    ("CoachRule",),
    6000.0,
)
CADENCE = Element(
    ElementKind.CADENCE, 36.0, Estimate(6000.0, 0.0, 1900.0, 1500.0, 2300.0), "A few more steps a minute, less each.",
    ("CoachRule",), 6000.0, cadence_spm=172, part_minutes=10.0, routine="cadence", level=1,
)  # fmt: skip
LONG = Element(
    ElementKind.LONG,
    66.0,
    Estimate(10_400.0, 0.0, 3500.0, 2900.0, 4100.0),
    "It may grow by a tenth.",
    ("CoachRule",),
    11_000.0,
)
STRENGTH = Element(
    ElementKind.CALF_STRENGTH, 14.0, Estimate(0.0, 0.0, 420.0, 300.0, 540.0), "Best supported of all.", ("CoachRule",),
    routine="calf-strength", level=2,
)  # fmt: skip
BUDGET = Estimate(26_000.0, 1200.0, 9000.0, 7000.0, 11_000.0)


def days_of(
    first: date, held: dict[int, Iterable[Element]], changed: dict[int, str] | None = None
) -> tuple[LaidDay, ...]:
    """Seven days, by the weekday."""
    told = changed or {}
    return tuple(LaidDay(first + timedelta(days=day), tuple(held.get(day, ())), told.get(day)) for day in range(7))


def week_of(first: date, days: tuple[LaidDay, ...], done: Estimate | None = None) -> LaidWeek:
    return LaidWeek(
        begins=first,
        days=days,
        budget=BUDGET,
        asks=sum((day.asks for day in days), Estimate()),
        done=done or Estimate(),
        lighter=False,
        told=(Reason("known", "Your fullest week of the last four took 11,800 foot strikes each leg", ("CoachRule",)),),
    )


HELD = {0: (EASY,), 1: (STRENGTH,), 2: (CADENCE,), 4: (STRENGTH,), 6: (LONG,)}


def plan(wish: WeeksWish = WISH, changed: dict[int, str] | None = None, **other: Any) -> Weeks:
    """Four weeks, all alike."""
    weeks = tuple(
        week_of(
            MONDAY + timedelta(weeks=n),
            days_of(MONDAY + timedelta(weeks=n), HELD, changed if n == 0 else None),
        )
        for n in range(wish.weeks)
    )
    made = Weeks(
        wish=wish,
        weeks=weeks,
        told=(),
        unfit=(
            Unfit(
                ElementKind.GRASS,
                "Bare feet on grass wait",
                "Three weeks in a row without a sore morning.",
                ("CoachRule",),
            ),
        ),
        today=weeks[0].days[2],
    )
    return structs.replace(made, **other)


def laid_by(made: Weeks) -> Callable[[Whole], Weeks | None]:
    """In place of the model's planning, as long as somebody wishes for weeks: the rest is the model's."""
    real = laying.laid

    def laid(whole: Whole) -> Weeks | None:
        weeks = real(whole)
        return weeks and structs.replace(made, wish=weeks.wish, matched=weeks.matched)

    return laid


def told_before(made: Weeks, at: datetime) -> tuple[AnyEvent, ...]:
    """The wish, and the days as they were told then."""
    return WantsWeeks(at=at, wish=made.wish), DaysLaid(
        at=at, days=tuple(day for week in made.weeks for day in week.days)
    )
