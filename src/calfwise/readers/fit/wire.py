"""FIT bytes -> where every message stands, by kind. Knows no meaning.

A FIT file is definitions ("messages of local type 3 are from now on records with these fields") and data messages
that follow them. Messages of one local type have one length, so a stretch of equal messages is a matrix of bytes:
we walk from stretch to stretch, not from message to message, and take columns out of the matrix afterwards.
"""

from dataclasses import dataclass, field
from functools import lru_cache

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
MOST_MESSAGES = 2_000_000
"""No real recording comes near; a hostile one stops here."""
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


@dataclass(frozen=True, slots=True)
class Layout:
    """A definition message, read."""

    message: int
    big_endian: bool
    fields: tuple[Field, ...]
    size: int
    """Of a data message with its header byte. [bytes]"""


@dataclass(slots=True)
class Block:
    """All messages of one layout: stretches of equal messages, as start and count."""

    layout: Layout
    starts: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a file stopped making sense, and why; all before it is kept."""

    at: int
    """Byte from the file's start."""
    why: str


class Column:
    """The messages of one block as columns: views into the file's bytes wherever they lie in one stretch."""

    def __init__(self, data: bytes, block: Block) -> None:
        size = block.layout.size
        starts, counts = np.array(block.starts), np.array(block.counts)
        total = int(counts.sum())
        within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        self.positions: Positions = np.repeat(starts, counts) + within * size
        self.layout = block.layout
        self.length = total
        if len(starts) == 1:
            self._bytes, self._first = data, block.starts[0]
        else:
            stretches = zip(block.starts, block.counts, strict=True)
            self._bytes, self._first = b"".join(data[at : at + n * size] for at, n in stretches), 0

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


def scan(data: bytes, begin: int, end: int) -> tuple[dict[Layout, Block], Break | None]:
    """Find every data message of `data[begin:end]`, and where it stops making sense.

    Messages of one layout are kept together whatever local type they came under.
    """
    buffer = np.frombuffer(data, np.uint8)
    local: list[Block | None] = [None] * 16
    blocks: dict[Layout, Block] = {}
    at, messages = begin, 0
    while at < end:
        header = data[at]
        if not header & COMPRESSED and header & DEFINITION:
            defined = _definition(data, at, end)
            if isinstance(defined, Break):
                return blocks, defined
            layout, at = defined
            local[header & 0x0F] = blocks.setdefault(layout, Block(layout))
            messages += 1
            continue
        kind = (header >> 5) & 0x03 if header & COMPRESSED else header & 0x0F
        block = local[kind]
        if block is None:
            return blocks, Break(at, f"a message of kind {kind} that nothing before it describes")
        size = block.layout.size
        if at + size > end:
            return blocks, Break(at, "the file ends inside a message")
        count = _stretch(data, buffer, at, end, size, 0xE0 if header & COMPRESSED else 0xFF)
        block.starts.append(at)
        block.counts.append(count)
        at += count * size
        messages += count
        if messages > MOST_MESSAGES:
            return blocks, Break(at, f"more than {MOST_MESSAGES:,} messages")
    return blocks, None


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


def _definition(data: bytes, at: int, end: int) -> tuple[Layout, int] | Break:
    """The layout that a definition message at `at` describes, and where the next message begins."""
    cut = Break(at, "the file ends inside a definition")
    if at + 6 > end:
        return cut
    after = at + 6 + 3 * data[at + 5]
    if data[at] & HAS_DEVELOPER_FIELDS:
        if after + 1 > end:
            return cut
        after += 1 + 3 * data[after]
    if after > end:
        return cut
    return _layout(data[at + 2 : after], bool(data[at] & HAS_DEVELOPER_FIELDS)), after


@lru_cache(maxsize=1024)
def _layout(body: bytes, has_developer_fields: bool) -> Layout:
    """A definition's body (from its byte order on) as a layout; the same few recur in every file of a device."""
    big_endian = body[0] == 1
    message = int.from_bytes(body[1:3], "big" if big_endian else "little")
    own = 4 + 3 * body[3]
    fields: list[Field] = []
    offset = 1
    for number, size, code in zip(body[4:own:3], body[5:own:3], body[6:own:3], strict=True):
        base = BASE_TYPES.get(code & 0x1F, BYTE)
        # Some devices declare a 4-byte type and write 1 byte: then only the bytes are known.
        fields.append(Field(number, size, offset, base if size % base.size == 0 else BYTE))
        offset += size
    if has_developer_fields:
        for number, size, developer in zip(body[own + 1 :: 3], body[own + 2 :: 3], body[own + 3 :: 3], strict=True):
            fields.append(Field(number, size, offset, BYTE, developer))
            offset += size
    return Layout(message, big_endian, tuple(fields), offset)
