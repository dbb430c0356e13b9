"""Duty factor -> peak vertical ground reaction force."""

import numpy as np
from numpy.typing import ArrayLike

from calfwise.errors import OutOfRange
from calfwise.model import constants as c
from calfwise.model.load.gait import Grade
from calfwise.model.run import Floats

BANDS = {Grade.A: c.GRF_BAND_A, Grade.B: c.GRF_BAND_BCD, Grade.C: c.GRF_BAND_BCD, Grade.D: c.GRF_BAND_BCD}
"""Half width of the 90 % band of the ground force by grade, times or divided by."""


def peak_vertical_grf_bw(
    *, duty_factor: ArrayLike, intercept_bw: float = c.GRF_INTERCEPT_BW, slope_bw: float = c.GRF_SLOPE_BW
) -> Floats:
    """Peak vertical ground reaction force of a step.

    Parameters
    ----------
    duty_factor : scalar or (n,)
        Stance over stride time; read at 0.22 or 0.50 where it lies outside. [1]

    Returns
    -------
    same shape
        NaN where the duty factor is NaN. [BW]

    Raises
    ------
    OutOfRange
        If a duty factor is not positive.

    Notes
    -----
    Over one step the ground must carry the body's weight, so the mean force of stance is 1 / (2 DF); the peak is
    linear in 1 / DF [Patoz2023]_. Coefficients are our fit on 37 runners [Alcantara2021]_ (docs/validation): 4.2 %
    on runners left out, trained on 0.25-0.345. Level running within 4 degrees only: on slopes force from timing is
    not valid [Meyer2023]_.

    Examples
    --------
    >>> peak_vertical_grf_bw(duty_factor=0.35).round(2).item()
    2.5
    """
    peak: Floats = intercept_bw + slope_bw / _clipped(duty_factor)
    return peak


def grf_band(*, duty_factor: ArrayLike, grade: Grade) -> Floats:
    """Half width of the 90 % band around the ground force, times or divided by.

    Parameters
    ----------
    duty_factor : scalar or (n,)
        [1]
    grade
        What the duty factor rests on.

    Returns
    -------
    same shape
        The grade's own width within the trained range; outside it the fit's own error is added. At least 1, NaN where
        the duty factor is NaN. [1]

    Raises
    ------
    OutOfRange
        If a duty factor is not positive.

    Notes
    -----
    The fit's error at x = 1 / DF is sqrt(SE_a^2 + x^2 SE_b^2 + 2 x r SE_a SE_b); errors add as squares of logarithms.

    Examples
    --------
    >>> grf_band(duty_factor=[0.30, 0.45], grade=Grade.A).round(3).tolist()
    [1.14, 1.155]
    """
    factor = _clipped(duty_factor)
    inverse = 1 / factor
    variance = (
        c.GRF_INTERCEPT_SE_BW**2
        + (inverse * c.GRF_SLOPE_SE_BW) ** 2
        + 2 * inverse * c.GRF_SE_CORRELATION * c.GRF_INTERCEPT_SE_BW * c.GRF_SLOPE_SE_BW
    )
    of_fit = c.NORMAL_90 * np.sqrt(np.maximum(variance, 0)) / peak_vertical_grf_bw(duty_factor=factor)
    trained = (factor >= c.DUTY_FACTOR_TRAINED_FROM) & (factor <= c.DUTY_FACTOR_TRAINED_TO)
    width: Floats = np.exp(np.hypot(np.log(BANDS[grade]), np.where(trained, 0.0, of_fit)))
    return width


def _clipped(duty_factor: ArrayLike) -> Floats:
    factor = np.asarray(duty_factor, dtype=np.float64)
    if np.any(factor <= 0):
        raise OutOfRange(f"duty_factor must be positive, got {np.nanmin(factor):g}")
    return np.clip(factor, c.DUTY_FACTOR_LOWEST, c.DUTY_FACTOR_HIGHEST)
