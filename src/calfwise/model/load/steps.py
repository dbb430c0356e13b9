"""A run's samples as the model reads them: what is running, strikes, and forces where they can be told."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from calfwise.model import constants as c
from calfwise.model.load.calf import Banded, peak_achilles_force_bw
from calfwise.model.load.gait import (
    SECONDS_PER_MINUTE,
    Grade,
    believable_cadence_spm,
    duty_factor,
    is_running,
    population_cadence_spm,
    population_duty_factor,
)
from calfwise.model.load.grf import grf_band, peak_vertical_grf_bw
from calfwise.model.run import Floats, Run, sample_seconds
from calfwise.model.runner import Runner

Mask = npt.NDArray[np.bool_]

WATCH = "watch"
TOO_SLOW = "too slow on the whole to tell running from walking, so its strikes are not estimated"


class Steps:
    """A run's samples as the model reads them; what follows from them is worked out once, when first asked for."""

    def __init__(self, run: Run, runner: Runner) -> None:
        columns = run.columns
        self.seconds = sample_seconds(run)
        self.stance_time_s, self.stance_source = _stance(run, runner)
        speed_mps, cadence_spm, grade = columns.speed_mps, columns.cadence_spm, columns.grade
        self.mean_only = not np.isfinite(speed_mps).any() and not np.isfinite(cadence_spm).any()
        self.recorded_share = float(self.seconds.sum()) / run.timer_s if run.timer_s else 1.0
        if run.distance_m and run.timer_s and (self.mean_only or self.recorded_share < c.RECORDED_SHARE_NEEDED):
            # Distance and time are all there is: one sample, the whole run long, at its mean speed.
            self.mean_only = True
            self.seconds, speed_mps = np.array([run.timer_s]), np.array([run.distance_m / run.timer_s])
            cadence_spm = grade = self.stance_time_s = np.array([np.nan])
        self.speed_mps = speed_mps
        self.cadence_spm = believable_cadence_spm(speed_mps=speed_mps, cadence_spm=cadence_spm)
        self.running: Mask = is_running(speed_mps=speed_mps, cadence_spm=cadence_spm)
        with np.errstate(invalid="ignore"):
            walks = (cadence_spm > 0) & ~(speed_mps < c.MOVING_FROM_MPS)
            self.moving: Mask = (speed_mps >= c.MOVING_FROM_MPS) | walks
            self.steep: Mask = np.abs(grade) > np.tan(np.radians(c.STEEPEST_DEG))

    @property
    def measured(self) -> Mask:
        """Running with stance and cadence measured."""
        return self.running & np.isfinite(self.stance_time_s) & np.isfinite(self.cadence_spm)

    @cached_property
    def graded(self) -> tuple[Grade, tuple[str, ...]]:
        """What the run's numbers rest on, and in words why not on what was measured."""
        return _graded(self)

    @cached_property
    def forces(self) -> "StepForces":
        """Peak ground and Achilles force of the steps in every second where they can be told."""
        return _forces(self, self.graded[0])

    def share(self, chosen: Mask) -> float:
        """The share of running time that `chosen` covers. [1]"""
        total = self.seconds[self.running].sum()
        return float(self.seconds[self.running & chosen].sum() / total) if total else 0.0


def stance_sources(run: Run) -> dict[str, Floats]:
    """Believable stance times by where they come from: the watch, then add-on sensors; those that measured any. [s]"""
    columns = {WATCH: run.columns.stance_time_s} | {
        developer.source: developer.columns["stance_time_s"]
        for developer in run.developer
        if "stance_time_s" in developer.columns
    }
    with np.errstate(invalid="ignore"):
        believable = {
            source: np.where((s >= c.SHORTEST_BELIEVABLE_STANCE_S) & (s <= c.LONGEST_BELIEVABLE_STANCE_S), s, np.nan)
            for source, s in columns.items()
        }
    return {source: times for source, times in believable.items() if np.isfinite(times).any()}


def _stance(run: Run, runner: Runner) -> tuple[Floats, str | None]:
    """One source of stance times: the runner's choice, else the watch, else the first add-on that has them."""
    sources = stance_sources(run)
    source = runner.stance_source or next(iter(sources), None)
    if source is None or source not in sources:
        return np.full(len(run.columns), np.nan), None
    return sources[source], source


def _graded(steps: Steps) -> tuple[Grade, tuple[str, ...]]:
    if steps.mean_only:
        if steps.recorded_share >= c.RECORDED_SHARE_NEEDED:
            return Grade.D, () if steps.running.any() else (TOO_SLOW,)
        recorded = f"only {steps.recorded_share:.0%} of the run was recorded second by second"
        return Grade.D, (f"{recorded}, so its numbers come from distance and time alone",)
    if steps.share(steps.measured) >= c.STANCE_SHARE_NEEDED:
        apart = _duty_factor_apart(steps)
        if abs(apart) <= c.STANCE_DISAGREEMENT:
            return Grade.A, ()
        more = "longer" if apart > 0 else "shorter"
        note = f"ground contact reads {abs(apart):.0%} {more} than this pace allows, so forces come from speed instead"
        return Grade.C, (note,)
    if steps.share(np.isfinite(steps.cadence_spm)) >= c.CADENCE_SHARE_NEEDED:
        return Grade.B, ()
    return Grade.C, ()


def _duty_factor_apart(steps: Steps) -> float:
    """How far the run's mean duty factor lies from the one its speed predicts. [1]"""
    chosen = steps.measured & ~steps.steep & (steps.speed_mps > 0)
    if not chosen.any():
        return 0.0
    weights = steps.seconds[chosen]
    if not weights.sum():
        return 0.0
    measured = duty_factor(stance_time_s=steps.stance_time_s[chosen], cadence_spm=steps.cadence_spm[chosen])
    predicted = population_duty_factor(speed_mps=steps.speed_mps[chosen])
    return float(np.average(measured, weights=weights) / np.average(predicted, weights=weights) - 1)


def _duty_factors(steps: Steps, grade: Grade) -> tuple[Floats, Mask]:
    """Duty factors of the level seconds that a run of this grade is computed from, and which those are."""
    level = steps.running & ~steps.steep
    if grade is Grade.A:
        chosen = level & steps.measured
        factors = duty_factor(stance_time_s=steps.stance_time_s[chosen], cadence_spm=steps.cadence_spm[chosen])
    else:
        chosen = level & (steps.speed_mps > 0)
        factors = population_duty_factor(speed_mps=steps.speed_mps[chosen])
    return factors, chosen


class StepForces(NamedTuple):
    """Peak forces in the level running seconds that a run of its grade is computed from."""

    chosen: Mask
    """Which samples those are. (n_samples,)"""
    vertical_grf_bw: Banded
    """(n_chosen,)"""
    achilles_force_bw: Banded
    """(n_chosen,)"""


def _forces(steps: Steps, grade: Grade) -> StepForces:
    factors, chosen = _duty_factors(steps, grade)
    ground_bw = peak_vertical_grf_bw(duty_factor=factors)
    widths = grf_band(duty_factor=factors, grade=grade)
    vertical = Banded(ground_bw / widths, ground_bw, ground_bw * widths)
    return StepForces(chosen, vertical, peak_achilles_force_bw(duty_factor=factors, grade=grade))


def counted_strikes(steps: Steps) -> Floats | None:
    """Strikes of every sample, both legs; measured cadence first, population cadence at the speed else.

    A run that is too slow on the whole, with nothing recorded of its parts, may hold any share of running: `None`.
    """
    cadence_spm = steps.cadence_spm
    if not steps.running.any():
        return np.zeros(len(steps.seconds)) if steps.moving.any() and not steps.mean_only else None
    fillable = np.isnan(cadence_spm) & (steps.speed_mps > 0)
    if fillable.any():
        cadence_spm = cadence_spm.copy()
        cadence_spm[fillable] = population_cadence_spm(speed_mps=steps.speed_mps[fillable])
    counted = np.where(steps.running, np.nan_to_num(cadence_spm) * steps.seconds / SECONDS_PER_MINUTE, 0.0)
    return counted if counted.any() else None


def counted_walking_steps(steps: Steps) -> int | None:
    """Steps of moving without running, both legs; `None` where nobody walked by a cadence that was measured."""
    walks = steps.moving & ~steps.running & np.isfinite(steps.cadence_spm)
    if not walks.any():
        return None
    return round(float((steps.cadence_spm[walks] * steps.seconds[walks]).sum() / SECONDS_PER_MINUTE))
