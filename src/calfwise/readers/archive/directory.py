"""A zip's table of contents, read with a bound on every field and a doubt about each.

Python's own `zipfile` builds every entry before one can count them (a million empty ones cost 800 MB), accepts
entries that share their bytes in older versions, and believes declared sizes; so we read the table ourselves.
The format: PKWARE's APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14-4.3.16 (its end).
"""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from calfwise.readers.archive.limits import Meter, Unfit, mib
from calfwise.readers.archive.sources import Source

END = struct.Struct("<4s4H2LH")
END64_LOCATOR = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
CENTRAL = struct.Struct("<4s4B2H2H3L5H2L")
LONGEST_COMMENT = 0xFFFF
FULL_16, FULL_32 = 0xFFFF, 0xFFFFFFFF
"""A field that says this is meant to be looked up in its 64-bit twin."""
ZIP64_EXTRA = 1
LOCAL_HEADER_BYTES = 30
UTF8_FLAG = 1 << 11
LOCKED_FLAGS = 1 << 0 | 1 << 6 | 1 << 13
"""Encrypted, strongly encrypted, encrypted table of contents."""

NO_TABLE = "an archive without its table of contents; its end is missing, as when a download breaks off"
DAMAGED = "an archive whose table of contents is damaged"


class Member(Struct, frozen=True):
    """One entry as the table of contents has it; nothing of this is believed before the bytes say so, too."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    """Where its local header lies."""
    stop: int
    """Where the next entry that can be read, or the table of contents, begins."""
    mode: int
    """Unix mode, 0 where the archive's maker had none."""
    overlaps: bool = False
    """Shares bytes with an entry before it, or with the table of contents."""

    @property
    def is_folder(self) -> bool:
        return self.name.endswith(("/", "\\")) or stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.mode)

    @property
    def is_plain(self) -> bool:
        """Neither link nor pipe nor device."""
        return stat.S_IFMT(self.mode) in (0, stat.S_IFREG)

    @property
    def is_locked(self) -> bool:
        return bool(self.flags & LOCKED_FLAGS)


@dataclass(frozen=True, slots=True)
class Directory:
    """A table of contents in the order in which the entries lie."""

    members: list[Member]
    cut: bool
    """It goes on beyond the number of entries one archive may have."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    start: int
    size: int
    entries: int
    shift: int
    """Bytes before the archive proper: what every offset in it is short of."""


def directory(source: Source, meter: Meter) -> Directory:
    """Read the table of contents. Raises `Unfit` if there is none to trust."""
    bounds = _bounds(source)
    if bounds.size > meter.limits.directory_bytes:
        raise Unfit(f"a table of contents of {mib(bounds.size)}")
    table = source.read_at(bounds.start, bounds.size)
    members: list[Member] = []
    cut = False
    for member in _members(table, bounds.shift):
        cut = len(members) == meter.entries_left
        if cut:
            break
        members.append(member)
    if not cut and len(members) % (FULL_16 + 1) != bounds.entries % (FULL_16 + 1):
        raise Unfit(f"a table of contents that says {bounds.entries:,} entries and has {len(members):,}")
    meter.take(len(members))
    return Directory(_placed(members, bounds.start), cut)


def _bounds(source: Source) -> _Bounds:
    tail_start = max(0, source.size - END.size - LONGEST_COMMENT)
    tail = source.read_at(tail_start, source.size - tail_start)
    at = _end_record(tail)
    _, disk, first_disk, here, entries, size, offset, _ = END.unpack_from(tail, at)
    end = tail_start + at
    if FULL_16 in (disk, here, entries) or FULL_32 in (size, offset):
        found = _end64(source, end)
        if found is not None:
            end, disk, first_disk, entries, size, offset = found
    if disk or first_disk:
        raise Unfit("one part of an archive that was split in several")
    start = end - size
    if start < offset:
        raise Unfit(DAMAGED)
    return _Bounds(start=start, size=size, entries=entries, shift=start - offset)


def _end_record(tail: bytes) -> int:
    """Where the end record begins: one whose comment ends with the file, else the last one whose comment fits."""
    loose = -1
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if at + END.size <= len(tail):
            comment: int = END.unpack_from(tail, at)[-1]
            if at + END.size + comment == len(tail):
                return at
            if loose < 0 and at + END.size + comment < len(tail):
                loose = at
        at = tail.rfind(b"PK\x05\x06", 0, at)
    if loose < 0:
        raise Unfit(NO_TABLE)
    return loose


def _end64(source: Source, end: int) -> tuple[int, int, int, int, int, int] | None:
    """The 64-bit end record that stands before `end`: where it is, disks, entries, size, offset."""
    locator_start = end - END64_LOCATOR.size
    record_start = locator_start - END64.size
    if record_start < 0:
        return None
    both = source.read_at(record_start, END64.size + END64_LOCATOR.size)
    if both[END64.size : END64.size + 4] != b"PK\x06\x07":
        return None
    if both[:4] != b"PK\x06\x06":
        raise Unfit(DAMAGED)
    _, _, _, _, disk, first_disk, _, entries, size, offset = END64.unpack_from(both)
    return record_start, disk, first_disk, entries, size, offset


def _members(table: bytes, shift: int) -> Iterator[Member]:
    at = 0
    while at < len(table):
        if at + CENTRAL.size > len(table) or table[at : at + 4] != b"PK\x01\x02":
            raise Unfit(DAMAGED)
        (_, _, _, _, _, flags, method, _, _, checksum, packed, size, name_size, extra_size, comment_size, _, _,
         attributes, start) = CENTRAL.unpack_from(table, at)  # fmt: skip
        name_start = at + CENTRAL.size
        at = name_start + name_size + extra_size + comment_size
        if at > len(table):
            raise Unfit(DAMAGED)
        raw_name = table[name_start : name_start + name_size]
        if FULL_32 in (packed, size, start):
            extra = table[name_start + name_size : name_start + name_size + extra_size]
            size, packed, start = _wide(extra, size, packed, start)
        yield Member(
            name=raw_name.decode("utf-8" if flags & UTF8_FLAG else "cp437", "replace"),
            raw_name=raw_name,
            flags=flags,
            method=method,
            checksum=checksum,
            packed=packed,
            size=size,
            start=start + shift,
            stop=0,
            mode=attributes >> 16,
        )


def _wide(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """The same three with their 64-bit values, which stand one after the other for each that is full."""
    values = iter(_zip64_values(extra))
    try:
        size = next(values) if size == FULL_32 else size
        packed = next(values) if packed == FULL_32 else packed
        start = next(values) if start == FULL_32 else start
    except StopIteration:
        raise Unfit(DAMAGED) from None
    return size, packed, start


def _zip64_values(extra: bytes) -> tuple[int, ...]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == ZIP64_EXTRA and at + 4 + length <= len(extra):
            return struct.unpack_from(f"<{length // 8}Q", extra, at + 4)
        at += 4 + length
    return ()


def _placed(members: list[Member], table_start: int) -> list[Member]:
    """The members in the order in which they lie, each knowing where it must end, or that it shares bytes.

    Of several that share bytes the first is kept: then no byte is unpacked for two entries, which is what makes a
    small archive unpack to petabytes.
    """
    placed: list[Member] = []
    reach = 0
    for member in sorted(members, key=attrgetter("start")):
        end = member.start + LOCAL_HEADER_BYTES + len(member.raw_name) + member.packed
        overlaps = member.start < reach or end > table_start
        placed.append(replace(member, overlaps=overlaps))
        reach = reach if overlaps else end
    stop = table_start
    for i in range(len(placed) - 1, -1, -1):
        if not placed[i].overlaps:
            placed[i] = replace(placed[i], stop=stop)
            stop = placed[i].start
    return placed
