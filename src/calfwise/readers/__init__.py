"""Recordings -> runs. The only place that knows a format's own names and units.

`read` takes one file, `read_all` many; `recordings` streams them, one at a time, for whoever needs no columns after.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from calfwise.errors import UnreadableFile
from calfwise.model.run import OtherActivity, Run
from calfwise.readers.duplicates import Twin, twins
from calfwise.readers.fit import looks_like_fit, read_fit
from calfwise.readers.gpx import looks_like_gpx, read_gpx
from calfwise.readers.reading import Fate, Outcome, Reading, fate_of
from calfwise.readers.recording import Recording
from calfwise.readers.tcx import looks_like_tcx, read_tcx

__all__ = [
    "Fate",
    "Outcome",
    "Reading",
    "Recording",
    "Run",
    "files_of",
    "read",
    "read_all",
    "read_recording",
    "recordings",
]

HEAD_BYTES = 4096
BESIDE_RECORDINGS = frozenset({".jsonl", ".csv", ".txt", ".md", ".json", ".toml", ".png", ".jpg", ".html", ".pdf"})
"""What lies beside recordings in people's folders: passed over, and said."""
MOST_BYTES = 64 * 2**20
"""No recording comes near; a larger file is refused by name."""


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
    """Everything one file holds: runs, other sports, and what was salvaged. Raises `UnreadableFile` alone."""
    return read_bytes(bytes_of(path), file=str(path), location=location)


def bytes_of(path: Path) -> bytes:
    """A file's bytes, up to 64 MiB. Raises `UnreadableFile` alone."""
    try:
        if path.stat().st_size > MOST_BYTES:
            came = f"{path.stat().st_size / 2**20:.0f} MiB"
            raise UnreadableFile(str(path), wanted="a recording up to 64 MiB", came=came, where="its size")
        return path.read_bytes()
    except OSError as error:
        came = error.strerror or "an error"
        raise UnreadableFile(str(path), wanted="a file to read", came=came, where="disk") from error


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
    """The files that paths name, folders looked through in order; hidden files are left out."""
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files += sorted(f for f in path.rglob("*") if f.is_file() and not _hidden(f.relative_to(path)))
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def recordings(files: Iterable[Path], *, location: bool = False) -> Iterator[tuple[Fate, Recording]]:
    """Each file's fate and what it held, one at a time; no file stops the others."""
    for file in files:
        if file.suffix.lower() in BESIDE_RECORDINGS:
            yield Fate(str(file), Outcome.SKIPPED, "not a recording"), Recording()
            continue
        try:
            recording = read_recording(file, location=location)
        except UnreadableFile as error:
            why = f"wanted {error.wanted}, got {error.came}"
            yield Fate(str(file), Outcome.UNREADABLE, why, error=error), Recording()
            continue
        yield fate_of(str(file), recording), recording


def read_all(paths: Iterable[str | Path], *, location: bool = False) -> Reading:
    """The runs of many files and folders, and every file's fate.

    Parameters
    ----------
    paths
        Files and folders.
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
    for fate, recording in recordings(files_of(paths), location=location):
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
