"""What calves are used to is a count of what was: the most of it, in which shoes and where."""

from datetime import date

from msgspec import structs

from calfwise.model.load.used_to import Exposure, Most, used_to, used_to_lately
from calfwise.model.runner import Shoe
from tests.model.load.made import at, load, outings

DAILY = Shoe("daily", "Daily", since=date(2026, 1, 1))
BARE = Shoe("bare", "Bare feet", since=date(2026, 1, 1), barefoot=True)


def test_thirty_and_ninety_days_are_told_apart():
    runs = outings(load(0, 21, strikes=19_000), load(50, 8, strikes=7000), load(60, 12, strikes=10_500))
    thirty, ninety = used_to_lately(runs, now=at(70))
    assert (thirty.days, thirty.outings, thirty.distance_m) == (30, 2, 20_000)
    assert (thirty.longest, thirty.strikes) == (Most(12_000, date(2026, 4, 30)), Most(10_500, date(2026, 4, 30)))
    assert (ninety.outings, ninety.longest) == (3, Most(21_000, date(2026, 3, 1)))


def test_two_recordings_of_one_outing_count_together():
    runs = outings(load(0, 5, minutes=30, strikes=5000), load(0.03, 4, minutes=25, strikes=4000))
    found = used_to(runs, now=at(1), days=30)
    assert (found.outings, found.longest, found.strikes) == (
        1,
        Most(9000, date(2026, 3, 1)),
        Most(9000, date(2026, 3, 1)),
    )


def test_shoes_bare_feet_and_ground_are_told_in_strikes_and_minutes():
    trail = structs.replace(load(1, 8, minutes=50, strikes=8000, shoe=DAILY), surface="trail")
    runs = outings(load(0, shoe=DAILY), trail, load(2, 1, minutes=6, strikes=1000, shoe=BARE), load(3, strikes=None))
    found = used_to(runs, now=at(4), days=30)
    assert found.shoes == (
        Exposure("daily", 2, 13_000, 4800),
        Exposure(None, 1, None, 1800),
        Exposure("bare", 1, 1000, 360),
    )
    assert found.barefoot == Exposure("barefoot", 1, 1000, 360)
    assert found.minimal == Exposure("minimal", 0, None, 0)
    assert found.grounds[0] == Exposure(None, 3, 6000, 1800 + 360 + 1800)
    assert found.grounds[1] == Exposure("trail", 1, 8000, 3000)


def test_where_nothing_is_known_nothing_is_counted():
    empty = used_to((), now=at(0), days=30)
    assert (empty.outings, empty.longest, empty.fast_strikes, empty.walking_steps) == (0, None, None, None)
    unknown = used_to(outings(load(0, None, strikes=None)), now=at(1), days=30)
    assert (unknown.longest, unknown.strikes) == (None, None)
