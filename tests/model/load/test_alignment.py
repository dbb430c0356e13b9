"""One source of ground contact speaks for a history: others are shifted to it, or not compared."""

from datetime import timedelta

import pytest
from msgspec import structs

from calfwise.model.load.alignment import aligned, shifted
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.gait import Grade
from calfwise.model.load.stance import StanceSeen
from calfwise.model.runner import Runner
from tests.model.load.made import at, load, run

WATCH, OTHER_WATCH, POD = "watch Garmin 3291", "watch Garmin 4315", "stryd"


def by(source: str, day: float, *, stance_s: float = 0.250, **others_s: float) -> RunLoad:
    """A run measured by that source; others in it read so much longer."""
    return structs.replace(load(day), stance=StanceSeen(source, stance_s, dict(others_s)))


def test_a_history_of_one_watch_stays_as_it_is():
    runs = [by(WATCH, day) for day in range(5)]
    kept, story = aligned(runs)
    assert kept == tuple(runs)
    assert (story.source, story.others) == (WATCH, ())


def test_without_measured_ground_contact_there_is_nothing_to_align():
    runs = [load(0, grade=Grade.C), load(1, grade=Grade.D)]
    kept, story = aligned(runs)
    assert kept == tuple(runs)
    assert story.source is None


def test_the_source_of_the_latest_run_speaks_for_the_history_whatever_the_order():
    _, story = aligned([by(POD, 9), by(WATCH, 0), by(WATCH, 1)])
    assert story.source == POD


def test_another_source_is_shifted_by_the_median_difference_of_runs_that_carry_both():
    # The pod reads 20, 27 and 30 ms less than the watch, so the watch's times lose 27 ms.
    both = [by(WATCH, day, stryd=-apart) for day, apart in enumerate((0.020, 0.027, 0.030))]
    kept, story = aligned([*both, by(POD, 9)])
    [other] = story.others
    assert (other.source, other.runs, other.ties) == (WATCH, 3, 3)
    assert other.shift_s == pytest.approx(-0.027)
    assert (other.first, other.last) == (at(0), at(2))
    # 2.5 BW at 250 ms; at 223 ms 1 / DF grows by 250 / 223: 0.178 + 0.814 * 2.8526 * 1.1211 = 2.781, 11 % more.
    assert [load.vertical_grf_bw.value for load in kept] == pytest.approx([2.781, 2.781, 2.781, 2.5], abs=0.001)
    assert kept[0].achilles_force_bw.value == pytest.approx(6.0 * 1.1124, abs=0.01)
    assert [load.stance_shift_s for load in kept] == pytest.approx([-0.027] * 3 + [0.0])
    assert not any(load.apart for load in kept)


def test_the_band_keeps_its_width_when_a_run_is_shifted():
    before = by(WATCH, 0, stryd=-0.027)
    kept, _ = aligned([before, by(WATCH, 1, stryd=-0.027), by(WATCH, 2, stryd=-0.027), by(POD, 9)])
    band, was = kept[0].achilles_force_bw, before.achilles_force_bw
    assert (band.high / band.value, band.value / band.low) == pytest.approx((was.high / was.value, was.value / was.low))


def test_two_runs_with_both_are_too_few_so_comparison_begins_anew():
    kept, story = aligned([by(WATCH, 0, stryd=-0.027), by(WATCH, 1, stryd=-0.027), by(WATCH, 2), by(POD, 9)])
    [other] = story.others
    assert (other.runs, other.shift_s, other.ties) == (3, None, 0)
    assert [load.apart for load in kept] == [True, True, True, False]
    assert kept[0].vertical_grf_bw == load(0).vertical_grf_bw, "its own numbers stay"


def test_two_watches_are_tied_by_the_pod_that_both_were_worn_with():
    # The pod reads 10 ms less than the old watch and 15 ms more than the new one: the old one's times lose 25 ms.
    old = [by(WATCH, day, stryd=-0.010) for day in range(4)]
    new = [by(OTHER_WATCH, day, stryd=0.015) for day in range(20, 23)]
    _, story = aligned([*old, *new])
    [other] = story.others
    assert (other.source, other.ties) == (WATCH, 3)
    assert other.shift_s == pytest.approx(-0.025)


def test_the_same_pair_seen_from_either_side_gives_opposite_shifts():
    watch_first = [by(WATCH, day, stryd=-0.027) for day in range(3)]
    pod_first = [by(POD, day, **{WATCH: 0.027}) for day in range(3)]
    _, one = aligned([*watch_first, by(POD, 9)])
    _, other = aligned([*pod_first, by(POD, 9), by(WATCH, 10)])
    assert one.others[0].shift_s == pytest.approx(-0.027)
    assert other.others[0].shift_s == pytest.approx(0.027)


def test_one_run_alone_is_shifted_as_it_is_among_all():
    runs = [by(WATCH, day, stryd=-0.02) for day in range(3)] + [by(POD, 9)]
    kept, story = aligned(runs)
    assert tuple(shifted(load, story=story) for load in runs) == kept


def test_a_recording_tells_its_source_and_how_far_the_other_is_from_it():
    recorded = run(
        seconds=900, speed_mps=2.8, cadence_spm=166, stance_time_s=0.260, stryd_stance_s=0.245, distance_m=2520
    )
    seen = run_load(recorded).stance
    assert seen is not None
    assert (seen.source, seen.stance_time_s) == ("watch", pytest.approx(0.260))
    assert seen.others_s == {"stryd": pytest.approx(-0.015)}
    chosen = run_load(recorded, Runner(stance_source="stryd")).stance
    assert chosen is not None
    assert chosen.others_s == {"watch": pytest.approx(0.015)}


def test_less_than_five_minutes_with_both_tie_nothing():
    recorded = run(seconds=299, speed_mps=2.8, cadence_spm=166, stance_time_s=0.260, stryd_stance_s=0.245)
    assert run_load(recorded).stance.others_s == {}


def test_a_run_from_speed_alone_is_never_shifted():
    slow = load(0, grade=Grade.C)
    kept, _ = aligned([slow, *(by(WATCH, day, stryd=-0.02) for day in range(1, 4)), by(POD, 9)])
    assert kept[0] == slow
    assert kept[0].start + timedelta(days=1) == kept[1].start
