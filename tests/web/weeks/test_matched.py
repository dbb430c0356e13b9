"""Done against planned: what finds which day."""

from datetime import UTC, datetime, timedelta

from calfwise.model.weeks import Element, Estimate, LaidDay
from calfwise_web.weeks.matched import MatchedDay, matched_week
from calfwise_web.weeks.shown import DidPractice, DidRun, ShownDay
from tests.web.weeks.made import CADENCE, EASY, LONG, MONDAY, STRENGTH

TODAY = MONDAY + timedelta(days=4)
"""Friday."""


def ran(km: float, hour: int = 8) -> DidRun:
    return DidRun(datetime(2026, 11, 16, hour, tzinfo=UTC), km * 1000, km * 360, Estimate(km * 1000))


def did(routine: str) -> DidPractice:
    return DidPractice(datetime(2026, 11, 16, 18, tzinfo=UTC), routine, 1, stopped_early=False, felt_nrs=None)


def day(after: int, *elements: Element, runs: tuple[DidRun, ...] = (), did: tuple[DidPractice, ...] = ()) -> ShownDay:
    return ShownDay(LaidDay(MONDAY + timedelta(days=after), elements), runs=runs, practices=did)


def matched(*days: ShownDay) -> tuple[MatchedDay, ...]:
    return matched_week(days, today=TODAY)


def test_a_run_belongs_to_the_run_of_its_day_however_long_it_was() -> None:
    (monday,) = matched(day(0, EASY, runs=(ran(8.2),)))
    assert monday.is_done
    assert monday.elements[0].run == ran(8.2)
    assert monday.besides == ()


def test_of_two_runs_the_longer_is_the_planned_one() -> None:
    (monday,) = matched(day(0, LONG, runs=(ran(2.0), ran(11.0))))
    assert monday.elements[0].run == ran(11.0)
    assert monday.besides == (ran(2.0),)


def test_exercises_belong_to_the_element_with_their_routine() -> None:
    (monday,) = matched(day(0, EASY, STRENGTH, did=(did("warm-up-easy"), did("calf-strength"))))
    assert [each.is_done for each in monday.elements] == [False, True]
    assert monday.other_practices == (did("warm-up-easy"),)
    assert not monday.is_done


def test_a_guided_run_is_done_before_its_recording_comes() -> None:
    (monday,) = matched(day(0, CADENCE, did=(did("cadence"),)))
    assert monday.is_done


def test_a_guided_run_and_its_recording_are_one() -> None:
    (monday,) = matched(day(0, CADENCE, runs=(ran(6.0),), did=(did("cadence"),)))
    assert monday.besides == ()
    assert monday.other_practices == ()


def test_a_run_a_day_late_stands_in_for_the_one_that_nobody_ran() -> None:
    monday, tuesday = matched(day(0, EASY), day(1, runs=(ran(6.0),)))
    assert monday.is_done
    assert monday.elements[0].run_on == tuesday.on
    assert tuesday.in_place_of == {0: monday.on}


def test_it_stands_in_for_one_only() -> None:
    monday, _, wednesday = matched(day(0, EASY), day(1, runs=(ran(6.0),)), day(2, CADENCE))
    assert [monday.is_done, wednesday.is_done] == [True, False]


def test_what_is_still_to_come_is_not_run_beforehand() -> None:
    _, sunday = matched(day(3, runs=(ran(6.0),)), day(6, LONG))
    assert not sunday.is_done


def test_todays_run_is_open_until_it_is_run() -> None:
    thursday, friday = matched(day(3, runs=(ran(6.0),)), day(4, EASY))
    assert not friday.is_done
    assert thursday.besides == (ran(6.0),)


def test_a_day_of_rest_is_never_done_and_never_owed() -> None:
    (tuesday,) = matched(day(1))
    assert not tuesday.is_done
    assert tuesday.elements == ()
