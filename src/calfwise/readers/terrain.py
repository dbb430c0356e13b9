"""Distance from positions or speed, and slope from altitude over distance."""

import numpy as np

from calfwise.model import constants as c
from calfwise.model.run import Floats

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the IUGG ellipsoid. [m]"""


def great_circle_m(*, latitude_deg: Floats, longitude_deg: Floats, time_s: Floats) -> Floats:
    """Distance covered so far along a track; jumps faster than any runner add nothing.

    Parameters
    ----------
    latitude_deg, longitude_deg : (n,)
        NaN where there was no fix. [deg]
    time_s : (n,)
        Rising. [s]

    Returns
    -------
    (n,)
        NaN where there was no fix, and everywhere with fewer than two fixes. [m]

    Examples
    --------
    >>> one_second_of_arc = np.array([0.0, 1 / 3600])
    >>> great_circle_m(latitude_deg=one_second_of_arc, longitude_deg=np.zeros(2), time_s=np.array([0, 10.])).round(1)
    array([ 0. , 30.9])
    """
    fixed = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
    distance_m = np.full(len(time_s), np.nan)
    if len(fixed) < 2:
        return distance_m
    latitude, longitude = np.radians(latitude_deg[fixed]), np.radians(longitude_deg[fixed])
    half_chord = (
        np.sin(np.diff(latitude) / 2) ** 2
        + np.cos(latitude[:-1]) * np.cos(latitude[1:]) * np.sin(np.diff(longitude) / 2) ** 2
    )
    leg_m = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1)))
    leg_m[leg_m > c.FASTEST_BELIEVABLE_MPS * np.diff(time_s[fixed])] = 0.0
    distance_m[fixed] = np.concatenate(([0.0], np.cumsum(leg_m)))
    return distance_m


def distance_from_speed(*, time_s: Floats, speed_mps: Floats) -> Floats:
    """Distance covered so far, each sample's speed holding until the next one; unmeasured or silent time adds none.

    >>> distance_from_speed(time_s=np.array([0, 1.0, 2.0]), speed_mps=np.array([3.0, np.nan, 3.0])).tolist()
    [0.0, 3.0, 3.0]
    """
    seconds = np.diff(time_s)
    seconds = np.where(seconds <= c.LONGEST_INTERVAL_S, seconds, 0.0)
    return np.concatenate(([0.0], np.cumsum(np.nan_to_num(speed_mps[:-1]) * seconds)))


def slope(*, distance_m: Floats, altitude_m: Floats, window_m: float = c.SLOPE_WINDOW_M) -> Floats:
    """Rise over run across a window of ground around each sample, up positive.

    Parameters
    ----------
    distance_m, altitude_m : (n,)
        Both cumulative along the run; NaN is bridged on the straight line. [m]
    window_m
        Ground across which the rise is taken. [m]

    Returns
    -------
    (n,)
        NaN where less than half the window was covered. [1]

    Examples
    --------
    >>> metres = np.arange(0.0, 101.0)
    >>> slope(distance_m=metres, altitude_m=0.05 * metres)[50].round(3).item()
    0.05
    """
    grade = np.full(len(distance_m), np.nan)
    known = np.isfinite(distance_m) & np.isfinite(altitude_m)
    if known.sum() < 2:
        return grade
    along_m, height_m = np.maximum.accumulate(distance_m[known]), altitude_m[known]
    ahead_m = np.minimum(along_m + window_m / 2, along_m[-1])
    behind_m = np.maximum(along_m - window_m / 2, along_m[0])
    run_m = ahead_m - behind_m
    rise_m = np.interp(ahead_m, along_m, height_m) - np.interp(behind_m, along_m, height_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        grade[known] = np.where(run_m >= window_m / 2, rise_m / run_m, np.nan)
    return grade
