"""Exports as runners have them, from the archive to the load history."""

import gzip
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.intake import take_in
from calfwise.model.runner import Runner
from calfwise.readers import Outcome, read, read_all
from calfwise.sample import write_sample
from tests.readers.apple import made as apple

STRAVA_HEAD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
    "Moving Time,Distance\n"
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("made")
    write_sample(folder, until=datetime(2026, 1, 1, tzinfo=UTC), runs=3)
    return sorted(folder.glob("*.fit"))


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def strava(runs: list[Path], tmp_path: Path) -> Path:
    """Two recordings with titles and gear, and a run that was typed in."""
    table = STRAVA_HEAD + (
        '1,"Jan 1, 2026, 8:00:00 AM",Along the canal,Run,easy,3600,10.0,,,false,felt left calf,Racer,'
        "activities/1.fit.gz,,,3600.0,3600.0,10000.0\n"
        '2,"Jan 2, 2026, 8:00:00 AM",=HYPERLINK(1),Run,,3600,10.0,,,false,,,activities/2.fit,,,3600.0,3600.0,10000.0\n'
        '3,"Dec 1, 2025, 8:00:00 AM",Treadmill,Run,,1800,5.0,,,false,,,,,,1800.0,1800.0,5000.0\n'
    )
    export = tmp_path / "export_1.zip"
    export.write_bytes(
        zipped(
            {
                "activities.csv": table.encode(),
                "activities/1.fit.gz": gzip.compress(runs[0].read_bytes()),
                "activities/2.fit": runs[1].read_bytes(),
                "activities/3.fit": b"broken",
                "media/x.jpg": b"picture",
            }
        )
    )
    return export


def test_a_strava_archive_comes_in_with_titles_and_gear(strava: Path) -> None:
    taken = take_in([strava], runner=Runner())
    words = {load.file.rsplit(" › ")[-1]: load.told for load in taken.loads}
    first = words["activities/1.fit.gz"]
    assert first is not None
    assert (first.origin, first.title, first.private_note, first.gear) == (
        "Strava's archive", "Along the canal", "felt left calf", "Racer",
    )  # fmt: skip
    outcomes = {fate.file.rsplit(" › ")[-1]: fate.outcome for fate in taken.fates}
    assert outcomes["activities/3.fit"] is Outcome.UNREADABLE
    assert outcomes["media/x.jpg"] is Outcome.SKIPPED


def test_a_run_that_was_typed_in_counts_from_distance_and_time(strava: Path) -> None:
    [typed] = [load for load in take_in([strava], runner=Runner()).loads if load.id.startswith("typed")]
    assert (typed.grade, typed.distance_m, typed.duration_s) == ("D", 5000, 1800)
    assert typed.strikes is not None
    assert typed.told is not None
    assert typed.told.title == "Treadmill"


def test_both_ways_in_agree(strava: Path) -> None:
    reading, taken = read_all([strava]), take_in([strava], runner=Runner())
    assert [run.id for run in reading.runs] == [load.id for load in taken.loads]
    assert [run.told for run in reading.runs] == [load.told for load in taken.loads]
    assert {(f.file, f.outcome) for f in reading.fates} == {(f.file, f.outcome) for f in taken.fates}


def test_the_same_run_from_watch_and_archive_counts_once(strava: Path, runs: list[Path]) -> None:
    taken = take_in([runs[0].parent, strava], runner=Runner())
    assert len(taken.loads) == 4, "three recordings and one typed in"
    assert sum(fate.outcome is Outcome.DUPLICATE for fate in taken.fates) == 2


def test_a_zip_in_a_zip_in_a_folder(runs: list[Path], tmp_path: Path) -> None:
    inner = zipped({"uploads/me_1.fit": runs[0].read_bytes()})
    (tmp_path / "garmin.zip").write_bytes(
        zipped({"DI_CONNECT/part1.zip": inner, "DI_CONNECT/part2.zip": b"PK\x03\x04"})
    )
    taken = take_in([tmp_path], runner=Runner())
    assert [load.file.split(" › ")[1:] for load in taken.loads] == [["DI_CONNECT/part1.zip", "uploads/me_1.fit"]]
    assert [fate.outcome for fate in taken.fates if "part2" in fate.file] == [Outcome.UNREADABLE]


def test_a_gzip_that_breaks_off_is_salvaged(runs: list[Path], tmp_path: Path) -> None:
    (tmp_path / "run.fit.gz").write_bytes(gzip.compress(runs[0].read_bytes())[:-40_000])
    taken = take_in([tmp_path], runner=Runner())
    [fate] = taken.fates
    assert fate.outcome is Outcome.SALVAGED
    assert len(taken.loads) == 1


def test_one_gzipped_recording_reads_like_any_other(runs: list[Path], tmp_path: Path) -> None:
    packed = tmp_path / "run.fit.gz"
    packed.write_bytes(gzip.compress(runs[0].read_bytes()))
    assert [run.id for run in read(packed)] == [run.id for run in read(runs[0])]


def test_an_apple_health_export_comes_in_as_a_stream(tmp_path: Path) -> None:
    export = apple.export(apple.every(5, "RunningSpeed", 10), apple.workout(apple.distance_sum("1.67", "km")))
    (tmp_path / "export.zip").write_bytes(zipped({"apple_health_export/export.xml": export}))
    taken = take_in([tmp_path / "export.zip"], runner=Runner())
    [load] = taken.loads
    assert load.start == apple.START
    assert load.distance_m == 1670
    assert [run.id for run in read_all([tmp_path]).runs] == [load.id]
