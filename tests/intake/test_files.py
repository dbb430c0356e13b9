"""A file that has not changed is not read again; one that may have changed is, whatever its name and date say."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.intake import Intake, files, take_in
from calfwise.intake.cache import Cache
from calfwise.intake.work import Whose
from calfwise.model.runner import Runner
from calfwise.readers import Outcome
from calfwise.readers.archive import sources
from calfwise.sample import write_sample

RUNNER = Runner()


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Three runs that have rested for an hour."""
    folder = tmp_path / "runs"
    write_sample(folder, until=datetime(2026, 1, 1, tzinfo=UTC), runs=3)
    return folder


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test: every file has rested unless the test says otherwise."""
    monkeypatch.setattr(files, "RESTED_NS", -(10**9))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of files whose bytes are read from disk."""
    names: list[str] = []
    enter = sources.Disk.__enter__

    def entered(self: sources.Disk) -> sources.Disk:
        names.append(self.path.name)
        return enter(self)

    monkeypatch.setattr(sources.Disk, "__enter__", entered)
    return names


def taken(folder: Path, tmp_path: Path) -> Intake:
    return take_in([folder], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path / "cache"))


def test_files_that_have_not_changed_are_not_opened_and_give_the_same(
    runs: Path, tmp_path: Path, opened: list[str]
) -> None:
    first = taken(runs, tmp_path)
    assert len(set(opened)) == 3
    opened.clear()
    assert taken(runs, tmp_path) == first
    assert opened == []


def test_only_a_new_file_is_opened(runs: Path, tmp_path: Path, opened: list[str]) -> None:
    new = runs.parent / "new"
    write_sample(new, until=datetime(2026, 2, 1, tzinfo=UTC), runs=1)
    taken(runs, tmp_path)
    opened.clear()
    (file,) = new.glob("*.fit")
    file.rename(runs / file.name)
    assert len(taken(runs, tmp_path).loads) == 4
    assert set(opened) == {file.name}


def test_other_bytes_of_the_same_length_and_date_are_read(runs: Path, tmp_path: Path) -> None:
    """What a copying tool may do: content of another run, with the old size and date."""
    first = taken(runs, tmp_path)
    one, other = sorted(runs.glob("*.fit"))[:2]
    before = one.stat()
    data = other.read_bytes()[: before.st_size].ljust(before.st_size, b"\0")
    one.write_bytes(data)
    os.utime(one, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert one.stat().st_mtime_ns == before.st_mtime_ns
    assert taken(runs, tmp_path) != first


def test_a_file_put_in_the_place_of_another_is_read(runs: Path, tmp_path: Path) -> None:
    taken(runs, tmp_path)
    one, other = sorted(runs.glob("*.fit"))[:2]
    other.replace(one)
    assert [load.file for load in taken(runs, tmp_path).loads].count(str(one)) == 1
    assert len(taken(runs, tmp_path).loads) == 2


def test_a_file_that_was_written_a_moment_ago_is_read_again(
    runs: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "RESTED_NS", 3600 * 10**9)
    taken(runs, tmp_path)
    opened.clear()
    taken(runs, tmp_path)
    assert len(set(opened)) == 3


def test_a_date_in_the_future_is_never_trusted(runs: Path, tmp_path: Path, opened: list[str]) -> None:
    ahead = time.time() + 3600
    for file in runs.glob("*.fit"):
        os.utime(file, (ahead, ahead))
    taken(runs, tmp_path)
    opened.clear()
    taken(runs, tmp_path)
    assert len(set(opened)) == 3


def test_a_damaged_file_is_told_as_damaged_again(runs: Path, tmp_path: Path) -> None:
    file = min(runs.glob("*.fit"))
    file.write_bytes(b"no recording")
    first, again = ([(fate.outcome, fate.why) for fate in taken(runs, tmp_path).fates] for _ in range(2))
    assert again == first
    assert sum(outcome is Outcome.UNREADABLE for outcome, _ in first) == 1


def test_without_what_a_file_gave_it_is_read_though_it_has_not_changed(runs: Path, tmp_path: Path) -> None:
    first = taken(runs, tmp_path)
    for kept in (tmp_path / "cache").glob("loads-*"):
        kept.unlink()
    assert taken(runs, tmp_path) == first


def test_what_is_remembered_of_files_names_no_file(runs: Path, tmp_path: Path) -> None:
    taken(runs, tmp_path)
    kept = tmp_path / "cache/files.msgpack"
    assert kept.stat().st_mode & 0o077 == 0
    assert not any(file.name.encode() in kept.read_bytes() for file in runs.iterdir())


def test_a_broken_memory_of_files_is_none(runs: Path, tmp_path: Path) -> None:
    first = taken(runs, tmp_path)
    (tmp_path / "cache/files.msgpack").write_bytes(b"\xc1 nonsense")
    assert taken(runs, tmp_path) == first
