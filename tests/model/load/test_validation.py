"""The fit is reproduced from the lab data, and docs/validation says what the scripts say."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calfwise.model import constants as c
from calfwise.model.load.gait import Grade
from tests.conftest import SHARED

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
needs_lab = pytest.mark.skipif(not (SHARED / "lab").is_dir(), reason=f"no lab data here ({SHARED / 'lab'})")
needs_recordings = pytest.mark.skipif(
    not (SHARED / "recordings").is_dir(), reason=f"no recordings here ({SHARED / 'recordings'})"
)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module


@pytest.fixture
def fit_grf(script: Callable[[str], Any]) -> Any:
    return script("fit_grf")


@pytest.fixture
def result(script: Callable[[str], Any]) -> Callable[..., Any]:
    """Comparisons with what was measured at 1."""

    def made(predicted: list[float], person: list[int], *, band: float = 1.10, simulated: bool = False) -> Any:
        of = script("validate_people").Result
        return of("made", np.array(predicted), np.ones(len(predicted)), np.array(person), band, simulated)

    return made


@pytest.mark.real
@needs_lab
def test_the_coefficients_in_the_library_are_those_of_the_fit(fit_grf: Any) -> None:
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
def test_a_runner_left_out_is_predicted_within_4_percent_and_a_half_sine_within_10(fit_grf: Any) -> None:
    runners = fit_grf.read_runners()
    predicted = fit_grf.left_out(fit_grf.design(runners), runners.peak_bw, runners.runner)
    ours = fit_grf.errors_of(predicted, runners.peak_bw)
    assert (round(ours.rmse, 3), round(ours.mean_absolute, 3)) == (0.042, 0.035)
    sine = fit_grf.errors_of(fit_grf.half_sine_bw(runners.duty_factor), runners.peak_bw)
    assert (round(sine.rmse, 3), round(sine.mean_absolute, 3)) == (0.099, 0.092)


@pytest.mark.real
@needs_lab
@needs_recordings
def test_the_validation_pages_say_what_the_data_say() -> None:
    checked = subprocess.run([sys.executable, SCRIPTS / "validate.py", "--check"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("script", ["fit_grf.py", "validate.py"])
def test_without_the_lab_data_the_scripts_say_so_and_end_with_3(script: str, tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, SCRIPTS / script, str(tmp_path)], capture_output=True, text=True)
    assert ended.returncode == 3
    assert "no lab data" in ended.stderr


def test_a_line_and_its_clustered_errors_worked_by_hand(fit_grf: Any) -> None:
    """y = 1 + 2 x + r, x = -1, 1, -1, 1; one runner is off by 1 and 3, the other by -1 and -3.

    Scores (sum r, sum x r) are (4, 2) and (-4, -2), so the middle of the sandwich is 2 x [[16, 8], [8, 4]]; its bread
    is 1/4, and the correction for 2 clusters and 4 rows 2/1 x 3/2 = 3: [[6, 3], [3, 1.5]].
    """
    x = np.array([-1.0, 1.0, -1.0, 1.0])
    found = fit_grf.fit(np.column_stack([np.ones(4), x]), np.array([0.0, 6.0, -2.0, 0.0]), np.array([1, 1, 2, 2]))
    assert found.coefficients.tolist() == pytest.approx([1, 2])
    assert found.standard_errors.tolist() == pytest.approx([6**0.5, 1.5**0.5])
    assert found.correlation == pytest.approx(1.0)


def test_errors_worked_by_hand(fit_grf: Any) -> None:
    """1.1 for 1 and 1.9 for 2 are +10 % and -5 %: mean absolute 7.5 %, bias +2.5 %, RMSE sqrt((1 + 0.25) / 200)."""
    found = fit_grf.errors_of(np.array([1.1, 1.9]), np.array([1.0, 2.0]))
    assert (found.mean_absolute, found.bias) == (pytest.approx(0.075), pytest.approx(0.025))
    assert found.rmse == pytest.approx(0.0790569, abs=1e-6)


def test_without_recordings_the_validation_says_so_and_ends_with_3(tmp_path: Path) -> None:
    lab = tmp_path / "lab"
    lab.mkdir()
    (lab / "grf_37_runners.csv").touch()
    ended = subprocess.run([sys.executable, SCRIPTS / "validate.py", str(lab)], capture_output=True, text=True)
    assert ended.returncode == 3
    assert "no recordings" in ended.stderr


def test_coverage_counts_people_not_rows(result: Callable[..., Any]) -> None:
    """One person with three rows inside, one with a row far outside: half of them, though three rows of four."""
    assert result([1.01, 1.02, 1.03, 1.5], [1, 1, 1, 2]).coverage == pytest.approx(0.5)


def test_somebody_who_is_partly_inside_counts_in_part(result: Callable[..., Any]) -> None:
    assert result([1.01, 1.5, 1.0], [1, 1, 2]).coverage == pytest.approx(0.75)


def test_ten_people_are_just_covered_by_the_ninth_and_an_eleventh_needs_the_tenth(result: Callable[..., Any]) -> None:
    """Off by 1, 2, ... 10 %, a row each: nine of ten reach to 9 %; nine tenths of eleven is 9.9, so all ten."""
    ten = result([1 + percent / 100 for percent in range(1, 11)], list(range(10)))
    assert ten.just_covering == pytest.approx(1.09)
    assert ten.needed == pytest.approx(1.10)
    assert "(10 people, n = 10); width that would just cover nine of ten people out of sample" in ten.line()


def test_a_band_reaches_as_far_down_as_up(result: Callable[..., Any]) -> None:
    assert result([1 / 1.0999, 1.0999], [1, 2]).coverage == pytest.approx(1.0)
    assert result([0.9, 1.1001], [1, 2]).coverage == pytest.approx(0.0), "1 / 1.10 is 0.909"


def test_few_people_cannot_say_how_wide_a_band_must_be(result: Callable[..., Any]) -> None:
    assert result([1.0] * 8, list(range(8))).just_covering is None
    assert "one person cannot say" in result([1.0, 1.1], [1, 1]).line()


def test_what_is_read_as_nothing_lies_beyond_every_band(result: Callable[..., Any]) -> None:
    nothing = result([0.0, 1.0], [1, 2], band=100.0)
    assert nothing.coverage == pytest.approx(0.5)
    assert nothing.errors.bias == pytest.approx(-0.5)


def test_every_line_of_a_comparison_says_error_bias_and_coverage(result: Callable[..., Any]) -> None:
    line = result([1.1, 0.9], [1, 2], simulated=True).line()
    assert all(word in line for word in ("RMSE", "bias", "coverage"))


@pytest.fixture
def found(script: Callable[[str], Any]) -> list[Any]:
    """Every comparison of the page's head."""
    lab, fit_grf = script("validate_lab"), script("fit_grf")
    folder = SHARED / "lab"
    others = lab.other_laboratories(lab.slope_trials(folder), lab.rbds_trial(folder))
    made: list[Any] = script("validate_bands").results(fit_grf.read_runners(folder), others, lab.ankles(folder))
    return made


@pytest.mark.real
@needs_lab
def test_every_band_covers_nine_of_ten_out_of_sample_and_is_no_wider_than_needed(
    found: list[Any], script: Callable[[str], Any]
) -> None:
    bands = script("validate_bands")
    for words in bands.NEEDED.values():
        own = [one for one in found if one.name.startswith(words)]
        assert own, words
        assert all(one.coverage >= 0.9 for one in own), words
        needed = max(one.needed for one in own)
        assert np.log(own[0].band) <= np.log(needed) * (1 + bands.CLEARLY_WIDER), words


@pytest.mark.real
@needs_lab
def test_the_watchs_band_rests_on_a_stance_error_of_8_percent(found: list[Any]) -> None:
    (watch,) = (one for one in found if one.name.startswith("Ground force from a watch"))
    assert watch.needed == pytest.approx(1.135, abs=0.001)
    assert watch.band == c.GRF_BAND_A


def test_equally_likely_values_stand_for_their_distribution(script: Callable[[str], Any]) -> None:
    bands = script("validate_bands")
    drawn = bands.normal(0.08)
    assert drawn.mean() == pytest.approx(0, abs=1e-12)
    assert drawn.std() == pytest.approx(0.08, rel=0.04)
    assert bands.between(-0.1, 0.2, 3).tolist() == pytest.approx([-0.05, 0.05, 0.15])


@pytest.fixture(scope="module")
def held() -> list[Any]:
    """The recordings, each with what it gives when columns are missing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        made: list[Any] = importlib.import_module("validate_grades").cases(SHARED / "recordings")
    return made


@pytest.mark.real
@needs_recordings
def test_a_recording_with_columns_taken_away_is_of_the_grade_that_it_then_is(held: list[Any]) -> None:
    assert {case.full.grade for case in held} == {Grade.A, Grade.B}
    assert all(load.grade is grade for case in held for grade, load in case.less.items())


@pytest.mark.real
@needs_recordings
def test_without_stance_strikes_and_impulse_are_exactly_the_same(held: list[Any]) -> None:
    of_a = [case for case in held if case.full.grade is Grade.A]
    assert of_a
    assert all(case.off(Grade.B, quantity) == 0 for case in of_a for quantity in ("strikes", "impulse"))


@pytest.mark.real
@needs_recordings
@pytest.mark.parametrize(("grade", "band"), [(Grade.C, c.STRIKES_BAND_C), (Grade.D, c.STRIKES_BAND_D)])
def test_where_the_pace_is_a_runners_the_band_of_strikes_covers_nine_of_ten(
    held: list[Any], script: Callable[[str], Any], grade: Grade, band: float
) -> None:
    sure = [case for case in held if case.surely_running]
    compared = script("validate_grades").compared(sure, grade, "strikes", name="", band=band)
    assert compared.people >= 10
    assert compared.coverage >= 0.9
    assert sum(abs(case.off(grade, "strikes")) > 0.10 for case in sure) <= 1


@pytest.mark.real
@needs_recordings
def test_no_recording_is_named_on_a_page(held: list[Any]) -> None:
    said = (SCRIPTS.parent / "docs/validation/grades-1.md").read_text("utf-8")
    assert not [case.run.file for case in held if Path(case.run.file).stem in said]
    assert not [case.device for case in held if case.device in said]


@pytest.mark.real
@needs_lab
def test_every_slope_has_its_verdict_with_its_errors(script: Callable[[str], Any]) -> None:
    trials = script("validate_lab").slope_trials(SHARED / "lab")
    lines = dict(line[2:].split(": ", 1) for line in script("validate_model").slope_lines(trials).splitlines())
    assert list(lines) == ["-10°", "-5°", "level", "+5°", "+10°"]
    assert all(word in line for line in lines.values() for word in ("RMSE", "bias", "Verdict"))
    assert [slope for slope, line in lines.items() if "Verdict: valid" in line] == ["level", "+5°"]


@pytest.mark.real
@needs_lab
def test_published_forces_by_ankle_moments_lie_inside_the_band_and_only_the_tendons_own_outside(
    script: Callable[[str], Any],
) -> None:
    achilles = script("validate_achilles")
    rows = achilles.published(script("validate_lab").ankles(SHARED / "lab"))
    outside = [row for row in rows if achilles.verdict(row).startswith("no")]
    assert {(row.source, row.arm.split(",")[0]) for row in outside} == {
        ("Kharazi2021", "strain"),
        ("Reiter2024", "none: wave speed"),
    }
    ranges = [row for row in rows if not row.one_speed]
    assert [achilles.verdict(row) for row in ranges] == ["values inside the range"] * 3
