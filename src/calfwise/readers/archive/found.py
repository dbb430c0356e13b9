"""Bytes under a name, before anyone knows what they are: on disk, in a zip, in a gzip."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from calfwise.readers.archive.directory import LONGEST_COMMENT, Member
from calfwise.readers.archive.entry import Entry, Unpack
from calfwise.readers.archive.limits import Limits, Meter, TooLarge, Unfit, mib
from calfwise.readers.archive.names import inside, plain, told
from calfwise.readers.archive.sources import Chunks, Disk, Memory, Source, Stream, Window
from calfwise.readers.archive.unpack import STORED, data_start, gunzipped, stored, too_large, unpacked

Find = Callable[[str], Entry | None]
"""Another file of the same container, by its path there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a folder or an archive; `name`, `container`, `path` and `size` as an `Entry` has them."""

    name: str
    container: str
    path: str
    size: int | None
    unpack: Unpack
    find: Find
    window: Callable[[], Source] | None = None
    """Its bytes with an address, where they need no unpacking."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How deep in one file on disk we are, and what that leaves."""

    limits: Limits
    meter: Meter
    depth: int = 0
    held: int = 0
    """Bytes of nested archives in memory."""
    streamed: bool = False
    """One of the archives around is unpacked on the way; a second would be unpacked over and over."""

    def in_gzip(self) -> "Depth":
        """One deeper."""
        return replace(self, depth=self.depth + 1)


def on_disk(path: Path, source: Disk, find: Find) -> Found:
    """A file of a folder."""

    def unpack(ceiling: int) -> Chunks:
        with source:
            if source.size > ceiling:
                raise TooLarge(too_large(ceiling))
            yield from stored(source, 0, source.size)
        return ""

    place = Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolve() would follow links
    return Found(told(str(path)), "", place, source.size, unpack, find, lambda: source)


def in_zip(source: Source, member: Member, *, container: str, meter: Meter, find: Find) -> Found:
    """An entry of a zip."""

    def unpack(ceiling: int) -> Chunks:
        return unpacked(source, member, ceiling=ceiling, meter=meter, place=place)

    def window() -> Source:
        return Window(source, data_start(source, member), member.packed)

    place = (container, member.start)
    return Found(
        name=inside(container, member.name),
        container=container,
        path=plain(member.name),
        size=member.size,
        unpack=unpack,
        find=find,
        window=window if member.method == STORED and not source.streamed else None,
    )


def in_gzip(gzip: Found, meter: Meter) -> Found:
    """What a gzip holds, under the gzip's own name."""

    def unpack(ceiling: int) -> Chunks:
        packed = gzip.unpack(meter.limits.archive_bytes)
        try:
            return (yield from gunzipped(packed, ceiling=ceiling, meter=meter, place=place))
        finally:
            packed.close()

    place = (gzip.container, gzip.path, "gzip")
    return replace(gzip, size=None, unpack=unpack, window=None)


def as_source(archive: Found, at: Depth) -> tuple[Source, Depth]:
    """A nested archive's bytes with an address, and how deep we are in it. Raises `Unfit` if it is too large."""
    limits = at.limits
    deeper = replace(at, depth=at.depth + 1)
    if archive.window is not None:
        return archive.window(), deeper
    room = limits.held_bytes - at.held
    if archive.size is None or archive.size <= room:
        try:
            data = b"".join(archive.unpack(room))
        except TooLarge:
            pass
        else:
            return Memory(data), replace(deeper, held=at.held + len(data))
    most = limits.archive_bytes // 2  # it is unpacked twice: for its table of contents, then for its entries
    if at.streamed or (archive.size or 0) > most:
        raise Unfit(f"an archive in an archive of more than {mib(room if at.streamed else most)}")
    stream = Stream(lambda: archive.unpack(most), tail_bytes=limits.directory_bytes + 2 * LONGEST_COMMENT)
    return stream, replace(deeper, streamed=True)
