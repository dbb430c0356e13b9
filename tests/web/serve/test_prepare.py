"""Before the first request: tables up to date, a copy from before, files for the browser; and nothing done twice."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from calfwise import __version__
from tests.web.serve.conftest import clean_environment

BASE_URL = "http://localhost:8000"


def prepare(data: Path) -> subprocess.CompletedProcess[str]:
    return _python(data, "-m", "calfwise_web.serve.prepare", BASE_URL)


def _python(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", *arguments], env=clean_environment(data), capture_output=True, text=True, timeout=60
    )


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    first = prepare(data)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith(BASE_URL), "a link that makes the first account"
    return data


def test_a_new_folder_gets_its_tables_and_no_copy_of_nothing(prepared: Path) -> None:
    tables = {name for (name,) in rows(prepared / "calfwise.sqlite3", "select name from sqlite_master")}
    assert {"django_migrations", "django_session", "cache"} <= tables
    assert not (prepared / "backups").exists()


def test_browser_files_are_collected_once_and_again_only_when_they_changed(prepared: Path) -> None:
    stamp = prepared / "static" / ".collected"
    collected = stamp.stat().st_mtime_ns
    assert prepare(prepared).returncode == 0
    assert stamp.stat().st_mtime_ns == collected
    stamp.write_text("another version's")
    (prepared / "static" / "left-over.js").touch()
    assert prepare(prepared).returncode == 0
    assert stamp.stat().st_mtime_ns != collected
    assert not (prepared / "static" / "left-over.js").exists()


def test_before_an_upgrade_changes_a_table_the_journal_is_copied(prepared: Path) -> None:
    rows(prepared / "calfwise.sqlite3", "delete from django_migrations where app = 'sessions'")
    rows(prepared / "calfwise.sqlite3", "drop table django_session")
    again = prepare(prepared)
    assert again.returncode == 0, again.stderr
    copy = prepared / "backups" / f"before-{__version__}-sessions-0001_initial.sqlite3"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert rows(copy, "pragma integrity_check") == [("ok",)]
    assert rows(copy, "select count(*) from sqlite_master where name = 'django_session'") == [(0,)]
    assert rows(prepared / "calfwise.sqlite3", "select count(*) from django_session") == [(0,)]
    assert [path.name for path in (prepared / "backups").iterdir()] == [copy.name]


def test_an_upgrade_that_fails_says_so_keeps_everything_and_names_the_copy(prepared: Path) -> None:
    rows(prepared / "calfwise.sqlite3", "delete from django_migrations where app = 'sessions'")  # its table is there
    before = rows(prepared / "calfwise.sqlite3", "select app, name from django_migrations")
    failed = prepare(prepared)
    assert failed.returncode == 1
    assert "could not be brought up to version" in failed.stderr
    assert str(prepared / "backups") in failed.stderr
    assert "Traceback" not in failed.stderr
    assert rows(prepared / "calfwise.sqlite3", "select app, name from django_migrations") == before


def test_without_room_for_the_copy_nothing_is_changed(prepared: Path) -> None:
    rows(prepared / "calfwise.sqlite3", "delete from django_migrations where app = 'sessions'")
    rows(prepared / "calfwise.sqlite3", "drop table django_session")
    (prepared / "backups").mkdir()
    blocked = prepared / "backups" / f"before-{__version__}-sessions-0001_initial.sqlite3"
    blocked.mkdir()
    (blocked / "in-the-way").touch()
    refused = prepare(prepared)
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert rows(prepared / "calfwise.sqlite3", "select name from sqlite_master where name = 'django_session'") == []


def test_two_starts_at_once_do_not_race(tmp_path: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-P", "-m", "calfwise_web.serve.prepare", BASE_URL],
            env=clean_environment(tmp_path / "data"),
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    assert [start.wait(60) for start in starts] == [0, 0]
