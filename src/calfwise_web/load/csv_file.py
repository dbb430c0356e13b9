"""What a chart shows, and all days, as tables that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from calfwise.csv_text import safe_cell
from calfwise.model.load.calf import Band
from calfwise_web.load.seen import Seen
from calfwise_web.load.spans import Span
from calfwise_web.spots.axis import Stretch as Felt

COLUMNS = (
    "first_day", "last_day", "runs", "distance_m", "running_s", "strikes_each_leg", "fast_strikes_each_leg",
    "impulse_bw_s_low", "impulse_bw_s", "impulse_bw_s_high",
    "achilles_force_bw_low", "achilles_force_bw", "achilles_force_bw_high",
    "grade", "shoes", "soreness_left", "soreness_right", "sessions", "heel_raises",
)  # fmt: skip
A_DAY = timedelta(days=1)


def of_window(seen: Seen) -> bytes:
    """Bar by bar, those without a run too."""
    felt: Sequence[Felt | None] = seen.felt or [None] * len(seen.window.spans)
    rows = (_cells(seen, span, end - A_DAY, one) for (span, end), one in zip(seen.window.bounds(), felt, strict=True))
    return _table(rows)


def of_all_days(seen: Seen) -> bytes:
    """Every day with a run since the first, or with a word or a session since then."""
    return _table(_cells(seen, one.span, one.first, one) for one in seen.every_day() if not one.is_empty)


def _cells(seen: Seen, span: Span, last: date, felt: Felt | None) -> tuple[object, ...]:
    return (
        span.first, last, span.runs, round(span.distance_m), round(span.running_s),
        _each(span.strikes), _each(span.fast_strikes),
        *_band(span.impulse_bw_s, 0), *_band(span.achilles_force_bw, 2),
        span.grade or "", "; ".join(map(seen.shoe, span.shoes)),
        felt.left_nrs if felt else None, felt.right_nrs if felt else None,
        felt.sessions if felt else None, felt.practised if felt else None,
    )  # fmt: skip


def _each(both: int | None) -> int | None:
    return None if both is None else round(both / 2)


def _band(band: Band | None, digits: int) -> tuple[float | None, ...]:
    if band is None:
        return (None, None, None)
    return tuple(round(side, digits or None) for side in (band.low, band.value, band.high))


def _table(rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(safe_cell(cell) if isinstance(cell, str) else cell for cell in row)
    return text.getvalue().encode()
