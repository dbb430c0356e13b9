"""The charts: sessions needed per 100 km above the mornings that were answered, weeks, and years."""

from collections.abc import Callable, Iterator, Sequence
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
THIN_TONE: Tone = "ink-soft"
NO_RATE = "Too early to say: no four weeks with enough running and an answered morning yet."
NO_MORNING = "Nothing to draw yet: no morning after a run could be answered."
NO_WEEK = "Nothing to draw yet: no run in the last year."
NO_NUMBER = "Nothing to draw yet: no morning after a run has a number."
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
    return _chart(windows, [_rates(windows, per_of(shown.prefers))], NO_RATE, names=_names(windows), marked=True)


def mornings(shown: Shown) -> Chart:
    """The share of mornings after runs that were answered, and within it those that were sore."""
    windows = shown.answer.windows[-WINDOWS_DRAWN:]
    series = [
        Series("answered", SHARE, [_share(each.answered, each.mornings) for each in windows], "bars", "ink-soft"),
        Series("sore", SHARE, [_share(each.sore, each.mornings) for each in windows], "bars", SORE_TONE, inner=True),
    ]
    return _chart(windows, series, NO_MORNING, names=_names(windows), marked=False)


def strikes(shown: Shown) -> Chart:
    """What each week asked of a leg."""
    told = shown.answer.weeks
    values = [None if each.strikes is None else each.strikes / 2 for each in told]
    return _weekly(shown, Series("foot strikes", "count", values, "bars"), NO_WEEK)


def felt(shown: Shown) -> Chart:
    """How the mornings after the runs of each week were, on the mean of those with a number."""
    values = [_round(each.mean_nrs) for each in shown.answer.weeks]
    return _weekly(shown, Series("mornings after", "nrs", values, "points", SORE_TONE, digits=1), NO_NUMBER)


def _weekly(shown: Shown, series: Series, empty: str) -> Chart:
    told = shown.answer.weeks
    if not any(series.values):
        return Chart(days_of([]), [], empty=empty)
    names = [f"Week from {said(each.first)}" for each in told]
    return Chart(days_of([each.first for each in told]), [series], empty=empty, names=names, keyed=True)


def years(shown: Shown) -> Chart:
    """Sessions per 100 km by year."""
    told = [year.figures for year in shown.answer.years]
    names = [f"{each.first.year}" for each in told]
    return _chart(told, [_rates(told, per_of(shown.prefers))], NO_RATE, names=names, marked=True)


CHARTS: dict[str, Callable[[Shown], Chart]] = {
    "rate": rate,
    "mornings": mornings,
    "strikes": strikes,
    "felt": felt,
    "years": years,
}


def _chart(told: Sequence[Figures], series: list[Series], empty: str, *, names: list[str], marked: bool) -> Chart:
    if not any(value is not None for one in series for value in one.values):
        return Chart(days_of([]), [], empty=empty)
    floor = list(_floor(told)) if marked else []
    return Chart(
        days_of([each.first for each in told]),
        series,
        empty=empty,
        floor=floor or UNSET,
        floor_name="doubt" if floor else UNSET,
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
    # Chance is the least doubt where hardly anybody answered.
    low, high = ([None if thin else end for end, thin in zip(ends, about, strict=True)] for ends in (low, high))
    label = f"sessions per {per.hundred}"
    return Series(label, "", value, "bars", digits=1, low=low, high=high, about=about if any(about) else UNSET)


def _floor(told: Sequence[Figures]) -> Iterator[Floor]:
    """What lies under windows that say less than they seem to; a lock before silence."""
    for each in told:
        begin, end = midnight_s(each.first), midnight_s(each.last + A_DAY)
        if each.locked_days:
            yield Floor(begin, end, f"locked on {each.locked_days} of {each.days} days", LOCKED_TONE)
        elif each.thin:
            yield Floor(begin, end, f"{each.answered} of {each.mornings} mornings answered", THIN_TONE)


def _names(windows: Sequence[Figures]) -> list[str]:
    return [f"{_day(each.first)} to {said(each.last)}" for each in windows]


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _share(some: int, of: int) -> float | None:
    return round(100 * some / of) if of else None


def _round(nrs: float | None) -> float | None:
    return None if nrs is None else round(nrs, 1)
