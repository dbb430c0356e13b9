import numpy as np
import pytest

from calfwise.errors import OutOfRange
from calfwise.model.load.gait import Grade
from calfwise.model.load.grf import grf_band, peak_vertical_grf_bw


@pytest.mark.parametrize(
    ("duty_factor", "peak_bw"),
    [
        (0.25, 3.434),  # 0.178 + 0.814 / 0.25 = 0.178 + 3.256
        (0.35, 2.503714),  # 0.178 + 2.325714
        (0.40, 2.213),  # 0.178 + 2.035
        (0.22, 3.878),  # 0.178 + 3.7
        (0.50, 1.806),  # 0.178 + 1.628
    ],
)
def test_the_ground_pushes_harder_the_shorter_the_foot_stands(duty_factor, peak_bw):
    assert peak_vertical_grf_bw(duty_factor=duty_factor) == pytest.approx(peak_bw, abs=1e-6)


def test_beyond_what_runners_do_the_force_is_read_at_the_edge():
    assert peak_vertical_grf_bw(duty_factor=[0.05, 0.21]).tolist() == pytest.approx([3.878, 3.878])
    assert peak_vertical_grf_bw(duty_factor=[0.51, 0.9]).tolist() == pytest.approx([1.806, 1.806])


def test_a_foot_that_never_stands_is_refused():
    with pytest.raises(OutOfRange, match="duty_factor must be positive, got 0"):
        peak_vertical_grf_bw(duty_factor=[0.3, 0.0])
    with pytest.raises(OutOfRange, match=r"duty_factor must be positive, got -0\.1"):
        grf_band(duty_factor=[0.3, -0.1], grade=Grade.A)


def test_an_unknown_duty_factor_has_an_unknown_force_and_band():
    assert np.isnan(peak_vertical_grf_bw(duty_factor=[0.3, np.nan])).tolist() == [False, True]
    assert np.isnan(grf_band(duty_factor=[0.3, np.nan], grade=Grade.A)).tolist() == [False, True]


def test_with_other_coefficients_it_is_another_formula():
    # the half sine, pi / 4 over the duty factor: 0.785398 / 0.35 = 2.243995
    half_sine = peak_vertical_grf_bw(duty_factor=0.35, intercept_bw=0.0, slope_bw=np.pi / 4)
    assert half_sine == pytest.approx(2.243995, abs=1e-6)


@pytest.mark.parametrize(("grade", "width"), [(Grade.A, 1.14), (Grade.B, 1.20), (Grade.C, 1.20), (Grade.D, 1.20)])
def test_inside_the_trained_range_the_band_is_exactly_its_grades(grade, width):
    trained = [0.25, 0.30, 0.345]
    assert grf_band(duty_factor=trained, grade=grade).tolist() == pytest.approx([width] * 3, rel=1e-12)


@pytest.mark.parametrize("duty_factor", [0.23, 0.2499, 0.3451, 0.40, 0.50])
@pytest.mark.parametrize("grade", list(Grade))
def test_outside_the_trained_range_the_band_is_wider(duty_factor, grade):
    assert grf_band(duty_factor=duty_factor, grade=grade) > grf_band(duty_factor=0.30, grade=grade)


def test_the_band_grows_with_the_distance_from_the_trained_range():
    widths = grf_band(duty_factor=[0.36, 0.40, 0.45, 0.50], grade=Grade.A)
    assert (np.diff(widths) > 0).all()


def test_how_wide_the_band_is_at_a_shuffle_worked_by_hand():
    # x = 1 / 0.45 = 2.22222. The fit's variance there:
    #   0.21^2 + (2.22222 x 0.063)^2 - 2 x 2.22222 x 0.996 x 0.21 x 0.063 = 0.0441 + 0.0196 - 0.0585648 = 0.0051352
    # its error 0.0716603 BW, of F = 0.178 + 0.814 x 2.22222 = 1.986889 BW: 1.645 x 0.0716603 / 1.986889 = 0.0593302
    # with ln 1.14 = 0.1310283: sqrt(0.1310283^2 + 0.0593302^2) = 0.1438354; e to it = 1.154694
    assert grf_band(duty_factor=0.45, grade=Grade.A) == pytest.approx(1.154694, abs=2e-6)
