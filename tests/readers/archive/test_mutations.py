"""Archives with bytes changed at random: nothing is raised but `UnreadableFile`, and nothing good is made up."""

import os
import random

import pytest

from calfwise.readers.archive import Limits
from tests.readers.archive.making import GOOD, Item, good, gzipped, read_all, zipped

ROUNDS = int(os.environ.get("CALFWISE_ARCHIVE_MUTATIONS", "150"))
TIGHT = Limits(recording_bytes=2**16, archive_bytes=2**18, archive_entries=50, directory_bytes=2**12, held_bytes=600)


def archive(seed: int) -> bytes:
    noise = random.Random(seed).randbytes(900)
    inner = zipped(good("in.gpx"), Item("run.fit.gz", gzipped(noise)), wide=seed % 2 == 0)
    items = [good(), Item("stored.zip", inner, method=0), Item("packed.zip", inner), Item("run.gpx.gz", gzipped(GOOD))]
    return zipped(*items, Item("a.fit", noise), comment=b"hello" if seed % 3 else b"")


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.choice(
            (chance.randrange(len(changed)), len(changed) - 1 - chance.randrange(min(700, len(changed))))
        )
        match chance.randrange(4):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"PK\1\2", b"PK\5\6", chance.randbytes(4)))
            case 2:
                del changed[at : at + chance.choice((1, 4, 50))]
            case _:
                changed[at:at] = chance.randbytes(chance.choice((1, 4, 50)))
        changed = changed or bytearray(b"x")
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.05 else changed)


@pytest.mark.parametrize("seed", range(6))
def test_a_mutated_archive_raises_nothing_and_invents_nothing(seed, tmp_path):
    chance = random.Random(seed)
    data = archive(seed)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    whole, refused = read_all(path, limits=TIGHT)
    assert not refused
    for _ in range(ROUNDS):
        path.write_bytes(mutated(data, chance))
        read, _ = read_all(path, limits=TIGHT)
        for name, content in read.items():
            same = whole.get(name)
            assert same is None or content == same or name.endswith(".gz")
