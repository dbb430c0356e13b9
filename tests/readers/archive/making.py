"""Zips made byte by byte, so that every field can lie; and a good recording to lie beside them."""

import gzip
import struct
import zlib
from dataclasses import dataclass, field

from calfwise.readers.archive import Entry, Refused, entries

GOOD = b'<?xml version="1.0"?><gpx version="1.1" creator="us"><trk><trkseg/></trk></gpx>'
GOOD_NAME = "good.gpx"
UNIX = 3
LINK_MODE = 0o120777


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@dataclass
class Item:
    """One entry; what is None is told as it is."""

    name: str | bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    packed: bytes | None = None
    size: int | None = None
    packed_size: int | None = None
    checksum: int | None = None
    start: int | None = None
    local_name: str | bytes | None = None
    local_flags: int | None = None
    local_method: int | None = None
    central_extra: bytes = b""
    local_extra: bytes = b""
    no_local: bool = False
    header: dict[str, int] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == 8 else self.data


def raw(name: str | bytes) -> bytes:
    return name if isinstance(name, bytes) else name.encode()


def local(item: Item) -> bytes:
    name = raw(item.name if item.local_name is None else item.local_name)
    flags = item.flags if item.local_flags is None else item.local_flags
    method = item.method if item.local_method is None else item.local_method
    head = struct.pack(
        "<4s5H3L2H",
        b"PK\3\4",
        20,
        flags,
        method,
        0,
        0x21,
        zlib.crc32(item.data),
        0,
        0,
        len(name),
        len(item.local_extra),
    )
    return head + name + item.local_extra + item.body


def central(item: Item, start: int) -> bytes:
    name = raw(item.name)
    size = len(item.data) if item.size is None else item.size
    packed_size = len(item.body) if item.packed_size is None else item.packed_size
    checksum = zlib.crc32(item.data) if item.checksum is None else item.checksum
    return (
        struct.pack(
            "<4s4B2H2H3L5H2L",
            *(b"PK\1\2", 20, UNIX, 20, 0, item.flags | 1 << 11, item.method, 0, 0x21, checksum, packed_size, size),
            *(
                len(name),
                len(item.central_extra),
                0,
                0,
                0,
                item.mode << 16,
                start if item.start is None else item.start,
            ),
        )
        + name
        + item.central_extra
    )


def end(count: int, size: int, start: int, *, comment: bytes = b"", disk: int = 0) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", disk, disk, count, count, size, start, len(comment)) + comment


def end64(count: int, size: int, start: int, at: int) -> bytes:
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, at, 1) + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def zipped(
    *items: Item, count: int | None = None, comment: bytes = b"", prefix: bytes = b"", wide: bool = False
) -> bytes:
    """A zip of these entries, in this order."""
    body, table = bytearray(prefix), bytearray()
    for item in items:
        table += central(item, len(body))
        if not item.no_local:
            body += local(item)
    told = (len(items) if count is None else count) % 65536
    start = len(body)
    last = end64(told, len(table), start, start + len(table)) if wide else end(told, len(table), start, comment=comment)
    return bytes(body + table + last)


def good(name: str = GOOD_NAME) -> Item:
    return Item(name, GOOD)


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


EMPTY_BLOCK_BITS = "0 01 00000 00000 0111" + "000" * 2 + "100" + "000" * 14 + "100" + "1 1111111 1 1101011 0 0 0"
"""A deflate block with code tables and nothing else: dear to unpack, and it holds nothing."""


def empty_blocks(size: int) -> bytes:
    """Deflated bytes that hold nothing and end nowhere."""
    bits = EMPTY_BLOCK_BITS.replace(" ", "") * 8
    unit = bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, len(bits), 8))
    return unit * (size // len(unit))


def read_all(path, *, limits=None) -> tuple[dict[str, bytes], dict[str, str]]:
    """What can be read, by its place in its container, and why the rest cannot, by the name that is told."""
    good_ones: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for found in entries(path, limits):
        outcome = found if isinstance(found, Refused) else tried(found)
        if isinstance(outcome, Refused):
            refused[outcome.name] = outcome.why
        elif isinstance(found, Entry):
            good_ones[found.path] = outcome
    return good_ones, refused


def tried(entry: Entry) -> bytes | Refused:
    from calfwise.errors import UnreadableFile

    try:
        return entry.read()
    except UnreadableFile as error:
        return Refused(error.file, error.came)
