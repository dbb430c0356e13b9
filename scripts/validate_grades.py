"""What each missing input costs: real recordings computed once as they are, then again with columns taken away."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from calfwise.model import constants as c
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.gait import Grade, population_cadence_spm
from calfwise.model.load.outings import fast_strikes
from calfwise.model.load.steps import Steps
from calfwise.model.run import COLUMN_NAMES, Run
from calfwise.model.runner import Runner
from calfwise.readers import read_all
from fit_grf import NO_DATA, Floats
from validate_people import Result
from validate_words import LINES_HERE, page, table, times

SHORTEST_S = 300
"""Recordings with less running than this tell nothing about a run. [s]"""
FEWEST_FAST = 200
"""Fast strikes are compared where there were at least this many; a ratio of a handful says nothing."""
CADENCE_SPM, CADENCE_SPREAD_SPM = 164, 9
"""Mean and standard deviation of 860 runners at 9.9 km/h (Malisoux 2023). [1/min]"""
STRIKES_TARGET, IMPULSE_TARGET = 0.10, 0.02
LOWER = {Grade.A: (Grade.B, Grade.C, Grade.D), Grade.B: (Grade.C, Grade.D)}
TAKEN = {
    Grade.B: ("stance_time_s", "stance_time_balance"),
    Grade.C: ("stance_time_s", "stance_time_balance", "cadence_spm", "step_length_m"),
    Grade.D: tuple(name for name in COLUMN_NAMES if name != "time_s"),
}
"""What a recording of each grade does not have."""
QUANTITIES = ("strikes", "fast strikes", "ground force", "Achilles force", "impulse")


def recordings_folder(lab: Path) -> Path:
    """The recordings beside the lab data; ends the script with code 3 where they are not."""
    folder = lab.parent / "recordings"
    if not folder.is_dir():
        print(f"no recordings: {folder} is not there", file=sys.stderr)
        sys.exit(NO_DATA)
    return folder


def without(run: Run, grade: Grade) -> Run:
    """The recording as a device of this grade would have written it."""
    missing = np.full(len(run.columns), np.nan)
    return replace(run, columns=replace(run.columns, **dict.fromkeys(TAKEN[grade], missing)), developer=())


@dataclass(frozen=True)
class Case:
    """One recording, as it is and with less."""

    run: Run
    full: RunLoad
    less: dict[Grade, RunLoad]

    @property
    def device(self) -> str:
        """What stands for the person."""
        return self.run.device.serial or self.run.device.product or "unknown"

    def value(self, load: RunLoad, quantity: str) -> float | None:
        """A quantity of a load; "fast" is held against the recording's own median speed."""
        if quantity == "strikes":
            return load.strikes
        if quantity == "fast strikes":
            return fast_strikes(load, easy_speed_mps=self.full.speed_mps)
        band = {
            "ground force": load.vertical_grf_bw,
            "Achilles force": load.achilles_force_bw,
            "impulse": load.impulse_bw_s,
        }[quantity]
        return None if band is None else band.value

    def pair(self, grade: Grade, quantity: str) -> tuple[float, float] | None:
        """A quantity with less, and as it is; `None` where one of them is not told."""
        full, less = self.value(self.full, quantity), self.value(self.less[grade], quantity)
        if quantity == "impulse" and less is None and grade is not Grade.D:
            less = 0.0  # all of it was taken for walking; at D a run that slow is not estimated
        if not full or less is None or (quantity == "fast strikes" and full < FEWEST_FAST):
            return None
        return less, full

    def off(self, grade: Grade, quantity: str) -> float:
        """With less over as it is, minus one. [1]"""
        pair = self.pair(grade, quantity)
        return pair[0] / pair[1] - 1 if pair else np.nan

    @property
    def mean_speed_mps(self) -> float:
        """Over its moving time, as a watch without cadence sees it. [m/s]"""
        load = self.less[Grade.C]
        return (load.distance_m or 0.0) / max(load.running_s + load.walking_s, 1.0)

    @property
    def surely_running(self) -> bool:
        return self.mean_speed_mps >= c.SURELY_RUNNING_MPS

    @property
    def walked(self) -> float:
        """Share of the moving time. [1]"""
        return self.full.walking_s / (self.full.running_s + self.full.walking_s)

    @cached_property
    def steps(self) -> Steps:
        return Steps(self.run, Runner())

    @property
    def unseen(self) -> float:
        """Share of the running that speed alone does not show: below a runner's speed, or without one. [1]"""
        return self.steps.share(~(self.steps.speed_mps >= c.RUNNING_FROM_MPS))

    @property
    def quicker(self) -> float:
        """Its cadence over that of its pace, minus one. [1]"""
        steps = self.steps
        chosen = steps.running & np.isfinite(steps.cadence_spm) & (steps.speed_mps >= c.RUNNING_FROM_MPS)
        if not chosen.any():
            return np.nan
        weights = steps.seconds[chosen]
        usual = population_cadence_spm(speed_mps=steps.speed_mps[chosen])
        return float(np.average(steps.cadence_spm[chosen], weights=weights) / np.average(usual, weights=weights) - 1)


def cases(folder: Path) -> list[Case]:
    """Every recording of grade A or B with five minutes of running, each run once."""
    found = []
    for run in read_all([folder]).runs:
        full = run_load(run)
        if full.grade in LOWER and full.running_s >= SHORTEST_S and full.strikes:
            found.append(Case(run, full, {grade: run_load(without(run, grade)) for grade in LOWER[full.grade]}))
    return found


# --- summaries -------------------------------------------------------------------------------------------------------


def offs(held: Iterable[Case], grade: Grade, quantity: str) -> Floats:
    """Errors of one quantity over recordings, those without it left out. [1]"""
    found = np.array([case.off(grade, quantity) for case in held])
    return np.asarray(found[np.isfinite(found)], np.float64)


def median_and_range(errors: Floats) -> str:
    """Median and central 90 %."""
    if not len(errors):
        return "not told"
    if not errors.any():
        return f"exact, n = {len(errors)}"
    low, high = np.quantile(errors, (0.05, 0.95))
    return f"{np.median(errors):+.1%} ({low:+.0%} to {high:+.0%}), n = {len(errors)}"


def cost_table(held: Sequence[Case], lower: Sequence[Grade]) -> str:
    """Bias and spread of every quantity at every lower grade."""
    rows = [[quantity, *(median_and_range(offs(held, grade, quantity)) for grade in lower)] for quantity in QUANTITIES]
    return table(["median (5th to 95th of 100)", *(f"as {grade.value}" for grade in lower)], rows)


def compared(held: Sequence[Case], grade: Grade, quantity: str, *, name: str, band: float) -> Result:
    """A quantity at a lower grade against the same recordings as they are; a device's recordings weigh one."""
    devices = sorted({case.device for case in held})
    rows = [(*pair, devices.index(case.device)) for case in held if (pair := case.pair(grade, quantity))]
    less, full, person = (np.array(column) for column in zip(*rows, strict=True))
    return Result(name, less.astype(np.float64), full.astype(np.float64), person.astype(np.int_), band)


def band_lines(held: Sequence[Case]) -> str:
    """Each band that missing columns ask for, in one line."""
    sure, slow = ([case for case in held if case.surely_running is known] for known in (True, False))
    stance = [case for case in held if case.full.grade is Grade.A]
    at = f"from {c.SURELY_RUNNING_MPS} m/s"
    below = f"below {c.SURELY_RUNNING_MPS} m/s"
    rows: list[tuple[Sequence[Case], Grade, str, str, float]] = [
        (sure, Grade.C, "strikes", f"Strikes as C, {at}", c.STRIKES_BAND_C),
        (sure, Grade.D, "strikes", f"Strikes as D, {at}", c.STRIKES_BAND_D),
        (slow, Grade.C, "strikes", f"Strikes as C, {below}", c.STRIKES_BAND_SLOW),
        (slow, Grade.D, "strikes", f"Strikes as D, {below}", c.STRIKES_BAND_SLOW),
        (sure, Grade.C, "impulse", f"Impulse as C, {at}", c.IMPULSE_BAND),
        (sure, Grade.D, "impulse", f"Impulse as D, {at}", c.IMPULSE_BAND_D),
        (slow, Grade.C, "impulse", f"Impulse as C, {below}", c.IMPULSE_BAND_SLOW),
        (slow, Grade.D, "impulse", f"Impulse as D, {below}", c.IMPULSE_BAND_SLOW),
        (stance, Grade.B, "ground force", "Ground force as B", c.GRF_BAND_BCD),
        (stance, Grade.C, "ground force", "Ground force as C", c.GRF_BAND_BCD),
        (stance, Grade.D, "ground force", "Ground force as D", c.GRF_BAND_BCD),
        (stance, Grade.D, "Achilles force", "Achilles force as D", c.ACHILLES_BAND_BCD),
    ]
    return "\n".join(
        f"- {compared(some, grade, quantity, name=name, band=band).line()}"
        for some, grade, quantity, name, band in rows
    )


def target_table(held: Sequence[Case]) -> str:
    """How many recordings meet the targets, by grade and pace."""

    def met(some: Sequence[Case], grade: Grade, quantity: str, target: float) -> str:
        errors = offs(some, grade, quantity)
        return f"{int((np.abs(errors) <= target).sum())} of {len(errors)}"

    paces: dict[str, Callable[[Case], bool]] = {
        f"from {c.SURELY_RUNNING_MPS} m/s": lambda case: case.surely_running,
        f"below {c.SURELY_RUNNING_MPS} m/s": lambda case: not case.surely_running,
    }
    rows = []
    for grade in LOWER[Grade.A]:
        for words, chosen in paces.items():
            own = [case for case in held if grade in case.less and chosen(case)]
            rows.append(
                [f"as {grade.value}, {words}", met(own, grade, "strikes", STRIKES_TARGET),
                 met(own, grade, "impulse", IMPULSE_TARGET)]
            )  # fmt: skip
    head = ["", f"strikes within {STRIKES_TARGET:.0%}", f"impulse within {IMPULSE_TARGET:.0%}"]
    return table(head, rows)


def recording_table(held: Sequence[Case]) -> str:
    """Every recording, by speed: why it was off, and by how much."""
    rows = []
    for case in sorted(held, key=lambda case: case.mean_speed_mps):
        cells = [
            _marked(case.off(grade, quantity), target)
            for grade in (Grade.C, Grade.D)
            for quantity, target in (("strikes", STRIKES_TARGET), ("impulse", IMPULSE_TARGET))
        ]
        why = (f"{case.walked:.0%}", f"{case.unseen:.0%}", f"{case.quicker:+.0%}")
        rows.append([f"{case.mean_speed_mps:.2f}", case.full.grade.value, *why, *cells])
    head = ["m/s", "grade", "walked", "unseen", "cadence", "strikes C", "impulse C", "strikes D", "impulse D"]
    return table(head, rows)


def _marked(error: float, target: float) -> str:
    if np.isnan(error):
        return "not told"
    return f"**{error:+.1%}**" if abs(error) > target else f"{error:+.1%}"


def _of_cadence() -> float:
    """How far nine of ten runners' cadences lie from their pace's."""
    return float(np.exp(c.NORMAL_90 * CADENCE_SPREAD_SPM / CADENCE_SPM))


def _combined(one: float, other: float) -> float:
    """Two independent widths as one."""
    return float(np.exp(np.hypot(np.log(one), np.log(other))))


def _together(of_time: float) -> float:
    return _combined(_of_cadence(), of_time)


def _too_slow(held: Sequence[Case]) -> int:
    return sum(case.less[Grade.D].strikes is None for case in held)


# --- the page --------------------------------------------------------------------------------------------------------


def grades_page(folder: Path) -> str:
    """What each missing input costs."""
    held = cases(folder)
    of_a, of_b = ([case for case in held if case.full.grade is grade] for grade in (Grade.A, Grade.B))
    sure = [case for case in held if case.surely_running]
    slow = [case for case in held if not case.surely_running]
    devices = len({case.device for case in held})
    time_c, time_d = (
        compared(sure, grade, "impulse", name="", band=c.IMPULSE_BAND).just_covering or np.nan
        for grade in (Grade.C, Grade.D)
    )
    text = f"""\
# What each missing input costs

Written by `./dev validate` from open recordings: {len(of_a)} of grade A and {len(of_b)} of grade B with at least five
minutes of running, by {devices} devices; recordings of one run count once. Each is computed as it is, then again as B
(stance taken away), as C (cadence too), as D (every column taken away, distance and time alone). Errors are the second
over the first minus one: they say what a missing input costs, not how true the first one is (that is
[model-1.md](model-1.md)).
A device stands for a person, and each weighs one in coverage and width; some of these people own several devices, so
there
are fewer people than that.

## Bands in one line each

{LINES_HERE}

## Grade A computed as B, C and D

{cost_table(of_a, LOWER[Grade.A])}

## Grade B computed as C and D

{cost_table(of_b, LOWER[Grade.B])}

## Strikes within 10 %, impulse within 2 %: met where?

{target_table(held)}

- **As B**: both exactly, everywhere: cadence counts the strikes and says what is running.
- **As C**, from {c.SURELY_RUNNING_MPS} m/s: strikes nearly always, impulse mostly. The runner's own cadence is what
  strikes
  lack; impulse lacks the running that speed alone takes for walking, or that has no speed.
- **As D**, from {c.SURELY_RUNNING_MPS} m/s: strikes nearly always; impulse not, for walking breaks and standing with
  the
  clock on count as running: it reads {np.median(offs(sure, Grade.D, "impulse")):+.0%} in the middle, and 2 % would
  need to
  know them. That cannot be had from distance and time.
- **Below {c.SURELY_RUNNING_MPS} m/s** neither holds at C or D: slow running and brisk walking share their speeds, and
  the
  {len(slow)} recordings hold everything from all running to mostly walking; {_too_slow(slow)} of them
  are too slow on the whole, and not estimated at D. The band
  {times(c.STRIKES_BAND_SLOW)} holds the others at D and all but one at C; so few people cannot make it a 90 % band.
- **Fast strikes** (here: {c.FAST_ABOVE_EASY_MPS} m/s above the recording's own median) are not told at D, where one
  mean
  speed is all there is.
- **Ground force** without stance is another question: it moves by what this runner's stance differs from the
  population's.
  Its band at B to D is set in the laboratory; the one recording outside it walked half of its time on
  a trail. The Achilles
  force is a multiple of it, so its errors are the same.

## Where the bands for strikes come from

From {c.SURELY_RUNNING_MPS} m/s on, two things that a recording without cadence does not tell: how quick the runner's
own steps
are, and how long they ran. Cadence at easy paces differs by {CADENCE_SPREAD_SPM:.0f} around {CADENCE_SPM:.0f} a minute
(standard
deviation, 860 runners [Malisoux2023]), which is {times(_of_cadence())} for nine of ten; running time is off by
{times(time_c)} as
C and {times(time_d)} as D for nine of ten of these people. Together {times(_together(time_c), 3)} and
{times(_together(time_d), 3)}: the bands {times(c.STRIKES_BAND_C)} and {times(c.STRIKES_BAND_D)}. The recordings alone
would
allow less at D; 860 runners know more of cadence than these few. Impulse needs no cadence: its band
({times(c.IMPULSE_BAND)},
lever arm and people) with the time of D is {times(_combined(c.IMPULSE_BAND, time_d), 3)}, so
{times(c.IMPULSE_BAND_D)}. Arm and
people are the same on both sides above, so that impulse bands and the Achilles band cover everything there and are not
tested by it.

## By recording

Mean speed over moving time as seen without cadence; share of moving time walked; share of the running that speed does
not
show (below {c.RUNNING_FROM_MPS} m/s, or no speed); cadence against that of the pace; then the errors, bold where a
target is
missed.

{recording_table(held)}
"""
    return page(text, [band_lines(held)])
