"""What only the runner knows, and that what nobody said stays unknown."""

from datetime import date, timedelta

import pytest

from calfwise.model.fix import told
from calfwise.model.fix.cause import Side
from calfwise.model.journal import AboutLife
from calfwise.model.runner import Runner
from tests.model.fix.made import SORE_AT, case_of, strength, texts


def life(**answers: bool) -> AboutLife:
    return AboutLife(at=SORE_AT, answers={id_.replace("_", "-"): said for id_, said in answers.items()})


def since(weeks: float) -> Runner:
    return Runner(running_since=SORE_AT.date() - timedelta(weeks=weeks))


@pytest.mark.parametrize(("weeks", "sign"), [(0, 1.0), (8, 1.0), (17, 0.5), (26, 0.0), (500, 0.0)])
def test_running_is_new_for_eight_weeks_and_not_after_twenty_six(weeks: int, sign: float) -> None:
    """(17 - 8) / 18 = 0.5."""
    assert strength(told.new_runner(case_of(runner=since(weeks)))) == pytest.approx(sign)


def test_weeks_of_running_are_counted_up_to_the_soreness() -> None:
    assert texts(told.new_runner(case_of(runner=since(4)))) == [
        "you began to run 4 weeks before that, on 22 April 2026"
    ]


def test_without_soreness_they_are_counted_up_to_today() -> None:
    assert texts(told.new_runner(case_of(runner=since(4), sore=False))) == [
        "you began to run 4 weeks ago, on 22 April 2026"
    ]


def test_a_first_day_that_nobody_gave_or_that_is_to_come_tells_nothing() -> None:
    assert told.new_runner(case_of()).points == ()
    tomorrow = Runner(running_since=date(2026, 5, 21))
    assert "still to come" in told.new_runner(case_of(runner=tomorrow)).unknown[0]


def test_soreness_before_the_first_run_is_not_from_running() -> None:
    case = case_of(runner=Runner(running_since=date(2026, 5, 22)), now=SORE_AT + timedelta(days=4))
    assert texts(told.new_runner(case), Side.AGAINST) == ["the soreness began before you began to run, on 22 May"]


@pytest.mark.parametrize(("born", "sign"), [(1986, 0.0), (1976, 0.5), (1966, 1.0), (1940, 1.0)])
def test_age_counts_from_forty_to_sixty(born: int, sign: float) -> None:
    assert strength(told.age(case_of(runner=Runner(birth_year=born)))) == pytest.approx(sign)


def test_an_age_that_nobody_gave_stays_unknown() -> None:
    assert told.age(case_of()).unknown == ("your year of birth",)


def test_one_yes_of_two_is_enough_and_the_other_stays_unknown() -> None:
    found = told.earlier_trouble(case_of([], life(calf_strain_before=True)))
    assert texts(found) == ["you had a calf strain before"]
    assert found.unknown == ("whether you had Achilles trouble in the last twelve months",)


def test_a_no_to_one_question_says_nothing_about_the_other() -> None:
    found = told.earlier_trouble(case_of([], life(calf_strain_before=False)))
    assert found.points == ()
    assert len(found.unknown) == 1


def test_two_times_no_speak_against_it() -> None:
    found = told.earlier_trouble(case_of([], life(calf_strain_before=False, achilles_before=False)))
    assert texts(found, Side.AGAINST) == ["you had neither a calf strain nor Achilles trouble before"]


def test_a_later_answer_replaces_an_earlier_one() -> None:
    first = AboutLife(at=SORE_AT - timedelta(days=9), answers={"stairs": True})
    found = told.daily_life(case_of([], life(stairs=False, heels=False, standing_work=False), first))
    assert texts(found, Side.AGAINST) == ["neither standing work, nor heels, nor many stairs"]


def test_daily_life_is_asked_and_never_guessed() -> None:
    assert len(told.daily_life(case_of()).unknown) == 3
    assert texts(told.daily_life(case_of([], life(heels=True)))) == ["you often wear shoes with heels"]
