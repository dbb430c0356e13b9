"""Ground force -> Achilles (triceps surae) force and impulse of a step, with their bands."""

from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from calfwise.errors import OutOfRange
from calfwise.model import constants as c
from calfwise.model.load.gait import Grade
from calfwise.model.load.grf import BANDS, grf_band, peak_vertical_grf_bw
from calfwise.model.run import Floats

ACHILLES_BANDS = {
    Grade.A: c.ACHILLES_BAND_A,
    Grade.B: c.ACHILLES_BAND_BCD,
    Grade.C: c.ACHILLES_BAND_BCD,
    Grade.D: c.ACHILLES_BAND_BCD,
}
"""Half width of the 90 % band of the Achilles force by grade, lever arm included, times or divided by."""


class Banded(NamedTuple):
    """Values with their 90 % band, all of one shape."""

    low: Floats
    value: Floats
    high: Floats


class Band(Struct, frozen=True):
    """One number with its 90 % band."""

    low: float
    value: float
    high: float

    @classmethod
    def around(cls, value: float, width: float) -> "Band":
        """`value` times and divided by `width`."""
        return cls(value / width, value, value * width)


def peak_achilles_force_bw(*, duty_factor: ArrayLike, grade: Grade = Grade.A) -> Banded:
    """Peak force in the Achilles tendon of one step on level ground.

    Parameters
    ----------
    duty_factor : scalar or (n,)
        Stance over stride time. [1]
    grade
        What the duty factor rests on; sets the band.

    Returns
    -------
    Banded of the same shape
        (low, value, high), NaN where the duty factor is NaN. [BW]

    Raises
    ------
    OutOfRange
        If a duty factor is not positive.

    Notes
    -----
    2.4 times the ground force, with a lever arm of 5 cm: between 2.0 [Matijevich2019]_, 2.14 [Fukuchi2017]_ and
    2.63-2.78 at 5 m/s [HamnerDelp2013]_. The band holds the spread of factor and arm; eleven studies report 4.15-7.71
    body weights [Demangeot2023]_. Where the ground force's own band widens, this one widens with it. The same runner
    and source compare far better with themselves than these absolute numbers suggest: within about 2 % at one pace and
    6 % between paces.

    Examples
    --------
    >>> [side.round(1).item() for side in peak_achilles_force_bw(duty_factor=0.34)]
    [4.6, 6.2, 8.3]
    """
    value = c.ACHILLES_PER_GRF * peak_vertical_grf_bw(duty_factor=duty_factor)
    widening = grf_band(duty_factor=duty_factor, grade=grade) / BANDS[grade]
    width = ACHILLES_BANDS[grade] * widening
    return Banded(value / width, value, value * width)


def calf_impulse_bw_s(*, step_time_s: ArrayLike) -> Banded:
    """Impulse that the calf of the standing leg gives in one step.

    Parameters
    ----------
    step_time_s : scalar or (n,)
        Contact to the other foot's contact, 60 / cadence. [s]

    Returns
    -------
    Banded of the same shape
        (low, value, high). [BW s]

    Raises
    ------
    OutOfRange
        If a step time is not positive.

    Notes
    -----
    The ground's impulse a step is body weight times step time, whatever the pace; the calf's is 2.0 times that. So a
    run's calf impulse, both legs together, is 2.0 times its running seconds: right for budgets, blind to pace.

    Examples
    --------
    >>> calf_impulse_bw_s(step_time_s=0.36).value.round(2).item()
    0.72
    """
    seconds = np.asarray(step_time_s, dtype=np.float64)
    if np.any(seconds <= 0):
        raise OutOfRange(f"step_time_s must be positive, got {np.nanmin(seconds):g}")
    value = c.IMPULSE_PER_STEP_TIME * seconds
    return Banded(value / c.IMPULSE_BAND, value, value * c.IMPULSE_BAND)
