"""How far the next run may go: a reference that rises slowly, and what a break does to it."""

from datetime import date

import pytest

from calfwise.model.load.budget import next_run_budget, upper_of
from calfwise.model.session import Soreness, SorenessNote
from tests.model.load.made import at, load, outings

NO_RACES: frozenset[date] = frozenset()


def reference_km(*loads, day, races=NO_RACES, soreness=()) -> float | None:
    budget = next_run_budget(outings(*loads), races=races, soreness=soreness, now=at(day))
    return None if budget.reference_m is None else budget.reference_m / 1000


def morning(day: float, left: int | None = None, right: int | None = None, *, morning: bool = True) -> SorenessNote:
    return SorenessNote(at(day), Soreness(left=left, right=right), morning)


@pytest.mark.parametrize(
    ("reference_m", "upper_m"), [(4000, 5000), (10_000, 11_000), (10_001, 11_001.1), (30_000, 33_000)]
)
def test_the_budget_ends_a_tenth_or_a_kilometre_above_what_the_calves_know(reference_m, upper_m):
    assert upper_of(reference_m=reference_m) == pytest.approx(upper_m)


def test_without_runs_there_is_no_number():
    budget = next_run_budget((), races=NO_RACES, soreness=(), now=at(0))
    assert (budget.reference_m, budget.upper_m) == (None, None)
    assert "no runs yet" in budget.reason


def test_the_calves_know_the_longest_run_of_30_days():
    budget = next_run_budget(outings(load(0, 10), load(4, 6)), races=NO_RACES, soreness=(), now=at(5))
    assert budget.reference_m == 10_000
    assert budget.upper_m == pytest.approx(11_000)
    runs = [load(day, 6) for day in (4, 12, 20, 28)]
    assert reference_km(load(0, 10), *runs, day=30) == 10
    assert reference_km(load(0, 10), *runs, day=31) == 6


def test_runs_without_a_distance_teach_nothing():
    assert reference_km(load(0, None), day=1) is None
    assert reference_km(load(0, 5), load(1, None), day=2) == 5


def test_the_reference_rises_at_most_once_in_seven_days():
    # day 2 raises 10 to 11; day 4 (12 km, within budget) comes 2 days later: still 11; day 9 (12 km) 7 days later: 12
    first_week = [load(0, 10), load(2, 11), load(4, 12)]
    assert reference_km(*first_week, day=5) == 11
    assert reference_km(*first_week, load(8, 12), day=8.5) == 11
    assert reference_km(*first_week, load(9, 12), day=9.5) == 12


def test_a_run_over_budget_of_which_nothing_is_said_counts_as_far_as_the_budget_went():
    assert reference_km(load(0, 10), load(8, 15), day=9) == 11
    assert reference_km(load(0, 20), load(8, 30), day=20) == pytest.approx(22)
    assert reference_km(load(0, 10), load(8, 11), day=9) == 11, "11 of 10 is within budget"


def test_two_quiet_mornings_let_a_run_over_budget_count_whole():
    runs = [load(0, 10), load(8, 15)]
    quiet = [morning(9, left=3, right=1), morning(10, left=2)]
    assert reference_km(*runs, day=11, soreness=quiet) == 15


@pytest.mark.parametrize(
    ("why", "notes"),
    [
        ("one is not two", [morning(9, left=0, right=0)]),
        ("the third morning is too late", [morning(9, left=1), morning(11, left=1)]),
        ("an evening is no morning", [morning(9, left=1), morning(10, left=1, morning=False)]),
        ("silence is not a quiet morning", [morning(9, left=1), morning(10)]),
    ],
)
def test_fewer_than_two_quiet_mornings_let_it_count_no_further_than_the_budget(why, notes):
    assert reference_km(load(0, 10), load(8, 15), day=12, soreness=notes) == 11, why


@pytest.mark.parametrize(
    ("why", "notes"),
    [
        ("4 of 10 is not quiet", [morning(9, left=1), morning(10, left=4)]),
        ("the worse leg tells", [morning(9, left=1, right=5), morning(10, left=1)]),
        ("a second word that morning was louder", [morning(9, left=1), morning(10, left=1), morning(10.1, left=6)]),
        ("one sore morning is enough", [morning(10, right=4)]),
    ],
)
def test_a_sore_morning_keeps_a_run_over_budget_from_counting(why, notes):
    assert reference_km(load(0, 10), load(8, 15), day=12, soreness=notes) == 10, why


def test_years_without_a_word_about_mornings_do_not_starve_the_budget():
    # 10 km a week, then 14 km a week and never a word: 10, 11, 12.1, 13.3 and there it is, a week each.
    runs = [load(7 * week, 10) for week in range(4)] + [load(7 * week, 14) for week in range(4, 10)]
    assert [reference_km(*runs[: 4 + weeks], day=7 * (3 + weeks) + 1) for weeks in range(5)] == pytest.approx(
        [10, 11, 12.1, 13.31, 14]
    )


def test_a_morning_without_an_answer_does_not_make_a_quiet_one_loud():
    notes = [morning(9, left=1), morning(9.1), morning(10, right=2)]
    assert reference_km(load(0, 10), load(8, 15), day=12, soreness=notes) == 15


def test_a_race_lifts_the_reference_by_a_tenth_at_most():
    race = frozenset({at(8).date()})
    assert reference_km(load(0, 10), load(8, 21.1), day=9, races=race) == pytest.approx(11)
    assert reference_km(load(0, 10), load(8, 10.5), day=9, races=race) == pytest.approx(10.5)


def test_quiet_mornings_do_not_make_a_race_count_whole():
    race = frozenset({at(8).date()})
    notes = [morning(9, left=0), morning(10, left=0)]
    assert reference_km(load(0, 10), load(8, 21.1), day=11, races=race, soreness=notes) == pytest.approx(11)


# --- breaks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "expected_km"), [(13, 20), (14, 10), (60, 10), (61, None)])
def test_a_break_halves_what_the_calves_know_and_a_long_one_unsays_it(day, expected_km):
    assert reference_km(load(0, 20), day=day) == expected_km


def test_back_from_a_break_half_the_longest_before_or_the_longest_since_holds_for_30_days():
    runs = [load(0, 20), load(20, 6)]
    assert reference_km(*runs, day=21) == 10
    # on from day 20, 3 km now and then so that no other break begins
    keeping = [load(day, 3) for day in (28, 36, 44)]
    assert reference_km(*runs, *keeping, day=49.5) == 10
    assert reference_km(*runs, *keeping, day=50) == 6, "then the longest of 30 days, day 20 just within"


def test_after_a_break_the_reference_is_raised_by_what_was_run_since():
    # half of 20 is 10; 11 km on day 30 is within budget
    assert reference_km(load(0, 20), load(20, 6), load(30, 11), day=31) == 11
    assert reference_km(load(0, 20), load(20, 6), load(30, 15), day=31) == 11, "15 of 10 is over budget"


def test_after_more_than_60_days_there_is_no_number_for_30_days():
    runs = [load(0, 20), load(70, 3)]
    assert reference_km(*runs, day=71) is None
    keeping = [load(day, 4) for day in (78, 86, 94)]
    assert reference_km(*runs, *keeping, day=99) is None
    assert reference_km(*runs, *keeping, day=100) == 4


def test_why_a_number_is_what_it_is_or_is_missing_is_said():
    away = next_run_budget(outings(load(0, 20)), races=NO_RACES, soreness=(), now=at(70))
    assert "70 days without a run" in away.reason
    back = next_run_budget(outings(load(0, 20), load(20, 6)), races=NO_RACES, soreness=(), now=at(21))
    assert "20 days" in back.reason
    assert back.sources == ("Frandsen2025", "CoachRule")
