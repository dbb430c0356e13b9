"""Every 90 % band of the model, one line each: how far off, how often inside, and how wide it would have to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

import numpy as np

from calfwise.model import constants as c
from calfwise.model.load.calf import peak_achilles_force_bw
from calfwise.model.load.gait import duty_factor, population_duty_factor
from calfwise.model.load.grf import peak_vertical_grf_bw
from fit_grf import Floats, Steps, design, left_out
from validate_lab import Ankle, joined
from validate_people import Result
from validate_words import table, times

DRAWS = 41
"""Equally likely values that stand for a distribution: no dice, the page is the same every time."""
STANCE_ERROR_SHARE = 0.08
"""Contact time from a sensor on the body, root mean square over 100 runners: 20 ms or 8 % [Patoz2022]_."""
STANCE_AT_S = 0.25
SOURCES_APART_S = (-0.027, 0.034)
"""Native against added sensor in one run, the middle of what recordings show."""
SOURCES_FURTHEST_APART_S = (-0.027, 0.054)
"""And its ends, one device the most."""
FACTOR_BETWEEN_PEOPLE = 0.19 / 2.14
"""Standard deviation over mean of the Achilles factor, 5 open runners of one laboratory (Fukuchi 2017)."""
FACTOR_BY_LABORATORY = (2.03, 2.14, 2.70)
"""Means: Matijevich 2019, Fukuchi 2017, and Hamner and Delp 2013, whose two methods (2.63, 2.78) count once."""
IMPULSE_OVER_FACTOR = 1.95 / 2.10
"""The one open runner's impulse ratio over their peak factor."""
DUTY_FACTOR_SPREAD = 2.8 / 39.4
"""Standard deviation over mean of 28 runners' duty factors at 2.5 m/s (Fukuchi 2017)."""
FORCE_PER_STANCE = 0.93
"""A share of the stance moves the force by this much of it, the other way."""
SELF_BAND = 1.06
"""What the page says of comparisons with oneself; the model prints no such band."""
NEEDED = {
    "ground force, plates": "Ground force from plates, all",
    "ground force, A": "Ground force from a watch",
    "ground force, B-D": "Ground force from speed (B-D), all",
    "Achilles force, A": "Achilles force (A), people",
    "Achilles force, B-D": "Achilles force (B-D), people",
    "calf impulse": "Calf impulse, people",
}
"""Which comparisons say how wide a band must be, by how their names begin."""
CLEARLY_WIDER = 1 / 8
"""A band is changed where its logarithm is more than this share above what is needed."""


@dataclass(frozen=True)
class Ground:
    """Measured steps, and the force that a fit which never saw their runner predicts from their timing."""

    steps: Steps
    predicted_bw: Floats

    def __add__(self, other: "Ground") -> "Ground":
        return Ground(joined(self.steps, other.steps), np.concatenate([self.predicted_bw, other.predicted_bw]))

    def result(self, name: str, band: float) -> Result:
        return Result(name, self.predicted_bw, self.steps.peak_bw, self.steps.runner, band)


def shipped_bw(steps: Steps) -> Floats:
    """The force as calfwise computes it from stance and cadence. [BW]"""
    cadence_spm = 60 / steps.step_time_s
    return peak_vertical_grf_bw(duty_factor=duty_factor(stance_time_s=steps.stance_time_s, cadence_spm=cadence_spm))


def from_speed_bw(steps: Steps) -> Floats:
    """The force as calfwise computes it where only speed is known. [BW]"""
    return peak_vertical_grf_bw(duty_factor=population_duty_factor(speed_mps=steps.speed_mps))


def held_out(runners: Steps, others: Steps) -> tuple[Ground, Ground]:
    """The 37, each predicted from the others, and other laboratories' runners by the shipped formula."""
    here = left_out(design(runners), runners.peak_bw, runners.runner)
    return Ground(runners, here), Ground(others, shipped_bw(others))


def against_oneself(ground: Ground, *, same_pace: bool = False) -> Result:
    """Every runner's force in one trial over their own in another, predicted and measured."""
    person, speed_mps = ground.steps.runner, ground.steps.speed_mps
    pairs = [
        (i, j)
        for one in np.unique(person)
        for i, j in combinations(np.flatnonzero(person == one), 2)
        if bool(speed_mps[i] == speed_mps[j]) is same_pace
    ]
    first, second = (np.array(column) for column in zip(*pairs, strict=True))
    predicted = ground.predicted_bw[second] / ground.predicted_bw[first]
    measured = ground.steps.peak_bw[second] / ground.steps.peak_bw[first]
    return Result("A runner against themselves, at another pace", predicted, measured, person[first], SELF_BAND)


# --- stance as a watch reads it --------------------------------------------------------------------------------------


def normal(deviation: float, draws: int = DRAWS) -> Floats:
    """Equally likely values of a normal distribution around 0."""
    spread = NormalDist(0, deviation)
    return np.array([spread.inv_cdf((i + 0.5) / draws) for i in range(draws)])


def between(low: float, high: float, draws: int = DRAWS) -> Floats:
    """Equally likely values from low to high."""
    return np.asarray(low + (high - low) * (np.arange(draws) + 0.5) / draws, np.float64)


@dataclass(frozen=True)
class Watched:
    """Every measured step with every stance error that a run may carry and still be grade A."""

    result: Result
    kept: float
    """The share that stays grade A: what lies further from the pace's own duty factor is computed from speed. [1]"""


def watched(ground: Ground, errors: Floats, *, name: str) -> Watched:
    """The watch's band: everybody's steps, stance read wrong by each error, as a share of it. [1]"""
    true_factor, error = np.meshgrid(ground.steps.duty_factor, errors, indexing="ij")
    read = true_factor * (1 + error)
    expected = population_duty_factor(speed_mps=ground.steps.speed_mps)[:, None]
    kept = np.abs(read / expected - 1) <= c.STANCE_DISAGREEMENT
    wrong_by = peak_vertical_grf_bw(duty_factor=read) / peak_vertical_grf_bw(duty_factor=true_factor)
    predicted = (ground.predicted_bw[:, None] * wrong_by)[kept]
    measured = np.broadcast_to(ground.steps.peak_bw[:, None], kept.shape)[kept]
    person = np.broadcast_to(ground.steps.runner[:, None], kept.shape)[kept]
    result = Result(name, predicted, measured, person, c.GRF_BAND_A, simulated=True)
    return Watched(result, float(kept.mean()))


def stance_errors() -> dict[str, Floats]:
    """What has been published, or seen in recordings, of stance errors; each as shares of the stance. [1]"""
    return {
        f"normal, {STANCE_ERROR_SHARE:.0%} (20 ms), a sensor, 100 runners [Patoz2022]": normal(STANCE_ERROR_SHARE),
        "none: two makes without a difference to plate or video, 6 and 50 runners": np.zeros(1),
        "-27 to +34 ms, even: two sources in one run, most of them": between(*SOURCES_APART_S) / STANCE_AT_S,
        "-27 to +54 ms, even: the same, the worst included": between(*SOURCES_FURTHEST_APART_S) / STANCE_AT_S,
    }


def assumed(ground: Ground) -> Watched:
    """With the stance error on which the watch's band rests."""
    return watched(ground, normal(STANCE_ERROR_SHARE), name="Ground force from a watch (A), stance error simulated")


# --- the tendon ------------------------------------------------------------------------------------------------------


def summed(of_ground: Result | None, *parts: Floats, name: str, band: float) -> Result:
    """Independent errors added as logarithms, every combination equally likely."""
    logs = np.zeros(1) if of_ground is None else np.log(of_ground.predicted / of_ground.measured)
    person = np.zeros(1, np.int_) if of_ground is None else of_ground.person
    for part in parts:
        logs = (logs[:, None] + part[None, :]).ravel()
        person = np.repeat(person, len(part))
    return Result(name, np.exp(logs), np.ones(len(logs)), person, band, simulated=True)


def tendon_results(found: Sequence[Ankle], watch: Result, speed: Result) -> list[Result]:
    """Achilles force and impulse: the one open runner, then arm, people and laboratories as they are published."""
    people = normal(FACTOR_BETWEEN_PEOPLE)
    arm = normal(np.log(c.ACHILLES_ARM_BAND) / c.NORMAL_90)
    laboratories = np.log(c.ACHILLES_PER_GRF / np.array(FACTOR_BY_LABORATORY))
    of_impulse = np.log(c.IMPULSE_PER_STEP_TIME / (IMPULSE_OVER_FACTOR * np.array(FACTOR_BY_LABORATORY)))
    vertical, measured, ratio, timing = (
        np.array([getattr(ankle, name) for ankle in found])
        for name in ("vertical_bw", "achilles_bw", "impulse_ratio", "duty_factor")
    )
    one = np.zeros(len(found), np.int_)
    from_timing = peak_achilles_force_bw(duty_factor=timing).value
    model_ratio = np.full(len(found), c.IMPULSE_PER_STEP_TIME)
    a, bcd, impulse = c.ACHILLES_BAND_A, c.ACHILLES_BAND_BCD, c.IMPULSE_BAND
    by_arm, by_laboratory = "people and lever arm simulated", "people and laboratories simulated"
    return [
        Result("Achilles force (A), factor alone", c.ACHILLES_PER_GRF * vertical, measured, one, a),
        Result("Achilles force (A), from timing", from_timing, measured, one, a),
        summed(watch, people, arm, name=f"Achilles force (A), {by_arm}", band=a),
        summed(watch, people, laboratories, name=f"Achilles force (A), {by_laboratory}", band=a),
        summed(speed, people, arm, name=f"Achilles force (B-D), {by_arm}", band=bcd),
        summed(speed, people, laboratories, name=f"Achilles force (B-D), {by_laboratory}", band=bcd),
        Result("Calf impulse over the ground's", model_ratio, ratio, one, impulse),
        summed(None, people, arm, name=f"Calf impulse, {by_arm}", band=impulse),
        summed(None, people, of_impulse, name=f"Calf impulse, {by_laboratory}", band=impulse),
    ]


# --- the page's part -------------------------------------------------------------------------------------------------


def results(runners: Steps, others: Steps, found: Sequence[Ankle]) -> list[Result]:
    """Every comparison that the page's head lists."""
    here, away = held_out(runners, others)
    everybody = here + away
    speed_here, speed_away = (Ground(ground.steps, from_speed_bw(ground.steps)) for ground in (here, away))
    lab, bcd = c.GRF_BAND_LAB, c.GRF_BAND_BCD
    watch = assumed(everybody).result
    speed = (speed_here + speed_away).result("Ground force from speed (B-D), all of these", bcd)
    return [
        here.result("Ground force from plates, 37 runners, each predicted from the others", lab),
        away.result("Ground force from plates, runners of other laboratories", lab),
        everybody.result("Ground force from plates, all of these", lab),
        against_oneself(everybody),
        watch,
        speed_here.result("Ground force from speed (B-D), 37 runners", bcd),
        speed_away.result("Ground force from speed (B-D), runners of other laboratories", bcd),
        speed,
        *tendon_results(found, watch, speed),
    ]


def bands_section(runners: Steps, others: Steps, found: Sequence[Result]) -> str:
    """Why each band is as wide as it is."""
    needed = {name: _widest(found, words) for name, words in NEEDED.items()}
    here, away = held_out(runners, others)
    everybody = here + away
    oneself = against_oneself(everybody).needed or np.nan
    same = against_oneself(everybody, same_pace=True)
    rows = []
    for label, errors in stance_errors().items():
        shown = watched(everybody, errors, name=label)
        result, just = shown.result, shown.result.needed or np.nan
        rows.append([label, times(just, 3), f"{result.coverage:.0%}", f"{result.errors.rmse:.1%}", f"{shown.kept:.0%}"])
    head = ["stance error", "just covers 9 of 10", f"coverage of {times(c.GRF_BAND_A)}", "RMSE", "stays grade A"]
    arms = ", ".join(f"{arm_cm} cm {c.ACHILLES_PER_GRF * 5 / arm_cm:.2f}" for arm_cm in (4, 4.5, 5, 5.5, 6))
    return f"""\
## Bands, and why they are as wide as they are

The rule: at least nine of ten people whom the fit has not seen lie inside, and the band (its logarithm) is at most an
eighth wider than that needs. What is needed leaves room for one person more. Where our data cannot say (nobody
measures tendons) it is the published spread, added up below; of two ways the wider.

{table(["band", "printed", "needed", "wider than needed by"], _needs(needed))}

- **Plates, {times(c.GRF_BAND_LAB)}**: {len(np.unique(everybody.steps.runner))} people, 2 of them measured elsewhere,
  and they stand for
  their laboratories: one lies inside in every trial, one in some. So few laboratories cannot set a width.
- **Against oneself**: timing from the same plates, two paces of one runner. Offsets of runner and laboratory cancel,
  but the
  model rises a little too fast with pace, so nine of ten such comparisons lie within {times(oneself, 3)}, not closer.
  At
  one pace it is less: {same.errors.rows} such pairs of one runner differ by {same.errors.rmse:.1%} (RMSE).
- **Watch (A), {times(c.GRF_BAND_A)}**: no open data hold a watch's stance beside a plate's force, so this one is
  simulated: everybody's steps as measured, their stance read wrong by each of {DRAWS} equally likely errors, the same
  in
  every step of a run, cadence right. Runs whose duty factor then lies more than {c.STANCE_DISAGREEMENT:.0%} from their
  pace's are no grade A any more and left out, as in the model. What is published of such errors, and what each would
  ask
  for (the first row is the one that the band rests on):

{table(head, rows)}

- **Speed alone (B, C, D), {times(c.GRF_BAND_BCD)}**: set by the same 38, most of them fast, whose stance is shorter
  than
  the population's (bias above). Everyday runners ask for less: at one speed duty factors of 28 people have a standard
  deviation of 6-7 % [Fukuchi2017], which with the fit's own error needs
  {times(_everyday(here.result("", c.GRF_BAND_LAB).errors.rmse))}. One band serves both.
- **Achilles (A), {times(c.ACHILLES_BAND_A)}** and **(B-D), {times(c.ACHILLES_BAND_BCD)}**: wider than our one open
  runner
  can show, because published arms and methods force it. Two ways lead to about the same width: ground force, people
  (standard deviation {FACTOR_BETWEEN_PEOPLE:.0%}, five open runners of [Fukuchi2017]) and a lever arm within
  {times(c.ACHILLES_ARM_BAND)} (4 to 6 cm); or ground force, people, and the means of three laboratories
  ({", ".join(f"{factor:.2f}" for factor in FACTOR_BY_LABORATORY)}), whose differences
  are mostly arms. The model's factor for other arms: {arms}.
- **Impulse, {times(c.IMPULSE_BAND)}**: the same two ways without the ground force, which body weight and time give
  exactly. With the arm alone it could be a little narrower; if the laboratories' impulses lie as far apart as their
  peaks,
  it could not. No impulse but the one open runner's has been read, so it stays.
- **Strikes and impulse at grades C and D**: [grades-1.md](grades-1.md)."""


def _widest(found: Sequence[Result], words: str) -> tuple[float, float]:
    """A band as printed, and the widest of the widths that its comparisons ask for."""
    own = [(result.band, result.needed or 1.0) for result in found if result.name.startswith(words)]
    return own[0][0], max(width for _, width in own)


def _needs(needed: dict[str, tuple[float, float]]) -> list[list[str]]:
    return [
        [name, times(printed), times(width, 3), f"{np.log(printed) / np.log(width) - 1:.0%}"]
        for name, (printed, width) in needed.items()
    ]


def _everyday(fit_rmse: float) -> float:
    """The band that people of one speed ask for: published spread of duty factors, and the fit's own error."""
    return float(np.exp(c.NORMAL_90 * np.hypot(FORCE_PER_STANCE * DUTY_FACTOR_SPREAD, fit_rmse)))


def head_lines(found: Sequence[Result]) -> str:
    """The list at the page's head."""
    return "\n".join(f"- {result.line()}" for result in found)
