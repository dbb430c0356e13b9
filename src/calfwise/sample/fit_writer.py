"""FIT files from columns of numbers: definitions, rows in any order, header and checksums.

Numbers here are raw, as they stand in the file; `fit_profile` knows names, units and scales.

>>> heart_rate = Definition(20, (Field(253, Base.UINT32), Field(3, Base.UINT8)))
>>> len(fit_bytes([table(heart_rate, [[1000, 1001], [140, None]])]))
40
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from calfwise.errors import IllegalEvent, OutOfRange
from calfwise.sample.crc import crc16
from calfwise.sample.fit_shape import Base, Definition, Field, definition_bytes, layout

__all__ = ["Base", "Definition", "Field", "Interleaved", "Part", "Table", "fit_bytes", "interleaved", "table"]

Rows = npt.NDArray[np.void]

COMPRESSED_TIME = 0x80
"""Header bit of a row that carries the low five bits of its time instead of a timestamp field."""
COMPRESSED_TIME_LOCAL_SHIFT = 5
COMPRESSED_TIME_SECONDS = 32
PROTOCOL_1 = 0x10
PROTOCOL_2 = 0x20
"""The first with developer fields."""
PROFILE_VERSION = 2132
HEADER_SIZE = 14
HEADER_SIZE_WITHOUT_CRC = 12


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of one kind, as they stand in the file. `table[2:5]` is some of them."""

    definition: Definition
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, chosen: slice) -> Self:
        return type(self)(self.definition, self.rows[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Interleaved:
    """Rows of several kinds in one order."""

    definitions: tuple[Definition, ...]
    data: bytes


Part = Table | Interleaved | bytes
"""What a file is made of; bytes are put in as they are, to write files that are wrong on purpose."""


def table(definition: Definition, columns: Sequence[Any], *, timestamp: npt.ArrayLike | None = None) -> Table:
    """Rows from one column a field, in the fields' order; a scalar is the same in every row.

    `None` and NaN are written as missing, fractions are rounded. Array fields take `(n_rows, count)`, or `(count,)`
    for all rows. Strings are cut at their field's size; bytes stand for themselves. `timestamp` is for compressed times
    only. [s]
    """
    if len(columns) != len(definition.fields) or definition.compressed_time != (timestamp is not None):
        raise IllegalEvent(
            f"{len(definition.fields)} columns wanted, got {len(columns)}; timestamps go with compressed_time"
        )
    stored = [
        _stored(field, column, definition.byte_order) for field, column in zip(definition.fields, columns, strict=True)
    ]
    headers = np.atleast_1d(_row_headers(definition, timestamp))
    n_rows = next((length for length in map(len, (headers, *stored)) if length != 1), 1)
    rows = np.empty(n_rows, layout(definition))
    rows["header"] = headers
    for place, column in enumerate(stored):
        rows[f"f{place}"] = column
    return Table(definition, rows)


def interleaved(*timed: tuple[Table, npt.ArrayLike]) -> Interleaved:
    """Rows of several tables in the order of their keys: times, or simply positions.

    At a tie the earlier table goes first. Keys must not fall within a table, and each table needs its own local type.
    """
    definitions = tuple(dict.fromkeys(rows.definition for rows, _ in timed))
    if len({definition.local for definition in definitions}) < len(definitions):
        raise IllegalEvent("interleaved tables need a local type each")
    keys = [np.asarray(key, np.float64) for _, key in timed]
    if any(len(key) != len(rows) or np.any(np.diff(key) < 0) for key, (rows, _) in zip(keys, timed, strict=True)):
        raise IllegalEvent("the keys of an interleaved table are one a row and must not fall")
    source = np.repeat(np.arange(len(timed)), [len(rows) for rows, _ in timed])
    order = np.argsort(np.concatenate(keys), kind="stable")
    return Interleaved(definitions, _joined([rows for rows, _ in timed], source[order]))


def _joined(tables: Sequence[Table], source: npt.NDArray[np.int64]) -> bytes:
    """The next row of the table each place names, place after place; stretches of one table are copied at once."""
    edges = np.flatnonzero(np.diff(source)) + 1
    begins = [0, *edges.tolist()] if len(source) else []
    ends = [*edges.tolist(), len(source)]
    written = [table.rows.tobytes() for table in tables]
    row_size = [table.rows.itemsize for table in tables]
    at = [0] * len(tables)
    pieces = []
    for begin, end, which in zip(begins, ends[: len(begins)], source[begins].tolist(), strict=True):
        until = at[which] + (end - begin) * row_size[which]
        pieces.append(written[which][at[which] : until])
        at[which] = until
    return b"".join(pieces)


def fit_bytes(parts: Iterable[Part], *, header_size: int = HEADER_SIZE, header_crc: bool = True) -> bytes:
    """A whole FIT file. A definition is written when its local type does not mean it already.

    Files chained into one are `fit_bytes(...) + fit_bytes(...)`. Without `header_crc` its place holds 0, also valid.
    """
    pieces: list[bytes] = []
    meaning: dict[int, Definition] = {}
    developer = False
    for part in parts:
        definitions = () if isinstance(part, bytes) else _definitions(part)
        for definition in definitions:
            if meaning.get(definition.local) != definition:
                pieces.append(definition_bytes(definition))
                meaning[definition.local] = definition
                developer |= any(field.developer is not None for field in definition.fields)
        pieces.append(_row_bytes(part))
    body = b"".join(pieces)
    header = _header(len(body), developer=developer, header_size=header_size, header_crc=header_crc)
    whole = header + body
    return whole + struct.pack("<H", crc16(whole))


def _header(data_size: int, *, developer: bool, header_size: int, header_crc: bool) -> bytes:
    protocol = PROTOCOL_2 if developer else PROTOCOL_1
    header = struct.pack("<BBHI4s", header_size, protocol, PROFILE_VERSION, data_size, b".FIT")
    if header_size == HEADER_SIZE_WITHOUT_CRC:
        return header
    return header + struct.pack("<H", crc16(header) if header_crc else 0)


def _definitions(part: Table | Interleaved) -> tuple[Definition, ...]:
    return part.definitions if isinstance(part, Interleaved) else (part.definition,)


def _row_bytes(part: Part) -> bytes:
    if isinstance(part, bytes):
        return part
    return part.data if isinstance(part, Interleaved) else part.rows.tobytes()


def _row_headers(definition: Definition, timestamp: npt.ArrayLike | None) -> npt.NDArray[np.int64]:
    if timestamp is None:
        return np.asarray(definition.local)
    low_bits = np.asarray(timestamp, np.int64) % COMPRESSED_TIME_SECONDS
    return COMPRESSED_TIME | (definition.local << COMPRESSED_TIME_LOCAL_SHIFT) | low_bits


def _stored(field: Field, values: Any, byte_order: str) -> npt.NDArray[Any]:
    """A column as it is stored, first axis the rows."""
    stored = field.stored(byte_order)
    if field.base is Base.STRING:
        texts = np.atleast_1d(np.asarray(values, object))
        return np.array([text if isinstance(text, bytes) else (text or "").encode() for text in texts], stored)
    numbers = np.asarray(values)
    if numbers.dtype == object:
        numbers = numbers.astype(np.float64)
    column = _as_missing_or_number(field, numbers, stored.base)
    if stored.shape:
        return np.broadcast_to(column, (1, *stored.shape)) if column.ndim < 2 else column
    return np.atleast_1d(column)


def _as_missing_or_number(field: Field, numbers: npt.NDArray[Any], element: "np.dtype[Any]") -> npt.NDArray[Any]:
    absent = np.isnan(numbers) if numbers.dtype.kind == "f" else np.zeros(numbers.shape, np.bool_)
    if element.kind == "f":
        column = numbers.astype(element)
    else:
        if numbers.dtype.kind == "f":
            numbers = np.rint(np.where(absent, 0.0, numbers))
        _check_fits(field, numbers, element)
        column = numbers.astype(element)
    if not absent.any():
        return column
    all_ones = (1 << 8 * element.itemsize) - 1
    missing = np.array(field.base.missing & all_ones, f"u{element.itemsize}").view(element.newbyteorder("="))
    return np.where(absent, missing, column)


def _check_fits(field: Field, numbers: npt.NDArray[Any], element: "np.dtype[Any]") -> None:
    limits = np.iinfo(element)
    if numbers.size and (numbers.min() < limits.min or numbers.max() > limits.max):
        raise OutOfRange(
            f"field {field.number} holds {limits.min} to {limits.max}, got {numbers.min()} to {numbers.max()}"
        )
