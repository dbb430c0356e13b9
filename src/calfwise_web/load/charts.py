"""The Load page's charts as columns. Strikes and impulse are the same in kilometres and miles."""

from collections.abc import Callable, Sequence

from calfwise_web.day_chart import Chart, Mark, Series, days_of, midnight_s
from calfwise_web.load.scope import Scope, spans_of
from calfwise_web.load.snapshot import Shown
from calfwise_web.load.spans import Span

SECONDS_AN_HOUR = 3600.0
EMPTY = "Nothing to draw yet: no run in these days."


def strikes(shown: Shown | None, scope: Scope) -> Chart:
    """Foot strikes of each leg."""
    spans = spans_of(shown, scope)
    values = [None if span.strikes is None else span.strikes / 2 for span in spans]
    return _chart(shown, spans, Series("Foot strikes, each leg", "count", values, "bars"))


def impulse(shown: Shown | None, scope: Scope) -> Chart:
    """Impulse of both calves, with its band."""
    spans = spans_of(shown, scope)
    bands = [span.impulse_bw_s for span in spans]
    low, value, high = (
        [round(getattr(band, side) / SECONDS_AN_HOUR, 2) if band else 0.0 for band in bands]
        for side in ("low", "value", "high")
    )
    return _chart(shown, spans, Series("Calf impulse", "BW h", value, "bars", digits=1, low=low, high=high))


CHARTS: dict[str, Callable[[Shown | None, Scope], Chart]] = {"strikes": strikes, "impulse": impulse}


def _chart(shown: Shown | None, spans: Sequence[Span], series: Series) -> Chart:
    if shown is None or not any(span.runs for span in spans):
        return Chart(days_of([]), [], empty=EMPTY)
    return Chart(days_of([span.first for span in spans]), [series], _marks(shown, spans), EMPTY)


def _marks(shown: Shown, spans: Sequence[Span]) -> list[Mark]:
    """Big steps within the chart, each at the beginning of its stretch of days, and the stretch that is not over."""
    begins = [span.first for span in spans]
    days = [max((begin for begin in begins if begin <= day), default=None) for day in shown.big_steps]
    return [Mark(midnight_s(day), "big step", "wait") for day in dict.fromkeys(days) if day is not None]
