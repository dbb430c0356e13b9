"""Fit F = a + b / DF, peak vertical ground force over duty factor, to the steps of 37 runners, and say how wrong it is.

Reads ../shared/data/lab (or the folder given); NumPy only. The coefficients stand in library/constants.toml by hand:
this script is where they come from, and `validate.py` compares.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LAB = Path(__file__).resolve().parents[2] / "shared/data/lab"
RUNNERS_FILE = "grf_37_runners.csv"
NO_DATA = 3
"""Exit code where the lab data is not there."""

SAME_PERSON = {26: 25}
"""Runners 25 and 26 have one sex, one mass within 60 g and one gait within a hundredth: almost surely one person."""


@dataclass(frozen=True)
class Steps:
    """Mean steps, one row a runner and speed, level running."""

    runner: Ints
    speed_mps: Floats
    mass_kg: Floats
    stance_time_s: Floats
    step_time_s: Floats
    peak_bw: Floats
    """Measured by force plates. [BW]"""

    @property
    def duty_factor(self) -> Floats:
        return self.stance_time_s / (2 * self.step_time_s)

    def __len__(self) -> int:
        return len(self.runner)


@dataclass(frozen=True)
class Fit:
    """Least squares with standard errors that let one runner's rows err together."""

    coefficients: Floats
    standard_errors: Floats
    correlation: float
    """Of the errors of the first two coefficients. [1]"""
    clusters: int


@dataclass(frozen=True)
class Errors:
    """Relative errors, predicted over measured minus one."""

    mean_absolute: float
    rmse: float
    bias: float
    rows: int


def read_runners(folder: Path = LAB) -> Steps:
    """The 87 rows of Alcantara 2021, one person's two numbers made one."""
    with (folder / RUNNERS_FILE).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def column(name: str) -> Floats:
        return np.array([float(row[name]) for row in rows])

    runner = np.array([SAME_PERSON.get(int(row["Sub"]), int(row["Sub"])) for row in rows])
    return Steps(
        runner=runner,
        speed_mps=column("Speed"),
        mass_kg=column("Mass"),
        stance_time_s=column("GRFtc"),
        step_time_s=1 / column("IMUsf"),
        peak_bw=column("GRFPeak"),
    )


def design(steps: Steps, variant: str = "") -> Floats:
    """The columns that the force is a sum of: 1, 1 / DF, and what a variant adds to them."""
    added = {
        "": [],
        "speed": [steps.speed_mps],
        "mass": [steps.mass_kg],
        "step time": [steps.step_time_s],
        "speed and mass": [steps.speed_mps, steps.mass_kg],
    }
    return np.column_stack([np.ones(len(steps)), 1 / steps.duty_factor, *added[variant]])


VARIANTS = ("speed", "mass", "step time", "speed and mass")


def fit(columns: Floats, force_bw: Floats, runner: Ints) -> Fit:
    """Least squares; sandwich errors with runners as clusters, corrected for their small number (CR1)."""
    n, k = columns.shape
    coefficients = solved(columns, force_bw)
    residual = force_bw - columns @ coefficients
    runners = np.unique(runner)
    scores = np.array([columns[runner == one].T @ residual[runner == one] for one in runners])
    bread = np.linalg.inv(columns.T @ columns)
    small_sample = len(runners) / (len(runners) - 1) * (n - 1) / (n - k)
    covariance = small_sample * bread @ (scores.T @ scores) @ bread
    errors: Floats = np.sqrt(np.diag(covariance))
    return Fit(coefficients, errors, float(covariance[0, 1] / (errors[0] * errors[1])), len(runners))


def solved(columns: Floats, force_bw: Floats) -> Floats:
    """The least-squares coefficients."""
    return np.asarray(np.linalg.lstsq(columns, force_bw, rcond=None)[0], np.float64)


def left_out(columns: Floats, force_bw: Floats, runner: Ints) -> Floats:
    """Each runner's forces as a fit to all the others predicts them. [BW]"""
    predicted = np.empty(len(force_bw))
    for one in np.unique(runner):
        own = runner == one
        predicted[own] = columns[own] @ solved(columns[~own], force_bw[~own])
    return predicted


def half_sine_bw(duty_factor: Floats) -> Floats:
    """Peak of a half sine over stance that carries the body's weight: pi / (4 DF). [BW]"""
    return np.pi / (4 * duty_factor)


def errors_of(predicted: Floats, measured: Floats) -> Errors:
    """How far predictions lie from what was measured, as shares of it."""
    relative = predicted / measured - 1
    return Errors(
        mean_absolute=float(np.abs(relative).mean()),
        rmse=float(np.sqrt((relative**2).mean())),
        bias=float(relative.mean()),
        rows=len(relative),
    )


def report(steps: Steps) -> list[str]:
    """What the fit found, in lines."""
    columns, force_bw = design(steps), steps.peak_bw
    found = fit(columns, force_bw, steps.runner)
    (a, b), (a_error, b_error) = found.coefficients, found.standard_errors
    factor = steps.duty_factor
    speeds = f"{steps.speed_mps.min()}-{steps.speed_mps.max()} m/s"
    lines = [
        f"{len(steps)} rows, {found.clusters} people, {speeds}, duty factor {factor.min():.3f}-{factor.max():.3f}",
        f"F = {a:.3f} + {b:.3f} / DF  [BW]",
        f"standard errors (people as clusters) {a_error:.3f} and {b_error:.3f}, correlation {found.correlation:.3f}",
        "",
        "each runner predicted from the others     mean absolute    RMSE    bias",
    ]
    rows = [("a + b / DF", left_out(columns, force_bw, steps.runner)), ("half sine, pi / (4 DF)", half_sine_bw(factor))]
    rows += [(f"  with {name}", left_out(design(steps, name), force_bw, steps.runner)) for name in VARIANTS]
    for name, predicted in rows:
        e = errors_of(predicted, force_bw)
        lines.append(f"{name:<40} {e.mean_absolute:>13.1%} {e.rmse:>8.1%} {e.bias:>+7.1%}")
    lines.append("the variants win here and lose on other labs' runners: see docs/validation")
    return lines


def lab_folder(arguments: list[str]) -> Path:
    """The folder of lab data; ends the script with code 3 where it is not."""
    folder = Path(arguments[0]) if arguments else LAB
    if not (folder / RUNNERS_FILE).is_file():
        print(f"no lab data: {folder / RUNNERS_FILE} is not there (give its folder as an argument)", file=sys.stderr)
        sys.exit(NO_DATA)
    return folder


if __name__ == "__main__":
    print("\n".join(report(read_runners(lab_folder(sys.argv[1:])))))
