"""Bytes with an address: on disk, in memory, part of another source, or unpacked on the way.

A zip is read from its end, so everything it can lie in answers `read_at`. A source is entered before it is read;
entering twice is fine, and after the last leaving nothing is open.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Protocol, Self

from calfwise.readers.archive.limits import MIB, Unfit

Chunks = Generator[bytes, None, str]
"""Bytes as they are unpacked; the value at the end says what was wrong with them, "" when nothing was."""

LOOK_BACK_BYTES = MIB
"""An entry is looked at before it is read, so a stream is asked for the last few bytes again."""


class Source(Protocol):
    """Bytes that can be read anywhere."""

    @property
    def size(self) -> int: ...
    @property
    def streamed(self) -> bool:
        """Whether reading backwards means to unpack everything again."""

    def read_at(self, start: int, length: int) -> bytes:
        """Up to `length` bytes; fewer only at the end."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...


class Disk:
    """A file on disk; open as long as someone is in it."""

    streamed = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._descriptor = -1
        self._users = 0

    def __enter__(self) -> Self:
        if not self._users:
            self._descriptor = os.open(self.path, os.O_RDONLY)
        self._users += 1
        return self

    def __exit__(self, *error: object) -> None:
        self._users -= 1
        if not self._users:
            os.close(self._descriptor)

    def read_at(self, start: int, length: int) -> bytes:
        data = os.pread(self._descriptor, length, start)
        while len(data) < length and (more := os.pread(self._descriptor, length - len(data), start + len(data))):
            data += more
        return data


class Memory:
    """Bytes at hand."""

    streamed = False

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self._data = data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def read_at(self, start: int, length: int) -> bytes:
        return self._data[start : start + length]


class Window:
    """A stretch of another source: an archive that lies unpacked in an archive."""

    streamed = False

    def __init__(self, source: Source, start: int, size: int) -> None:
        self.size = size
        self._source = source
        self._start = start

    def __enter__(self) -> Self:
        self._source.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._source.__exit__(*error)

    def read_at(self, start: int, length: int) -> bytes:
        return self._source.read_at(self._start + start, max(0, min(length, self.size - start)))


class Stream:
    """An archive that is packed in an archive and too large to hold: unpacked once for its end, once for the rest.

    Kept are its last bytes, where the table of contents lies, and those just read. Reading further back unpacks
    everything again, so entries are read in the order in which they lie.
    """

    streamed = True

    def __init__(self, chunks: Callable[[], Chunks], *, tail_bytes: int) -> None:
        self._chunks = chunks
        tail: deque[bytes] = deque()
        self.size = held = 0
        for chunk in chunks():
            tail.append(chunk)
            self.size += len(chunk)
            held += len(chunk)
            while held - len(tail[0]) >= tail_bytes:
                held -= len(tail.popleft())
        self._tail = b"".join(tail)
        self._users = 0
        self._restart()

    def _restart(self) -> None:
        self._running: Chunks | None = None
        self._recent: deque[bytes] = deque()
        self._recent_start = self._position = 0

    def __enter__(self) -> Self:
        self._users += 1
        return self

    def __exit__(self, *error: object) -> None:
        self._users -= 1
        if not self._users:
            if self._running is not None:
                self._running.close()
            self._restart()

    def read_at(self, start: int, length: int) -> bytes:
        tail_start = self.size - len(self._tail)
        if start >= tail_start:
            return self._tail[start - tail_start : start - tail_start + length]
        if start < self._recent_start and self._running is not None:
            self._running.close()
            self._restart()
        self._unpack_to(min(start + length, self.size), keep_from=start)
        return b"".join(self._kept(start, start + length))

    def _kept(self, start: int, end: int) -> Iterator[bytes]:
        at = self._recent_start
        for chunk in self._recent:
            if at < end and at + len(chunk) > start:
                yield chunk[max(0, start - at) : end - at]
            at += len(chunk)

    def _unpack_to(self, end: int, *, keep_from: int) -> None:
        if self._running is None:
            self._running = self._chunks()
        while self._position < end:
            chunk = next(self._running, b"")
            if not chunk:
                raise Unfit("packed bytes that break off")
            self._recent.append(chunk)
            self._position += len(chunk)
            oldest = min(keep_from, self._position - LOOK_BACK_BYTES)
            while self._recent_start + len(self._recent[0]) <= oldest:
                self._recent_start += len(self._recent.popleft())
