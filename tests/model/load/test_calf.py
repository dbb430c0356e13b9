import numpy as np
import pytest

from calfwise.errors import OutOfRange
from calfwise.model.load.calf import Band, calf_impulse_bw_s, peak_achilles_force_bw
from calfwise.model.load.gait import Grade


@pytest.mark.parametrize(
    ("grade", "low", "high"),
    [(Grade.A, 4.838667, 8.818470), (Grade.B, 4.665857, 9.145080), (Grade.D, 4.665857, 9.145080)],
)
def test_the_tendon_pulls_more_than_twice_as_hard_as_the_ground_pushes(grade, low, high):
    # F = 0.178 + 0.814 / 0.32 = 2.72175 BW; x 2.4 = 6.5322 BW; the band x/÷1.35 (A) or 1.40
    force = peak_achilles_force_bw(duty_factor=0.32, grade=grade)
    assert [side.item() for side in force] == pytest.approx([low, 6.5322, high], abs=1e-6)


def test_the_tendons_band_widens_where_the_grounds_does():
    # at 0.45 the ground's band is 1.154694 instead of 1.14 (see test_grf): 1.35 x 1.154694 / 1.14 = 1.367401
    force = peak_achilles_force_bw(duty_factor=0.45, grade=Grade.A)
    assert force.high / force.value == pytest.approx(1.367401, abs=3e-6)
    assert force.value / force.low == pytest.approx(1.367401, abs=3e-6)


def test_an_unknown_duty_factor_has_an_unknown_tendon_force():
    assert all(np.isnan(side) for side in peak_achilles_force_bw(duty_factor=np.nan))


def test_a_tendon_force_without_stance_is_refused():
    with pytest.raises(OutOfRange, match="duty_factor must be positive"):
        peak_achilles_force_bw(duty_factor=-0.3)


def test_a_steps_impulse_is_twice_body_weight_times_its_time():
    # 60 / 160 = 0.375 s a step; 2.0 x 0.375 = 0.75; ÷1.35 = 0.555556, x1.35 = 1.0125
    impulse = calf_impulse_bw_s(step_time_s=60 / 160)
    assert [side.item() for side in impulse] == pytest.approx([0.555556, 0.75, 1.0125], abs=1e-6)


def test_a_minutes_impulse_is_the_same_at_any_cadence():
    # n steps of 60 / n seconds: n x 2.0 x 60 / n = 120 BW s
    for cadence_spm in (150, 165, 190):
        assert cadence_spm * calf_impulse_bw_s(step_time_s=60 / cadence_spm).value == pytest.approx(120)


def test_a_step_that_takes_no_time_is_refused():
    with pytest.raises(OutOfRange, match="step_time_s must be positive, got 0"):
        calf_impulse_bw_s(step_time_s=[0.36, 0.0])


def test_a_band_reaches_as_many_times_up_as_down():
    assert Band.around(6.0, 1.5) == Band(low=4.0, value=6.0, high=9.0)
