"""What recordings gave before, by their bytes: the second time ten years take a moment.

Keyed by content, never by file date. A new reader or model, another stance source or other shoes are another cache:
nothing stale can be taken for fresh. A cache that cannot be read is no cache.
"""

import hashlib
import os
from pathlib import Path

import msgspec
from msgspec import structs

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
        self._path = (place or folder()) / f"loads-{hashlib.sha256(context).hexdigest()[:20]}.msgpack"
        self._there = self._read()
        self._new: dict[str, Decoded] = {}

    def get(self, key: str) -> Decoded | None:
        """What a recording gave before; `None` if it is not known here."""
        return self._there.get(key) or self._new.get(key)

    def put(self, key: str, given: Decoded) -> None:
        """Remember what a recording gave."""
        self._new[key] = given

    def save(self) -> None:
        """Write what is new, whole or not at all; a folder that cannot be written costs only time."""
        if not self._new:
            return
        aside = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            aside.touch(mode=0o600)
            aside.write_bytes(_packed(self._there | self._new))
            aside.replace(self._path)
            self._forget_old()
        except OSError:
            aside.unlink(missing_ok=True)

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
