"""How the made-up runner's feet meet the ground at each speed: the population's way, with a personal touch."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calfwise.model import constants as c
from calfwise.model.run import Floats
from calfwise.sample.diary import S_PER_MIN
from calfwise.sample.noise import wander

STANDING_BELOW_MPS = 0.4
WALKING_SPM_AT_REST = 66.0
WALKING_SPM_PER_MPS = 30.0
"""A brisk 1.5 m/s at about 111 steps a minute."""
WALKING_DUTY_FACTOR = 0.62
"""Walking has both feet down for part of each stride."""
HIGHEST_RUNNING_DUTY_FACTOR = 0.485
"""However slow the jog, both feet leave the ground."""
OSCILLATION_M = 0.088
"""Of a runner at `OSCILLATION_AT_SPM`; fewer steps mean higher ones, as height grows with flight time squared."""
OSCILLATION_AT_SPM = 168.0
WALKING_OSCILLATION_M = 0.045
CADENCE_SPREAD = 0.008
STANCE_SPREAD = 0.012
OSCILLATION_SPREAD = 0.03
BALANCE_SPREAD = 0.004
WANDER_S = 15
STEPS_PER_STRIDE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Gait:
    """Each second's steps, as they are before any watch measures them."""

    running: npt.NDArray[np.bool_]
    cadence_spm: Floats
    stance_time_s: Floats
    step_length_m: Floats
    vertical_oscillation_m: Floats
    left_stance_share: Floats


@dataclass(frozen=True, slots=True)
class Habit:
    """A runner's own way, as ratios to the population's at the same speed; shoes change it."""

    cadence_ratio: float
    stance_ratio: float
    left_stance_share: float


def gait_at(speed_mps: Floats, *, habit: Habit, random: np.random.Generator) -> Gait:
    """Steps at each speed, running from `RUNNING_FROM_MPS` on.

    Notes
    -----
    Running cadence is [VanOeveren2019]_'s line and stance [Fukuchi2017]_'s power of speed, both in `model.constants`,
    times the runner's habit and a little noise. People change between walking and running at once, not gradually.
    """
    n_seconds = len(speed_mps)
    running = speed_mps >= c.RUNNING_FROM_MPS
    read_at_mps = np.clip(speed_mps, c.POPULATION_SLOWEST_MPS, c.POPULATION_FASTEST_MPS)
    strides = c.POPULATION_STRIDES_AT_REST + c.POPULATION_STRIDES_PER_MPS * read_at_mps
    noisy = 1 + CADENCE_SPREAD * wander(random, n_seconds, window_s=WANDER_S)
    walking_spm = np.where(speed_mps < STANDING_BELOW_MPS, 0.0, WALKING_SPM_AT_REST + WALKING_SPM_PER_MPS * speed_mps)
    cadence_spm = noisy * np.where(running, STEPS_PER_STRIDE * strides * habit.cadence_ratio, walking_spm)
    with np.errstate(divide="ignore", invalid="ignore"):
        step_time_s = np.where(cadence_spm > 0, S_PER_MIN / cadence_spm, np.nan)
    noisy = 1 + STANCE_SPREAD * wander(random, n_seconds, window_s=WANDER_S)
    own_stance_s = c.POPULATION_STANCE_SCALE_S * read_at_mps**c.POPULATION_STANCE_EXPONENT * habit.stance_ratio * noisy
    longest_stance_s = STEPS_PER_STRIDE * step_time_s * HIGHEST_RUNNING_DUTY_FACTOR
    walking_stance_s = STEPS_PER_STRIDE * step_time_s * WALKING_DUTY_FACTOR * noisy
    return Gait(
        running=running,
        cadence_spm=cadence_spm,
        stance_time_s=np.where(running, np.minimum(own_stance_s, longest_stance_s), walking_stance_s),
        step_length_m=speed_mps * step_time_s,
        vertical_oscillation_m=_oscillation_m(running, cadence_spm, random),
        left_stance_share=habit.left_stance_share + BALANCE_SPREAD * random.standard_normal(n_seconds),
    )


def _oscillation_m(running: npt.NDArray[np.bool_], cadence_spm: Floats, random: np.random.Generator) -> Floats:
    noisy = 1 + OSCILLATION_SPREAD * wander(random, len(cadence_spm), window_s=WANDER_S)
    slower = OSCILLATION_AT_SPM / np.where(running, cadence_spm, OSCILLATION_AT_SPM)
    oscillation_m: Floats = noisy * np.where(running, OSCILLATION_M * slower**2, WALKING_OSCILLATION_M)
    return oscillation_m
