"""Write docs/validation/model-1.md: the load model against measured forces, from the lab data in ../shared/data.

`./dev validate` calls it; `--check` only compares. Only summary figures leave the data: no row of it is copied.
"""

import csv
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import fit_grf
from calfwise.model import constants as c
from calfwise.model.load.calf import peak_achilles_force_bw
from calfwise.model.load.gait import duty_factor, population_duty_factor, population_stance_time_s
from calfwise.model.load.grf import peak_vertical_grf_bw
from fit_grf import Errors, Floats, Steps, design, errors_of, half_sine_bw, left_out

TARGET = Path(__file__).resolve().parents[1] / "docs/validation/model-1.md"

CONTACT_FROM_BW = 0.05
"""The foot is on the ground above this; 38 N for the runner on slopes. [BW]"""
SHORTEST_CONTACT_S = 0.1
SLOPES_HZ = 500
TREADMILL_HZ = 300
LEVER_ARM_M = 0.05
GRAVITY_MPS2 = 9.80665
RBDS_SPEEDS = {"25": 2.5, "35": 3.5, "45": 4.5}
RESULTS_HERE = "RESULTS-HERE"
LEGS = {"L": "left", "R": "right"}


# --- lab data --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """Mean step of one trial on a treadmill."""

    speed_mps: float
    slope_deg: float
    mass_kg: float
    contacts: int
    stance_time_s: float
    step_time_s: float
    peak_bw: float

    @property
    def duty_factor(self) -> float:
        return self.stance_time_s / (2 * self.step_time_s)


def contacts(force_bw: Floats, *, rate_hz: float, from_bw: float = CONTACT_FROM_BW) -> list[tuple[int, int]]:
    """Whole contacts `[touch, lift)` in samples: first and last cut ones left out, and ripples too short for a foot."""
    on = force_bw > from_bw
    touches = np.flatnonzero(~on[:-1] & on[1:]) + 1
    lifts = np.flatnonzero(on[:-1] & ~on[1:]) + 1
    lifts = lifts[lifts > touches[0]]
    return [
        (int(touch), int(lift))
        for touch, lift in zip(touches, lifts, strict=False)
        if lift - touch >= SHORTEST_CONTACT_S * rate_hz
    ]


def timing(force_bw: Floats, *, rate_hz: float, from_bw: float = CONTACT_FROM_BW) -> tuple[int, float, float, float]:
    """Number of contacts, and means over them: stance [s], step time [s], peak force [BW]."""
    found = contacts(force_bw, rate_hz=rate_hz, from_bw=from_bw)
    touch = np.array([begin for begin, _ in found])
    stance_s = float(np.mean([end - begin for begin, end in found])) / rate_hz
    peak_bw = float(np.mean([force_bw[begin:end].max() for begin, end in found]))
    return len(found), stance_s, float(np.diff(touch).mean()) / rate_hz, peak_bw


def slope_trials(folder: Path, *, from_bw: float = CONTACT_FROM_BW) -> list[Trial]:
    """The 31 trials of one runner on slopes (Alcantara 2022)."""
    forces_bw = np.loadtxt(folder / "grf_one_runner_slopes.csv", delimiter=",")
    with (folder / "grf_one_runner_slopes_info.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        Trial(
            float(row["Speed"]),
            float(row["Slope"]),
            float(row["Mass"]),
            *timing(force_bw, rate_hz=SLOPES_HZ, from_bw=from_bw),
        )
        for row, force_bw in zip(rows, forces_bw, strict=True)
    ]


def rbds_trial(folder: Path) -> Trial:
    """Half a minute at 2.5 m/s (Fukuchi 2017); body weight is the mean force of whole steps."""
    force_n = np.genfromtxt(folder / "rbds_subject01_forces_2.5mps.txt", names=True)["Fy"]
    whole = contacts(force_n / 600, rate_hz=TREADMILL_HZ)
    weight_n = float(force_n[whole[0][0] : whole[-1][0]].mean())
    return Trial(2.5, 0.0, weight_n / GRAVITY_MPS2, *timing(force_n / weight_n, rate_hz=TREADMILL_HZ))


@dataclass(frozen=True)
class Ankle:
    """One leg at one speed: what the ankle's moment says of the Achilles tendon."""

    speed_mps: float
    leg: str
    vertical_bw: float
    achilles_bw: float
    impulse_ratio: float
    """Impulse of the tendon over that of the ground. [1]"""
    duty_factor: float

    @property
    def factor(self) -> float:
        return self.achilles_bw / self.vertical_bw


def ankles(folder: Path) -> list[Ankle]:
    """Both legs at three speeds: plantarflexor moment [N m/kg] over a 5 cm arm, vertical force [N/kg]."""
    cycle = np.genfromtxt(folder / "rbds_subject01_gait_cycles.txt", names=True)
    found = []
    for code, speed_mps in RBDS_SPEEDS.items():
        for letter, leg in LEGS.items():
            tendon_n_kg = cycle[f"{letter}ankleMomZ{code}"] / LEVER_ARM_M
            ground_n_kg = np.nan_to_num(cycle[f"{letter}grfY{code}"])
            stands = ground_n_kg > CONTACT_FROM_BW * GRAVITY_MPS2
            found.append(
                Ankle(
                    speed_mps,
                    leg,
                    float(ground_n_kg.max()) / GRAVITY_MPS2,
                    float(tendon_n_kg.max()) / GRAVITY_MPS2,
                    float(tendon_n_kg[stands].sum() / ground_n_kg[stands].sum()),
                    float(stands.sum()) / (len(stands) - 1),
                )
            )
    return found


def as_steps(trials: Sequence[Trial]) -> Steps:
    """Trials as rows of the fit's kind."""

    def column(name: str) -> Floats:
        return np.array([getattr(trial, name) for trial in trials], dtype=np.float64)

    names = ("speed_mps", "mass_kg", "stance_time_s", "step_time_s", "peak_bw")
    return Steps(np.arange(len(trials)), *(column(name) for name in names))


# --- words -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """One comparison of predicted with measured."""

    name: str
    predicted: Floats
    measured: Floats
    band: float
    """Half width of the 90 % band, times or divided by."""

    @property
    def errors(self) -> Errors:
        return errors_of(self.predicted, self.measured)

    @property
    def coverage(self) -> float:
        """The share of measured values inside the band. [1]"""
        return float((np.abs(np.log(self.predicted / self.measured)) <= np.log(self.band)).mean())

    def line(self) -> str:
        e = self.errors
        return (
            f"{self.name}: RMSE {e.rmse:.1%}, bias {e.bias:+.1%}, "
            f"coverage {self.coverage:.0%} of a 90 % band ×/÷{self.band:.2f} (n = {e.rows})"
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, all columns but the first to the right."""
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def filled(text: str) -> str:
    """Paragraphs and list items broken at our line length; headings and tables as they are."""
    blocks = re.split(r"\n(?=- )|(\n\n)", text)
    wrapped = []
    for block in blocks:
        if not block or block.startswith(("|", "#", "\n\n")):
            wrapped.append(block or "\n")
            continue
        indent = "  " if block.startswith("- ") else ""
        wrapped.append(textwrap.fill(" ".join(block.split()), 118, subsequent_indent=indent, break_long_words=False))
    return "".join(wrapped)


def spread(values: Sequence[float]) -> str:
    """Mean and standard deviation."""
    return f"{np.mean(values):.2f} ± {np.std(values, ddof=1):.2f}"


# --- the report ------------------------------------------------------------------------------------------------------


def shipped_bw(steps: Steps) -> Floats:
    """The force as calfwise computes it from stance and cadence. [BW]"""
    cadence_spm = 60 / steps.step_time_s
    return peak_vertical_grf_bw(duty_factor=duty_factor(stance_time_s=steps.stance_time_s, cadence_spm=cadence_spm))


def from_speed_bw(steps: Steps) -> Floats:
    """The force as calfwise computes it where only speed is known. [BW]"""
    return peak_vertical_grf_bw(duty_factor=population_duty_factor(speed_mps=steps.speed_mps))


def mixed_bw(steps: Steps) -> Floats:
    """The way not taken: measured cadence with population stance. [BW]"""
    stance_s = population_stance_time_s(speed_mps=steps.speed_mps)
    return peak_vertical_grf_bw(duty_factor=duty_factor(stance_time_s=stance_s, cadence_spm=60 / steps.step_time_s))


def achilles_result(found: Sequence[Ankle], *, from_measured_force: bool) -> Result:
    """The model's Achilles force against the ankle moment's, from its own ground force or from the measured one."""
    measured = np.array([ankle.achilles_bw for ankle in found])
    if from_measured_force:
        name = "Achilles force, one runner, factor alone"
        return Result(name, c.ACHILLES_PER_GRF * np.array([a.vertical_bw for a in found]), measured, c.ACHILLES_BAND_A)
    predicted = peak_achilles_force_bw(duty_factor=[ankle.duty_factor for ankle in found]).value
    return Result("Achilles force, one runner, from timing", predicted, measured, c.ACHILLES_BAND_A)


def results(runners: Steps, trials: Sequence[Trial], rbds: Trial, found: Sequence[Ankle]) -> list[Result]:
    """Every comparison that the report's head lists."""
    ground = as_steps([*(trial for trial in trials if trial.slope_deg == 0), rbds])
    lab = c.GRF_BAND_LAB
    impulse = np.array([ankle.impulse_ratio for ankle in found])
    return [
        Result(
            "Ground force, 37 runners, each predicted from the others",
            left_out(design(runners), runners.peak_bw, runners.runner),
            runners.peak_bw,
            lab,
        ),
        Result("Ground force, 2 runners of other labs, level", shipped_bw(ground), ground.peak_bw, lab),
        Result("Ground force from speed alone, 37 runners", from_speed_bw(runners), runners.peak_bw, c.GRF_BAND_BCD),
        Result("Ground force from speed alone, 2 others", from_speed_bw(ground), ground.peak_bw, c.GRF_BAND_BCD),
        achilles_result(found, from_measured_force=True),
        achilles_result(found, from_measured_force=False),
        Result(
            "Calf impulse over the ground's, one runner",
            np.full(len(impulse), c.IMPULSE_PER_STEP_TIME),
            impulse,
            c.IMPULSE_BAND,
        ),
    ]


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


def slope_section(trials: Sequence[Trial]) -> str:
    """Where force from timing stops being valid."""
    speeds = sorted({trial.speed_mps for trial in trials})
    slopes = sorted({trial.slope_deg for trial in trials})

    def apart(speed_mps: float, slope_deg: float) -> Floats:
        own = [t for t in trials if t.speed_mps == speed_mps and t.slope_deg == slope_deg]
        steps = as_steps(own)
        return shipped_bw(steps) / steps.peak_bw - 1

    level = {speed: float(apart(speed, 0).mean()) for speed in speeds}
    rows = []
    for slope in slopes:
        cells = []
        for speed in speeds:
            errors = apart(speed, slope)
            reach = f", {errors.min():+.0%} to {errors.max():+.0%}" if len(errors) > 1 else ""
            shift = "" if slope == 0 else f" ({(errors.mean() - level[speed]) * 100:+.0f})"
            cells.append(f"{errors.mean():+.1%}{shift}{reach}")
        rows.append([f"{slope:+.0f}°" if slope else "level", *cells])
    contact_count = sum(trial.contacts for trial in trials)
    return f"""\
## Slopes

One runner, {len(trials)} trials, {contact_count} contacts [Alcantara2022]. Contacts are found where the force passes
{CONTACT_FROM_BW} BW, duty factor is mean stance over twice the mean step time, and the peak is the mean of the
contacts' highest force. Predicted against measured peak:
mean; in brackets points against the same speed on the level; then the spread over trials where there are several.

{table(["slope", *(f"{speed} m/s" for speed in speeds)], rows)}

- The model reads high for this runner everywhere on the level ({min(level.values()):+.0%} to
  {max(level.values()):+.0%}): one runner's own offset, inside the watch's band (×/÷{c.GRF_BAND_A}) and partly
  outside the laboratory's (×/÷{c.GRF_BAND_LAB}).
- Downhill at -5° the offset grows clearly at 3.33 m/s (four to six trials); at 2.5 and 4.17 m/s there is one trial
  each, and it grows less or hardly. At -10° it falls, because the highest force is now the impact, which timing
  knows nothing of: the number can be right for the wrong
  reason, and trials of one speed scatter.
- Uphill to +5° the offset stays or shrinks; at +10° and 4.17 m/s it grows.
- So forces are estimated within ±{c.STEEPEST_DEG:.0f}° only, where others saw joint loads stay as on the level
  [Slope2007]. Uphill to +5° the ground force would hold, but how it divides over the leg's joints would not be
  known. Steeper seconds still
  count their strikes and their time.
- One runner cannot say where the limit lies for others; [Meyer2023] found timing-based models invalid on slopes."""


def threshold_note(folder: Path) -> str:
    """How much the choice of contact threshold matters."""
    parts = []
    for from_bw in (0.03, 0.05, 0.08):
        level = as_steps([t for t in slope_trials(folder, from_bw=from_bw) if t.slope_deg == 0])
        parts.append(f"{errors_of(shipped_bw(level), level.peak_bw).bias:+.1%} at {from_bw} BW")
    return "Contact threshold: the level bias of this runner is " + ", ".join(parts) + "."


def achilles_section(found: Sequence[Ankle]) -> str:
    """The Achilles factor of one open subject."""
    rows = [
        [
            f"{a.speed_mps} m/s, {a.leg}",
            *(f"{number:.2f}" for number in (a.vertical_bw, a.achilles_bw, a.factor, a.impulse_ratio)),
        ]
        for a in found
    ]
    factors, ratios = [a.factor for a in found], [a.impulse_ratio for a in found]
    return f"""\
## Achilles factor

One runner, both legs, three speeds [Fukuchi2017]: ankle plantarflexor moment over a {LEVER_ARM_M * 100:.0f} cm arm,
against the ground.

{table(["", "peak ground force [BW]", "peak Achilles force [BW]", "factor", "impulse over the ground's"], rows)}

Factor {spread(factors)}, impulse ratio {spread(ratios)}. The model's {c.ACHILLES_PER_GRF} lies above this runner,
between laboratories that found about 2.0 to 2.1 and those that found 2.6 to 2.8 at 5 m/s: it is a middle, and the band
×/÷{c.ACHILLES_BAND_A} exists because nobody's lever arm is known. The impulse factor {c.IMPULSE_PER_STEP_TIME} fits
this runner. The other open subjects that were looked at for the middle are not among these data."""


def report(folder: Path) -> str:
    """The whole page."""
    runners, trials, rbds, found = (
        fit_grf.read_runners(folder),
        slope_trials(folder),
        rbds_trial(folder),
        ankles(folder),
    )
    others = as_steps([*(trial for trial in trials if trial.slope_deg == 0), rbds])
    lines = "\n".join(f"- {result.line()}" for result in results(runners, trials, rbds, found))
    text = f"""\
# How far model 1 is off

Written by `./dev validate` from open laboratory data: what is said of them here is computed, not typed.
Errors are predicted over measured minus one. A 90 % band that is honest covers about nine of ten; rows of one runner
are not independent, so a coverage from one or two people says little.

## Results in one line each

{RESULTS_HERE}

{fit_section(runners, others)}

{speed_section(runners)}

{slope_section(trials)}

{threshold_note(folder)}

{achilles_section(found)}

## What this does not show

- **Watches.** All timing here is from force plates. A watch's stance error moves the force by about -0.93 of its share
  (at 250 ms, -27 ms reads 11 % high): the watch band ×/÷{c.GRF_BAND_A} rests on such differences between devices, not
  on a test here.
- **Slow runners.** The fit ends at duty factor {c.DUTY_FACTOR_TRAINED_TO}; most easy running lies at 0.35 to 0.42. The
  two other labs' runners (up to {others.duty_factor.max():.2f}) are the only check there, and both read high.
- **Bare feet, forefoot strike, tiredness, soft ground.** Not varied in these data.
- **The true force in a living tendon.** Even the laboratory's value is a moment divided by an assumed arm.

What follows for use: the same runner with the same device compares well with themselves, because offset, factor and arm
stay; absolute numbers carry their band. That is why comparisons with oneself are shown first.
"""
    whole = filled(text.rstrip()).replace(RESULTS_HERE, lines) + "\n"
    return re.sub(r"(?<=\d)%", " %", whole)


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    text = report(fit_grf.lab_folder([argument for argument in arguments if argument != "--check"]))
    if check:
        same = TARGET.is_file() and TARGET.read_text("utf-8") == text
        if not same:
            print("docs/validation/model-1.md differs from what the data say: run ./dev validate", file=sys.stderr)
        return 0 if same else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, "utf-8")
    print(f"wrote {TARGET}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
