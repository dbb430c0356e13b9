"""The fit, what speed alone costs, and slopes: sections of the model's page."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

import fit_grf
from calfwise.model import constants as c
from calfwise.model.load.gait import duty_factor, population_stance_time_s
from calfwise.model.load.grf import peak_vertical_grf_bw
from fit_grf import Errors, Floats, Steps, design, errors_of, half_sine_bw, left_out
from validate_bands import from_speed_bw, shipped_bw
from validate_lab import CONTACT_FROM_BW, Trial, as_steps, slope_trials
from validate_words import LINES_HERE, table


def mixed_bw(steps: Steps) -> Floats:
    """The way not taken: measured cadence with population stance. [BW]"""
    stance_s = population_stance_time_s(speed_mps=steps.speed_mps)
    return peak_vertical_grf_bw(duty_factor=duty_factor(stance_time_s=stance_s, cadence_spm=60 / steps.step_time_s))


def fit_section(runners: Steps, others: Steps) -> str:
    """The coefficients, and what more columns do here and elsewhere."""
    found = fit_grf.fit(design(runners), runners.peak_bw, runners.runner)
    (a, b), (a_error, b_error) = found.coefficients, found.standard_errors
    rows, compared = [], {}
    for label, variant in (("a + b / DF (shipped)", ""), *((f"with {name}", name) for name in fit_grf.VARIANTS)):
        columns = design(runners, variant)
        here = errors_of(left_out(columns, runners.peak_bw, runners.runner), runners.peak_bw)
        away = errors_of(design(others, variant) @ fit_grf.solved(columns, runners.peak_bw), others.peak_bw)
        compared[variant] = here, away
        rows.append(_row(label, here, away))
    here, away = compared[""]
    sine_here = errors_of(half_sine_bw(runners.duty_factor), runners.peak_bw)
    sine_away = errors_of(half_sine_bw(others.duty_factor), others.peak_bw)
    rows.append(_row("half sine, π / (4 DF)", sine_here, sine_away))
    factor = runners.duty_factor
    head = ["", "37: mean absolute", "37: RMSE", "37: bias", "others: RMSE", "others: bias"]
    return f"""\
## The fit

`scripts/fit_grf.py`, least squares on {len(runners)} rows of 37 runners [Alcantara2021], counted as
{found.clusters} people because runners 25 and 26 are almost surely one. Level,
{runners.speed_mps.min()}-{runners.speed_mps.max()} m/s, duty factor {factor.min():.3f}-{factor.max():.3f}.

| | fitted | shipped | standard error, people as clusters | shipped |
| :-- | --: | --: | --: | --: |
| a [BW] | {a:.4f} | {c.GRF_INTERCEPT_BW} | {a_error:.3f} | {c.GRF_INTERCEPT_SE_BW} |
| b [BW] | {b:.4f} | {c.GRF_SLOPE_BW} | {b_error:.4f} | {c.GRF_SLOPE_SE_BW} |

Correlation of the two errors: {found.correlation:.3f} (shipped {c.GRF_SE_CORRELATION}). The shipped standard errors
are a hair wider than these; they matter outside the trained range only, where they widen the band.

Each runner predicted by a fit to all the others; beside it, the same formula on two runners whom other labs measured
({len(others)} level trials of [Alcantara2022] and [Fukuchi2017]):

{table(head, rows)}

The error that we quote ({here.rmse:.1%}) is the **RMSE** of the relative error; its mean absolute value is
{here.mean_absolute:.1%}. Speed, mass and step time each lower the error among the 37 and raise it on other labs'
runners, mass by far the most: they describe this laboratory, not running. On those two runners our formula reads
{away.bias:+.1%} and the half sine {sine_away.bias:+.1%}: there the half sine is the nearer one. Two people, and a bias
that moves by several points with the contact threshold (below), do not overturn 37, but they say what the absolute
numbers are worth. [Patoz2023] found the same linear form on 115 runners with 4-5 % error."""


def _row(label: str, here: Errors, away: Errors) -> list[str]:
    shares = (here.mean_absolute, here.rmse, away.rmse)
    absolute, rmse, away_rmse = (f"{share:.1%}" for share in shares)
    return [label, absolute, rmse, f"{here.bias:+.1%}", away_rmse, f"{away.bias:+.1%}"]


def speed_section(runners: Steps) -> str:
    """What is lost where the watch gives no stance."""
    both, mixed = (errors_of(predicted(runners), runners.peak_bw) for predicted in (from_speed_bw, mixed_bw))
    return f"""\
## From speed alone (grades B, C, D)

On the same 37 runners, stance and cadence both read from speed: bias {both.bias:+.1%}, RMSE {both.rmse:.1%}.
Measured cadence with stance from speed: bias {mixed.bias:+.1%}, RMSE {mixed.rmse:.1%}. Better one consistent guess
than half a measurement, so at grade B a measured cadence counts strikes and no more. These runners are faster
and fitter than most: the population's stance is longer
than theirs, and the force reads low for them. A fast runner without a running-dynamics watch should expect that."""


SLOPE_VERDICTS = {
    -10: "not valid (the highest force is now the impact, which timing knows nothing of; where the number is right, it "
    "is right for the wrong reason)",
    -5: "not valid (clearly worse than level at 3.33 m/s; less so at the other speeds, one trial each)",
    0: "valid, with this runner's own offset",
    5: "valid for the ground force; how it divides over the leg's joints would not be known",
    10: "not shown to be valid (one fast trial far out)",
}
"""What follows from each slope's numbers. [deg]"""


def slope_section(trials: Sequence[Trial]) -> str:
    """Where force from timing stops being valid."""
    speeds = sorted({trial.speed_mps for trial in trials})
    slopes = sorted({trial.slope_deg for trial in trials})
    level = {speed: float(_apart(trials, speed_mps=speed, slope_deg=0).mean()) for speed in speeds}
    rows = []
    for slope in slopes:
        cells = []
        for speed in speeds:
            errors = _apart(trials, speed_mps=speed, slope_deg=slope)
            reach = f", {errors.min():+.0%} to {errors.max():+.0%}" if len(errors) > 1 else ""
            shift = "" if slope == 0 else f" ({(errors.mean() - level[speed]) * 100:+.0f})"
            cells.append(f"{errors.mean():+.1%}{shift}{reach}")
        rows.append([_degrees(slope), *cells])
    contact_count = sum(trial.contacts for trial in trials)
    return f"""\
## Slopes

One runner, {len(trials)} trials, {contact_count} contacts [Alcantara2022]. Contacts are found where the force passes
{CONTACT_FROM_BW} BW, duty factor is mean stance over twice the mean step time, and the peak is the mean of the
contacts' highest force. Predicted against measured peak:
mean; in brackets points against the same speed on the level; then the spread over trials where there are several.

{table(["slope", *(f"{speed} m/s" for speed in speeds)], rows)}

In a line each:

{LINES_HERE}

- The model reads high for this runner everywhere on the level ({min(level.values()):+.0%} to
  {max(level.values()):+.0%}): one runner's own offset, inside the watch's band (×/÷{c.GRF_BAND_A:.2f}) and partly
  outside the laboratory's (×/÷{c.GRF_BAND_LAB:.2f}).
- So forces are estimated within ±{c.STEEPEST_DEG:.0f}° only, where others saw joint loads stay as on the level
  [Slope2007]. Steeper seconds still count their strikes and their time.
- One runner cannot say where the limit lies for others; [Meyer2023] found timing-based models invalid on slopes."""


def slope_lines(trials: Sequence[Trial]) -> str:
    """One line a slope: errors, the same against the runner's own level, and what follows."""
    lines = []
    for slope in sorted({trial.slope_deg for trial in trials}):
        own = [trial for trial in trials if trial.slope_deg == slope]
        steps = as_steps(own)
        predicted = shipped_bw(steps)
        offset = np.array([_apart(trials, speed_mps=trial.speed_mps, slope_deg=0).mean() for trial in own])
        plain, against_level = (errors_of(p, steps.peak_bw) for p in (predicted, predicted / (1 + offset)))
        apart = f"; own offset taken out: RMSE {against_level.rmse:.1%}, bias {against_level.bias:+.1%}"
        lines.append(
            f"- {_degrees(slope)}: RMSE {plain.rmse:.1%}, bias {plain.bias:+.1%} (n = {len(own)}){apart}. "
            f"Verdict: {SLOPE_VERDICTS[round(slope)]}"
        )
    return "\n".join(lines)


def _apart(trials: Sequence[Trial], *, speed_mps: float, slope_deg: float) -> Floats:
    """How far the model is off, trial by trial, as a share of what was measured."""
    steps = as_steps([t for t in trials if t.speed_mps == speed_mps and t.slope_deg == slope_deg])
    return shipped_bw(steps) / steps.peak_bw - 1


def _degrees(slope: float) -> str:
    return f"{slope:+.0f}°" if slope else "level"


def threshold_note(folder: Path) -> str:
    """How much the choice of contact threshold matters."""
    parts = []
    for from_bw in (0.03, 0.05, 0.08):
        level = as_steps([t for t in slope_trials(folder, from_bw=from_bw) if t.slope_deg == 0])
        parts.append(f"{errors_of(shipped_bw(level), level.peak_bw).bias:+.1%} at {from_bw} BW")
    return "Contact threshold: the level bias of this runner is " + ", ".join(parts) + "."
