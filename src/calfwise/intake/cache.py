"""What recordings gave before, by their bytes: the second time ten years take a moment.

Keyed by content, never by a file's name or date; a file that has not changed since it was read is known without being
read again (intake/files.py). A new reader or model, another stance source or other shoes are another cache: nothing
stale can be taken for fresh. A cache that cannot be read is no cache.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import structs

from calfwise.intake.files import Files, write_whole
from calfwise.intake.work import Decoded, Whose
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.runner import Runner

READER_VERSION = 3
"""Raise it when a reader reads otherwise."""
KEPT = 4
"""So many caches are kept, the newest: a runner tries few stance sources."""
ENVIRONMENT = "CALFWISE_CACHE"

_decoder = msgspec.msgpack.Decoder(dict[str, Decoded])


def folder() -> Path:
    """Where caches lie: `CALFWISE_CACHE`, else the user's cache folder."""
    told = os.environ.get(ENVIRONMENT)
    if told:
        return Path(told)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "calfwise"


def content_key(data: bytes) -> str:
    """A recording's key: its bytes and nothing else."""
    return hashlib.sha256(data).hexdigest()


class Cache:
    """One runner's recordings under one model; written once, at the end, by one process."""

    def __init__(self, whose: Whose, place: Path | None = None) -> None:
        # Of the runner no load depends on more: whoever tells their mass need not wait for it.
        matters = structs.replace(whose, runner=Runner(stance_source=whose.runner.stance_source))
        context = f"{READER_VERSION};{MODEL_VERSION};".encode() + msgspec.msgpack.encode(matters)
        where = place or folder()
        self._files = Files(where)
        self._path = where / f"loads-{hashlib.sha256(context).hexdigest()[:20]}.msgpack"
        self._there = self._read()
        self._new: dict[str, Decoded] = {}

    def get(self, key: str) -> Decoded | None:
        """What a recording gave before; `None` if it is not known here."""
        return self._there.get(key) or self._new.get(key)

    def key_of(self, status: os.stat_result) -> str | None:
        """The key of a file that is as it was when it was read, if what it gave is known; `None`: read it."""
        key = self._files.key_of(status)
        return key if key in self._there else None

    def read(self, data: bytes) -> str:
        """The key of the file that `key_of` was last asked about, now that its bytes are there."""
        key = content_key(data)
        self._files.remember(key)
        return key

    def put(self, key: str, given: Decoded) -> None:
        """Remember what a recording gave."""
        self._new[key] = given

    def save(self) -> None:
        """Write what is new, whole or not at all; a folder that cannot be written costs only time."""
        with suppress(OSError):
            if self._new:
                write_whole(self._path, _packed(self._there | self._new))
                self._forget_old()
            self._files.save()

    def _read(self) -> dict[str, Decoded]:
        try:
            return _decoder.decode(self._path.read_bytes())
        except (OSError, msgspec.DecodeError):
            return {}

    def _forget_old(self) -> None:
        caches = sorted(self._path.parent.glob("loads-*.msgpack"), key=lambda path: path.stat().st_mtime)
        for old in caches[:-KEPT]:
            old.unlink(missing_ok=True)


def _packed(given: dict[str, Decoded]) -> bytes:
    # Times as text: MessagePack's own keep the moment but not its offset, and with that the runner's day.
    return msgspec.msgpack.encode(msgspec.to_builtins(given, builtin_types=(bytes,)))
