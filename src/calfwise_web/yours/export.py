"""Everything of a journal as one zip, written while it is sent: neither a copy on disk nor a large one in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec
from django.template.loader import render_to_string

from calfwise.journal_file import BESIDE
from calfwise.model.load.dose import RunLoad
from calfwise.model.run import Told
from calfwise.readers.archive.calfwise import TABLE, Original, table_line
from calfwise.readers.archive.kinds import GZIP, ZIP
from calfwise.readers.archive.names import INSIDE
from calfwise_web.journal.held import load_of
from calfwise_web.journal.models import Journal, Recording
from calfwise_web.journal.originals import place_of
from calfwise_web.yours.table import csv_lines

RUNS, TAPS, README = "runs.csv", "taps.jsonl", "README.txt"
CHUNK = 2**18
FAST = 1
"""As deflate counts: recordings are large, and whoever takes them away waits."""
LONGEST_NAME = 120
FORBIDDEN = frozenset('<>:"/\\|?*')
"""In names of files, somewhere."""
ORDER = (Recording.Form.FILE, Recording.Form.TABLE, Recording.Form.HEALTH)
"""Archives last: what lies in them again is known by then, under the name it came with."""


class Sink:
    """What a zip is written into, a piece at a time."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """All that was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Held:
    """An original that is here, and where it goes."""

    place: Path
    line: Original


def export(journal: Journal, *, user: str, now: datetime) -> Iterator[bytes]:
    """The zip, in pieces.

    Lines, then the table of originals, then everything else: whoever reads it from the beginning knows what each
    original was called before it comes.
    """
    sink = Sink()
    held = list(_held(journal))
    about = {"user": user, "day": now.date(), "originals": len(held), "runs": journal.runs.count()}
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=FAST) as archive:  # type: ignore[call-overload]
        yield from _text(archive, sink, README, [render_to_string("yours/README.txt", about).encode()], now)
        yield from _text(archive, sink, BESIDE, _journal_lines(journal), now)
        yield from _text(archive, sink, TABLE, (table_line(each.line) + b"\n" for each in held), now)
        yield from _text(archive, sink, RUNS, csv_lines(journal), now)
        yield from _text(archive, sink, TAPS, _taps(journal), now)
        for each in held:
            yield from _original(archive, sink, each, now)
    yield sink.taken()


def _journal_lines(journal: Journal) -> Iterator[bytes]:
    """As stored, in order of time."""
    for line in journal.entries.order_by("at", "pk").values_list("line", flat=True).iterator():
        yield line.encode() + b"\n"


def _taps(journal: Journal) -> Iterator[bytes]:
    """What phones wrote while sessions were played, as it came, each line with its session."""
    rows = journal.happenings.order_by("session", "device", "sequence", "pk").values_list("session", "line")
    for session, line in rows.iterator():
        yield msgspec.json.encode({"session": session, "event": msgspec.Raw(line.encode())}) + b"\n"


def _held(journal: Journal) -> Iterator[Held]:
    """Every original that is here."""
    words = _words(journal)
    rows = sorted(journal.recordings.filter(kept=True).order_by("pk"), key=lambda row: ORDER.index(row.form))
    for number, row in enumerate(rows, start=1):
        place = place_of(journal.key, row.digest)
        if place.is_file():
            file = f"originals/{number:05}/{_base_name(row, place)}"
            yield Held(place, Original(file, row.name, row.digest, words.get(row.pk)))


def _words(journal: Journal) -> dict[int, Told]:
    """What an archive said of each recording, from the load of its first run."""
    words: dict[int, Told] = {}
    rows = journal.loads.filter(model_version=journal.model_version).order_by("run__start")
    for recording, body in rows.values_list("run__recording_id", "body").iterator(chunk_size=500):
        load: RunLoad = load_of(body)
        if load.told is not None:
            words.setdefault(recording, load.told)
    return words


def _base_name(row: Recording, place: Path) -> str:
    """The last part of its name, as any system takes it; a recording that is unpacked by now is no `.gz` any more."""
    name = row.name.rpartition(INSIDE)[2].rpartition("/")[2]
    if name.lower().endswith(".gz") and not _is_packed(place):
        name = name[:-3]
    clean = "".join("_" if letter in FORBIDDEN or not letter.isprintable() else letter for letter in name)
    return clean.strip(" .")[-LONGEST_NAME:] or "recording"


def _is_packed(place: Path) -> bool:
    with place.open("rb") as file:
        return file.read(4).startswith((GZIP, *ZIP))


def _text(archive: ZipFile, sink: Sink, name: str, pieces: Iterable[bytes], now: datetime) -> Iterator[bytes]:
    about = _about(name, now)
    about.compress_type = ZIP_DEFLATED
    with archive.open(about, "w", force_zip64=True) as entry:
        for piece in pieces:
            entry.write(piece)
            if data := sink.taken():
                yield data
    yield sink.taken()


def _original(archive: ZipFile, sink: Sink, held: Held, now: datetime) -> Iterator[bytes]:
    """Packed ones as they are. One that was deleted since is left out."""
    about = _about(held.line.file, now)
    try:
        file: BinaryIO = held.place.open("rb")
    except FileNotFoundError:
        return
    with file:
        about.file_size = held.place.stat().st_size
        about.compress_type = ZIP_STORED if _is_packed(held.place) else ZIP_DEFLATED
        with archive.open(about, "w") as entry:
            while piece := file.read(CHUNK):
                entry.write(piece)
                if data := sink.taken():
                    yield data
    yield sink.taken()


def _about(name: str, now: datetime) -> ZipInfo:
    about = ZipInfo(name, now.timetuple()[:6])
    about.external_attr = 0o600 << 16
    return about
