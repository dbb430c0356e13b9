"""What the worst archives we could think of cost under the real limits: at most 10 s and 256 MiB, in a process."""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.readers.archive.making import Item, central, empty_blocks, end, good, gzipped, local, zipped

MIB = 2**20
MOST_CPU_S = 10.0
MOST_MIB = 256

CHILD = """
import json, resource, sys
from calfwise.errors import UnreadableFile
from calfwise.readers.archive import Entry, entries

told = {"read": 0, "bytes": 0, "failed": 0, "refused": 0, "good": 0, "why": ""}
for found in entries(sys.argv[1]):
    if not isinstance(found, Entry):
        told["refused"] += 1
        told["why"] = found.why
        continue
    try:
        size = len(found.read())
    except UnreadableFile:
        told["failed"] += 1
    else:
        told["read"] += 1
        told["bytes"] += size
        told["good"] += found.path == "good.gpx"
used = resource.getrusage(resource.RUSAGE_SELF)
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
kib = int(status["VmHWM"].split()[0])  # ru_maxrss would remember the parent's
print(json.dumps(told | {"cpu_s": used.ru_utime + used.ru_stime, "mib": kib / 1024}))
"""


def cost_of(path: Path) -> dict:
    done = subprocess.run([sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    print(path.name, f"{path.stat().st_size / MIB:.1f} MiB on disk", told)
    return told


ZEROS = bytes(63 * MIB)
CHECKSUM = zlib.crc32(ZEROS)


def deflated_in_parts(parts: Iterable[bytes]) -> tuple[bytes, int, int]:
    """Packed, how many they were, and their checksum; never all of them at once."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed, size, checksum = bytearray(), 0, 0
    for part in parts:
        packed += packer.compress(part)
        size += len(part)
        checksum = zlib.crc32(part, checksum)
    return bytes(packed + packer.flush()), size, checksum


def bombs(count: int) -> bytes:
    packed, size, checksum = deflated_in_parts([ZEROS])
    bomb = {"packed": packed, "size": size, "checksum": checksum}
    return zipped(good(), *[Item(f"{i}.fit", **bomb) for i in range(count)])


def streamed_bombs() -> bytes:
    """A nested zip of almost a GiB, which must be unpacked twice, full of the largest recordings."""
    items = [
        Item(f"{i}.fit", b"", method=0, size=len(ZEROS), packed_size=len(ZEROS), checksum=CHECKSUM) for i in range(16)
    ]
    size = len(local(items[0]))
    starts, at = [], 0
    for item in items:
        starts.append(at)
        at += len(local(item)) + len(ZEROS)
    assert size < 100
    table = b"".join(central(item, start) for item, start in zip(items, starts, strict=True))
    parts = [part for item in items for part in (local(item), ZEROS)]
    packed, whole, checksum = deflated_in_parts([*parts, table, end(len(items), len(table), at)])
    return zipped(good(), Item("in.zip", packed=packed, size=whole, checksum=checksum))


def many_entries() -> bytes:
    tiny = [Item(f"activities/{i:06d}_{'name' * 30}.fit", b"x" * 10, method=0) for i in range(99_998)]
    return zipped(good(), *tiny)


def many_broken_gzips() -> bytes:
    broken = gzipped(b"0" * 5000)[:20] + b"\xff" * 30
    return zipped(good(), *[Item(f"a/{i}.fit.gz", broken, method=0) for i in range(99_998)])


def million_entries() -> bytes:
    nothing = central(Item(b"", method=0), 0)
    first = good()
    body, count = local(first), 1_000_000
    table = central(first, 0) + (nothing * (23 * MIB // len(nothing)))
    return body + table + end(count % 65536, len(table), len(body))


def nested_zips() -> bytes:
    inner = zipped(good("a.gpx"), good("b.gpx"))
    return zipped(good(), *[Item(f"{i}.zip", inner) for i in range(30_000)])


def barren_gzips() -> bytes:
    """Bytes that are dear to unpack, packed a thousandfold."""
    barren = gzipped(b"")[:10] + empty_blocks(60 * MIB)
    return zipped(good(), *[Item(f"{i}.fit.gz", barren) for i in range(5)])


def empty_gzip_parts() -> bytes:
    parts = gzipped(b"") * 100_000
    return zipped(good(), *[Item(f"{i}.fit.gz", parts) for i in range(300)])


def damaged_gzips() -> bytes:
    damaged = gzipped(bytes(200 * 1024))[:-60] + b"\xff" * 60
    return zipped(good(), *[Item(f"{i}.fit.gz", damaged) for i in range(20_000)])


def deep_and_held() -> bytes:
    """Each nested zip is as large as may be held in memory; in the last lies the largest recording."""
    packed, size, checksum = deflated_in_parts([ZEROS])
    data = zipped(Item("deep.fit", packed=packed, size=size, checksum=checksum))
    for level in range(2):
        data = zipped(Item("pad.txt", bytes((30 - 10 * level) * MIB), method=0), Item("in.zip", data))
    return zipped(good(), Item("in.zip", data))


def gzip_of_gigabytes() -> bytes:
    return gzipped(bytes(256 * MIB)) * 40


def overlapping() -> bytes:
    """Sixty thousand entries that are all the same bytes: 3.6 TiB, to whom believes it."""
    packed, size, checksum = deflated_in_parts([ZEROS])
    start = len(local(good()))
    bomb = {"packed": packed, "size": size, "checksum": checksum, "start": start}
    return zipped(good(), *[Item(f"{i}.fit", **bomb, no_local=i > 0) for i in range(60_000)])


WORST: tuple[tuple[Callable[[], bytes], str, str], ...] = (
    (lambda: bombs(40), "bombs.zip", "more than 2,048 MiB unpacked together"),
    (streamed_bombs, "streamed.zip", ""),
    (many_entries, "many.zip", ""),
    (many_broken_gzips, "broken.zip", "damaged"),
    (million_entries, "million.zip", "more than 100,000 entries"),
    (nested_zips, "nested.zip", ""),
    (barren_gzips, "barren.zip", "more packed bytes than an honest archive"),
    (empty_gzip_parts, "parts.zip", "more packed bytes than an honest archive"),
    (damaged_gzips, "damaged.zip", "more than 2,048 MiB unpacked together"),
    (deep_and_held, "deep.zip", ""),
    (gzip_of_gigabytes, "gigabytes.gz", ""),
    (overlapping, "overlap.zip", "shares with another"),
)


@pytest.mark.parametrize(("make", "name", "why"), WORST, ids=[name for _, name, _ in WORST])
def test_the_worst_archives_cost_at_most_ten_seconds_and_256_mib(make, name, why, tmp_path):
    path = tmp_path / name
    path.write_bytes(make())
    told = cost_of(path)
    assert told["cpu_s"] <= MOST_CPU_S
    assert told["mib"] <= MOST_MIB
    assert why in told["why"]
    assert told["good"] == name.endswith(".zip")
