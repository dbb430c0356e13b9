"""What precedes the damage is what the whole file says there: one change at a byte leaves all before it as it was."""

import codecs
import os
import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from calfwise.errors import UnreadableFile
from calfwise.model.run import Floats
from calfwise.readers.fit.decode import FitFile, decode
from calfwise.readers.fit.profile import Message
from calfwise.readers.fit.wire import Column, Positions
from calfwise.readers.gpx import GPX
from calfwise.readers.tcx import TCX
from calfwise.readers.xml import Document, read_points
from tests.readers.fuzz.corpus import corpus
from tests.readers.fuzz.mutators import Mutant, mutant

COUNT = int(os.environ.get("CALFWISE_FUZZ", "0"))
IN_THE_SUITE, SLICES = 400, 4
GRAMMARS = {"tcx": TCX, "gpx": GPX}


def single(kind: str, seed: int, *, real: bool) -> Mutant:
    """A file with one change."""
    chance = random.Random(f"single {kind} {seed}")
    return mutant(corpus(kind, real=real), chance, binary=kind == "fit", times=1)


# --- FIT --------------------------------------------------------------------------------------------------------------


def ends(fit: FitFile) -> Positions:
    """The byte after each record, in file order."""
    blocks = [block for block in fit.scanned.blocks if block.layout.message == Message.RECORD]
    found = [Column(fit.data, block).positions + block.layout.size for block in blocks]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def rows(fit: FitFile, count: int) -> dict[str, Floats]:
    """The first records' times and raw numbers; of array fields the first value."""
    table = fit.table(Message.RECORD)
    if table is None:
        return {}
    raw = {str(number): table.raw(number) for number in table.field_numbers}
    first = {name: values if values.ndim == 1 else values[:, 0] for name, values in raw.items()}
    return {name: values[:count] for name, values in (first | {"times": fit.record_timestamps}).items()}


def check_fit(spoiled: Mutant) -> int:
    """How many records precede the damage; each of them is the same in both."""
    if spoiled.first < spoiled.parent[0]:
        return 0  # the header says how long everything is
    before = 0
    clean, damaged = decode(spoiled.parent), decode(spoiled.data)
    for whole, cut in zip(clean, damaged, strict=False):
        count = int((ends(whole) <= spoiled.first).sum())
        np.testing.assert_array_equal(ends(cut)[:count], ends(whole)[:count])
        was, is_ = rows(whole, count), rows(cut, count)
        for name, values in was.items() if count else ():
            # A field that only later records have is not there at all when these are gone.
            np.testing.assert_array_equal(is_.get(name, np.full(count, np.nan)), values, err_msg=name)
        before += count
    return before


# --- TCX and GPX ------------------------------------------------------------------------------------------------------


def check_xml(kind: str, spoiled: Mutant) -> int:
    """How many samples precede a cut: all of them, but perhaps the last, as they were; none is made up."""
    if spoiled.data != spoiled.parent[: len(spoiled.data)]:
        return 0
    grammar = GRAMMARS[kind]
    try:
        cut = read_points(spoiled.data, file="cut", grammar=grammar)
    except UnreadableFile:
        return 0
    whole = read_points(spoiled.parent, file="whole", grammar=grammar)
    text = spoiled.data.decode("utf-16" if spoiled.data.startswith(codecs.BOM_UTF16) else "utf-8", errors="replace")
    ended = text.count(f"</{grammar.point}")
    kept = list(_kept(cut, whole))
    assert sum(kept) == ended, "every sample that is whole, and none that is not"
    return sum(kept)


def _kept(cut: Document, whole: Document) -> Iterator[int]:
    for part, all_ in zip(cut.sessions, whole.sessions, strict=False):
        table, full = part.table(), all_.table()
        count = len(part)
        assert count <= len(all_)
        for name in (*table, *full):
            np.testing.assert_array_equal(_column(table, name, count), _column(full, name, count), err_msg=name)
        yield count


def _column(table: dict[str, Floats], name: str, count: int) -> Floats:
    return table[name][:count] if name in table else np.full(count, np.nan)


# --- both -------------------------------------------------------------------------------------------------------------


def checked(kind: str, seeds: Sequence[int], *, real: bool) -> int:
    before = 0
    for seed in seeds:
        spoiled = single(kind, seed, real=real)
        if kind != "fit":
            cut = random.Random(seed).randrange(len(spoiled.parent))
            spoiled = Mutant(spoiled.parent[:cut], spoiled.parent, cut)
        try:
            before += check_fit(spoiled) if kind == "fit" else check_xml(kind, spoiled)
        except Exception as error:
            error.add_note(f"{kind}, seed {seed}, real={real}, changed at byte {spoiled.first}")
            raise
    return before


@pytest.mark.parametrize("slice_", range(SLICES))
@pytest.mark.parametrize("kind", ["fit", "tcx", "gpx"])
def test_what_precedes_one_damage_is_what_the_whole_file_says(kind: str, slice_: int) -> None:
    seeds = range(slice_, IN_THE_SUITE, SLICES)
    assert checked(kind, seeds, real=False) > 10 * len(seeds), "there was something to compare"


@pytest.mark.fuzz
@pytest.mark.skipif(not COUNT, reason="only with CALFWISE_FUZZ (./dev fuzz)")
@pytest.mark.parametrize("slice_", range(SLICES))
@pytest.mark.parametrize("kind", ["fit", "tcx", "gpx"])
def test_what_precedes_damage_by_the_thousand(kind: str, slice_: int) -> None:
    checked(kind, range(1_000_000 + slice_, 1_000_000 + COUNT // 10, SLICES), real=True)
