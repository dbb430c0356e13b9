"""Where what is brought lies until it is read: a folder a batch, filled by requests, emptied by the worker."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from calfwise.readers.archive.names import plain, unsafe
from calfwise_web.journal import originals

MOST_BYTES = 2 * 2**30
"""So much may be brought at one time. [bytes]"""
MOST_FILES = 50_000
LEFT_FREE = 512 * 2**20
"""So much of the disk stays free, for the journal itself. [bytes]"""
CHUNK = 2**20
LONGEST_PART = 200
FILES_SIDE_BY_SIDE = 8


class NotTakenError(Exception):
    """What was brought is not kept, and why, in words for the runner."""


def folder_of(batch: UUID) -> Path:
    return Path(settings.DATA) / "staging" / batch.hex


def place_of(batch: UUID, name: str) -> Path:
    """Where a file of that name goes; a name that leads out of the folder is not taken.

    Raises
    ------
    NotTakenError
        For a name that no honest browser sends.
    """
    why = unsafe(name)
    clean = PurePosixPath(plain(name))
    if why or not clean.parts or any(len(part.encode()) > LONGEST_PART for part in clean.parts):
        raise NotTakenError(f"“{name[:60]}” has {why or 'a name that is too long'}. It was not kept; the others were.")
    return folder_of(batch).joinpath(*clean.parts)


def room_for(size: int) -> None:
    """Refuse what the disk cannot hold twice: once as brought, once as original.

    Raises
    ------
    NotTakenError
    """
    folder = Path(settings.DATA) / "staging"
    if shutil.disk_usage(folder).free < 2 * size + LEFT_FREE:
        raise NotTakenError("This machine's disk has not enough room. Nothing was kept; make room, then try again.")


def put(batch: UUID, name: str, file: BinaryIO) -> int:
    """Keep a whole file; how many bytes it has."""
    place = place_of(batch, name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("wb") as held:
        shutil.copyfileobj(file, held, CHUNK)
        return held.tell()


def drop(batch: UUID, name: str) -> None:
    """Take one file away: what came of it is not all."""
    place_of(batch, name).unlink(missing_ok=True)


def put_piece(batch: UUID, name: str, file: BinaryIO, *, offset: int, most: int) -> int:
    """Add a piece of a large file at its end; how many bytes of it are here now.

    A piece that does not begin where the file ends is not taken: the answer tells where to go on. Two at once wait
    for each other.
    """
    place = place_of(batch, name)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        have = held.seek(0, os.SEEK_END)
        if offset == have:
            while have - offset < most and (chunk := file.read(min(CHUNK, most - (have - offset)))):
                held.write(chunk)
                have += len(chunk)
        return have


def there(batch: UUID) -> list[tuple[str, int]]:
    """What is here so far, by name: each file's bytes."""
    return sorted(_files(str(folder_of(batch)), ""))


def _files(folder: str, before: str) -> Iterator[tuple[str, int]]:
    try:
        found = os.scandir(folder)
    except FileNotFoundError:
        return
    with found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{before}{entry.name}/")
            else:
                yield f"{before}{entry.name}", entry.stat(follow_symlinks=False).st_size


def size_of(batch: UUID) -> tuple[int, int]:
    """How many files there are, and their bytes together."""
    sizes = [size for _, size in _files(str(folder_of(batch)), "")]
    return len(sizes), sum(sizes)


def settle(batch: UUID) -> None:
    """Bring everything to disk: from here on it counts as received."""
    with ThreadPoolExecutor(FILES_SIDE_BY_SIDE) as threads:
        list(threads.map(originals.settle, folder_of(batch).rglob("*")))
    if folder_of(batch).is_dir():
        originals.settle(folder_of(batch))


def clear(batch: UUID) -> None:
    shutil.rmtree(folder_of(batch), ignore_errors=True)
