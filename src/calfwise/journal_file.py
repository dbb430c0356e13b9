"""The journal as a file: JSON lines, only ever added to."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from calfwise.errors import UnreadableFile
from calfwise.model.journal import AnyEvent, event_from_line, line_of

BESIDE = "journal.jsonl"
"""The journal's name beside the recordings."""


def journal_beside(paths: Iterable[Path]) -> Path | None:
    """The journal in the first folder of `paths` that has one."""
    return next((path / BESIDE for path in paths if (path / BESIDE).is_file()), None)


def read_journal(path: Path) -> list[AnyEvent]:
    """All events of a journal file; none where there is no file yet.

    Raises
    ------
    UnreadableFile
        At the first line that is no event: a journal that is half understood would hide a lock.
    """
    if not path.exists():
        return []
    events: list[AnyEvent] = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UnreadableFile(str(path), wanted="a journal", came=error.strerror or "an error", where="disk") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            events.append(event_from_line(line))
        except msgspec.DecodeError as error:
            raise UnreadableFile(
                str(path), wanted="a journal event", came=str(error), where=f"line {number}"
            ) from error
    return events


def append(path: Path, events: Iterable[AnyEvent]) -> None:
    """Add events at the end, on disk before this returns.

    Raises
    ------
    UnreadableFile
        If the file cannot be written: then nothing may be said to be saved.
    """
    lines = b"".join(line_of(event) + b"\n" for event in events)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if _ends_inside_a_line(path):
                file.write(b"\n")
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UnreadableFile(str(path), wanted="to write", came=error.strerror or "an error", where="disk") from error


def _ends_inside_a_line(path: Path) -> bool:
    """A process that was killed may have left half a line; the next event must not be glued to it."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
