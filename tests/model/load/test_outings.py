"""Recordings close together are one outing; the easy pace and what is faster than it; days."""

from datetime import UTC, date, timedelta, timezone

import pytest

from calfwise.model.load.days import days_of
from calfwise.model.load.gait import Grade
from calfwise.model.load.outings import easy_speed_mps, fast_strikes, outings_of
from calfwise.model.runner import Runner
from tests.model.load.made import START, at, load, outings

EASY = {3.05: 4000}
NOBODY = Runner()


# --- one outing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pause_minutes", "count"), [(0, 1), (45, 1), (46, 2)])
def test_recordings_up_to_45_minutes_apart_are_one_outing(pause_minutes, count):
    first = load(0, km=4, minutes=30)
    second = load((30 + pause_minutes) / 1440, km=3, minutes=20)
    found = outings(first, second)
    assert len(found) == count
    assert sum(outing.distance_m for outing in found) == 7000


def test_three_recordings_in_a_row_are_one_outing_though_the_first_and_last_are_far_apart():
    parts = [load(hours / 24, km=5, minutes=30) for hours in (0, 1, 2)]
    [outing] = outings(*parts)
    assert outing.distance_m == 15_000
    assert outing.end - outing.start == timedelta(hours=2, minutes=30)


def test_a_short_recording_inside_a_long_one_does_not_end_it():
    # 120 minutes, then 10 minutes begun in them, then one 30 minutes after the long one
    found = outings(load(0, minutes=120), load(60 / 1440, minutes=10), load(150 / 1440, minutes=20))
    assert len(found) == 1


def test_outings_come_in_order_of_time_whatever_order_the_files_had():
    found = outings(load(5), load(1), load(3))
    assert [outing.day.day for outing in found] == [2, 4, 6]


def test_an_outing_knows_what_its_parts_know():
    found = outings(load(0, km=None, climb_m=None), load(40 / 1440, km=3, climb_m=25.0))
    assert (found[0].distance_m, found[0].climb_m) == (3000, 25.0)
    assert outings(load(0))[0].climb_m is None


# --- easy pace and fast strikes --------------------------------------------------------------------------------------


def test_with_fewer_than_four_runs_the_easy_pace_is_unknown():
    three = [load(day, speeds=EASY) for day in range(3)]
    assert easy_speed_mps(three, runner=NOBODY, now=at(10)) is None
    assert easy_speed_mps([*three, load(3, speeds=EASY)], runner=NOBODY, now=at(10)) == pytest.approx(3.05)


def test_the_easy_pace_is_the_median_over_the_strikes_of_90_days():
    # 4 runs of 3,000 strikes at 2.85 and 1,000 at 4.05: the middle strike of 16,000 is an easy one
    loads = [load(day, speeds={2.85: 3000, 4.05: 1000}) for day in range(4)]
    assert easy_speed_mps(loads, runner=NOBODY, now=at(10)) == pytest.approx(2.85)
    # with one long run of 20,000 at 3.35 the middle one of 36,000 is the 18,000th: 12,000 are slower
    loads.append(load(5, speeds={3.35: 20_000}))
    assert easy_speed_mps(loads, runner=NOBODY, now=at(10)) == pytest.approx(3.35)


def test_runs_older_than_90_days_do_not_set_the_easy_pace():
    old = [load(day, speeds={2.45: 4000}) for day in range(4)]
    new = [load(day, speeds=EASY) for day in range(80, 84)]
    assert easy_speed_mps(old + new, runner=NOBODY, now=at(92)) == pytest.approx(3.05)  # days 2 and 3 are in it still
    assert easy_speed_mps(old, runner=NOBODY, now=at(91)) is None, "only two of four runs are left in the window"


def test_the_runners_own_word_about_the_easy_pace_wins():
    loads = [load(day, speeds=EASY) for day in range(8)]
    said = Runner(easy_speed_mps=2.5)
    assert easy_speed_mps(loads, runner=said, now=at(10)) == 2.5
    assert easy_speed_mps([], runner=said, now=at(10)) == 2.5


def test_walks_recorded_as_runs_do_not_set_the_easy_pace():
    walks = [load(day, strikes=0, speeds={}) for day in range(6)]
    assert easy_speed_mps(walks, runner=NOBODY, now=at(10)) is None
    runs = [load(day, speeds=EASY) for day in range(6, 9)]
    assert easy_speed_mps(walks + runs, runner=NOBODY, now=at(10)) is None, "three runs are not four"


def test_an_outing_is_held_against_the_easy_pace_before_it_not_after():
    found = outings(*(load(day, speeds=EASY) for day in range(6)))
    assert [outing.easy_speed_mps for outing in found[:4]] == [None] * 4
    assert found[4].easy_speed_mps == pytest.approx(3.05)


def test_fast_strikes_are_those_at_least_0_6_mps_above_the_easy_pace():
    # easy 3.0: fast from 3.6, the bin 3.6-3.7 included
    run = load(speeds={3.55: 100, 3.65: 20, 4.5: 3})
    assert fast_strikes(run, easy_speed_mps=3.0) == 23
    assert fast_strikes(run, easy_speed_mps=2.9) == 123
    assert fast_strikes(run, easy_speed_mps=4.5) == 0


def test_fast_strikes_are_unknown_without_an_easy_pace_or_without_speeds():
    assert fast_strikes(load(speeds={4.5: 100}), easy_speed_mps=None) is None
    assert fast_strikes(load(speeds=None), easy_speed_mps=3.0) is None
    assert outings(load(speeds={4.5: 100}))[0].fast_strikes is None


# --- days ------------------------------------------------------------------------------------------------------------


def test_days_add_up_to_the_runs_they_hold():
    loads = [
        load(0, km=5, strikes=5000, speeds={3.05: 4000, 4.05: 1000}),
        load(0.4, km=3, strikes=3000, minutes=20),
        load(2, km=8.5, strikes=8100, minutes=50),
    ]
    days = days_of(outings_of(loads, runner=Runner(easy_speed_mps=3.0), home=UTC), home=UTC)
    assert [(day.day, day.runs) for day in days] == [(date(2026, 3, 1), 2), (date(2026, 3, 3), 1)]
    assert sum(day.distance_m for day in days) == 16_500
    assert sum(day.strikes for day in days) == 16_100
    assert sum(day.running_s for day in days) == 60 * (30 + 20 + 50)
    assert sum(day.impulse_bw_s.value for day in days) == pytest.approx(2.0 * 60 * 100)
    assert days[0].fast_strikes == 1000
    assert days[1].fast_strikes is None


def test_a_days_force_is_the_mean_over_its_strikes():
    # 1,000 strikes at 5.0 and 3,000 at 7.0: 26,000 / 4,000 = 6.5
    [day] = days_of(outings(load(0, strikes=1000, achilles_bw=5.0), load(0.2, strikes=3000, achilles_bw=7.0)), home=UTC)
    assert day.achilles_force_bw.value == pytest.approx(6.5)
    assert day.achilles_force_bw.low == pytest.approx(6.5 / 1.35)


def test_a_run_without_an_estimate_does_not_dilute_the_days_force():
    [day] = days_of(outings(load(0, achilles_bw=None), load(0.2, achilles_bw=7.0)), home=UTC)
    assert day.achilles_force_bw.value == pytest.approx(7.0)
    [hill] = days_of(outings(load(0, achilles_bw=None)), home=UTC)
    assert hill.achilles_force_bw is None


def test_a_day_has_the_poorest_grade_of_its_runs():
    [day] = days_of(outings(load(0, grade=Grade.A), load(0.2, grade=Grade.C)), home=UTC)
    assert day.grade is Grade.C


def test_a_day_without_a_known_strike_says_unknown_not_zero():
    [day] = days_of(outings(load(0, strikes=None)), home=UTC)
    assert day.strikes is None


def test_days_are_the_runners_own_across_midnight():
    plus_two = timezone(timedelta(hours=2))
    evening = START.replace(hour=23)  # 1 March in UTC, 2 March at 1:00 two hours east
    unknown, known = load(start=evening), load(start=evening.astimezone(UTC), local_time_known=True)
    assert [day.day.day for day in days_of(outings_of([unknown], runner=NOBODY, home=plus_two), home=plus_two)] == [2]
    assert [day.day.day for day in days_of(outings_of([known], runner=NOBODY, home=plus_two), home=plus_two)] == [1]


def test_two_parts_of_one_outing_on_two_days_count_on_their_own_days():
    first = load(start=START.replace(hour=23, minute=10), km=6, minutes=40)
    second = load(start=START.replace(day=2, hour=0, minute=5), km=4, minutes=30)
    found = outings(first, second)
    assert len(found) == 1
    assert [(day.day.day, day.distance_m) for day in days_of(found, home=UTC)] == [(1, 6000), (2, 4000)]
