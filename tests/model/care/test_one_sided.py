"""One-sided soreness, cell by cell of the table in safety.md section 0."""

import pytest

from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Referral
from calfwise.model.care.signs import Level
from calfwise.model.care.technique import LONG_STROKES
from calfwise.model.journal import Said

from . import (
    FIRST_DAY,
    LEFT,
    LONGER,
    NONE_OF_THESE,
    RIGHT,
    SIGNS,
    STRONG,
    WEAK,
    ago,
    answers,
    evenings,
    open_legs,
    reasons,
    screened,
)

LIGHT_BY_HAND = LegLimits(effort_nrs=2, sets=1, techniques=(LONG_STROKES,), hands_only=True)
ONE_LEG_ANOTHER = [id_ for id_, sign in SIGNS.items() if sign.with_soreness]


@pytest.mark.parametrize(("left", "right"), [(3, 0), (4, 1), (10, 0), (10, 1)])
def test_three_more_than_a_quiet_leg_is_one_sided(left, right):
    for answer in (screened(left, right), screened(right, left)):
        assert isinstance(answer, Referral)
        assert reasons(answer) == ["one-sided"]


@pytest.mark.parametrize(("left", "right"), [(2, 0), (3, 1), (5, 2), (10, 2), (3, 3), (0, 0), (1, 0)])
def test_less_than_that_or_a_sore_other_leg_is_not(left, right):
    for answer in (screened(left, right), screened(right, left)):
        assert "one-sided" not in reasons(answer)
        assert open_legs(answer) == (LEFT, RIGHT)


def test_without_a_run_that_explains_it_a_doctor_looks_today():
    answer = screened(4, 0)
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.TODAY, (LEFT, RIGHT))
    assert answer.reasons[0].side is LEFT


@pytest.mark.parametrize("modifier", [*WEAK, *STRONG])
def test_without_such_a_run_any_modifier_means_today_all_the_same(modifier):
    assert screened(0, 5, said=NONE_OF_THESE | {modifier: Said.YES}).level is Level.TODAY


def test_such_a_run_leaves_light_long_strokes_by_hand_for_that_leg_and_the_other_one_free():
    answer = screened(4, 0, explained=LONGER)
    assert isinstance(answer, Limited)
    assert answer.legs == {LEFT: LIGHT_BY_HAND, RIGHT: LegLimits()}
    assert answer.ask_daily
    assert reasons(answer) == ["one-sided-explained"]


@pytest.mark.parametrize("modifier", WEAK)
def test_such_a_run_and_a_weak_modifier_mean_within_a_week_and_lock_that_leg(modifier):
    answer = screened(1, 4, said=NONE_OF_THESE | {modifier: Said.YES}, explained=LONGER)
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.WEEK, (RIGHT,))


@pytest.mark.parametrize("modifier", STRONG)
def test_such_a_run_and_a_strong_modifier_mean_today(modifier):
    answer = screened(1, 4, said=NONE_OF_THESE | {modifier: Said.YES}, explained=LONGER)
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.TODAY, (LEFT, RIGHT))


def test_the_modifiers_are_those_of_section_0():
    assert set(STRONG) == {"pill-or-hrt", "long-journey", "family-clots"}
    assert set(WEAK) == {"over-60", "smoking", "high-weight", "flat-veins"}


@pytest.mark.parametrize("word", ["left", "right", "both", "yes"])
@pytest.mark.parametrize("sign", ONE_LEG_ANOTHER)
def test_such_a_run_and_any_swelling_heat_colour_dent_or_night_ache_mean_today(sign, word):
    answer = screened(4, 0, said=NONE_OF_THESE | {sign: Said(word)}, explained=LONGER)
    assert isinstance(answer, Referral)
    assert answer.level is Level.TODAY
    assert set(reasons(answer)) == {sign, "one-sided"}


def test_those_signs_are_among_them():
    assert {"swelling", "warm", "colour", "dent", "night-ache"} <= set(ONE_LEG_ANOTHER)


@pytest.mark.parametrize("modifier", [*WEAK, *STRONG])
def test_modifiers_alone_refer_nobody(modifier):
    for left, right in [(0, 0), (2, 0), (4, 4), (6, 6)]:
        assert open_legs(screened(left, right, said=NONE_OF_THESE | {modifier: Said.YES})) == (LEFT, RIGHT)


def test_all_modifiers_together_alone_change_nothing():
    said = NONE_OF_THESE | dict.fromkeys(set(STRONG) | set(WEAK) - {"flat-veins"}, Said.YES)
    assert screened(3, 3, said=said) == Clear()


# Sunday's long run ended 74 hours ago; the calf was one-sided an hour later, and has been spoken of ever since.
RUN = (ago(hours=74),)


def after_the_run(*felt, hard_ends=RUN):
    """Soreness of the left calf so many hours ago, the right one quiet; what is today's answer?"""
    *before, (_, today) = felt
    history = evenings(*((hours / 24, nrs, 0) for hours, nrs in before))
    return screened(today, 0, history=history, explained=None, hard_ends=hard_ends)


def test_halved_after_72_hours_the_strokes_go_on():
    answer = after_the_run((73, 6), (49, 5), (25, 4), (0, 3))
    assert isinstance(answer, Limited)
    assert answer.legs[LEFT] == LIGHT_BY_HAND


def test_not_halved_after_72_hours_somebody_looks_within_a_week():
    answer = after_the_run((73, 6), (49, 5), (25, 4), (0, 4))
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.WEEK, (LEFT,))


def test_before_72_hours_nothing_has_to_be_halved():
    answer = after_the_run((70, 6), (46, 6), (22, 6), (0, 6), hard_ends=(ago(hours=71),))
    assert isinstance(answer, Limited)


def test_soreness_that_peaks_on_day_two_is_held_against_its_peak():
    """4 in the evening, 6 on day two: at 3 it has halved."""
    assert isinstance(after_the_run((73, 4), (49, 6), (25, 5), (0, 3)), Limited)


def test_a_rise_after_the_72_hours_is_no_peak_to_be_held_against():
    hard = (ago(hours=122),)
    assert after_the_run((121, 4), (97, 4), (73, 3), (40, 8), (0, 4), hard_ends=hard).level is Level.WEEK


def test_a_weak_modifier_still_weighs_after_the_72_hours():
    history = evenings((73 / 24, 6, 0), (2, 5, 0), (1, 4, 0))
    said = answers(smoking="yes")
    assert screened(3, 0, said=said, history=history, hard_ends=RUN).level is Level.WEEK


def test_after_72_hours_of_silence_nobody_knows_what_began_it():
    """Spoken of once, then not for three days and more: no run explains it any longer."""
    assert after_the_run((73, 6), (0, 3)).level is Level.TODAY


def test_one_sided_soreness_that_began_days_after_the_run_is_not_explained_by_it():
    hard = (ago(hours=120),)
    assert after_the_run((46, 6), (22, 5), (0, 4), hard_ends=hard).level is Level.TODAY


def test_a_run_does_not_explain_what_was_there_before_it():
    """One-sided on Tuesday evening, a hard run on Wednesday at noon."""
    history, hard = evenings((1, 4, 0)), (ago(hours=7),)
    assert screened(5, 0, history=history, explained=LONGER, hard_ends=hard).level is Level.TODAY
    assert isinstance(screened(5, 0, history=FIRST_DAY, explained=LONGER, hard_ends=hard), Limited)


def test_soreness_that_went_quiet_in_between_begins_anew():
    """One-sided three weeks ago, quiet since: yesterday's run explains today's."""
    history = evenings((21, 6, 0), (18, 0, 0))
    assert isinstance(screened(6, 0, history=history, explained=LONGER, hard_ends=(ago(hours=20),)), Limited)


def test_one_sided_soreness_of_weeks_ago_that_nobody_spoke_of_since_is_not_held_against_today():
    assert isinstance(
        screened(5, 0, history=evenings((30, 6, 0)), explained=LONGER, hard_ends=(ago(hours=20),)), Limited
    )


def test_a_quiet_evening_within_the_week_is_enough_for_that():
    """6 on Saturday, quiet on Monday, a hard run on Tuesday night, 6 on Wednesday: Tuesday's run explains it."""
    history = evenings((4, 6, 0), (2, 1, 0))
    assert isinstance(screened(6, 0, history=history, explained=LONGER, hard_ends=(ago(hours=20),)), Limited)


def test_three_days_of_silence_in_between_end_what_a_run_explains():
    """The run and the soreness of Saturday; not a word until last night."""
    hard = (ago(hours=101),)
    assert after_the_run((100, 6), (20, 3), (0, 3), hard_ends=hard).level is Level.TODAY
