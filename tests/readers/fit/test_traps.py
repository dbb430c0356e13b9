"""What real FIT files taught us, one made file each (../shared/data/README.md)."""

import struct
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from calfwise.errors import UnreadableFile
from calfwise.model.load.dose import run_load
from calfwise.model.load.gait import Grade
from calfwise.model.run import Span
from calfwise.model.runner import Runner
from calfwise.readers.fit import decode
from calfwise.readers.fit.profile import Message
from calfwise.sample.fit_profile import developer_data_id, field_description, message, raw_message
from calfwise.sample.fit_writer import Base, Definition, Field, fit_bytes, interleaved, table
from tests.readers.fit.made import (
    CYCLING,
    FIRST,
    MULTISPORT,
    RUNNING,
    START,
    STOP,
    STOP_ALL,
    SWIMMING,
    file_id,
    only_run,
    read,
    records,
    session,
    timer,
)

MORNING = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)


# --- running dynamics and their units -------------------------------------------------------------------------------


def test_a_stance_of_0_is_missing_not_zero():
    run = only_run([records(4, stance_time=[251.3, 0, None, 248.0]), session(seconds=4)])
    np.testing.assert_allclose(run.columns.stance_time_s, [0.2513, np.nan, np.nan, 0.248])


def test_stance_is_written_in_milliseconds_and_walking_inflates_it_beyond_belief():
    run = only_run([records(3, stance_time=[250.0, 593.0, 968.0]), session(seconds=3)])
    np.testing.assert_allclose(run.columns.stance_time_s, [0.250, 0.593, np.nan])


def test_cadence_counts_one_leg_and_has_its_fraction_in_a_field_of_its_own():
    # (79 + 0.5) x 2 = 159 steps a minute
    run = only_run([records(3, cadence=[79, 80, 81], fractional_cadence=[0.5, 0, None]), session(seconds=3)])
    assert run.columns.cadence_spm.tolist() == [159.0, 160.0, 162.0]


def test_a_cadence_that_some_treadmills_wrote_doubled_is_not_doubled_again():
    run = only_run([records(60, cadence=165), session(seconds=60)])
    assert set(run.columns.cadence_spm) == {165.0}
    assert any("not doubled again" in note for note in run.notes)


def test_step_length_and_oscillation_are_written_in_millimetres_and_balance_in_percent():
    run = only_run(
        [records(2, step_length=1071.4, vertical_oscillation=87.5, stance_time_balance=49.25), session(seconds=2)]
    )
    assert run.columns.step_length_m.tolist() == pytest.approx([1.0714] * 2)
    assert run.columns.vertical_oscillation_m.tolist() == pytest.approx([0.0875] * 2)
    assert run.columns.stance_time_balance.tolist() == pytest.approx([0.4925] * 2)


def test_stance_as_a_share_of_the_stride_is_not_taken_for_a_time():
    run = only_run([records(5, stance_time_percent=35.25), session(seconds=5)])
    assert np.isnan(run.columns.stance_time_s).all()


def test_the_finer_of_two_speeds_and_altitudes_is_read_and_the_coarser_fills_its_holes():
    run = only_run(
        [
            records(
                3,
                speed=[3.0, 3.1, 3.2],
                enhanced_speed=[3.01, None, 3.21],
                altitude=100,
                enhanced_altitude=[101, 102, None],
            ),
            session(seconds=3),
        ]
    )
    assert run.columns.speed_mps.tolist() == pytest.approx([3.01, 3.1, 3.21])
    assert run.columns.altitude_m.tolist() == pytest.approx([101, 102, 100])


# --- several sports in one file -------------------------------------------------------------------------------------


def triathlon():
    """100 s of swimming, 300 s of cycling at 90 turns a minute, 200 s of running at 84 strides; distance counts on."""
    second = np.arange(600.0)
    cadence = np.where(second < 100, np.nan, np.where(second < 400, 90, 84))
    speed = np.where(second < 100, 1.0, np.where(second < 400, 9.0, 3.0))
    distance = np.concatenate([[0.0], np.cumsum(speed)[:-1]])
    sessions = message(
        "session",
        local=1,
        timestamp=FIRST + np.array([100, 400, 600]),
        start_time=FIRST + np.array([0, 100, 400]),
        sport=[SWIMMING, CYCLING, RUNNING],
        total_elapsed_time=[100, 300, 200],
        total_timer_time=[100, 300, 200],
        total_distance=[100, 2700, 600],
    )
    return records(600, cadence=cadence, speed=speed, distance=distance), sessions


@pytest.mark.parametrize("sessions_first", [False, True])
def test_a_multisport_file_is_split_so_that_turning_pedals_are_no_steps(sessions_first):
    written, sessions = triathlon()
    recording = read([sessions, written] if sessions_first else [written, sessions])
    [run] = recording.runs
    assert run.start == MORNING + timedelta(seconds=400)
    assert set(run.columns.cadence_spm) == {168.0}
    assert (run.distance_m, run.timer_s, len(run.columns)) == (600, 200, 200)
    assert run.columns.distance_m[0] == 0, "a multisport watch counts on; a run begins at nought"
    assert [(other.sport, other.duration_s) for other in recording.others] == [("swimming", 100), ("cycling", 300)]
    assert run_load(run).strikes == 560  # 168 x 200 / 60


def test_two_runs_in_one_file_are_two_runs_with_ids_of_their_own():
    recording = read(
        [records(200), session(seconds=100), session(start=100, seconds=100, local=2), file_id()],
    )
    assert [len(run.columns) for run in recording.runs] == [100, 100]
    assert len({run.id for run in recording.runs}) == 2


def test_a_session_of_all_sports_together_is_no_run():
    recording = read([records(60, speed=8.0), session(seconds=60, sport=MULTISPORT)])
    assert (recording.runs, [other.sport for other in recording.others]) == ((), ["multisport"])


def test_a_ride_of_no_named_sport_through_town_is_not_called_a_run():
    # stop and go: half of it at 5 m/s, a fifth rolling at 8 m/s; the median would be a fast run's
    speed = np.tile([4.5, 5.0, 5.0, 5.5, 8.0], 60)
    recording = read(
        [records(300, speed=speed, cadence=None, distance=np.cumsum(speed)), session(seconds=300, sport=0)]
    )
    assert recording.runs == ()


def test_a_jog_of_no_named_sport_is_a_run():
    recording = read([records(300, cadence=None), session(seconds=300, sport=0)])
    assert len(recording.runs) == 1


def test_a_file_that_names_no_sport_at_all_is_told_by_how_it_moved():
    assert len(read([records(300)]).runs) == 1
    assert len(read([records(300, speed=9.0, distance=None, cadence=None)]).runs) == 0


# --- add-on sensors -------------------------------------------------------------------------------------------------

GROUND_MS = Field(8, Base.UINT16, developer=0)
POWER = Field(0, Base.UINT16, developer=0)
FORM_POWER = Field(9, Base.UINT16, developer=0)


def stryd(second: int = 300, **options):
    """A run with the watch's stance of 260 ms and Stryd's of 240 ms."""
    return [
        developer_data_id(0, application_id=bytes(range(16)), local=4),
        field_description(GROUND_MS, name="Ground Time", units="Milliseconds", message=20, number=41, local=5),
        field_description(FORM_POWER, name="Form Power", units="Watts", local=5),
        records(second, developer={GROUND_MS: 240, FORM_POWER: 70}, **options),
        session(seconds=second),
    ]


def test_the_watchs_ground_time_and_an_add_ons_are_kept_apart():
    run = only_run(stryd(stance_time=260.0))
    assert set(run.columns.stance_time_s) == {0.260}
    [developer] = run.developer
    assert developer.source == "stryd"
    assert set(developer.columns["stance_time_s"]) == {0.240}
    # 0.26 x 168 / 120 = 0.364 -> 2.414264 BW; 0.24 x 168 / 120 = 0.336 -> 2.600619 BW
    assert run_load(run).vertical_grf_bw.value == pytest.approx(2.414264, abs=1e-6)
    assert run_load(run, Runner(stance_source="stryd")).vertical_grf_bw.value == pytest.approx(2.600619, abs=1e-6)


def test_an_add_ons_ground_time_never_stands_in_the_watchs_column():
    run = only_run(stryd())
    assert np.isnan(run.columns.stance_time_s).all()
    assert run_load(run).stance_source == "stryd"


def test_a_developer_field_without_a_name_or_an_application_is_kept_under_its_number():
    fields = [developer_data_id(0, local=4), field_description(POWER, local=5)]
    run = only_run([*fields, records(3, developer={POWER: [250, None, 252]}), session(seconds=3)])
    [developer] = run.developer
    assert developer.source == "developer 0"
    np.testing.assert_array_equal(developer.columns["field 0"], [250, np.nan, 252])


def test_a_developer_field_that_nobody_describes_does_not_stop_the_run():
    run = only_run([records(3, developer={POWER: 250}), session(seconds=3)])
    assert run.developer == ()
    assert len(run.columns) == 3


def test_two_developers_with_the_same_field_number_do_not_mix():
    left, right = Field(0, Base.UINT16, developer=0), Field(0, Base.UINT16, developer=1)
    parts = [
        developer_data_id(0, local=4),
        developer_data_id(1, local=4),
        field_description(left, name="Contact left", local=5),
        field_description(right, name="Contact right", local=5),
        records(2, developer={left: 240, right: 260}),
        session(seconds=2),
    ]
    columns = {developer.source: developer.columns for developer in only_run(parts).developer}
    assert set(columns["developer 0"]["Contact left"]) == {240}
    assert set(columns["developer 1"]["Contact right"]) == {260}


# --- ways of writing ------------------------------------------------------------------------------------------------


def test_compressed_timestamps_roll_over_every_32_seconds():
    seconds = np.array([0, 1, 2, 30, 31, 32, 33, 63, 64, 95])
    values = {"distance": 3.0 * seconds, "speed": 3.0, "cadence": 84}
    parts = [
        timer(0, START),
        message("record", local=0, compressed_time=True, timestamp=FIRST + seconds, **values),
        session(seconds=96),
    ]
    assert only_run(parts).columns.time_s.tolist() == seconds.tolist()


def test_a_full_timestamp_in_between_sets_compressed_ones_right():
    first = message("record", local=0, compressed_time=True, timestamp=FIRST + np.array([1, 2]), cadence=84, speed=3.0)
    lap = message("lap", local=2, timestamp=FIRST + 500)
    later = message(
        "record", local=0, compressed_time=True, timestamp=FIRST + np.array([501, 502]), cadence=84, speed=3.0
    )
    parts = [timer(0, START, local=3), first, lap, later, session(seconds=503)]
    [fit] = decode(fit_bytes(parts))
    assert (fit.record_timestamps - FIRST).tolist() == [1, 2, 501, 502]


def test_compressed_times_before_any_full_one_are_unknown_not_guessed():
    [fit] = decode(fit_bytes([message("record", compressed_time=True, timestamp=[5, 6], cadence=84)]))
    assert np.isnan(fit.record_timestamps).all()


def test_compressed_speed_and_distance_share_three_bytes_and_roll_over_every_256_metres():
    """12 bits of speed in 1/100 m/s, 12 of distance in 1/16 m: 300 is 0x12C, 250 m are 4000 = 0xFA0 sixteenths."""
    metres = np.array([250.0, 253.0, 256.0, 259.0])
    sixteenths = (16 * metres).astype(int) & 0xFFF
    bytes_of = [[0x2C, 0x01 | (s & 0xF) << 4, s >> 4] for s in sixteenths.tolist()]
    run = only_run(
        [records(4, speed=None, distance=None, compressed_speed_distance=bytes_of), session(seconds=4)],
    )
    assert run.columns.speed_mps.tolist() == pytest.approx([3.0] * 4)
    assert run.columns.distance_m.tolist() == pytest.approx(metres.tolist())


def test_a_missing_compressed_speed_is_missing():
    bytes_of = [[0x2C, 0x01, 0x00], [0xFF, 0xFF, 0xFF], [0x2C, 0x01, 0x06]]
    run = only_run([records(3, speed=None, distance=None, compressed_speed_distance=bytes_of), session(seconds=3)])
    np.testing.assert_allclose(run.columns.speed_mps, [3.0, np.nan, 3.0])
    np.testing.assert_allclose(run.columns.distance_m, [0, np.nan, 6.0])


def test_big_endian_definitions_read_the_same():
    fields = {Field(253, Base.UINT32): FIRST + np.arange(3), Field(5, Base.UINT32): [0, 300, 600]}
    fields |= {Field(6, Base.UINT16): 3000, Field(4, Base.UINT8): 84}
    big, small = (
        only_run([raw_message(Message.RECORD, fields, big_endian=big), session(seconds=3)]) for big in (True, False)
    )
    for name in ("time_s", "distance_m", "speed_mps", "cadence_spm"):
        np.testing.assert_array_equal(getattr(big.columns, name), getattr(small.columns, name))
    assert big.columns.distance_m.tolist() == [0, 3, 6]


def test_chained_files_are_read_one_after_the_other():
    first = fit_bytes([records(60), session(seconds=60)])
    second = fit_bytes([records(np.arange(3600.0, 3660.0)), session(start=3600, seconds=60)])
    recording = read(first + second)
    assert [run.start - MORNING for run in recording.runs] == [timedelta(0), timedelta(hours=1)]
    assert len({run.id for run in recording.runs}) == 2
    assert recording.salvaged == ()


def test_a_field_of_one_byte_that_claims_to_be_four_is_read_as_its_byte():
    """COROS declares cadence so: only the byte is known."""
    fields = (Field(253, Base.UINT32), Field(4, Base.UINT32, declared_size=1), Field(6, Base.UINT16))
    rows = table(Definition(20, fields), [FIRST + np.arange(3), np.array([[84], [85], [0xFF]]), 3000])
    run = only_run([rows, session(seconds=3)])
    np.testing.assert_array_equal(run.columns.cadence_spm, [168, 170, np.nan])


@pytest.mark.parametrize("options", [{"header_crc": False}, {"header_size": 12}])
def test_a_header_without_a_checksum_is_a_header(options):
    recording = read(fit_bytes([records(60), session(seconds=60)], **options))
    assert len(recording.runs[0].columns) == 60
    assert recording.salvaged == ()


def test_a_header_that_says_nothing_follows_belongs_to_a_watch_that_lost_power():
    data = bytearray(fit_bytes([records(60), session(seconds=60)]))
    data[4:8] = struct.pack("<I", 0)
    assert len(only_run(bytes(data)).columns) == 60


def test_a_local_type_that_nothing_describes_ends_the_file_but_not_what_came_before():
    """Strava for Android writes such bytes in mid-file."""
    undescribed = bytes([0x0B, 1, 2, 3])
    recording = read([records(60), undescribed, session(seconds=60)])
    assert len(recording.runs[0].columns) == 60
    [why] = recording.salvaged
    assert "kind 11" in why
    assert "60 records before it were kept" in why


@pytest.mark.parametrize(
    ("data", "came"), [(b"", "an empty file"), (bytes(500), "500 NUL bytes"), (b"\x0e\x10FIT", "FIT")]
)
def test_what_is_no_fit_file_is_refused_with_what_came_instead(data, came):
    with pytest.raises(UnreadableFile) as refused:
        decode(data, file="lost.fit")
    assert (refused.value.file, refused.value.wanted, refused.value.where) == ("lost.fit", "a FIT header", "byte 0")
    assert came in refused.value.came


def test_bytes_after_the_end_are_left_out():
    whole = fit_bytes([records(60), session(seconds=60)])
    run, longer = only_run(whole), only_run(whole + b"\0" * 37)
    assert len(longer.columns) == len(run.columns) == 60
    assert decode(whole + b"garbage")[0].trailing_bytes == 7
    assert read(whole + b"garbage").salvaged == ()


def full_of_everything() -> bytes:
    """A small file with every way of writing in it, whole."""
    ground = Field(7, Base.UINT16, developer=0)
    return fit_bytes(
        [
            file_id(serial_number=123),
            timer(0, START),
            developer_data_id(0, application_id=bytes(16), local=4),
            field_description(ground, name="Ground Time", units="ms", local=5),
            interleaved(
                (records(12, stance_time=250.0, position_lat=45.0, position_long=7.0), np.arange(12)),
                (message("hrv", local=6, time=np.full((12, 5), 0.4)), np.arange(12)),
            ),
            records(np.arange(12.0, 20.0), local=7, developer={ground: 251}),
            message(
                "record", local=3, compressed_time=True, timestamp=FIRST + np.arange(20, 24), cadence=84, speed=3.0
            ),
            timer(24, STOP_ALL),
            session(seconds=24),
            message("activity", local=2, timestamp=FIRST + 24, local_timestamp=FIRST + 24 + 3600, num_sessions=1),
        ]
    )


def test_truncated_at_every_byte_what_precedes_the_cut_is_kept():
    whole = full_of_everything()
    [clean] = decode(whole)
    clean_s = clean.record_timestamps
    cadence = clean.table(Message.RECORD).raw(4)
    assert len(clean_s) == 24
    kept = []
    for size in range(len(whole)):
        try:
            recording = read(whole[:size])
        except UnreadableFile:
            assert size < 12, "a file with its header is never refused"
            continue
        [cut] = decode(whole[:size])
        table = cut.table(Message.RECORD)
        count = 0 if table is None else len(table)
        np.testing.assert_array_equal(cut.record_timestamps, clean_s[:count])
        if table is not None:
            np.testing.assert_array_equal(table.raw(4), cadence[:count])
        assert bool(recording.salvaged) is (size < len(whole) - 2), "only its checksum may be missing unsaid"
        kept.append(count)
    assert kept == sorted(kept), "a longer piece never holds less"
    assert kept[-1] == 24


# --- clocks ---------------------------------------------------------------------------------------------------------


def test_a_clock_that_jumps_back_is_put_right_and_said():
    seconds = np.concatenate([np.arange(50.0), np.arange(45.0, 50.0), np.arange(50.0, 100.0)])
    run = only_run([records(seconds), session(seconds=100)])
    assert (np.diff(run.columns.time_s) > 0).all()
    assert len(run.columns) == 100
    assert any("jumped back" in note for note in run.notes)


def test_two_records_of_one_second_are_one_sample():
    run = only_run([records([0, 1, 1, 2], cadence=[84, None, 85, 86], speed=[3.0, 3.1, None, 3.2]), session(seconds=3)])
    assert run.columns.time_s.tolist() == [0, 1, 2]
    assert run.columns.cadence_spm.tolist() == [168, 170, 172]
    assert run.columns.speed_mps.tolist() == pytest.approx([3.0, 3.1, 3.2])


def test_silence_over_a_minute_is_a_gap_and_nothing_is_counted_in_it():
    seconds = np.concatenate([np.arange(60.0), np.arange(180.0, 240.0)])
    run = only_run([records(seconds), session(seconds=240)])
    assert run.gaps == (Span(59, 180),)
    assert run_load(run).strikes == 336  # 168 x 120 / 60


def test_silence_of_just_a_minute_is_how_watches_save_room():
    run = only_run([records([0, 1, 61, 62]), session(seconds=63)])
    assert run.gaps == ()


def test_a_stopped_watch_is_a_pause_and_no_gap():
    seconds = np.concatenate([np.arange(60.0), np.arange(180.0, 240.0)])
    parts = [timer(0, START), records(seconds), timer(60, STOP), timer(180, START), timer(240, STOP_ALL)]
    run = only_run([*parts, session(seconds=240, total_timer_time=120)])
    assert run.pauses == (Span(60, 180),)
    assert run.gaps == ()
    assert (run.timer_s, run.elapsed_s) == (120, 240)
    assert run_load(run).running_s == 120


def test_a_recording_that_spans_weeks_has_gaps_not_weeks_of_running():
    day = 86_400.0
    seconds = np.concatenate([np.arange(60) + 7 * day * week for week in range(3)])
    run = only_run([records(seconds), session(seconds=15 * day)])
    assert len(run.columns) == 180
    assert len(run.gaps) == 2
    load = run_load(run)
    assert load.running_s <= run.timer_s
    assert load.grade is Grade.D, "of two weeks on the watch three minutes were recorded"


def test_one_record_from_another_year_is_a_wrong_clock():
    seconds = np.concatenate([[-400.0 * 86_400], np.arange(60.0)])
    run = only_run([records(seconds, distance=None), session(seconds=60)])
    assert run.start == MORNING
    assert run.notes == ("the clock leapt by months; 1 sample on the wrong side was left out",)


def test_records_without_a_time_are_left_out_and_said_in_good_english():
    columns = {"distance": [0, 3, 6], "speed": 3.0, "cadence": 84}
    run = only_run([message("record", timestamp=[FIRST, None, FIRST + 2], **columns), session(seconds=3)])
    assert run.notes == ("1 sample without a time was left out",)


def test_a_watch_that_counts_from_power_on_tells_the_date_by_its_local_clock():
    on = 5000
    seconds = on + np.arange(60)
    local_morning = int(FIRST + 3600)
    columns = {"distance": 3.0 * np.arange(60), "speed": 3.0, "cadence": 84}
    parts = [
        message("record", timestamp=seconds, **columns),
        message("session", local=1, timestamp=on + 60, start_time=on, sport=RUNNING, total_timer_time=60),
        message("activity", local=2, timestamp=on, local_timestamp=local_morning),
    ]
    run = only_run(parts)
    assert run.start == MORNING + timedelta(hours=1)
    assert len(run.columns) == 60
    assert "the watch knew only its local time" in run.notes


def test_without_any_date_there_is_no_run_to_place():
    recording = read([message("record", timestamp=[10, 11, 12], speed=3.0, cadence=84)])
    assert recording.runs == ()
    assert recording.remarks == ("holds no record with a time",)


@pytest.mark.parametrize(("hours", "known"), [(2, True), (-9.5, True), (0, True), (None, False)])
def test_the_start_is_aware_and_on_the_runners_own_clock_where_the_file_tells_it(hours, known):
    activity = [] if hours is None else [
        message("activity", local=2, timestamp=FIRST + 60, local_timestamp=FIRST + 60 + int(3600 * hours))
    ]  # fmt: skip
    run = only_run([records(60), session(seconds=60), *activity])
    assert run.start == MORNING
    assert run.local_time_known is known
    assert run.start.utcoffset() == timedelta(hours=hours or 0)


def test_a_local_clock_a_few_seconds_off_is_still_a_quarter_hour_from_utc():
    activity = message("activity", local=2, timestamp=FIRST + 60, local_timestamp=FIRST + 60 + 3600 + 7)
    assert only_run([records(60), session(seconds=60), activity]).start.utcoffset() == timedelta(hours=1)


def test_a_local_clock_days_away_is_not_believed():
    activity = message("activity", local=2, timestamp=FIRST + 60, local_timestamp=FIRST + 60 + 5 * 86_400)
    assert not only_run([records(60), session(seconds=60), activity]).local_time_known


# --- where, and by what ---------------------------------------------------------------------------------------------


def test_where_the_run_went_is_not_extracted_unless_asked():
    parts = [records(10, position_lat=45 + np.arange(10) * 1e-4, position_long=7.5), session(seconds=10)]
    assert only_run(parts).track is None
    track = only_run(parts, location=True).track
    assert track.latitude_deg[0] == pytest.approx(45, abs=1e-6)
    assert track.longitude_deg[-1] == pytest.approx(7.5, abs=1e-6)
    assert all("deg" not in name for name in only_run(parts).columns.__slots__)


def test_a_run_without_satellites_has_speed_and_distance_all_the_same():
    run = only_run([records(60), session(seconds=60)], location=True)
    assert run.track is None
    assert run.columns.distance_m[-1] == pytest.approx(177)


def test_distance_comes_from_positions_where_the_watch_wrote_none():
    # a ten-thousandth of a degree of latitude is 11.12 m on the mean sphere
    parts = [
        records(5, speed=None, distance=None, position_lat=45 + np.arange(5) * 1e-4, position_long=7.5),
        session(seconds=5),
    ]
    run = only_run(parts)
    assert run.columns.distance_m[-1] == pytest.approx(4 * 11.12, abs=0.1)
    assert run.columns.speed_mps[0] == pytest.approx(11.12, abs=0.05)


def test_distance_comes_from_speed_where_there_is_nothing_else():
    run = only_run([records(5, distance=None), session(seconds=5)])
    assert run.columns.distance_m.tolist() == pytest.approx([0, 3, 6, 9, 12])


def test_the_device_and_its_serial_are_told():
    device = only_run([file_id(serial_number=3_900_000_001), records(5), session(seconds=5)]).device
    assert (device.maker, device.product, device.serial) == ("Garmin", "3113", "3900000001")
    nobody = only_run([records(5), session(seconds=5)]).device
    assert (nobody.maker, nobody.product, nobody.serial) == (None, None, None)
    unnamed = only_run([file_id(manufacturer=65_000), records(5), session(seconds=5)]).device
    assert unnamed.maker == "maker 65000"


# --- numbers that no watch writes, but a damaged file may hold ------------------------------------------------------


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e300, -1e300, 3e38])
@pytest.mark.parametrize("number", [0, 2, 5, 6, 41, 73, 78, 84])
def test_a_number_beyond_all_numbers_is_not_measured(number, value):
    fields = {Field(253, Base.UINT32): FIRST + np.arange(4), Field(4, Base.UINT8): 84}
    fields |= {Field(number, Base.FLOAT64): [3000, value, 3000, value]}
    run = only_run([raw_message(Message.RECORD, fields), session(seconds=4)])
    for name in run.columns.__slots__:
        assert not np.isinf(getattr(run.columns, name)).any()
    run_load(run)


def test_a_signalling_nan_is_only_not_measured():
    fields = {Field(253, Base.UINT32): FIRST + np.arange(2), Field(6, Base.UINT32): [0x7F800001, 0x7FA00000]}
    data = bytearray(fit_bytes([raw_message(Message.RECORD, fields), session(seconds=2)]))
    at = data.index(bytes([6, 4, 0x86]))
    data[at + 2] = 0x88  # those four bytes are a float32
    [fit] = decode(bytes(data))
    assert np.isnan(fit.table(Message.RECORD).raw(6)).all()


@pytest.mark.parametrize("value", [1e19, np.inf, 1e300])
def test_a_time_beyond_all_clocks_tells_no_date(value):
    times = [FIRST, FIRST + 1, value, FIRST + 3]
    fields = {Field(253, Base.FLOAT64): times, Field(4, Base.UINT8): 84, Field(6, Base.UINT16): 3000}
    run = only_run([raw_message(Message.RECORD, fields), session(seconds=4)])
    assert run.columns.time_s.tolist() == [0, 1, 3]


def test_a_time_written_as_an_array_is_its_first_value():
    compressed = message("record", local=1, compressed_time=True, timestamp=FIRST + np.array([2, 3]), cadence=84)
    times = np.array([[FIRST, 7], [FIRST + 1, 7]])
    fields = {Field(253, Base.UINT32, 2): times, Field(4, Base.UINT8): 84}
    for more in ([], [compressed]):
        [fit] = decode(fit_bytes([raw_message(Message.RECORD, fields), *more]))
        assert (fit.record_timestamps - FIRST).tolist() == [0, 1, 2, 3][: 2 + 2 * len(more)]


def test_a_description_written_as_arrays_is_its_first_values():
    description = {Field(0, Base.UINT8, 2): [0, 9], Field(1, Base.UINT8, 2): [0, 9], Field(2, Base.UINT8, 2): [0x84, 9]}
    parts = [raw_message(Message.FIELD_DESCRIPTION, description, local=5), records(2, developer={POWER: 250})]
    [fit] = decode(fit_bytes(parts))
    assert [(field.developer, field.number, field.base.name) for field in fit.developer_fields] == [(0, 0, "uint16")]


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e300, 1e14])
@pytest.mark.parametrize(
    ("message_number", "number"),
    [(18, 2), (18, 5), (18, 6), (18, 7), (18, 8), (18, 9), (34, 5), (34, 253), (0, 1), (0, 3)],
)
def test_summaries_beyond_all_numbers_are_left_out(message_number, number, value):
    fields = {Field(253, Base.UINT32): FIRST + 60, Field(2, Base.UINT32): FIRST, Field(5, Base.ENUM): RUNNING}
    if message_number != Message.SESSION:
        fields = {Field(253, Base.UINT32): FIRST + 60, Field(5, Base.UINT32): FIRST + 60}
    fields = {field: given for field, given in fields.items() if field.number != number}
    broken = raw_message(message_number, {**fields, Field(number, Base.FLOAT64): value}, local=1)
    recording = read([records(60), broken])
    for run in recording.runs:
        run_load(run)
        assert run.end > run.start
    assert len(recording.runs) + len(recording.others) == 1
