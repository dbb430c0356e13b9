"""Steps, stance and duty factor: measured, or filled in from speed, and how good that is."""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from calfwise.errors import OutOfRange
from calfwise.model import constants as c
from calfwise.model.run import Floats

SECONDS_PER_MINUTE = 60.0
STEPS_PER_STRIDE = 2.0


class Grade(StrEnum):
    """What a number rests on, best first."""

    A = "A"
    """Stance and cadence measured."""
    B = "B"
    """Cadence measured: strikes exact, forces from speed."""
    C = "C"
    """Speed only."""
    D = "D"
    """Distance and time only: one mean speed for the whole run."""


def duty_factor(*, stance_time_s: ArrayLike, cadence_spm: ArrayLike) -> Floats:
    """The share of a stride that one foot stands: stance over stride time.

    Parameters
    ----------
    stance_time_s : scalar or (n,)
        Initial contact to toe-off of one foot. [s]
    cadence_spm : scalar or (n,)
        Steps a minute, both feet. [1/min]

    Returns
    -------
    same shape
        Below 0.5 both feet leave the ground between steps. NaN where an input is NaN. [1]

    Raises
    ------
    OutOfRange
        If a stance or a cadence is not positive.

    Notes
    -----
    A stride is two steps, so it lasts 120 / cadence seconds.

    Examples
    --------
    >>> duty_factor(stance_time_s=0.25, cadence_spm=168).round(3).item()
    0.35
    """
    stance, cadence = _positive("stance_time_s", stance_time_s), _positive("cadence_spm", cadence_spm)
    share: Floats = stance * cadence / (SECONDS_PER_MINUTE * STEPS_PER_STRIDE)
    return share


def population_cadence_spm(
    *,
    speed_mps: ArrayLike,
    strides_at_rest: float = c.POPULATION_STRIDES_AT_REST,
    strides_per_mps: float = c.POPULATION_STRIDES_PER_MPS,
) -> Floats:
    """Cadence that runners of this speed have, for recordings without one.

    Parameters
    ----------
    speed_mps : scalar or (n,)
        Read at 1.64 or 4.68 m/s where it lies outside. [m/s]

    Returns
    -------
    same shape
        Steps a minute, both feet. [1/min]

    Notes
    -----
    2 (75.01 + 3.006 v), from the watches of 256 runners [VanOeveren2019]_.

    Examples
    --------
    >>> population_cadence_spm(speed_mps=3.0).round(1).item()
    168.1
    """
    strides: Floats = strides_at_rest + strides_per_mps * _population_speed(speed_mps)
    return STEPS_PER_STRIDE * strides


def population_stance_time_s(
    *,
    speed_mps: ArrayLike,
    scale_s: float = c.POPULATION_STANCE_SCALE_S,
    exponent: float = c.POPULATION_STANCE_EXPONENT,
) -> Floats:
    """Stance time that runners of this speed have, for recordings without one.

    Parameters
    ----------
    speed_mps : scalar or (n,)
        Read at 1.64 or 4.68 m/s where it lies outside. [m/s]

    Returns
    -------
    same shape
        [s]

    Notes
    -----
    0.469 v^-0.520, through three speeds of 28 runners [Fukuchi2017]_.

    Examples
    --------
    >>> population_stance_time_s(speed_mps=3.5).round(3).item()
    0.244
    """
    stance: Floats = scale_s * _population_speed(speed_mps) ** exponent
    return stance


def population_duty_factor(*, speed_mps: ArrayLike) -> Floats:
    """Duty factor that runners of this speed have: population stance at population cadence.

    Measured cadence with population stance is worse than both from speed (-13 % against -7 %), so cadence is not an
    argument here.

    Examples
    --------
    >>> population_duty_factor(speed_mps=3.0).round(3).item()
    0.371
    """
    return duty_factor(
        stance_time_s=population_stance_time_s(speed_mps=speed_mps),
        cadence_spm=population_cadence_spm(speed_mps=speed_mps),
    )


def is_running(*, speed_mps: Floats, cadence_spm: Floats) -> npt.NDArray[np.bool_]:
    """Which samples are running: a runner's cadence, or where none was measured (or it was lost), a runner's speed.

    Parameters
    ----------
    speed_mps, cadence_spm : (n,)
        NaN where not measured. [m/s], [1/min]

    Returns
    -------
    (n,)
        Walking, standing and the unknown are not running.

    Examples
    --------
    >>> is_running(speed_mps=np.array([2.8, 1.5, 3.1, 0.0]), cadence_spm=np.array([165, 118, np.nan, 0.0])).tolist()
    [True, False, True, False]
    """
    with np.errstate(invalid="ignore"):
        stands = speed_mps < c.MOVING_FROM_MPS
        steps = np.isfinite(cadence_spm) & (cadence_spm > 0)
        runs = np.where(steps, cadence_spm >= c.WALKING_BELOW_SPM, speed_mps >= c.RUNNING_FROM_MPS)
        found: npt.NDArray[np.bool_] = (runs.astype(bool) | (speed_mps >= c.WALKING_NEVER_ABOVE_MPS)) & ~stands
    return found


def believable_cadence_spm(*, speed_mps: Floats, cadence_spm: Floats) -> Floats:
    """Cadence, NaN where the sensor was lost: a walker's number at a speed that nobody walks. [1/min]"""
    with np.errstate(invalid="ignore"):
        lost = (cadence_spm < c.WALKING_BELOW_SPM) & ~(speed_mps < c.WALKING_NEVER_ABOVE_MPS)
        lost |= (cadence_spm <= 0) & (speed_mps >= c.RUNNING_FROM_MPS)
    return np.where(lost, np.nan, cadence_spm)


def _population_speed(speed_mps: ArrayLike) -> Floats:
    return np.clip(_positive("speed_mps", speed_mps), c.POPULATION_SLOWEST_MPS, c.POPULATION_FASTEST_MPS)


def _positive(name: str, values: ArrayLike) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if np.any(numbers <= 0):
        raise OutOfRange(f"{name} must be positive, got {np.nanmin(numbers):g}")
    return numbers
