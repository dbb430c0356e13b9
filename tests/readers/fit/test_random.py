"""Random damage: whatever a file holds, only `UnreadableFile` comes out, no warning, and soon.

The suite runs a slice; `CALFWISE_FUZZ=100000 ./dev fuzz` runs as many as that says.
"""

import os
import random
import time

import pytest

from calfwise.errors import UnreadableFile
from calfwise.model.load.dose import run_load
from calfwise.readers import read_bytes
from calfwise.readers.fit import read_fit
from tests.readers.fit.test_traps import full_of_everything

WHOLE = full_of_everything()
IN_THE_SUITE = 300
SLICES = 10
SECONDS_A_FILE = 1.0
BASE_TYPE_CODES = (0x00, 0x01, 0x02, 0x83, 0x84, 0x85, 0x86, 0x07, 0x88, 0x89, 0x0A, 0x8B, 0x8C, 0x0D, 0x8E, 0x8F, 0x90)


def spoiled(seed: int) -> bytes:
    """A whole file with a few changes: bits and bytes flipped, pieces cut, doubled, moved or made up."""
    chance = random.Random(seed)
    data = bytearray(WHOLE if chance.random() < 0.9 else WHOLE + WHOLE)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        spoil(data, chance)
    return bytes(data)


def spoil(data: bytearray, chance: random.Random) -> None:
    """One change in a random place."""
    at = chance.randrange(len(data) + 1)
    piece = slice(at, at + chance.randrange(1, 40))
    noise = chance.randbytes(piece.stop - at)
    odd = (0, 0x7F, 0x80, 0xFF, 0x40, 0x60, *BASE_TYPE_CODES)
    changes = (
        lambda: (slice(at, at + 1), bytes(byte ^ 1 << chance.randrange(8) for byte in data[at : at + 1])),
        lambda: (slice(at, at + 1), noise[:1]),
        lambda: (slice(at, at + 1), bytes([chance.choice(odd)])),
        lambda: (piece, b""),
        lambda: (piece, noise),
        lambda: (slice(at, at), noise),
        lambda: (slice(at, at), data[piece] * chance.choice((1, 2, 50))),
    )
    place, put = chance.choice(changes)()
    data[place] = put


def survives(seed: int) -> bool:
    """Whether the file could be read; what came of it must be usable too."""
    data = spoiled(seed)
    began = time.perf_counter()
    try:
        recording = read_bytes(data, file=f"spoiled-{seed}.fit", location=seed % 2 == 0)
    except UnreadableFile:
        return False
    for run in recording.runs:
        load = run_load(run)
        assert load.running_s >= 0
        assert run.end >= run.start
        assert run.start.tzinfo is not None
    for other in recording.others:
        assert other.start.tzinfo is not None
    assert time.perf_counter() - began < SECONDS_A_FILE, f"seed {seed} took too long"
    return True


@pytest.mark.parametrize("slice_", range(SLICES))
def test_damage_is_never_more_than_an_unreadable_file(slice_: int) -> None:
    read = sum(survives(seed) for seed in range(slice_, IN_THE_SUITE, SLICES))
    assert read > IN_THE_SUITE // SLICES // 2, "most damaged files still tell something"


@pytest.mark.fuzz
@pytest.mark.parametrize("slice_", range(SLICES))
def test_damage_by_the_thousand(slice_: int) -> None:
    count = int(os.environ.get("CALFWISE_FUZZ", "0"))
    if not count:
        pytest.skip("only with CALFWISE_FUZZ (./dev fuzz)")
    for seed in range(1_000_000 + slice_, 1_000_000 + count, SLICES):
        survives(seed)


@pytest.mark.parametrize("seed", range(20))
def test_noise_behind_a_header_is_read_as_far_as_it_goes(seed: int) -> None:
    noise = random.Random(seed).randbytes(5000)
    began = time.perf_counter()
    read_fit(WHOLE[:14] + noise, file="noise.fit")
    assert time.perf_counter() - began < SECONDS_A_FILE


def test_a_message_without_fields_repeated_by_the_million_ends_soon() -> None:
    """A definition of nothing makes messages of one byte each: two million of them stop the reader, not the machine."""
    definition = bytes([0x40, 0, 0, 20, 0, 0])
    began = time.perf_counter()
    read_fit(WHOLE[:4] + (0).to_bytes(4, "little") + WHOLE[8:14] + definition + bytes(3_000_000), file="hostile.fit")
    assert time.perf_counter() - began < 2 * SECONDS_A_FILE
