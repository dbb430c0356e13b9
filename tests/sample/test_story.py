"""The story is in the data, whatever day it ends on."""

from datetime import UTC, datetime, timedelta

import pytest

from calfwise.errors import BadContent
from calfwise.model.journal import Morning
from calfwise.sample.diary import SUNDAY, Diary, Kind
from calfwise.sample.journal import events
from calfwise.sample.story import STORY_FILE, story, story_from

ENDS = [datetime(2026, 3, 29, 0, 5, tzinfo=UTC) + timedelta(days=day, hours=5 * day) for day in range(9)]
"""Every weekday, many hours of the day, and the change to summer time."""


@pytest.fixture(params=[(until, seed) for seed, until in enumerate(ENDS)], ids=lambda case: f"{case[0]:%a-%H%M}")
def diary(request):
    until, seed = request.param
    return Diary(story(), until=until, seed=seed), until


def test_three_or_four_runs_a_week_for_two_years(diary):
    planned = diary[0].planned
    assert 300 <= len(planned) <= 360
    assert timedelta(days=720) < planned[-1].start - planned[0].start < timedelta(days=730)


def test_runs_never_overlap_and_end_before_the_end(diary):
    planned, until = diary[0].planned, diary[1]
    starts = [run.start for run in planned]
    assert starts == sorted(set(starts))
    assert starts[-1] + timedelta(hours=2) < until


def test_the_too_long_run_is_the_last_and_far_beyond_the_longest_of_thirty_days(diary):
    *before, last = diary[0].planned
    assert last.kind is Kind.TOO_LONG
    longest_m = max(run.distance_m or 0 for run in before if last.start - run.start <= timedelta(days=30))
    assert last.distance_m > 1.3 * longest_m
    assert last.distance_m > longest_m + 1000


def test_no_other_run_of_the_last_month_stands_out(diary):
    days = [run for run in diary[0].planned if run.kind is Kind.LONG][-5:]
    assert all(8000 < run.distance_m < 11_000 for run in days)


def test_the_race_is_on_a_sunday_with_quiet_days_around_it(diary):
    planned = diary[0].planned
    [race] = [run for run in planned if run.kind is Kind.RACE]
    assert race.start.weekday() == SUNDAY
    assert race.start.date() == diary[0].race_day
    near = [run for run in planned if abs((run.start.date() - race.start.date()).days) <= story().race.rest_days]
    assert near == [race]


def test_nobody_runs_on_holiday(diary):
    begin = diary[0].day(story().holiday.days_before_end)
    end = begin + timedelta(days=story().holiday.days)
    assert not [run for run in diary[0].planned if begin <= run.start.date() < end]


def test_the_barefoot_runs_are_short_and_grow(diary):
    minutes = [run.duration_s / 60 for run in diary[0].planned if run.kind is Kind.BAREFOOT]
    assert 7 <= len(minutes) <= 8
    assert minutes == sorted(minutes)
    assert 5 <= minutes[0] < minutes[-1] <= 12


def test_repetitions_come_in_the_last_year_only(diary):
    first = next(run for run in diary[0].planned if run.kind is Kind.INTERVALS)
    assert timedelta(days=330) < diary[0].planned[-1].start - first.start < timedelta(days=365)


def test_the_journal_tells_nothing_after_the_end(diary):
    noted = events(diary[0], until=diary[1])
    moments = [event.at for event in noted]
    assert moments == sorted(moments)
    assert moments[-1] <= diary[1]


def test_the_last_mornings_lie_within_three_days_and_the_left_calf_tightens(diary):
    noted = events(diary[0], until=diary[1])
    last = [event for event in noted if isinstance(event, Morning) and diary[1] - event.at <= timedelta(hours=72)]
    assert [(event.soreness.left, event.soreness.right) for event in last] == [(1, 1), (3, 2), (5, 2)]


def test_doses_between_two_rows_lie_on_the_line_between_them():
    # rows at 728 days (2.6 km easy) and 670 days (3.5 km): half-way, at 699 days, 3.05 km
    assert story().dose(699).easy_km == pytest.approx(3.05)


@pytest.mark.parametrize(
    ("was", "now", "complaint"),
    [
        ("span_days = 728", 'span_days = "728"', "span_days"),
        ("[race]", "[race]\nweather = 'fine'", "weather"),
        ("span_days = 728", "span_days = ", "story.toml"),
    ],
)
def test_a_story_that_breaks_its_rules_is_refused(was, now, complaint):
    with pytest.raises(BadContent, match=complaint):
        story_from(STORY_FILE.read_text().replace(was, now).encode())
