"""What counts as answered: silence allows nothing and alarms nobody, and some words last longer than a day."""

import pytest

from calfwise.model.care.outcomes import Clear, Referral, Unanswered
from calfwise.model.care.signs import Level
from calfwise.model.journal import CheckIn, History, Said, fold
from calfwise.model.session import Soreness

from . import BLOCKS, GATE, NONE_OF_THESE, SIGNS, ago, answers, reasons, screened, seen

STANDING = [id_ for id_, question in GATE.questions.items() if question.asked == "standing"]
EVERY_TIME = [id_ for id_ in GATE.questions if id_ not in STANDING]
UNTIL_SEEN = [id_ for id_, block in BLOCKS.items() if block.stays == "until-seen"]


def without(*questions):
    return {id_: word for id_, word in NONE_OF_THESE.items() if id_ not in questions}


def told(*, said, **when):
    """A journal with one check-in."""
    return CheckIn(at=ago(**when), soreness=Soreness(0, 0), answers=said)


def test_none_of_these_and_two_quiet_calves_speak_against_nothing():
    assert screened() == Clear()


@pytest.mark.parametrize("question", list(GATE.questions))
def test_silence_about_any_one_question_gives_no_session_and_no_alarm(question):
    assert screened(said=without(question)) == Unanswered((question,), screened(said=without(question)).reasons)


@pytest.mark.parametrize("question", list(GATE.questions))
def test_not_sure_is_silence(question):
    answer = screened(said=NONE_OF_THESE | {question: Said.UNSURE})
    assert isinstance(answer, Unanswered)
    assert answer.missing == (question,)


def test_nothing_said_at_all_lists_every_question_and_both_legs():
    answer = screened(None, None, said={})
    assert isinstance(answer, Unanswered)
    assert answer.missing == (*GATE.questions, "soreness-left", "soreness-right")


@pytest.mark.parametrize(("left", "right", "missing"), [(None, 0, ("soreness-left",)), (4, None, ("soreness-right",))])
def test_how_each_calf_feels_is_a_question_too(left, right, missing):
    answer = screened(left, right)
    assert isinstance(answer, Unanswered)
    assert answer.missing == missing


def test_a_yes_counts_before_the_silence_around_it():
    answer = screened(None, None, said={"swelling": Said.LEFT})
    assert isinstance(answer, Referral)
    assert answer.level is Level.TODAY


@pytest.mark.parametrize(("hours", "counts"), [(0, True), (11.9, True), (12, True), (12.1, False), (48, False)])
def test_answers_last_twelve_hours(hours, counts):
    assert isinstance(screened(answered_at=ago(hours=hours)), Clear if counts else Unanswered)


def test_an_old_yes_counts_though_an_old_no_does_not():
    answer = screened(said=answers(warm="right"), answered_at=ago(hours=30))
    assert isinstance(answer, Referral)


def test_answers_from_tomorrow_are_no_answers():
    assert isinstance(screened(answered_at=ago(hours=-1)), Unanswered)


@pytest.mark.parametrize(("days", "remembered"), [(1, True), (29, True), (31, False)])
def test_a_no_to_a_standing_question_is_remembered_for_thirty_days(days, remembered):
    history = fold([told(said=NONE_OF_THESE, days=days)])
    answer = screened(said=without(*STANDING), history=history)
    assert answer == Clear() if remembered else isinstance(answer, Unanswered)


def test_a_no_written_down_for_a_day_to_come_is_not_remembered():
    history = fold([told(said=NONE_OF_THESE, days=-3)])
    assert isinstance(screened(said=without(*STANDING), history=history), Unanswered)


@pytest.mark.parametrize("question", EVERY_TIME)
def test_signs_and_the_day_s_blocks_are_asked_every_time(question):
    history = fold([told(said=NONE_OF_THESE, hours=13)])
    answer = screened(said=without(question), history=history)
    assert isinstance(answer, Unanswered)
    assert answer.missing == (question,)


def test_not_sure_today_is_stronger_than_a_no_last_week():
    history = fold([told(said=NONE_OF_THESE, days=7)])
    assert isinstance(screened(said=answers(pill_or_hrt="unsure"), history=history), Unanswered)


def test_a_standing_yes_is_remembered_until_it_is_said_no():
    history = fold([told(said=answers(operation="yes"), days=50)])
    assert reasons(screened(said=without("operation"), history=history)) == ["operation"]
    assert screened(said=NONE_OF_THESE, history=history) == Clear()


def test_a_strong_modifier_of_last_week_weighs_in_today():
    history = fold([told(said=answers(long_journey="yes"), days=7)])
    assert screened(4, 0, said=without("long-journey"), history=history).level is Level.TODAY


@pytest.mark.parametrize("block", UNTIL_SEEN)
def test_a_block_that_stays_does_not_go_away_by_a_tick(block):
    history = fold([told(said=NONE_OF_THESE | {block: Said.YES}, days=200), told(said=NONE_OF_THESE, days=100)])
    answer = screened(said=NONE_OF_THESE, history=history)
    assert isinstance(answer, Referral)
    assert (answer.level, reasons(answer)) == (Level.BLOCK, [block])


def test_clots_blood_thinners_and_pregnancy_are_such_blocks():
    assert {"clot-before", "blood-thinner", "pregnant"} <= set(UNTIL_SEEN)


@pytest.mark.parametrize("block", UNTIL_SEEN)
def test_a_professional_s_word_about_that_block_lifts_it(block):
    """It was answered yes on a day before; nobody is made to say "no" to a clot that was."""
    history = fold([told(said=NONE_OF_THESE | {block: Said.YES}, days=20), seen(block=block, days=10)])
    assert screened(said=NONE_OF_THESE, history=history) == Clear()
    assert screened(said=without(*STANDING), history=history) == Clear()


@pytest.mark.parametrize(
    "word",
    [
        seen(block="clot-before", fine=False, days=10),
        seen(block="pregnant", days=10),
        seen(block=None, days=10),
        seen(block="clot-before", days=30),
        seen(block="clot-before", days=-1),
    ],
    ids=["not yet", "another block", "about the soreness", "before it was told", "tomorrow"],
)
def test_no_other_word_lifts_a_block(word):
    history = fold([told(said=answers(clot_before="yes"), days=20), word])
    assert reasons(screened(history=history)) == ["clot-before"]


def test_the_last_word_about_a_block_counts():
    first, then = seen(block="pregnant", days=10), seen(block="pregnant", fine=False, days=5)
    history = fold([told(said=answers(pregnant="yes"), days=20), first, then])
    assert reasons(screened(history=history)) == ["pregnant"]


def test_a_yes_after_the_professional_s_word_holds_again():
    history = fold([told(said=answers(clot_before="yes"), days=20), seen(block="clot-before", days=10)])
    assert reasons(screened(said=answers(clot_before="yes"), history=history)) == ["clot-before"]


def test_a_professional_s_word_about_a_block_is_asked_for_again_after_thirty_days():
    history = fold([told(said=NONE_OF_THESE | {"clot-before": Said.YES}, days=60), seen(block="clot-before", days=31)])
    answer = screened(said=without("clot-before"), history=history)
    assert isinstance(answer, Unanswered)
    assert answer.missing == ("clot-before",)


def test_an_answer_to_a_question_that_nobody_asked_changes_nothing():
    assert screened(said=NONE_OF_THESE | {"left-handed": Said.YES}) == Clear()


@pytest.mark.parametrize("sign", [id_ for id_, sign in SIGNS.items() if sign.sided])
def test_a_leg_that_is_not_named_means_both(sign):
    assert (
        screened(said=NONE_OF_THESE | {sign: Said.YES}).locked
        == screened(said=NONE_OF_THESE | {sign: Said.BOTH}).locked
    )


def test_the_history_of_a_stranger_is_no_obstacle_to_a_first_session():
    assert screened(5, 4, history=History()) == Clear()
