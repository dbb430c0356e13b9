"""Files whose bytes are known without reading them again: those that are just as they were when they were read.

As git knows unchanged files: by device, inode, size and both times of change, and only where a file had rested for a
while when it was read, so that no clock is too coarse to tell. All others are read, and known by their bytes.
"""

import os
import time
from pathlib import Path

import msgspec

RESTED_NS = 3 * 10**9
"""Coarser than any file system's clock. [ns]"""
MOST_FILES = 100_000
"""Of more, those not met this time are forgotten."""

File = tuple[int, int]
"""Device and inode."""
State = tuple[int, int, int, str]
"""Size, when its bytes and when anything about it changed [ns], and the key of its bytes."""

_decoder = msgspec.msgpack.Decoder(list[tuple[File, State]])


class Files:
    """What is remembered of files on this machine; no name and no place is."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "files.msgpack"
        self._there = self._read()
        self._new: dict[File, State] = {}
        self._looked_at: os.stat_result | None = None

    def key_of(self, status: os.stat_result) -> str | None:
        """The key of a file's bytes if it is as it was; `None` if it must be read, and then it is the one in hand."""
        self._looked_at = None
        known = self._there.get((status.st_dev, status.st_ino))
        if known is not None and known[:3] == _state(status):
            return known[3]
        if status.st_ino and max(status.st_mtime_ns, status.st_ctime_ns) < time.time_ns() - RESTED_NS:
            self._looked_at = status
        return None

    def remember(self, key: str) -> None:
        """The key of the file in hand, now that it was read; nothing if it had not rested."""
        if self._looked_at is not None:
            status = self._looked_at
            self._new[status.st_dev, status.st_ino] = (*_state(status), key)

    def save(self) -> None:
        """Write what is new, whole or not at all. Raises `OSError` where the folder cannot be written."""
        if not self._new:
            return
        kept = self._new if len(self._there) + len(self._new) > MOST_FILES else self._there | self._new
        write_whole(self._path, msgspec.msgpack.encode(list(kept.items())))

    def _read(self) -> dict[File, State]:
        try:
            return dict(_decoder.decode(self._path.read_bytes()))
        except (OSError, msgspec.DecodeError):
            return {}


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def write_whole(path: Path, data: bytes) -> None:
    """For its owner alone, and never half. Raises `OSError`."""
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside.touch(mode=0o600)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
