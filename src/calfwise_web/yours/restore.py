"""A backup, checked byte for byte and row for row, and put back into an empty folder."""

import hashlib
import os
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO
from uuid import UUID
from zipfile import BadZipFile, ZipFile

import msgspec
from django.db.migrations.loader import MigrationLoader
from msgspec import Meta, Struct

from calfwise.errors import CalfwiseError
from calfwise_web.yours.backup import CHUNK, DATABASE, DUMP, FORMAT, KEPT, MANIFEST, counts_of, original_name, rows_of

NAMES = re.compile(
    rf"{re.escape(DATABASE)}|{re.escape(DUMP)}"
    r"|originals/[0-9a-f]{32}/[0-9a-f]{2}/[0-9a-f]{64}"
    r"|staging/[0-9a-f]{32}(/(?!\.{1,2}/|\.{1,2}\Z)[^/\0\\]+)+"
)
"""What a backup may hold: nothing else is ever written."""
DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, KeyError)
"""What a zip that was cut or changed makes Python say."""
MOST_TOLD = 20


class CannotRestore(CalfwiseError):  # noqa: N818 - named as one says it
    """Why nothing was put back, in words."""


class File(Struct, frozen=True):
    """A file as the manifest tells it."""

    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    size: Annotated[int, Meta(ge=0)]


class Manifest(Struct, frozen=True):
    """What a backup says of itself."""

    format: int
    made_at: datetime
    calfwise: str
    model: str
    database: str
    migrations: list[str]
    counts: dict[str, int]
    files: dict[str, File]
    gone: list[str] = []


def verify(backup: Path) -> tuple[Manifest | None, list[str]]:
    """What a backup says of itself, and everything that is wrong with it; nothing: it is whole."""
    with tempfile.TemporaryDirectory(prefix="calfwise-verify-") as folder:
        return _unpack(backup, Path(folder), keep=(DATABASE,))


def restore(backup: Path, data: Path) -> Manifest:
    """Put a backup back. All of it is checked first, aside; only then does the folder get its name.

    Raises
    ------
    CannotRestore
        If the folder is in use, or the backup is not whole: then nothing is there that was not there before.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise CannotRestore(f"{data} is not empty, and a restore never writes over anything. Name a new folder.")
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data.parent, prefix=".calfwise-restore-") as folder:
            aside = Path(folder) / "data"
            aside.mkdir(mode=0o700)
            manifest, wrong = _unpack(backup, aside, keep=None)
            if manifest is None or wrong:
                raise CannotRestore("The backup is not whole, so nothing was put back: " + "; ".join(wrong[:MOST_TOLD]))
            if data.exists():
                data.rmdir()
            aside.rename(data)
    except OSError as error:
        raise CannotRestore(f"{data} could not be written: {error.strerror or error}.") from error
    return manifest


def _unpack(backup: Path, folder: Path, *, keep: tuple[str, ...] | None) -> tuple[Manifest | None, list[str]]:
    """Check every file of a backup, and leave those that are wanted in a folder."""
    try:
        archive = ZipFile(backup)
    except DAMAGED as error:
        return None, [f"{backup.name} is no whole zip: it was cut short or changed ({error})"]
    with archive:
        try:
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
        except (*DAMAGED, msgspec.DecodeError, zlib.error) as error:
            return None, [f"{MANIFEST} is missing or damaged ({error})"]
        wrong = list(_strange(archive, manifest))
        if not wrong:
            for name, file in manifest.files.items():
                wrong += _checked(archive, name, file, folder if keep is None or name in keep else None)
    if not wrong:
        wrong += _checked_database(folder, manifest)
    return manifest, wrong


def _strange(archive: ZipFile, manifest: Manifest) -> Iterator[str]:
    """Whether it is one of ours, and one that we can read."""
    if manifest.format != FORMAT:
        yield f"it was made by calfwise {manifest.calfwise} in a form that this version does not know"
    if manifest.database not in (DATABASE, DUMP) or manifest.database not in manifest.files:
        yield "it holds no database"
    yield from (f"{name!r} is a name that no backup has" for name in manifest.files if not NAMES.fullmatch(name))
    there = archive.namelist()
    yield from (f"{name!r} is in it, but not in its manifest" for name in {*there} - {*manifest.files, MANIFEST})
    yield from (f"{name!r} is in it twice" for name in {name for name in there if there.count(name) > 1})
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := [name for name in manifest.migrations if _is_ours(name) and name not in known]:
        yield f"it was made by a newer calfwise ({manifest.calfwise}; {newer[0]}): install that one first"


def _is_ours(migration: str) -> bool:
    """Django's and allauth's own come and go with their versions; ours decide."""
    return migration.partition(".")[0] in ("people", "journal", "imports", "load", "runs", "shoes", "yours")


def _checked(archive: ZipFile, name: str, file: File, folder: Path | None) -> Iterator[str]:
    """Read one file to its end, write it if wanted, and compare."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as entry, _place(folder, name) as place:
            while piece := entry.read(CHUNK):
                digest.update(piece)
                size += len(piece)
                place.write(piece)
    except KeyError:
        yield f"{name} is missing"
        return
    except DAMAGED as error:
        yield f"{name} is damaged ({error})"
        return
    if (digest.hexdigest(), size) != (file.sha256, file.size):
        yield f"{name} is not what was backed up"
    elif name.startswith("originals/") and name.rpartition("/")[2] != file.sha256:
        yield f"{name} was damaged already when it was backed up"


def _place(folder: Path | None, name: str) -> BinaryIO:
    if folder is None:
        return open(os.devnull, "wb")  # noqa: PTH123
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _checked_database(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Open the copy: is every page whole, does every row point at one that is there, are all rows there?"""
    if manifest.database == DUMP:
        return
    database = folder / DATABASE
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as copy:
            said = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            loose = copy.execute("PRAGMA foreign_key_check").fetchall()
        if said != ["ok"]:
            yield f"the database is damaged: {said[0]}"
        if loose:
            yield f"{len(loose):,} rows of the database point at rows that are not there"
        counts = counts_of(database)
        wanted = {original_name(UUID(key), digest) for key, digest in rows_of(database, KEPT)}
    except sqlite3.Error as error:
        yield f"the database cannot be read: {error}"
        return
    for table in sorted(counts.keys() | manifest.counts.keys()):
        if counts.get(table) != manifest.counts.get(table):
            yield f"{table} has {counts.get(table)} rows, where {manifest.counts.get(table)} were backed up"
    missing = wanted - manifest.files.keys() - set(manifest.gone)
    yield from (f"{name} is missing" for name in sorted(missing))
