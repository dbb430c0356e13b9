"""Runs -> days: strikes and impulse add up, forces are means over strikes."""

from collections.abc import Sequence
from datetime import date, tzinfo

from msgspec import Struct

from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.load.outings import Outing


class Day(Struct, frozen=True):
    """What the calves took on one day of the runner's own calendar."""

    day: date
    runs: int
    distance_m: float
    running_s: float
    strikes: int | None
    """Both legs; `None` where no run of the day tells. [1]"""
    fast_strikes: int | None
    impulse_bw_s: Band | None
    achilles_force_bw: Band | None
    """Mean over the day's strikes. [BW]"""
    grade: Grade
    """The poorest of the day's runs."""


def days_of(outings: Sequence[Outing], *, home: tzinfo) -> tuple[Day, ...]:
    """Days with running, in order of time."""
    by_day: dict[date, list[tuple[Outing, RunLoad]]] = {}
    for outing in outings:
        for load in outing.loads:
            by_day.setdefault(load.local_day(home), []).append((outing, load))
    return tuple(_day(day, pairs) for day, pairs in sorted(by_day.items()))


def _day(day: date, pairs: Sequence[tuple[Outing, RunLoad]]) -> Day:
    loads = [load for _, load in pairs]
    strikes = [load.strikes for load in loads if load.strikes is not None]
    fast = [count for outing, load in pairs if (count := outing.fast_strikes_of(load)) is not None]
    impulses = [load.impulse_bw_s for load in loads if load.impulse_bw_s]
    return Day(
        day=day,
        runs=len(loads),
        distance_m=sum(load.distance_m or 0.0 for load in loads),
        running_s=sum(load.running_s for load in loads),
        strikes=sum(strikes) if strikes else None,
        fast_strikes=sum(fast) if fast else None,
        impulse_bw_s=_sum(impulses) if impulses else None,
        achilles_force_bw=_mean_force(loads),
        grade=max(load.grade for load in loads),
    )


def _sum(bands: Sequence[Band]) -> Band:
    return Band(
        low=sum(band.low for band in bands),
        value=sum(band.value for band in bands),
        high=sum(band.high for band in bands),
    )


def _mean_force(loads: Sequence[RunLoad]) -> Band | None:
    """Weighted by strikes; bands are means too, because a runner's error is the same in every run."""
    told = [(load.achilles_force_bw, load.strikes) for load in loads if load.achilles_force_bw and load.strikes]
    total = sum(strikes for _, strikes in told)
    if not total:
        return None
    return Band(
        low=sum(band.low * strikes for band, strikes in told) / total,
        value=sum(band.value * strikes for band, strikes in told) / total,
        high=sum(band.high * strikes for band, strikes in told) / total,
    )
