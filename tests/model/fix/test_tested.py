"""Self-tests: only a difference beyond measurement error is called one, and an old or half a test tells nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calfwise.model.fix import tested
from calfwise.model.fix.cause import Side
from calfwise.model.journal import SelfTested
from tests.model.fix.made import SORE_AT, case_of, strength, texts


def done(test: str, left: float | None, right: float | None, *, days: float = 10) -> SelfTested:
    return SelfTested(at=SORE_AT - timedelta(days=days), test=test, left=left, right=right)


@pytest.mark.parametrize(("left", "sign"), [(12.0, 0.0), (10.1, 0.0), (9.05, 0.5), (8.0, 1.0), (2.0, 1.0)])
def test_knee_to_wall_counts_beyond_its_measurement_error_of_1_9_cm(left: float, sign: float) -> None:
    """12 - 9.05 = 2.95 cm: half of the way from 1.9 to 4.0."""
    found = tested.stiff_ankle(case_of([], done("knee-to-wall", left, 12.0)))
    assert strength(found) == pytest.approx(sign, abs=1e-6)


def test_the_stiffer_ankle_is_named_with_its_day_and_numbers() -> None:
    assert texts(tested.stiff_ankle(case_of([], done("knee-to-wall", 12.0, 8.5)))) == [
        "knee to wall on 10 May: left 12 cm, right 8.5 cm; the right ankle bends 3.5 cm less"
    ]


def test_a_difference_within_the_error_is_called_none() -> None:
    said = texts(tested.stiff_ankle(case_of([], done("knee-to-wall", 11.0, 12.0))), Side.AGAINST)
    assert said == ["knee to wall on 10 May: left 11 cm, right 12 cm, no difference beyond measurement error"]


@pytest.mark.parametrize(("left", "right", "sign"), [(19, 24, 0.0), (14, 20.5, 0.0), (14, 24, 3.5 / 6.5), (5, 20, 1.0)])
def test_heel_raises_count_only_beyond_their_measurement_error_of_six_and_a_half(
    left: float, right: float, sign: float
) -> None:
    """14 of 24 is full by share; ten raises apart are 3.5 of 6.5 on the way from the error to twice of it."""
    case = replace(case_of([], done("heel-raise-count", left, right)), errors={"heel-raise-count": 6.5})
    found = tested.calf_endurance(case)
    assert strength(found) == pytest.approx(sign)
    if not sign:
        assert "no difference beyond measurement error" in texts(found, Side.AGAINST)[0]


@pytest.mark.parametrize(("left", "sign"), [(24, 0.0), (21.6, 0.0), (19.2, 0.5), (16.8, 1.0), (0, 1.0)])
def test_heel_raises_count_from_a_tenth_less_to_three_tenths_less(left: float, sign: float) -> None:
    """Of 24: 21.6 is 0.90, 19.2 is 0.80, 16.8 is 0.70."""
    found = tested.calf_endurance(case_of([], done("heel-raise-count", left, 24)))
    assert strength(found) == pytest.approx(sign)


def test_one_leg_alone_or_nothing_on_both_tells_nothing() -> None:
    for half in (done("heel-raise-count", 12, None), done("heel-raise-count", 0, 0)):
        found = tested.calf_endurance(case_of([], half))
        assert found.points == ()
        assert found.unknown == ("the single-leg heel raises of both legs",)


@pytest.mark.parametrize(("days", "known"), [(0, True), (179, True), (181, False)])
def test_a_test_speaks_for_half_a_year(days: float, known: bool) -> None:
    found = tested.stiff_ankle(case_of([], done("knee-to-wall", 8, 12, days=days)))
    assert bool(found.points) is known


def test_the_last_time_counts() -> None:
    found = tested.stiff_ankle(case_of([], done("knee-to-wall", 8, 12, days=20), done("knee-to-wall", 12, 12, days=5)))
    assert strength(found) == 0.0


def test_of_two_glute_tests_the_one_that_differs_is_told_and_the_other_left_out() -> None:
    found = tested.glutes(case_of([], done("bridge-hold", 30, 60), done("side-leg-raise", 20, 20)))
    assert texts(found) == ["bridge hold on 10 May: left 30, right 60; the left does 50% less"]
    assert texts(found, Side.AGAINST) == []


def test_one_glute_test_leaves_the_other_unknown() -> None:
    assert tested.glutes(case_of([], done("bridge-hold", 60, 60))).unknown == ("the side-lying leg raise of both legs",)
