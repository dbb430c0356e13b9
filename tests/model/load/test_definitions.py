"""Many years are walked through once; here each outing is looked at by itself, as the rules say it, and must agree."""

import random
from collections.abc import Sequence
from datetime import UTC, date, timedelta, timezone
from itertools import pairwise

import pytest
from msgspec import structs

from calfwise.model import constants as c
from calfwise.model.load.budget import next_run_budget
from calfwise.model.load.change import held_of, noticed
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import Outing
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import Soreness, SorenessNote
from tests.model.load.made import START, at, load, outings

SEEDS = range(40)
NOBODY = Runner()
NO_RACES: frozenset[date] = frozenset()
GAPS_DAYS = (0.05, 0.3, 1, 1, 1, 2, 2, 3)
LONG_GAPS_DAYS = (13, 14, 15, 29, 30, 31, 40, 59, 60, 61, 62, 95)
ZONES = tuple(timezone(timedelta(hours=hours)) for hours in (-11, 0, 2, 14))
"""Far enough apart that a runner who flies may run tomorrow before today."""


def years_of(rng: random.Random) -> list[RunLoad]:
    """A hundred runs with breaks, races abroad, and eight pairs of shoes."""
    shoes = [
        Shoe(
            id=f"shoe-{i}",
            name=f"Shoe {i}",
            since=(START + timedelta(days=rng.randrange(-40, 200))).date(),
            heel_drop_m=rng.choice([None, 0.0, 0.004, 0.008, 0.012]),
            minimal=rng.random() < 0.2,
            barefoot=rng.random() < 0.3,
        )
        for i in range(8)
    ]
    runs, day = [], 0.0
    for _ in range(100):
        day += rng.choice(GAPS_DAYS if rng.random() < 0.95 else LONG_GAPS_DAYS)
        run = load(
            day,
            rng.choice([None, 0, 5, 8, 9, 10, 10.5, 11, 12, 14.3, 21.1]),
            speeds=rng.choice([None, {3.05: 5000}, {3.05: 4000, 4.05: rng.randrange(3000)}]),
            climb_m=rng.choice([None, 0, rng.uniform(0, 400)]),
            shoe=rng.choice([None, *shoes]),
            local_time_known=rng.random() < 0.5,
        )
        runs.append(structs.replace(run, start=run.start.astimezone(rng.choice(ZONES))))
    return runs


# --- what changed ----------------------------------------------------------------------------------------------------


def most_before(found: Sequence[Outing], i: int, name: str) -> float | None:
    since = found[i].start - timedelta(days=c.LONGEST_WINDOW_DAYS)
    values = [getattr(outing, name) for outing in found[:i] if outing.start >= since]
    return max((value for value in values if value is not None), default=None)


def shoe_kind(found: Sequence[Outing], i: int) -> str | None:
    shoe, day = found[i].shoe, found[i].day
    worn = [outing.shoe for outing in found[:i] if outing.shoe]
    if shoe is None or not worn:
        return None
    if shoe.barefoot:
        since = day - timedelta(days=c.EASY_WINDOW_DAYS)
        habit = [o for o in found[:i] if o.shoe and o.shoe.barefoot and o.day >= since]
        return "barefoot" if len(habit) < c.BAREFOOT_HABIT_OUTINGS else None
    if (day - shoe.since).days >= c.NEW_SHOE_DAYS:
        return "other-shoe" if worn[-1].id != shoe.id and not worn[-1].barefoot else None
    others = [other for other in worn if other.id != shoe.id]
    shod = [other for other in others if not other.barefoot]
    if not others:
        return None
    return "lower-shoe" if shod and is_lower(shoe, shod[-1]) else "new-shoe"


def is_lower(shoe: Shoe, last: Shoe) -> bool:
    if shoe.minimal and not last.minimal:
        return True
    if shoe.heel_drop_m is None or last.heel_drop_m is None:
        return False
    return last.heel_drop_m - shoe.heel_drop_m >= c.LOWER_SHOE_M


@pytest.mark.parametrize("seed", SEEDS)
def test_every_outing_is_held_against_the_most_of_the_30_days_before_it(seed):
    found = outings(*years_of(random.Random(seed)))
    for i, held in enumerate(held_of(found, races=NO_RACES)):
        assert held.outing is found[i]
        assert held.last is (found[i - 1] if i else None)
        longest_m = most_before(found, i, "distance_m")
        expected_m = longest_m if longest_m and found[i].distance_m else None
        assert (held.compared.longest_before_m if held.compared else None) == expected_m
        assert held.most_climb_m == most_before(found, i, "climb_m")
        assert held.most_fast_strikes == most_before(found, i, "fast_strikes")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_shoe_is_new_or_another_by_what_was_worn_before_it(seed):
    found = outings(*years_of(random.Random(seed)))
    for i, held in enumerate(held_of(found, races=NO_RACES)):
        kinds = [notice.kind for notice in noticed(held, runner=NOBODY)]
        told = [kind for kind in kinds if kind in {"barefoot", "other-shoe", "lower-shoe", "new-shoe"}]
        assert told == [kind for kind in [shoe_kind(found, i)] if kind]


# --- how far the next run may go -------------------------------------------------------------------------------------

Known = tuple[date, float]


def longest_m(known: Sequence[Known], day: date) -> float:
    since = day - timedelta(days=c.LONGEST_WINDOW_DAYS)
    return max((length_m for then, length_m in known if since <= then <= day), default=known[-1][1])


def half_m(known: Sequence[Known]) -> float:
    return c.BREAK_SHARE * longest_m(known, known[-1][0] + timedelta(days=1))


def reference_m(known: Sequence[Known], day: date) -> float | None:
    if not known:
        return None
    away_days = (day - known[-1][0]).days
    if away_days >= c.BREAK_FROM_DAYS:
        return None if away_days > c.BREAK_TO_DAYS else half_m(known)
    breaks_days = [(later[0] - earlier[0]).days for earlier, later in pairwise(known)]
    returns = [i for i, days in enumerate(breaks_days, start=1) if days >= c.BREAK_FROM_DAYS]
    if not returns or (day - known[returns[-1]][0]).days >= c.BREAK_LASTS_DAYS:
        return longest_m(known, day)
    back = returns[-1]
    if breaks_days[back - 1] > c.BREAK_TO_DAYS:
        return None
    return max(half_m(known[:back]), *(length for _, length in known[back:]))


def counts_m(outing: Outing, before_m: float, races: frozenset[date], quiet: set[date], loud: set[date]) -> float:
    if outing.distance_m <= before_m:
        return outing.distance_m
    if outing.day in races:
        return min(outing.distance_m, c.SPIKE_SMALL * before_m)
    budget_m = max(c.SPIKE_SMALL * before_m, before_m + c.ALERT_MORE_M)
    if outing.distance_m <= budget_m:
        return outing.distance_m

    def after(days: set[date]) -> int:
        return sum(1 <= (day - outing.day).days <= c.QUIET_MORNINGS_NEEDED for day in days)

    if after(loud):
        return before_m
    return outing.distance_m if after(quiet) == c.QUIET_MORNINGS_NEEDED else budget_m


def known_of(found: Sequence[Outing], races: frozenset[date], quiet: set[date], loud: set[date]) -> list[Known]:
    known: list[Known] = []
    raised: date | None = None
    for outing in found:
        if not outing.distance_m:
            continue
        before_m = reference_m(known, outing.day)
        length_m = outing.distance_m if before_m is None else counts_m(outing, before_m, races, quiet, loud)
        if before_m is not None and length_m > before_m:
            if raised is not None and (outing.day - raised).days < c.REFERENCE_RISES_EVERY_DAYS:
                length_m = before_m
            else:
                raised = outing.day
        known.append((outing.day, length_m))
    return known


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_calves_know_is_what_every_run_before_it_taught_them(seed):
    rng = random.Random(seed)
    found = outings(*years_of(rng))
    races = frozenset(outing.day for outing in found if rng.random() < 0.1)
    days = {(outing.day - START.date()).days for outing in found}
    notes = {day + after: rng.choice([0, 3, 3, 4]) for day in days for after in (1, 2) if rng.random() < 0.8}
    soreness = [SorenessNote(at(day), Soreness(left=nrs), True) for day, nrs in notes.items()]
    quiet = {at(day).date() for day, nrs in notes.items() if nrs <= c.QUIET_MORNING_NRS}
    loud = {at(day).date() for day in notes} - quiet
    for days_on in (0, 1, 10, 14, 31, 61):
        for i in range(0, len(found), 9):
            now = (found[i].start + timedelta(days=days_on)).astimezone(UTC)
            budget = next_run_budget(found[: i + 1], races=races, soreness=soreness, now=now)
            assert budget.reference_m == reference_m(known_of(found[: i + 1], races, quiet, loud), now.date())
