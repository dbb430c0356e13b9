"""What a runner does with a batch. Each step is decided by one UPDATE on its state: twice does no more than once."""

import errno
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from calfwise.readers.archive.names import plain
from calfwise_web.imports import parcel, staging, watching
from calfwise_web.imports.models import Batch
from calfwise_web.imports.queries import ENDED
from calfwise_web.imports.staging import NotTakenError
from calfwise_web.journal.models import Journal

MOST_GATHERING = 3
"""So many may be begun and not yet read."""
FORGOTTEN = timedelta(hours=1)
"""One that is still empty after this was begun by mistake."""
FULL = (errno.ENOSPC, errno.EDQUOT)
PIECE_BYTES = 16 * 2**20
"""The most that one piece may have. [bytes]"""

Upload: TypeAlias = "UploadedFile[Any]"

log = logging.getLogger("calfwise.imports")


class NotNowError(Exception):
    """What was asked for is not possible as things stand, in words for the runner."""


class TooMuchError(NotTakenError):
    """More than one batch, or this machine's disk, can hold."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not kept."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class PieceOf:
    """A piece of a large file, and where it belongs."""

    name: str
    offset: int
    length: int
    size: int
    """Of the whole file. [bytes]"""


def begin(journal: Journal, *, label: str, now: datetime) -> Batch:
    """A new batch that gathers files.

    Raises
    ------
    NotNowError
        If too many are begun already.
    """
    begun = list(journal.batches.filter(state=Batch.State.GATHERING))
    for batch in begun:
        if now - batch.touched_at > FORGOTTEN and not staging.there(batch.key):
            discard(batch)
    if journal.batches.filter(state=Batch.State.GATHERING).count() >= MOST_GATHERING:
        raise NotNowError(
            f"You have begun {MOST_GATHERING} times already. Go on with one of them, or discard it first."
        )
    batch = journal.batches.create(label=label)
    log.info("batch %s begun", batch.key)
    return batch


def take_parcel(batch: Batch, stream: BinaryIO, files: Sequence[parcel.Listed], *, now: datetime) -> list[Refused]:
    """Keep a parcel's files under their names; which ones were not kept, and why.

    Raises
    ------
    TooMuchError, NotNowError
        Then none of them is kept.
    NotTakenError
        The sender broke off: the files before that are kept.
    """
    _check_room(batch, len(files), sum(size for _, size in files))
    _touch(batch, now)
    refused = []
    for name, size in files:
        part = parcel.Part(stream, size)
        try:
            _put(batch, name, part)
        except TooMuchError:
            raise
        except NotTakenError as error:
            refused.append(Refused(name[:60], str(error)))
            deque(part.rest(), maxlen=0)
        if part.left:
            staging.drop(batch.key, name)
            raise NotTakenError("The connection broke off. What came before is kept.")
    log.info("batch %s: %d files, %d refused", batch.key, len(files), len(refused))
    return refused


def take_files(batch: Batch, files: Iterable[tuple[str, Upload]], *, now: datetime) -> list[Refused]:
    """Keep whole files under their names; which ones were not kept, and why.

    Raises
    ------
    TooMuchError, NotNowError
        Then none of them is kept.
    """
    brought = list(files)
    _check_room(batch, len(brought), sum(file.size or 0 for _, file in brought))
    _touch(batch, now)
    refused = []
    for name, file in brought:
        try:
            _put(batch, name, file)
        except TooMuchError:
            raise
        except NotTakenError as error:
            refused.append(Refused(name[:60], str(error)))
    log.info("batch %s: %d files, %d refused", batch.key, len(brought), len(refused))
    return refused


def take_piece(batch: Batch, stream: BinaryIO, piece: PieceOf, *, now: datetime) -> int:
    """Add a piece at a large file's end; how much of the file is here then.

    Raises
    ------
    TooMuchError, NotTakenError, NotNowError
        Then nothing was added.
    """
    staging.place_of(batch.key, piece.name)
    first = piece.offset == 0
    _check_room(batch, int(first), piece.size if first else piece.length)
    _touch(batch, now)
    try:
        return staging.put_piece(batch.key, piece.name, stream, offset=piece.offset, most=PIECE_BYTES)
    except OSError as error:
        raise _as_told(error, piece.name) from error


def start(batch: Batch, *, now: datetime) -> bool:
    """Let the worker have a batch, once all of it is on disk; whether it was this call that did.

    Raises
    ------
    NotNowError
        If there is nothing in it.
    """
    if batch.state != Batch.State.GATHERING:
        return False
    names = [name for name, _ in staging.there(batch.key)]
    if not names:
        raise NotNowError("Nothing has come yet. Choose some files first.")
    staging.settle(batch.key)
    label = batch.label or _label(names)
    begun = _in(batch, Batch.State.GATHERING).update(
        state=Batch.State.WAITING, origin=_origin(names), label=label, touched_at=now
    )
    if begun:
        log.info("batch %s to be read", batch.key)
    return bool(begun)


def stop(batch: Batch, *, now: datetime) -> bool:
    """End a batch where it stands: what came in stays. Whether there was anything to stop."""
    waiting = _in(batch, Batch.State.WAITING).filter(leased_by="")
    if waiting.update(state=Batch.State.CANCELLED, ended_at=now, touched_at=now):
        staging.clear(batch.key)
        log.info("batch %s stopped before it was read", batch.key)
        return True
    stopped = _in(batch, Batch.State.WORKING, Batch.State.WAITING).update(stop_wanted=True, touched_at=now)
    if stopped:
        log.info("batch %s to be stopped", batch.key)
    return bool(stopped)


def undo(batch: Batch, *, now: datetime) -> bool:
    """Have the worker take away what a batch brought; whether it was this call that asked."""
    asked = _in(batch, *ENDED).update(
        state=Batch.State.UNDOING, touched_at=now, stop_wanted=False, leased_by="", leased_until=None, falls=0
    )
    if asked:
        log.info("batch %s to be undone", batch.key)
    return bool(asked)


def discard(batch: Batch) -> bool:
    """Throw away what was gathered and not read."""
    gone, _ = _in(batch, Batch.State.GATHERING).delete()
    if gone:
        staging.clear(batch.key)
        log.info("batch %s discarded", batch.key)
    return bool(gone)


def watch(journal: Journal) -> None:
    """Make the account's watched folder; from then on the worker looks into it."""
    watching.own_folder(journal.user.get_username()).mkdir(parents=True, exist_ok=True, mode=0o700)


def _in(batch: Batch, *states: Batch.State) -> QuerySet[Batch]:
    """The batch, if it is still in one of these states when the database looks."""
    return batch.journal.batches.filter(pk=batch.pk, state__in=states)


def _touch(batch: Batch, now: datetime) -> None:
    if not _in(batch, Batch.State.GATHERING).update(touched_at=now):
        raise NotNowError("This import is being read already, so nothing was added. Begin a new one.")


def _check_room(batch: Batch, files: int, size: int) -> None:
    count, held = staging.size_of(batch.key)
    if count + files > staging.MOST_FILES:
        raise TooMuchError(
            f"More than {staging.MOST_FILES:,} files at one time. Read these first, then bring the rest."
        )
    if held + size > staging.MOST_BYTES:
        raise TooMuchError("More than 2 GiB at one time. What came before is kept: read that first, then the rest.")
    try:
        staging.room_for(size)
    except NotTakenError as error:
        raise TooMuchError(str(error)) from error


def _put(batch: Batch, name: str, file: "Upload | parcel.Part") -> None:
    try:
        staging.put(batch.key, name, file)  # type: ignore[arg-type]
    except OSError as error:
        raise _as_told(error, name) from error


def _as_told(error: OSError, name: str) -> NotTakenError:
    """What the disk said, in words: a full disk ends the upload, a name that it cannot hold only the file."""
    if error.errno in FULL:
        return TooMuchError("This machine's disk is full. What came before is kept; make room, then go on.")
    return NotTakenError(f"“{name[:60]}” could not be kept under that name. The others were.")


def _label(names: list[str]) -> str:
    """What the files are called together.

    >>> _label(["export.zip"]), _label(["2024/a.fit", "2024/b.fit"]), _label(["a.fit", "b.fit"])
    ('export.zip', '2024', '')
    """
    if len(names) == 1:
        return PurePosixPath(names[0]).name
    first = {PurePosixPath(plain(name)).parts[0] for name in names}
    return first.pop() if len(first) == 1 else ""


def _origin(names: list[str]) -> Batch.Origin:
    """Where files came from, as far as their names tell."""
    files = {PurePosixPath(name).name.lower() for name in names}
    if files & {"journal.jsonl", "originals.jsonl"} or any(
        name.startswith("calfwise-") and name.endswith(".zip") for name in files
    ):
        return Batch.Origin.EXPORT
    is_packed = len(names) == 1 and names[0].lower().endswith((".zip", ".gz"))
    return Batch.Origin.ARCHIVE if is_packed else Batch.Origin.FILES
