"""What helped against made runners: a slice of docs/validation/helped-1.md, and what that page says."""

import importlib
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from calfwise import library
from calfwise.model.fix.helped.rules import Measure
from calfwise.model.fix.helped.told import Kind

PAGE = Path(__file__).resolve().parents[2] / "docs/validation/helped-1.md"
RULES = library.helped()


@pytest.fixture
def made() -> ModuleType:
    return importlib.import_module("made_helped")


def found(made: ModuleType, world: int, *, sessions: int, count: int, leans: bool = False) -> list[Any]:
    lived = made.runners(made.WORLDS[world], sessions=sessions, count=count, leans=leans, rules=RULES, seed=3)
    return [each for runner in lived for each in made.found(runner)]


@pytest.mark.parametrize("world", [0, 2, 3])
def test_nine_of_ten_truths_lie_in_their_intervals_where_nothing_differs_too(made: ModuleType, world: int) -> None:
    some = found(made, world, sessions=20, count=15)
    assert len(some) > 200
    assert sum(each.low <= each.truth <= each.high for each in some) / len(some) >= 0.90


def test_the_best_looking_of_techniques_that_are_all_alike_looks_better_by_little(made: ModuleType) -> None:
    """Plain means look better by far more."""
    best = [each for each in found(made, 0, sessions=15, count=30) if each.best]
    best = [each for each in best if (each.kind, each.measure) == (Kind.TECHNIQUE, Measure.AFTER)]
    assert len(best) > 20
    looks = sum(each.mean - each.truth for each in best) / len(best)
    plainly = sum(each.plain - each.truth for each in best) / len(best)
    assert looks < 0.25 < plainly


def test_few_sessions_are_drawn_further_to_the_middle_than_many(made: ModuleType) -> None:
    """How far apart a runner's techniques look, over how far apart their plain means are."""

    def kept(sessions: int) -> float:
        some = [each for each in found(made, 2, sessions=sessions, count=12)
                if (each.kind, each.measure) == (Kind.TECHNIQUE, Measure.AFTER)]  # fmt: skip
        middle = sum(each.mean for each in some) / len(some), sum(each.plain for each in some) / len(some)
        own = sum(abs(each.mean - middle[0]) for each in some)
        return own / sum(abs(each.plain - middle[1]) for each in some)

    assert kept(6) < kept(60)


def test_the_page_was_written_with_the_rules_that_are_used_and_holds_what_it_promises() -> None:
    text = PAGE.read_text("utf-8")
    part = text.split("## Truths in their intervals")[1].split("##")[0]
    shares = [float(share) for share in re.findall(r"(\d+\.\d) %", part)]
    assert len(shares) == 5 * 6
    assert min(shares) >= 90
    said = re.search(r"by \+(\d\.\d\d) of 10 at the most", " ".join(text.split()))
    assert said is not None
    assert float(said[1]) <= 0.20
    assert f"every {RULES.leaning.try_every}th session" in " ".join(text.split())
