"""Self-tests: only a change beyond measurement error is one, and a locked leg is left alone."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfwise.library import gate, self_tests
from calfwise.model.fix.selftest import (
    allowed,
    apart,
    change_of,
    change_said,
    difference_said,
    due,
    due_on,
    may_test,
    results_of,
    shut_legs,
)
from calfwise.model.journal import CheckIn, Morning, Said, Screened, Seen, SelfTested, fold
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness

NOW = datetime(2026, 5, 20, 18, 0, tzinfo=timezone(timedelta(hours=2)))
TESTS = self_tests()
KNEE, RAISES, SQUAT = TESTS["knee-to-wall"], TESTS["heel-raise-count"], TESTS["single-leg-squat"]
numbers = st.one_of(st.none(), st.floats(0, 100))


def did(test: str, left: float | None, right: float | None, *, days_ago: int = 0) -> SelfTested:
    return SelfTested(NOW - timedelta(days=days_ago), test, left, right)


def referral(*locked: Side, days_ago: int, level: str = "P", two_sided: bool = False) -> Screened:
    return Screened(NOW - timedelta(days=days_ago), "referral", "test", level, locked, ("stayed",), two_sided=two_sided)


def shut(*events: object, now: datetime = NOW) -> dict[Side, str | None]:
    found = shut_legs(fold(events), gate=gate(), now=now)  # type: ignore[arg-type]
    return {side: why.reason if why else None for side, why in found.items()}


OPEN = dict.fromkeys(BOTH_SIDES)


# ------------------------------------------------------------------------------------------- beyond measurement error
@pytest.mark.parametrize(
    ("test", "before", "after", "change"),
    [(KNEE, 9.0, 10.9, None), (KNEE, 9.0, 11.0, 2.0), (KNEE, 11.0, 9.0, -2.0),
     (RAISES, 20, 26, None), (RAISES, 20, 27, 7), (SQUAT, 3, 2, None), (SQUAT, 3, 1, -2)],
)  # fmt: skip
def test_a_change_within_measurement_error_is_none(test, before, after, change):
    assert change_of(test, before, after) == change


def test_a_leg_that_was_not_tested_on_both_days_has_no_change_said():
    assert change_said(RAISES, did("heel-raise-count", None, 20), did("heel-raise-count", 30, 20), Side.LEFT) == ""


@given(before=numbers, after=numbers)
def test_a_change_is_the_same_both_ways_round_and_never_within_the_error(before, after):
    for test in TESTS.values():
        there, back = change_of(test, before, after), change_of(test, after, before)
        assert there == (None if back is None else -back)
        assert there is None or abs(there) > test.error.value


# ------------------------------------------------------------------------------------------ the legs against each other
def test_legs_differ_only_beyond_a_tenth_and_beyond_measurement_error():
    assert apart(RAISES, did("heel-raise-count", 24, 19)) is None  # a fifth less, but within six raises
    assert apart(RAISES, did("heel-raise-count", 90, 82)) is None  # eight raises, but within a tenth
    assert apart(RAISES, did("heel-raise-count", 19, 28)) is Side.LEFT


def test_of_looks_the_leg_that_shows_more_is_named():
    assert apart(SQUAT, did("single-leg-squat", 3, 1)) is Side.LEFT
    assert "left leg shows more of it" in difference_said(SQUAT, did("single-leg-squat", 3, 1))


def test_with_one_leg_tested_nothing_is_said_of_a_difference():
    assert difference_said(KNEE, did("knee-to-wall", 9, None)) == ""


@given(left=numbers, right=numbers)
def test_mirrored_legs_give_the_mirrored_answer(left, right):
    for id_, test in TESTS.items():
        one, other = apart(test, did(id_, left, right)), apart(test, did(id_, right, left))
        assert (one is None) == (other is None)
        assert one is None or one is not other


# ---------------------------------------------------------------------------------------------------------- the retest
def test_a_retest_is_due_after_its_days_and_a_test_never_done_is_never_due():
    history = fold([did("knee-to-wall", 9, 9, days_ago=28), did("heel-raise-count", 20, 20, days_ago=41)])
    assert due(TESTS, history, now=NOW) == ("knee-to-wall",)
    assert due_on(RAISES, results_of(history, "heel-raise-count"), now=NOW) == date(2026, 5, 21)
    assert due_on(RAISES, (), now=NOW) is None


def test_results_are_those_of_the_test_in_order_of_time():
    history = fold([did("knee-to-wall", 9, 9), did("bridge-hold", 40, 40), did("knee-to-wall", 8, 8, days_ago=9)])
    assert [done.left for done in results_of(history, "knee-to-wall")] == [8, 9]


# ------------------------------------------------------------------------------------------------------------ who may
def test_nothing_known_leaves_both_legs_open():
    assert shut() == OPEN


def test_a_locked_leg_is_shut_and_says_since_when():
    found = shut(referral(Side.LEFT, days_ago=3))
    assert found[Side.RIGHT] is None
    assert found[Side.LEFT] == "No test of the left leg: it is locked since 17 May, until a professional has seen it."


@pytest.mark.parametrize("level", ["E", "U"])
def test_an_urgent_referral_shuts_both_legs_until_somebody_has_seen_them(level):
    locked = referral(Side.LEFT, days_ago=30, level=level)
    assert None not in shut(locked).values()
    seen = Seen(NOW - timedelta(days=1), "GP", NOW.date() - timedelta(days=1), massage_is_fine=True)
    assert shut(locked, seen) == OPEN


def test_on_the_day_of_a_referral_both_legs_are_shut_whatever_it_locks():
    assert None not in shut(referral(Side.LEFT, days_ago=0, level="N")).values()


def test_a_condition_that_stands_in_the_way_of_massage_stands_in_the_way_of_a_test():
    said = CheckIn(NOW - timedelta(days=2), answers={"operation": Said.YES})
    assert None not in shut(said).values()


@pytest.mark.parametrize(("nrs", "is_shut"), [(5, False), (6, True), (10, True)])
def test_six_of_ten_today_shuts_both_legs_and_five_does_not(nrs, is_shut):
    found = shut(CheckIn(NOW, soreness=Soreness(left=nrs, right=0)))
    assert (None not in found.values()) == is_shut


def test_the_last_word_of_today_counts_and_yesterdays_does_not():
    worse = Morning(NOW - timedelta(hours=10), soreness=Soreness(left=7, right=0))
    better = CheckIn(NOW - timedelta(hours=1), soreness=Soreness(left=3, right=0))
    assert shut(worse, better) == OPEN
    assert shut(CheckIn(NOW - timedelta(days=1), soreness=Soreness(left=8, right=0))) == OPEN


@given(
    level=st.sampled_from(["E", "U", "P", "N", "?"]),
    days_ago=st.integers(0, 400),
    locked=st.sampled_from([(), (Side.LEFT,), (Side.RIGHT,), BOTH_SIDES]),
    more=st.integers(0, 10),
)
def test_more_soreness_never_opens_a_leg(level, days_ago, locked, more):
    events = [referral(*locked, days_ago=days_ago, level=level)]
    before = shut(*events)
    after = shut(*events, CheckIn(NOW, soreness=Soreness(left=more, right=0)))
    for side in BOTH_SIDES:
        assert before[side] is None or after[side] is not None


def test_one_leg_is_asked_about_like_both():
    history = fold([referral(Side.LEFT, days_ago=3)])
    assert may_test(Side.RIGHT, history=history, gate=gate(), now=NOW) is None
    assert may_test(Side.LEFT, history=history, gate=gate(), now=NOW) is not None


def test_a_result_is_within_range_and_repetitions_are_whole():
    assert allowed(RAISES, 24)
    assert not allowed(RAISES, 24.5)
    assert not allowed(RAISES, 101)
    assert allowed(KNEE, 9.7)
    assert not allowed(SQUAT, 5)
