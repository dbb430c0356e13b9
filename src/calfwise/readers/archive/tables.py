"""A table of comma-separated values from someone's export, row by row: nothing in it may cost more than it tells."""

import csv
import io
from collections.abc import Iterator

from calfwise.readers.archive.limits import MIB

MOST_BYTES = 32 * MIB
"""Ten thousand activities with long descriptions take a third of it."""
MOST_ROWS = 100_000
LONGEST_LINE = 256 * 1024
LONGEST_TEXT = 10_000
"""So much of a description is kept. [characters]"""


class Rows:
    """The rows of a table; `broken` counts those that could not be told apart."""

    def __init__(self, data: bytes) -> None:
        self.broken = 0
        self.cut = len(data) > MOST_BYTES
        self._lines = io.TextIOWrapper(
            io.BytesIO(data[:MOST_BYTES]), encoding="utf-8-sig", errors="replace", newline=""
        )

    def __iter__(self) -> Iterator[list[str]]:
        """Each row; a field too long for any honest one breaks only its own row."""
        reader = csv.reader(self._bounded())
        for _ in range(MOST_ROWS):
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self.broken += 1
                continue
            if row:
                yield row
        self.cut = True

    def _bounded(self) -> Iterator[str]:
        while line := self._lines.readline(LONGEST_LINE):
            if len(line) < LONGEST_LINE or line.endswith("\n"):
                yield line
                continue
            self.broken += 1
            while line and not line.endswith("\n"):
                line = self._lines.readline(LONGEST_LINE)


def text(cell: str) -> str | None:
    """What a cell says, as it stands there; None if it says nothing.

    >>> text(" =HYPERLINK(1) "), text("  ")
    ('=HYPERLINK(1)', None)
    """
    stripped = cell.strip()
    return stripped[:LONGEST_TEXT] if stripped else None
