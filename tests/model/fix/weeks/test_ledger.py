"""What a week may ask: worked out by hand from weeks of even runs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from calfwise import library
from calfwise.model.fix.weeks.budget import budget_of
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs
from calfwise.model.fix.weeks.ledger import WEEK, Ledger, Past
from calfwise.model.journal import History
from calfwise.model.runner import Runner
from calfwise.model.weeks import Estimate, Goal, WeeksWish

FIRST = date(2026, 4, 13)
NOW = datetime(2026, 5, 11, 8, tzinfo=UTC)
AT_2_5_MPS = 2 * (75.01 + 3.006 * 2.5) / 60 / 2.5
"""Strikes a metre of easy running where nobody knows the pace: others' cadence at 2.5 m/s (VanOeveren2019)."""


def case_of(goal: Goal = "further", *, born: int | None = None) -> Case:
    return Case(
        wish=WeeksWish(begins=NOW.date(), weeks=8, run_days=(1, 3, 6), goal=goal),
        outings=(),
        easy=None,
        own_speed_mps=None,
        own_spm=None,
        races=frozenset(),
        runner=Runner(birth_year=born),
        history=History(known=True),
        content=library.player(),
        rules=library.weeks(),
        now=NOW,
        length=lambda metres: f"{metres / 1000:.1f} km",
    )


def week(number: int, strikes: float, *, fast: float = 0.0, worst: int | None = 0, heard: int = 3) -> Past:
    asks = Estimate(strikes, fast, 0.7 * strikes, 0.5 * strikes, strikes)
    return Past(FIRST + number * WEEK, asks, 3, worst, heard)


def ledger_of(*weeks: Past, case: Case | None = None) -> Ledger:
    case = case or case_of()
    ledger = Ledger(case, Costs(case))
    for past in weeks:
        ledger.add(past)
        ledger.run_days += [past.begins + timedelta(days=n) for n in (1, 3, 6)] if past.done.strikes else []
    return ledger


def known(*weeks: Past) -> Estimate:
    found = ledger_of(*weeks).known(NOW.date())
    assert found is not None
    return found.carried


def test_the_fullest_quiet_week_of_four_is_what_the_calves_know():
    assert known(week(0, 30_000), week(1, 32_000), week(2, 31_000), week(3, 24_000)).strikes == 32_000


def test_one_week_far_above_the_others_counts_a_tenth_above_the_second():
    found = known(week(0, 30_000), week(1, 60_000), week(2, 31_000), week(3, 24_000))
    assert found.strikes == pytest.approx(1.1 * 31_000)
    assert found.impulse_bw_s == pytest.approx(1.1 * 0.7 * 31_000)


def test_of_a_small_week_it_is_one_easy_kilometre_instead_of_a_tenth():
    found = known(week(0, 0), week(1, 0), week(2, 5_000), week(3, 9_000))
    assert found.strikes == pytest.approx(5_000 + 1000 * AT_2_5_MPS, abs=1)


def test_a_week_with_a_four_does_not_count():
    assert known(week(0, 30_000), week(1, 32_000, worst=4), week(2, 31_000), week(3, 24_000)).strikes == 31_000


def test_where_every_week_was_sore_three_quarters_of_the_lightest_are_left():
    weeks = [week(n, strikes, worst=4) for n, strikes in enumerate((30_000, 28_000, 32_000, 31_000))]
    assert known(*weeks).strikes == 0.75 * 28_000


def test_fast_strikes_begin_with_what_may_be_new_in_a_week():
    assert known(week(0, 30_000), week(1, 30_000), week(2, 30_000), week(3, 30_000, fast=3_000)).fast_strikes == 800


def test_after_two_weeks_away_it_is_half():
    """The last run on 3 May, and it is 18 May."""
    ledger = ledger_of(week(0, 30_000), week(1, 32_000), week(2, 31_000), week(3, 0), week(4, 0))
    found = ledger.known(date(2026, 5, 18))
    assert found is not None
    assert found.carried.strikes == 16_000
    assert "half of your fullest week before 15 days without a run" in found.why


def budget(goal: Goal, *weeks: Past, number: int = 0, born: int | None = None, fast: bool = True):
    case = case_of(goal, born=born)
    ledger = ledger_of(*weeks, case=case)
    return budget_of(case, ledger, begins=NOW.date(), as_of=NOW.date(), number=number, fast_is_open=fast)


EVEN = tuple(week(n, 30_000, fast=1_000) for n in range(4))


def test_running_grows_by_a_tenth_and_nothing_fast_in_the_same_week():
    """One easy kilometre at 2.5 m/s is 1,100 strikes: a tenth of 30,000 is more."""
    found = budget("further", *EVEN)
    assert (found.grows, found.most.strikes, found.most.fast_strikes) == ("volume", 33_000, 1_000)


def test_fast_work_grows_by_800_and_running_stays():
    found = budget("faster", *EVEN)
    assert (found.grows, found.most.strikes, found.most.fast_strikes) == ("fast", 30_000, 1_800)


def test_where_nothing_fast_is_open_its_turn_goes_to_running_for_who_wants_to_run_further():
    assert budget("further", *EVEN, number=2, fast=False).grows == "volume"
    assert budget("steady", *EVEN, fast=False).grows == "hold"


def test_a_week_about_which_too_little_was_said_lets_nothing_grow():
    found = budget("further", *EVEN[:3], week(3, 30_000, worst=None, heard=1))
    assert (found.grows, found.most.strikes) == ("hold", 30_000)
    assert any("1 of 2 words" in reason.text for reason in found.told)


def test_after_a_six_it_is_three_quarters():
    found = budget("further", *EVEN[:3], week(3, 30_000, worst=6))
    assert (found.most.strikes, found.lighter) == (22_500, False)


def test_every_fourth_week_is_a_lighter_one_and_of_older_runners_every_third():
    assert [budget("further", *EVEN, number=n).lighter for n in range(4)] == [False, False, False, True]
    assert [budget("further", *EVEN, number=n, born=1955).lighter for n in range(3)] == [False, False, True]


def test_older_runners_grow_by_a_twentieth():
    assert budget("further", *EVEN, born=1955).most.strikes == 31_500


def test_its_lines_tell_the_arithmetic():
    text = budget("further", *EVEN).told[0].text
    assert text.startswith(
        "At most 16,500 strikes a leg: 15,000 of your fullest quiet week of the last four (from 13 April)"
    )
    assert "1,500 more" in text


def test_quiet_weeks_are_counted_back_until_one_was_not():
    ledger = ledger_of(week(0, 1, worst=0), week(1, 1, worst=2), week(2, 1, worst=1), week(3, 1, worst=0))
    assert ledger.symptom_free_weeks(NOW.date()) == 2
    silent = replace(week(3, 1), heard=1)
    assert ledger_of(week(2, 1), silent).symptom_free_weeks(NOW.date()) == 0
