"""Everything a file or folder holds, however nested and mixed, one entry at a time.

Nothing is extracted to disk, no link is followed, and no size is believed. What cannot be read is refused by name and
never stops the others.
"""

import os
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from calfwise.readers.archive.directory import Directory, Member, directory
from calfwise.readers.archive.entry import Entry, Refused
from calfwise.readers.archive.found import Depth, Find, Found, as_source, in_gzip, in_zip, on_disk
from calfwise.readers.archive.kinds import GZIP, ZIP, Kind, kind_by_head, kind_by_name
from calfwise.readers.archive.limits import Limits, Meter, Spent, Unfit, mib
from calfwise.readers.archive.names import hidden, inside, plain, told, unsafe
from calfwise.readers.archive.sources import Chunks, Disk, Source
from calfwise.readers.archive.unpack import DEFLATED, STORED

Offers = Iterator[Entry | Refused]
LINK = "a link to another file; links are not followed"


KnownAs = Callable[[os.stat_result], str | None]
"""The key of a file's bytes, told from its state on disk alone; `None`: it must be read."""


def entries(path: str | Path, limits: Limits | None = None, *, known_as: KnownAs | None = None) -> Offers:
    """Everything a file or folder holds: plain files, gzips, zips, folders, in any mix.

    Parameters
    ----------
    path
        A file or folder. It may be a link itself; links within are refused.
    limits
        What one file on disk may cost, everything nested in it included.
    known_as
        Asked about each file right before it is looked into; one that is known is a recording, and is not opened.

    Yields
    ------
    Entry or Refused
        Folders in order of name, archives in the order in which their entries lie; tables that tell about recordings
        come before the recordings of their folder or archive (not in a nested archive too large to hold). Hidden files
        are passed over, as in folders.
    """
    limits = limits or Limits()
    top = Path(path)
    waiting = [top]
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat() if here == top else here.lstat()
            mode = status.st_mode
            if stat.S_ISDIR(mode):
                waiting += reversed(_children(here))
                continue
        except OSError as error:
            yield Refused(told(str(here)), error.strerror or "an error of the disk")
            continue
        if stat.S_ISREG(mode):
            key = known_as(status) if known_as is not None else None
            yield from _file(here, limits) if key is None else [_known(here, key, limits)]
        else:
            yield Refused(told(str(here)), LINK if stat.S_ISLNK(mode) else "neither a file nor a folder")


def _children(folder: Path) -> list[Path]:
    """What a folder holds, tables first: they tell about the recordings."""
    return sorted(
        (path for path in folder.iterdir() if not hidden(path.name)), key=lambda path: (_later(path.name), path.name)
    )


def _later(name: str) -> bool:
    kind = kind_by_name(name)
    return kind is None or not kind.is_table


def _file(path: Path, limits: Limits) -> Offers:
    """What one file on disk holds; it has a budget of its own."""
    name = told(str(path))
    try:
        source = Disk(path)
        with source:
            found = on_disk(path, source, lambda other: _beside_on_disk(path, other, limits))
            yield from _offers(found, Depth(limits, Meter(limits, disk_bytes=source.size)))
    except Spent as spent:
        rest = f"what follows {spent.at}" if spent.at not in ("", name) else "the rest"
        yield Refused(name, f"{spent}; {rest} is left out")
    except OSError as error:
        yield Refused(name, error.strerror or "an error of the disk")


def _known(path: Path, key: str, limits: Limits) -> Entry:
    """A recording that nobody needs to look into; whoever does gets its bytes as they lie on disk."""

    def find(other: str) -> Entry | None:
        return _beside_on_disk(path, other, limits)

    def unpack(ceiling: int) -> Chunks:
        return (yield from on_disk(path, Disk(path), find).unpack(ceiling))

    place = Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolve() would follow links
    return Entry(told(str(path)), "", place, Kind.RECORDING, None, limits, unpack, find, key)


def _beside_on_disk(path: Path, other: str, limits: Limits) -> Entry | None:
    """One more file at or below a file's folder; None for a link, a way out, or what is no plain file."""
    beside = Path(other)
    try:
        fit = beside.is_file() and not beside.is_symlink() and beside.resolve().is_relative_to(path.parent.resolve())
    except OSError:
        return None
    return next((found for found in _file(beside, limits) if isinstance(found, Entry)), None) if fit else None


def _offers(found: Found, at: Depth) -> Offers:
    """What a file turns out to be: an entry, an archive of more of them, or refused."""
    try:
        kind = kind_by_name(found.path.removesuffix(".gz"))
        head = _head(found) if kind is None or found.path.endswith(".gz") else b""
        packed = head.startswith((GZIP, *ZIP))
        if packed and at.depth >= at.limits.depth:
            raise Unfit(f"archives within archives, more than {at.limits.depth} deep")
        if head.startswith(ZIP):
            yield from _zip(*as_source(found, at), name=found.name)
        elif packed:
            yield from _offers(in_gzip(found, at.meter), at.in_gzip())
        else:
            yield _entry(found, kind or kind_by_head(head), at.limits)
    except Spent as spent:
        spent.at = spent.at or found.name
        raise
    except Unfit as unfit:
        yield Refused(found.name, str(unfit))


def _head(found: Found) -> bytes:
    chunks = found.unpack(2**63)
    try:
        return next(chunks, b"")
    finally:
        chunks.close()


def _entry(found: Found, kind: Kind, limits: Limits) -> Entry:
    most = limits.archive_bytes if kind is Kind.APPLE_HEALTH else limits.recording_bytes
    if kind is not Kind.BESIDE and (found.size or 0) > most:
        raise Unfit(f"{mib(found.size or 0)}, where at most {mib(most)} are read")
    return Entry(found.name, found.container, found.path, kind, found.size, limits, found.unpack, found.find)


def _zip(source: Source, at: Depth, *, name: str) -> Offers:
    """What a zip holds. Raises `Unfit` if it has no table of contents to trust."""
    with source:
        table = directory(source, at.meter)
        find = _finder(source, table, at, name)
        seen: set[str] = set()
        for member in table.members if source.streamed else sorted(table.members, key=lambda m: _later(m.name)):
            at.meter.check()
            why = _why_not(member, seen)
            if why:
                yield Refused(inside(name, member.name), why)
            elif not member.is_folder and not hidden(member.name):
                yield from _offers(in_zip(source, member, container=name, meter=at.meter, find=find), at)
        if table.cut:
            raise Spent(f"more than {at.limits.archive_entries:,} entries")


def _finder(source: Source, table: Directory, at: Depth, name: str) -> Find:
    """Looks up further entries of a zip; its table is only turned into a look-up for who asks."""

    @cache
    def members() -> dict[str, Member]:
        return {plain(member.name): member for member in reversed(table.members)}

    def find(path: str) -> Entry | None:
        member = members().get(path)
        if member is None or member.is_folder or _why_not(member, set()):
            return None
        offers = _offers(in_zip(source, member, container=name, meter=at.meter, find=find), at)
        return next((found for found in offers if isinstance(found, Entry)), None)

    return find


def _why_not(member: Member, seen: set[str]) -> str | None:
    """Why an entry of a zip is refused before its bytes are looked at; None if it is not."""
    if why := unsafe(member.name):
        return why
    if member.is_folder:
        return "a folder with bytes of its own" if member.size else None
    if member.overlaps:
        return "bytes that it shares with another entry"
    if why := _not_a_file(member):
        return why
    path = plain(member.name)
    if path in seen:
        return "a second file of the same name; the first is read"
    seen.add(path)
    return None


def _not_a_file(member: Member) -> str | None:
    if member.is_link:
        return LINK
    if not member.is_plain:
        return "a device or pipe, not a file"
    if member.is_locked:
        return "an encrypted file; unpack it with its password first"
    if member.method not in (STORED, DEFLATED):
        return f"a way of packing that is not read here (number {member.method})"
    return None
