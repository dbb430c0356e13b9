"""The published comparison of a run with the longest of the 30 days before it, at its own borders.

Schuster Brandt Frandsen 2025, doi 10.1136/bjsports-2024-109380, abstract (seen November 2026): reference up to 10 %
longer; 10-30 %: hazard 1.64 (1.31-2.05); 30-100 %: 1.52 (1.16-2.00); more than 100 %: 2.28 (1.50-3.48).
"""

from datetime import timedelta

import pytest

from calfwise.model.load.change import Length, change_of, length_of
from calfwise.model.runner import Runner
from tests.model.load.made import load, outings


@pytest.mark.parametrize(
    ("percent_longer", "length"),
    [
        (-40, Length.USUAL), (0, Length.USUAL), (10, Length.USUAL), (11, Length.LONGER), (30, Length.LONGER),
        (31, Length.MUCH_LONGER), (100, Length.MUCH_LONGER), (101, Length.DOUBLE),
    ],
)  # fmt: skip
def test_the_studys_four_categories(percent_longer: int, length: Length) -> None:
    assert length_of(ratio=1 + percent_longer / 100) is length
    found = outings(load(0, km=10), load(4, km=10 * (1 + percent_longer / 100)))
    latest = change_of(found, runner=Runner(), races=frozenset(), now=found[-1].end).latest
    assert latest is not None
    assert latest.length is length


def test_the_studys_window_is_30_days() -> None:
    """A run 30 days and a minute ago is out, one of 30 days ago is in."""
    for late, longest_m in ((timedelta(0), 12_000), (timedelta(minutes=1), 5_000)):
        found = outings(load(0, km=12), load(5, km=5), load(30 + late / timedelta(days=1), km=6))
        latest = change_of(found, runner=Runner(), races=frozenset(), now=found[-1].end).latest
        assert latest is not None
        assert latest.longest_before_m == longest_m


def test_nowhere_is_an_acute_to_chronic_ratio_scored() -> None:
    """Frandsen 2025 found it inverse, Impellizzeri 2021 an artefact: a week against others is not part of a change."""
    names = set(change_of((), runner=Runner(), races=frozenset(), now=load(0).start).__struct_fields__)
    assert names == {"latest", "notices", "alerts", "easy_speed_mps", "hard"}
