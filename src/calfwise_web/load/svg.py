"""A chart as a picture of its own: what the page draws, in light colours, as one SVG file that opens anywhere.

Pure: a chart in, text out. Everything that a runner wrote is escaped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from itertools import groupby, pairwise
from math import floor, log10
from typing import TypeVar

from msgspec import UNSET, UnsetType

from calfwise_web.day_chart import Chart, Series, Tone, Values

Row = TypeVar("Row")
WIDTH, HEIGHT = 1200.0, 560.0
LEFT, RIGHT, TOP, BOTTOM = 92.0, 64.0, 112.0, 56.0
LANE, GAP = 26.0, 8.0
SIZE = 16
HEADING = ' font-size="22" font-weight="650"'
SMALL = ' font-size="14"'
LETTER = 8.2
"""Width of a letter, on average: enough to tell whether words fit. [px]"""
DIAMONDS_FROM = 12.0
BAR_SHARE, INNER_SHARE, MOST_BAR = 0.7, 0.5, 48.0
NRS_TOP = 10.0
DAY_S = 86_400
MONTH_BEGINS = 7
"""A week that begins so early in a month is its first."""
DAYS_UP_TO, YEARS_FROM_DAYS = 100, 1000
"""An axis of so many days says days; one of more than so many says years; months between."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
INK, SOFT, LINE, PAPER = "#1e2421", "#56605a", "#dcd8ce", "#fffdf9"
TONES: dict[Tone, str] = {
    "accent": "#0f6b66", "ink": INK, "ink-soft": SOFT, "good": "#27704a", "wait": "#7d5600", "stop": "#a6392b",
    "gastroc-line": "#a4604f",
}  # fmt: skip
"""The light theme's, as calfwise.css has them."""
PATTERNS: dict[Tone, str] = {
    "gastroc-line": "M-2 8L8 -2M4 12L12 4", "stop": "M-2 8L8 -2M4 12L12 4", "good": "M-2 2L8 12M2 -2L12 8",
    "ink-soft": "M0 2H10M0 7H10", "wait": "M2 3h2M7 8h2",
}  # fmt: skip
"""Lines over a tone, in tiles of 10 px."""
SUFFIX = {"bw": "× body weight", "BW h": "body-weight hours", "nrs": "soreness, of 10", "count": ""}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart's numbers stand in the picture."""

    first: float
    step: float
    last: float
    low: float
    high: float
    bottom: float

    def x(self, value: float) -> float:
        """A point's place."""
        return self._across(value + self.step / 2)

    def edge(self, value: float) -> float:
        """A stretch's end, within the plot."""
        return min(WIDTH - RIGHT, max(LEFT, self._across(value)))

    def _across(self, value: float) -> float:
        width = WIDTH - LEFT - RIGHT
        return LEFT + width * (value - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        return self._up((value - self.low) / (self.high - self.low))

    def nrs_y(self, nrs: float) -> float:
        return self._up(nrs / NRS_TOP)

    def _up(self, share: float) -> float:
        return self.bottom - (self.bottom - TOP) * share

    @property
    def bar(self) -> float:
        """A bar's width."""
        return min(MOST_BAR, BAR_SHARE * (self.x(self.first + self.step) - self.x(self.first)))


def drawing(chart: Chart, *, title: str, subtitle: str) -> str:
    """The picture.

    Parameters
    ----------
    chart
        As the page draws it.
    title, subtitle
        Plain text: what is drawn, and of which days.

    Returns
    -------
    str
        One SVG document. A chart of nothing says so.
    """
    parts = list(_nothing(chart) if chart.is_empty else _drawn(chart))
    return "".join((_head(title, subtitle), *parts, "</svg>\n"))


def _head(title: str, subtitle: str) -> str:
    patterns = "".join(
        f'<pattern id="p-{tone}" width="10" height="10" patternUnits="userSpaceOnUse">'
        f'<path d="{path}" stroke="{TONES[tone]}" stroke-opacity=".5" stroke-width="1.5" fill="none"/></pattern>'
        for tone, path in PATTERNS.items()
    )
    about = (
        '<pattern id="p-about" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="M-2 6L6 -2M2 10L10 2" stroke="{PAPER}" stroke-width="2.5" fill="none"/></pattern>'
    )
    return (
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" '
            f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" font-family="{FONT}" font-size="{SIZE}">'
            f"<title>{_safe(title)}. {_safe(subtitle)}</title><defs>{patterns}{about}</defs>"
            f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        )
        + _text(24, 38, title, INK, extra=HEADING)
        + _text(24, 64, subtitle, SOFT)
    )


def _nothing(chart: Chart) -> Iterator[str]:
    yield _text(WIDTH / 2, HEIGHT / 2, chart.empty, SOFT, anchor="middle")


def _drawn(chart: Chart) -> Iterator[str]:
    frame = _frame(chart)
    yield from _behind(chart, frame)
    yield from _axes(chart, frame)
    yield from _events(chart, frame)
    for series in chart.series:
        yield from _series(series, chart.x.values, frame)
    yield from _lanes(chart, frame)
    yield from _days(chart, frame)
    yield _text(WIDTH - 24, 64, _legend(chart), SOFT, anchor="end", extra=SMALL)


# ---------------------------------------------------------------------------------------------------------- the frame
def _frame(chart: Chart) -> Frame:
    xs = chart.x.values
    step = float(min((after - before for before, after in pairwise(xs)), default=DAY_S))
    told = [series for series in chart.series if series.leg is UNSET]
    values = [value for series in told for row in (series.values, series.low, series.high) for value in _known(row)]
    barred = any(series.kind == "bars" for series in told)
    top = max(values, default=1.0) or 1.0
    low = 0.0 if barred else max(0.0, min(values, default=0.0) - 0.12 * (top - min(values, default=0.0)))
    lanes = len(_there(chart.tallies)) + bool(_there(chart.floor))
    high = low + (top - low) * 1.08 if top > low else low + 1.0
    return Frame(xs[0], step, xs[-1] + step, low, high, HEIGHT - BOTTOM - lanes * LANE)


def _known(row: Values | UnsetType) -> list[float]:
    return [value for value in _there(row) if value is not None]


def _there(rows: Sequence[Row] | UnsetType) -> Sequence[Row]:
    """None where nothing was said of them."""
    return () if isinstance(rows, UnsetType) else rows


def ticks(low: float, high: float, *, count: int = 5) -> list[float]:
    """Round numbers between two values.

    >>> ticks(0, 23_000), ticks(0, 1)
    ([0, 5000, 10000, 15000, 20000], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    """
    raw = (high - low) / count
    power = 10 ** floor(log10(raw))
    step = max(round_ * power for round_ in (1, 2, 5, 10) if round_ * power <= 1.5 * raw)
    first = -(-low // step) * step
    return [round(first + nth * step, 9) for nth in range(int((high - first) / step + 1e-9) + 1)]


def _axes(chart: Chart, frame: Frame) -> Iterator[str]:
    told = next(series for series in chart.series if series.leg is UNSET)
    marks = ticks(frame.low, frame.high)
    digits = max(0, -floor(log10(marks[1] - marks[0])))
    for mark in marks:
        y = frame.y(mark)
        yield f'<path d="M{LEFT:.0f} {y:.1f}H{WIDTH - RIGHT:.0f}" stroke="{LINE}"/>'
        yield _text(LEFT - GAP, y + 5, f"{mark:,.{digits}f}", SOFT, anchor="end")
    yield _text(24, TOP - 22, SUFFIX.get(told.unit, told.unit), SOFT)
    if any(series.leg is not UNSET for series in chart.series):
        for nrs in (0, 5, 10):
            yield _text(WIDTH - RIGHT + GAP, frame.nrs_y(nrs) + 5, f"{nrs}", SOFT)


def _days(chart: Chart, frame: Frame) -> Iterator[str]:
    """Days where they stand; months and years where they begin."""
    days = [datetime.fromtimestamp(value, UTC).date() for value in chart.x.values]
    y = HEIGHT - BOTTOM / 2 + 4
    taken = LEFT - 60
    for value, words in zip(chart.x.values, _labels(days), strict=True):
        x = frame.x(value)
        if words and x - taken > len(words) * LETTER + 2 * GAP:
            yield _text(x, y, words, SOFT, anchor="middle")
            taken = x


def _labels(days: Sequence[date]) -> list[str]:
    """A word for each point that has one: its day where they are few, else the month or the year that it begins."""
    span_days = (days[-1] - days[0]).days
    if span_days <= DAYS_UP_TO:
        return [f"{day.day} {day:%b}" for day in days]
    if span_days > YEARS_FROM_DAYS:
        return [f"{day.year}" if day.month == 1 and day.day <= MONTH_BEGINS else "" for day in days]
    return [("" if day.day > MONTH_BEGINS else f"{day.year}" if day.month == 1 else f"{day:%b}") for day in days]


def _legend(chart: Chart) -> str:
    """What is what, where there is more than one row of values."""
    named = [f"{_look(series)} {series.label}" for series in chart.series]
    return "   ".join(named) if len(named) > 1 else ""


def _look(series: Series) -> str:
    if series.leg is not UNSET:
        return "◀" if series.leg == "left" else "▶"
    return "▮ inside:" if series.inner is True else "■"


# ------------------------------------------------------------------------------------------------- behind and between
def _behind(chart: Chart, frame: Frame) -> Iterator[str]:
    for pause in _there(chart.pauses):
        left, right = frame.edge(pause.begin), frame.edge(pause.to)
        if right <= left:
            continue
        yield _rect(left, TOP, right - left, frame.bottom - TOP, LINE, ' fill-opacity=".5"')
        words = next((text for text in (pause.text, pause.short) if len(text) * LETTER < right - left), "")
        yield _text((left + right) / 2, (TOP + frame.bottom) / 2, words, SOFT, anchor="middle")


def _events(chart: Chart, frame: Frame) -> Iterator[str]:
    """Marks; those that matter most choose the place of their words first, and words without room are left out."""
    taken: list[tuple[float, float]] = []
    for event in sorted(chart.events, key=lambda event: event.kind != "wait"):
        if event.kind == "told":
            continue
        x, tone = frame.x(event.x), TONES["wait"] if event.kind == "wait" else SOFT
        yield f'<path d="M{x:.1f} {TOP - 6:.0f}V{frame.bottom:.1f}" stroke="{tone}" stroke-dasharray="2 4"/>'
        width = len(event.text) * LETTER
        start = _free_start(x, width, taken)
        if start is not None:
            yield _text(start, TOP - 12, event.text, tone)
            taken.append((start, start + width))


def _free_start(x: float, width: float, taken: Sequence[tuple[float, float]]) -> float | None:
    """Where words stand above their mark without touching others: in the middle, else a little to one side."""
    beside = (start for left, right in taken for start in (right + GAP, left - GAP - width))
    for start in (min(max(x - width / 2, GAP), WIDTH - GAP - width), *beside):
        is_free = all(start >= right + GAP or start + width <= left - GAP for left, right in taken)
        if is_free and GAP <= start <= x <= start + width <= WIDTH - GAP:
            return start
    return None


def _lanes(chart: Chart, frame: Frame) -> Iterator[str]:
    top = frame.bottom + 3
    for tally in _there(chart.tallies):
        yield _text(LEFT - GAP, top + LANE / 2 + 5, tally.label, SOFT, anchor="end", extra=SMALL)
        most = max(tally.values, default=1)
        for value, count in zip(chart.x.values, tally.values, strict=True):
            if count:
                yield _tallied(frame, value, top, count, count / most)
        top += LANE
    stretches = _there(chart.floor)
    if stretches and chart.floor_name is not UNSET:
        yield _text(LEFT - GAP, top + LANE / 2 + 5, chart.floor_name, SOFT, anchor="end", extra=SMALL)
    for stretch in stretches:
        left, right = frame.edge(stretch.begin), frame.edge(stretch.to)
        yield _rect(left, top + 2, right - left, LANE - 4, TONES[stretch.tone], ' fill-opacity=".25"')
        if stretch.tone in PATTERNS:
            yield _rect(left, top + 2, right - left, LANE - 4, f"url(#p-{stretch.tone})")
        if len(stretch.text) * LETTER + 2 * GAP < right - left:
            yield _rect(left + GAP - 4, top + 5, len(stretch.text) * LETTER + 8, LANE - 10, PAPER)
            yield _text(left + GAP, top + LANE / 2 + 5, stretch.text, INK, extra=SMALL)


def _tallied(frame: Frame, value: float, top: float, count: int, share: float) -> str:
    """A diamond, or a small bar where diamonds would run into one another."""
    x, reach = frame.x(value), min(8.0, 4.0 + count)
    if frame.bar < DIAMONDS_FROM:
        height = (LANE - GAP) * share
        return _rect(x - frame.bar / 2, top + LANE - GAP / 2 - height, frame.bar, height, INK)
    diamond = f"M{x:.1f} {top + LANE / 2 - reach:.1f}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"
    return f'<path d="{diamond}" fill="{INK}"/>'


# ---------------------------------------------------------------------------------------------------------- the series
def _series(series: Series, xs: Sequence[int], frame: Frame) -> Iterator[str]:
    if series.leg is not UNSET:
        yield from _leg(series, xs, frame)
    elif series.kind == "bars":
        yield from _bars(series, xs, frame)
    else:
        yield from _line(series, xs, frame)


def _bars(series: Series, xs: Sequence[int], frame: Frame) -> Iterator[str]:
    width = frame.bar * (INNER_SHARE if series.inner is True else 1)
    about = series.about if isinstance(series.about, list) else [False] * len(xs)
    for at, (x, value) in enumerate(zip(xs, series.values, strict=True)):
        if not value:
            continue
        left, top = frame.x(x) - width / 2, frame.y(value)
        box = (left, top, width, frame.bottom - top)
        yield _rect(*box, TONES[series.tone])
        if about[at]:
            yield _rect(*box, "url(#p-about)")
        yield from _whisker(series, at, xs, frame)


def _whisker(series: Series, at: int, xs: Sequence[int], frame: Frame) -> Iterator[str]:
    low, high = _there(series.low), _there(series.high)
    ends = (low[at], high[at]) if low and high else (None, None)
    if ends[0] is not None and ends[1] is not None:
        line = f"M{frame.x(xs[at]):.1f} {frame.y(ends[0]):.1f}V{frame.y(ends[1]):.1f}"
        yield f'<path d="{line}" stroke="{SOFT}" stroke-width="1.5"/>'


def _line(series: Series, xs: Sequence[int], frame: Frame) -> Iterator[str]:
    """Pieces without gaps, each with its band."""
    tone = TONES[series.tone]
    for piece in _pieces(series):
        if isinstance(series.low, Sequence) and isinstance(series.high, Sequence):
            edge = [(at, series.high[at]) for at in piece] + [(at, series.low[at]) for at in reversed(piece)]
            wash = " ".join(f"{frame.x(xs[at]):.1f},{frame.y(value):.1f}" for at, value in edge if value is not None)
            yield f'<polygon points="{wash}" fill="{tone}" fill-opacity=".18"/>'
        points = [(frame.x(xs[at]), frame.y(value)) for at in piece if (value := series.values[at]) is not None]
        if len(points) == 1:
            yield from _whisker(series, piece[0], xs, frame)
            yield f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="4" fill="{tone}"/>'
        else:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f'<polyline points="{line}" fill="none" stroke="{tone}" stroke-width="2.5" stroke-linejoin="round"/>'


def _pieces(series: Series) -> Iterator[list[int]]:
    for there, group in groupby(enumerate(series.values), key=lambda pair: pair[1] is not None):
        if there:
            yield [at for at, _ in group]


def _leg(series: Series, xs: Sequence[int], frame: Frame) -> Iterator[str]:
    way = -1 if series.leg == "left" else 1
    reach = min(8.0, max(3.0, frame.bar))
    for x, value in zip(xs, series.values, strict=True):
        if value is not None:
            place, y = frame.x(x) + way, frame.nrs_y(value)
            points = f"{place + way * reach:.1f},{y:.1f} {place:.1f},{y - reach:.1f} {place:.1f},{y + reach:.1f}"
            yield f'<polygon points="{points}" fill="{TONES[series.tone]}" stroke="{PAPER}"/>'


# ------------------------------------------------------------------------------------------------------------ the marks
def _rect(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{extra}/>'


def _text(x: float, y: float, text: str, fill: str, *, anchor: str = "start", extra: str = "") -> str:
    if not text:
        return ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}"{extra}>{_safe(text)}</text>'


def _safe(text: str) -> str:
    """Escaped, and without what no XML file may hold."""
    return escape("".join(letter for letter in text if letter.isprintable()))
