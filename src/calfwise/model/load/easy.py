"""What a run asks in kilometres of the runner's own easy running: the comparison that holds best."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.dose import FORCE_BIN_BW, RunLoad
from calfwise.model.load.gait import SECONDS_PER_MINUTE, Grade, population_cadence_spm
from calfwise.model.load.outings import Outing
from calfwise.model.run import Floats

METRES_A_KM = 1000.0
MEASURED, FROM_SPEED = "measured", "from speed"


class Easy(Struct, frozen=True):
    """What the runner's own easy kilometre asks, from the easy runs of 90 days."""

    speed_mps: float
    """Of these runs together: how fast their kilometres went. [m/s]"""
    runs: int
    strikes_per_km: float
    """Both legs. [1/km]"""
    impulse_bw_s_per_km: float
    """Both calves. [BW s/km]"""
    cadence_ratio: float
    """Own steps over those of other runners at the same speed. [1]"""
    strikes_by_force: dict[str, tuple[int, ...]]
    """Steps of easy running by peak ground force, apart for forces measured and from speed. (100,)"""

    def force_bw(self, basis: str) -> float | None:
        """Mean peak ground force of an easy step. [BW]"""
        steps = _Steps.of(self.strikes_by_force.get(basis, ()))
        return None if steps is None else steps.mean_bw


class _Steps(NamedTuple):
    """Steps by peak ground force."""

    counts: Floats
    forces_bw: Floats

    @classmethod
    def of(cls, binned: Sequence[int]) -> "_Steps | None":
        """`None` where there are none."""
        counts = np.array(binned, dtype=np.float64)
        if not counts.sum():
            return None
        return cls(counts, (np.arange(len(counts), dtype=np.float64) + 0.5) * FORCE_BIN_BW)

    @property
    def mean_bw(self) -> float:
        return float(np.average(self.forces_bw, weights=self.counts))

    def wear(self, *, against_bw: float, stress_percent: float) -> float:
        """Mean weight of a step, one at `against_bw` being 1. [1]"""
        more_percent = stress_percent * (self.forces_bw / against_bw - 1)
        return float(np.average(10 ** (more_percent / c.WEAR_PERCENT_A_DECADE), weights=self.counts))


def basis_of(load: RunLoad) -> str | None:
    """What a run's forces rest on; only those of one basis are compared. `None`: they are not compared at all."""
    if load.apart or load.vertical_grf_bw is None:
        return None
    if load.grade is Grade.A:
        return MEASURED
    return FROM_SPEED if load.grade in (Grade.B, Grade.C) else None


def easy_of(outings: Sequence[Outing], *, now: datetime) -> Easy | None:
    """The own easy kilometre as of now.

    Parameters
    ----------
    outings
        In order of time.
    now
        Aware.

    Returns
    -------
    Easy or None
        From the runs of the last 90 days with at most a tenth of fast strikes; `None` with fewer than four.
    """
    easy = _easy_runs(outings, now)
    if len(easy) < c.EASY_RUNS_NEEDED:
        return None
    kilometres = sum(load.distance_m or 0.0 for load in easy) / METRES_A_KM
    strikes = sum(load.strikes or 0 for load in easy)
    running_s = sum(load.running_s for load in easy)
    speed_mps = METRES_A_KM * kilometres / running_s
    usual_spm = float(population_cadence_spm(speed_mps=speed_mps))
    return Easy(
        speed_mps=speed_mps,
        runs=len(easy),
        strikes_per_km=strikes / kilometres,
        impulse_bw_s_per_km=sum(load.impulse_bw_s.value for load in easy if load.impulse_bw_s) / kilometres,
        cadence_ratio=strikes / (usual_spm * running_s / SECONDS_PER_MINUTE),
        strikes_by_force={basis: binned for basis in (MEASURED, FROM_SPEED) if (binned := _binned(easy, basis))},
    )


def own_cadence_spm(outings: Sequence[Outing], *, now: datetime) -> float | None:
    """The runner's own steps a minute in easy running.

    Parameters
    ----------
    outings
        In order of time.
    now
        Aware.

    Returns
    -------
    float or None
        Of the easy runs of the last 90 days whose steps were counted; `None` with fewer than four: what is read from
        speed is other people's. [steps/min]
    """
    easy = _easy_runs(outings, now)
    counted = [load for load in easy if load.cadence_measured or load.grade in (Grade.A, Grade.B)]
    if len(counted) < c.EASY_RUNS_NEEDED:
        return None
    return SECONDS_PER_MINUTE * sum(load.strikes or 0 for load in counted) / sum(load.running_s for load in counted)


def _easy_runs(outings: Sequence[Outing], now: datetime) -> list[RunLoad]:
    """Those of the last 90 days."""
    since = now - timedelta(days=c.EASY_WINDOW_DAYS)
    recent = [outing for outing in outings if outing.start >= since and outing.easy_speed_mps is not None]
    return [load for outing in recent for load in outing.loads if _is_easy(load, outing.fast_strikes_of(load))]


def _is_easy(load: RunLoad, fast: int | None) -> bool:
    """Whether a run tells what an easy kilometre asks: all that it needs is known, and hardly any of it was fast."""
    if not load.strikes or not load.distance_m or not load.running_s or fast is None:
        return False
    return fast <= c.EASY_RUN_FAST_SHARE * load.strikes


def _binned(loads: Sequence[RunLoad], basis: str) -> tuple[int, ...]:
    rows = [load.strikes_by_force for load in loads if basis_of(load) == basis and load.strikes_by_force]
    return tuple(int(count) for count in np.sum(rows, axis=0)) if rows else ()


def easy_km_of(load: RunLoad, easy: Easy | None) -> float | None:
    """A run's foot strikes in kilometres of the own easy running; `None` where either is unknown. [km]"""
    if easy is None or load.strikes is None:
        return None
    return load.strikes / easy.strikes_per_km


def force_against_easy(load: RunLoad, easy: Easy | None) -> float | None:
    """A run's mean peak ground force over that of an own easy step, one source, one grade; `None`: not compared. [1]"""
    basis = basis_of(load)
    easy_bw = easy.force_bw(basis) if easy is not None and basis is not None else None
    if easy_bw is None or load.vertical_grf_bw is None:
        return None
    return load.vertical_grf_bw.value / easy_bw


def wear_against_easy(load: RunLoad, easy: Easy | None) -> tuple[float, float] | None:
    """How many own easy kilometres one kilometre of this run wears like, as a range.

    Parameters
    ----------
    load
        With its distance; level running only speaks.
    easy
        The same runner's.

    Returns
    -------
    (low, high) or None
        At 40 and at 60 % of a tendon's strength, which nobody knows of themselves. `None` at grade D, and where runs
        are not compared. Never summed and never budgeted: an error of the force counts about eightfold here. [1]

    Notes
    -----
    A step weighs 10^(dS / 14.8), dS being how much more stress it is than an easy one in percent of strength
    [Schechtman1997]_.
    """
    basis = basis_of(load)
    if easy is None or basis is None or not load.distance_m or not load.strikes or load.vertical_grf_bw is None:
        return None
    ours, theirs = _Steps.of(load.strikes_by_force), _Steps.of(easy.strikes_by_force.get(basis, ()))
    if ours is None or theirs is None:
        return None
    # Forces may have been shifted to another source's reading since they were counted.
    read_as = ours._replace(forces_bw=ours.forces_bw * (load.vertical_grf_bw.value / ours.mean_bw))
    more_steps = load.strikes / (load.distance_m / METRES_A_KM) / easy.strikes_per_km
    ratios = [
        more_steps
        * read_as.wear(against_bw=theirs.mean_bw, stress_percent=stress)
        / theirs.wear(against_bw=theirs.mean_bw, stress_percent=stress)
        for stress in (c.WEAR_STRESS_LOW_PERCENT, c.WEAR_STRESS_HIGH_PERCENT)
    ]
    return min(ratios), max(ratios)
