"""What a FIT file's clock was: its dates, and the runner's offset from UTC."""

from dataclasses import dataclass

import numpy as np

from calfwise.model.run import Floats
from calfwise.readers.fit.decode import FitFile
from calfwise.readers.fit.profile import FIRST_DATE, FIT_EPOCH_S, LAST_DATE, ActivityField, Message

MOST_OFFSET_S = 14 * 3600
"""No clock on Earth is further from UTC. [s]"""
QUARTER_HOUR_S = 900
"""Clocks differ from UTC by whole quarters of an hour. [s]"""


@dataclass(frozen=True, slots=True)
class Clock:
    """From FIT's timestamps to seconds since 1970, and to the runner's own clock."""

    shift_s: float = 0.0
    """Added where the device counted from being switched on. [s]"""
    utc_offset_s: int | None = None
    """`None` where only UTC is known. [s]"""
    note: str | None = None

    def epoch_s(self, stamps_s: Floats) -> Floats:
        """Seconds since 1970; NaN where a timestamp tells no date. [s]"""
        dated_s = stamps_s + self.shift_s
        return np.where((dated_s >= FIRST_DATE) & (dated_s <= LAST_DATE), dated_s + FIT_EPOCH_S, np.nan)

    def epoch_of(self, stamp_s: float | None) -> float | None:
        """One timestamp, likewise."""
        if stamp_s is None or not FIRST_DATE <= stamp_s + self.shift_s <= LAST_DATE:
            return None
        return stamp_s + self.shift_s + FIT_EPOCH_S


def clock_of(fit: FitFile) -> Clock:
    """The activity message carries one moment on two clocks: the file's, and the runner's own.

    Older watches count from being switched on and tell the date only there, by their local clock.
    """
    table = fit.table(Message.ACTIVITY)
    if table is None:
        return Clock()
    stamps_s, local_s = table.timestamps, table.scaled(ActivityField.LOCAL_TIMESTAMP)
    both = np.flatnonzero(np.isfinite(stamps_s) & (local_s >= FIRST_DATE) & (local_s <= LAST_DATE))
    if len(both) == 0:
        return Clock()
    apart_s = float(local_s[both[-1]] - stamps_s[both[-1]])
    if stamps_s[both[-1]] < FIRST_DATE:
        return Clock(apart_s, 0, "the watch knew only its local time")
    if abs(apart_s) > MOST_OFFSET_S:
        return Clock()
    return Clock(0.0, round(apart_s / QUARTER_HOUR_S) * QUARTER_HOUR_S)
