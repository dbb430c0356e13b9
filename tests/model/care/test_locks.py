"""Earlier days' referrals: whom they lock, and what lifts them."""

import pytest
from msgspec import structs

from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Referral
from calfwise.model.care.signs import Level
from calfwise.model.journal import CheckIn, fold
from calfwise.model.session import Soreness

from . import BLOCKS, LEFT, RIGHT, SIGNS, ago, answers, locked, morning, open_legs, reasons, screened, seen

BOTH = (LEFT, RIGHT)
TWO_SIDED = locked(LEFT, RIGHT, reasons=("stayed", "stayed"), two_sided=True, days=10)


def journal(*events):
    return fold(events)


def quiet(*days, left=0, right=1):
    return [morning(left, right, days=day) for day in days]


@pytest.mark.parametrize("sign", [id_ for id_, sign in SIGNS.items() if sign.level is Level.WEEK and sign.sided])
def test_a_sign_for_this_week_locks_the_leg_it_names(sign):
    for word, legs in (("left", (LEFT,)), ("right", (RIGHT,)), ("both", BOTH), ("yes", BOTH)):
        answer = screened(said=answers(**{sign: word}))
        assert isinstance(answer, Referral)
        assert (answer.level, answer.locked) == (Level.WEEK, legs)


@pytest.mark.parametrize("sign", [id_ for id_, sign in SIGNS.items() if sign.level in (Level.TODAY, Level.EMERGENCY)])
def test_a_sign_for_today_or_now_locks_both(sign):
    for word in ("left", "right", "both", "yes"):
        answer = screened(said=answers(**{sign: word}))
        assert isinstance(answer, Referral)
        assert (answer.level, answer.locked) == (SIGNS[sign].level, BOTH)


def test_the_most_urgent_sign_decides_and_comes_first():
    answer = screened(said=answers(lump="left", swelling="left", chest_pain="yes", unwell="yes"))
    assert isinstance(answer, Referral)
    assert answer.level is Level.EMERGENCY
    assert reasons(answer) == ["chest-pain", "swelling", "lump", "unwell"]


def test_from_the_next_day_a_lock_of_one_leg_leaves_the_other_one_open():
    answer = screened(2, 2, history=journal(locked(LEFT, days=1)))
    assert isinstance(answer, Limited)
    assert answer.legs == {RIGHT: LegLimits()}
    assert reasons(answer) == ["locked"]


def test_on_its_own_day_it_leaves_none_open_however_often_one_asks():
    answer = screened(history=journal(locked(LEFT, hours=3)))
    assert isinstance(answer, Referral)
    assert answer.level is Level.WEEK


def test_the_day_ends_at_midnight_where_the_runner_lives():
    """Locked at half past eleven in the evening; asked at seven the next morning."""
    late, early = ago(days=1).replace(hour=23, minute=30), ago().replace(hour=7)
    history = journal(structs.replace(locked(LEFT), at=late))
    assert open_legs(screened(history=history, now=early)) == (RIGHT,)


def test_a_lock_stays_for_as_long_as_nothing_lifts_it():
    assert open_legs(screened(history=journal(locked(LEFT, days=400)))) == (RIGHT,)


def test_quiet_legs_alone_do_not_lift_it():
    assert open_legs(screened(history=journal(locked(LEFT, days=20), *quiet(*range(19, 0, -1))))) == (RIGHT,)


@pytest.mark.parametrize("level", ["U", "E"])
def test_a_lock_for_today_or_now_keeps_both_closed_even_if_it_names_one(level):
    answer = screened(history=journal(locked(LEFT, level=level, days=30)))
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level(level), BOTH)


def test_a_lock_that_names_no_leg_locks_both():
    assert open_legs(screened(history=journal(locked(days=3)))) == ()


@pytest.mark.parametrize("level", [None, "X", "u"])
def test_a_level_that_we_do_not_know_counts_as_today(level):
    answer = screened(history=journal(locked(LEFT, level=level, days=3)))
    assert isinstance(answer, Referral)
    assert answer.level is Level.TODAY


def test_two_locks_of_one_leg_each_close_both():
    answer = screened(history=journal(locked(LEFT, days=9), locked(RIGHT, days=5)))
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.WEEK, BOTH)


def test_a_block_is_no_lock():
    was_ill = locked(LEFT, RIGHT, level="N", reasons=("unwell",), days=1)
    assert screened(history=journal(was_ill)) == Clear()
    asked_differently = locked(LEFT, RIGHT, level="N", reasons=("a-question-of-last-year",), days=1)
    assert screened(history=journal(asked_differently)) == Clear()


def test_a_day_of_fever_during_a_lock_locks_nothing_more():
    """The left leg was locked; on a day with a fever on top the verdict said so; the fever is over."""
    with_fever = screened(said=answers(unwell="yes"), history=journal(locked(LEFT, days=9)))
    assert isinstance(with_fever, Referral)
    assert (with_fever.level, with_fever.locked) == (Level.WEEK, (LEFT,))
    history = journal(locked(LEFT, days=9), locked(LEFT, reasons=tuple(reasons(with_fever)), days=2))
    assert open_legs(screened(history=history)) == (RIGHT,)
    assert screened(history=journal(*history.referrals, seen(days=5))) == Clear()


def test_a_verdict_that_only_repeats_a_lock_raises_none_of_its_own():
    history = journal(locked(LEFT, days=9), locked(LEFT, reasons=("locked",), days=8), seen(days=8.5))
    assert screened(history=history) == Clear()


def test_soreness_that_the_lock_stands_for_is_no_news_the_next_day():
    """Left sore for 15 days, locked yesterday for just that: the right calf may have its session."""
    evenings = [CheckIn(at=ago(days=days), soreness=Soreness(3, 1)) for days in range(15, 0, -1)]
    history = journal(*evenings, locked(LEFT, reasons=("stayed",), days=1))
    assert open_legs(screened(3, 1, history=history)) == (RIGHT,)
    assert open_legs(screened(3, 1, history=journal(*evenings, locked(LEFT, reasons=("lump",), days=1)))) == ()


def test_a_sign_is_news_every_day():
    history = journal(locked(LEFT, reasons=("bone-spot",), days=1))
    assert open_legs(screened(said=answers(bone_spot="left"), history=history)) == ()


# What lifts a lock


@pytest.mark.parametrize("lock", [locked(LEFT, days=9), locked(LEFT, RIGHT, level="U", days=9), TWO_SIDED])
def test_seen_and_told_that_massage_is_fine_lifts_every_lock(lock):
    assert screened(history=journal(lock, seen(days=2))) == Clear()


def test_it_lifts_the_same_day():
    assert screened(history=journal(locked(LEFT, days=9), seen(hours=1))) == Clear()


@pytest.mark.parametrize(
    "word",
    [
        seen(fine=False, days=2),
        seen(side=RIGHT, days=2),
        seen(block="clot-before", days=2),
        seen(days=10),
        seen(days=9.2),
        seen(days=-1),
        seen(hours=-1),
        structs.replace(seen(days=2), on=ago(days=10).date()),
        structs.replace(seen(days=2), on=ago(days=-1).date()),
    ],
    ids=[
        "not yet",
        "the other leg",
        "about a condition",
        "before it was locked",
        "hours before it was locked",
        "tomorrow",
        "later today",
        "a visit before",
        "a visit to come",
    ],
)
def test_no_other_word_lifts_it(word):
    assert open_legs(screened(history=journal(locked(LEFT, days=9), word))) == (RIGHT,)


def test_the_last_word_counts():
    history = journal(locked(LEFT, days=9), seen(days=5), seen(fine=False, days=2))
    assert open_legs(screened(history=history)) == (RIGHT,)


def test_a_lock_of_both_legs_lifts_leg_by_leg():
    history = journal(locked(LEFT, RIGHT, days=9), seen(side=LEFT, days=2))
    assert open_legs(screened(history=history)) == (LEFT,)
    assert (
        screened(history=journal(locked(LEFT, RIGHT, days=9), seen(side=LEFT, days=2), seen(side=RIGHT, days=1)))
        == Clear()
    )


def test_of_a_lock_for_today_both_legs_have_to_be_seen():
    for legs in ((LEFT, RIGHT), (LEFT,)):
        history = journal(locked(*legs, level="U", days=9), seen(side=LEFT, days=2))
        assert open_legs(screened(history=history)) == ()


def test_a_two_sided_lock_lifts_after_seven_quiet_mornings():
    assert open_legs(screened(history=journal(TWO_SIDED, *quiet(6, 5, 4, 3, 2, 1)))) == ()
    assert screened(history=journal(TWO_SIDED, *quiet(6, 5, 4, 3, 2, 1, 0))) == Clear()


def test_what_seven_quiet_mornings_lifted_stays_lifted_when_calves_are_sore_again():
    """Soreness of a later week is that week's, and has rules of its own: back within 28 days, or staying for 14."""
    long_ago = locked(LEFT, RIGHT, two_sided=True, days=60)
    sore_since = CheckIn(at=ago(days=20), soreness=Soreness(3, 2))
    assert screened(history=journal(long_ago, *quiet(*range(58, 51, -1)), sore_since)) == Clear()
    assert open_legs(screened(history=journal(long_ago, *quiet(*range(58, 52, -1)), sore_since))) == ()


def test_two_words_on_one_morning_are_one_morning():
    history = journal(TWO_SIDED, *quiet(6, 5, 4, 3, 2, 1, 1))
    assert open_legs(screened(history=history)) == ()


def test_evenings_are_no_mornings():
    quiet_evenings = [CheckIn(at=ago(days=day), soreness=Soreness(0, 0)) for day in range(8, 0, -1)]
    assert open_legs(screened(history=journal(TWO_SIDED, *quiet_evenings))) == ()


def test_mornings_before_the_lock_do_not_count():
    assert open_legs(screened(history=journal(TWO_SIDED, *quiet(13, 12, 11, 4, 3, 2, 1)))) == ()


def test_mornings_to_come_do_not_count():
    assert open_legs(screened(history=journal(TWO_SIDED, *quiet(*range(3, -6, -1))))) == ()


@pytest.mark.parametrize(("left", "right"), [(2, 0), (0, 2), (0, None)])
def test_a_morning_with_a_sore_leg_or_half_a_word_is_not_quiet(left, right):
    broken = [*quiet(7, 6, 5), morning(left, right, days=4), *quiet(3, 2, 1)]
    assert open_legs(screened(history=journal(TWO_SIDED, *broken))) == ()


def test_soreness_in_the_evening_begins_the_quiet_mornings_anew():
    sore = CheckIn(at=ago(days=2), soreness=Soreness(3, 0))
    assert open_legs(screened(history=journal(TWO_SIDED, *quiet(7, 6, 5, 4, 3, 2, 1), sore))) == ()


def test_quiet_mornings_do_not_lift_it_when_a_sign_was_there():
    swollen = CheckIn(at=ago(days=8), soreness=Soreness(0, 0), answers=answers(swelling="left"))
    assert open_legs(screened(history=journal(TWO_SIDED, swollen, *quiet(*range(7, -1, -1))))) == ()


@pytest.mark.parametrize(
    "lock", [locked(LEFT, RIGHT, days=10), locked(LEFT, RIGHT, level="U", two_sided=True, days=10)]
)
def test_quiet_mornings_lift_no_other_lock(lock):
    assert open_legs(screened(history=journal(lock, *quiet(*range(9, -1, -1))))) == ()


def test_soreness_that_stayed_or_came_back_on_both_sides_gives_such_a_lock():
    sore = [CheckIn(at=ago(days=days), soreness=Soreness(5, 5)) for days in range(18, 13, -1)]
    again = journal(*sore, CheckIn(at=ago(days=13), soreness=Soreness(0, 0)))
    for history in (
        journal(*sore, *[CheckIn(at=ago(days=d), soreness=Soreness(4, 4)) for d in range(13, 0, -1)]),
        again,
    ):
        answer = screened(4, 4, history=history)
        assert isinstance(answer, Referral)
        assert answer.two_sided
        signed = screened(4, 4, history=history, said=answers(lump="left"))
        assert isinstance(signed, Referral)
        assert not signed.two_sided


def test_one_leg_that_stayed_sore_does_not():
    sore = [CheckIn(at=ago(days=days), soreness=Soreness(3, 1)) for days in range(15, 0, -1)]
    answer = screened(3, 1, history=journal(*sore))
    assert isinstance(answer, Referral)
    assert not answer.two_sided


# Blocks


@pytest.mark.parametrize("block", [id_ for id_, block in BLOCKS.items() if not block.sided])
def test_a_block_means_no_massage_and_no_alarm(block):
    answer = screened(4, 4, said=answers(**{block: "yes"}))
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked, reasons(answer)) == (Level.BLOCK, BOTH, [block])


@pytest.mark.parametrize("block", ["skin", "fresh-injury"])
def test_a_block_of_one_leg_leaves_the_other_one_open(block):
    for leg in BOTH:
        answer = screened(4, 4, said=answers(**{block: leg.value}))
        assert isinstance(answer, Limited)
        assert answer.legs == {leg.other: LegLimits()}
    for word in ("both", "yes"):
        assert open_legs(screened(4, 4, said=answers(**{block: word}))) == ()


def test_blocks_of_one_leg_each_close_both():
    answer = screened(4, 4, said=answers(skin="left", fresh_injury="right"))
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.BLOCK, BOTH)


def test_a_lock_of_one_leg_and_a_block_of_the_other_close_both():
    answer = screened(4, 4, said=answers(skin="right"), history=journal(locked(LEFT, days=3)))
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (Level.WEEK, (LEFT,))


def test_what_was_written_down_in_the_future_still_locks():
    """A clock that was wrong does not open a leg."""
    assert open_legs(screened(history=journal(locked(LEFT, days=-2)))) == (RIGHT,)
