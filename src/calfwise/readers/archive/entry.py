"""One file that a path holds, wherever it lies; and one that is left out."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from calfwise.errors import UnreadableFile
from calfwise.readers.archive.kinds import Kind
from calfwise.readers.archive.limits import Limits, Unfit
from calfwise.readers.archive.names import INSIDE, slashed, unsafe
from calfwise.readers.archive.sources import Chunks

Unpack = Callable[[int], Chunks]
"""Starts to unpack, up to so many bytes."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or archive that is left out; the others are not."""

    name: str
    why: str
    """In plain words; a noun phrase, so that it reads well after "got"."""

    @property
    def error(self) -> UnreadableFile:
        """The same for whoever asked for just this file."""
        return _unreadable(self.name, self.why)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What was read of an entry."""

    data: bytes
    salvaged: str = ""
    """Where it broke, what precedes it being kept; empty for a whole entry."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A file that may be read: a recording, a table that tells about recordings, or what lies beside them.

    Nothing is read before it is asked for, and nothing is kept. Read an entry before you ask for the next: its archive
    is open then, and the largest are unpacked on the way. Later works, too, and costs more.
    """

    name: str
    """As one tells it to a runner: "export.zip › activities/123.fit.gz"."""
    container: str
    """The archive it lies in, told the same way; empty for a file on disk."""
    path: str
    """Its place in the container, `/` between folders; of a file on disk its absolute path."""
    kind: Kind
    size: int | None
    """Unpacked, as declared; None where nothing declares it. [bytes]"""
    limits: Limits = field(repr=False)
    _unpack: Unpack = field(repr=False)
    _find: Callable[[str], "Entry | None"] = field(repr=False)
    known_as: str = ""
    """The key of its bytes, where whoever asked for entries knows them: it was not looked into."""

    def unpack(self) -> Unpacked:
        """Its bytes, and what was wrong with them. Raises `UnreadableFile` alone, also for more than a recording's."""
        held = io.BytesIO()
        chunks = self._unpack(self.limits.recording_bytes)
        try:
            while True:
                held.write(next(chunks))
        except StopIteration as end:
            return Unpacked(held.getvalue(), end.value)
        except Unfit as unfit:
            raise _unreadable(self.name, str(unfit)) from None
        except OSError as error:
            raise _unreadable(self.name, error.strerror or "an error of the disk") from error
        finally:
            chunks.close()

    def read(self) -> bytes:
        """Its bytes; of a damaged gzip those before the damage. Raises `UnreadableFile` alone."""
        return self.unpack().data

    def open(self) -> BinaryIO:
        """Its bytes as a stream, up to what a whole archive may unpack to; close it.

        Reading raises `UnreadableFile` as soon as something is wrong, a damaged gzip included.
        """
        return cast("BinaryIO", io.BufferedReader(_Stream(self.name, self._unpack(self.limits.archive_bytes))))

    def sibling(self, relative: str) -> "Entry | None":
        """A file of the same container by its name relative to this one's folder; None if there is none to read.

        Apple's export.xml names its routes so, with a slash before: "/workout-routes/route_2024-05-01_7.12am.gpx".
        """
        clean = slashed(relative).lstrip("/")
        if unsafe(clean):
            return None
        return self._find(str(PurePosixPath(self.path).parent / clean))

    def told_beside(self, table: "Entry") -> str | None:
        """Its name as seen from a table's folder; None if it lies elsewhere.

        Strava's activities.csv names "activities/123.fit.gz", wherever the export was unpacked.
        """
        if self.container != table.container:
            return None
        folder, own = PurePosixPath(table.path).parent, PurePosixPath(self.path)
        return str(own.relative_to(folder)) if own.is_relative_to(folder) else None


class _Stream(io.RawIOBase):
    """Chunks as a file."""

    def __init__(self, name: str, chunks: Chunks) -> None:
        self._name = name
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview(self._next())
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken

    def _next(self) -> bytes:
        try:
            return next(self._chunks)
        except StopIteration as end:
            if end.value:
                raise _unreadable(self._name, end.value) from None
            return b""
        except Unfit as unfit:
            raise _unreadable(self._name, str(unfit)) from None
        except OSError as error:
            raise _unreadable(self._name, error.strerror or "an error of the disk") from error

    def close(self) -> None:
        self._chunks.close()
        super().close()


def _unreadable(name: str, why: str) -> UnreadableFile:
    where = "the archive" if INSIDE in name else "the file"
    return UnreadableFile(name, wanted="a file to unpack", came=why, where=where)
