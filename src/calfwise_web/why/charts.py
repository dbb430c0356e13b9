"""The timeline: soreness, runs, and what was new, on the same days."""

from collections.abc import Sequence

from calfwise.model.fix.cause import Ranked, Side
from calfwise_web.day_chart import Chart, Mark, Series, days_of, midnight_s
from calfwise_web.units import units_of
from calfwise_web.why.snapshot import DayOf, Shown
from calfwise_web.why.words import MARKS

NRS = "nrs"
EMPTY = "Nothing to draw yet: no run and no word about your calves in these weeks."


def timeline(shown: Shown | None) -> Chart:
    """Runs as bars, how the sorer calf felt as points, and days on which something was new as marks."""
    days = shown.days if shown else ()
    if shown is None or not any(day.length_m or day.left is not None or day.right is not None for day in days):
        return Chart(days_of([]), [], empty=EMPTY)
    units = units_of(shown.prefers)
    series = [
        Series(
            "run",
            units.distance,
            [round(day.length_m / units.metres, 1) if day.length_m else None for day in days],
            "bars",
            digits=1,
        ),
        Series("soreness", NRS, [_sorest(day) for day in days], "points", "gastroc-line"),
    ]
    told = [one for one in series if any(value is not None for value in one.values)]
    return Chart(days_of([day.day for day in days]), told, _marks(shown.causes, shown), EMPTY)


def _sorest(day: DayOf) -> int | None:
    """Of both calves; the page and History tell the legs apart."""
    return max((nrs for nrs in (day.left, day.right) if nrs is not None), default=None)


def _marks(causes: Sequence[Ranked], shown: Shown) -> list[Mark]:
    """What speaks for a cause on a day of the timeline; several of one day in one mark."""
    first, last = shown.days[0].day, shown.days[-1].day
    by_day: dict[int, list[str]] = {}
    for ranked in causes:
        days = {point.day for point in ranked.points if point.side is Side.FOR and point.day is not None}
        for day in days if ranked.cause in MARKS else ():
            if first <= day <= last:
                by_day.setdefault(midnight_s(day), []).append(MARKS[ranked.cause])
    marks = [Mark(day, ", ".join(words), "wait") for day, words in sorted(by_day.items())]
    if shown.sore is not None and first <= shown.sore.first <= last:
        marks.append(Mark(midnight_s(shown.sore.first), "sore"))
    return sorted(marks, key=lambda mark: mark.x)
