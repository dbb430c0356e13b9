"""The shapes FIT files are made of: base types, fields and message definitions."""

import struct
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import numpy as np

from calfwise.errors import IllegalEvent

IS_DEFINITION = 0x40
HAS_DEVELOPER_FIELDS = 0x20
LOCAL_TYPES = 16
LOCAL_TYPES_COMPRESSED = 4


class Base(Enum):
    """FIT's base types: code, NumPy type, and the value that means missing."""

    ENUM = (0x00, "u1", 0xFF)
    SINT8 = (0x01, "i1", 0x7F)
    UINT8 = (0x02, "u1", 0xFF)
    SINT16 = (0x83, "i2", 0x7FFF)
    UINT16 = (0x84, "u2", 0xFFFF)
    SINT32 = (0x85, "i4", 0x7FFFFFFF)
    UINT32 = (0x86, "u4", 0xFFFFFFFF)
    STRING = (0x07, "S", 0)
    FLOAT32 = (0x88, "f4", 0xFFFFFFFF)
    FLOAT64 = (0x89, "f8", 0xFFFFFFFFFFFFFFFF)
    UINT8Z = (0x0A, "u1", 0)
    UINT16Z = (0x8B, "u2", 0)
    UINT32Z = (0x8C, "u4", 0)
    BYTE = (0x0D, "u1", 0xFF)
    SINT64 = (0x8E, "i8", 0x7FFFFFFFFFFFFFFF)
    UINT64 = (0x8F, "u8", 0xFFFFFFFFFFFFFFFF)
    UINT64Z = (0x90, "u8", 0)

    def __init__(self, code: int, dtype: str, missing: int) -> None:
        self.code = code
        self.dtype = dtype
        self.missing = missing
        """As an unsigned number of the same size."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message."""

    number: int
    base: Base
    count: int = 1
    """Elements of an array, or bytes of a string."""
    developer: int | None = None
    """The developer data index of a developer field."""
    declared_size: int | None = None
    """Bytes the file claims, where a device got it wrong: values are then written as that many single bytes."""

    @property
    def size(self) -> int:
        """Bytes a value takes in the file."""
        if self.declared_size is not None:
            return self.declared_size
        return self.count * max(np.dtype(self.base.dtype).itemsize, 1)

    def stored(self, byte_order: str) -> "np.dtype[Any]":
        """How NumPy sees one value."""
        if self.declared_size is not None:
            return np.dtype((np.uint8, (self.declared_size,)))
        if self.base is Base.STRING:
            return np.dtype(f"S{self.count}")
        element = np.dtype(byte_order + self.base.dtype)
        return np.dtype((element, (self.count,))) if self.count > 1 else element


@dataclass(frozen=True, slots=True)
class Definition:
    """What rows of one kind look like in the file."""

    global_number: int
    fields: tuple[Field, ...]
    local: int = 0
    """The local message type that stands for this definition."""
    big_endian: bool = False
    compressed_time: bool = False
    """Rows carry five bits of time in their headers; leave field 253 out."""

    def __post_init__(self) -> None:
        highest = LOCAL_TYPES_COMPRESSED if self.compressed_time else LOCAL_TYPES
        if not 0 <= self.local < highest:
            raise IllegalEvent(f"a local type here lies in 0-{highest - 1}, got {self.local}")

    @property
    def byte_order(self) -> str:
        return ">" if self.big_endian else "<"


@cache
def definition_bytes(definition: Definition) -> bytes:
    """A definition message as it stands in the file."""
    native = [field for field in definition.fields if field.developer is None]
    developer = [field for field in definition.fields if field.developer is not None]
    header = IS_DEFINITION | definition.local | (HAS_DEVELOPER_FIELDS if developer else 0)
    shape = struct.pack(definition.byte_order + "HB", definition.global_number, len(native))
    written = bytes([header, 0, int(definition.big_endian)]) + shape
    written += b"".join(bytes([field.number, field.size, field.base.code]) for field in native)
    if developer:
        written += bytes([len(developer)])
        written += b"".join(bytes([field.number, field.size, field.developer or 0]) for field in developer)
    return written


@cache
def layout(definition: Definition) -> "np.dtype[np.void]":
    """A row as NumPy sees it: its header, its own fields, then developer fields, which the format puts last."""
    places = sorted(enumerate(definition.fields), key=lambda placed: placed[1].developer is not None)
    fields: list[tuple[str, Any]] = [("header", "u1")]
    fields += [(f"f{place}", field.stored(definition.byte_order)) for place, field in places]
    return np.dtype(fields)
