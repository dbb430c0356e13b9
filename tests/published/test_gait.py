"""Stance, cadence and duty factor as published; each value with where and when it was read."""

import math

import pytest

from calfwise.model import constants as c
from calfwise.model.load.gait import duty_factor, population_cadence_spm, population_stance_time_s


@pytest.mark.parametrize(("speed_mps", "stance_time_s"), [(2.5, 0.292), (3.5, 0.244), (4.5, 0.215)])
def test_stance_at_three_speeds_of_28_runners(speed_mps: float, stance_time_s: float) -> None:
    """Fukuchi, Fukuchi & Duarte 2017, doi 10.7717/peerj.3298 (from duty factor and cadence; seen November 2026)."""
    assert population_stance_time_s(speed_mps=speed_mps) == pytest.approx(stance_time_s, abs=0.0015)


@pytest.mark.parametrize(
    ("stance_time_s", "cadence_spm", "percent"), [(0.292, 162, 39.4), (0.244, 171, 34.8), (0.215, 183, 32.8)]
)
def test_duty_factor_at_three_speeds_of_28_runners(stance_time_s: float, cadence_spm: float, percent: float) -> None:
    """The same runners: 39.4, 34.8 and 32.8 % of the stride. 0.292 x 162 / 120 = 0.3942."""
    found = duty_factor(stance_time_s=stance_time_s, cadence_spm=cadence_spm)
    assert 100 * found == pytest.approx(percent, abs=0.1)


@pytest.mark.parametrize(("speed_mps", "strides"), [(1.64, 79.94), (3.0, 84.03), (4.68, 89.08)])
def test_stride_frequency_of_256_runners_own_watches(speed_mps: float, strides: float) -> None:
    """van Oeveren 2019: 75.01 + 3.006 v strides a minute, read in the abstract (seen November 2026).

    75.01 + 3.006 x 1.64 = 79.94; x 3 = 84.03; x 4.68 = 89.08. Steps are twice as many.
    """
    assert population_cadence_spm(speed_mps=speed_mps) == pytest.approx(2 * strides, abs=0.01)


@pytest.mark.parametrize(("speed_mps", "lowest", "highest"), [(1.64, 72.82, 94.73), (4.68, 72.82, 94.73)])
def test_at_the_edges_of_that_study_stride_frequency_stays_in_its_range(speed_mps, lowest, highest) -> None:
    """van Oeveren 2019: individual runners lay at 72.82-94.73 strides a minute."""
    assert 2 * lowest <= population_cadence_spm(speed_mps=speed_mps) <= 2 * highest


def test_860_runners_stand_about_as_long_as_the_28() -> None:
    """Malisoux 2023, doi 10.1177/23259671231204629: duty factor 39 %, 164 steps a minute, at 9.9 km/h (2.75 m/s).

    0.39 x 120 / 164 = 0.2854 s; ours is 0.469 x 2.75^-0.52 = 0.2771 s, 2.9 % less. Not read by the fit.
    """
    assert population_stance_time_s(speed_mps=2.75) == pytest.approx(0.2854, rel=0.035)


def test_860_runners_step_about_as_often_as_the_256() -> None:
    """The same: 164 ± 9 a minute at 2.75 m/s; ours 2 (75.01 + 8.27) = 166.6."""
    assert population_cadence_spm(speed_mps=2.75) == pytest.approx(164, abs=9)


def test_the_cheapest_cadence_of_runners_at_3_mps() -> None:
    """Lieberman 2015, J Exp Biol 218:3406: 84.8 ± 3.6 strides a minute at 3 m/s cost least."""
    assert population_cadence_spm(speed_mps=3.0) == pytest.approx(2 * 84.8, abs=2 * 3.6)


def test_the_bands_of_strikes_hold_nine_of_ten_runners_cadences() -> None:
    """Malisoux 2023: 164 ± 9 a minute (860 runners); nine of ten lie within 1.645 x 9 = 14.8, 9.0 % or x/÷1.094."""
    of_cadence = math.exp(1.645 * 9 / 164)
    assert of_cadence == pytest.approx(1.0945, abs=0.0005)
    assert of_cadence < c.STRIKES_BAND_C < c.STRIKES_BAND_D
