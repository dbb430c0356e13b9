"""`calfwise workouts`: the runs of the weeks ahead, for a watch."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from calfwise.journal_file import append
from calfwise.model.journal import WantsWeeks
from calfwise.model.weeks import WeeksWish
from tests.cli.conftest import AT, NOW, Terminal
from tests.writers.test_workout import read_by_garmin


@pytest.fixture
def wishing(made_runner: Path, tmp_path: Path) -> Path:
    """The made-up runner, who wishes for four weeks from Monday on."""
    runs = tmp_path / "runs"
    shutil.copytree(made_runner, runs)
    wish = WeeksWish(begins=date(2026, 5, 4), weeks=4, run_days=(1, 3, 6), goal="steady")
    append(runs / "journal.jsonl", [WantsWeeks(at=NOW - timedelta(hours=1), wish=wish)])
    return runs


def test_every_run_of_the_weeks_is_a_file_of_its_day(terminal: Terminal, wishing: Path, tmp_path: Path) -> None:
    printed = terminal("workouts", tmp_path / "watch", wishing, *AT)
    assert printed.code == 0, printed.err
    files = sorted((tmp_path / "watch").iterdir())
    assert files
    days = [date.fromisoformat(file.stem) for file in files]
    assert {day.weekday() for day in days} <= {1, 3, 6}
    assert min(days) >= NOW.date()
    for file, day in zip(files, days, strict=True):
        told = read_by_garmin(file.read_bytes())
        assert told["file_id_mesgs"][0]["time_created"].date() == day
        assert str(file) in printed.out


def test_written_again_they_are_the_same_and_others_files_stay(
    terminal: Terminal, wishing: Path, tmp_path: Path
) -> None:
    watch = tmp_path / "watch"
    terminal("workouts", watch, wishing, *AT)
    (watch / "own.fit").write_bytes(b"mine")
    before = {file.name: file.read_bytes() for file in watch.iterdir()}
    terminal("workouts", watch, wishing, *AT)
    assert {file.name: file.read_bytes() for file in watch.iterdir()} == before


def test_without_a_wish_nothing_is_written(terminal: Terminal, made_runner: Path, tmp_path: Path) -> None:
    journal = tmp_path / "wishless.jsonl"
    lines = (made_runner / "journal.jsonl").read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(line for line in lines if b'"weeks-wanted"' not in line))
    printed = terminal("workouts", tmp_path / "watch", made_runner, "--journal", journal, *AT)
    assert (printed.code, (tmp_path / "watch").exists()) == (0, False)
    assert "No weeks are wished for" in printed.out


def test_a_workout_is_never_taken_for_a_run(terminal: Terminal, wishing: Path, tmp_path: Path) -> None:
    """Somebody keeps both in one folder."""
    before = terminal("load", wishing, *AT, "--json").json["runs"]
    terminal("workouts", wishing, wishing, *AT)
    assert len(list(wishing.glob("2026-05-*.fit"))) > 3
    assert terminal("load", wishing, *AT, "--json").json["runs"] == before


def test_recordings_have_to_be_named(terminal: Terminal, tmp_path: Path) -> None:
    printed = terminal("workouts", tmp_path / "watch")
    assert printed.code == 2
    assert "calfwise workouts watch ~/runs" in printed.err
