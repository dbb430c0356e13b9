"""How long each sample stands for: pauses and gaps are nobody's running."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from calfwise.model.run import Side, Span, sample_seconds
from tests.model.load.made import run


def test_a_sample_lasts_until_the_next_one_and_the_last_as_long_as_a_usual_one():
    # lasting 2, 3 and 1 s; the usual one is the median, 2 s
    assert sample_seconds(run(time_s=[0, 2, 5, 6])).tolist() == [2, 3, 1, 2]


def test_one_sample_alone_stands_for_a_second_and_none_for_nothing():
    assert sample_seconds(run(time_s=[0])).tolist() == [1]
    assert sample_seconds(run(time_s=[])).tolist() == []


@pytest.mark.parametrize("kind", ["pauses", "gaps"])
def test_before_a_pause_or_a_gap_a_sample_lasts_a_usual_second(kind):
    recorded = run(time_s=[0, 1, 2, 92, 93], **{kind: [Span(2, 92)]})
    assert sample_seconds(recorded).tolist() == [1, 1, 1, 1, 1]


def test_a_hole_that_nobody_calls_a_pause_belongs_to_the_sample_before_it():
    assert sample_seconds(run(time_s=[0, 1, 2, 32, 33])).tolist() == [1, 1, 30, 1, 1]


def test_samples_that_a_watch_wrote_while_paused_stand_for_nothing():
    recorded = run(time_s=range(10), pauses=[Span(3, 7)])
    # stopped at 3 s, on at 7 s: the sample at 3 s still lasts its own second at most, those at 4, 5 and 6 s none
    assert sample_seconds(recorded).tolist() == [1, 1, 1, 1, 0, 0, 0, 1, 1, 1]


def test_a_sparse_sample_inside_a_pause_does_not_make_the_one_before_it_longer():
    # written every second, then at 30 s though stopped since 5 s: the sample at 5 s lasts 1 s, not 25
    recorded = run(time_s=[0, 1, 2, 3, 4, 5, 30, 60, 61, 62], pauses=[Span(5, 60)])
    assert sample_seconds(recorded).tolist() == [1, 1, 1, 1, 1, 1, 0, 1, 1, 1]


def test_a_pause_between_two_samples_of_a_run_costs_no_second_more_than_it_lasted():
    recorded = run(time_s=[0, 1, 2, 3], pauses=[Span(1.2, 1.8)])
    assert sample_seconds(recorded).tolist() == [1, 1, 1, 1]


def test_a_run_that_ends_in_a_pause_ends_there():
    assert sample_seconds(run(time_s=[0, 1, 2, 3], pauses=[Span(3, 500)])).tolist() == [1, 1, 1, 1]


def test_seconds_are_never_negative():
    recorded = run(time_s=np.arange(50) * 2.0, pauses=[Span(10, 30), Span(20, 40)], gaps=[Span(60, 70)])
    assert (sample_seconds(recorded) >= 0).all()


def test_a_run_begins_on_its_own_clock_or_on_the_home_clock_where_it_has_none():
    home = timezone(timedelta(hours=2))
    evening = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    assert run(start=evening).local_start(home).hour == 1
    assert run(start=evening, local_time_known=True).local_start(home).hour == 23


def test_the_end_of_a_run_counts_its_pauses():
    recorded = run(time_s=[0, 1, 2, 92, 93], pauses=[Span(2, 92)])
    assert recorded.end - recorded.start == timedelta(seconds=94)
    assert recorded.timer_s == 4


def test_each_leg_has_another():
    assert Side.LEFT.other is Side.RIGHT
    assert Side.RIGHT.other is Side.LEFT
