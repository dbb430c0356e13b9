"""The timeline, as two charts with the same days: soreness with what was new, and runs."""

from collections.abc import Callable, Sequence

from calfwise.model.fix.cause import Ranked, Side
from calfwise_web.day_chart import Chart, Mark, Series, days_of, midnight_s
from calfwise_web.units import units_of
from calfwise_web.why.snapshot import Shown
from calfwise_web.why.words import MARKS

NRS = "nrs"
SILENT = "Nothing to draw yet: no word about your calves in these weeks."
NO_RUN = "Nothing to draw yet: no run in these weeks."


def soreness(shown: Shown | None) -> Chart:
    """How each calf felt, and the days on which something was new."""
    days = shown.days if shown else ()
    series = [
        Series("left", NRS, [day.left for day in days], "points"),
        Series("right", NRS, [day.right for day in days], "points", "gastroc-line"),
    ]
    return _chart(shown, series, SILENT)


def runs(shown: Shown | None) -> Chart:
    """How far each day's runs went."""
    if shown is None:
        return _chart(None, [], NO_RUN)
    units = units_of(shown.prefers)
    lengths = [round(day.length_m / units.metres, 1) if day.length_m else None for day in shown.days]
    return _chart(shown, [Series("run", units.distance, lengths, "bars", digits=1)], NO_RUN)


CHARTS: dict[str, Callable[[Shown | None], Chart]] = {"soreness": soreness, "runs": runs}


def _chart(shown: Shown | None, series: Sequence[Series], empty: str) -> Chart:
    told = [one for one in series if any(value is not None for value in one.values)]
    if shown is None or not told:
        return Chart(days_of([]), [], empty=empty)
    return Chart(days_of([day.day for day in shown.days]), told, _marks(shown.causes, shown), empty)


def _marks(causes: Sequence[Ranked], shown: Shown) -> list[Mark]:
    """What speaks for a cause on a day of the timeline; several of one day in one mark."""
    first, last = shown.days[0].day, shown.days[-1].day
    by_day: dict[int, list[str]] = {}
    for ranked in causes:
        days = {point.day for point in ranked.points if point.side is Side.FOR and point.day is not None}
        for day in days if ranked.cause in MARKS else ():
            if first <= day <= last:
                by_day.setdefault(midnight_s(day), []).append(MARKS[ranked.cause])
    return [Mark(day, ", ".join(words), "wait") for day, words in sorted(by_day.items())]
