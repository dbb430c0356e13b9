"""A whole installation as one file, made while it is served: the database first, then what its rows speak of."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db import connection

from calfwise import __version__
from calfwise.errors import CalfwiseError
from calfwise.model.constants import MODEL_VERSION
from calfwise_web.imports import claims
from calfwise_web.imports.models import Batch
from calfwise_web.journal.originals import place_of, settle

FORMAT = 1
MANIFEST, DATABASE, DUMP = "manifest.json", "calfwise.sqlite3", "calfwise.pgdump"
CHUNK = 2**20
TRIES = 5
"""So often the database is copied anew when an import ended between its copy and its files'."""
ALREADY_PACKED = (b"\x1f\x8b", b"PK")


class CannotBackUp(CalfwiseError):  # noqa: N818 - named as one says it
    """Why there is no backup, in words."""


@dataclass(slots=True)
class Made:
    """What a backup holds, and what it could not hold."""

    path: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    """Originals that the database's copy speaks of and the disk has not, or has damaged."""
    damaged: list[str] = field(default_factory=list)
    """Those of them that were not simply deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that the database's copy speaks of."""

    name: str
    place: Path
    digest: str | None = None


def back_up(target: Path, *, now: datetime) -> Made:
    """Write everything to `target`: aside first, named when it is whole and on disk; for its owner's eyes alone.

    Raises
    ------
    CannotBackUp
        With nothing left behind.
    """
    if target.exists():
        raise CannotBackUp(f"{target} is there already, and a backup never writes over another. Name a new file.")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".calfwise-backup-") as folder:
            made = _written(Path(folder), target, now)
            (Path(folder) / "backup").replace(target)
        settle(target.parent)
    except OSError as error:
        raise CannotBackUp(f"{target.parent} could not be written to: {error.strerror or error}.") from error
    return made


def _written(folder: Path, target: Path, now: datetime) -> Made:
    made = Made(target)
    handle = os.open(folder / "backup", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            database, wanted = _database(folder)
            _add(archive, made, Wanted(database.name, database), now)
            for each in wanted:
                _add(archive, made, each, now)
            still = set(_kept_names(_kept_now())) if made.gone else set()
            made.damaged = [name for name in made.gone if name in still]
            archive.writestr(_about(MANIFEST, now), json.dumps(_manifest(made, database, now), indent=1))
        file.flush()
        os.fsync(file.fileno())
    return made


# ------------------------------------------------------------------------------------------------------- the database
def _database(folder: Path) -> tuple[Path, list[Wanted]]:
    """A copy of the database and the files that its rows speak of.

    Files of imports that wait are linked aside: an import that ends meanwhile takes its files away, and then the
    database is copied anew.
    """
    for _ in range(TRIES):
        database = _dumped(folder) if connection.vendor == "postgresql" else _copied(folder)
        brought = _brought(folder, _waiting_in(database))
        if brought is not None:
            return database, [*_originals(database), *brought]
    raise CannotBackUp("Imports begin and end faster than they can be copied. Try again when they are done.")


def _copied(folder: Path) -> Path:
    """SQLite's own way: consistent, whoever writes meanwhile."""
    copy = folder / DATABASE
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(copy)) as to:
        source.backup(to)
        to.execute("PRAGMA journal_mode=DELETE")
    return copy


def _dumped(folder: Path) -> Path:
    """PostgreSQL's own way."""
    tool = shutil.which("pg_dump")
    if tool is None:
        raise CannotBackUp(
            "The journal is in PostgreSQL, and pg_dump is not here to copy it. Install its client tools."
        )
    given = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    said = {variable: str(given[name]) for name, variable in names.items() if given.get(name)}
    copy = folder / DUMP
    command = [tool, "--format=custom", "--no-owner", f"--file={copy}"]
    done = subprocess.run(command, env=os.environ | said, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotBackUp(f"pg_dump could not copy the journal: {done.stderr.strip().splitlines()[-1:]}")
    return copy


def rows_of(database: Path, query: str) -> list[tuple[Any, ...]]:
    """From the copy, so that what is told is of one moment."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as copy:
        return copy.execute(query).fetchall()


KEPT = (
    "SELECT journal.key, recording.digest FROM journal_recording AS recording "
    "JOIN journal_journal AS journal ON journal.id = recording.journal_id "
    "WHERE recording.kept ORDER BY recording.id"
)


def original_name(journal: UUID, digest: str) -> str:
    """Where an original lies, from the data folder.

    >>> original_name(UUID(int=1), "abcd")
    'originals/00000000000000000000000000000001/ab/abcd'
    """
    return f"originals/{journal.hex}/{digest[:2]}/{digest}"


def _originals(database: Path) -> Iterator[Wanted]:
    rows = _kept_now() if database.name == DUMP else rows_of(database, KEPT)
    for key, digest in rows:
        yield Wanted(original_name(_uuid(key), digest), place_of(_uuid(key), digest), digest)


def _kept_now() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return list(cursor.fetchall())


def _kept_names(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield from (original_name(_uuid(key), digest) for key, digest in rows)


def _uuid(key: UUID | str) -> UUID:
    """SQLite tells it as text."""
    return key if isinstance(key, UUID) else UUID(key)


def _waiting_in(database: Path) -> set[UUID]:
    """Imports that the copy says are still to be read."""
    if database.name == DUMP:
        return {batch.key for batch in claims.batches_to_come()}
    states = ", ".join(f"'{state.value}'" for state in Batch.ACTIVE)
    rows = rows_of(database, f"SELECT key FROM imports_batch WHERE state IN ({states})")  # noqa: S608 - our own words
    return {UUID(key) for (key,) in rows}


def _brought(folder: Path, copied: set[UUID]) -> list[Wanted] | None:
    """Files of imports that are still to be read; `None` if one of them ended since the copy."""
    wanted: list[Wanted] = []
    waiting = [batch for batch in claims.batches_to_come() if batch.key in copied]
    for batch in waiting:
        there = Path(settings.DATA) / "staging" / batch.key.hex
        try:
            for path in sorted(path for path in there.rglob("*") if path.is_file()):
                name = f"staging/{batch.key.hex}/{path.relative_to(there).as_posix()}"
                aside = folder / "staging" / f"{len(wanted)}"
                aside.parent.mkdir(exist_ok=True)
                _link(path, aside)
                wanted.append(Wanted(name, aside))
        except FileNotFoundError:
            return None
    still = {batch.key for batch in claims.batches_to_come()}
    return wanted if copied <= still else None


def _link(path: Path, aside: Path) -> None:
    aside.unlink(missing_ok=True)
    try:
        aside.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(path, aside)


# ---------------------------------------------------------------------------------------------------------- the archive
def _add(archive: ZipFile, made: Made, wanted: Wanted, now: datetime) -> None:
    """One file, with its digest; an original that is not what its name says is told."""
    about = _about(wanted.name, now)
    try:
        file = wanted.place.open("rb")
    except FileNotFoundError:
        made.gone.append(wanted.name)
        return
    with file:
        size = about.file_size = os.fstat(file.fileno()).st_size
        about.compress_type = ZIP_STORED if file.read(2) in ALREADY_PACKED else ZIP_DEFLATED
        file.seek(0)
        digest = hashlib.sha256()
        with archive.open(about, "w") as entry:
            while piece := file.read(CHUNK):
                digest.update(piece)
                entry.write(piece)
    made.files[wanted.name] = {"sha256": digest.hexdigest(), "size": size}
    if wanted.digest not in (None, digest.hexdigest()):
        made.gone.append(wanted.name)


def _about(name: str, now: datetime) -> ZipInfo:
    about = ZipInfo(name, now.timetuple()[:6])
    about.external_attr = 0o600 << 16
    about.compress_type = ZIP_DEFLATED
    return about


def counts_of(database: Path) -> dict[str, int]:
    """Rows by table."""
    tables = rows_of(database, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: rows_of(database, f'SELECT COUNT(*) FROM "{name}"')[0][0] for (name,) in sorted(tables)}  # noqa: S608


def _manifest(made: Made, database: Path, now: datetime) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "calfwise": __version__,
        "model": MODEL_VERSION,
        "database": database.name,
        "migrations": migrations,
        "counts": counts_of(database) if database.name == DATABASE else {},
        "files": made.files,
        "gone": made.gone,
    }
