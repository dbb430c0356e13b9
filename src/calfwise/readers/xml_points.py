"""The points of an XML recording: text in, columns of numbers out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

import numpy as np
import numpy.typing as npt
from lxml import etree

from calfwise.model.run import Floats

Element = etree._Element

TIME = "time"
POINT = "point"
Row = dict[str, str | None]
"""One point's texts by column."""

POINTS_A_BATCH = 4096
"""Points held as text before they become numbers: what bounds the memory."""

LARGEST = 1e12
"""No quantity of a run comes near; larger ones are damage, and would overflow in arithmetic."""

EARLIEST_S, LATEST_S = 86_400.0, 4_102_444_800.0
"""1970-01-02 and 2100-01-01. Exporters write year 1 or day 0 for "no time". [s]"""

_USUAL_TIMES = re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)++", re.ASCII)


def local_name(tag: object) -> str:
    """A tag without its namespace, or without its prefix where nobody declared one.

    >>> local_name("{http://www.garmin.com/xmlschemas/ActivityExtension/v2}TPX"), local_name("ns3:TPX")
    ('TPX', 'TPX')
    """
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def child_text(element: Element, *path: str) -> str | None:
    """The text of the first child of that name, and of its child, and so on; `None` where there is none."""
    for name in path:
        found = next((child for child in element if local_name(child.tag) == name), None)
        if found is None:
            return None
        element = found
    return " ".join((element.text or "").split()) or None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a format calls its things."""

    wanted: str
    """In words: "a GPX file"."""
    roots: frozenset[str]
    """Tags such a file begins with, the ones of a file that lost its beginning included."""
    sessions: frozenset[str]
    group: str
    """What holds points: a track or a segment."""
    point: str
    attributes: tuple[str, ...]
    """Of a point, those that are numbers; they are columns by their own names."""
    column: Callable[[str, str], str | None]
    """Our name for a namespace and a name in it, `None` for what we do not read.

    An undeclared prefix comes in its namespace's place.
    """


class ColumnNames(dict[Any, str | None]):
    """Tag to column, looked up once a tag and remembered; `None` for what we do not read, `POINT` for a new point."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar
        self.seen = list(grammar.attributes)
        """Columns of numbers met so far."""

    def __missing__(self, tag: object) -> str | None:
        column = self._column(tag) if isinstance(tag, str) else None
        self[tag] = column
        if column not in (None, POINT, TIME, *self.seen):
            self.seen.append(str(column))
        return column

    def _column(self, tag: str) -> str | None:
        if local_name(tag) == self._grammar.point:
            return POINT
        if tag.startswith("{"):
            return self._grammar.column(*tag[1:].rsplit("}", 1))
        prefix, _, name = tag.rpartition(":")
        return self._grammar.column(prefix, name)


class Points:
    """The points of one session, in file order: text in, numbers out, a batch at a time."""

    def __init__(self, element: Element, columns: Sequence[str]) -> None:
        """`columns` may still grow while the file is read."""
        self.element = element
        self.first_time: str | None = None
        self._columns = columns
        self._rows: list[Row] = []
        self._batches: list[dict[str, Floats]] = []
        self._begins: list[int] = []
        self._drained = 0

    def __len__(self) -> int:
        return self._drained + len(self._rows)

    def begin_part(self) -> None:
        """What follows is another lap, track or segment."""
        self._begins.append(len(self))

    def room(self) -> list[Row]:
        """Where to append more points; full batches become numbers first, the last point excepted."""
        if len(self._rows) > POINTS_A_BATCH:
            last = self._rows.pop()
            self._drain()
            self._rows.append(last)
        return self._rows

    def add(self, texts: Mapping[str, Sequence[str | None]], count: int) -> None:
        """Many points at once, as columns of text."""
        if count:
            self._append(texts.get(TIME) or [None] * count, texts)
            self._drained += count

    def drop_last(self) -> None:
        """Forget the last point: the file broke off inside it, perhaps in the middle of a number."""
        del self._rows[-1:]

    def table(self) -> dict[str, Floats]:
        """All columns that hold a number somewhere; always with `epoch_s`."""
        if self._rows:
            self._drain()
        names = {name: None for batch in self._batches for name in batch}
        return {
            name: np.concatenate(
                [batch.get(name, np.full(len(batch["epoch_s"]), np.nan)) for batch in self._batches] or [np.zeros(0)]
            )
            for name in ("epoch_s", *names)
        }

    def part(self) -> npt.NDArray[np.intp]:
        """Which lap, track or segment each point belongs to, counted from 0."""
        begins = np.zeros(len(self), dtype=np.intp)
        begins[[i for i in self._begins if 0 < i < len(self)]] = 1
        return np.cumsum(begins)

    def _drain(self) -> None:
        rows, self._rows = self._rows, []
        self._append([row.get(TIME) for row in rows], {name: [row.get(name) for row in rows] for name in self._columns})
        self._drained += len(rows)

    def _append(self, times: Sequence[str | None], texts: Mapping[str, Sequence[str | None]]) -> None:
        """A batch: texts as numbers, columns without any left out."""
        batch = {"epoch_s": epochs_s(times)}
        for name in self._columns:
            if name in texts:
                column = numbers(texts[name])
                if np.isfinite(column).any():
                    batch[name] = column
        if self.first_time is None:
            timed = np.flatnonzero(np.isfinite(batch["epoch_s"]))
            self.first_time = times[timed[0]] if len(timed) else None
        self._batches.append(batch)


def numbers(texts: Sequence[str | None]) -> Floats:
    """Texts as numbers, NaN for what is missing, infinite or not a number; a decimal comma is understood.

    >>> numbers(["1.5", None, "", "2,5", "fast"])
    array([1.5, nan, nan, 2.5, nan])
    """
    try:
        column = np.array([float(text or "nan") for text in texts])
    except ValueError:
        column = np.array([_number(text) for text in texts])
    with np.errstate(invalid="ignore"):
        column[~(np.abs(column) <= LARGEST)] = np.nan
    return column


def _number(text: str | None) -> float:
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return np.nan


def epochs_s(texts: Sequence[str | None]) -> Floats:
    """ISO 8601 times as seconds since 1970, UTC; one without a zone is read as UTC, NaN for what is no time. [s]

    >>> epochs_s(["1970-02-01T00:00:01Z", "1970-02-01T01:00:01.5+01:00", "soon", "0001-01-01T00:00:00Z"])
    array([2678401. , 2678401.5,       nan,       nan])
    """
    try:
        epoch_s = _epochs_utc_s(texts)
    except ValueError:
        epoch_s = np.array([_epoch_s(text) for text in texts])
    return np.where((epoch_s >= EARLIEST_S) & (epoch_s < LATEST_S), epoch_s, np.nan)


def _epochs_utc_s(texts: Sequence[str | None]) -> Floats:
    """The usual `2020-12-02T09:08:29.000Z`, all at once; `ValueError` if any is written otherwise. [s]"""
    joined = "".join(text or " " for text in texts)
    if not _USUAL_TIMES.fullmatch(joined) or joined.count("Z") != len(texts):
        raise ValueError
    microseconds = np.array(joined.split("Z")[:-1], dtype="datetime64[us]").astype(np.int64)
    return microseconds.astype(np.float64) / 1e6


def _epoch_s(text: str | None) -> float:
    try:
        when = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return np.nan
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def zone_told(text: str | None) -> tzinfo | None:
    """The zone a time is written in; `None` if it names none."""
    try:
        return datetime.fromisoformat((text or "").strip()).tzinfo
    except ValueError:
        return None
