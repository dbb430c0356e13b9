"""Random runners: whoever they are, no plan goes over its budget, through a gate, above a cap, or on sore legs.

A slice runs in the suite; `CALFWISE_FUZZ=10000 ./dev fuzz tests/model/fix/weeks` asks ten thousand.
"""

import random
from datetime import UTC, date, timedelta
from itertools import pairwise

from calfwise import library
from calfwise.model.care.screening import closed_before, locked_before
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.fix.weeks.telling import days_to_lay
from calfwise.model.load.budget import Knowing
from calfwise.model.weeks import ElementKind, Estimate, LaidDay
from tests.model.care import in_the_suite
from tests.model.fix.weeks.made import CONTENT, NOW, RULES, Made

K = ElementKind
FAST = (K.TEMPO, K.DRILLS, K.GRASS)
LOADS = (*FAST, K.EASY, K.LONG, K.CADENCE, K.WALK_RUN, K.CALF_STRENGTH)
TODAY = NOW.date()
A_DAY = timedelta(days=1)
ROUNDING = 2.0
"""Strikes and body-weight seconds."""


def to_come(weeks: Weeks) -> list[LaidDay]:
    return [day for week in weeks.weeks for day in week.days if day.on >= TODAY]


def kinds(day: LaidDay) -> set[ElementKind]:
    return {element.kind for element in day.elements}


def runs(day: LaidDay) -> bool:
    return any(element.kind.is_run for element in day.elements)


def metres(day: LaidDay, *, bare_mps: float = 0.0) -> float:
    bare = sum(element.part_minutes for element in day.elements if element.kind is K.GRASS)
    return sum(element.distance_m or 0 for element in day.elements if element.kind.is_run) + bare * 60 * bare_mps


def fits(asks: Estimate, most: Estimate) -> bool:
    return (
        asks.strikes <= most.strikes + ROUNDING
        and asks.fast_strikes <= most.fast_strikes + ROUNDING
        and asks.impulse_bw_s <= most.impulse_bw_s + ROUNDING
    )


def less(one: Estimate, other: Estimate) -> Estimate:
    return Estimate(
        max(0.0, one.strikes - other.strikes),
        max(0.0, one.fast_strikes - other.fast_strikes),
        max(0.0, one.impulse_bw_s - other.impulse_bw_s),
    )


def sum_of(days: list[LaidDay]) -> Estimate:
    return sum((day.asks for day in days), Estimate())


# --- what must hold ----------------------------------------------------------------------------------------------


def no_week_is_over_its_budget(made: Made, weeks: Weeks) -> None:
    ran_today = any(load.start.date() == TODAY for load in made.loads)
    for week in weeks.weeks:
        if week.begins > TODAY:
            assert fits(week.asks, week.budget), (week.begins, week.asks, week.budget)
        elif week.ends >= TODAY:
            left = [day for day in week.days if day.on > TODAY or (day.on == TODAY and not ran_today)]
            assert fits(sum_of(left), less(week.budget, week.done)), (week.begins, sum_of(left), week.budget, week.done)


def no_run_is_over_the_budget_of_one_run(made: Made, weeks: Weeks) -> None:
    """Walked on by the same rule that tells the next run's budget, every laid run taken as done."""
    history, wish = made.history(), made.wish
    agreed = wish.agreed_on if wish.goal == "return" else None
    knowing = Knowing(races=history.races, soreness=history.soreness, home=UTC)
    for outing in made.load().outings:
        if agreed is None or outing.day >= agreed:
            knowing.take(outing.day, outing.distance_m)
    easy = made.load().easy
    own = easy.speed_mps if easy else made.load().change.easy_speed_mps or RULES.runs.unknown_speed_mps
    for day in to_come(weeks):
        if not runs(day) or K.WALK_RUN in kinds(day):
            knowing.take(day.on, metres(day))
            continue
        upper = knowing.budget(day.on).upper_m
        assert upper is not None, day
        assert metres(day, bare_mps=own) <= upper + 1, (day, upper)
        knowing.take(day.on, metres(day, bare_mps=own))


def nothing_on_locked_legs(made: Made, weeks: Weeks) -> None:
    gate, history = CONTENT.care.gate, made.history()
    if locked_before(gate=gate, history=history, now=NOW):
        assert all(not day.elements for day in to_come(weeks))
    if closed_before(gate=gate, history=history, now=NOW):
        assert all(K.MASSAGE not in kinds(day) for day in to_come(weeks))


def quiet_weeks_before(made: Made, begins: date) -> int:
    """Counted from the words alone: weeks in a row with two mornings or more, none above 1."""
    count = 0
    while True:
        first = begins - timedelta(days=7 * (count + 1))
        words = [
            (note.soreness.worst_nrs, note.at.date() - A_DAY)
            for note in made.history().soreness
            if first <= note.at.date() - A_DAY < first + timedelta(days=7)
        ]
        if len({day for _, day in words}) < 2 or any(nrs > 1 for nrs, _ in words):
            return count
        count += 1


def nothing_fast_or_bare_before_the_gate_opens(made: Made, weeks: Weeks) -> None:
    running = next((week for week in weeks.weeks if week.begins <= TODAY <= week.ends), None)
    if running is None:
        return
    quiet = quiet_weeks_before(made, running.begins)
    older = made.runner.birth_year is not None and TODAY.year - made.runner.birth_year >= RULES.older.from_years
    needed = {K.DRILLS: 1 + older, K.TEMPO: 2 + older, K.GRASS: 4 + older}
    for day in running.days:
        if day.on >= TODAY:
            for kind in kinds(day) & set(FAST):
                assert quiet >= needed[kind], (kind, quiet)


def sore_legs_are_spared(made: Made, weeks: Weeks) -> None:
    notes = [note for note in made.history().soreness if note.soreness.worst_nrs is not None]
    if not notes:
        return
    last = notes[-1].at.date()
    worst = max(note.soreness.worst_nrs or 0 for note in notes if note.at.date() == last)
    if (TODAY - last).days >= 7 or worst <= 3:
        return
    days = {(day.on - TODAY).days: day for day in to_come(weeks)}
    for ahead in range(3 if worst <= 5 else 5):
        if ahead in days:
            assert not kinds(days[ahead]) & {*FAST, K.CALF_STRENGTH, K.LONG}, days[ahead]
    if worst > 5:
        assert not any(runs(days[ahead]) for ahead in (0, 1) if ahead in days)


def a_return_goes_by_steps(made: Made, weeks: Weeks) -> None:
    if made.wish.goal != "return":
        return
    days = to_come(weeks)
    assert not any(kinds(day) & set(FAST) for day in days)
    assert not any(runs(one) and runs(other) for one, other in pairwise(days))
    agreed = made.wish.agreed_on
    if agreed is None or agreed > TODAY:
        assert not any(kinds(day) & set(LOADS) for day in days)


def the_wish_is_kept(made: Made, weeks: Weeks) -> None:
    wish, races = made.wish, made.history().races
    for day in to_come(weeks):
        held = kinds(day)
        assert not held & set(wish.leave_out) or held & set(wish.leave_out) == {K.EASY}, day
        assert not runs(day) or day.on.weekday() in wish.run_days
        assert day.on not in races or not day.elements
        assert day.on not in wish.not_on or not day.elements
        if wish.other_days is not None and held & {K.CALF_STRENGTH, K.GLUTE_STRENGTH}:
            assert day.on.weekday() in wish.other_days
        if wish.most_minutes is not None and K.WALK_RUN not in held:
            assert all(each.minutes <= wish.most_minutes + 0.1 for each in day.elements if each.kind.is_run)


def calf_work_has_its_rests(made: Made, weeks: Weeks) -> None:
    days = to_come(weeks)
    for one, other in pairwise(days):
        if K.CALF_STRENGTH in kinds(one):
            assert not kinds(other) & {K.CALF_STRENGTH, K.TEMPO, K.LONG}, (one, other)
        if K.WALK_RUN in kinds(one):
            assert K.WALK_RUN not in kinds(other)
        if K.GRASS in kinds(one):
            assert K.GRASS not in kinds(other)


def every_day_is_well_formed(made: Made, weeks: Weeks) -> None:
    keys = library.sources()
    days = [day for week in weeks.weeks for day in week.days]
    assert [day.on for day in days] == [made.wish.begins + n * A_DAY for n in range(7 * made.wish.weeks)]
    for day in to_come(weeks):
        held = [element.kind for element in day.elements]
        assert len(held) == len(set(held)), day
        assert sum(kind.is_run for kind in held) <= 1
        for element in day.elements:
            assert element.why
            assert all(key in keys for key in element.sources)
            assert element.minutes > 0
            assert element.asks.strikes >= 0
            if element.routine is not None:
                assert 1 <= (element.level or 0) <= len(CONTENT.routines[element.routine].levels)
    said = [*weeks.told, *(reason for week in weeks.weeks for reason in week.told)]
    assert all(key in keys for reason in said for key in reason.sources)


HOLDS = (
    no_week_is_over_its_budget,
    no_run_is_over_the_budget_of_one_run,
    nothing_on_locked_legs,
    nothing_fast_or_bare_before_the_gate_opens,
    sore_legs_are_spared,
    a_return_goes_by_steps,
    the_wish_is_kept,
    calf_work_has_its_rests,
    every_day_is_well_formed,
)


@in_the_suite(300)
def test_whoever_they_are_the_rules_hold(count: int) -> None:
    for seed in range(count):
        made = Made(random.Random(seed))
        weeks = made.weeks()
        for holds in HOLDS:
            try:
                holds(made, weeks)
            except AssertionError as error:
                raise AssertionError(f"runner {seed}: {holds.__name__}: {error}") from error


@in_the_suite(100, share=0.1)
def test_what_was_told_is_not_told_again(count: int) -> None:
    """Writing the days down changes nothing about them."""
    for seed in range(count):
        made = Made(random.Random(seed))
        told = days_to_lay(made.weeks(), history=made.history(), rules=RULES.told, now=NOW)
        if told is None:
            continue
        made.words.append(told)
        assert days_to_lay(made.weeks(), history=made.history(), rules=RULES.told, now=NOW) is None, seed
