"""The charts: sessions needed per 100 km above the mornings that were answered, weeks, and years."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import UNSET

from calfwise.model.fix.working.figures import Figures
from calfwise.model.fix.working.said import Per
from calfwise_web.day_chart import Chart, Floor, Series, Tone, days_of, midnight_s
from calfwise_web.templatetags.words import said
from calfwise_web.working.snapshot import Shown, per_of

WINDOWS_DRAWN = 26
"""Two years of them: the years have a chart of their own."""
SHARE = "%"
SORE_TONE: Tone = "gastroc-line"
LOCKED_TONE: Tone = "stop"
NO_RATE = "Too early to say: no four weeks with enough running and an answered morning yet."
NO_MORNING = "Nothing to draw yet: no morning after a run could be answered."
NO_WEEK = "Nothing to draw yet: no run in the last year."
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Key:
    """What a look of a chart means."""

    look: str
    text: str
    tone: Tone = "accent"


def rate(shown: Shown) -> Chart:
    """Sessions per 100 km in windows of four weeks, with their intervals; hatched where few mornings were answered."""
    windows = shown.answer.windows[-WINDOWS_DRAWN:]
    return _chart(windows, [_rates(windows, per_of(shown.prefers))], NO_RATE, names=[_window(each) for each in windows])


def mornings(shown: Shown) -> Chart:
    """The share of mornings after runs that were answered, and within it those that were sore."""
    windows = shown.answer.windows[-WINDOWS_DRAWN:]
    series = [
        Series("answered", SHARE, [_share(each.answered, each.mornings) for each in windows], "bars", "ink-soft"),
        Series("sore", SHARE, [_share(each.sore, each.mornings) for each in windows], "bars", SORE_TONE, inner=True),
    ]
    return _chart(windows, series, NO_MORNING, names=[_window(each) for each in windows])


def weeks(shown: Shown) -> Chart:
    """What each week asked of a leg, and how its mornings were."""
    told = shown.answer.weeks
    series = [
        Series("foot strikes", "count", [None if each.strikes is None else each.strikes / 2 for each in told], "bars"),
        Series("mornings", "nrs", [_round(each.mean_nrs) for each in told], "points", SORE_TONE, digits=1),
    ]
    if not any(each.strikes for each in told):
        return Chart(days_of([]), [], empty=NO_WEEK)
    shown_series = [one for one in series if any(value is not None for value in one.values)]
    names = [f"Week from {said(each.first)}" for each in told]
    return Chart(days_of([each.first for each in told]), shown_series, empty=NO_WEEK, names=names, keyed=True)


def years(shown: Shown) -> Chart:
    """Sessions per 100 km by year."""
    told = [year.figures for year in shown.answer.years]
    return _chart(told, [_rates(told, per_of(shown.prefers))], NO_RATE, names=[f"{each.first.year}" for each in told])


CHARTS: dict[str, Callable[[Shown], Chart]] = {"rate": rate, "mornings": mornings, "weeks": weeks, "years": years}


def _chart(told: Sequence[Figures], series: list[Series], empty: str, *, names: list[str]) -> Chart:
    if not any(value is not None for one in series for value in one.values):
        return Chart(days_of([]), [], empty=empty)
    floor = [_floor(each) for each in told if each.locked_days]
    return Chart(
        days_of([each.first for each in told]),
        series,
        empty=empty,
        floor=floor or UNSET,
        floor_name="locked" if floor else UNSET,
        names=names,
        keyed=True,
    )


def _rates(told: Sequence[Figures], per: Per) -> Series:
    bands = [each.rate for each in told]
    value, low, high = (
        [None if band is None else round(per.scale * getattr(band, side), 2) for band in bands]
        for side in ("value", "low", "high")
    )
    about = [each.thin for each in told]
    label = f"sessions per {per.hundred}"
    return Series(label, "", value, "bars", digits=1, low=low, high=high, about=about if any(about) else UNSET)


def _floor(each: Figures) -> Floor:
    days = f"{each.locked_days} of {each.days} days"
    return Floor(midnight_s(each.first), midnight_s(each.last + A_DAY), days, LOCKED_TONE)


def _window(each: Figures) -> str:
    return f"{_day(each.first)} to {said(each.last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _share(some: int, of: int) -> float | None:
    return round(100 * some / of) if of else None


def _round(nrs: float | None) -> float | None:
    return None if nrs is None else round(nrs, 1)
