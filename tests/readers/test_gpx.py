"""GPX: made files for every trap, and the real ones against gpxpy and the index."""

import csv
from datetime import timedelta
from pathlib import Path

import gpxpy
import numpy as np
import pytest

from calfwise.errors import UnreadableFile
from calfwise.model.run import Run, Span
from calfwise.readers.gpx import looks_like_gpx, read_gpx
from calfwise.readers.recording import Recording
from tests.readers.xml_fixtures import DECLARATION, START, garmin, gpx, jog, segment, trk, trkpt

REAL = Path(__file__).resolve().parents[2] / "../shared/data/recordings"
MINUTE = gpx(trk(segment(jog(0, 61))))


def read(data: bytes, *, location: bool = False) -> Recording:
    return read_gpx(data, file="made.gpx", location=location)


def only_run(data: bytes, *, location: bool = False) -> Run:
    recording = read(data, location=location)
    assert len(recording.runs) == 1, recording
    return recording.runs[0]


def test_a_minute_at_three_metres_a_second_is_180_metres():
    run = only_run(MINUTE)
    assert (run.elapsed_s, run.timer_s, len(run.columns)) == (60, 60, 61)
    assert run.distance_m == pytest.approx(180, abs=0.1)
    assert run.columns.speed_mps == pytest.approx(3.0, abs=0.01)
    assert (run.start, run.local_time_known, run.format, run.device.product) == (START, False, "gpx", "us")


def test_the_id_follows_the_bytes_and_the_place_in_the_file():
    first, second = read(gpx(trk(segment(jog(0, 60))), trk(segment(jog(90, 180))))).runs
    assert first.id[:16] == second.id[:16]
    assert (first.id[16:], second.id[16:]) == (":0", ":1")
    assert only_run(MINUTE).id == only_run(MINUTE).id != only_run(MINUTE + b" ").id


def test_positions_leave_the_reader_only_when_asked_for():
    assert only_run(MINUTE).track is None
    track = only_run(MINUTE, location=True).track
    assert track is not None
    assert len(track.latitude_deg) == 61


def test_a_watch_counts_strides_and_we_count_steps():
    data = gpx(trk(segment(jog(0, 60, inside=garmin("<gpxtpx:hr>150</gpxtpx:hr><gpxtpx:cad>85</gpxtpx:cad>")))))
    columns = only_run(data).columns
    assert set(columns.cadence_spm) == {170}
    assert set(columns.heart_rate) == {150}


def test_cadence_that_is_in_steps_already_is_not_doubled():
    run = only_run(gpx(trk(segment(jog(0, 60, inside=garmin("<gpxtpx:cad>168</gpxtpx:cad>"))))))
    assert set(run.columns.cadence_spm) == {168}
    assert "not doubled" in run.notes[0]


@pytest.mark.parametrize(
    ("inside", "column", "value"),
    [
        ("<ele>-20.5</ele>", "altitude_m", -20.5),
        ("<speed>3.25</speed>", "speed_mps", 3.25),
        ("<extensions><power>250</power></extensions>", "power_w", 250),
        (garmin("<gpxtpx:atemp>21</gpxtpx:atemp>"), "temperature", 21),
        (garmin("<gpxtpx:speed>3.5</gpxtpx:speed>"), "speed_mps", 3.5),
        (garmin("<pwr:PowerInWatts>240</pwr:PowerInWatts>"), "power_w", 240),
        ("<extensions><gpxdata:hr>140</gpxdata:hr></extensions>", "heart_rate", 140),
        ("<extensions><gpxdata:cadence>84</gpxdata:cadence></extensions>", "cadence_spm", 168),
        ("<extensions><opentracks:cadence>84</opentracks:cadence></extensions>", "cadence_spm", 168),
        (garmin("<opentracks:power>230</opentracks:power>"), "power_w", 230),
        (garmin("<gpxtpx:cad><!-- per leg -->80</gpxtpx:cad>"), "cadence_spm", 160),
        ("<ele><![CDATA[12,5]]></ele>", "altitude_m", 12.5),
    ],
)
def test_every_extension_is_read_with_its_prefix_declared_or_not(inside, column, value):
    run = only_run(gpx(trk(segment(jog(0, 30, inside=inside)))))
    assert set(getattr(run.columns, column)) == {value}


def test_a_pulse_of_zero_is_a_lost_strap():
    run = only_run(gpx(trk(segment(jog(0, 30, inside=garmin("<gpxtpx:hr>0</gpxtpx:hr>"))))))
    assert np.isnan(run.columns.heart_rate).all()


def test_cluetrust_distance_counts_from_the_start_and_opentracks_own_does_not():
    def point(second: int) -> str:
        told = f"<opentracks:distance>2</opentracks:distance><cluetrust:distance>{2 * second}</cluetrust:distance>"
        return trkpt(second, metres=3 * second, inside=f"<extensions>{told}</extensions>")

    assert only_run(gpx(trk(segment("".join(map(point, range(61))))))).distance_m == 120


def test_a_distance_that_few_samples_carry_gives_way_to_positions():
    told = trkpt(60, metres=180, inside="<extensions><cluetrust:distance>12</cluetrust:distance></extensions>")
    assert only_run(gpx(trk(segment(jog(0, 60) + told)))).distance_m == pytest.approx(180, abs=0.1)


def test_segments_are_separated_by_a_pause():
    run = only_run(gpx(trk(segment(jog(0, 61)), segment(""), segment(jog(90, 151)))))
    assert run.pauses == (Span(60, 90),)
    assert (run.elapsed_s, run.timer_s, run.gaps) == (150, 120, ())


def test_a_segment_that_follows_at_once_is_no_pause():
    assert only_run(gpx(trk(segment(jog(0, 60)), segment(jog(60, 120))))).pauses == ()


def test_a_long_silence_in_a_segment_is_a_gap_and_not_time_on_the_run():
    run = only_run(gpx(trk(segment(jog(0, 61) + jog(160, 221)))))
    assert (run.gaps, run.pauses, run.timer_s) == ((Span(60, 160),), (), 120)


def test_old_opentracks_marks_a_stop_with_a_latitude_off_the_globe():
    marks = [trkpt(61, metres=0), trkpt(99, metres=0)]
    stop, go = (mark.replace('lat="0.00000000"', f'lat="{lat}"') for mark, lat in zip(marks, (100, 200), strict=True))
    run = only_run(gpx(trk(segment(jog(0, 61) + stop + go + jog(100, 161)))))
    assert (run.pauses, len(run.columns)) == ((Span(60, 100),), 122)


@pytest.mark.parametrize("sport", ["running", "9", "trail_running", "Treadmill Running", "virtual_run", "jogging"])
def test_these_words_are_a_run_even_at_walking_pace(sport):
    assert only_run(gpx(trk(segment(jog(0, 60, mps=1.0)), sport=sport))).sport == "running"


def test_the_kind_of_run_is_kept():
    assert only_run(gpx(trk(segment(jog(0, 60)), sport="trail_running"))).sub_sport == "trail"


@pytest.mark.parametrize("sport", ["hiking", "cycling", "1", "mountain biking"])
def test_these_words_are_no_run_even_at_running_pace(sport):
    recording = read(gpx(trk(segment(jog(0, 60)), sport=sport)))
    assert recording.runs == ()
    assert len(recording.others) == 1
    assert recording.remarks[0].startswith("not a run: ")


@pytest.mark.parametrize("mps", [2.0, 3.0, 5.0])
@pytest.mark.parametrize("sport", [None, "unknown"])
def test_an_untyped_track_at_running_speed_is_a_run(sport, mps):
    assert only_run(gpx(trk(segment(jog(0, 300, mps=mps)), sport=sport))).sport == "running"


@pytest.mark.parametrize("mps", [1.4, 7.5])
def test_an_untyped_track_at_another_speed_is_no_run(mps):
    other = read(gpx(trk(segment(jog(0, 300, mps=mps)), sport=None))).others[0]
    assert (other.sport, other.duration_s) == ("unknown", 299)


def test_town_cycling_rolls_faster_than_runners_go():
    pace = [4.8] * 240 + [8.0] * 60
    points = "".join(trkpt(second, metres=metres) for second, metres in enumerate(np.cumsum(pace)))
    assert read(gpx(trk(segment(points), sport=None))).runs == ()


def test_each_track_is_a_session():
    recording = read(gpx(trk(segment(jog(0, 60))), trk(), trk(segment(jog(90, 180)), sport="cycling")))
    assert [run.id[17:] for run in recording.runs] == ["0"]
    assert [other.id[17:] for other in recording.others] == ["1"]
    assert recording.remarks == ()


def test_an_offset_in_the_times_is_the_runners_own_clock():
    data = MINUTE.replace(b"T07:", b"T08:").replace(b"Z</time>", b"+01:00</time>")
    run = only_run(data)
    assert (run.start, run.start.utcoffset(), run.local_time_known) == (START, timedelta(hours=1), True)


def test_times_without_a_zone_are_read_as_utc_and_the_runner_is_told():
    run = only_run(MINUTE.replace(b"Z</time>", b"</time>"))
    assert (run.start, run.local_time_known) == (START, False)
    assert run.notes == ("the times name no time zone: they were read as UTC",)


def test_times_may_carry_fractions_of_any_length():
    run = only_run(MINUTE.replace(b":00Z", b":00.5Z").replace(b":30Z", b":30.1234567Z"))
    assert run.columns.time_s[30] == pytest.approx(29.623456)


def test_points_without_a_time_are_left_out():
    run = only_run(gpx(trk(segment(jog(0, 30) + trkpt(30, metres=90, time="") + jog(31, 60)))))
    assert len(run.columns) == 59
    assert run.notes == ("1 sample without a time was left out",)


def test_a_clock_that_jumps_back_does_not_turn_time_around():
    run = only_run(gpx(trk(segment(jog(0, 60) + jog(50, 55) + jog(60, 90)))))
    assert (np.diff(run.columns.time_s) > 0).all()


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (gpx(trk(segment("".join(trkpt(0, metres=m, time="") for m in range(9))))), "no sample has a time"),
        (gpx(trk(segment(trkpt(0, metres=0, time="0001-01-01T00:00:00Z")))), "no sample has a time"),
        (gpx("<rte><rtept lat='0' lon='0'/></rte>"), "it holds no samples: a planned route, or totals only"),
        (gpx(), "it holds no samples: a planned route, or totals only"),
    ],
)
def test_a_file_without_a_run_says_why(data, remark):
    assert read(data) == Recording(remarks=(remark,))


@pytest.mark.parametrize(
    "before",
    [b"\xef\xbb\xbf", b" ", b"\r\n\t ", b"\xef\xbb\xbf\n", b" \xef\xbb\xbf"],
    ids=["BOM", "space", "lines", "BOM and line", "space and BOM"],
)
def test_what_precedes_the_declaration_is_skipped(before):
    assert looks_like_gpx(before + MINUTE[:200])
    assert len(only_run(before + MINUTE).columns) == 61


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("declared", ["UTF-8", "utf-16"])
def test_two_bytes_a_letter_are_read_whatever_the_file_declares(encoding, declared):
    data = MINUTE.decode().replace("UTF-8", declared).encode(encoding)
    assert looks_like_gpx(data[:400])
    assert len(only_run(data).columns) == 61


def test_a_file_that_only_claims_to_be_utf_16_is_read():
    assert len(only_run(MINUTE.replace(b"UTF-8", b"utf-16")).columns) == 61


def test_letters_of_another_alphabet_cost_nothing():
    data = MINUTE.replace(b"<type>", b"<name>Stra\xdfe</name><type>")
    assert len(only_run(data.replace(b"UTF-8", b"ISO-8859-1")).columns) == 61
    recording = read(data)
    assert len(recording.runs[0].columns) == 61
    assert recording.salvaged == ("line 4 is damaged (letters that could not be read): all 61 samples were kept",)


def test_an_undeclared_prefix_on_everything_is_survived():
    data = MINUTE.replace(b"<", b"<g:").replace(b"<g:/", b"</g:").replace(b"<g:?", b"<?")
    recording = read(data)
    assert len(recording.runs[0].columns) == 61
    assert recording.salvaged == ()


def test_gpx_1_0_and_gpx_without_a_namespace_are_read():
    assert len(only_run(MINUTE.replace(b"GPX/1/1", b"GPX/1/0")).columns) == 61
    assert len(only_run(MINUTE.replace(b'xmlns="http://www.topografix.com/GPX/1/1"', b"")).columns) == 61


def test_a_truncated_file_keeps_the_samples_before_the_break():
    cut = MINUTE.index(b"07:00:30Z") + 4  # within the 31st sample's time, on line 36
    recording = read(MINUTE[:cut])
    assert len(recording.runs[0].columns) == 30
    assert recording.salvaged == ("the file breaks off at line 36: 30 of 31 samples were kept",)


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_wherever_the_end_is_missing_no_half_number_becomes_a_sample(cut):
    run = read(MINUTE[:-cut]).runs[0]
    assert run.columns.distance_m[-1] == pytest.approx(3 * run.elapsed_s, abs=0.1)


def test_a_stray_ampersand_costs_no_sample():
    recording = read(MINUTE.replace(b"<type>", b"<name>Rock & Roll</name><type>"))
    assert len(recording.runs[0].columns) == 61
    assert recording.salvaged == ("line 4 is damaged (a stray & or <): all 61 samples were kept",)


def test_empty_bytes_in_the_middle_do_not_join_numbers():
    recording = read(MINUTE.replace(b'lat="0.000809', b'lat="0.0\0\0\09'))
    run = recording.runs[0]
    assert run.distance_m == pytest.approx(180, abs=0.1)
    assert recording.salvaged[0].endswith("is damaged (empty bytes): all 61 samples were kept")


def test_empty_bytes_after_the_end_are_no_damage():
    assert read(MINUTE + b"\0" * 512).salvaged == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("mark", ['<!DOCTYPE gpx SYSTEM "file:///etc/passwd">', '<!DOCTYPE gpx [<!ENTITY a "b">]>'])
def test_a_document_type_is_refused_before_parsing(mark, encoding):
    text = MINUTE.decode().replace(DECLARATION, DECLARATION + mark)
    with pytest.raises(UnreadableFile, match="refused for safety"):
        read(text.encode(encoding))


def test_a_document_type_hidden_in_an_odd_alphabet_is_refused_too():
    text = MINUTE.decode().removeprefix(DECLARATION)
    hidden = '<?xml version="1.0" encoding="UTF-7"?>' + '+ADw-!DOCTYPE gpx [+ADw-!ENTITY a "b">]>' + text
    with pytest.raises(UnreadableFile):
        read(hidden.encode())


@pytest.mark.parametrize(
    ("data", "came"),
    [
        (b"", "an empty file"),
        (b" \r\n", "an empty file"),
        (b"\0" * 100, "an empty file"),
        (b"<html><body>Please log in</body></html>", "<html>"),
        (b"<TrainingCenterDatabase/>", "<TrainingCenterDatabase>"),
        (b"\x0e\x10\xd9\x07", "no XML"),
        (b"<!-- -->" * 3000, "no XML"),
    ],
)
def test_what_is_no_gpx_is_refused_in_words(data, came):
    assert not looks_like_gpx(data)
    with pytest.raises(UnreadableFile, match=f"wanted a GPX file, got .*{came}"):
        read(data)


def test_a_day_of_seconds_is_read_in_batches_as_one_run():
    run = only_run(
        gpx(trk(segment(jog(0, 10_000, mps=2.5, inside="<ele>5</ele>")), segment(jog(10_000, 20_000, mps=2.5))))
    )
    assert len(run.columns) == 20_000
    assert run.distance_m == pytest.approx(2.5 * 19_999, rel=1e-4)
    assert np.isfinite(run.columns.altitude_m).sum() == 10_000


# The real recordings.


def real_index() -> dict[str, dict[str, str]]:
    """The rows of index.csv for GPX files; none where the data are not."""
    if not REAL.is_dir():
        return {}
    with (REAL / "index.csv").open(encoding="utf-8") as index:
        return {row["file"]: row for row in csv.DictReader(index) if row["file"].endswith(".gpx")}


INDEX = real_index()
needs_real = pytest.mark.skipif(not INDEX, reason=f"no real recordings at {REAL}")

NOT_RUNS = {
    "OpenTracks__gpx_timezone.gpx": "one point has no speed",
    "OpenTracks__gpx11_without_speed.gpx": "three points, 38 m apart, at 0.8 m/s",
    "OpenTracks__legacy_gpx_pause_resume.gpx": 'typed "the category"',
    "OpenTracks__legacy_gpx_trackpointextensions_incorrect.gpx": "mountain biking",
    "sweatpy__4801048867_strava.gpx": "Strava's type 1, a ride",
    "sweatpy__activity_5039744860.gpx": "cycling",
}
FEWER_SAMPLES = {"runpandas__stopped_example.gpx": 1}
"""Two points share a time and become one sample."""


@needs_real
@pytest.mark.real
@pytest.mark.parametrize("file", INDEX)
def test_a_real_gpx_file_holds_what_the_index_says(file):
    recording = read_gpx((REAL / file).read_bytes(), file=file)
    row = INDEX[file]
    assert recording.salvaged == ()
    if file in NOT_RUNS:
        assert (len(recording.runs), len(recording.others)) == (0, 1), NOT_RUNS[file]
        return
    assert len(recording.runs) == 1
    run = recording.runs[0]
    assert len(run.columns) == int(row["records"]) - FEWER_SAMPLES.get(file, 0)
    assert run.elapsed_s == pytest.approx(float(row["duration_s"]), abs=0.001)


@needs_real
@pytest.mark.real
@pytest.mark.parametrize("file", sorted(set(INDEX) - set(NOT_RUNS) - set(FEWER_SAMPLES)))
def test_a_real_gpx_file_reads_as_gpxpy_reads_it(file):
    data = (REAL / file).read_bytes()
    theirs = [point for point, *_ in gpxpy.parse(data.decode()).walk()]
    run = read_gpx(data, file=file, location=True).runs[0]
    assert run.track is not None
    times = np.array([point.time.timestamp() for point in theirs])
    assert run.columns.time_s == pytest.approx(times - times[0], abs=1e-5)
    assert np.array_equal(run.track.latitude_deg, [point.latitude for point in theirs])
    assert np.array_equal(run.track.longitude_deg, [point.longitude for point in theirs])
    elevations = np.array([np.nan if point.elevation is None else point.elevation for point in theirs])
    assert np.array_equal(run.columns.altitude_m, elevations, equal_nan=True)
    for name, factor, column in (("hr", 1, run.columns.heart_rate), ("cad", 2, run.columns.cadence_spm)):
        assert np.array_equal(column, factor * extension(theirs, name), equal_nan=True)


def extension(points: list[gpxpy.gpx.GPXTrackPoint], name: str) -> np.ndarray:
    """A column of Garmin's extension as gpxpy leaves it: elements."""
    texts = [
        [e.text for outer in point.extensions for e in outer.iter() if e.tag.endswith("}" + name)] for point in points
    ]
    return np.array([float(found[0]) if found else np.nan for found in texts])


@needs_real
@pytest.mark.real
def test_a_run_in_gpx_is_about_as_long_as_the_same_run_in_tcx():
    run = read_gpx((REAL / "runpandas__run.gpx").read_bytes(), file="run.gpx").runs[0]
    assert run.distance_m == pytest.approx(4824.94, rel=0.005)  # what the watch wrote into runpandas__run.tcx
