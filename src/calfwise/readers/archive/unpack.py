"""Bytes out of a zip's entry or a gzip, counted as they come: what a header declares is a claim, not a fact."""

import struct
import zlib
from collections.abc import Iterator

from calfwise.readers.archive.directory import LOCAL_HEADER_BYTES, LOCKED_FLAGS, Member
from calfwise.readers.archive.limits import Meter, TooLarge, Unfit, mib
from calfwise.readers.archive.sources import Chunks, Source

FIRST_BYTES = 4096
"""So much is unpacked to see what an entry is."""
CHUNK_BYTES = 256 * 1024
FEED_BYTES = 64 * 1024
STORED, DEFLATED = 0, 8
LOCAL = struct.Struct("<4s5H3L2H")
MOST_GZIP_PARTS = 100
"""A gzip may be several, one after the other; a recording is one, and a million empty ones are an attack."""
PART_COSTS_BYTES = 256
"""To begin to unpack costs as much as to unpack so many bytes."""
LAST_STEPS = 512
"""So many packed bytes before a damage are given one by one."""
BROKEN_OFF = "packed bytes that break off"


def too_large(ceiling: int) -> str:
    """Why something of which there is more than `ceiling` bytes is left out."""
    return f"more than {mib(ceiling)}; no recording is that large"


def unpacked(source: Source, member: Member, *, ceiling: int, meter: Meter, place: object) -> Chunks:
    """The bytes of a zip's entry.

    Parameters
    ----------
    source, member
        The archive, and what its table of contents says about the entry.
    ceiling
        The most bytes that are wanted of it.
    meter, place
        What counts the bytes, and under which key.

    Raises
    ------
    Unfit
        As soon as the bytes contradict the table of contents, or are too many.
    """
    total = checksum = 0
    with source:
        start = data_start(source, member)
        is_stored = member.method == STORED
        packed = stored(source, start, member.packed) if is_stored else inflated(source, start, member, meter)
        for chunk in packed:
            total += len(chunk)
            if total > member.size:
                raise Unfit(f"more bytes than the {member.size:,} that its archive declares")
            if total > ceiling:
                raise TooLarge(too_large(ceiling))
            meter.reach(place, total)
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
    if total < member.size:
        raise Unfit(f"{total:,} bytes where its archive declares {member.size:,}")
    if checksum != member.checksum:
        raise Unfit("bytes that fail their checksum")
    return ""


def data_start(source: Source, member: Member) -> int:
    """Where the packed bytes begin. Raises `Unfit` unless the local header agrees with the table of contents."""
    header = source.read_at(member.start, LOCAL_HEADER_BYTES)
    if len(header) < LOCAL_HEADER_BYTES or header[:4] != b"PK\x03\x04":
        raise Unfit("an entry that is not where its archive says")
    _, _, flags, method, _, _, _, _, _, name_size, extra_size = LOCAL.unpack(header)
    if source.read_at(member.start + LOCAL_HEADER_BYTES, name_size) != member.raw_name:
        raise Unfit("another name inside than in the table of contents")
    if flags & LOCKED_FLAGS or method != member.method:
        raise Unfit("another way of packing inside than in the table of contents")
    start: int = member.start + LOCAL_HEADER_BYTES + name_size + extra_size
    if start + member.packed > member.stop:
        raise Unfit("bytes that it shares with another entry")
    return start


def stored(source: Source, start: int, size: int) -> Iterator[bytes]:
    """Bytes that are not packed at all."""
    at, step = start, FIRST_BYTES
    while at < start + size:
        chunk = source.read_at(at, min(step, start + size - at))
        if not chunk:
            raise Unfit(BROKEN_OFF)
        yield chunk
        at += len(chunk)
        step = CHUNK_BYTES


def inflated(source: Source, start: int, member: Member, meter: Meter) -> Iterator[bytes]:
    """Deflated bytes, unpacked."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    at, end, most = start, start + member.packed, FIRST_BYTES
    feed = b""
    while not inflater.eof:
        if not feed:
            feed = source.read_at(at, min(FEED_BYTES, end - at))
            at += len(feed)
        ended = not feed
        try:
            chunk = inflater.decompress(feed, most)
        except zlib.error:
            raise Unfit("packed bytes that are damaged") from None
        meter.feed(len(feed) - len(inflater.unconsumed_tail))
        feed = inflater.unconsumed_tail
        if chunk:
            yield chunk
            most = CHUNK_BYTES
        elif ended and not inflater.eof:
            raise Unfit(BROKEN_OFF)
    if at - len(inflater.unused_data) != end:
        raise Unfit("packed bytes that end before its archive says")


def gunzipped(packed: Iterator[bytes], *, ceiling: int, meter: Meter, place: object) -> Chunks:
    """A gzip's bytes; of a damaged one those before the damage.

    Returns
    -------
    str
        What was wrong, "" when nothing was: the recording's reader keeps what it can of the bytes so far.
    """
    total = 0
    parts = _gzip_parts(packed, meter)
    while True:
        try:
            chunk = next(parts)
        except StopIteration as end:
            wrong: str = end.value
            break
        total += len(chunk)
        if total > ceiling:
            raise TooLarge(too_large(ceiling))
        meter.reach(place, total)
        yield chunk
    if wrong and not total:
        raise Unfit(wrong)
    return f"{wrong} after {total:,} bytes" if wrong else ""


def _gzip_parts(packed: Iterator[bytes], meter: Meter) -> Chunks:
    """One gzip after another, until the bytes end or are something else."""
    rest = b""
    for part in range(MOST_GZIP_PARTS):
        while not rest.strip(b"\0"):  # padding is allowed between them and at the end
            following = next(packed, None)
            if following is None:
                return "" if part else "an empty gzip"
            rest = following
        rest = rest.lstrip(b"\0")
        if part and not rest.startswith(b"\x1f"):
            return "the gzip is followed by something else"
        meter.feed(PART_COSTS_BYTES)
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        wrong = yield from _gzip_part(inflater, rest, packed, meter)
        if wrong:
            return wrong
        rest = inflater.unused_data
    return f"the gzip has more than {MOST_GZIP_PARTS:,} parts"


def _gzip_part(inflater: "zlib._Decompress", feed: bytes, packed: Iterator[bytes], meter: Meter) -> Chunks:
    most = FIRST_BYTES
    while not inflater.eof:
        if not feed:
            feed = next(packed, b"")
        ended = not feed
        before = inflater.copy()
        try:
            chunk = inflater.decompress(feed, most)
        except zlib.error:
            if meter.salvage():
                yield _until_damage(before, feed, most)
            return "the gzip is damaged"
        meter.feed(len(feed) - len(inflater.unconsumed_tail))
        feed = inflater.unconsumed_tail
        if chunk:
            yield chunk
            most = CHUNK_BYTES
        elif ended and not inflater.eof:
            return "the gzip breaks off"
    return ""


def _until_damage(before: "zlib._Decompress", feed: bytes, most: int) -> bytes:
    """What lies before the damage; zlib gives none of a chunk that it fails in, so ask for ever closer parts of it."""
    best, too_many = 0, most
    while best + 1 < too_many:
        wanted = (best + too_many) // 2
        try:
            before.copy().decompress(feed, wanted)
        except zlib.error:
            too_many = wanted
        else:
            best = wanted
    data = before.decompress(feed, best) if best else b""
    rest = before.unconsumed_tail if best else feed
    for i in range(min(len(rest), LAST_STEPS)):
        try:
            data += before.decompress(rest[i : i + 1])
        except zlib.error:
            break
    return data
