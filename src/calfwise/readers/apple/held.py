"""How long a record's value holds; outside that time it says nothing.

Apple dates everything in whole seconds, cut down. That is exact enough for readings, but a step count of 2.6 s looks
like one of 2 or 3 s: a rate needs intervals joined until a second more or less matters little.
"""

from dataclasses import dataclass

import numpy as np

from calfwise.model.run import Floats
from calfwise.readers.apple.series import Values

HOLD_S = 10.0
"""Readings come every 2-5 s and are dated by a moment: one stands until the next, but no longer than this. [s]"""
MOMENT_S = 1.0
"""A record this short is a reading of a moment. [s]"""
RATE_OVER_S = 20.0
"""Amounts are joined over at least this long: a second's doubt is then 5 %. [s]"""
LONGEST_COUNT_S = 120.0
"""An amount over longer than this, running and standing mixed, gives no rate. [s]"""
CLOSE_S = 1.0
"""Intervals no further apart than this adjoin. [s]"""


@dataclass(frozen=True, slots=True)
class Held:
    """A value for each `[begin, end)`; in order, not overlapping."""

    begin_s: Floats
    """[epoch s]"""
    end_s: Floats
    value: Floats

    def at(self, time_s: Floats) -> Floats:
        """The value that holds at each time, NaN where none does."""
        if len(self.value) == 0:
            return np.full(len(time_s), np.nan)
        place = np.searchsorted(self.begin_s, time_s, side="right") - 1
        holds = (place >= 0) & (time_s < self.end_s[place])
        return np.where(holds, self.value[place], np.nan)

    @property
    def covered_s(self) -> float:
        """For how long a value holds. [s]"""
        return float((self.end_s - self.begin_s).sum())


def readings(values: Values) -> Held:
    """Each reading until its end or, if it is one of a moment, until the next one, `HOLD_S` at most.

    Of two readings that begin together the last stands. A sensor that lost touch says 0.
    """
    measured = values.value > 0
    values = Values(values.begin_s[measured], values.end_s[measured], values.value[measured])
    if len(values) == 0:
        return Held(values.begin_s, values.end_s, values.value)
    last = np.append(np.diff(values.begin_s) > 0, True)
    begin_s, end_s, value = values.begin_s[last], values.end_s[last], values.value[last]
    following_s = np.append(begin_s[1:], np.inf)
    moments = end_s - begin_s <= MOMENT_S
    end_s = np.minimum(np.where(moments, begin_s + HOLD_S, end_s), following_s)
    return Held(begin_s, end_s, value)


def amounts(values: Values) -> Values:
    """The amounts of one source, none counted twice: an interval that begins inside the one before is left out."""
    if (np.diff(values.begin_s) > 0).all() and (values.begin_s[1:] >= values.end_s[:-1]).all():
        return values
    kept: list[int] = []
    before_s, until_s = -np.inf, -np.inf
    for i, (begin_s, end_s) in enumerate(zip(values.begin_s.data, values.end_s.data, strict=True)):
        if begin_s >= until_s and (begin_s, end_s) != (before_s, until_s):
            kept.append(i)
            before_s, until_s = begin_s, end_s
    return Values(values.begin_s[kept], values.end_s[kept], values.value[kept])


def rates(counted: Values) -> Held:
    """Amount a second over adjoining intervals joined to `RATE_OVER_S` or more; none where nothing joins so long.

    What is left over at the end of adjoining intervals joins the ones before it.

    >>> two_and_a_half_steps_a_second = Values(np.arange(0.0, 40, 4), np.arange(4.0, 44, 4), np.full(10, 10.0))
    >>> rates(two_and_a_half_steps_a_second)
    Held(begin_s=array([ 0., 20.]), end_s=array([20., 40.]), value=array([2.5, 2.5]))
    """
    joined: list[_Joined] = []
    for row in zip(counted.begin_s.data, counted.end_s.data, counted.value.data, strict=True):
        each = _Joined(*row)
        if each.lasts_s > LONGEST_COUNT_S:
            continue
        if joined and joined[-1].lasts_s < RATE_OVER_S and joined[-1].adjoins(each):
            joined[-1].add(each)
            continue
        _settle(joined)
        joined.append(each)
    _settle(joined)
    begin_s, end_s = np.array([each.begin_s for each in joined]), np.array([each.end_s for each in joined])
    return Held(begin_s, end_s, np.array([each.amount for each in joined]) / (end_s - begin_s))


@dataclass(slots=True)
class _Joined:
    begin_s: float
    end_s: float
    amount: float

    @property
    def lasts_s(self) -> float:
        return self.end_s - self.begin_s

    def adjoins(self, following: "_Joined") -> bool:
        return following.begin_s - self.end_s <= CLOSE_S

    def add(self, following: "_Joined") -> None:
        self.end_s = following.end_s
        self.amount += following.amount


def _settle(joined: list[_Joined]) -> None:
    """The last one grows no more: if it is too short it joins the one before, or says nothing."""
    if joined and joined[-1].lasts_s < RATE_OVER_S:
        short = joined.pop()
        if joined and joined[-1].adjoins(short):
            joined[-1].add(short)


@dataclass(frozen=True, slots=True)
class Covered:
    """What was covered so far, at the ends of intervals. [m]"""

    time_s: Floats
    """[epoch s]"""
    metres: Floats

    def at(self, time_s: Floats) -> Floats:
        """Straight lines between; NaN before the first and after the last interval."""
        if len(self.metres) == 0:
            return np.full(len(time_s), np.nan)
        return np.interp(time_s, self.time_s, self.metres, left=np.nan, right=np.nan)


def covered(counted: Values) -> Covered:
    """Metres so far, from metres an interval."""
    if len(counted) == 0:
        return Covered(counted.begin_s, counted.value)
    total_m = np.cumsum(counted.value)
    time_s = np.column_stack((counted.begin_s, counted.end_s)).ravel()
    metres = np.column_stack((total_m - counted.value, total_m)).ravel()
    last = np.append(np.diff(time_s) > 0, True)
    return Covered(time_s[last], metres[last])
