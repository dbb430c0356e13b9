"""What chance does, against closed forms and printed tables, and by simulation."""

import math

import numpy as np
import pytest

from calfwise.model.fix.working.chance import count_interval, rank_correlation, ratio_interval


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 2.996), (1, 0.0513, 4.744), (3, 0.818, 7.754), (10, 5.425, 16.962), (100, 84.139, 118.079)],
)
def test_a_counts_interval_is_the_one_of_the_printed_tables(count: int, low: float, high: float) -> None:
    """Garwood's 90 % limits; of none the upper one is -ln 0.05, of one the lower -ln 0.95."""
    found = count_interval(count, confidence=0.9)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-3, abs=1e-3)


def test_sessions_in_twos_say_as_much_as_half_of_them_by_themselves() -> None:
    alone, twos = count_interval(3, confidence=0.9), count_interval(6, confidence=0.9, clump=2.0)
    assert (twos.low, twos.high) == pytest.approx((2 * alone.low, 2 * alone.high))


def test_two_sessions_against_one_are_not_told_apart() -> None:
    found = ratio_interval(now=1, now_of=100, then=2, then_of=100, confidence=0.9)
    assert found is not None
    assert found.high is not None
    assert found.low < 1 < found.high


def test_none_against_five_in_as_much_running_lies_below_one() -> None:
    """All five then: 0.5^5 = 0.031 < 0.05. The upper end p/(1-p) with (1-p)^5 = 0.05: p = 0.4507, ratio 0.8206."""
    found = ratio_interval(now=0, now_of=1, then=5, then_of=1, confidence=0.9)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0, 0.8206), abs=1e-3)
    four = ratio_interval(now=0, now_of=1, then=4, then_of=1, confidence=0.9)
    assert four is not None
    assert four.high == pytest.approx(20**0.25 - 1), "(1-p)^4 = 0.05: more than one, so four are not enough"
    assert four.high > 1


def test_twice_the_running_now_halves_the_ratio() -> None:
    once = ratio_interval(now=3, now_of=100, then=6, then_of=100, confidence=0.9)
    twice = ratio_interval(now=3, now_of=200, then=6, then_of=100, confidence=0.9)
    assert once is not None
    assert once.high is not None
    assert twice is not None
    assert (twice.low, twice.high) == pytest.approx((once.low / 2, once.high / 2))


def test_sessions_now_and_none_then_have_no_upper_end() -> None:
    found = ratio_interval(now=5, now_of=1, then=0, then_of=1, confidence=0.9)
    assert found is not None
    assert found.high is None
    assert found.low == pytest.approx(1 / 0.8206, abs=1e-2)
    assert ratio_interval(now=0, now_of=1, then=0, then_of=1, confidence=0.9) is None


def test_intervals_of_clumped_sessions_hold_what_they_say() -> None:
    """One to three sessions at a time, by chance: of 4000 journals nine in ten intervals hold the true mean."""
    random = np.random.default_rng(8)
    for clumps in (2, 5, 12):
        mean = 2.0 * clumps
        held = 0
        for _ in range(1000):
            count = int(random.integers(1, 4, random.poisson(clumps)).sum())
            found = count_interval(count, confidence=0.9, clump=2.0)
            held += found.low <= mean <= found.high
        assert held >= 870, clumps


def test_where_nothing_changed_a_fall_is_seldom_told() -> None:
    """Sessions that come one to three at a time, the same then and now: at most one in twelve looks like a fall."""
    random = np.random.default_rng(9)
    falls = 0
    for _ in range(1000):
        now, then = (int(random.integers(1, 4, random.poisson(5)).sum()) for _ in range(2))
        found = ratio_interval(now=now, now_of=300, then=then, then_of=300, confidence=0.9, clump=2.0)
        falls += found is not None and found.high is not None and found.high < 1
    assert falls <= 80


def test_rank_correlation_by_hand() -> None:
    """Ranks 1-5 against 2 1 4 3 5: squared differences 1+1+1+1+0, so 1 - 6*4/(5*24) = 0.8; in Fisher's z
    1.0986 -+ 1.645 * sqrt(1.32/2) = -0.238 and 2.435, that is -0.233 and 0.985."""
    few = rank_correlation([10.0, 20.0, 30.0, 40.0, 50.0], [3.0, 1.0, 8.0, 7.0, 9.0], confidence=0.9)
    assert few is not None
    assert (few.value, few.low, few.high) == pytest.approx((0.8, -0.233, 0.985), abs=1e-3)
    assert rank_correlation([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 4.0, 3.0], confidence=0.9) is None
    many = rank_correlation([1.0, 2.0, 3.0, 4.0, 5.0] * 6, [2.0, 1.0, 4.0, 3.0, 5.0] * 6, confidence=0.9)
    assert many is not None
    assert many.value == pytest.approx(0.8)
    assert many.low < 0.8 < many.high < 1


def test_a_row_that_never_changes_correlates_with_nothing() -> None:
    assert rank_correlation([1.0] * 30, list(map(float, range(30))), confidence=0.9) is None


def test_weeks_alike_their_neighbours_are_seldom_taken_for_a_connection() -> None:
    """Two slow rows that know nothing of one another: at most one in seven intervals misses nought."""
    random = np.random.default_rng(10)
    missed = 0
    for _ in range(400):
        rows = random.normal(size=(2, 52))
        for at in range(1, 52):
            rows[:, at] += 0.6 * rows[:, at - 1]
        found = rank_correlation(list(rows[0]), list(rows[1]), confidence=0.9)
        missed += found is not None and not found.low <= 0 <= found.high
    assert missed <= 400 / 7


def test_every_number_is_finite() -> None:
    for count in (0, 1, 50, 2000):
        found = count_interval(count, confidence=0.9, clump=2.0)
        assert math.isfinite(found.high)
        assert found.low <= count <= found.high
