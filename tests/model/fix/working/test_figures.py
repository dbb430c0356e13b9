"""What a stretch of days holds, counted by hand."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from calfwise.model.journal import CheckIn, Morning, SpotMorning
from calfwise.model.session import Soreness
from tests.model.fix.working.made import LEFT, NOW, TODAY, day, moment, mornings, ran, session, sessions, told, working

RUNS = ran((9, 7, 5, 3, 1))


def test_a_weeks_figures_by_hand() -> None:
    """Five runs of 10 km; mornings after those of 9, 7 and 3 days ago; one of them at 5; two sessions."""
    found = told(RUNS, *mornings((10, 8, 6)), *mornings((2,), nrs=5), *sessions((8, 2))).figures(day(10), TODAY)
    assert (found.run_days, found.distance_m, found.strikes) == (5, 50_000, 25_000)
    assert (found.mornings, found.answered, found.rated, found.sore) == (4, 3, 3, 1)
    assert (found.answered_m, found.told_m, found.sessions) == (30_000, 50_000, 2)
    assert found.rate is not None
    assert found.rate.value == pytest.approx(4.0)
    assert (found.answered_share, found.sore_share) == (0.75, pytest.approx(1 / 3))


def test_this_mornings_silence_is_not_held_against_anybody_until_the_day_is_over() -> None:
    """The run of yesterday: its morning is today's."""
    silent = told(RUNS, *mornings((10,))).figures(day(10), TODAY)
    answered = told(RUNS, *mornings((10, 0))).figures(day(10), TODAY)
    assert (silent.mornings, silent.answered) == (4, 0)
    assert (answered.mornings, answered.answered) == (5, 1)


def test_one_tap_on_better_answers_a_morning_without_a_number() -> None:
    tap = Morning(at=moment(8), spots=(SpotMorning(LEFT, "better"),))
    found = told(RUNS, *mornings((10,)), tap).figures(day(10), TODAY)
    assert (found.answered, found.rated) == (1, 0)


def test_a_check_in_answers_too_but_a_mornings_own_word_counts_first() -> None:
    check_in = CheckIn(at=moment(8, 18), soreness=Soreness(6, 0))
    alone = told(RUNS, *mornings((10,)), check_in).figures(day(10), TODAY)
    both = told(RUNS, *mornings((10,)), *mornings((8,), nrs=2), check_in).figures(day(10), TODAY)
    assert (alone.answered, alone.sore) == (1, 1)
    assert (both.answered, both.sore) == (1, 0)


def test_before_the_journal_began_sessions_are_unknown_and_never_none() -> None:
    """Runs of a year, a word since ten days: who imports old runs did not need fewer sessions then."""
    everything = told(ran(range(1, 365, 2)), *mornings((10,)), *sessions((5,)))
    earlier = everything.figures(day(100), day(50))
    assert (earlier.sessions, earlier.rate, earlier.why_not) == (None, None, "before your journal began")
    whole = everything.figures(day(364), TODAY)
    assert whole.told_m == 50_000, "the runs of the last ten days alone"
    assert whole.distance_m == 1_820_000


def test_below_twenty_kilometres_nothing_is_estimated() -> None:
    """19.9 km and 20 km."""
    for km, estimated in ((9.95, False), (10.0, True)):
        found = told(ran((3, 5), km), *mornings((6, 4)), *sessions((2,))).figures(day(6), TODAY)
        assert (found.rate is not None) is estimated
        assert found.why_not == ("" if estimated else "too little running")


def test_silence_without_a_session_is_no_nought() -> None:
    found = told(RUNS, *mornings((30,))).figures(day(10), TODAY)
    assert (found.sessions, found.rate, found.why_not) == (0, None, "no morning answered")


def test_where_less_than_half_was_answered_the_figure_is_thin() -> None:
    assert told(RUNS, *mornings((10, 8))).figures(day(10), TODAY).thin
    assert not told(RUNS, *mornings((10, 8, 6))).figures(day(10), TODAY).thin


def test_windows_lie_on_a_grid_that_does_not_move_with_today() -> None:
    """Four weeks from Monday 3 January 2000: to 1 June 2026 are 9,646 days, 344 windows and 14 days."""
    assert (date(2026, 6, 1) - date(2000, 1, 3)).days == 344 * 28 + 14
    today = working(RUNS, *mornings((60,))).windows
    tomorrow = working(RUNS, *mornings((60,)), now=NOW + timedelta(days=1)).windows
    assert today[-1].first == date(2026, 6, 15)
    assert today[-2].first == date(2026, 5, 18)
    assert [each.first for each in today] == [each.first for each in tomorrow]
    assert today[:-1] == tomorrow[:-1]
    assert today[-1].last == TODAY


def test_weeks_that_begin_on_sundays_make_windows_that_do() -> None:
    found = working(RUNS, *mornings((60,)), first_weekday=6)
    assert {each.first.weekday() for each in (*found.windows, *found.weeks)} == {6}


def test_a_late_evening_belongs_to_the_runners_own_day() -> None:
    """23:30 in New York is the next day in UTC."""
    home = timezone(timedelta(hours=-4))
    late = Morning(at=datetime(2026, 6, 26, 3, 30, tzinfo=UTC), soreness=Soreness(1, 1))
    found = told([], late, now=NOW.astimezone(home))
    assert found.began == date(2026, 6, 25)


def test_the_years_add_up_and_the_same_weeks_are_those_of_the_calendar() -> None:
    found = working(ran(range(1, 800, 2)), *mornings((700,)), *session(400), *session(20))
    assert [year.year for year in found.years] == [2024, 2025, 2026]
    assert sum(year.figures.distance_m for year in found.years) == 4_000_000
    assert [year.figures.sessions for year in found.years] == [0, 1, 1]
    assert [each.last for each in found.same_weeks] == [date(2025, 6, 28), date(2024, 6, 28)]
    assert {each.days for each in found.same_weeks} == {28}
