"""Heart rate that a strap sent afterwards, in messages of its own: swimmers' and some runners' straps store it.

An `hr` message carries beats as event times in 1/1024 s: the first one whole, beside a timestamp that ties the strap's
clock to the watch's; the following ones by their low twelve bits. Each record gets the last rate before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calfwise.model.run import Floats
from calfwise.readers.fit.decode import FitFile, Table
from calfwise.readers.fit.profile import Hr, Message

TICKS_PER_S = 1024.0
TWELVE_BITS = 0x1000
LOW_BYTES = 12
"""Eight event times a message."""
UNMEASURED = 0xFF


LONGEST_HOLD_S = 10.0
"""A rate is held for this long; without beats it is unknown. [s]"""


@dataclass(frozen=True, slots=True)
class Beats:
    """Heart rates with their times, in order."""

    times_s: Floats
    """Since FIT's epoch. [s]"""
    rates: Floats

    def at(self, stamps_s: Floats) -> Floats:
        """The rate at each time: of the last beat before it, NaN where that is too long ago. [1/min]"""
        before = np.searchsorted(self.times_s, stamps_s, side="right") - 1
        last = np.maximum(before, 0)
        with np.errstate(invalid="ignore"):
            fresh = (before >= 0) & (stamps_s - self.times_s[last] <= LONGEST_HOLD_S)
        return np.where(fresh, self.rates[last], np.nan)


def beats_of(files: Sequence[FitFile]) -> Beats | None:
    """All stored beats of files chained in one recording; `None` where there are none, or nothing ties their clock.

    Watches append the strap's messages as files of their own, behind the recording that they belong to.
    """
    times: list[float] = []
    rates: list[float] = []
    shift_s: float | None = None
    for fit in files:
        table = fit.table(Message.HR)
        if table is not None:
            shift_s = _gather(table, shift_s, times, rates)
    if not times:
        return None
    order = np.argsort(times, kind="stable")
    return Beats(np.array(times)[order], np.array(rates)[order])


def _gather(table: Table, shift_s: float | None, times: list[float], rates: list[float]) -> float | None:
    """Add one table's beats; gives what ties the strap's clock to the watch's, for the next table."""
    stamps_s, whole = table.timestamps, _matrix(table.raw(Hr.EVENT_TIMESTAMP.number))
    low_bytes = table.raw_bytes(Hr.EVENT_TIMESTAMP_12.number, LOW_BYTES)
    bpm = _matrix(table.raw(Hr.FILTERED_BPM.number))
    last: float | None = None
    for i in range(len(table)):
        if np.isfinite(whole[i, 0]):
            ticks = [float(value) for value in whole[i] if np.isfinite(value)]
            if np.isfinite(stamps_s[i]):
                shift_s = float(stamps_s[i]) - ticks[0] / TICKS_PER_S
        elif last is not None:
            ticks = _unpacked(low_bytes[i], last)
        else:
            continue
        last = ticks[-1] if ticks else last
        if shift_s is not None:
            beats = [(tick, rate) for tick, rate in zip(ticks, bpm[i], strict=False) if rate > 0]
            times += [shift_s + tick / TICKS_PER_S for tick, _ in beats]
            rates += [float(rate) for _, rate in beats]
    return shift_s


def _matrix(column: Floats) -> Floats:
    return column if column.ndim == 2 else column[:, None]


def _unpacked(low_bytes: npt.NDArray[np.uint8], last: float) -> list[float]:
    """Event times from their low twelve bits, three bytes for two of them, each counted on from the one before."""
    if (low_bytes == UNMEASURED).all():
        return []
    ticks: list[float] = []
    low, middle, high = low_bytes.astype(int).reshape(-1, 3).T
    for bits in np.stack((low | (middle & 0x0F) << 8, middle >> 4 | high << 4), axis=1).ravel():
        last += (int(bits) - int(last)) % TWELVE_BITS
        ticks.append(last)
    return ticks
