"""What is backed up comes back equal, and a backup that is not whole says so."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

PROCESS = Path(__file__).parent / "process.py"
RUNS = 8


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CALFWISE_", "DATABASE_URL"))}
    return kept | {"CALFWISE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "calfwise_web.settings"}


def within(data: Path, *what: str) -> None:
    done = subprocess.run([sys.executable, str(PROCESS), *what], env=environment(data), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def calfwise(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "calfwise", *map(str, arguments)]
    return subprocess.run(command, env=environment(Path("/nonexistent")), capture_output=True, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Ann's journal in it; not to be changed."""
    data = tmp_path_factory.mktemp("made") / "data"
    within(data, "make", str(RUNS))
    return data


@pytest.fixture(scope="module")
def backup(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "ann.zip"
    done = calfwise("backup", "--data", made, file)
    assert done.returncode == 0, done.stderr
    return file


def test_an_export_after_restoring_is_the_export_before(made: Path, backup: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    done = calfwise("restore", backup, "--data", restored)
    assert done.returncode == 0, done.stderr
    within(made, "export", str(tmp_path / "before.zip"))
    within(restored, "export", str(tmp_path / "after.zip"))
    assert (tmp_path / "before.zip").read_bytes() == (tmp_path / "after.zip").read_bytes()


def test_a_whole_backup_is_said_to_be_whole(backup: Path) -> None:
    done = calfwise("restore", "--verify", backup)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{RUNS + 1} files" in done.stdout or "is whole" in done.stdout


def test_it_is_for_its_owner_alone_and_holds_no_secret_key(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert not [name for name in archive.namelist() if "secret" in name]


def test_what_was_restored_is_for_its_owner_alone(backup: Path, tmp_path: Path) -> None:
    calfwise("restore", backup, "--data", tmp_path / "restored")
    assert stat.S_IMODE((tmp_path / "restored").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "restored").rglob("*") if path.is_file()} == {
        0o600
    }


def test_in_a_folder_it_makes_a_file_by_date(made: Path, tmp_path: Path) -> None:
    assert calfwise("backup", "--data", made, tmp_path).returncode == 0
    (file,) = tmp_path.iterdir()
    assert re.fullmatch(r"calfwise-\d{4}-\d\d-\d\d-\d{6}\.zip", file.name)


def test_it_never_writes_over_another(made: Path, backup: Path) -> None:
    before = backup.read_bytes()
    done = calfwise("backup", "--data", made, backup)
    assert done.returncode == 1
    assert "never writes over another" in done.stderr
    assert backup.read_bytes() == before


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    done = calfwise("backup", "--data", tmp_path / "none", tmp_path / "x.zip")
    assert done.returncode == 1
    assert "no journal" in done.stderr
    assert list(tmp_path.iterdir()) == []


def changed(backup: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same archive with some of its files changed or left out, and a sound table of contents."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return to


def an_original(backup: Path) -> str:
    with zipfile.ZipFile(backup) as archive:
        return next(name for name in archive.namelist() if name.startswith("originals/"))


def test_a_changed_byte_is_found_and_named(backup: Path, tmp_path: Path) -> None:
    name = an_original(backup)
    bad = changed(
        backup, tmp_path / "bad.zip", lambda n, data: data[:-1] + bytes([data[-1] ^ 1]) if n == name else data
    )
    done = calfwise("restore", "--verify", bad)
    assert done.returncode == 1
    assert f"{name} is not what was backed up" in done.stderr


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.85])
def test_a_flipped_byte_of_the_file_itself_is_found(backup: Path, tmp_path: Path, share: float) -> None:
    data = bytearray(backup.read_bytes())
    data[int(len(data) * share)] ^= 0x10
    (tmp_path / "bad.zip").write_bytes(data)
    done = calfwise("restore", "--verify", tmp_path / "bad.zip")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_missing_file_is_found_and_named(backup: Path, tmp_path: Path) -> None:
    name = an_original(backup)
    bad = changed(backup, tmp_path / "bad.zip", lambda n, data: None if n == name else data)
    done = calfwise("restore", "--verify", bad)
    assert (done.returncode, f"{name} is missing" in done.stderr) == (1, True)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_backup_that_was_cut_short_is_found(backup: Path, tmp_path: Path, share: float) -> None:
    data = backup.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * share)])
    done = calfwise("restore", "--verify", tmp_path / "cut.zip")
    assert done.returncode == 1
    assert "cut short" in done.stderr
    assert calfwise("restore", tmp_path / "cut.zip", "--data", tmp_path / "into").returncode == 1
    assert not (tmp_path / "into").exists()


def test_rows_that_are_gone_are_found(backup: Path, tmp_path: Path) -> None:
    """A whole database of another moment, with its digest in the manifest put right."""
    import hashlib
    import json

    with zipfile.ZipFile(backup) as archive:
        (tmp_path / "db").write_bytes(archive.read("calfwise.sqlite3"))
        manifest = json.loads(archive.read("manifest.json"))
    with closing(sqlite3.connect(tmp_path / "db")) as database, database:
        database.execute("DELETE FROM journal_entry WHERE id = (SELECT MAX(id) FROM journal_entry)")
    new = (tmp_path / "db").read_bytes()
    manifest["files"]["calfwise.sqlite3"] = {"sha256": hashlib.sha256(new).hexdigest(), "size": len(new)}
    given = {"calfwise.sqlite3": new, "manifest.json": json.dumps(manifest).encode()}
    bad = changed(backup, tmp_path / "bad.zip", given.get)
    done = calfwise("restore", "--verify", bad)
    assert done.returncode == 1
    assert "journal_entry has" in done.stderr


def test_a_backup_of_a_newer_calfwise_is_refused(backup: Path, tmp_path: Path) -> None:
    def newer(name: str, data: bytes) -> bytes:
        return data.replace(b'"journal.0001_initial"', b'"journal.0999_later"') if name == "manifest.json" else data

    done = calfwise("restore", "--verify", changed(backup, tmp_path / "new.zip", newer))
    assert done.returncode == 1
    assert "newer calfwise" in done.stderr


@pytest.mark.parametrize(
    "name", ["../out", "/etc/x", "originals/../../out", "secret-key", "staging/" + "a" * 32 + "/../../x"]
)
def test_a_made_up_backup_writes_nothing_elsewhere(backup: Path, tmp_path: Path, name: str) -> None:
    import json

    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["files"][name] = {"sha256": "0" * 64, "size": 1}
    bad = changed(
        backup, tmp_path / "bad.zip", lambda n, d: json.dumps(manifest).encode() if n == "manifest.json" else d
    )
    with zipfile.ZipFile(bad, "a") as archive:
        archive.writestr(name, "x")
    done = calfwise("restore", bad, "--data", tmp_path / "into" / "data")
    assert done.returncode == 1
    assert "no backup has" in done.stderr
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "into" / "data").exists()


def test_a_folder_in_use_is_not_restored_into(made: Path, backup: Path, tmp_path: Path) -> None:
    done = calfwise("restore", backup, "--data", made)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    (tmp_path / "empty").mkdir()
    assert calfwise("restore", backup, "--data", tmp_path / "empty").returncode == 0


def test_one_says_whether_to_check_or_to_put_back(backup: Path) -> None:
    assert calfwise("restore", backup).returncode == 2


def test_an_original_that_is_damaged_on_disk_is_told(made: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(made, tmp_path / "data"))
    first, second = sorted((data / "originals").glob("*/*/*"))[:2]
    first.write_bytes(b"rotten")
    second.unlink()
    done = calfwise("backup", "--data", data, tmp_path / "b.zip")
    assert done.returncode == 1
    assert first.name in done.stderr
    assert second.name in done.stderr
    checked = calfwise("restore", "--verify", tmp_path / "b.zip")
    assert checked.returncode == 1
    assert f"{first.name} was damaged already" in checked.stderr


def test_what_was_brought_and_not_read_yet_is_backed_up(made: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(made, tmp_path / "data"))
    within(data, "wait", "4")
    assert calfwise("backup", "--data", data, tmp_path / "b.zip").returncode == 0
    assert calfwise("restore", tmp_path / "b.zip", "--data", tmp_path / "restored").returncode == 0
    for folder, file in ((data, "before.zip"), (tmp_path / "restored", "after.zip")):
        within(folder, "read")
        within(folder, "export", str(tmp_path / file))
    with zipfile.ZipFile(tmp_path / "before.zip") as before, zipfile.ZipFile(tmp_path / "after.zip") as after:
        assert set(before.read("originals.jsonl").splitlines()) >= set()
        assert {i.CRC for i in before.infolist() if "originals/" in i.filename} == {
            i.CRC for i in after.infolist() if "originals/" in i.filename
        }
        assert before.read("runs.csv") == after.read("runs.csv")


def test_backups_made_while_an_import_runs_are_whole_each(made: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(made, tmp_path / "data"))
    within(data, "wait", "60")
    reading = subprocess.Popen([sys.executable, str(PROCESS), "read"], env=environment(data))
    backups = []
    while reading.poll() is None:
        backups.append(tmp_path / f"{len(backups)}.zip")
        done = calfwise("backup", "--data", data, backups[-1])
        assert done.returncode == 0, done.stderr
    assert reading.returncode == 0
    assert backups
    for file in backups:
        assert calfwise("restore", "--verify", file).returncode == 0
    assert calfwise("restore", backups[0], "--data", tmp_path / "restored").returncode == 0
    within(tmp_path / "restored", "read")
    with closing(sqlite3.connect(tmp_path / "restored" / "calfwise.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM journal_run").fetchone()[0] >= 60
