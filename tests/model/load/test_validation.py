"""The fit is reproduced from the lab data, and docs/validation says what the scripts say."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from calfwise.model import constants as c
from tests.conftest import SHARED

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
needs_lab = pytest.mark.skipif(not (SHARED / "lab").is_dir(), reason=f"no lab data here ({SHARED / 'lab'})")


@pytest.fixture
def fit_grf(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("fit_grf")


@pytest.mark.real
@needs_lab
def test_the_coefficients_in_the_library_are_those_of_the_fit(fit_grf: ModuleType) -> None:
    runners = fit_grf.read_runners()
    found = fit_grf.fit(fit_grf.design(runners), runners.peak_bw, runners.runner)
    assert found.clusters == 36, "37 numbers, 36 people"
    assert found.coefficients.round(3).tolist() == [c.GRF_INTERCEPT_BW, c.GRF_SLOPE_BW]
    assert found.standard_errors == pytest.approx([c.GRF_INTERCEPT_SE_BW, c.GRF_SLOPE_SE_BW], rel=0.02)
    assert found.correlation == pytest.approx(c.GRF_SE_CORRELATION, abs=0.0005)
    factor = runners.duty_factor
    assert pytest.approx(factor.min(), abs=0.0025) == c.DUTY_FACTOR_TRAINED_FROM
    assert pytest.approx(factor.max(), abs=0.0025) == c.DUTY_FACTOR_TRAINED_TO


@pytest.mark.real
@needs_lab
def test_a_runner_left_out_is_predicted_within_4_percent_and_a_half_sine_within_10(fit_grf: ModuleType) -> None:
    runners = fit_grf.read_runners()
    predicted = fit_grf.left_out(fit_grf.design(runners), runners.peak_bw, runners.runner)
    ours = fit_grf.errors_of(predicted, runners.peak_bw)
    assert (round(ours.rmse, 3), round(ours.mean_absolute, 3)) == (0.042, 0.035)
    sine = fit_grf.errors_of(fit_grf.half_sine_bw(runners.duty_factor), runners.peak_bw)
    assert (round(sine.rmse, 3), round(sine.mean_absolute, 3)) == (0.099, 0.092)


@pytest.mark.real
@needs_lab
def test_the_validation_page_says_what_the_data_say() -> None:
    checked = subprocess.run([sys.executable, SCRIPTS / "validate.py", "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("script", ["fit_grf.py", "validate.py"])
def test_without_the_lab_data_the_scripts_say_so_and_end_with_3(script: str, tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, SCRIPTS / script, str(tmp_path)], capture_output=True, text=True)
    assert ended.returncode == 3
    assert "no lab data" in ended.stderr


def test_a_line_and_its_clustered_errors_worked_by_hand(fit_grf: ModuleType) -> None:
    """y = 1 + 2 x + r, x = -1, 1, -1, 1; one runner is off by 1 and 3, the other by -1 and -3.

    Scores (sum r, sum x r) are (4, 2) and (-4, -2), so the middle of the sandwich is 2 x [[16, 8], [8, 4]]; its bread
    is 1/4, and the correction for 2 clusters and 4 rows 2/1 x 3/2 = 3: [[6, 3], [3, 1.5]].
    """
    x = np.array([-1.0, 1.0, -1.0, 1.0])
    found = fit_grf.fit(np.column_stack([np.ones(4), x]), np.array([0.0, 6.0, -2.0, 0.0]), np.array([1, 1, 2, 2]))
    assert found.coefficients.tolist() == pytest.approx([1, 2])
    assert found.standard_errors.tolist() == pytest.approx([6**0.5, 1.5**0.5])
    assert found.correlation == pytest.approx(1.0)


def test_errors_worked_by_hand(fit_grf: ModuleType) -> None:
    """1.1 for 1 and 1.9 for 2 are +10 % and -5 %: mean absolute 7.5 %, bias +2.5 %, RMSE sqrt((1 + 0.25) / 200)."""
    found = fit_grf.errors_of(np.array([1.1, 1.9]), np.array([1.0, 2.0]))
    assert (found.mean_absolute, found.bias) == (pytest.approx(0.075), pytest.approx(0.025))
    assert found.rmse == pytest.approx(0.0790569, abs=1e-6)
