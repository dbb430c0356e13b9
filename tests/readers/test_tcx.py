"""TCX: made files for every trap, and the real ones against the index."""

import csv
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from calfwise.errors import UnreadableFile
from calfwise.model.run import Device, Run, Span
from calfwise.readers.recording import Recording
from calfwise.readers.tcx import looks_like_tcx, read_tcx
from tests.readers.xml_fixtures import (
    DECLARATION,
    EXTENSION_NAMESPACE,
    START,
    TCX_NAMESPACE,
    activity,
    at,
    lap,
    tcx,
    tpx,
    track,
    trackpoint,
    treads,
    trkpt,
)

REAL = Path(__file__).resolve().parents[2] / "../shared/data/recordings"
MINUTE = tcx(activity(lap(track(treads(0, 61)), timer_s=60)))


def read(data: bytes, *, location: bool = False) -> Recording:
    return read_tcx(data, file="made.tcx", location=location)


def only_run(data: bytes, *, location: bool = False) -> Run:
    recording = read(data, location=location)
    assert len(recording.runs) == 1, recording
    return recording.runs[0]


def with_points(inside: str) -> bytes:
    return tcx(activity(lap(track(treads(0, 30, inside=inside)), timer_s=30)))


def test_a_minute_at_three_metres_a_second_is_180_metres():
    run = only_run(MINUTE)
    assert (run.elapsed_s, run.timer_s, run.distance_m, len(run.columns)) == (60, 60, 180, 61)
    assert set(run.columns.speed_mps) == {3.0}
    assert (run.start, run.local_time_known, run.format, run.sport) == (START, False, "tcx", "running")
    assert run.track is None


@pytest.mark.parametrize("prefix", ["ns3", "x", "undeclared"])
def test_run_cadence_counts_one_leg_in_whatever_prefix(prefix):
    run = only_run(with_points(tpx(f"<{prefix}:RunCadence>85</{prefix}:RunCadence>", prefix=prefix)))
    assert set(run.columns.cadence_spm) == {170}


def test_the_extension_may_be_a_default_namespace():
    inside = f'<Extensions><TPX xmlns="{EXTENSION_NAMESPACE}"><RunCadence>85</RunCadence></TPX></Extensions>'
    assert set(only_run(with_points(inside)).columns.cadence_spm) == {170}


def test_cadence_of_version_one_counts_one_leg_too():
    assert set(only_run(with_points("<Cadence>85</Cadence>")).columns.cadence_spm) == {170}


def test_a_treadmill_that_counts_steps_is_not_doubled():
    run = only_run(with_points("<Cadence>166</Cadence>"))
    assert set(run.columns.cadence_spm) == {166}
    assert "not doubled" in run.notes[0]


@pytest.mark.parametrize(
    ("inside", "column", "value"),
    [
        ("<AltitudeMeters>-3.5</AltitudeMeters>", "altitude_m", -3.5),
        ("<HeartRateBpm><Value>151</Value></HeartRateBpm>", "heart_rate", 151),
        ("<HeartRateBpm>151</HeartRateBpm>", "heart_rate", 151),
        (tpx("<ns3:Speed>3.25</ns3:Speed>"), "speed_mps", 3.25),
        (tpx("<Speed>3.25</Speed>"), "speed_mps", 3.25),
        (tpx("<ns3:Watts>250</ns3:Watts>"), "power_w", 250),
    ],
)
def test_every_column_is_read(inside, column, value):
    assert set(getattr(only_run(with_points(inside)).columns, column)) == {value}


def test_a_stranger_s_speed_is_not_ours():
    run = only_run(with_points('<Extensions><Speed xmlns="http://kilometres.example/an/hour">11</Speed></Extensions>'))
    assert set(run.columns.speed_mps) == {3.0}


def test_numbers_of_a_lap_are_not_numbers_of_a_sample():
    bare = trackpoint(0, metres=None) + treads(1, 60) + trackpoint(60, metres=None)
    after = tpx("<ns3:AvgRunCadence>85</ns3:AvgRunCadence><Speed>9</Speed>")
    made_lap = lap(track(bare), timer_s=60).replace("</Lap>", after + "<DistanceMeters>4988</DistanceMeters></Lap>")
    run = only_run(tcx(activity(made_lap)))
    assert np.isnan(run.columns.distance_m[[0, -1]]).all()
    assert run.distance_m == 3 * 59


def test_positions_give_the_distance_a_file_lacks_and_are_shown_only_when_asked_for():
    def point(second: int) -> str:
        lat = trkpt(second, metres=3.0 * second).split('"')[1]
        position = f"<LatitudeDegrees>{lat}</LatitudeDegrees><LongitudeDegrees>0</LongitudeDegrees>"
        return trackpoint(second, metres=None, inside=f"<Position>{position}</Position>")

    data = tcx(activity(lap(track("".join(map(point, range(61)))), timer_s=60)))
    assert only_run(data).distance_m == pytest.approx(180, abs=0.1)
    assert only_run(data).track is None
    assert only_run(data, location=True).track is not None
    stuck = data.replace(b"<Position>", b"<DistanceMeters>0.0</DistanceMeters><Position>")
    assert only_run(stuck).distance_m == pytest.approx(180, abs=0.1)


def test_laps_and_tracks_are_joined_and_their_times_added():
    laps = (
        lap(track(treads(0, 30)), track(""), track(treads(30, 60)), timer_s=60),
        lap(track(treads(60, 91)), timer_s=30),
    )
    run = only_run(tcx(activity(*laps)))
    assert (len(run.columns), run.timer_s, run.distance_m, run.pauses) == (91, 90, 270, ())


def test_a_distance_that_starts_again_in_each_lap_is_joined():
    second = "".join(trackpoint(s, metres=3.0 * (s - 60)) for s in range(60, 121))
    run = only_run(tcx(activity(lap(track(treads(0, 60)), timer_s=60), lap(track(second), timer_s=60))))
    assert run.distance_m == 177 + 180  # 177 m at the last sample of the first lap


def test_a_hole_that_the_timer_leaves_out_is_a_pause():
    laps = lap(track(treads(0, 61)), timer_s=60), lap(track(treads(90, 151)), timer_s=60)
    run = only_run(tcx(activity(*laps)))
    assert (run.pauses, run.timer_s, run.elapsed_s) == ((Span(60, 90),), 120, 150)


def test_a_hole_that_the_timer_counted_is_no_pause():
    laps = lap(track(treads(0, 61)), timer_s=60), lap(track(treads(90, 151)), timer_s=90)
    assert only_run(tcx(activity(*laps))).pauses == ()


def test_a_pause_within_a_track_is_found_by_the_timer():
    made = lap(track(treads(0, 61) + treads(100, 161) + treads(240, 301)), timer_s=60 + 100 + 60)
    run = only_run(tcx(activity(made)))
    assert run.pauses == (Span(160, 240),)
    assert run.gaps == ()


def test_a_silence_the_timer_counted_stays_a_gap():
    run = only_run(tcx(activity(lap(track(treads(0, 61) + treads(140, 201)), timer_s=200))))
    assert (run.pauses, run.gaps) == ((), (Span(60, 140),))


def test_without_a_timer_every_hole_between_laps_is_a_pause():
    laps = lap(track(treads(0, 61)), timer_s=None), lap(track(treads(90, 151)), timer_s=60)
    run = only_run(tcx(activity(*laps)))
    assert (run.pauses, run.timer_s) == ((Span(60, 90),), 120)


def test_a_timer_longer_than_the_samples_makes_the_run_as_long():
    run = only_run(tcx(activity(lap(track(treads(0, 61)), timer_s=63.5))))
    assert (run.timer_s, run.elapsed_s) == (63.5, 63.5)


def test_the_creator_is_the_device():
    creator = (
        "<Creator><Name>Garmin Forerunner 620</Name><UnitId>3825902080</UnitId><ProductID>1623</ProductID>"
        "<Version><VersionMajor>3</VersionMajor><VersionMinor>30</VersionMinor></Version></Creator>"
    )
    data = tcx(activity(lap(track(treads(0, 9)), timer_s=9), after=creator))
    assert only_run(data).device == Device(
        maker="garmin", product="Garmin Forerunner 620, software 3.30", serial="3825902080"
    )
    assert only_run(data.replace(b"3825902080", b"0")).device.serial is None
    assert only_run(MINUTE).device == Device()


def test_every_activity_is_a_session_of_its_own():
    ride = activity(lap(track(treads(0, 60, mps=8.0)), timer_s=60), sport="Biking")
    run = activity(lap(track(treads(100, 160)), timer_s=60))
    recording = read(
        tcx(f"<MultiSportSession><FirstSport>{ride}</FirstSport><NextSport>{run}</NextSport></MultiSportSession>")
    )
    assert [(other.sport, other.id[16:]) for other in recording.others] == [("cycling", ":0")]
    assert [(each.sport, each.id[16:]) for each in recording.runs] == [("running", ":1")]
    assert recording.remarks == ()


@pytest.mark.parametrize(("mps", "runs"), [(3.0, 1), (1.2, 0), (8.0, 0)])
def test_other_is_a_run_when_it_moves_like_one(mps, runs):
    assert len(read(tcx(activity(lap(track(treads(0, 60, mps=mps)), timer_s=60), sport="Other"))).runs) == runs


def test_biking_at_running_speed_is_no_run():
    recording = read(tcx(activity(lap(track(treads(0, 60)), timer_s=60), sport="Biking")))
    assert recording.remarks == ("not a run: cycling",)
    assert (recording.others[0].duration_s, recording.others[0].distance_m) == (60, 177)


def test_version_one_keeps_its_runs_in_a_folder():
    run = f"<Run><Id>{at(0)}</Id>{lap(track(treads(0, 61)), timer_s=60)}</Run>"
    body = f"<History><Running Name='all'>{run}</Running><Biking>{run}</Biking></History>"
    old = TCX_NAMESPACE.replace("v2", "v1")
    recording = read(f'<TrainingCenterDatabase xmlns="{old}">{body}</TrainingCenterDatabase>'.encode())
    assert [each.timer_s for each in recording.runs] == [60]
    assert [other.sport for other in recording.others] == ["cycling"]


def test_a_course_is_a_plan():
    course = f"<Courses><Course><Name>Loop</Name>{track(treads(0, 60))}</Course></Courses>"
    recording = read(f'<TrainingCenterDatabase xmlns="{TCX_NAMESPACE}">{course}</TrainingCenterDatabase>'.encode())
    assert recording == Recording(remarks=("it holds a planned route, not a recording",))


@pytest.mark.parametrize(
    ("points", "remark"),
    [
        ("", "it holds no samples: a planned route, or totals only"),
        (trackpoint(0, metres=0.0, time="") + trackpoint(0, metres=9.0, time="noon"), "no sample has a time"),
    ],
)
def test_a_file_without_a_run_says_why(points, remark):
    assert read(tcx(activity(lap(track(points), timer_s=60)))) == Recording(remarks=(remark,))


def test_points_without_time_or_distance_do_not_stop_the_reader():
    points = treads(0, 30) + trackpoint(30, metres=90.0, time="") + trackpoint(31, metres=None) + treads(32, 60)
    run = only_run(tcx(activity(lap(track(points), timer_s=60))))
    assert (len(run.columns), run.distance_m) == (59, 177)
    assert np.flatnonzero(np.isnan(run.columns.distance_m)).tolist() == [30]
    assert run.columns.speed_mps == pytest.approx(3.0)


def test_a_watch_whose_clock_nobody_set_takes_the_date_from_its_name():
    unset = MINUTE.replace(b"<Time>2026-03-01T07:", b"<Time>1989-12-31T00:")
    run = only_run(unset)
    assert run.start == START
    assert run.notes == ("the watch's clock was not set: the date was taken from the file's own name for the run",)


def test_times_with_an_offset_tell_the_runners_own_clock():
    run = only_run(MINUTE.replace(b"Z</Time>", b"-03:00</Time>"))
    assert (run.start, run.start.utcoffset()) == (START + timedelta(hours=3), timedelta(hours=-3))
    assert run.local_time_known


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b" \n", b" \xef\xbb\xbf"])
def test_what_precedes_the_declaration_is_skipped(before):
    assert looks_like_tcx(before + MINUTE[:200])
    assert len(only_run(before + MINUTE).columns) == 61


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_read(encoding):
    data = MINUTE.decode().encode(encoding)
    assert looks_like_tcx(data[:400])
    assert len(only_run(data).columns) == 61


def test_a_file_that_lost_its_first_element_is_read():
    lines = MINUTE.splitlines(keepends=True)
    assert lines[1].startswith(b"<TrainingCenterDatabase")
    headless = b"".join([lines[0], *lines[2:-1]])
    assert looks_like_tcx(headless)
    assert len(only_run(headless).columns) == 61
    assert read(headless).salvaged == ()


@pytest.mark.parametrize("kept", [1, 10, 45])
def test_a_truncated_file_keeps_the_samples_before_the_break(kept):
    broken = MINUTE[: MINUTE.index(f"<DistanceMeters>{3.0 * kept}".encode()) + len("<DistanceMeters>1")]
    recording = read(broken)
    assert recording.salvaged == (f"the file breaks off at line {kept + 10}: {kept} of {kept + 1} samples were kept",)
    assert recording.runs[0].distance_m == (3.0 * (kept - 1) if kept > 1 else None)


def test_the_timer_of_a_lap_that_was_lost_does_not_count():
    whole = tcx(activity(lap(track(treads(0, 600)), timer_s=600)))
    run = read(whole[: len(whole) // 3]).runs[0]
    assert run.timer_s == run.elapsed_s < 250


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("mark", ["<!DOCTYPE t>", '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]>'])
def test_a_document_type_is_refused_before_parsing(mark, encoding):
    text = MINUTE.decode().replace(DECLARATION, DECLARATION + mark)
    with pytest.raises(UnreadableFile, match=r"got a document type, refused for safety \(line 2\)"):
        read(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "came"), [(b"", "an empty file"), (b"\0" * 99, "an empty file"), (b"<gpx/>", "<gpx>"), (b"FIT", "no XML")]
)
def test_what_is_no_tcx_is_refused_in_words(data, came):
    assert not looks_like_tcx(data)
    with pytest.raises(UnreadableFile, match=f"wanted a TCX file, got .*{came}"):
        read(data)


# The real recordings.


def real_index() -> dict[str, dict[str, str]]:
    """The rows of index.csv for TCX files; none where the data are not."""
    if not REAL.is_dir():
        return {}
    with (REAL / "index.csv").open(encoding="utf-8") as index:
        return {row["file"]: row for row in csv.DictReader(index) if row["file"].endswith(".tcx")}


INDEX = real_index()
needs_real = pytest.mark.skipif(not INDEX, reason=f"no real recordings at {REAL}")

NOT_RUNS = {
    "connectstats__activity_217470507.tcx": "Other, a swim",
    "connectstats__activity_234721416.tcx": "Biking",
    "sweatpy__activity_5039744860.tcx": "Biking",
}
FEWER_SAMPLES = {"runpandas__stopped_example.tcx": 1}
"""The last point of one lap and the first of the next share a time and become one sample."""
TIMER_BEYOND_LAST_SAMPLE_S = 2.0
"""A run lasts at least as long as its timer, which ends up to this much after the last sample."""


@needs_real
@pytest.mark.real
@pytest.mark.parametrize("file", INDEX)
def test_a_real_tcx_file_holds_what_the_index_says(file):
    recording = read_tcx((REAL / file).read_bytes(), file=file)
    row = INDEX[file]
    assert recording.salvaged == ()
    if file in NOT_RUNS:
        assert (len(recording.runs), len(recording.others)) == (0, 1), NOT_RUNS[file]
        assert recording.others[0].distance_m == pytest.approx(float(row["distance_m"]), abs=0.01)
        return
    assert len(recording.runs) == 1
    run = recording.runs[0]
    assert len(run.columns) == int(row["records"]) - FEWER_SAMPLES.get(file, 0)
    assert run.columns.time_s[-1] == pytest.approx(float(row["duration_s"]), abs=0.001)
    assert 0 <= run.elapsed_s - run.columns.time_s[-1] <= TIMER_BEYOND_LAST_SAMPLE_S
    assert run.distance_m == pytest.approx(float(row["distance_m"]), abs=0.01)


@needs_real
@pytest.mark.real
@pytest.mark.parametrize("file", sorted(set(INDEX) - set(NOT_RUNS)))
def test_in_a_real_run_pauses_are_what_the_timer_leaves_over(file):
    run = read_tcx((REAL / file).read_bytes(), file=file).runs[0]
    paused_s = sum(pause.end_s - pause.start_s for pause in run.pauses)
    assert run.elapsed_s - run.timer_s == pytest.approx(paused_s, abs=35)  # up to 7 s a pause go to usual intervals


@needs_real
@pytest.mark.real
@pytest.mark.parametrize("file", sorted(set(INDEX) - set(NOT_RUNS)))
def test_real_runners_take_a_believable_number_of_steps(file):
    cadence_spm = read_tcx((REAL / file).read_bytes(), file=file).runs[0].columns.cadence_spm
    moving = cadence_spm[cadence_spm > 0]
    assert not len(moving) or 100 <= np.median(moving) <= 200  # 100: a hike recorded as a run
