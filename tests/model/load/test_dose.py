"""What one run asked of the calves. Base: 10 minutes, level, 3.0 m/s, 168 steps a minute, 0.26 s of stance."""

from datetime import date, timedelta, timezone
from typing import Any

import numpy as np
import pytest

from calfwise.model.load.dose import grade_of_seconds, run_load
from calfwise.model.load.gait import Grade
from calfwise.model.run import Span
from calfwise.model.runner import Runner, Shoe
from tests.model.load.made import START, run

UNKNOWN = np.nan
STEADY: dict[str, Any] = {"speed_mps": 3.0, "cadence_spm": 168.0, "stance_time_s": 0.26, "distance_m": 1800.0}
FROM_SPEED_BW = 2.372221
"""At 3.0 m/s the population's duty factor is 0.370974 (test_gait): 0.178 + 0.814 / 0.370974 = 0.178 + 2.194221."""
FROM_STANCE_BW = 2.414264
"""0.26 x 168 / 120 = 0.364: 0.178 + 0.814 / 0.364 = 0.178 + 2.236264."""


def test_ten_steady_minutes_worked_by_hand():
    load = run_load(run(**STEADY))
    assert load.grade is Grade.A
    assert load.strikes == 1680  # 168 x 10
    assert load.strikes_per_leg == 840
    assert (load.running_s, load.walking_s, load.steep_s) == (600, 0, 0)
    assert load.vertical_grf_bw.value == pytest.approx(FROM_STANCE_BW, abs=1e-6)
    assert load.achilles_force_bw.value == pytest.approx(5.794233, abs=1e-5)  # x 2.4
    assert load.impulse_bw_s.value == pytest.approx(1200)  # 2.0 x 600
    assert load.speed_mps == 3.0
    assert (load.stance_source, load.notes) == ("watch", ())


def test_the_impulse_is_twice_the_running_seconds_at_any_pace():
    easy = run_load(run(seconds=900, speed_mps=2.6, cadence_spm=160))
    brisk = run_load(run(seconds=900, speed_mps=4.2, cadence_spm=182))
    for load in (easy, brisk):
        assert load.impulse_bw_s.value == pytest.approx(1800)
        assert load.impulse_bw_s.low == pytest.approx(1333.333, abs=1e-3)  # ÷ 1.35
        assert load.impulse_bw_s.high == pytest.approx(2430)  # x 1.35


# --- strikes ---------------------------------------------------------------------------------------------------------


def test_strikes_are_the_integral_of_cadence_over_time():
    # from 160 to 180 a minute, evenly, over 600 s: 170 a minute on average, 1,700 in ten minutes
    cadence_spm = np.linspace(160, 180, 600)
    assert run_load(run(speed_mps=3.0, cadence_spm=cadence_spm)).strikes == 1700


def test_strikes_of_unevenly_written_samples_count_each_for_its_own_time():
    # 160 for 2 s, 170 for 3 s, 180 for 1 s, 165 for a usual 2 s: (320 + 510 + 180 + 330) / 60 = 22.3
    load = run_load(run(time_s=[0, 2, 5, 6], speed_mps=3.0, cadence_spm=[160, 170, 180, 165]))
    assert load.strikes == 22
    assert load.running_s == 8


def test_an_odd_strike_goes_to_neither_leg_for_good():
    # 167 x 9 / 60 = 25.05 -> 25 strikes, 12 a leg (to the even number)
    load = run_load(run(seconds=9, speed_mps=3.0, cadence_spm=167.0))
    assert (load.strikes, load.strikes_per_leg) == (25, 12)


def test_where_cadence_was_lost_the_populations_at_that_speed_counts():
    # 300 s at 168, 300 s unknown at 3.0 m/s: 168.056; together 840 + 840.28 = 1680.28
    cadence_spm = np.where(np.arange(600) < 300, 168.0, UNKNOWN)
    assert run_load(run(speed_mps=3.0, cadence_spm=cadence_spm)).strikes == 1680
    # 200 s at 180 and 400 s unknown at 4.68 m/s: 600 + 178.15616 x 400 / 60 = 600 + 1187.7
    cadence_spm = np.where(np.arange(600) < 200, 180.0, UNKNOWN)
    assert run_load(run(speed_mps=4.68, cadence_spm=cadence_spm)).strikes == 1788


def test_a_sensor_that_wrote_a_walkers_cadence_at_a_runners_speed_is_not_believed():
    # 3.0 m/s with 84 steps a minute (strides, really): 168.056 x 10 = 1680.56 instead of 840
    assert run_load(run(speed_mps=3.0, cadence_spm=84.0)).strikes == 1681


def test_gaps_and_pauses_count_no_strikes():
    times = np.concatenate([np.arange(100.0), np.arange(200.0, 300.0)])
    for hole in ({"gaps": [Span(99, 200)]}, {"pauses": [Span(99, 200)]}):
        load = run_load(run(time_s=times, **STEADY, **hole))
        assert load.running_s == 200  # 100 s, then 100 s
        assert load.strikes == 560  # 168 x 200 / 60


def test_strikes_are_kept_by_speed_in_tenths_of_a_metre_a_second():
    speed_mps = np.where(np.arange(600) < 300, 2.84, 4.05)
    load = run_load(run(speed_mps=speed_mps, cadence_spm=180.0))
    assert {i: n for i, n in enumerate(load.strikes_by_speed) if n} == {28: 900, 40: 900}
    assert sum(load.strikes_by_speed) == load.strikes


def test_strikes_at_an_unknown_speed_are_neither_slow_nor_fast():
    speed_mps = np.where(np.arange(600) < 300, 3.05, UNKNOWN)
    load = run_load(run(speed_mps=speed_mps, cadence_spm=180.0))
    assert load.strikes == 1800
    assert {i: n for i, n in enumerate(load.strikes_by_speed) if n} == {30: 900}


# --- grades ----------------------------------------------------------------------------------------------------------


def test_cadence_without_stance_counts_strikes_and_takes_forces_from_speed():
    load = run_load(run(speed_mps=3.0, cadence_spm=160.0))
    assert load.grade is Grade.B
    assert load.strikes == 1600
    assert load.vertical_grf_bw.value == pytest.approx(FROM_SPEED_BW, abs=1e-5)
    assert load.stance_source is None


def test_speed_alone_tells_all_of_it_by_the_population():
    load = run_load(run(speed_mps=3.0))
    assert load.grade is Grade.C
    assert load.strikes == 1681  # 168.056 x 10
    assert load.vertical_grf_bw.value == pytest.approx(FROM_SPEED_BW, abs=1e-5)


def test_distance_and_time_alone_are_one_mean_speed():
    # 6 km in 2,000 s are 3.0 m/s: 168.056 x 2000 / 60 = 5601.9 strikes
    load = run_load(run(seconds=2000, distance_m=6000.0))
    assert load.grade is Grade.D
    assert load.strikes == 5602
    assert load.speed_mps == pytest.approx(3.0)
    assert load.vertical_grf_bw.value == pytest.approx(FROM_SPEED_BW, abs=1e-5)
    assert load.strikes_by_speed == ()
    assert load.climb_m is None
    assert load.notes == ()


def test_nothing_at_all_is_not_estimated():
    load = run_load(run(seconds=600))
    assert load.grade is Grade.D
    assert load.strikes is None
    assert load.vertical_grf_bw is None
    assert load.achilles_force_bw is None
    assert load.impulse_bw_s is None


def test_a_file_without_any_sample_is_not_estimated_either():
    load = run_load(run(time_s=[], timer_s=0.0))
    assert (load.strikes, load.running_s, load.impulse_bw_s) == (None, 0.0, None)


def test_too_little_recorded_is_read_from_distance_and_time_and_says_so():
    # 100 of 1,000 s were written; 3 km in 1,000 s are 3.0 m/s: 168.056 x 1000 / 60 = 2800.9
    load = run_load(run(seconds=100, timer_s=1000.0, **STEADY | {"distance_m": 3000.0}))
    assert load.grade is Grade.D
    assert load.strikes == 2801
    assert load.running_s == 1000
    assert any("10%" in note and "distance and time alone" in note for note in load.notes)


def test_half_a_recording_is_enough():
    load = run_load(run(seconds=500, timer_s=1000.0, **STEADY | {"distance_m": 3000.0}))
    assert load.grade is Grade.A


def test_of_what_distance_and_time_alone_tell_to_be_slow_nobody_knows_how_much_was_walked():
    load = run_load(run(seconds=2000, distance_m=2800.0))  # 1.4 m/s
    assert (load.strikes, load.running_s, load.walking_s) == (None, 0, 2000)
    assert (load.achilles_force_bw, load.impulse_bw_s) == (None, None)
    assert "too slow on the whole to tell running from walking" in load.notes[0]


def test_a_walk_that_was_recorded_has_no_strikes():
    load = run_load(run(seconds=2000, speed_mps=1.4, distance_m=2800.0))
    assert (load.strikes, load.walking_s) == (0, 2000)


def test_strikes_are_counted_with_cadence_and_banded_without():
    counted, guessed = (run_load(run(seconds=1000, speed_mps=2.8, cadence_spm=cadence, distance_m=2800.0))
                        for cadence in (168, UNKNOWN))  # fmt: skip
    assert (counted.strikes_band.low, counted.strikes_band.high) == (counted.strikes, counted.strikes)
    assert guessed.strikes_band.high == pytest.approx(guessed.strikes * 1.10)
    told = run_load(run(seconds=1000, distance_m=2800.0))
    assert told.strikes_band.low == pytest.approx(told.strikes / 1.13)


def test_below_2_2_metres_a_second_without_cadence_nobody_can_tell_running_from_walking():
    slow = run_load(run(seconds=1000, speed_mps=2.1, distance_m=2100.0))
    assert slow.strikes_band.high == pytest.approx(slow.strikes * 2.25)
    assert slow.impulse_bw_s.high == pytest.approx(slow.impulse_bw_s.value * 2.35)
    counted = run_load(run(seconds=1000, speed_mps=2.1, cadence_spm=160, distance_m=2100.0))
    assert counted.impulse_bw_s.high == pytest.approx(counted.impulse_bw_s.value * 1.35)


@pytest.mark.parametrize(("measured_seconds", "grade"), [(600, "A"), (300, "A"), (299, "B"), (0, "B")])
def test_stance_must_be_measured_in_half_of_the_running(measured_seconds, grade):
    stance_time_s = np.where(np.arange(600) < measured_seconds, 0.26, UNKNOWN)
    assert run_load(run(**STEADY | {"stance_time_s": stance_time_s})).grade == grade


@pytest.mark.parametrize(("measured_seconds", "grade"), [(300, "B"), (299, "C")])
def test_cadence_must_be_measured_in_half_of_the_running(measured_seconds, grade):
    cadence_spm = np.where(np.arange(600) < measured_seconds, 168.0, UNKNOWN)
    assert run_load(run(speed_mps=3.0, cadence_spm=cadence_spm)).grade == grade


def test_each_second_has_the_grade_of_what_was_measured_in_it():
    second = np.arange(600)
    recorded = run(
        speed_mps=np.where(second < 599, 3.0, 0.0),
        cadence_spm=np.where(second < 500, 168.0, UNKNOWN),
        stance_time_s=np.where(second < 400, 0.26, UNKNOWN),
    )
    grades = grade_of_seconds(recorded)
    assert [grades[0], grades[399], grades[400], grades[499], grades[500], grades[598], grades[599]] == [
        "A", "A", "B", "B", "C", "C", "",
    ]  # fmt: skip
    assert run_load(recorded).grade is Grade.A


def test_seconds_of_a_run_told_by_distance_and_time_are_all_of_the_lowest_grade():
    assert set(grade_of_seconds(run(seconds=2000, distance_m=6000.0))) == {"D"}
    assert set(grade_of_seconds(run(seconds=2000, distance_m=2800.0))) == {""}


def test_forces_of_a_half_measured_run_come_from_its_measured_seconds_alone():
    # the slow half has stance, the fast half does not: only 0.364 counts
    second = np.arange(600)
    recorded = run(
        speed_mps=np.where(second < 300, 3.0, 4.5),
        cadence_spm=168.0,
        stance_time_s=np.where(second < 300, 0.26, UNKNOWN),
    )
    assert run_load(recorded).vertical_grf_bw.value == pytest.approx(FROM_STANCE_BW, abs=1e-6)


def test_a_runs_force_is_the_mean_over_its_steps_not_over_its_seconds():
    # 300 s at 150 a minute and 0.28 s: DF 0.35, F 2.503714, 750 steps
    # 300 s at 180 a minute and 0.24 s: DF 0.36, F 0.178 + 2.261111 = 2.439111, 900 steps
    # (750 x 2.503714 + 900 x 2.439111) / 1650 = 2.468476; over seconds it would be 2.471413
    second = np.arange(600)
    recorded = run(
        speed_mps=3.0,
        cadence_spm=np.where(second < 300, 150.0, 180.0),
        stance_time_s=np.where(second < 300, 0.28, 0.24),
    )
    load = run_load(recorded)
    assert load.strikes == 1650
    assert load.vertical_grf_bw.value == pytest.approx(2.468476, abs=1e-5)


def test_bands_are_wider_where_less_was_measured():
    # at 4.68 m/s the population's duty factor lies inside the trained range, so bands are the grades' own
    # DF 0.30 x ... : 0.2016 s at 178.57 a minute
    measured = run_load(run(speed_mps=4.68, cadence_spm=178.0, stance_time_s=0.21))  # DF 0.3115
    guessed = run_load(run(speed_mps=4.68))
    assert measured.vertical_grf_bw.high / measured.vertical_grf_bw.value == pytest.approx(1.14)
    assert measured.achilles_force_bw.value / measured.achilles_force_bw.low == pytest.approx(1.35)
    assert guessed.vertical_grf_bw.high / guessed.vertical_grf_bw.value == pytest.approx(1.20)
    assert guessed.achilles_force_bw.value / guessed.achilles_force_bw.low == pytest.approx(1.40)


# --- the 15 % rule ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("apart", "stance_time_s", "grade"),
    [
        ("+14 %", 0.30208, "A"),  # 0.370974 x 1.14 = 0.422910; x 120 / 168 = 0.302079
        ("+16 %", 0.30738, "C"),  # 0.370974 x 1.16 = 0.430330; x 120 / 168 = 0.307379
        ("-14 %", 0.22788, "A"),  # 0.370974 x 0.86 = 0.319038; x 120 / 168 = 0.227884
        ("-16 %", 0.22258, "C"),  # 0.370974 x 0.84 = 0.311618; x 120 / 168 = 0.222584
    ],
)
def test_ground_contact_far_from_what_the_pace_allows_is_not_used(apart, stance_time_s, grade):
    load = run_load(run(**STEADY | {"stance_time_s": stance_time_s}))
    assert load.grade == grade
    if grade == "C":
        assert load.vertical_grf_bw.value == pytest.approx(FROM_SPEED_BW, abs=1e-5)
        [note] = load.notes
        assert f"16% {'longer' if apart[0] == '+' else 'shorter'}" in note
        assert load.stance_source is None
    assert load.strikes == 1680, "strikes still come from the cadence"


def test_a_single_odd_second_does_not_unseat_a_runs_stance():
    stance_time_s = np.where(np.arange(600) == 7, 0.45, 0.26)
    assert run_load(run(**STEADY | {"stance_time_s": stance_time_s})).grade is Grade.A


# --- one source of stance --------------------------------------------------------------------------------------------


def test_a_stance_of_nothing_is_missing_not_zero():
    stance_time_s = np.where(np.arange(600) % 3 == 0, 0.0, 0.26)
    load = run_load(run(**STEADY | {"stance_time_s": stance_time_s}))
    assert load.grade is Grade.A
    assert load.vertical_grf_bw.value == pytest.approx(FROM_STANCE_BW, abs=1e-6)
    assert run_load(run(**STEADY | {"stance_time_s": 0.0})).grade is Grade.B


@pytest.mark.parametrize("stance_time_s", [0.079, 0.601])
def test_a_stance_that_no_runner_has_is_missing(stance_time_s):
    assert run_load(run(**STEADY | {"stance_time_s": stance_time_s})).grade is Grade.B


def test_the_watchs_stance_comes_before_an_add_ons():
    load = run_load(run(**STEADY, stryd_stance_s=0.24))
    assert load.stance_source == "watch"
    assert load.vertical_grf_bw.value == pytest.approx(FROM_STANCE_BW, abs=1e-6)


def test_the_runner_may_trust_the_add_on_instead():
    # 0.24 x 168 / 120 = 0.336: 0.178 + 0.814 / 0.336 = 2.600619
    load = run_load(run(**STEADY, stryd_stance_s=0.24), Runner(stance_source="stryd"))
    assert load.stance_source == "stryd"
    assert load.vertical_grf_bw.value == pytest.approx(2.600619, abs=1e-6)


def test_the_trusted_source_is_not_replaced_where_a_run_lacks_it():
    load = run_load(run(**STEADY), Runner(stance_source="stryd"))
    assert load.grade is Grade.B
    assert load.stance_source is None


def test_holes_in_one_source_are_not_filled_from_the_other():
    stance_time_s = np.where(np.arange(600) < 240, 0.26, UNKNOWN)
    load = run_load(run(**STEADY | {"stance_time_s": stance_time_s}, stryd_stance_s=0.24))
    assert load.grade is Grade.B, "the watch measured two fifths; the add-on's whole run may not be mixed in"


def test_an_add_on_alone_is_used():
    load = run_load(run(**STEADY | {"stance_time_s": UNKNOWN}, stryd_stance_s=0.24))
    assert (load.grade, load.stance_source) == (Grade.A, "stryd")


# --- walking, slopes -------------------------------------------------------------------------------------------------


def test_walking_breaks_are_told_from_running():
    # 4 minutes of running, 1 of walking, twice
    walks = np.arange(600) % 300 >= 240
    load = run_load(
        run(
            speed_mps=np.where(walks, 1.5, 3.0),
            cadence_spm=np.where(walks, 115.0, 168.0),
            stance_time_s=np.where(walks, 0.58, 0.26),
        )
    )
    assert (load.running_s, load.walking_s) == (480, 120)
    assert load.strikes == 1344  # 168 x 8
    assert load.grade is Grade.A
    assert load.vertical_grf_bw.value == pytest.approx(FROM_STANCE_BW, abs=1e-6), "walking's long stance is left out"
    assert load.impulse_bw_s.value == pytest.approx(960)  # 2.0 x 480
    assert load.speed_mps == 3.0


def test_standing_at_a_light_is_neither_running_nor_walking():
    stands = np.arange(600) >= 540
    load = run_load(run(speed_mps=np.where(stands, 0.1, 3.0), cadence_spm=np.where(stands, 0.0, 168.0)))
    assert (load.running_s, load.walking_s) == (540, 0)


def test_on_steep_ground_force_is_not_estimated_but_strikes_and_time_count():
    # 4 degrees are a grade of 0.069927
    load = run_load(run(**STEADY, grade=0.0700))
    assert load.vertical_grf_bw is None
    assert load.achilles_force_bw is None
    assert load.strikes == 1680
    assert load.impulse_bw_s.value == pytest.approx(1200)
    assert load.steep_s == 600


@pytest.mark.parametrize(("grade", "steep_s"), [(0.0699, 0), (-0.0699, 0), (-0.0700, 600), (UNKNOWN, 0)])
def test_uphill_and_downhill_are_steep_from_the_same_slope(grade, steep_s):
    assert run_load(run(**STEADY, grade=grade)).steep_s == steep_s


def test_force_is_taken_from_the_level_part_of_a_hilly_run():
    hill = np.arange(600) < 200
    load = run_load(run(**STEADY | {"stance_time_s": np.where(hill, 0.31, 0.26)}, grade=np.where(hill, 0.12, 0.01)))
    assert load.steep_s == 200
    assert load.vertical_grf_bw.value == pytest.approx(FROM_STANCE_BW, abs=1e-6)


def test_climb_adds_up_what_goes_up():
    # 300 s x 3 m at 5 % up, then 299 steps down: 900 x 0.05 = 45 m
    grade = np.where(np.arange(600) < 300, 0.05, -0.05)
    recorded = run(speed_mps=3.0, cadence_spm=168.0, grade=grade)
    recorded.columns.distance_m[:] = np.arange(600) * 3.0
    assert run_load(recorded).climb_m == pytest.approx(45)


# --- days and shoes --------------------------------------------------------------------------------------------------


def test_a_run_after_midnight_belongs_to_the_day_on_the_runners_own_calendar():
    plus_two = timezone(timedelta(hours=2))
    late = START.replace(hour=23, minute=30)  # 1 March in UTC, 2 March two hours east
    assert run_load(run(start=late, **STEADY)).local_day(plus_two) == date(2026, 3, 2)
    own_clock = late.replace(tzinfo=timezone(timedelta(hours=-5)))
    known = run_load(run(start=own_clock, local_time_known=True, **STEADY))
    assert known.local_day(plus_two) == date(2026, 3, 1), "the recording's own offset wins over home"


def test_the_shoe_in_use_that_day_is_noted():
    old = Shoe(id="old", name="Old", since=date(2025, 1, 1))
    new = Shoe(id="new", name="New", since=date(2026, 3, 1))
    assert run_load(run(**STEADY), shoes=(old, new)).shoe == new
    assert run_load(run(start=START - timedelta(days=1), **STEADY), shoes=(old, new)).shoe == old


def test_what_the_reader_noted_is_passed_on():
    load = run_load(run(**STEADY, notes=("the clock jumped back",)))
    assert load.notes == ("the clock jumped back",)


def test_the_same_run_gives_the_same_load():
    assert run_load(run(**STEADY)) == run_load(run(**STEADY))
