"""FIT bytes -> tables of raw columns: the messages of each kind, in file order."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from calfwise.errors import UnreadableFile
from calfwise.model.run import Floats
from calfwise.readers.fit.profile import (
    BASE_TYPES,
    BYTE,
    LAST_DATE,
    TIMESTAMP,
    BaseType,
    DescriptionField,
    Message,
    Scaled,
)
from calfwise.readers.fit.wire import (
    COMPRESSED,
    MOST_LAYOUTS,
    MOST_MESSAGES,
    Block,
    Break,
    Column,
    Field,
    Positions,
    Scan,
    scan,
)

SHORTEST_HEADER = 12
SIGNATURE = b".FIT"
CRC_SIZE = 2
HEADER_SIZES = (12, 14)
MOST_RECORDS = 400_000
"""Four and a half days at one a second; what comes after is left out and said."""
MOST_DESCRIPTIONS = 1_000
"""A dozen developers with a dozen fields each, and room."""
MOST_CHAINED = 100
"""Recordings hold one file, seldom a handful."""


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """What a developer says a field of theirs is; name and application may be missing."""

    developer: int
    number: int
    base: BaseType
    name: str
    units: str
    native_field: int | None


class Table:
    """All messages of one kind in one FIT file."""

    def __init__(self, message: int, columns: list[Column]) -> None:
        self.message = message
        self._columns = columns
        self._length = sum(column.length for column in columns)
        self._order = None if len(columns) == 1 else np.argsort(np.concatenate([c.positions for c in columns]))

    @property
    def positions(self) -> Positions:
        """Each message's byte in the file."""
        positions = np.concatenate([column.positions for column in self._columns])
        return positions if self._order is None else positions[self._order]

    def __len__(self) -> int:
        return self._length

    def first(self, count: int) -> "Table":
        """The same with its first messages alone, in file order."""
        return self.first_until(
            np.partition(np.concatenate([c.positions for c in self._columns]), count - 1)[count - 1]
        )

    def first_until(self, last: int) -> "Table":
        """The same with those messages alone that begin at this byte or before it."""
        kept = [c.first(int(np.searchsorted(c.positions, last, side="right"))) for c in self._columns]
        return Table(self.message, kept)

    @cached_property
    def field_numbers(self) -> frozenset[int]:
        """FIT's own fields that any of the messages has."""
        return frozenset(f.number for column in self._columns for f in column.layout.fields if f.developer is None)

    def raw(self, number: int) -> Floats:
        """A field's raw numbers, NaN where not measured or not in the message. (n,), or (n, k) for an array field.

        Text fields are all NaN here; see `texts`.
        """
        return self._joined([_own(column, number) for column in self._columns], None)

    def developer_raw(self, field: DeveloperField) -> Floats:
        """A developer field's raw numbers, likewise."""
        wanted = [_developers(column, field.developer, field.number) for column in self._columns]
        return self._joined(wanted, field.base)

    def scaled(self, field: Scaled) -> Floats:
        """A field in FIT's unit: `raw / scale - offset`. Of an array field, its first value."""
        return self._first(field.number) / field.scale - field.offset

    @property
    def timestamps(self) -> Floats:
        """Each message's own full timestamp, NaN where it has none. [s since FIT's epoch]"""
        return self._first(TIMESTAMP)

    def _first(self, number: int) -> Floats:
        """A field's raw numbers; of an array field its first value alone, however wide it is elsewhere."""
        parts = [
            _first(column.values(field)) if (field := _own(column, number)) else np.full(column.length, np.nan)
            for column in self._columns
        ]
        joined = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return joined if self._order is None else joined[self._order]

    def texts(self, number: int) -> list[str]:
        """A text field; empty where a message lacks it."""
        texts: list[str] = []
        for column in self._columns:
            field = _own(column, number)
            texts += column.texts(field) if field else [""] * column.length
        return texts if self._order is None else [texts[i] for i in self._order]

    def raw_bytes(self, number: int, size: int) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
        """A field's bytes, (n, size); all 0xFF (not measured) where a message lacks it or has another size."""
        rows = []
        for column in self._columns:
            field = _own(column, number)
            fits = field is not None and field.size == size
            rows.append(column.raw_bytes(field) if field and fits else np.full((column.length, size), 0xFF, np.uint8))
        joined = np.concatenate(rows)
        return joined if self._order is None else joined[self._order]

    def _joined(self, fields: list[Field | None], base: BaseType | None) -> Floats:
        parts = [
            column.values(field, base) if field else np.full(column.length, np.nan)
            for column, field in zip(self._columns, fields, strict=True)
        ]
        joined = parts[0] if len(parts) == 1 else np.concatenate(_widened(parts))
        return joined if self._order is None else joined[self._order]

    def time_codes(self) -> tuple[Positions, Floats, Positions]:
        """Positions, full timestamps, and 5-bit time codes (-1: none), in no order: what `_timestamps` needs."""
        codes = [column.headers().astype(np.int64) for column in self._columns]
        compressed = [np.where(code & COMPRESSED, code & 0x1F, -1) for code in codes]
        stamps = [
            _first(column.values(field)) if (field := _own(column, TIMESTAMP)) else np.full(column.length, np.nan)
            for column in self._columns
        ]
        full = np.concatenate(stamps)
        full[full > LAST_DATE] = np.nan
        return np.concatenate([c.positions for c in self._columns]), full, np.concatenate(compressed)


def _first(values: Floats) -> Floats:
    """Of an array field its first value."""
    return values if values.ndim == 1 else values[:, 0]


def _own(column: Column, number: int) -> Field | None:
    return next((f for f in column.layout.fields if f.number == number and f.developer is None), None)


def _developers(column: Column, developer: int, number: int) -> Field | None:
    return next((f for f in column.layout.fields if f.number == number and f.developer == developer), None)


def _widened(parts: list[Floats]) -> list[Floats]:
    """Columns of several layouts, padded with NaN to the widest array among them."""
    width = max(1 if part.ndim == 1 else part.shape[1] for part in parts)
    if width == 1:
        return parts
    tall = [part[:, None] if part.ndim == 1 else part for part in parts]
    return [np.pad(part, ((0, 0), (0, width - part.shape[1])), constant_values=np.nan) for part in tall]


@dataclass(frozen=True)
class FitFile:
    """One FIT file; several may be chained in the same bytes."""

    data: bytes
    scanned: Scan
    broken: Break | None
    trailing_bytes: int = 0
    """Bytes after the end that are no FIT file."""

    @cached_property
    def _blocks(self) -> dict[int, list[Block]]:
        """Blocks with messages, by kind."""
        blocks: dict[int, list[Block]] = {}
        for block in self.scanned.blocks:
            if block.starts or block.singles:
                blocks.setdefault(block.layout.message, []).append(block)
        return blocks

    @cached_property
    def _made(self) -> dict[int, Table]:
        return {}

    def table(self, message: int) -> Table | None:
        """All messages of a kind; `None` where there are none. Made when first asked for."""
        if message not in self._made and message in self._blocks:
            self._made[message] = Table(message, [Column(self.data, block) for block in self._blocks[message]])
        return self._made.get(message)

    def tables(self) -> list[Table]:
        """Every kind of message that the file has."""
        return [table for message in self._blocks if (table := self.table(message)) is not None]

    @cached_property
    def record_timestamps(self) -> Floats:
        """The time of every record. [s since FIT's epoch, NaN where the device knew no date]"""
        table = self.records
        if table is None:
            return np.zeros(0)
        return _expanded(self.tables(), table.positions) if self.scanned.compressed else table.timestamps

    @cached_property
    def records(self) -> Table | None:
        """The record messages, up to the most that a recording may have."""
        table = self.table(Message.RECORD)
        return table if table is None or len(table) <= MOST_RECORDS else table.first(MOST_RECORDS)

    @property
    def records_left_out(self) -> int:
        table = self.table(Message.RECORD)
        return 0 if table is None else max(0, len(table) - MOST_RECORDS)

    @cached_property
    def developer_fields(self) -> tuple[DeveloperField, ...]:
        """The developer fields that the file describes."""
        table = self.table(Message.FIELD_DESCRIPTION)
        if table is None:
            return ()
        developers = table.scaled(DescriptionField.DEVELOPER)
        numbers = table.scaled(DescriptionField.NUMBER)
        codes = table.scaled(DescriptionField.BASE_TYPE)
        natives = table.scaled(DescriptionField.NATIVE_FIELD)
        messages = table.scaled(DescriptionField.NATIVE_MESSAGE)
        names, units = table.texts(DescriptionField.NAME), table.texts(DescriptionField.UNITS)
        return tuple(
            DeveloperField(
                developer=int(developers[i]),
                number=int(numbers[i]),
                base=BYTE if np.isnan(codes[i]) else BASE_TYPES.get(int(codes[i]) & 0x1F, BYTE),
                name=names[i] or f"field {int(numbers[i])}",
                units=units[i],
                native_field=int(natives[i]) if natives[i] >= 0 and messages[i] == Message.RECORD else None,
            )
            for i in range(min(len(table), MOST_DESCRIPTIONS))
            if np.isfinite(developers[i]) and np.isfinite(numbers[i])
        )


def _expanded(tables: list[Table], wanted: Positions) -> Floats:
    """Times of the messages at `wanted`, with the 5-bit codes of compressed headers counted on from the last full one.

    A code is the time's low five bits: each step forward is the difference modulo 32 s.
    """
    last = wanted[-1] if len(wanted) else -1
    parts = [table.first_until(last).time_codes() for table in tables]
    positions = np.concatenate([part[0] for part in parts])
    stamps = np.concatenate([part[1] for part in parts])
    codes = np.concatenate([part[2] for part in parts])
    timed = np.flatnonzero(np.isfinite(stamps) | (codes >= 0))
    timed = timed[np.argsort(positions[timed])]
    stamp, code = stamps[timed], codes[timed]
    low = np.where(code >= 0, code, np.nan_to_num(stamp).astype(np.int64) & 0x1F)
    step = np.append(0, np.diff(low)) & 0x1F
    full = code < 0
    last_full = np.maximum.accumulate(np.where(full, np.arange(len(timed)), -1))
    counted = np.cumsum(np.where(full, 0, step))
    base = np.where(last_full >= 0, last_full, 0)
    times = np.where(last_full >= 0, stamp[base] + counted - counted[base], np.nan)
    found = np.searchsorted(positions[timed], wanted)
    found = np.minimum(found, max(len(timed) - 1, 0))
    hit = positions[timed][found] == wanted if len(timed) else np.zeros(len(wanted), bool)
    return np.where(hit, times[found] if len(timed) else np.nan, np.nan)


def decode(data: bytes, *, file: str = "<bytes>") -> list[FitFile]:
    """All FIT files chained in `data`, each as tables of raw columns.

    Parameters
    ----------
    data
        A whole file's bytes; what follows damage is left out, what precedes it is kept.
    file
        Its name, for the error.

    Returns
    -------
    list of FitFile
        At least one; the last one's `broken` says where and why reading stopped, if it did.

    Raises
    ------
    UnreadableFile
        If the bytes do not begin with a FIT header.
    """
    files: list[FitFile] = []
    begin, left, kinds = 0, MOST_MESSAGES, MOST_LAYOUTS
    while begin < len(data) and len(files) < MOST_CHAINED:
        header = _header(data, begin)
        if header is None:
            if not files:
                raise UnreadableFile(file, wanted="a FIT header", came=_glimpse(data), where="byte 0")
            following = _next_header(data, begin)
            files[-1] = replace(files[-1], trailing_bytes=(following or len(data)) - begin)
            begin = following or len(data)
            continue
        first, end = header
        scanned = scan(data, first, min(end, len(data)), most=left, most_layouts=kinds)
        left -= scanned.messages
        kinds -= len(scanned.blocks)
        broken = scanned.broken
        if broken is None and end > len(data):
            broken = Break(len(data), "the file ends before its header says")
        files.append(FitFile(data, scanned, broken))
        begin = (_next_header(data, broken.at) or len(data)) if broken else end + CRC_SIZE
    if not files:
        raise UnreadableFile(file, wanted="a FIT header", came="an empty file", where="byte 0")
    return files


def _next_header(data: bytes, after: int) -> int | None:
    """Where the next file chained behind damage begins: the one place in FIT that can be told from any other.

    Only a header whose length fits the bytes that are left is believed.
    """
    at = data.find(SIGNATURE, after + SHORTEST_HEADER - len(SIGNATURE))
    while at >= 0:
        begin = at - (SHORTEST_HEADER - len(SIGNATURE))
        header = _header(data, begin) if data[begin] in HEADER_SIZES else None
        if header is not None and begin > after and header[1] <= len(data):
            return begin
        at = data.find(SIGNATURE, at + 1)
    return None


def _header(data: bytes, begin: int) -> tuple[int, int] | None:
    """First byte of the messages, and the byte after the last; `None` where no FIT header stands."""
    if len(data) < begin + SHORTEST_HEADER or data[begin + 8 : begin + 12] != SIGNATURE:
        return None
    size = data[begin]
    if size < SHORTEST_HEADER:
        return None
    length = int.from_bytes(data[begin + 4 : begin + 8], "little")
    first = begin + size
    # A device that lost power never came to write the length: then everything is data.
    return first, first + length if length else max(len(data) - CRC_SIZE, first)


def _glimpse(data: bytes) -> str:
    if not data:
        return "an empty file"
    if not data.strip(b"\0"):
        return f"{len(data)} NUL bytes"
    return repr(data[:12])
