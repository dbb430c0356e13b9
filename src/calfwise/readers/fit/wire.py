"""FIT bytes -> where every message stands, by kind. Knows no meaning.

A FIT file is definitions ("messages of local type 3 are from now on records with these fields") and data messages
that follow them. Messages of one local type have one length, so a stretch of equal messages is a matrix of bytes:
we walk from stretch to stretch, not from message to message, and take columns out of the matrix afterwards.
"""

from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from calfwise.model.run import Floats
from calfwise.readers.fit.profile import BASE_TYPES, BYTE, STRING, BaseType

Positions = npt.NDArray[np.int64]

COMPRESSED = 0x80
DEFINITION = 0x40
HAS_DEVELOPER_FIELDS = 0x20
FIRST_LOOK = 16
"""Messages compared one by one before NumPy takes over."""
COMPRESSED_LOCALS = 4
"""A compressed header has two bits for the local type."""
MOST_MESSAGES = 2_000_000
"""No real recording comes near; a hostile one stops here."""
MOST_LAYOUTS = 2_000
"""Devices describe a few dozen kinds of message; a hostile file as many as it has room for."""
LARGEST_MEASURED = 1e15
"""A floating-point number beyond it, infinity included, was not measured but damaged."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message: where its bytes lie, and how they are numbers."""

    number: int
    size: int
    offset: int
    """From the message's header byte. [bytes]"""
    base: BaseType
    developer: int | None = None
    """Index of the developer whose field this is; `None` for FIT's own."""


@dataclass(frozen=True)
class Layout:
    """A definition message: what its data messages look like. Its fields are read when somebody wants them."""

    body: bytes
    """From the byte order on."""
    has_developer_fields: bool

    @cached_property
    def big_endian(self) -> bool:
        return self.body[0] == 1

    @cached_property
    def message(self) -> int:
        """The global number of the kind of message."""
        return int.from_bytes(self.body[1:3], "big" if self.big_endian else "little")

    @cached_property
    def size(self) -> int:
        """Of a data message with its header byte. [bytes]"""
        return 1 + sum(self.body[5 : self._own : 3]) + sum(self.body[self._own + 2 :: 3])

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """FIT's own fields, then developers'."""
        fields: list[Field] = []
        offset = 1
        body, own = self.body, self._own
        for number, size, code in zip(body[4:own:3], body[5:own:3], body[6:own:3], strict=True):
            base = BASE_TYPES.get(code & 0x1F, BYTE)
            # Some devices declare a 4-byte type and write 1 byte: then only the bytes are known.
            fields.append(Field(number, size, offset, base if size % base.size == 0 else BYTE))
            offset += size
        for number, size, developer in zip(body[own + 1 :: 3], body[own + 2 :: 3], body[own + 3 :: 3], strict=True):
            fields.append(Field(number, size, offset, BYTE, developer))
            offset += size
        return tuple(fields)

    @cached_property
    def _own(self) -> int:
        """Where FIT's own fields end in the body."""
        return 4 + 3 * self.body[3]


@dataclass(slots=True)
class Block:
    """All messages of one layout: stretches of equal messages as start and count, and single ones."""

    layout: Layout
    starts: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    singles: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a file stopped making sense, and why; all before it is kept."""

    at: int
    """Byte from the file's start."""
    why: str


class Column:
    """The messages of one block as columns: views into the file's bytes where they lie in one stretch."""

    def __init__(self, data: bytes, block: Block) -> None:
        self.layout = block.layout
        self.length = sum(block.counts) + len(block.singles)
        self._block = block
        self._bytes: bytes | npt.NDArray[np.uint8]
        if len(block.starts) == 1 and not block.singles:
            self._bytes, self._first = data, block.starts[0]
        elif not block.starts and len(block.singles) <= FIRST_LOOK:
            size = block.layout.size
            self._bytes, self._first = b"".join(data[at : at + size] for at in block.singles), 0
        else:
            every_row = np.lib.stride_tricks.sliding_window_view(np.frombuffer(data, np.uint8), self.layout.size)
            self._bytes, self._first = every_row[self.positions], 0

    @cached_property
    def positions(self) -> Positions:
        """Each message's byte in the file, rising."""
        return _positions(self._block)

    def first(self, count: int) -> "Column":
        """The same with its first messages alone."""
        fewer = copy(self)
        fewer.length = count
        fewer.positions = self.positions[:count]
        return fewer

    def values(self, field: Field, base: BaseType | None = None) -> Floats:
        """Raw values; NaN where the field says that nothing was measured. (n,), or (n, k) for an array field."""
        base = base or field.base
        width = field.size // base.size
        if base is STRING or width == 0:
            return np.full(self.length, np.nan)
        raw = self._matrix(field, base.code, base.size)
        if base.invalid is None:
            with np.errstate(invalid="ignore"):  # a signalling NaN
                values = raw.astype(np.float64)
            values[~(np.abs(values) <= LARGEST_MEASURED)] = np.nan
        else:
            values = raw.astype(np.float64)
            values[raw == base.invalid] = np.nan
        return values[:, 0] if width == 1 else values

    def raw_bytes(self, field: Field) -> npt.NDArray[np.uint8]:
        """The field's bytes, (n, size)."""
        return self._matrix(field, "u1", 1).view(np.uint8)

    def texts(self, field: Field) -> list[str]:
        """The field as text, cut at its first NUL."""
        return [bytes(row).split(b"\0", 1)[0].decode("utf-8", "replace") for row in self.raw_bytes(field)]

    def headers(self) -> npt.NDArray[np.uint8]:
        """Each message's header byte."""
        return np.ndarray((self.length,), "u1", self._bytes, self._first, (self.layout.size,))

    def _matrix(self, field: Field, code: str, item: int) -> npt.NDArray[np.generic]:
        order = ">" if self.layout.big_endian else "<"
        shape, strides = (self.length, field.size // item), (self.layout.size, item)
        return np.ndarray(shape, np.dtype(order + code), self._bytes, self._first + field.offset, strides)


def _positions(block: Block) -> Positions:
    """Where every message of a block stands, in file order."""
    starts, counts = np.array(block.starts, np.int64), np.array(block.counts, np.int64)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    positions: Positions = np.repeat(starts, counts) + within * block.layout.size
    if block.singles:
        positions = np.concatenate((positions, np.array(block.singles, np.int64)))
        positions.sort()
    return positions


@dataclass(frozen=True, slots=True)
class Scan:
    """Where every message stands."""

    blocks: tuple[Block, ...]
    messages: int
    """Definitions counted in."""
    compressed: bool
    """Whether any header carries a time code."""
    broken: Break | None


def scan(data: bytes, begin: int, end: int, *, most: int = MOST_MESSAGES, most_layouts: int = MOST_LAYOUTS) -> Scan:
    """Find every data message of `data[begin:end]`, and where it stops making sense.

    Messages of one layout are kept together whatever local type they came under. A header byte alone says which
    layout a message has, so what it means is looked up in two tables of 256.
    """
    blocks: dict[tuple[bytes, bool], Block] = {}
    messages, seen, broken = _walk(data, begin, end, (most, most_layouts), blocks)
    return Scan(tuple(blocks.values()), messages, bool(seen & COMPRESSED), broken)


def _walk(
    data: bytes, begin: int, end: int, limits: tuple[int, int], blocks: dict[tuple[bytes, bool], Block]
) -> tuple[int, int, Break | None]:
    """Fill the blocks; gives the messages counted, all header bits seen, and where it broke.

    One loop without calls for single messages: files with beat-to-beat times have two of them a second.
    """
    buffer = np.frombuffer(data, np.uint8)
    sizes, homes = [0] * 256, [_NOWHERE] * 256
    at, messages, seen = begin, 0, 0
    most, most_layouts = limits
    while at < end:
        header = data[at]
        size = sizes[header]
        if size == 0:
            if header & COMPRESSED or not header & DEFINITION:
                kind = header >> 5 & 0x03 if header & COMPRESSED else header & 0x0F
                return messages, seen, Break(at, f"a message of kind {kind} that nothing before it describes")
            after = _definition_end(data, at, end)
            if after is None:
                return messages, seen, Break(at, "the file ends inside a definition")
            key = data[at + 2 : after], bool(header & HAS_DEVELOPER_FIELDS)
            if key not in blocks:
                blocks[key] = Block(_layout(*key))
            _move_in(blocks[key], header & 0x0F, sizes, homes)
            at, count = after, 1
        elif at + size > end:
            return messages, seen, Break(at, "the file ends inside a message")
        else:
            home, count, seen = homes[header], 1, seen | header
            if at + size < end and homes[data[at + size]] is home:
                count = _stretch(data, buffer, at, end, size, 0xE0 if header & COMPRESSED else 0xFF)
                count = min(count, most - messages + 1)
                home.starts.append(at)
                home.counts.append(count)
            else:
                home.singles.append(at)
            at += count * size
        messages += count
        if messages > most or len(blocks) > most_layouts:
            too_many = f"{MOST_MESSAGES:,} messages" if messages > most else f"{MOST_LAYOUTS:,} kinds of message"
            return messages, seen, Break(at, f"more than {too_many}")
    return messages, seen, None


def _move_in(block: Block, local: int, sizes: list[int], homes: list[Block]) -> None:
    """From now on messages of this local type are the block's, with a plain header or a compressed one."""
    headers = [local, local | 0x10, local | 0x20, local | 0x30]
    if local < COMPRESSED_LOCALS:
        first = COMPRESSED | local << 5
        headers += range(first, first + 32)
    for header in headers:
        sizes[header], homes[header] = block.layout.size, block


def _stretch(data: bytes, buffer: npt.NDArray[np.uint8], at: int, end: int, size: int, mask: int) -> int:
    """How many messages in a row have the header of the one at `at`, as far as `mask` looks."""
    header = data[at] & mask
    most = (end - at) // size
    count = 1
    while count < min(most, FIRST_LOOK):
        if data[at + count * size] & mask != header:
            return count
        count += 1
    while count < most:
        look = min(most - count, 4 * count)
        first = at + count * size
        ahead = buffer[first : first + look * size : size]
        differs = (ahead & mask) != header if mask != 0xFF else ahead != header
        if differs.any():
            return count + int(differs.argmax())
        count += look
    return count


def _definition_end(data: bytes, at: int, end: int) -> int | None:
    """The byte after the definition message at `at`; `None` where the file ends before."""
    if at + 6 > end:
        return None
    after = at + 6 + 3 * data[at + 5]
    if data[at] & HAS_DEVELOPER_FIELDS:
        if after + 1 > end:
            return None
        after += 1 + 3 * data[after]
    return after if after <= end else None


@lru_cache(maxsize=1024)
def _layout(body: bytes, has_developer_fields: bool) -> Layout:
    """The same few definitions recur in every file of a device."""
    return Layout(body, has_developer_fields)


_NOWHERE = Block(Layout(b"\0\0\0\0", False))
