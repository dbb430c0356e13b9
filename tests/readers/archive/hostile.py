"""Archives that want to do harm, each with its trick; built on the fly, small under small limits."""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from calfwise.readers.archive import Limits
from tests.readers.archive.making import (
    GOOD,
    LINK_MODE,
    Item,
    central,
    deflated,
    empty_blocks,
    end,
    end64,
    good,
    gzipped,
    local,
    zipped,
)

KIB, MIB = 2**10, 2**20
SMALL = Limits(
    recording_bytes=MIB,
    archive_bytes=4 * MIB,
    archive_entries=60,
    directory_bytes=16 * KIB,
    held_bytes=256 * KIB,
    depth=3,
)
BAD = "bad.fit"


@dataclass(frozen=True)
class Trick:
    """What is done, whom it is told about, and in which words."""

    id: str
    make: Callable[[Path], object]
    """Puts it into a folder that already holds a good recording."""
    why: str
    name: str = f"hostile.zip › {BAD}"
    good_inside: bool = True
    """Whether the good recording in the archive can still be read."""


def of_items(*items: Item) -> Callable[[Path], object]:
    return of_bytes(lambda: zipped(good(), *items))


def of_bytes(data: Callable[[], bytes], name: str = "hostile.zip") -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data())


def named(name: str | bytes) -> Callable[[Path], object]:
    return of_items(Item(name, GOOD))


def item(**fields) -> Callable[[Path], object]:
    return of_items(Item(BAD, **({"data": GOOD} | fields)))


def extra64(*values: int) -> bytes:
    return struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values)


def overlapping() -> bytes:
    """Two entries of the table lead to the same bytes."""
    first = Item("first.fit", GOOD)
    start = len(local(good()))
    return zipped(good(), first, Item(BAD, GOOD, start=start, no_local=True))


def headless() -> bytes:
    """The table leads to bytes that are no entry."""
    whole = zipped(good(), Item(BAD, GOOD))
    return b"XX\3\4".join(whole.rsplit(b"PK\3\4", 1))


def quoting() -> bytes:
    """An entry whose packed bytes hold the next entry, header and all."""
    inner = local(Item(BAD, GOOD))
    start = len(local(good())) + 30 + len("outer.fit")
    outer = Item("outer.fit", inner, method=0)
    return zipped(good(), outer, Item(BAD, GOOD, start=start, no_local=True))


def without_table() -> bytes:
    whole = zipped(good(), Item(BAD, os.urandom(1000)))
    return whole[: len(whole) // 2]


def damaged_table() -> bytes:
    whole = bytearray(zipped(good(), Item(BAD, GOOD)))
    whole[whole.rindex(b"PK\1\2")] ^= 0xFF
    return bytes(whole)


def table_outside() -> bytes:
    body, item_ = local(good()), good()
    table = central(item_, 0)
    return body + table + end(1, len(table) + 100_000, len(body))


def split() -> bytes:
    body, table = local(good()), central(good(), 0)
    return body + table + end(1, len(table), len(body), disk=1)


def end64_lies() -> bytes:
    body, table = local(good()), central(good(), 0)
    start = len(body) + len(table)
    return body + table + end64(1, len(table), 2**62, start)


def end64_missing() -> bytes:
    body, table = local(good()), central(good(), 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    return body + table + bytes(56) + locator + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def nested(depth: int) -> bytes:
    data = zipped(good("deepest.gpx"))
    for level in range(depth):
        data = zipped(good(f"good{level}.gpx"), Item("next.zip", data))
    return data


def onion(layers: int) -> bytes:
    data = GOOD
    for _ in range(layers):
        data = gzipped(data)
    return data


def barren(size: int) -> bytes:
    """A gzip that is dear to unpack and holds nothing."""
    return gzipped(b"")[:10] + empty_blocks(size)


def links(folder: Path, target: Path, name: str = BAD) -> None:
    (folder / name).symlink_to(target)


def linked_folder(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.gpx").write_bytes(GOOD)
    links(folder, outside, "folder")


def zeros(size: int, **fields) -> Item:
    return Item(fields.pop("name", BAD), bytes(size), **fields)


def on_disk(id_: str, make: Callable[[Path], object], why: str, name: str = BAD) -> Trick:
    return Trick(id_, make, why, name, good_inside=False)


def whole(id_: str, data: Callable[[], bytes], why: str, *, name: str = "hostile.zip") -> Trick:
    """The archive itself is refused."""
    return Trick(id_, of_bytes(data, name), why, name, good_inside=False)


NAMES = (
    Trick("parent-folder", named("../bad.fit"), "leads out", "› ../bad.fit"),
    Trick("parent-folder-in-the-middle", named("a/../../bad.fit"), "leads out", "› a/../../bad.fit"),
    Trick("parent-folder-alone", named(".."), "leads out", "› .."),
    Trick("backslash-parent", named("..\\bad.fit"), "leads out", "› ..\\bad.fit"),
    Trick("mixed-slashes-parent", named("a\\..\\../bad.fit"), "leads out", "› a\\..\\../bad.fit"),
    Trick("absolute", named("/etc/bad.fit"), "absolute name", "› /etc/bad.fit"),
    Trick("network-share", named("\\\\server\\share\\bad.fit"), "absolute name", "› \\\\server\\share\\bad.fit"),
    Trick("drive-letter", named("C:\\bad.fit"), "drive letter", "› C:\\bad.fit"),
    Trick("drive-without-slash", named("c:bad.fit"), "drive letter", "› c:bad.fit"),
    Trick("nul-in-the-name", named("good.gpx\0.fit"), "NUL", "› good.gpx\N{REPLACEMENT CHARACTER}.fit"),
    Trick("no-name", named(""), "without a name", "hostile.zip › "),
    Trick("endless-name", named("n" * 5000 + ".fit"), "a name of 5,004 characters", "nnn.fit"),
    Trick("same-name-twice", of_items(Item("good.gpx", b"other")), "second file of the same name", "› good.gpx"),
    Trick("same-name-by-a-detour", of_items(Item("./good.gpx", b"other")), "second file", "› ./good.gpx"),
    Trick("other-name-inside", item(local_name="evil.fit"), "another name inside"),
    Trick("folder-with-bytes", of_items(Item("folder/", GOOD)), "a folder with bytes", "› folder/"),
)

KINDS = (
    Trick("link-in-a-zip", item(mode=LINK_MODE, data=b"../../etc/passwd"), "links are not followed"),
    Trick("absolute-link-in-a-zip", item(mode=LINK_MODE, data=b"/etc/passwd"), "links are not followed"),
    Trick("pipe-in-a-zip", item(mode=0o010644), "a device or pipe"),
    Trick("device-in-a-zip", item(mode=0o060644), "a device or pipe"),
    on_disk("link-on-disk", lambda folder: links(folder, Path("/etc/passwd")), "links are not followed"),
    on_disk("broken-link-on-disk", lambda folder: links(folder, Path("nowhere")), "links are not followed"),
    on_disk("link-in-a-circle", lambda folder: links(folder, folder), "links are not followed"),
    on_disk("linked-folder", linked_folder, "links are not followed", "folder"),
    on_disk("pipe-on-disk", lambda folder: os.mkfifo(folder / BAD), "neither a file nor a folder"),
    Trick("encrypted", item(flags=1), "encrypted"),
    Trick("strongly-encrypted", item(flags=1 << 6), "encrypted"),
    Trick("encrypted-table", item(flags=1 << 13), "encrypted"),
    Trick("encrypted-only-inside", item(local_flags=1), "another way of packing"),
    Trick("aes", item(method=99), "number 99"),
    Trick("bzip2", item(method=12), "number 12"),
    Trick("lzma-with-a-huge-dictionary", item(method=14), "number 14"),
    Trick("deflate64", item(method=9), "number 9"),
    Trick("other-method-inside", item(local_method=0), "another way of packing"),
)

SIZES = (
    Trick("declares-one-byte", item(size=1), "more bytes than the 1 "),
    Trick("declares-nothing", item(size=0), "more bytes than the 0 "),
    Trick("declares-more-than-it-holds", item(size=10_000), "declares 10,000"),
    Trick("declares-gigabytes", item(size=2**31), "2,048 MiB, where at most 1 MiB"),
    Trick("declares-exabytes", item(size=2**32 - 1, central_extra=extra64(2**62)), "where at most 1 MiB"),
    Trick("stored-sizes-differ", item(method=0, packed_size=10), "declares"),
    Trick("packed-size-too-small", item(packed_size=20), "break off"),
    Trick(
        "packed-size-into-the-next",
        of_items(Item("first.fit", GOOD, packed_size=120), Item(BAD, GOOD)),
        "shares with another",
    ),
    Trick("packed-size-beyond-the-file", item(packed_size=2**31), "shares"),
    Trick("more-packed-than-needed", item(packed=deflated(GOOD) + b"hidden"), "end before"),
    Trick("longer-header-inside", of_items(Item(BAD, GOOD, local_extra=bytes(50), packed_size=170)), "shares"),
    Trick("wrong-checksum", item(checksum=1), "fail their checksum"),
    Trick("damaged-deflate", item(packed=b"\xff" * 40), "damaged"),
    Trick("deflate-without-an-end", item(packed=deflated(GOOD)[:-8]), "break off"),
    Trick("start-in-the-middle-of-nowhere", item(start=11), "shares"),
    Trick("start-beyond-the-file", item(start=2**30), "shares"),
    Trick("no-header-where-it-starts", of_bytes(headless), "not where"),
    Trick("start-64-missing", item(start=2**32 - 1), "table of contents is damaged", "hostile.zip", good_inside=False),
    Trick("same-bytes-twice", of_bytes(overlapping), "shares with another"),
    Trick("entry-in-an-entry", of_bytes(quoting), "shares with another"),
)

TABLES = (
    whole("no-table-of-contents", without_table, "without its table of contents"),
    whole("only-a-signature", lambda: b"PK\3\4", "without its table of contents"),
    whole("damaged-table", damaged_table, "table of contents is damaged"),
    whole("table-outside-the-file", table_outside, "table of contents is damaged"),
    whole("count-lies", lambda: zipped(good(), count=7), "says 7 entries and has 1"),
    whole("split-in-parts", split, "one part of an archive"),
    whole("zip64-offset-outside", end64_lies, "table of contents is damaged"),
    whole("zip64-end-missing", end64_missing, "table of contents is damaged"),
    whole("table-too-large", lambda: zipped(*[good(f"{'n' * 900}{i}.gpx") for i in range(20)]), "table of contents of"),
    Trick(
        "too-many-entries",
        of_bytes(lambda: zipped(good(), *[Item(f"{i}.txt") for i in range(100)])),
        "more than 60 entries; the rest is left out",
        "hostile.zip",
    ),
)

BOMBS = (
    Trick("bomb", item(data=bytes(3 * MIB)), "3 MiB, where at most 1 MiB"),
    Trick("bomb-that-lies", item(data=bytes(3 * MIB), size=100), "more bytes than the 100"),
    Trick(
        "bombs-that-are-small-each",
        of_items(*[zeros(MIB, name=f"{i}.fit") for i in range(8)]),
        "more than 4 MiB unpacked together; the rest is left out",
        "hostile.zip",
    ),
    whole("gzip-bomb", lambda: gzipped(bytes(3 * MIB)), "more than 1 MiB", name="bad.fit.gz"),
    Trick("gzip-bomb-in-a-zip", of_items(Item("bad.gz", gzipped(bytes(3 * MIB)))), "more than 1 MiB", "› bad.gz"),
    Trick(
        "bomb-in-a-nested-zip",
        of_items(Item("in.zip", zipped(zeros(3 * MIB)))),
        "3 MiB, where at most 1 MiB",
        "in.zip › bad.fit",
    ),
    Trick(
        "nested-zip-too-large",
        of_items(Item("in.zip", zipped(zeros(3 * MIB, method=0)))),
        "of more than 2 MiB",
        "› in.zip",
    ),
    Trick(
        "streamed-in-a-streamed",
        of_items(Item("in.zip", zipped(zeros(MIB, method=0), Item("in.zip", zipped(zeros(600 * KIB, method=0)))))),
        "an archive in an archive",
        "in.zip › in.zip",
    ),
    Trick("zip-without-end-in-a-zip", of_items(Item("in.zip", without_table())), "without its table", "› in.zip"),
    Trick(
        "large-nested-zip-without-end",
        of_items(zeros(MIB, name="pad.txt"), Item("in.zip", b"PK\3\4" + bytes(MIB))),
        "without its table",
        "› in.zip",
    ),
    Trick("nested-too-deep", of_bytes(lambda: nested(5)), "more than 3 deep", "next.zip", good_inside=False),
    Trick("gzips-in-gzips", of_items(Item("bad.gz", onion(6))), "more than 3 deep", "› bad.gz"),
    Trick("gzip-of-a-thousand-parts", of_items(Item("bad.gz", gzipped(b"") * 1000)), "more than 100 parts", "› bad.gz"),
    Trick("gzip-of-empty-blocks", of_items(Item("bad.gz", barren(MIB - 100))), "breaks off", "› bad.gz"),
    Trick("damaged-gzip", of_items(Item("bad.gz", gzipped(GOOD)[:10] + b"\xff" * 50)), "damaged", "› bad.gz"),
)

TRICKS = (*NAMES, *KINDS, *SIZES, *TABLES, *BOMBS)
