"""Many files: told by content, each with its fate, each run once, in order of time."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from calfwise.errors import UnreadableFile
from calfwise.readers import Outcome, Reading, files_of, read, read_all, read_bytes, recordings
from calfwise.sample.fit_writer import fit_bytes
from tests.conftest import SHARED
from tests.readers.fit.made import CYCLING, file_id, records, session
from tests.readers.xml_fixtures import START, gpx, jog, segment, trk

MORNING = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)


def fit_run(*, hours: float = 0, seconds: int = 120, **values: object) -> bytes:
    begin = 3600 * hours
    return fit_bytes(
        [
            file_id(),
            records(begin + np.arange(seconds), **{"distance": 3.0 * np.arange(seconds), **values}),
            session(start=begin, seconds=seconds),
        ]
    )


def fit_ride() -> bytes:
    return fit_bytes([records(120, speed=8.0), session(seconds=120, sport=CYCLING)])


def gpx_run(*, seconds: int = 120) -> bytes:
    return gpx(trk(segment(jog(0, seconds))))


def fates(reading: Reading) -> dict[str, str]:
    return {Path(fate.file).name: str(fate.outcome) for fate in reading.fates}


# --- one file -------------------------------------------------------------------------------------------------------


def test_a_file_is_what_it_holds_not_what_it_is_called(tmp_path):
    (tmp_path / "run.gpx").write_bytes(fit_run())
    (tmp_path / "run.fit").write_bytes(gpx_run())
    assert [run.format for run in read(tmp_path / "run.gpx")] == ["fit"]
    assert [run.format for run in read(str(tmp_path / "run.fit"))] == ["gpx"]


def test_a_file_without_running_gives_no_run_and_no_error(tmp_path):
    (tmp_path / "ride.fit").write_bytes(fit_ride())
    assert read(tmp_path / "ride.fit") == []


@pytest.mark.parametrize(
    ("data", "came"),
    [(b"", "an empty file"), (bytes(64), "64 NUL bytes"), (b"hello", "hello")],
)
def test_what_is_no_recording_is_refused_with_what_came_instead(data, came, tmp_path):
    (tmp_path / "x.fit").write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path / "x.fit")
    assert refused.value.wanted == "a FIT, TCX or GPX recording"
    assert came in refused.value.came
    assert refused.value.file.endswith("x.fit")
    assert refused.value.where == "byte 0"


def test_a_file_that_is_not_there_is_unreadable_and_a_folder_is_no_file(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        read(tmp_path / "gone.fit")
    with pytest.raises(UnreadableFile, match="got nothing"):
        read(tmp_path)


def test_a_zip_that_is_none_is_refused_by_name(tmp_path):
    (tmp_path / "x.fit").write_bytes(b"PK\x03\x04zip")
    with pytest.raises(UnreadableFile, match=r"x\.fit: wanted a file to unpack"):
        read(tmp_path / "x.fit")


def test_a_file_far_too_large_is_refused_before_it_is_read(tmp_path):
    huge = tmp_path / "huge.fit"
    with huge.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(UnreadableFile, match="65 MiB"):
        read(huge)


def test_where_a_run_went_comes_out_only_when_asked_for(tmp_path):
    (tmp_path / "run.gpx").write_bytes(gpx_run())
    assert read(tmp_path / "run.gpx")[0].track is None
    assert read(tmp_path / "run.gpx", location=True)[0].track is not None


def test_the_same_bytes_have_the_same_id_under_any_name():
    one, other = (read_bytes(fit_run(), file=name).runs[0] for name in ("a.fit", "b.fit"))
    assert one.id == other.id
    assert read_bytes(fit_run(seconds=121), file="a.fit").runs[0].id != one.id


# --- many files -----------------------------------------------------------------------------------------------------


def test_every_file_has_its_fate_and_no_file_stops_the_others(tmp_path):
    whole = fit_run(hours=2)
    (tmp_path / "whole.fit").write_bytes(fit_run())
    (tmp_path / "torn.fit").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "ride.fit").write_bytes(fit_ride())
    (tmp_path / "copy.fit").write_bytes(fit_run())
    (tmp_path / "empty.fit").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("slept well")
    reading = read_all([tmp_path])
    assert fates(reading) == {
        "copy.fit": "read", "whole.fit": "duplicate", "torn.fit": "salvaged", "ride.fit": "no run",
        "empty.fit": "unreadable", "notes.txt": "skipped",
    }  # fmt: skip
    assert len(reading.runs) == 2
    assert [fate.why for fate in reading.duplicates] == ["the same recording as copy.fit"]
    assert {Path(fate.file).name for fate in reading.skipped} == {"notes.txt", "ride.fit"}
    assert [fate.why for fate in reading.unreadable] == ["wanted a FIT, TCX or GPX recording, got an empty file"]
    assert "kept" in reading.salvaged[0].why
    assert [fate.why for fate in reading.of(Outcome.NO_RUN)] == ["cycling"]
    assert [other.sport for other in reading.others] == ["cycling"]


def test_of_two_devices_on_one_run_the_one_that_tells_more_is_kept(tmp_path):
    assert MORNING == START, "both made formats begin at the same moment"
    (tmp_path / "a-phone.gpx").write_bytes(gpx_run())
    (tmp_path / "b-watch.fit").write_bytes(fit_run(stance_time=250.0))
    reading = read_all([tmp_path])
    assert [Path(run.file).name for run in reading.runs] == ["b-watch.fit"]
    assert [(Path(fate.file).name, fate.why) for fate in reading.duplicates] == [
        ("a-phone.gpx", "the same run as b-watch.fit, which tells more")
    ]


@pytest.mark.parametrize(("late_s", "runs"), [(0, 1), (60, 1), (300, 2)])
def test_two_recordings_of_the_same_ten_minutes_are_one_run(late_s, runs, tmp_path):
    (tmp_path / "one.fit").write_bytes(fit_run(seconds=600))
    (tmp_path / "two.fit").write_bytes(fit_run(hours=late_s / 3600, seconds=600, stance_time=250.0))
    assert len(read_all([tmp_path]).runs) == runs


def test_two_runners_who_start_together_and_run_other_distances_are_two_runs(tmp_path):
    (tmp_path / "five.fit").write_bytes(fit_run(seconds=600))
    (tmp_path / "ten.fit").write_bytes(fit_run(seconds=1200))
    assert len(read_all([tmp_path]).runs) == 2


def test_folders_are_looked_through_and_hidden_files_left_out(tmp_path):
    (tmp_path / "2026/march").mkdir(parents=True)
    (tmp_path / ".trash").mkdir()
    (tmp_path / "2026/march/a.fit").write_bytes(fit_run())
    (tmp_path / "2026/b.fit").write_bytes(fit_run(hours=5))
    (tmp_path / "2026/.c.fit").write_bytes(fit_run(hours=9))
    (tmp_path / ".trash/d.fit").write_bytes(fit_run(hours=9))
    assert [path.name for path in files_of([tmp_path])] == ["b.fit", "a.fit"]
    assert len(read_all([tmp_path]).runs) == 2


def test_a_hidden_folder_named_by_the_runner_is_read_all_the_same(tmp_path):
    (tmp_path / ".sync").mkdir()
    (tmp_path / ".sync/a.fit").write_bytes(fit_run())
    assert len(read_all([tmp_path / ".sync"]).runs) == 1


def test_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.fit").write_bytes(fit_run())
    assert len(read_all([tmp_path, tmp_path / "a.fit"]).fates) == 1


def test_runs_come_in_order_of_time_whatever_their_names(tmp_path):
    for name, hours in (("a", 50), ("b", 2), ("c", 26)):
        (tmp_path / f"{name}.fit").write_bytes(fit_run(hours=hours))
    starts = [run.start for run in read_all([tmp_path]).runs]
    assert starts == [MORNING + timedelta(hours=hours) for hours in (2, 26, 50)]


def test_recordings_are_told_one_at_a_time(tmp_path):
    (tmp_path / "a.fit").write_bytes(fit_run())
    (tmp_path / "b.fit").write_bytes(b"")
    told = recordings(files_of([tmp_path]))
    fate, recording = next(told)
    assert (fate.outcome, len(recording.runs)) == (Outcome.READ, 1)
    fate, recording = next(told)
    assert (fate.outcome, len(recording.runs)) == (Outcome.UNREADABLE, 0)


def test_nothing_to_read_is_nothing_read(tmp_path):
    assert read_all([tmp_path]) == Reading((), (), ())
    assert read_all([]) == Reading((), (), ())


# --- real recordings ------------------------------------------------------------------------------------------------


@cache
def real() -> Reading:
    if not SHARED.is_dir():
        pytest.skip(f"no real recordings here ({SHARED})")
    return read_all([SHARED / "recordings"])


@pytest.mark.real
def test_every_real_recording_has_a_fate_and_most_hold_runs() -> None:
    counts = Counter(fate.outcome for fate in real().fates)
    assert sum(counts.values()) == len(files_of([SHARED / "recordings"])) >= 180
    assert counts[Outcome.READ] >= 90
    assert counts[Outcome.NO_RUN] >= 40
    assert counts[Outcome.DUPLICATE] >= 10
    assert counts[Outcome.SALVAGED] >= 1
    assert counts[Outcome.SKIPPED] == 1, "the index"


@pytest.mark.real
def test_every_unreadable_real_recording_is_named_with_its_reason() -> None:
    """None is refused today: even those that other decoders choke on tell something, or say that nobody ran."""
    assert [(Path(fate.file).name, fate.why) for fate in real().unreadable] == []


@pytest.mark.real
def test_everything_but_a_whole_run_says_why() -> None:
    for fate in real().fates:
        if fate.outcome is not Outcome.READ:
            assert fate.why, fate.file


@pytest.mark.real
def test_real_runs_are_in_order_and_their_clocks_rise() -> None:
    starts = [run.start for run in real().runs]
    assert starts == sorted(starts)
    for run in real().runs:
        assert run.start.tzinfo is not None, run.file
        assert (np.diff(run.columns.time_s) > 0).all(), run.file
        assert len({len(getattr(run.columns, name)) for name in run.columns.__slots__}) == 1, run.file
        assert run.track is None, run.file


@pytest.mark.real
def test_real_columns_hold_what_runners_do() -> None:
    limits = {
        "speed_mps": (0, 12.5), "stance_time_s": (0.08, 0.6), "cadence_spm": (0, 260), "heart_rate": (20, 250),
        "step_length_m": (0, 3.5), "vertical_oscillation_m": (0, 0.3), "stance_time_balance": (0.3, 0.7),
    }  # fmt: skip
    for run in real().runs:
        for name, (low, high) in limits.items():
            column = getattr(run.columns, name)
            column = column[np.isfinite(column)]
            if len(column):
                assert low <= np.percentile(column, 1), (run.file, name)
                assert np.percentile(column, 99) <= high, (run.file, name)
