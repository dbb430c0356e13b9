"""Originals on disk: byte for byte, one owner's apart from another's, named by what is in them."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

from django.conf import settings

SIDE_BY_SIDE = 8
"""So many files are brought to disk at once: each waits for the disk, not for the processor."""
CHUNK = 2**20


def digest_of(data: bytes) -> str:
    """The name of an original: SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> str:
    """The same for a file too large to hold."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_of(journal: UUID) -> Path:
    """Where one journal's originals lie."""
    return Path(settings.DATA) / "originals" / journal.hex


def place_of(journal: UUID, digest: str) -> Path:
    """Where an original lies. The digest comes from our rows, never from a request."""
    return folder_of(journal) / digest[:2] / digest


class Shelf:
    """One journal's originals, while they are brought in."""

    def __init__(self, journal: UUID) -> None:
        self._journal = journal
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE)

    def put(self, originals: Iterable[tuple[str, bytes | Path]]) -> None:
        """Keep originals, by digest; all are on disk before this returns."""
        new = [(place, held) for digest, held in originals if not (place := place_of(self._journal, digest)).exists()]
        folders = {place.parent for place, _ in new}
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        list(self._threads.map(_write, new))
        list(self._threads.map(settle, folders))

    def close(self) -> None:
        self._threads.shutdown()


def _write(one: tuple[Path, bytes | Path]) -> None:
    """Whole or not at all: written aside, brought to disk, then named."""
    place, held = one
    if isinstance(held, Path) and _linked(held, place):
        return
    handle, aside = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        if isinstance(held, Path):
            with held.open("rb") as original:
                shutil.copyfileobj(original, file, CHUNK)
        else:
            file.write(held)
        file.flush()
        os.fsync(file.fileno())
    Path(aside).replace(place)


def _linked(held: Path, place: Path) -> bool:
    """A file of ours was brought to disk when its batch began, and nobody writes to it since: a second name will do."""
    try:
        os.link(held, place)
    except FileExistsError:
        return True
    except OSError:
        return False
    return True


def settle(path: Path) -> None:
    """Bring a file, or a folder's new names, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take_away(journal: UUID, digests: Iterable[str]) -> None:
    """Delete originals; those already gone are gone."""
    for digest in digests:
        place_of(journal, digest).unlink(missing_ok=True)


def take_all_away(journal: UUID) -> None:
    """Delete everything of a journal."""
    shutil.rmtree(folder_of(journal), ignore_errors=True)


def there(journal: UUID) -> Iterator[str]:
    """The digests of all originals on disk."""
    yield from (path.name for path in folder_of(journal).glob("??/*") if not path.name.startswith("."))


def drop_half_written(journal: UUID) -> None:
    """Delete what a fall left half written."""
    for aside in folder_of(journal).glob("??/.new-*"):
        aside.unlink(missing_ok=True)
