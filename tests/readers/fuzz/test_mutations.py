"""Random damage: whatever a file holds, only `UnreadableFile` comes out, no warning, and soon.

The suite runs 2,000 files; `CALFWISE_FUZZ=100000 ./dev fuzz` runs as many as that says, real recordings among them.
A failure names its seed: `spoiled(kind, seed, real=...)` makes the same bytes again.
"""

import os
import random

import pytest

from calfwise.readers.fit import read_fit
from tests.readers.fit.test_traps import full_of_everything
from tests.readers.fuzz.corpus import KINDS, corpus
from tests.readers.fuzz.holds import survives
from tests.readers.fuzz.mutators import mutant

SLICES = 4
IN_THE_SUITE = {"fit": 800, "tcx": 500, "gpx": 500, "apple": 200}
SHARE = {kind: count / sum(IN_THE_SUITE.values()) for kind, count in IN_THE_SUITE.items()}
COUNT = int(os.environ.get("CALFWISE_FUZZ", "0"))


def spoiled(kind: str, seed: int, *, real: bool) -> bytes:
    chance = random.Random(f"{kind} {seed}")
    return mutant(corpus(kind, real=real), chance, binary=kind == "fit").data


def survived(kind: str, seeds: range, *, real: bool) -> int:
    """How many of them told something."""
    count = 0
    for seed in seeds:
        data = spoiled(kind, seed, real=real)
        try:
            count += survives(data, kind=kind, location=seed % 2 == 0)
        except Exception as error:
            error.add_note(f"{kind}, seed {seed}, real={real}, {len(data)} bytes")
            raise
    return count


@pytest.mark.parametrize("slice_", range(SLICES))
@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_never_more_than_an_unreadable_file(kind: str, slice_: int) -> None:
    seeds = range(slice_, IN_THE_SUITE[kind], SLICES)
    assert survived(kind, seeds, real=False) > len(seeds) // 2, "most damaged files still tell something"


@pytest.mark.fuzz
@pytest.mark.skipif(not COUNT, reason="only with CALFWISE_FUZZ (./dev fuzz)")
@pytest.mark.parametrize("slice_", range(SLICES))
@pytest.mark.parametrize("kind", KINDS)
def test_damage_by_the_thousand(kind: str, slice_: int) -> None:
    survived(kind, range(1_000_000 + slice_, 1_000_000 + round(COUNT * SHARE[kind]), SLICES), real=True)


@pytest.mark.parametrize("seed", range(20))
def test_noise_behind_a_header_is_read_as_far_as_it_goes(seed: int) -> None:
    noise = random.Random(seed).randbytes(5000)
    read_fit(full_of_everything()[:14] + noise, file="noise.fit")
    assert survives(full_of_everything()[:14] + noise, kind="fit", location=False)
