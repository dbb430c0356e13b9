"""Damage that leads to damage: files that reached new lines of the readers are kept and spoiled further."""

import os

import pytest

from tests.readers.fuzz.corpus import KINDS
from tests.readers.fuzz.guided import evolving
from tests.readers.fuzz.holds import survives

COUNT = int(os.environ.get("CALFWISE_FUZZ", "0"))
SHARE = 40
"""Tracing is slow: one file in so many, of each kind and seed."""


def evolved(kind: str, rounds: int, *, seed: int) -> int:
    """How many files of a kind reached new lines; each holds."""
    found = 0
    for place, (data, is_new) in enumerate(evolving(kind, rounds, seed=seed)):
        found += is_new
        try:
            survives(data, kind=kind, location=True)
        except Exception as error:
            error.add_note(f"{kind}, guided by seed {seed}, place {place}, {len(data)} bytes: {data[:300]!r}")
            raise
    return found


@pytest.mark.fuzz
@pytest.mark.skipif(not COUNT, reason="only with CALFWISE_FUZZ (./dev fuzz)")
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", KINDS)
def test_damage_guided_by_the_lines_it_reaches(kind: str, seed: int) -> None:
    rounds = COUNT // SHARE
    assert evolved(kind, rounds, seed=seed) > 0 or rounds < 100
