"""Every four weeks as a table that spreadsheets open."""

import csv
import io

from calfwise_web.working.snapshot import Shown

COLUMNS = (
    "first_day", "last_day", "sessions_per_100_km", "low", "high", "sessions", "distance_m", "run_days", "mornings",
    "answered", "with_number", "sore", "locked_days", "strikes_each_leg", "impulse_bw_s", "not_estimated",
)  # fmt: skip


def of_windows(shown: Shown) -> bytes:
    """One row each, in order of time; what is not estimated is empty, with why."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in shown.answer.windows:
        band = (None, None, None) if each.rate is None else (each.rate.value, each.rate.low, each.rate.high)
        writer.writerow((
            each.first, each.last, *(None if end is None else round(end, 2) for end in band), each.sessions,
            round(each.distance_m), each.run_days, each.mornings, each.answered, each.rated, each.sore,
            each.locked_days, None if each.strikes is None else round(each.strikes / 2),
            None if each.impulse_bw_s is None else round(each.impulse_bw_s), each.why_not,
        ))  # fmt: skip
    return text.getvalue().encode()
