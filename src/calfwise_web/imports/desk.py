"""What a batch holds, file by file: read, known already, or told why not."""

import shutil
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from zipfile import BadZipFile, ZipFile

import msgspec
from django.conf import settings
from msgspec import structs

from calfwise.errors import UnreadableFile
from calfwise.intake.pool import Decoders, Job
from calfwise.intake.work import Whose
from calfwise.model.journal import AnyEvent, event_from_line
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.series import series_of
from calfwise.readers import Health, Outcome, Settled, Tables, Whole, opened
from calfwise.readers.archive import Kind, Limits
from calfwise.readers.archive.kinds import kind_by_name
from calfwise.readers.archive.names import INSIDE
from calfwise_web.imports.decoding import Taken, fallen, taken_batch
from calfwise_web.journal.held import packed_series
from calfwise_web.journal.models import Recording
from calfwise_web.journal.originals import CHUNK, digest_of, digest_of_file

NAME_LENGTH = 500
"""Of longer names the end is told."""


@dataclass(frozen=True, slots=True)
class Brought:
    """An original that a file gave."""

    digest: str
    size: int
    name: str
    form: Recording.Form
    held: bytes | Path = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What one file gave, ready to be written down."""

    name: str
    outcome: Outcome
    why: str
    brought: Brought | None = None
    known: str | None = None
    """The digest of an original that is here already."""
    loads: tuple[RunLoad, ...] = ()
    series: tuple[bytes, ...] = ()
    """One a load, where there are any."""
    events: tuple[AnyEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthOriginal:
    """The file that holds an export of Apple Health: what it was called, where it is told from, where it lies."""

    digest: str
    name: str
    at: str
    place: Path


class Desk:
    """Sorts what is opened; hands recordings to the decoders, and reads tables, journals and Apple's export itself.

    Parameters
    ----------
    root
        The folder that names are told from.
    decoders
        Warm processes.
    whose
        Whose recordings they are.
    known
        Digests of originals that are here already, and how they are called.
    told
        Names that have their outcome: tables among them are read again, for what they say about the others.
    owns_files
        Whether the files are ours: uploaded, on disk, and changed by nobody any more.
    beat
        Called now and then while something large is read.
    opening
        Called with each name before its file is read.
    """

    def __init__(
        self,
        root: Path,
        *,
        decoders: Decoders,
        whose: Whose,
        known: dict[str, str],
        told: frozenset[str] = frozenset(),
        owns_files: bool = False,
        beat: Callable[[], None] = lambda: None,
        opening: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._prefix = f"{root}/"
        self._decoders = decoders
        self._whose = whose
        self._work = partial(taken_batch, whose=whose)
        self._known = dict(known)
        self._told = told
        self._owns_files = owns_files
        self._beat = beat
        self._opening = opening
        self._tables = Tables()
        self._ready: list[Result] = []
        self._sent: dict[str, tuple[Whole, Brought]] = {}
        self._aside: Path | None = None

    def results(self, paths: Iterable[Path]) -> Iterator[Result]:
        """Every file that has no outcome yet; what needs no decoding may come before what stands before it."""
        for name, taken in self._decoders.run(self._jobs(paths), work=self._work, fallen=fallen):
            yield from self._take_ready()
            yield self._decoded(*self._sent.pop(name), taken)
        yield from self._take_ready()

    @property
    def has_words(self) -> bool:
        """Whether a table tells about runs by their start, so that only the end of the batch can join them."""
        return bool(self._tables.summaries)

    def named(self, load: RunLoad) -> RunLoad:
        """A load with what such a table tells of it."""
        return load if load.told else structs.replace(load, told=self._tables.garmin()(load.file, load.start))

    def _take_ready(self) -> Iterator[Result]:
        ready, self._ready = self._ready, []
        yield from ready

    def _short(self, name: str) -> str:
        return name.removeprefix(self._prefix)

    def _wanted(self, name: str) -> bool:
        kind = kind_by_name(name.rpartition(INSIDE)[2] or name)
        if self._short(name)[-NAME_LENGTH:] in self._told and not (kind is not None and kind.is_table):
            return False
        self._opening(self._short(name))
        return True

    def _jobs(self, paths: Iterable[Path]) -> Iterator[Job]:
        for found in opened(paths, self._tables, wanted=self._wanted):
            self._beat()
            if isinstance(found, Settled):
                if self._short(found.fate.file)[-NAME_LENGTH:] not in self._told:
                    self._ready.append(self._settled(found))
            elif isinstance(found, Health):
                self._ready.append(self._health(found))
            else:
                digest = digest_of(found.data)
                if digest in self._known:
                    self._ready.append(self._already(found.name, digest))
                    continue
                name = found.called or self._short(found.name)
                self._known[digest] = name
                brought = Brought(digest, len(found.data), name, Recording.Form.FILE, self._held(found))
                self._sent[found.name] = found, brought
                yield found.name, found.data

    def _held(self, found: Whole) -> bytes | Path:
        """Where a recording's bytes are: in a file of our own, which need not be written again, or in memory."""
        if self._owns_files and INSIDE not in found.name and not found.name.endswith(".gz"):
            return Path(found.name)
        return found.data

    def _already(self, name: str, digest: str) -> Result:
        why = f"the same file as {self._known[digest]}, which is here already"
        return Result(self._short(name), Outcome.DUPLICATE, why, known=digest)

    def _decoded(self, whole: Whole, brought: Brought, taken: Taken) -> Result:
        given = taken.given
        loads = tuple(structs.replace(load, file=brought.name, told=whole.told) for load in given.loads)
        outcome = Outcome.SALVAGED if whole.salvaged and loads else given.outcome
        why = "; ".join(words for words in (whole.salvaged, given.why) if words)
        kept = brought if outcome is not Outcome.UNREADABLE else None
        return Result(self._short(whole.name), outcome, why, kept, loads=loads, series=taken.series)

    def _settled(self, found: Settled) -> Result:
        """A table, a journal, or what is passed over."""
        fate, name = found.fate, self._short(found.fate.file)
        if found.kind is Kind.CALFWISE_JOURNAL:
            return _journal(name, found.data)
        runs = found.recording.runs
        if not runs:
            return Result(name, fate.outcome, fate.why)
        digest = digest_of(found.data)
        if digest in self._known:
            return self._already(fate.file, digest)
        called = found.called or name
        self._known[digest] = called
        brought = Brought(digest, len(found.data), called, Recording.Form.TABLE, found.data)
        loads = tuple(structs.replace(run_load(run, self._whose.runner), file=called) for run in runs)
        return Result(name, fate.outcome, fate.why, brought, loads=loads)

    def _health(self, found: Health) -> Result:
        """Apple's export: its original is the file on disk that holds it, routes and all, or the one we exported."""
        name = self._short(found.name)
        original = self._original_of(found)
        self._beat()
        if original.digest in self._known:
            return self._already(found.name, original.digest)
        file = INSIDE.join((original.name, *found.name.removeprefix(original.at).split(INSIDE)[1:]))
        loads: list[RunLoad] = []
        series: list[bytes] = []
        said: list[str] = []
        try:
            for recording in found.recordings():
                self._beat()
                loads += [structs.replace(run_load(run, self._whose.runner), file=file) for run in recording.runs]
                series += [packed_series(series_of(run, self._whose.runner)) for run in recording.runs]
                said += recording.salvaged
        except UnreadableFile as error:
            return Result(name, Outcome.UNREADABLE, f"wanted {error.wanted}, got {error.came}")
        self._known[original.digest] = original.name
        size = original.place.stat().st_size
        brought = Brought(original.digest, size, original.name, Recording.Form.HEALTH, original.place)
        outcome = Outcome.SALVAGED if said else Outcome.READ if loads else Outcome.NO_RUN
        return Result(name, outcome, "; ".join(said), brought, loads=tuple(loads), series=tuple(series))

    def _original_of(self, found: Health) -> HealthOriginal:
        disk = found.name.split(INSIDE)[0]
        exported = self._tables.exported(found.name)
        if exported is not None:
            told, at = exported
            place = Path(disk) if at == disk else self._unpacked(Path(disk), at.removeprefix(disk + INSIDE))
            if place is not None and digest_of_file(place) == told.sha256:
                return HealthOriginal(told.sha256, told.name, at, place)
        return HealthOriginal(digest_of_file(Path(disk)), self._short(disk), disk, Path(disk))

    def _unpacked(self, archive: Path, inside: str) -> Path | None:
        """An archive that lies in our own export, as a file for as long as this desk is there."""
        if self._aside is None:
            self._aside = Path(mkdtemp(dir=Path(settings.DATA) / "staging"))
            weakref.finalize(self, shutil.rmtree, self._aside, ignore_errors=True)
        place = self._aside / f"{len(self._known)}"
        try:
            with ZipFile(archive) as export, export.open(inside) as packed, place.open("wb") as file:
                if export.getinfo(inside).file_size > Limits().archive_bytes:
                    return None
                shutil.copyfileobj(packed, file, CHUNK)
        except (BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error, EOFError):
            return None
        return place


def _journal(name: str, data: bytes) -> Result:
    """A journal's lines: all of them or none, for a journal half understood would hide a lock."""
    events: list[AnyEvent] = []
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            events.append(event_from_line(line))
        except msgspec.DecodeError as error:
            return Result(name, Outcome.UNREADABLE, f"line {number} is no journal line: {error}; none of it was taken")
    return Result(name, Outcome.READ, f"{len(events):,} journal lines", events=tuple(events))
