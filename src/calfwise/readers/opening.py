"""Whatever a path holds -> recordings to decode, tables that tell about them, and what is settled at once."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, cast

import numpy as np

from calfwise.errors import UnreadableFile
from calfwise.model.run import COLUMN_NAMES, Columns, Device, OtherActivity, Run, Told
from calfwise.readers.apple import read_health
from calfwise.readers.archive import Entry, Kind, KnownAs, Refused, entries
from calfwise.readers.archive.calfwise import Original, read_originals
from calfwise.readers.archive.garmin import GarminTable, Summary, read_gear, read_summaries
from calfwise.readers.archive.names import INSIDE
from calfwise.readers.archive.strava import Manual, StravaTable, read_table
from calfwise.readers.reading import Fate, Outcome
from calfwise.readers.recording import Recording
from calfwise.readers.sports import RUNNING

_PARTS = re.compile(r"[/\\]| › ")


@dataclass(frozen=True, slots=True)
class Whole:
    """A recording's bytes."""

    name: str
    data: bytes
    salvaged: str
    """What was wrong with its packing; empty if nothing."""
    told: Told | None
    """What the table beside it says."""
    called: str = ""
    """How it was called before calfwise exported it; empty for all others."""
    known_as: str = ""
    """Where whoever asked knows its bytes: their key, and then they were not read."""


@dataclass(frozen=True, slots=True)
class Health:
    """An Apple Health export: too large to hold, so it is read as a stream."""

    name: str
    entry: Entry

    def recordings(self, *, location: bool = False) -> Iterator[Recording]:
        """Its workouts one by one. Raises `UnreadableFile` alone."""
        stream = cast("BinaryIO", io.BufferedReader(_Again(self.entry)))
        yield from read_health(stream, file=self.name, route=self._route, location=location)

    def _route(self, path: str) -> bytes | None:
        sibling = self.entry.sibling(path)
        try:
            return sibling.read() if sibling else None
        except UnreadableFile:
            return None


@dataclass(frozen=True, slots=True)
class Settled:
    """What needs no decoding: passed over, refused, or a table with the runs that were typed into it."""

    fate: Fate
    recording: Recording = field(default_factory=Recording)
    kind: Kind | None = None
    """Of a table."""
    data: bytes = field(default=b"", repr=False)
    """A table's bytes."""
    called: str = ""
    """How a table was called before calfwise exported it."""


Opened = Whole | Health | Settled


@dataclass(slots=True)
class Tables:
    """What exports tell about their recordings, as far as it was read."""

    strava: list[tuple[Entry, StravaTable]] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    gear: dict[int, str] = field(default_factory=dict)
    originals: list[tuple[Entry, Mapping[str, Original]]] = field(default_factory=list)
    _sorted: GarminTable | None = None

    def told(self, entry: Entry) -> Told | None:
        """What a Strava table says of a file; its export names files, so nothing is guessed."""
        found = (table.of(entry.told_beside(beside)) for beside, table in self.strava)
        return next((told for told in found if told), None)

    def original(self, entry: Entry) -> Original | None:
        """What calfwise's own export says of a file."""
        found = (table.get(entry.told_beside(beside) or "") for beside, table in self.originals)
        return next((original for original in found if original), None)

    def exported(self, name: str) -> tuple[Original, str] | None:
        """The exported original that a file is or lies in, and where it is now; None for all others."""
        for beside, table in self.originals:
            top = beside.name.removesuffix(PurePosixPath(beside.path).name)
            if name.startswith(top):
                file = name.removeprefix(top).split(INSIDE)[0]
                if original := table.get(file):
                    return original, top + file
        return None

    def garmin(self) -> Callable[[str, datetime], Told | None]:
        """What Garmin's summaries say of a run: they name none of the files, so its start decides."""
        if not self.summaries:
            return lambda file, start: None
        if self._sorted is None:
            self._sorted = GarminTable(self.summaries, self.gear)
        return self._sorted.of

    def add_garmin(self, *, summaries: Iterable[Summary] = (), gear: Mapping[int, str] = MappingProxyType({})) -> None:
        """Remember more of an export; what was sorted before is sorted anew when next asked for."""
        self.summaries += summaries
        self.gear |= gear
        self._sorted = None


def opened(
    paths: Iterable[str | Path],
    tables: Tables,
    *,
    wanted: Callable[[str], bool] = lambda name: True,
    known_as: KnownAs | None = None,
) -> Iterator[Opened]:
    """Everything that files, folders and archives hold, one at a time; no file stops the others.

    Parameters
    ----------
    paths
        Files and folders, plain or packed.
    tables
        Filled with what exports tell about their recordings.
    wanted
        Which names to open; the others are not told.
    known_as
        Asked about each file on disk before it is opened: the key of a recording's bytes that need not be read.
    """
    seen: set[str] = set()
    for path in paths:
        for found in entries(path, known_as=known_as):
            if found.name not in seen and wanted(found.name):
                seen.add(found.name)
                yield _opened(found, tables)


def belongs_to(name: str, runner: str) -> bool:
    """Whether a file is this runner's: it lies in a folder of that name, or its own name begins with it.

    >>> belongs_to("club.zip › ann/sunday.fit", "ann"), belongs_to("club/ann-1.fit", "ann")
    (True, True)
    >>> belongs_to("club/bob.fit", "ann")
    False
    """
    parts = _PARTS.split(name)
    return runner in parts[:-1] or parts[-1].startswith(runner)


def _opened(found: Entry | Refused, tables: Tables) -> Opened:
    if isinstance(found, Refused):
        return _settled(found.name, Outcome.UNREADABLE, found.why, error=found.error)
    if found.kind is Kind.BESIDE:
        return _settled(found.name, Outcome.SKIPPED, "not a recording")
    if found.kind is Kind.APPLE_HEALTH:
        return Health(found.name, found)
    if found.known_as:
        return _known(found, tables)
    try:
        unpacked = found.unpack()
    except UnreadableFile as error:
        return _settled(found.name, Outcome.UNREADABLE, f"wanted {error.wanted}, got {error.came}", error=error)
    if found.kind.is_table:
        return _table(found, unpacked.data, tables)
    original = tables.original(found)
    if original is not None:
        return Whole(found.name, unpacked.data, unpacked.salvaged, original.told, original.name)
    return Whole(found.name, unpacked.data, unpacked.salvaged, tables.told(found))


def _known(found: Entry, tables: Tables) -> Whole:
    """A recording whose bytes are known, with what tables tell about it now."""
    original = tables.original(found)
    if original is not None:
        return Whole(found.name, b"", "", original.told, original.name, found.known_as)
    return Whole(found.name, b"", "", tables.told(found), known_as=found.known_as)


def _settled(name: str, outcome: Outcome, why: str, *, error: UnreadableFile | None = None) -> Settled:
    return Settled(Fate(name, outcome, why, error=error))


def _passed(entry: Entry, why: str, data: bytes) -> Settled:
    """A table without runs of its own."""
    return Settled(Fate(entry.name, Outcome.SKIPPED, why), kind=entry.kind, data=data)


def _table(entry: Entry, data: bytes, tables: Tables) -> Settled:
    """A table of an export, remembered; of Strava's, activities that were typed in are runs and facts of their own."""
    if entry.kind is Kind.GARMIN_SUMMARIES:
        tables.add_garmin(summaries=read_summaries(data))
        return _passed(entry, "the names of Garmin's archive", data)
    if entry.kind is Kind.GARMIN_GEAR:
        tables.add_garmin(gear=read_gear(data))
        return _passed(entry, "the shoes of Garmin's archive", data)
    if entry.kind is Kind.CALFWISE_TABLE:
        tables.originals.append((entry, read_originals(data)))
        return _passed(entry, "the names of calfwise's own export", data)
    if entry.kind is Kind.CALFWISE_JOURNAL:
        return _passed(entry, "calfwise's journal", data)
    table = read_table(data)
    tables.strava.append((entry, table))
    typed = [_typed(manual, entry.name, place) for place, manual in enumerate(table.manual)]
    runs = tuple(each for each in typed if isinstance(each, Run))
    others = tuple(each for each in typed if isinstance(each, OtherActivity))
    why = "; ".join(table.remarks) or f"the titles and gear of {len(table.told)} activities"
    outcome = Outcome.READ if runs else Outcome.SKIPPED
    fate = Fate(entry.name, outcome, why, len(runs))
    original = tables.original(entry)
    called = original.name if original else ""
    return Settled(fate, Recording(runs=runs, others=others), entry.kind, data, called)


def _typed(manual: Manual, file: str, place: int) -> Run | OtherActivity:
    """An activity that was typed in: distance and time are all that is known of it."""
    id_ = f"typed-{manual.start:%Y%m%dT%H%M%S}:{place}"
    seconds = manual.moving_s or manual.elapsed_s or 0.0
    if manual.sport != RUNNING or not seconds:
        return OtherActivity(id_, file, manual.start, manual.sport, seconds, manual.distance_m)
    nothing = np.zeros(0)
    return Run(
        id=id_,
        file=file,
        format="typed",
        start=manual.start,
        local_time_known=False,
        sport=RUNNING,
        sub_sport=None,
        distance_m=manual.distance_m,
        timer_s=seconds,
        elapsed_s=manual.elapsed_s or seconds,
        columns=Columns(**dict.fromkeys(COLUMN_NAMES, nothing)),
        device=Device(),
        notes=("typed in, without a recording",),
        told=manual.told,
    )


class _Again(io.RawIOBase):
    """An entry's bytes as a stream that can go back: by opening the entry anew."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._stream = entry.open()
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """To a byte counted from the beginning; what lies before it is read again where it must be."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the beginning")
        if offset < self._at:
            self._stream.close()
            self._stream, self._at = self._entry.open(), 0
        while self._at < offset:
            skipped = len(self._stream.read(min(offset - self._at, io.DEFAULT_BUFFER_SIZE)))
            if not skipped:
                break
            self._at += skipped
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
