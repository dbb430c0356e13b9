"""Random runners: a small change of one run changes no score by much, and the order only where causes were close.

A thousand run in the suite; `CALFWISE_FUZZ=10000 ./dev fuzz tests/model/fix` asks ten thousand. Bounds are worked out
from the ramps, cause by cause (`BOUNDS`). Two edges belong to the rule and are left out: the 30 days of the longest
run, which are the study's, and soreness that begins between two runs, since what is run afterwards explains nothing.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations

from msgspec import structs

from calfwise import library
from calfwise.model import constants as c
from calfwise.model.fix.cause import Ranked
from calfwise.model.fix.causes import causes_of
from calfwise.model.journal import AboutLife, AnyEvent, CheckIn, Morning, SelfTested, fold
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import population_cadence_spm
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import Soreness
from tests.model.care import in_the_suite
from tests.model.fix.made import NOW, RULES, SORE_AT, case_of, changed, ran

LONGER, EARLIER = 1.02, timedelta(hours=12)
WINDOW = timedelta(days=c.LONGEST_WINDOW_DAYS)
CAUSES = library.reasons().causes
PAIRS = (
    Shoe(id="old", name="Old", since=SORE_AT.date() - timedelta(days=300), heel_drop_m=0.010),
    Shoe(id="low", name="Low", since=SORE_AT.date() - timedelta(days=20), heel_drop_m=0.004),
    Shoe(id="thin", name="Thin", since=SORE_AT.date() - timedelta(days=35), minimal=True),
    Shoe(id="feet", name="Feet", since=SORE_AT.date() - timedelta(days=40), barefoot=True),
)
LOWEST_CADENCE, HIGHEST_CADENCE = 0.90, 1.02


def slope(ends: tuple[float, float]) -> float:
    """How much a ramp rises for each unit."""
    return 1 / (ends[1] - ends[0])


def more_of(ratios: tuple[float, float]) -> float:
    """The most that 2 % of one run change of times x more-than: either side of the ratio may be that run.

    Up to the upper ratio r the times change by 2 % of r. The difference d lies between half of what counts and all of
    it, so the value is at most d r / (r - 1), and 2 % of it are 0.04 r / (r - 1) of the second ramp. Below the upper
    end of r the first ramp, (r - 1.2) / 0.8, makes that less: the product is never above 0.04 x 2. Rounding to whole
    strikes adds little (0.01).
    """
    return (LONGER - 1) * LONGER * ratios[1] * slope(ratios) + 0.08 * LONGER + 0.01


DAY = slope((RULES.full_for_days, RULES.fades_by_days))
"""A day nearer or further."""
SPREAD = (HIGHEST_CADENCE - LOWEST_CADENCE) * slope(RULES.low_cadence)
BOUNDS = {
    "longer-run": max((LONGER - 1) * LONGER * RULES.longer[1] * slope(RULES.longer), DAY),
    "faster": max(more_of(RULES.faster), DAY),
    "hills": max(more_of(RULES.hillier), DAY),
    "shoe": DAY + slope(RULES.new_shoe_days),
    # A run counts at most its full minutes, and 2 % of those, or what a day makes of them.
    "barefoot": RULES.barefoot_minutes[1] * slope(RULES.barefoot_minutes) * max(LONGER - 1, DAY),
    "return": slope(RULES.break_days) + slope(RULES.since_break_days),
    # The mean shifts by a day's weight of the spread, and a day's weight itself may count less.
    "low-cadence": DAY * (1 + SPREAD),
}
"""Of a full sign; a score may change by its weight times that, and those that are not here not at all."""


def bound(cause: str) -> float:
    return CAUSES[cause].weight * BOUNDS.get(cause, 0.0) + 1e-9


def a_runner(chance: random.Random) -> tuple[Runner, list[RunLoad], list[AnyEvent]]:
    """Two months or so of somebody: more or less even, with jumps, hills, pairs, breaks, tests and answers."""
    runner = Runner(
        birth_year=chance.choice([None, *range(1950, 2006)]),
        running_since=chance.choice([None, SORE_AT.date() - timedelta(days=chance.randrange(400))]),
        easy_speed_mps=2.5,
    )
    usual_km, day, loads = chance.uniform(3, 15), chance.uniform(40, 70), []
    while day > 1:
        loads.append(a_run(chance, day, usual_km))
        day -= chance.choice([1, 2, 2, 3, 3, 4, 12, 25]) + chance.random()
    words: list[AnyEvent] = [
        Morning(at=SORE_AT - timedelta(days=d), soreness=Soreness(chance.randrange(3), None))
        for d in chance.sample(range(1, 60), 5)
    ]
    words += [CheckIn(at=SORE_AT, soreness=Soreness(chance.randrange(3, 11), chance.randrange(11)))]
    asked = list(library.reasons().questions)
    words += [AboutLife(at=SORE_AT, answers={id_: chance.random() < 0.5 for id_ in chance.sample(asked, 3)})]
    tests = chance.sample(["knee-to-wall", "heel-raise-count", "bridge-hold", "side-leg-raise"], 2)
    words += [
        SelfTested(at=SORE_AT - timedelta(days=n), test=test, left=chance.uniform(5, 30), right=chance.uniform(5, 30))
        for n, test in enumerate(tests, 3)
    ]
    return runner, loads, words


def a_run(chance: random.Random, days_before: float, usual_km: float) -> RunLoad:
    km = usual_km * chance.choice([0.5, 0.9, 1.0, 1.0, 1.1, 1.2, 1.4, 2.0]) * chance.uniform(0.95, 1.05)
    minutes, speed_mps = 6 * km, 1000 / 360
    share = chance.uniform(LOWEST_CADENCE, HIGHEST_CADENCE)
    strikes = round(minutes * share * float(population_cadence_spm(speed_mps=speed_mps)))
    made = ran(
        days_before,
        km,
        minutes=minutes,
        strikes=strikes,
        speeds={2.7: strikes, 4.0: round(chance.choice([0, 0, 100, 400, 900, 1500]) * chance.uniform(0.9, 1.1))},
        climb_m=chance.choice([None, 0.0, 20.0, 80.0, 150.0, 400.0]),
        shoe=chance.choice([None, *PAIRS[:2], *PAIRS]),
    )
    return structs.replace(made, speed_mps=speed_mps, cadence_measured=chance.random() < 0.8)


def longer(run: RunLoad) -> RunLoad:
    """All of it, two hundredths more."""
    assert run.distance_m is not None
    return structs.replace(
        run,
        distance_m=run.distance_m * LONGER,
        duration_s=run.duration_s * LONGER,
        elapsed_s=run.elapsed_s * LONGER,
        running_s=run.running_s * LONGER,
        strikes=round((run.strikes or 0) * LONGER),
        strikes_by_speed=tuple(round(count * LONGER) for count in run.strikes_by_speed),
        climb_m=None if run.climb_m is None else run.climb_m * LONGER,
    )


def earlier(run: RunLoad) -> RunLoad:
    return structs.replace(run, start=run.start - EARLIER)


def ranked(runner: Runner, loads: Sequence[RunLoad], words: Sequence[AnyEvent]) -> tuple[Ranked, ...]:
    return causes_of(case_of(loads, *words, sore=False, runner=runner), content=CAUSES)


def held_against(loads: Sequence[RunLoad]) -> list[tuple[int, int]]:
    """Which run is held against which: those of 30 days, in order of time."""
    begins = [run.start for run in loads]
    return [(i, j) for i, j in combinations(range(len(begins)), 2) if within(begins[i], begins[j])]


def within(one: datetime, other: datetime) -> bool:
    return timedelta(0) < other - one <= WINDOW


def check(before: tuple[Ranked, ...], after: tuple[Ranked, ...]) -> None:
    was, now = {each.cause: each.score for each in before}, {each.cause: each.score for each in after}
    assert [(id_, was[id_], now[id_]) for id_ in was if abs(now[id_] - was[id_]) > bound(id_)] == []
    place = {each.cause: at for at, each in enumerate(after)}
    for first, second in combinations([each.cause for each in before], 2):
        if place[first] > place[second]:
            assert abs(was[first] - was[second]) <= bound(first) + bound(second), (first, second, was, now)


@in_the_suite(1000)
def test_a_run_two_hundredths_longer_changes_no_score_by_much(count: int) -> None:
    chance = random.Random(7)
    for _ in range(count):
        runner, loads, words = a_runner(chance)
        which = chance.randrange(len(loads))
        check(ranked(runner, loads, words), ranked(runner, changed(loads, which, longer), words))


@in_the_suite(1000)
def test_a_run_half_a_day_earlier_changes_no_score_by_much(count: int) -> None:
    """Where it stays on its side of the 30 days that it is held against, as most do."""
    chance, counted = random.Random(11), 0
    for _ in range(count):
        runner, loads, words = a_runner(chance)
        moved = changed(loads, chance.randrange(len(loads)), earlier)
        if held_against(moved) == held_against(loads):
            counted += 1
            check(ranked(runner, loads, words), ranked(runner, moved, words))
    assert counted > count / 2


@in_the_suite(250, share=0.25)
def test_a_point_more_of_the_same_soreness_changes_nothing(count: int) -> None:
    chance = random.Random(13)
    for _ in range(count):
        runner, loads, words = a_runner(chance)
        sorer = [
            structs.replace(each, soreness=Soreness(min(10, (each.soreness.left or 0) + 1), each.soreness.right))
            if isinstance(each, CheckIn)
            else each
            for each in words
        ]
        was, now = ranked(runner, loads, words), ranked(runner, loads, sorer)
        assert [(each.cause, each.score, each.standing) for each in was] == [
            (each.cause, each.score, each.standing) for each in now
        ]


@in_the_suite(250, share=0.25)
def test_the_order_of_the_journals_lines_and_of_the_runs_does_not_matter(count: int) -> None:
    chance = random.Random(17)
    for _ in range(count):
        runner, loads, words = a_runner(chance)
        was = ranked(runner, loads, words)
        chance.shuffle(words)
        chance.shuffle(loads)
        assert ranked(runner, loads, words) == was
        assert fold(words) == fold(reversed(words))


def test_the_random_runners_are_of_every_kind() -> None:
    """Each cause stands first for some of them, but for the few that are always outweighed."""
    chance = random.Random(19)
    first = {ranked(*a_runner(chance))[0].cause for _ in range(400)}
    assert {"longer-run", "faster", "shoe", "barefoot", "return", "earlier-trouble", "calf-endurance"} <= first
    assert NOW > SORE_AT
