"""Recordings -> runs. The only place that knows a format's own names and units.

`read` takes one file, `read_all` many, plain or packed; `recordings` streams them, one at a time, for whoever needs no
columns after.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from calfwise.errors import UnreadableFile
from calfwise.model.run import OtherActivity, Run, Told
from calfwise.readers.duplicates import Twin, twins
from calfwise.readers.fit import looks_like_fit, read_fit
from calfwise.readers.gpx import looks_like_gpx, read_gpx
from calfwise.readers.opening import Health, Settled, Tables, Whole, belongs_to, opened
from calfwise.readers.reading import Fate, Outcome, Reading, fate_of, unreadable_fate
from calfwise.readers.recording import Recording
from calfwise.readers.tcx import looks_like_tcx, read_tcx

__all__ = [
    "Fate",
    "Health",
    "Outcome",
    "Reading",
    "Recording",
    "Run",
    "Settled",
    "Tables",
    "Whole",
    "belongs_to",
    "files_of",
    "opened",
    "read",
    "read_all",
    "read_bytes",
    "read_recording",
    "recordings",
    "with_duplicates",
]

HEAD_BYTES = 4096


def read(path: str | Path, *, location: bool = False) -> list[Run]:
    """The runs of one file: FIT, TCX or GPX, told by its content.

    Parameters
    ----------
    path
        The file.
    location
        Whether to extract where the run went.

    Returns
    -------
    list of Run
        One for each running session, in order of time; empty for a file without running.

    Raises
    ------
    UnreadableFile
        If it is none of the three, empty, or refused; with file, wanted, came and where.
    """
    return list(read_recording(Path(path), location=location).runs)


def read_recording(path: Path, *, location: bool = False) -> Recording:
    """Everything one file holds: runs, other sports, and what was salvaged; of an archive, everything in it.

    Raises `UnreadableFile` alone, if nothing in the file could be read.
    """
    held = list(recordings([path], location=location))
    errors = [fate.error for fate, _ in held if fate.error is not None]
    if not held:
        raise UnreadableFile(str(path), wanted="a recording", came="nothing", where="the file")
    if errors and len(errors) == len(held):
        raise errors[0]
    return joined(recording for _, recording in held)


def joined(parts: Iterable[Recording]) -> Recording:
    """What several recordings hold, as one."""
    every = list(parts)
    return Recording(
        runs=tuple(run for part in every for run in part.runs),
        others=tuple(other for part in every for other in part.others),
        salvaged=tuple(words for part in every for words in part.salvaged),
        remarks=tuple(words for part in every for words in part.remarks),
    )


def read_bytes(data: bytes, *, file: str, location: bool = False) -> Recording:
    """The same for bytes that are already here. Raises `UnreadableFile` alone."""
    head = data[:HEAD_BYTES]
    if looks_like_fit(head):
        return read_fit(data, file=file, location=location)
    if looks_like_tcx(head):
        return read_tcx(data, file=file, location=location)
    if looks_like_gpx(head):
        return read_gpx(data, file=file, location=location)
    raise UnreadableFile(file, wanted="a FIT, TCX or GPX recording", came=_glimpse(data), where="byte 0")


def _glimpse(data: bytes) -> str:
    if not data:
        return "an empty file"
    if not data.strip(b"\0"):
        return f"{len(data)} NUL bytes"
    return repr(data[:16])


def files_of(paths: Iterable[str | Path]) -> list[Path]:
    """The files on disk that paths name, folders looked through in order; hidden files are left out."""
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files += sorted(f for f in path.rglob("*") if f.is_file() and not _hidden(f.relative_to(path)))
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def recordings(paths: Iterable[str | Path], *, location: bool = False) -> Iterator[tuple[Fate, Recording]]:
    """Each file's fate and what it held, one at a time, archives unpacked on the way; no file stops the others."""
    tables = Tables()
    for found in opened(paths, tables):
        if isinstance(found, Settled):
            yield found.fate, found.recording
            continue
        try:
            recording = _decoded(found, location=location)
        except UnreadableFile as error:
            yield unreadable_fate(found.name, error), Recording()
            continue
        told = [_with_words(run, found, tables) for run in recording.runs]
        recording = replace(recording, runs=tuple(told))
        yield fate_of(found.name, recording), recording


def _decoded(found: Whole | Health, *, location: bool) -> Recording:
    if isinstance(found, Health):
        return joined(found.recordings(location=location))
    recording = read_bytes(found.data, file=found.name, location=location)
    return replace(recording, salvaged=(found.salvaged, *recording.salvaged)) if found.salvaged else recording


def _with_words(run: Run, found: Whole | Health, tables: Tables) -> Run:
    """The run with what its archive tells about it."""
    words: Told | None = (found.told if isinstance(found, Whole) else None) or tables.garmin()(found.name, run.start)
    return replace(run, told=words) if words else run


def read_all(paths: Iterable[str | Path], *, location: bool = False) -> Reading:
    """The runs of many files, folders and archives, and every file's fate.

    Parameters
    ----------
    paths
        Files and folders, plain or packed.
    location
        Whether to extract where the runs went.

    Returns
    -------
    Reading
        Runs in order of time, each once: of two recordings of one run the richer is kept, and why is said.
    """
    fates: list[Fate] = []
    runs: list[Run] = []
    others: list[OtherActivity] = []
    for fate, recording in recordings(paths, location=location):
        fates.append(fate)
        runs += recording.runs
        others += recording.others
    kept, dropped = twins(runs, richness=richness_of)
    return Reading(
        runs=tuple(kept),
        others=tuple(sorted(others, key=lambda other: other.start)),
        fates=tuple(with_duplicates(fates, dropped)),
    )


def richness_of(run: Run) -> tuple[float, float]:
    """How much a recording tells: running dynamics before cadence, cadence before position, then how many samples."""
    columns = run.columns
    ranked = (columns.stance_time_s, columns.cadence_spm, columns.speed_mps)
    rank = sum(4 >> i for i, column in enumerate(ranked) if np.isfinite(column).any())
    return rank, len(columns)


def with_duplicates(fates: Iterable[Fate], dropped: Iterable[Twin]) -> list[Fate]:
    """The fates, with those files told as duplicates whose runs were all dropped for a twin."""
    why = {twin.file: twin.why for twin in dropped}
    counts: dict[str, int] = {}
    for twin in dropped:
        counts[twin.file] = counts.get(twin.file, 0) + 1
    return [
        Fate(fate.file, Outcome.DUPLICATE, why[fate.file], 0)
        if fate.file in why and counts[fate.file] >= fate.runs
        else fate
        for fate in fates
    ]
