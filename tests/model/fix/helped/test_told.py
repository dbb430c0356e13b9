"""What is told of each thing, and what is not told yet."""

from datetime import timedelta
from typing import Any

import pytest

from calfwise import library
from calfwise.model.fix.helped.rules import Measure
from calfwise.model.fix.helped.told import Helped, Kind, helped
from calfwise.model.fix.helped.words import CAVEATS, OF_FIXES, SOURCES, felt_said
from calfwise.model.journal import History, PracticeDone

from .made import INNER, LOW, NOW, OUTER, history, item, session

RULES = library.helped()
NEVER = ("works", "heal", "cure", "safe", "treat", "release", "effective", "detect", "clear")


def told(found: History) -> Helped:
    return helped(found, rules=RULES, now=NOW)


def turns(count: int, *, crossed: int = 2, pressed: int = 0) -> History:
    """Press and hold, and cross strokes, in turn at one spot of 6: by so much quieter after each."""
    gains = (("press-and-hold", pressed), ("cross-strokes", crossed))
    sessions = [
        session(60 - 2 * number, item(INNER, technique), before=[6], after=[6 - gain])
        for number in range(count)
        for technique, gain in [gains[number % 2]]
    ]
    return history(*sessions)


def line(answer: Helped, id_: str) -> Any:
    return next(each for each in answer.lines if each.id == id_)


def test_nobody_treated_nothing_is_told() -> None:
    assert told(history()) == Helped(None, 0, ())


@pytest.mark.parametrize("count", [1, 4, 8])
def test_with_four_sessions_of_a_thing_it_is_too_early_and_says_how_many_there_were(count: int) -> None:
    answer = told(turns(count))
    for each in answer.kind(Kind.TECHNIQUE):
        felt = each.of(Measure.AFTER)
        assert felt.change is None
        assert felt_said(felt, Kind.TECHNIQUE, used=each.sessions).startswith("too early to say: ")


def test_where_ratings_scatter_widely_even_five_sessions_are_too_few() -> None:
    """Quieter by 6, then more tender by 4, and so on."""
    swings = [session(20 - 2 * n, item(INNER), before=[6], after=[(0, 10)[n % 2]]) for n in range(5)]
    assert line(told(history(*swings)), "press-and-hold").of(Measure.AFTER).change is None


def test_a_difference_of_two_in_ten_sessions_each_is_told_and_shrunk() -> None:
    answer = told(turns(20))
    crossed, pressed = (line(answer, id_).of(Measure.AFTER) for id_ in ("cross-strokes", "press-and-hold"))
    assert 1.7 < crossed.change.mean < 2.0
    assert 0.0 < pressed.change.mean < 0.3
    assert crossed.change.low < 2.0 < crossed.change.high
    assert 1.4 < crossed.ahead.mean < 2.0
    assert crossed.ahead.low > 0 > pressed.ahead.high


def test_fewer_sessions_shrink_more() -> None:
    gaps = [line(told(turns(count)), "cross-strokes").of(Measure.AFTER).ahead.mean for count in (10, 14, 20, 28)]
    assert gaps == sorted(gaps)


def test_where_everything_was_the_same_nothing_is_ahead() -> None:
    felt = line(told(turns(20, crossed=1, pressed=1)), "cross-strokes").of(Measure.AFTER)
    assert felt.ahead.low < 0 < felt.ahead.high
    assert abs(felt.ahead.mean) < 0.05


def test_left_and_right_swapped_tell_the_same() -> None:
    sessions = [session(30 - 2 * n, item((INNER, OUTER)[n % 2]), before=[6], after=[(4, 5)[n % 2]]) for n in range(12)]
    swapped = [session(30 - 2 * n, item((OUTER, INNER)[n % 2]), before=[6], after=[(4, 5)[n % 2]]) for n in range(12)]
    one, other = told(history(*sessions)), told(history(*swapped))
    assert line(one, str(INNER)).felt[0].change.mean == pytest.approx(line(other, str(OUTER)).felt[0].change.mean)


def test_each_place_and_each_tool_has_a_line_of_its_own_the_most_used_first() -> None:
    sessions = [session(30 - 2 * n, item(INNER, tool="ball"), item(LOW), before=[6, 5], after=[5, 4]) for n in range(3)]
    answer = told(history(*sessions, session(2, item(LOW), before=[4])))
    assert [each.id for each in answer.kind(Kind.SPOT)] == [str(LOW), str(INNER)]
    assert [(each.id, each.sessions) for each in answer.kind(Kind.TOOL)] == [("thumbs", 4), ("ball", 3)]


def test_exercises_are_told_only_beside_sessions_without_them() -> None:
    """Heel raises the day before each of six sessions: nothing to compare with; before six of twelve: a difference."""
    sessions = [session(40 - 3 * n, item(INNER), before=[6], after=[5 - n % 2]) for n in range(12)]
    raised = [PracticeDone(at=NOW - timedelta(days=41 - 3 * n), level=1) for n in range(12)]
    every = line(told(history(*sessions, also=raised)), "heel-raises").of(Measure.AFTER)
    assert (every.sessions, every.others, every.change) == (12, 0, None)
    sessions = [session(40 - 3 * n, item(INNER), before=[6], after=[5 - n % 2]) for n in range(12)]
    some = line(told(history(*sessions, also=raised[1::2])), "heel-raises").of(Measure.AFTER)
    assert (some.sessions, some.others) == (6, 6)
    assert 0 < some.change.mean < 1


def test_the_words_promise_nothing_and_their_sources_are_there() -> None:
    shelf = library.sources()
    assert set(SOURCES) <= set(shelf)
    assert "worst" in CAVEATS
    assert "never with doing nothing" in CAVEATS
    assert not [word for word in NEVER if word in f"{CAVEATS} {OF_FIXES}".lower()]


def test_a_small_change_of_one_rating_changes_the_answer_a_little() -> None:
    before = line(told(turns(20)), "cross-strokes").of(Measure.AFTER).change.mean
    one_more = [session(60 - 2 * n, item(INNER, ("press-and-hold", "cross-strokes")[n % 2]), before=[6],
                        after=[6 - (0, 2)[n % 2] - (n == 19)]) for n in range(20)]  # fmt: skip
    after = line(told(history(*one_more)), "cross-strokes").of(Measure.AFTER).change.mean
    assert before < after < before + 0.2
