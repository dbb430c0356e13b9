"""Week by week: load carried without complaint, and soreness against load."""

import numpy as np

from calfwise.model.fix.working.said import Per
from calfwise.model.journal import AnyEvent, Morning
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import Easy
from calfwise.model.session import Soreness
from tests.model.fix.working.made import day, moment, mornings, ran, sessions, working

EASY = Easy(
    speed_mps=3.0, runs=9, strikes_per_km=1000.0, impulse_bw_s_per_km=500.0, cadence_ratio=1.0, strikes_by_force={}
)


def a_week(ago: int, *, strikes: int, nrs: int | None = 1) -> tuple[list[RunLoad], list[AnyEvent]]:
    """Three runs from the Monday `ago` days ago, each with an answered morning, unless nobody said anything."""
    days = (ago, ago - 2, ago - 4)
    words = [] if nrs is None else mornings([each - 1 for each in days], nrs)
    return ran(days, strikes=strikes), words


BEGAN = mornings((200,))
LARGE, LOUD, SILENT, SMALL = (
    a_week(34, strikes=8000), a_week(27, strikes=9000, nrs=4), a_week(20, strikes=9500, nrs=None),
    a_week(13, strikes=6000),
)  # fmt: skip
"""Mondays 25 May, 1, 8 and 15 June."""
LOADS = [load for week in (LARGE, LOUD, SILENT, SMALL) for load in week[0]]
WORDS = [word for week in (LARGE, LOUD, SILENT, SMALL) for word in week[1]]


def test_the_largest_week_with_answered_quiet_mornings_was_carried() -> None:
    """Not the loud one, and not the silent one, though both were larger: 3 x 8,000 strikes, 12,000 a leg."""
    found = working(LOADS, *BEGAN, *WORDS, easy=EASY).carried
    assert found.ever is not None
    assert (found.ever.first, found.ever.strikes, found.ever.easy_km) == (day(34), 24_000, 24.0)
    [text] = found.text
    assert text == (
        "The most so far, in the week from 25 May: 12,000 foot strikes a leg, 30 km (like 24 km of your easy "
        "running); 3 of 3 mornings answered, the sorest 1 of 10."
    )
    assert found.sources == ("OurRule", "Silbernagel2007")


def test_a_week_that_is_not_over_was_not_carried_yet() -> None:
    """Today is Sunday, so this week's last morning is tomorrow's."""
    runs, words = a_week(6, strikes=9999)
    found = working([*LOADS, *runs], *BEGAN, *WORDS, *words).carried
    assert found.ever is not None
    assert found.ever.first == day(34)


def test_one_answered_morning_is_not_enough() -> None:
    runs, words = a_week(34, strikes=8000)
    found = working(runs, *BEGAN, *words[:1]).carried
    assert found.ever is None
    assert found.text == ("Too early to say: no week of running yet with 2 answered mornings, all of them quiet.",)


def test_sessions_in_such_a_week_are_told_with_it() -> None:
    assert "with 2 sessions" in working(LOADS, *BEGAN, *WORDS, *sessions((33, 31))).carried.text[0]


def test_what_was_carried_long_ago_stands_beside_what_was_carried_lately() -> None:
    old, words = a_week(139, strikes=9900)
    found = working([*old, *LOADS], *BEGAN, *words, *WORDS).carried
    assert found.ever is not None
    assert found.lately is not None
    assert (found.ever.first, found.lately.first) == (day(139), day(34))
    assert "In the last 12 weeks the most was in the one from 25 May" in found.text[1]


def test_miles_are_said_to_whom_likes_them() -> None:
    """30 km are 18.6 miles."""
    assert "19 mi" in working(LOADS, *BEGAN, *WORDS, per=Per("mi", 1609.344)).carried.text[0]


def test_with_few_weeks_nothing_is_said_of_soreness_and_load() -> None:
    found = working(LOADS, *BEGAN, *WORDS).against
    assert (found.weeks, found.rank) == (3, None)
    assert found.text == "Too early to say: 3 weeks with running and an answered morning so far, 20 are needed."


def weeks(nrs_of: list[int], strikes_of: list[int]) -> tuple[list[RunLoad], list[AnyEvent]]:
    loads: list[RunLoad] = []
    words: list[AnyEvent] = []
    for nth, (nrs, strikes) in enumerate(zip(nrs_of, strikes_of, strict=True)):
        ago = 13 + 7 * (len(nrs_of) - 1 - nth)
        loads += ran((ago,), strikes=strikes)
        words.append(Morning(at=moment(ago - 1), soreness=Soreness(nrs, 0)))
    return loads, words


def test_heavier_weeks_with_sorer_mornings_are_told_with_their_interval_and_without_a_because() -> None:
    random = np.random.default_rng(3)
    strikes = [int(each) for each in random.integers(3000, 12_000, 40)]
    loads, words = weeks([each // 1300 for each in strikes], strikes)
    found = working(loads, *mornings((400,)), *words).against
    assert found.rank is not None
    assert found.rank.low > 0.9
    assert found.text.startswith("Heavier weeks tended to come with sorer mornings (rank correlation 1.0, ")
    assert "40 weeks). Which made which, this does not tell." in found.text


def test_where_chance_alone_is_seen_nothing_is_said_to_be_seen() -> None:
    random = np.random.default_rng(4)
    loads, words = weeks([int(n) for n in random.integers(0, 6, 30)], [int(n) for n in random.integers(3000, 9000, 30)])
    assert working(loads, *mornings((400,)), *words).against.text.startswith("Nothing to see either way")


def test_mornings_that_never_change_tell_nothing() -> None:
    random = np.random.default_rng(5)
    loads, words = weeks([0] * 30, [int(n) for n in random.integers(3000, 9000, 30)])
    assert working(loads, *mornings((400,)), *words).against.text == (
        "Nothing to see either way: in 30 weeks the one or the other hardly changed."
    )
