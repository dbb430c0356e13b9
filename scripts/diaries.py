"""Made diaries: who runs how far on which day, from a seed and a pattern told in a sentence. Nobody real is in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.run import COLUMN_NAMES, Columns, Device, Run

BEGIN = date(2022, 1, 3)
"""A Monday."""
YEARS = 3
WEEKS = 52 * YEARS
SEED = 20260503
PACE_MPS = 2.8
TUE, WED, THU, FRI, SAT, SUN = 1, 2, 3, 4, 5, 6
MARATHON_KM = 42.2


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a diary."""

    day: date
    km: float
    race: bool = False


@dataclass(frozen=True, slots=True)
class Diary:
    """A runner who does not exist."""

    name: str
    pattern: str
    runs: tuple[Ran, ...]

    @property
    def races(self) -> frozenset[date]:
        return frozenset(ran.day for ran in self.runs if ran.race)

    @property
    def loads(self) -> tuple[RunLoad, ...]:
        return tuple(load_of(ran) for ran in self.runs)


Pattern = Callable[[np.random.Generator], Iterator[Ran]]


def load_of(ran: Ran) -> RunLoad:
    """What calfwise makes of a run that was typed in: distance and time."""
    seconds = 1000 * ran.km / PACE_MPS
    start = datetime.combine(ran.day, time(8), tzinfo=UTC)
    run = Run(
        id=f"made:{ran.day}",
        file="made",
        format="made",
        start=start,
        local_time_known=True,
        sport="running",
        sub_sport=None,
        distance_m=1000 * ran.km,
        timer_s=seconds,
        elapsed_s=seconds,
        columns=Columns(**dict.fromkeys(COLUMN_NAMES, np.zeros(0))),
        device=Device(),
    )
    return run_load(run)


def diaries(seed: int = SEED) -> tuple[Diary, ...]:
    """All of them, the same for the same seed."""
    patterns: dict[str, Pattern] = {
        "new runner on a plan": _new_runner,
        "three a week, steady": _steady,
        "twice a week": _twice,
        "by feel": _by_feel,
        "comes back after breaks": _returning,
        "two marathons a year": _marathons,
        "six a week, long on Sundays": _six,
        "races every third week": _racer,
    }
    return tuple(
        Diary(name, _told(pattern), tuple(sorted(pattern(np.random.default_rng([seed, i])), key=lambda ran: ran.day)))
        for i, (name, pattern) in enumerate(patterns.items())
    )


def _told(pattern: Pattern) -> str:
    return " ".join((pattern.__doc__ or "").split())


def _day(week: int, weekday: int) -> date:
    return BEGIN + timedelta(weeks=week, days=weekday)


def _about(chance: np.random.Generator, km: float, *, spread: float) -> float:
    """Nobody runs what the plan says to the metre. [km]"""
    return round(max(1.0, km * chance.normal(1, spread)), 2)


def _week(
    chance: np.random.Generator, week: int, planned: dict[int, float], *, spread: float, missed: float
) -> Iterator[Ran]:
    """A week's plan as it was run: lengths scatter, some runs do not happen."""
    for weekday, km in planned.items():
        if chance.random() >= missed:
            yield Ran(_day(week, weekday), _about(chance, km, spread=spread))


def _new_runner(chance: np.random.Generator) -> Iterator[Ran]:
    """From 2 km at a time to 5 km in nine weeks, three a week; then the Sunday run grows by 1 km every third week up
    to 12 km and stays there. One run in ten is missed, lengths scatter by 5 %.
    """
    for week in range(WEEKS):
        usual = min(5.0, 2.0 + week / 3)
        longest = usual if week < 9 else min(12.0, 5.0 + (week - 9) // 3)
        yield from _week(chance, week, {TUE: usual, THU: usual, SUN: longest}, spread=0.05, missed=0.1)


def _steady(chance: np.random.Generator) -> Iterator[Ran]:
    """6, 6 and 9 km every week, years on end; lengths scatter by 8 %, one run in sixteen is missed."""
    for week in range(WEEKS):
        yield from _week(chance, week, {TUE: 6, THU: 6, SUN: 9}, spread=0.08, missed=1 / 16)


def _twice(chance: np.random.Generator) -> Iterator[Ran]:
    """6 km on Wednesdays, 10 km on Sundays; lengths scatter by 15 %, one run in six is missed."""
    for week in range(WEEKS):
        yield from _week(chance, week, {WED: 6, SUN: 10}, spread=0.15, missed=1 / 6)


def _by_feel(chance: np.random.Generator) -> Iterator[Ran]:
    """None to five runs a week on any day, 3 to 25 km, half of them under 7 km: no plan at all."""
    for week in range(WEEKS):
        for weekday in chance.permutation(7)[: chance.integers(0, 6)]:
            km = float(np.clip(chance.lognormal(np.log(7), 0.45), 3, 25))
            yield Ran(_day(week, int(weekday)), round(km, 2))


def _returning(chance: np.random.Generator) -> Iterator[Ran]:
    """6, 6 and 10 km a week for 12 to 24 weeks, then 3 to 10 weeks without a run; begins again at half and adds a tenth
    of the whole each week. Lengths scatter by 8 %.
    """
    week = 0
    while week < WEEKS:
        for back in range(int(chance.integers(12, 25))):
            share = min(1.0, 0.5 + 0.1 * back)
            planned = {day: share * km for day, km in {TUE: 6, THU: 6, SUN: 10}.items()}
            yield from _week(chance, week, planned, spread=0.08, missed=0.05)
            week += 1
        week += int(chance.integers(3, 11))


def _marathons(chance: np.random.Generator) -> Iterator[Ran]:
    """Half-years: the Sunday run from 14 to 32 km in 16 weeks, every fourth week a third shorter, three weeks shorter
    again, the race, a week off, five easy weeks up to 12 km; three or four other runs of 8 to 12 km. Scatter 5 %.
    """
    for week in range(WEEKS):
        nth = week % 26
        if nth < 16:
            longest = 14 + 18 * nth / 15
            planned = {TUE: 8, WED: 12, FRI: 8, SUN: longest * (2 / 3 if nth % 4 == 3 else 1)}
        elif nth < 19:
            planned = {TUE: 8, WED: 8, SUN: (24, 18, 12)[nth - 16]}
        elif nth == 19:
            planned = {TUE: 5}
            yield Ran(_day(week, SUN), MARATHON_KM, race=True)
        else:
            planned = {} if nth == 20 else {TUE: 6, THU: 6, SUN: 6 + 1.2 * (nth - 20)}
        yield from _week(chance, week, planned, spread=0.05, missed=0.05)


def _six(chance: np.random.Generator) -> Iterator[Ran]:
    """8 to 14 km from Monday to Saturday but Fridays, 22 to 28 km on Sundays, 16 km every fourth. Scatter 6 %."""
    for week in range(WEEKS):
        longest = 16.0 if week % 4 == 3 else float(chance.uniform(22, 28))
        planned = {0: 8, TUE: 12, WED: 8, THU: 14, SAT: 10, SUN: longest}
        yield from _week(chance, week, planned, spread=0.06, missed=0.04)


def _racer(chance: np.random.Generator) -> Iterator[Ran]:
    """7 to 10 km four times a week and 15 km on Sundays; every third Sunday a race of 5, 10 or 21.1 km, told as a race.
    Scatter 8 %.
    """
    for week in range(WEEKS):
        planned: dict[int, float] = {TUE: 9, WED: 7, THU: 10, SAT: 7}
        if week % 3 == 2:
            yield Ran(_day(week, SUN), float(chance.choice([5, 10, 21.1])), race=True)
        else:
            planned[SUN] = 15
        yield from _week(chance, week, planned, spread=0.08, missed=0.08)
