"""Runs as the calves meet them: recordings close together are one outing, held against the days before."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import numpy as np

from calfwise.model import constants as c
from calfwise.model.load.dose import SPEED_BIN_MPS, RunLoad
from calfwise.model.runner import Runner, Shoe


@dataclass(frozen=True, slots=True)
class Outing:
    """One or more recordings at most 45 minutes apart."""

    loads: tuple[RunLoad, ...]
    day: date
    """On the runner's own calendar."""
    easy_speed_mps: float | None
    """The runner's own easy pace as it was before this outing."""

    @property
    def start(self) -> datetime:
        return self.loads[0].start

    @property
    def end(self) -> datetime:
        return max(ends_of(load) for load in self.loads)

    @property
    def distance_m(self) -> float:
        """Of the parts that know it. [m]"""
        return sum(load.distance_m or 0.0 for load in self.loads)

    @property
    def climb_m(self) -> float | None:
        known = [load.climb_m for load in self.loads if load.climb_m is not None]
        return sum(known) if known else None

    @property
    def fast_strikes(self) -> int | None:
        """Strikes at least 0.6 m/s above the easy pace, both legs; `None` where either is unknown."""
        known = [fast for load in self.loads if (fast := self.fast_strikes_of(load)) is not None]
        return sum(known) if known else None

    def fast_strikes_of(self, load: RunLoad) -> int | None:
        """Of one of its recordings, against the easy pace as it was then."""
        return fast_strikes(load, easy_speed_mps=self.easy_speed_mps)

    @property
    def shoe(self) -> Shoe | None:
        return self.loads[0].shoe


def ends_of(load: RunLoad) -> datetime:
    """When a run was over, pauses included."""
    return load.start + timedelta(seconds=load.elapsed_s)


def fast_strikes(load: RunLoad, *, easy_speed_mps: float | None) -> int | None:
    """Strikes of a run that were at least 0.6 m/s above the runner's own easy pace, both legs.

    `None` where the easy pace or the run's speeds are unknown.
    """
    if easy_speed_mps is None or not load.strikes_by_speed:
        return None
    from_bin = math.ceil((easy_speed_mps + c.FAST_ABOVE_EASY_MPS) / SPEED_BIN_MPS - 1e-9)
    return sum(load.strikes_by_speed[from_bin:])


def outings_of(loads: Sequence[RunLoad], *, runner: Runner, home: tzinfo) -> tuple[Outing, ...]:
    """Runs in order of time, those at most 45 minutes apart as one, each with the easy pace of the days before it."""
    ordered = sorted(loads, key=lambda load: load.start)
    apart = timedelta(minutes=c.SAME_OUTING_MINUTES)
    groups: list[list[RunLoad]] = []
    end: datetime | None = None
    for load in ordered:
        if end is not None and load.start - end <= apart:
            groups[-1].append(load)
            end = max(end, ends_of(load))
        else:
            groups.append([load])
            end = ends_of(load)
    pace = _EasyPace(ordered, runner)
    return tuple(Outing(tuple(group), group[0].local_day(home), pace.before(group[0].start)) for group in groups)


class _EasyPace:
    """The median speed of the running done in the 90 days before a moment, unless the runner has said it."""

    def __init__(self, ordered: list[RunLoad], runner: Runner) -> None:
        self._said_mps = runner.easy_speed_mps
        told = [load for load in ordered if any(load.strikes_by_speed)]
        self._starts = [load.start for load in told]
        rows = np.array([load.strikes_by_speed for load in told], dtype=np.int64)
        # Strikes up to each speed, summed run by run: any stretch of days is a difference of two rows.
        self._sums = np.pad(rows.cumsum(axis=0).cumsum(axis=1), ((1, 0), (0, 0))) if told else None

    def before(self, moment: datetime) -> float | None:
        if self._said_mps is not None:
            return self._said_mps
        last = bisect_left(self._starts, moment)
        first = bisect_left(self._starts, moment - timedelta(days=c.EASY_WINDOW_DAYS))
        if self._sums is None or last - first < c.EASY_RUNS_NEEDED:
            return None
        up_to = self._sums[last] - self._sums[first]
        half = int(np.searchsorted(up_to, up_to[-1] / 2))
        return (half + 0.5) * SPEED_BIN_MPS


def easy_speed_mps(loads: Sequence[RunLoad], *, runner: Runner, now: datetime) -> float | None:
    """The runner's own easy pace as of now: their word, else the median of 90 days' running. [m/s]"""
    since = now - timedelta(days=c.EASY_WINDOW_DAYS)
    recent = [load for load in loads if since <= load.start < now]
    return _EasyPace(sorted(recent, key=lambda load: load.start), runner).before(now)
