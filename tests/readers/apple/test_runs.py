"""Runs from a health export: every number worked out by hand."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from calfwise.model.load.dose import run_load
from calfwise.model.load.gait import Grade
from calfwise.model.run import Device, Run, Span
from tests.readers.apple.made import (
    DEVICES,
    PHONE,
    START,
    WATCH,
    at,
    distance_sum,
    event,
    every,
    export,
    fact,
    only_run,
    read,
    record,
    runs,
    salvaged,
    workout,
)  # fmt: skip

EVERYTHING = (
    every(5, "DistanceWalkingRunning", 0.015)
    + every(5, "HeartRate", 150)
    + every(5, "RunningGroundContactTime", 250)
    + every(3, "RunningPower", 230)
    + every(3, "RunningSpeed", 10.8)
    + every(5, "RunningStrideLength", 1.07)
    + every(5, "RunningVerticalOscillation", 8.4)
    + every(5, "StepCount", 14)
)
TEN_MINUTES = export(EVERYTHING, workout(distance_sum("1.8", "km")))


def mid(run: Run, name: str) -> float:
    """A column's value five minutes into the run."""
    return float(getattr(run.columns, name)[np.searchsorted(run.columns.time_s, 300.0)])


def test_ten_minutes_at_three_metres_a_second_are_1800_metres():
    run = only_run(TEN_MINUTES)
    assert (run.start, run.local_time_known, run.format, run.file) == (START, True, "apple", "export.xml")
    assert (run.timer_s, run.elapsed_s, run.distance_m) == (600, 600, 1800)
    assert run.columns.distance_m[-1] == pytest.approx(1800)
    assert (run.pauses, run.gaps, run.notes, run.sub_sport) == ((), (), (), None)
    assert run.told is not None
    assert run.told.origin == "Apple Health"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stance_time_s", 0.250),
        ("speed_mps", 3.0),
        ("cadence_spm", 168),  # 14 steps in 5 s
        ("heart_rate", 150),
        ("power_w", 230),
        ("step_length_m", 1.07),  # Apple's "stride length" is one step
        ("vertical_oscillation_m", 0.084),
    ],
)
def test_every_column_holds_from_the_first_second_to_the_last(column: str, value: float):
    run = only_run(TEN_MINUTES)
    assert getattr(run.columns, column)[:-1] == pytest.approx(value)
    assert np.isnan(getattr(run.columns, column)[-1]), "nothing was recorded after the end"


def test_a_watch_with_ground_contact_and_steps_gives_the_best_grade():
    load = run_load(only_run(TEN_MINUTES))
    assert load.grade is Grade.A
    assert load.strikes == pytest.approx(1680, rel=0.01)


def test_a_workout_without_any_record_still_counts_by_distance_and_time():
    run = only_run(export(workout(distance_sum("1.8", "km"))))
    assert (run.distance_m, len(run.columns), run.gaps) == (1800, 2, (Span(0, 600),))
    assert run_load(run).grade is Grade.D


@pytest.mark.parametrize(
    ("kind", "value", "unit", "column", "ours"),
    [
        ("RunningSpeed", 3.0, "m/s", "speed_mps", 3.0),
        ("RunningSpeed", 10.8, "km/hr", "speed_mps", 3.0),
        ("RunningSpeed", 7.5, "mi/hr", "speed_mps", 3.3528),
        ("RunningGroundContactTime", 0.25, "s", "stance_time_s", 0.25),
        ("RunningStrideLength", 107, "cm", "step_length_m", 1.07),
        ("RunningStrideLength", 3.5, "ft", "step_length_m", 1.0668),
        ("RunningVerticalOscillation", 3.3, "in", "vertical_oscillation_m", 0.08382),
        ("HeartRate", 2.5, "count/s", "heart_rate", 150),
        ("DistanceWalkingRunning", 0.01, "mi", "speed_mps", 3.218688),  # 16.09344 m in 5 s
        ("DistanceWalkingRunning", 15, "m", "speed_mps", 3.0),
    ],
)
def test_units_become_ours(kind: str, value: float, unit: str, column: str, ours: float):
    run = only_run(export(every(5, kind, value, unit=unit), workout()))
    assert mid(run, column) == pytest.approx(ours)


def test_a_unit_that_nobody_knows_is_left_out_and_said():
    run = only_run(export(every(5, "RunningSpeed", 3.0, unit="knot"), workout()))
    assert np.isnan(run.columns.speed_mps).all()
    assert run.notes == ("120 values of RunningSpeed in an unknown unit (knot) were left out",)


@pytest.mark.parametrize(
    ("told", "metres"),
    [
        ({"more": ' totalDistance="1.8" totalDistanceUnit="km"'}, 1800),
        ({"more": ' totalDistance="1" totalDistanceUnit="mi"'}, 1609.344),
        ({}, None),
    ],
)
def test_distance_is_what_the_workout_says(told: dict[str, str], metres: float | None):
    assert only_run(export(workout(**told))).distance_m == metres


@pytest.mark.parametrize(("unit", "duration"), [("min", "9.5"), ("s", "570"), ("hr", "0.158333333333")])
def test_duration_leaves_pauses_out_in_any_unit(unit: str, duration: str):
    data = export(workout(duration=duration)).replace(b'durationUnit="min"', f'durationUnit="{unit}"'.encode())
    run = only_run(data)
    assert (run.timer_s, run.elapsed_s) == (pytest.approx(570), 600)


def test_a_duration_longer_than_the_workout_is_not_believed():
    assert only_run(export(workout(duration="900"))).timer_s == 600


def test_pauses_last_from_a_stop_to_the_next_start():
    stops = event("Pause", 100) + event("Resume", 130) + event("MotionPaused", 200) + event("MotionResumed", 260)
    run = only_run(export(EVERYTHING, workout(stops, event("Segment", 300), event("Lap", 400), duration="8.5")))
    assert run.pauses == (Span(100, 130), Span(200, 260))
    assert run.timer_s == 510


def test_the_last_pause_ends_with_the_workout():
    assert only_run(export(workout(event("Pause", 590)))).pauses == (Span(590, 600),)


def test_pauses_repeated_by_a_leg_of_the_workout_count_once():
    stops = event("Pause", 100) + event("Resume", 130)
    leg = f'<WorkoutActivity uuid="A" startDate="{at(0)}" endDate="{at(600)}">{stops}</WorkoutActivity>'
    assert only_run(export(workout(stops, leg))).pauses == (Span(100, 130),)


def test_a_silence_is_a_gap_unless_it_is_a_pause():
    walk = "".join(record("RunningSpeed", 10.8, s, s + 5) for s in (*range(0, 100, 5), *range(300, 600, 5)))
    assert only_run(export(walk, workout())).gaps == (Span(100, 300),)
    stopped = only_run(export(walk, workout(event("Pause", 110) + event("Resume", 290))))
    assert (stopped.gaps, stopped.pauses) == ((), (Span(110, 290),))


def test_an_indoor_run_is_a_treadmill():
    assert only_run(export(workout(fact("HKIndoorWorkout", "1")))).sub_sport == "treadmill"
    assert only_run(export(workout(fact("HKIndoorWorkout", "0")))).sub_sport is None


def test_a_reading_of_a_moment_holds_until_the_next_but_not_for_ever():
    readings = "".join(record("RunningGroundContactTime", 240 + second, second) for second in (0, 5, 300))
    columns = only_run(export(readings, every(1, "RunningSpeed", 10.8), workout())).columns
    assert columns.stance_time_s[[0, 4, 5, 14]] == pytest.approx([0.240, 0.240, 0.245, 0.245])
    assert np.isnan(columns.stance_time_s[15:300]).all()


def test_steps_counted_over_cut_seconds_are_joined_before_they_become_a_cadence():
    """7 steps in 2.5 s each: dates cut to whole seconds make it 2 s and 3 s in turn, 210 and 140 a minute."""
    counts = "".join(record("StepCount", 7, int(2.5 * i), int(2.5 * (i + 1))) for i in range(240))
    cadence_spm = only_run(export(counts, workout())).columns.cadence_spm[:-1]
    assert cadence_spm == pytest.approx(168, rel=0.05)
    assert np.mean(cadence_spm) == pytest.approx(168, rel=0.005)


def test_a_count_over_minutes_of_running_and_standing_gives_no_cadence():
    assert np.isnan(only_run(export(record("StepCount", 900, 0, 600), workout())).columns.cadence_spm).all()


def test_a_record_that_reaches_beyond_the_workout_is_cut_or_left_out():
    data = export(record("RunningSpeed", 10.8, 590, 700), record("DistanceWalkingRunning", 1, 590, 700), workout())
    columns = only_run(data).columns
    assert columns.time_s.tolist() == [0, 590, 600]
    assert columns.speed_mps[1] == pytest.approx(3.0)
    assert columns.distance_m[-1] == pytest.approx(30), "from ten seconds' speed, not the kilometre of both minutes"


def test_records_outside_the_workout_are_not_the_runs():
    before = record("RunningSpeed", 20, -60, -55) + record("StepCount", 90, -120, -60)
    after = record("RunningSpeed", 20, 601, 606)
    assert np.nanmax(only_run(export(before, EVERYTHING, after, workout())).columns.speed_mps) == pytest.approx(3.0)


def test_the_same_steps_counted_by_watch_and_phone_count_once():
    phone = every(60, "StepCount", 170, source=PHONE) + every(60, "DistanceWalkingRunning", 0.2, source=PHONE)
    run = only_run(export(phone, EVERYTHING, workout()))
    assert mid(run, "cadence_spm") == pytest.approx(168)
    assert run.columns.distance_m[-1] == pytest.approx(1800)


def test_a_phones_steps_do_not_stand_in_for_a_watch():
    """It may have been left on the table, or in someone else's pocket."""
    run = only_run(export(every(60, "StepCount", 170, source=PHONE), workout()))
    assert np.isnan(run.columns.cadence_spm).all()


def test_a_run_recorded_by_the_phone_has_the_phones_steps():
    run = only_run(export(every(30, "StepCount", 85, source=PHONE), workout(source=PHONE)))
    assert mid(run, "cadence_spm") == pytest.approx(170)
    assert run.device == Device("Apple Inc.", "iPhone iPhone14,2")


def test_an_apps_workout_has_what_the_watch_under_it_measured():
    run = only_run(export(EVERYTHING, workout(source="WorkOutDoors", device=DEVICES[WATCH])))
    assert mid(run, "stance_time_s") == pytest.approx(0.250)
    assert mid(run, "cadence_spm") == pytest.approx(168)


def test_a_strap_may_tell_the_pulse_of_a_watchs_workout():
    run = only_run(export(every(5, "HeartRate", 161, source="Strap", device=""), workout()))
    assert mid(run, "heart_rate") == 161


def test_counts_written_twice_or_overlapping_count_once():
    twice = every(5, "StepCount", 14) + every(5, "StepCount", 14) + every(60, "StepCount", 168)
    assert mid(only_run(export(twice, workout())), "cadence_spm") == pytest.approx(168)


def test_records_in_any_order_make_the_same_run():
    lines = EVERYTHING.splitlines(keepends=True)
    shuffled = only_run(export("".join(np.random.default_rng(1).permutation(lines)), workout()))
    assert mid(shuffled, "cadence_spm") == pytest.approx(168)
    assert shuffled.columns.distance_m[-1] == pytest.approx(1800)


def test_records_after_the_workout_and_with_children_are_read_too():
    child = '<MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="2"/>'
    run = only_run(export(workout(), record("HeartRate", 144, 10, inside=child)))
    assert np.nanmax(run.columns.heart_rate) == 144


def test_attributes_in_another_order_say_the_same():
    odd = (
        f"<Record unit='m/s' value='3' endDate='{at(600)}' startDate='{at(0)}'"
        " type='HKQuantityTypeIdentifierRunningSpeed' sourceName='Anna’s Apple Watch'/>"
    )
    assert mid(only_run(export(odd, record("HeartRate", 150, 300), workout())), "speed_mps") == 3.0


def test_the_device_is_told_without_its_owners_name():
    assert only_run(TEN_MINUTES).device == Device(maker="Apple Inc.", product="Apple Watch Watch6,2")
    assert only_run(export(workout(source="Strava", device=""))).device == Device(product="Strava")


def test_the_id_is_the_same_in_next_months_export():
    (again, later) = runs(export(EVERYTHING, workout(), workout(start=START + timedelta(days=1))))
    assert again.id == only_run(TEN_MINUTES).id != later.id
    assert again.id != only_run(export(workout(source=PHONE))).id


def test_two_runs_at_once_share_the_records_of_their_time():
    longer, shorter = runs(export(EVERYTHING, workout(), workout(source="Strava", device="", seconds=300)))
    assert np.nanmax(longer.columns.heart_rate) == np.nanmax(shorter.columns.heart_rate) == 150


def test_the_zone_of_the_place_decides_the_local_time():
    run = only_run(export(workout(fact("HKTimeZone", "America/New_York"))))
    assert run.start.isoformat() == "2024-05-03T01:00:00-04:00"
    assert run.start == START


@pytest.mark.parametrize("zone", ["Nowhere/Atlantis", "../../etc/passwd", "", "/etc/localtime", "a\x00b"])
def test_a_zone_that_does_not_exist_leaves_the_written_offset(zone: str):
    assert only_run(export(workout(fact("HKTimeZone", zone)))).start.isoformat() == "2024-05-03T07:00:00+02:00"


@pytest.mark.parametrize("offset", ["-0930", "+0545", "+1400"])
def test_any_offset_is_the_runners_own(offset: str):
    begins = datetime.fromisoformat(f"2024-05-03T07:00:00{offset[:3]}:{offset[3:]}")
    data = export(record("HeartRate", 150, 0, start=begins), workout(start=begins))
    run = only_run(data)
    assert (run.start, run.start.utcoffset()) == (begins, begins.utcoffset())
    assert run.columns.heart_rate[0] == 150


def test_a_run_over_midnight_and_into_summer_time_is_one_run():
    """31 March 2024, 02:00 in Berlin became 03:00: the dates change day and offset in the middle."""
    begins = datetime.fromisoformat("2024-03-30T23:30:00+01:00")
    before = record("HeartRate", 151, 0, start=datetime.fromisoformat("2024-03-31T01:00:00+01:00"))
    after = record("HeartRate", 152, 0, start=datetime.fromisoformat("2024-03-31T03:00:00+02:00"))
    data = export(record("HeartRate", 150, 0, start=begins), before, after, workout(start=begins, seconds=3 * 3600))
    run = only_run(data)
    columns = run.columns
    assert run.start.isoformat() == "2024-03-30T23:30:00+01:00"
    assert dict(zip(columns.time_s.tolist(), columns.heart_rate.tolist(), strict=True)) == pytest.approx(
        {0: 150, 10: np.nan, 5400: 151, 5410: np.nan, 9000: 152, 9010: np.nan, 10800: np.nan}, nan_ok=True
    )


def test_other_sports_are_facts_of_the_day():
    data = export(
        workout(distance_sum("20", "km", kind="DistanceCycling"), sport="Cycling", duration="45", seconds=3000),
        workout(),
        workout(sport="TraditionalStrengthTraining"),
    )
    first, run, last = read(data)
    assert (first.runs, len(run.runs), run.others) == ((), 1, ())
    ride, weights = first.others[0], last.others[0]
    assert (ride.sport, ride.duration_s, ride.distance_m, ride.start) == ("cycling", 2700, 20_000, START)
    assert (weights.sport, weights.distance_m) == ("traditional strength training", None)


def test_an_export_without_running_says_so():
    assert read(export(workout(sport="Yoga")))[-1].remarks == ("it holds no running workout",)
    assert salvaged(export(workout(sport="Yoga"))) == ()


def test_a_workout_that_was_never_stopped_keeps_its_totals_only():
    run, usual = runs(export(EVERYTHING, workout(seconds=101 * 3600), workout()))
    assert (len(run.columns), len(usual.columns)) == (2, 281), "each third and each fifth second: 201 + 121 - 41"
    assert "more than 100 hours" in run.notes[0]
