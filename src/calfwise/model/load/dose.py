"""A run -> what the calves took: strikes, forces, impulse, and how good the numbers are."""

from datetime import date, datetime, tzinfo
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.calf import Band, Banded, calf_impulse_bw_s
from calfwise.model.load.gait import Grade
from calfwise.model.load.sides import Sides, sides_of
from calfwise.model.load.stance import StanceSeen, stance_seen
from calfwise.model.load.steps import Steps, counted_strikes, counted_walking_steps
from calfwise.model.run import Device, Floats, Run, Told
from calfwise.model.runner import Runner, Shoe, shoe_on

SPEED_BIN_MPS = 0.1
SPEED_BINS = 80
"""Strikes are kept by speed, from 0 to 8 m/s, so that "fast" can be told later, against any easy pace."""
FORCE_BIN_BW = 0.05
FORCE_BINS = 100
"""And by peak ground force, from 0 to 5 body weights, so that hard steps can be held against easy ones later."""
GROUNDS = {"trail": "trail", "track": "track", "treadmill": "treadmill", "virtual": "treadmill"}
"""What was run on, by what recordings call their kind of run."""


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
    cadence_measured: bool = False
    """Whether cadence covers at least half of the running: then strikes were counted, whatever the forces rest on."""
    walking_steps: int | None = None
    """Steps of its walking, both legs; `None` where cadence did not tell. [1]"""
    strikes_by_force: tuple[int, ...] = ()
    """Level strikes whose force could be told. (100,) or empty"""
    stance: StanceSeen | None = None
    """At grade A: the mean stance time, and how far other sources in the same run are from it."""
    sides: Sides | None = None
    """Left against right, where something measured both."""
    ground: str | None = None
    """What the recording says it was run on: trail, track or treadmill."""
    surface: str | None = None
    """What it was run on by the runner's word, the recording's or the shoe's, as `described` adds it."""
    kind: str | None = None
    """What the runner says it was: easy, long, workout, race, walk."""
    stance_shift_s: float = 0.0
    """What `aligned` added to its stance times, so that they read as the history's own source reads. [s]"""
    apart: bool = False
    """Its ground contact comes from a source that nothing ties to the history's: forces are not compared."""

    def local_day(self, home: tzinfo) -> date:
        """The day on the runner's own calendar."""
        return (self.start if self.local_time_known else self.start.astimezone(home)).date()

    @property
    def strikes_band(self) -> Band | None:
        """The strikes with their 90 % band; where cadence was measured, they are counted and low and high are equal."""
        if self.strikes is None:
            return None
        return Band.around(float(self.strikes), self._widths.strikes)

    @property
    def _widths(self) -> "_Widths":
        counted = self.cadence_measured or self.grade in (Grade.A, Grade.B)
        return _widths(
            self.grade, counted=counted, moving_s=self.running_s + self.walking_s, distance_m=self.distance_m
        )

    @property
    def strikes_per_leg(self) -> int | None:
        return None if self.strikes is None else round(self.strikes / 2)


def run_load(
    run: Run,
    runner: Runner = Runner(),  # noqa: B008 - frozen
    shoes: tuple[Shoe, ...] = (),
    *,
    steps: Steps | None = None,
) -> RunLoad:
    """What one run asked of the calves.

    Parameters
    ----------
    run
        As a reader gives it.
    runner
        Whose it is; only `stance_source` matters here.
    shoes
        All the runner's shoes; the one in use that day is noted.
    steps
        The run's samples, for whoever has them read already.

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
    steps = steps or Steps(run, runner)
    grade, notes = steps.graded
    counted = counted_strikes(steps)
    vertical, achilles = _forces(steps, counted)
    running_s = float(steps.seconds[steps.running].sum())
    walking_s = float(steps.seconds[steps.moving & ~steps.running].sum())
    cadence_measured = steps.share(np.isfinite(steps.cadence_spm)) >= c.CADENCE_SHARE_NEEDED
    widths = _widths(grade, counted=cadence_measured, moving_s=running_s + walking_s, distance_m=run.distance_m)
    impulse_bw_s = float(calf_impulse_bw_s(step_time_s=running_s).value) if running_s else None
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
        walking_s=walking_s,
        strikes=None if counted is None else round(float(counted.sum())),
        vertical_grf_bw=vertical,
        achilles_force_bw=achilles,
        impulse_bw_s=None if impulse_bw_s is None else Band.around(impulse_bw_s, widths.impulse),
        strikes_by_speed=_by_speed(steps, counted),
        steep_s=float(steps.seconds[steps.running & steps.steep].sum()),
        climb_m=None if steps.mean_only else _climb_m(run),
        speed_mps=_median_speed(steps),
        stance_source=steps.stance_source if grade is Grade.A else None,
        shoe=shoe_on(start=run.start, shoes=shoes, home=run.start.tzinfo) if run.start.tzinfo else None,
        notes=run.notes + notes,
        told=run.told,
        device=run.device,
        cadence_measured=cadence_measured,
        walking_steps=counted_walking_steps(steps),
        strikes_by_force=_by_force(steps, counted),
        stance=stance_seen(run, steps) if grade is Grade.A else None,
        sides=sides_of(run, steps),
        ground=GROUNDS.get(run.sub_sport or ""),
    )


class _Widths(NamedTuple):
    """Half widths of the 90 % bands of a run's counts, times or divided by."""

    strikes: float
    impulse: float


def _widths(grade: Grade, *, counted: bool, moving_s: float, distance_m: float | None) -> _Widths:
    """How sure a run's strikes and running time are: without cadence, walking may pass for slow running."""
    if counted:
        return _Widths(1.0, c.IMPULSE_BAND)
    if distance_m is not None and moving_s and distance_m / moving_s < c.SURELY_RUNNING_MPS:
        return _Widths(c.STRIKES_BAND_SLOW, c.IMPULSE_BAND_SLOW)
    if grade is Grade.C:
        return _Widths(c.STRIKES_BAND_C, c.IMPULSE_BAND)
    return _Widths(c.STRIKES_BAND_D, c.IMPULSE_BAND_D)


def grade_of_seconds(run: Run, runner: Runner = Runner()) -> npt.NDArray[np.str_]:  # noqa: B008 - frozen
    """What each sample's numbers rest on: "A" to "D", "" where nothing can be said or nobody ran. (n_samples,)"""
    steps = Steps(run, runner)
    grades = np.full(len(run.columns), "", dtype="<U1")
    if steps.mean_only:
        grades[:] = Grade.D if steps.running.any() else ""
        return grades
    grades[steps.running & np.isfinite(steps.speed_mps)] = Grade.C
    grades[steps.running & np.isfinite(steps.cadence_spm)] = Grade.B
    if steps.graded[0] is Grade.A:
        grades[steps.measured] = Grade.A
    return grades


def _forces(steps: Steps, counted: Floats | None) -> tuple[Band | None, Band | None]:
    """Means over steps of the peak ground and Achilles force; `None` where no level running was measured."""
    if counted is None:
        return None, None
    weights = counted[steps.forces.chosen]
    if not weights.any():
        return None, None
    return _mean(steps.forces.vertical_grf_bw, weights), _mean(steps.forces.achilles_force_bw, weights)


def _mean(forces: Banded, weights: Floats) -> Band:
    return Band(*(float(np.average(side, weights=weights)) for side in forces))


def _by_speed(steps: Steps, counted: Floats | None) -> tuple[int, ...]:
    """Strikes in bins of 0.1 m/s; empty where speed or strikes are unknown or one mean speed is all there is.

    Strikes at an unknown speed are in no bin: they are neither slow nor fast.
    """
    known = np.isfinite(steps.speed_mps)
    if counted is None or steps.mean_only or not known.any():
        return ()
    bins = np.clip(steps.speed_mps[known] / SPEED_BIN_MPS, 0, SPEED_BINS - 1).astype(np.intp)
    return tuple(np.bincount(bins, weights=counted[known], minlength=SPEED_BINS).round().astype(int).tolist())


def _by_force(steps: Steps, counted: Floats | None) -> tuple[int, ...]:
    """Level strikes in bins of 0.05 body weights of peak ground force; empty where no force could be told."""
    if counted is None or not steps.forces.chosen.any():
        return ()
    bins = np.clip(steps.forces.vertical_grf_bw.value / FORCE_BIN_BW, 0, FORCE_BINS - 1)
    known = np.isfinite(bins)
    weights = counted[steps.forces.chosen][known]
    found = np.bincount(bins[known].astype(np.intp), weights=weights, minlength=FORCE_BINS)
    return tuple(found.round().astype(int).tolist())


def _median_speed(steps: Steps) -> float | None:
    speeds = steps.speed_mps[steps.running]
    speeds = speeds[np.isfinite(speeds)]
    return float(np.median(speeds)) if len(speeds) else None


def _climb_m(run: Run) -> float | None:
    """Height gained, from slope over ground so that jitter does not add up. [m]"""
    columns = run.columns
    rise_m = columns.grade[:-1] * np.diff(columns.distance_m)
    return float(np.maximum(rise_m, 0)[np.isfinite(rise_m)].sum()) if np.isfinite(rise_m).any() else None
