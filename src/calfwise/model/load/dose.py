"""A run -> what the calves took: strikes, forces, impulse, and how good the numbers are."""

from datetime import date, datetime, tzinfo

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.calf import Band, calf_impulse_bw_s, peak_achilles_force_bw
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
from calfwise.model.run import Device, Floats, Run, Told, sample_seconds
from calfwise.model.runner import Runner, Shoe, shoe_on

Mask = npt.NDArray[np.bool_]

SPEED_BIN_MPS = 0.1
SPEED_BINS = 80
"""Strikes are kept by speed, from 0 to 8 m/s, so that "fast" can be told later, against any easy pace."""
WATCH = "watch"


class RunLoad(Struct, frozen=True):
    """What one run asked of the calves. Small: it stands for the run wherever its columns are not needed."""

    id: str
    file: str
    start: datetime
    local_time_known: bool
    model_version: str
    duration_s: float
    elapsed_s: float
    distance_m: float | None
    grade: Grade
    """What the run's numbers rest on."""
    running_s: float
    walking_s: float
    """Moving, but not running. [s]"""
    strikes: int | None
    """Foot strikes while running, both legs. `None`: not estimated."""
    vertical_grf_bw: Band | None
    """Mean over steps of the peak ground force. [BW]"""
    achilles_force_bw: Band | None
    """Mean over steps of the peak Achilles force. `None`: not estimated. [BW]"""
    impulse_bw_s: Band | None
    """Both calves together. [BW s]"""
    strikes_by_speed: tuple[int, ...]
    steep_s: float
    """Running on slopes where force is not estimated. [s]"""
    climb_m: float | None
    speed_mps: float | None
    """Median while running. [m/s]"""
    stance_source: str | None
    """Where stance times came from: "watch", a developer source, or nowhere."""
    shoe: Shoe | None = None
    notes: tuple[str, ...] = ()
    told: Told | None = None
    device: Device = Device()

    def local_day(self, home: tzinfo) -> date:
        """The day on the runner's own calendar."""
        return (self.start if self.local_time_known else self.start.astimezone(home)).date()

    @property
    def strikes_per_leg(self) -> int | None:
        return None if self.strikes is None else round(self.strikes / 2)


def run_load(run: Run, runner: Runner = Runner(), shoes: tuple[Shoe, ...] = ()) -> RunLoad:  # noqa: B008 - frozen
    """What one run asked of the calves.

    Parameters
    ----------
    run
        As a reader gives it.
    runner
        Whose it is; only `stance_source` matters here.
    shoes
        All the runner's shoes; the one in use that day is noted.

    Returns
    -------
    RunLoad
        With everything that cannot be estimated as `None`.

    Notes
    -----
    Grade A seconds use stance and cadence, others population values at their speed. The run's forces are means over
    the steps of its own grade's seconds, so that a half-measured run does not mix two sources. A run whose mean duty
    factor is more than 15 % off what its speed predicts is computed from speed (grade C); its strikes still count from
    cadence.
    """
    steps = _Steps(run, runner)
    grade, notes = _run_grade(steps)
    counted = _strikes(steps)
    vertical, achilles = _forces(steps, grade, counted)
    running_s = float(steps.seconds[steps.running].sum())
    impulse = Band(*map(float, calf_impulse_bw_s(step_time_s=running_s))) if running_s else None
    return RunLoad(
        id=run.id,
        file=run.file,
        start=run.start,
        local_time_known=run.local_time_known,
        model_version=c.MODEL_VERSION,
        duration_s=run.timer_s,
        elapsed_s=run.elapsed_s,
        distance_m=run.distance_m,
        grade=grade,
        running_s=running_s,
        walking_s=float(steps.seconds[steps.moving & ~steps.running].sum()),
        strikes=None if counted is None else round(float(counted.sum())),
        vertical_grf_bw=vertical,
        achilles_force_bw=achilles,
        impulse_bw_s=impulse,
        strikes_by_speed=_by_speed(steps, counted),
        steep_s=float(steps.seconds[steps.running & steps.steep].sum()),
        climb_m=None if steps.mean_only else _climb_m(run),
        speed_mps=_median_speed(steps),
        stance_source=steps.stance_source if grade is Grade.A else None,
        shoe=shoe_on(start=run.start, shoes=shoes, home=run.start.tzinfo) if run.start.tzinfo else None,
        notes=run.notes + notes,
        told=run.told,
        device=run.device,
    )


class _Steps:
    """A run's samples as the model reads them."""

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

    def share(self, chosen: Mask) -> float:
        """The share of running time that `chosen` covers. [1]"""
        total = self.seconds[self.running].sum()
        return float(self.seconds[self.running & chosen].sum() / total) if total else 0.0


def _stance(run: Run, runner: Runner) -> tuple[Floats, str | None]:
    """One source of stance times: the runner's choice, else the watch, else the first add-on that has them."""
    sources = {WATCH: run.columns.stance_time_s} | {
        developer.source: developer.columns["stance_time_s"]
        for developer in run.developer
        if "stance_time_s" in developer.columns
    }
    with np.errstate(invalid="ignore"):
        believable = {
            source: np.where((s >= c.SHORTEST_BELIEVABLE_STANCE_S) & (s <= c.LONGEST_BELIEVABLE_STANCE_S), s, np.nan)
            for source, s in sources.items()
        }
    wanted = [runner.stance_source] if runner.stance_source else list(believable)
    for source in wanted:
        if source in believable and np.isfinite(believable[source]).any():
            return believable[source], source
    return np.full(len(run.columns), np.nan), None


def grade_of_seconds(run: Run, runner: Runner = Runner()) -> npt.NDArray[np.str_]:  # noqa: B008 - frozen
    """What each sample's numbers rest on: "A" to "D", "" where nothing can be said or nobody ran. (n_samples,)"""
    steps = _Steps(run, runner)
    grades = np.full(len(run.columns), "", dtype="<U1")
    if steps.mean_only:
        grades[:] = Grade.D if steps.running.any() else ""
        return grades
    grades[steps.running & np.isfinite(steps.speed_mps)] = Grade.C
    grades[steps.running & np.isfinite(steps.cadence_spm)] = Grade.B
    if _run_grade(steps)[0] is Grade.A:
        grades[steps.measured] = Grade.A
    return grades


def _run_grade(steps: _Steps) -> tuple[Grade, tuple[str, ...]]:
    if steps.mean_only:
        if steps.recorded_share >= c.RECORDED_SHARE_NEEDED:
            return Grade.D, ()
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


def _duty_factor_apart(steps: _Steps) -> float:
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


def _duty_factors(steps: _Steps, grade: Grade) -> tuple[Floats, Mask]:
    """Duty factors of the level seconds that a run of this grade is computed from, and which those are."""
    level = steps.running & ~steps.steep
    if grade is Grade.A:
        chosen = level & steps.measured
        factors = duty_factor(stance_time_s=steps.stance_time_s[chosen], cadence_spm=steps.cadence_spm[chosen])
    else:
        chosen = level & (steps.speed_mps > 0)
        factors = population_duty_factor(speed_mps=steps.speed_mps[chosen])
    return factors, chosen


def _forces(steps: _Steps, grade: Grade, counted: Floats | None) -> tuple[Band | None, Band | None]:
    """Means over steps of the peak ground and Achilles force; `None` where no level running was measured."""
    factors, chosen = _duty_factors(steps, grade)
    if counted is None or not counted[chosen].any():
        return None, None
    weights = counted[chosen]
    peaks = peak_achilles_force_bw(duty_factor=factors, grade=grade)
    achilles = Band(*(float(np.average(side, weights=weights)) for side in peaks))
    ground_bw = peak_vertical_grf_bw(duty_factor=factors)
    widths = grf_band(duty_factor=factors, grade=grade)
    vertical = Band(
        low=float(np.average(ground_bw / widths, weights=weights)),
        value=float(np.average(ground_bw, weights=weights)),
        high=float(np.average(ground_bw * widths, weights=weights)),
    )
    return vertical, achilles


def _strikes(steps: _Steps) -> Floats | None:
    """Strikes of every sample, both legs; measured cadence first, population cadence at the speed else."""
    cadence_spm = steps.cadence_spm
    if not steps.running.any():
        return np.zeros(len(steps.seconds)) if steps.moving.any() else None
    fillable = np.isnan(cadence_spm) & (steps.speed_mps > 0)
    if fillable.any():
        cadence_spm = cadence_spm.copy()
        cadence_spm[fillable] = population_cadence_spm(speed_mps=steps.speed_mps[fillable])
    counted = np.where(steps.running, np.nan_to_num(cadence_spm) * steps.seconds / SECONDS_PER_MINUTE, 0.0)
    return counted if counted.any() else None


def _by_speed(steps: _Steps, counted: Floats | None) -> tuple[int, ...]:
    """Strikes in bins of 0.1 m/s; empty where speed or strikes are unknown or one mean speed is all there is.

    Strikes at an unknown speed are in no bin: they are neither slow nor fast.
    """
    known = np.isfinite(steps.speed_mps)
    if counted is None or steps.mean_only or not known.any():
        return ()
    bins = np.clip(steps.speed_mps[known] / SPEED_BIN_MPS, 0, SPEED_BINS - 1).astype(np.intp)
    return tuple(np.bincount(bins, weights=counted[known], minlength=SPEED_BINS).round().astype(int).tolist())


def _median_speed(steps: _Steps) -> float | None:
    speeds = steps.speed_mps[steps.running]
    speeds = speeds[np.isfinite(speeds)]
    return float(np.median(speeds)) if len(speeds) else None


def _climb_m(run: Run) -> float | None:
    """Height gained, from slope over ground so that jitter does not add up. [m]"""
    columns = run.columns
    rise_m = columns.grade[:-1] * np.diff(columns.distance_m)
    return float(np.maximum(rise_m, 0)[np.isfinite(rise_m)].sum()) if np.isfinite(rise_m).any() else None
