"""Ladders add up exactly, stay below their top, and climb a rung at a time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfwise.errors import OutOfRange
from calfwise.model.care.protocol import Ladder
from calfwise.model.fix.ladder import sets_of

SHAPES = ("straight", "up", "down", "up-and-down")
ladders = st.tuples(st.integers(1, 200), st.integers(1, 30), st.sampled_from(SHAPES)).map(lambda told: Ladder(*told))


def sets(total, top, shape):
    return sets_of(Ladder(total, top, shape))


def test_the_coachs_own_ladders():
    assert sets(30, 10, "straight") == (10, 10, 10)
    assert sets(25, 5, "straight") == (5, 5, 5, 5, 5)
    assert sets(25, 5, "up-and-down") == (1, 2, 3, 4, 5, 4, 3, 2, 1)
    assert sets(15, 5, "up") == (1, 2, 3, 4, 5)
    assert sets(15, 5, "down") == (5, 4, 3, 2, 1)


def test_what_is_left_over_climbs_a_rung_twice():
    """17 = 1 + 2 + 3 + 4 + 5 and 2 more; 29 = 25 and 4 more; 40 = 25 and three tops."""
    assert sets(17, 5, "up") == (1, 2, 2, 3, 4, 5)
    assert sets(17, 5, "down") == (5, 4, 3, 2, 2, 1)
    assert sets(29, 5, "up-and-down") == (1, 2, 3, 4, 4, 5, 4, 3, 2, 1)
    assert sets(40, 5, "up-and-down") == (1, 2, 3, 4, 5, 5, 5, 5, 4, 3, 2, 1)


def test_a_ladder_too_high_for_its_total_stays_low():
    assert sets(6, 10, "up") == (1, 2, 3)
    assert sets(9, 10, "up-and-down") == (1, 2, 3, 2, 1)
    assert sets(4, 10, "straight") == (4,)


@pytest.mark.parametrize("shape", SHAPES)
def test_one_repetition_is_one_set(shape):
    assert sets(1, 30, shape) == (1,)


@pytest.mark.parametrize(("total", "top"), [(0, 5), (5, 0), (-3, 5)])
def test_nothing_is_no_ladder(total, top):
    with pytest.raises(OutOfRange):
        sets(total, top, "up")


@given(ladders)
def test_every_ladder_adds_up_exactly_and_never_passes_its_top(ladder):
    made = sets_of(ladder)
    assert sum(made) == ladder.total
    assert 1 <= min(made) <= max(made) <= ladder.top


@given(ladders)
def test_every_ladder_climbs_a_rung_at_a_time(ladder):
    assert all(abs(after - before) <= 1 for before, after in pairwise(sets_of(ladder)))


@given(ladders)
def test_every_ladder_has_its_shape(ladder):
    made = sets_of(ladder)
    if ladder.shape in ("straight", "down"):
        assert list(made) == sorted(made, reverse=True)
    elif ladder.shape == "up":
        assert list(made) == sorted(made)
    else:
        peak = made.index(max(made))
        assert list(made[:peak]) == sorted(made[:peak])
        assert list(made[peak:]) == sorted(made[peak:], reverse=True)


@given(ladders)
def test_straight_sets_are_as_few_as_the_top_allows(ladder):
    if ladder.shape == "straight":
        assert len(sets_of(ladder)) == -(-ladder.total // ladder.top)


@given(ladders)
def test_up_is_down_upside_down(ladder):
    up, down = (Ladder(ladder.total, ladder.top, shape) for shape in ("up", "down"))
    assert sets_of(up) == sets_of(down)[::-1]
