"""Which sessions say anything, and what each spot's numbers are."""

from datetime import timedelta

import pytest

from calfwise import library
from calfwise.model.fix.helped.touched import Touched, touched
from calfwise.model.journal import History, Morning, PracticeDone, SpotMorning
from calfwise.model.session import Soreness

from .made import INNER, LOW, NOW, OUTER, history, item, session

RULES = library.helped()


def seen(told: History) -> tuple[Touched, ...]:
    return touched(told, rules=RULES, now=NOW)


def test_tenderness_before_less_after_is_how_much_quieter_it_felt() -> None:
    (one,) = seen(history(session(3, item(INNER, tool="ball"), before=[6], after=[4])))
    assert (one.spot, one.technique, one.tool, one.before_nrs, one.after) == (INNER, "press-and-hold", "ball", 6, 2.0)
    assert (one.morning, one.walking, one.fixes) == (None, None, ())


@pytest.mark.parametrize(("before", "after"), [([None], [4]), ([6], [None])])
def test_without_a_number_before_or_after_nothing_is_made_up(before: list[int | None], after: list[int | None]) -> None:
    (one,) = seen(history(session(3, item(INNER), before=before, after=after)))
    assert one.after is None


@pytest.mark.parametrize(("felt", "steps"), [("better", 1.0), ("same", 0.0), ("worse", -1.0), ("bruised", -2.0)])
def test_the_next_morning_counts_in_steps_and_a_bruise_is_two_worse(felt: str, steps: float) -> None:
    (one,) = seen(history(session(3, item(INNER), before=[6], felt=felt)))
    assert one.morning == steps


def test_walking_soreness_of_the_leg_from_the_check_in_to_the_next_morning() -> None:
    """Left 3 in the evening, 1 in the morning."""
    (one,) = seen(history(session(3, item(INNER), before=[6], morning=Soreness(1, 1))))
    assert (one.walking_before_nrs, one.walking) == (3, 2.0)


def test_a_leg_that_had_two_techniques_tells_of_neither_by_walking() -> None:
    both = session(3, item(INNER), item(LOW, "cross-strokes"), before=[6, 5], morning=Soreness(1, 1))
    assert [one.walking for one in seen(history(both))] == [None, None]
    alike = session(3, item(INNER), item(LOW), before=[6, 5], morning=Soreness(1, 1))
    assert [one.walking for one in seen(history(alike))] == [2.0, None]


def test_a_morning_speaks_for_the_last_session_before_it_alone() -> None:
    told = history(
        session(3, item(INNER), before=[6]), session(2.9, item(INNER, "cross-strokes"), before=[5], felt="better")
    )
    assert [(one.technique, one.morning) for one in seen(told)] == [("press-and-hold", None), ("cross-strokes", 1.0)]


def test_two_days_later_is_not_the_morning_after() -> None:
    late = Morning(at=NOW - timedelta(days=1), spots=(SpotMorning(INNER, "better"),))
    (one,) = seen(history(session(3, item(INNER), before=[6]), also=[late]))
    assert one.morning is None


def test_a_session_under_limits_says_nothing() -> None:
    assert seen(history(session(3, item(INNER), before=[6], after=[4], limited=True))) == ()


def test_a_spot_nobody_came_to_says_nothing_and_neither_does_one_of_a_search_that_nobody_rated() -> None:
    left = session(3, item(INNER), item(OUTER), before=[6, 5], after=[4, None], untouched=(OUTER,))
    assert [one.spot for one in seen(history(left))] == [INNER]
    search = session(3, item(INNER, if_found=True), item(OUTER, if_found=True), after=[None, 3])
    assert [one.spot for one in seen(history(search))] == [OUTER]


def test_what_is_two_years_old_says_nothing_of_today() -> None:
    assert seen(history(session(731, item(INNER), before=[6], after=[4]))) == ()
    assert len(seen(history(session(729, item(INNER), before=[6], after=[4])))) == 1


def test_exercises_of_the_two_days_before_stand_beside_a_session() -> None:
    raised = [PracticeDone(at=NOW - timedelta(days=3, hours=hours), level=1) for hours in (47, 60)]
    (one,) = seen(history(session(3, item(INNER), before=[6]), also=raised))
    assert one.fixes == ("heel-raises",)
    (one,) = seen(history(session(3, item(INNER), before=[6]), also=raised[1:]))
    assert one.fixes == ()


def test_what_was_pressed_two_days_ago_is_not_how_it_stood_before() -> None:
    told = history(session(5, item(INNER), before=[6]), session(3, item(INNER), after=[4]))
    assert [one.before_nrs for one in seen(told)] == [6, None]
