import numpy as np
import pytest

from calfwise.errors import OutOfRange
from calfwise.model.load.gait import (
    believable_cadence_spm,
    duty_factor,
    is_running,
    population_cadence_spm,
    population_duty_factor,
    population_stance_time_s,
)

UNKNOWN = np.nan


def test_duty_factor_is_the_share_of_a_stride_that_one_foot_stands():
    # 168 steps a minute: a stride of two steps lasts 120 / 168 = 0.714 s; standing 0.25 s of it is 0.25 / 0.714 = 0.35
    assert duty_factor(stance_time_s=0.25, cadence_spm=168) == pytest.approx(0.35)


def test_at_a_duty_factor_of_one_half_no_flight_is_left():
    # 150 a minute: a step lasts 60 / 150 = 0.4 s; whoever stands 0.4 s lifts one foot as the other lands
    assert duty_factor(stance_time_s=0.4, cadence_spm=150) == pytest.approx(0.5)


@pytest.mark.parametrize("stance_time_s", [0, -0.2])
def test_a_stance_of_nothing_is_refused_not_computed(stance_time_s):
    with pytest.raises(OutOfRange, match=f"stance_time_s must be positive, got {stance_time_s:g}"):
        duty_factor(stance_time_s=[0.25, stance_time_s], cadence_spm=168)


def test_a_cadence_of_nothing_is_refused_not_computed():
    with pytest.raises(OutOfRange, match="cadence_spm must be positive, got 0"):
        duty_factor(stance_time_s=0.25, cadence_spm=0)


def test_an_unmeasured_stance_or_cadence_gives_an_unmeasured_duty_factor():
    factors = duty_factor(stance_time_s=[0.25, UNKNOWN, 0.25], cadence_spm=[168, 168, UNKNOWN])
    assert np.isnan(factors).tolist() == [False, True, True]


def test_runners_take_more_steps_the_faster_they_run():
    # 2 (75.01 + 3.006 x 3) = 2 x 84.028
    assert population_cadence_spm(speed_mps=3.0) == pytest.approx(168.056)


def test_outside_the_speeds_of_the_study_cadence_is_read_at_their_edges():
    # 2 (75.01 + 3.006 x 1.64) = 159.87968 and 2 (75.01 + 3.006 x 4.68) = 178.15616
    found = population_cadence_spm(speed_mps=[0.5, 1.64, 4.68, 9.0])
    assert found.tolist() == pytest.approx([159.87968, 159.87968, 178.15616, 178.15616])


def test_runners_stand_shorter_the_faster_they_run():
    # 4^-0.52 = 2^-1.04 = 0.48633; x 0.469 = 0.22809
    assert population_stance_time_s(speed_mps=4.0) == pytest.approx(0.22809, abs=1e-5)


def test_outside_the_speeds_of_the_study_stance_is_read_at_their_edges():
    # ln 1.64 = 0.494696; exp(-0.52 x 0.494696) = 0.77318; x 0.469 = 0.36262
    slow = population_stance_time_s(speed_mps=[0.3, 1.64])
    assert slow.tolist() == pytest.approx([0.36262, 0.36262], abs=1e-5)


def test_the_duty_factor_of_a_speed_joins_its_stance_and_its_cadence():
    # 3^-0.52 = exp(-0.571278) = 0.564803; x 0.469 = 0.264893 s; x 168.056 / 120 = 0.370974
    assert population_duty_factor(speed_mps=3.0) == pytest.approx(0.370974, abs=2e-6)


@pytest.mark.parametrize("of_speed", [population_cadence_spm, population_stance_time_s, population_duty_factor])
def test_nobody_runs_at_no_speed(of_speed):
    with pytest.raises(OutOfRange, match="speed_mps must be positive"):
        of_speed(speed_mps=[3.0, 0.0])
    assert np.isnan(of_speed(speed_mps=UNKNOWN))


@pytest.mark.parametrize(
    ("speed_mps", "cadence_spm", "runs"),
    [
        (2.8, 165, True),
        (1.5, 140, True),  # slow, but a runner's steps
        (1.5, 139, False),
        (1.8, UNKNOWN, True),  # no cadence: speed tells
        (1.79, UNKNOWN, False),
        (2.49, 110, False),  # a fast walk
        (2.5, 110, True),  # nobody walks so fast: the sensor was lost
        (3.0, 0, True),  # a cadence of nothing at a run's speed was lost too
        (1.7, 0, False),
        (0.49, 170, False),  # stands and shakes the watch
        (UNKNOWN, 165, True),  # a treadmill without distance
        (UNKNOWN, 110, False),
        (UNKNOWN, UNKNOWN, False),
    ],
)
def test_running_is_a_runners_cadence_or_without_one_a_runners_speed(speed_mps, cadence_spm, runs):
    found = is_running(speed_mps=np.array([speed_mps]), cadence_spm=np.array([cadence_spm], float))
    assert found.tolist() == [runs]


def test_a_walkers_cadence_at_a_speed_nobody_walks_is_a_lost_sensor():
    speed_mps = np.array([2.5, 2.49, 3.0, 1.7, 3.0])
    cadence_spm = np.array([100.0, 100.0, 0.0, 0.0, 170.0])
    found = believable_cadence_spm(speed_mps=speed_mps, cadence_spm=cadence_spm)
    np.testing.assert_array_equal(found, [UNKNOWN, 100.0, UNKNOWN, 0.0, 170.0])
