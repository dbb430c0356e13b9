"""A runner who lives through weeks, as a TOML file: what was run before, the wish, every morning, and what is expected.

Each day begins with a morning's word, if the runner gives one; then the weeks are laid and told; then the day is lived
as the file says: as laid, or shorter, further, not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from calfwise import library
from calfwise.assess import load_history, weeks_ahead
from calfwise.errors import UnreadableFile
from calfwise.model.fix.practice import practice_of
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.fix.weeks.telling import days_to_lay
from calfwise.model.journal import AnyEvent, History, Morning, PracticeDone, WantsWeeks, fold
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.gait import SECONDS_PER_MINUTE
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import ExerciseDone, Rating, Soreness
from calfwise.model.weeks import Element, ElementKind, Goal, LaidDay, WeeksWish
from calfwise.scenario import MadeRun, made_run

METRES_A_KM = 1000
RUNS_AT = timedelta(hours=10)
"""After the morning's word. [h]"""
EASY_MIN_PER_KM = 6.0
Does = Literal["as-laid", "nothing", "running-only", "exercises-only"]
Day = Annotated[int, Meta(ge=0, le=200)]


class Wished(Struct, frozen=True, forbid_unknown_fields=True):
    """The wish, as one says it; the weeks begin on the scenario's day."""

    weeks: Annotated[int, Meta(ge=4, le=12)] = 8
    run_days: tuple[int, ...] = (1, 3, 6)
    goal: Goal = "steady"
    other_days: tuple[int, ...] | None = None
    leave_out: tuple[ElementKind, ...] = ()
    most_minutes: int | None = None
    not_on: tuple[Day, ...] = ()
    """Single days that do not suit, from 0."""
    agreed_days_ago: int | None = None
    """Since when a professional has agreed to a return."""


class Lived(Struct, frozen=True, forbid_unknown_fields=True):
    """Days that go otherwise than the others, from one to another."""

    days: tuple[Day, Day]
    """The first and the last, from 0."""
    does: Does | None = None
    morning: Rating | None = None
    """Walking soreness that morning, both calves. [NRS]"""
    silent: bool = False
    """Nobody says anything."""
    km: Annotated[float, Meta(ge=0)] | None = None
    """Runs so far, whatever was laid. [km]"""
    fast_minutes: float = 0.0
    """Of that, at 4:00 a kilometre. [min]"""


class Lives(Struct, frozen=True, forbid_unknown_fields=True):
    """How the runner lives."""

    days: Day = 0
    """So many days of it."""
    does: Does = "as-laid"
    morning: Rating | None = 0
    """`None`: says nothing."""
    otherwise: tuple[Lived, ...] = ()


class Looked(Struct, frozen=True, forbid_unknown_fields=True):
    """What must be seen on the morning of some day, before it is lived; what is left out may be anything."""

    morning_of: Day = 0
    day: Day | None = None
    """The day that is looked at; left out: that morning's own."""
    holds: tuple[ElementKind, ...] = ()
    holds_not: tuple[ElementKind, ...] = ()
    km: tuple[float, float] | None = None
    """Its running lies between these, all together."""
    says: str | None = None
    """Words of what was changed; empty: nothing was."""
    week: Annotated[int, Meta(ge=1, le=12)] | None = None
    """A week that is looked at."""
    lighter: bool | None = None
    run_days: int | None = None
    week_km: tuple[float, float] | None = None
    times: Mapping[ElementKind, int] = msgspec.field(default_factory=dict)
    """How often something stands in that week."""
    told: tuple[str, ...] = ()
    """Words that the week's lines, or what holds for all, must say."""
    never: tuple[ElementKind, ...] = ()
    """In no day from that morning on."""
    first_in_week: Mapping[ElementKind, int] = msgspec.field(default_factory=dict)
    """The first week, from that morning on, that holds it."""
    unfit: tuple[str, ...] = ()
    """Words that what does not fit, or what it would need, must say."""
    done: int | None = None
    """So many things laid before were done."""


class WeeksScenario(Struct, frozen=True, forbid_unknown_fields=True):
    """One whole runner."""

    name: str
    now: datetime
    """The morning on which the weeks begin."""
    expect: Annotated[tuple[Looked, ...], Meta(min_length=1)]
    why: str = ""
    runner: Runner = Runner()
    shoes: tuple[Shoe, ...] = ()
    runs: tuple[MadeRun, ...] = ()
    quiet_mornings_before: Annotated[int, Meta(ge=0, le=120)] = 0
    """So many days before, each with a quiet word. [d]"""
    journal: tuple[dict[str, Any], ...] = ()
    wish: Wished = Wished()
    lives: Lives = Lives()


def load_weeks_scenario(path: Path) -> WeeksScenario:
    """A scenario file, strictly decoded. Raises `UnreadableFile` with the place of what is wrong."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=WeeksScenario)
    except OSError as error:
        raise UnreadableFile(str(path), wanted="a scenario", came=error.strerror or "an error", where="disk") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise UnreadableFile(str(path), wanted="a scenario", came=str(error), where="the file") from error


@dataclass
class Life:
    """A runner, day by day."""

    runner: Runner
    wish: WeeksWish
    loads: list[RunLoad] = field(default_factory=list)
    events: list[AnyEvent] = field(default_factory=list)
    shoes: tuple[Shoe, ...] = ()
    easy_min_per_km: float = EASY_MIN_PER_KM

    def wants(self, at: datetime) -> None:
        """Say the wish."""
        self.events.append(WantsWeeks(at=at, wish=self.wish))

    def history(self) -> History:
        history = fold(self.events)
        return replace(history, shoes=(*self.shoes, *history.shoes))

    def weeks(self, now: datetime) -> Weeks:
        """As they are laid on that morning."""
        history = self.history()
        load = load_history(self.loads, runner=self.runner, history=history, now=now)
        weeks = weeks_ahead(
            load, runner=self.runner, history=history, content=library.player(), rules=library.weeks(), now=now
        )
        assert weeks is not None, "there is a wish"
        return weeks

    def told(self, now: datetime) -> Weeks:
        """The same, written down."""
        weeks = self.weeks(now)
        told = days_to_lay(weeks, history=self.history(), rules=library.weeks().told, now=now)
        if told is not None:
            self.events.append(told)
        return weeks

    def says(self, at: datetime, nrs: int) -> None:
        """A morning's word about both calves."""
        self.events.append(Morning(at=at, soreness=Soreness(nrs, nrs)))

    def lives(self, day: LaidDay, at: datetime, *, runs: bool = True, exercises: bool = True) -> None:
        """Do what was laid."""
        if runs:
            metres = sum(element.distance_m or 0.0 for element in day.elements if element.kind.is_run)
            fast = sum(element.part_minutes for element in day.elements if element.kind is ElementKind.TEMPO)
            if metres:
                self.runs_so_far(metres / METRES_A_KM, at, fast_minutes=fast)
        for element in day.elements:
            if exercises and element.routine in EXERCISES and element.level is not None:
                self.practises(element, at)

    def runs_so_far(self, km: float, at: datetime, *, fast_minutes: float = 0.0) -> None:
        """One run, begun then."""
        made = MadeRun(days_ago=0, km=km, min_per_km=self.easy_min_per_km, fast_minutes=fast_minutes)
        minutes = timedelta(seconds=SECONDS_PER_MINUTE * km * self.easy_min_per_km)
        self.loads.append(run_load(made_run(made, at + minutes), self.runner, self.shoes))

    def practises(self, element: Element, at: datetime) -> None:
        """One routine, all of it."""
        assert element.routine is not None
        assert element.level is not None
        practice = practice_of(element.routine, element.level, content=library.player(), at=at, reason="")
        done = tuple(ExerciseDone(item.protocol, item.side, item.counts) for item in practice.items)
        when = at + timedelta(hours=1)
        self.events.append(PracticeDone(at=when, level=element.level, routine=element.routine, done=done, on=at.date()))


EXERCISES = frozenset({"drills", "calf-strength", "glute-strength", "grass"})
"""Routines that no watch records; running to a beat and tempo are recorded as runs."""


def life_of(scenario: WeeksScenario) -> Life:
    """The runner as the weeks begin."""
    now, wished = scenario.now, scenario.wish
    agreed = None if wished.agreed_days_ago is None else now.date() - timedelta(days=wished.agreed_days_ago)
    wish = WeeksWish(
        begins=now.date(),
        weeks=wished.weeks,
        run_days=wished.run_days,
        goal=wished.goal,
        other_days=wished.other_days,
        leave_out=wished.leave_out,
        most_minutes=wished.most_minutes,
        agreed_on=agreed,
        not_on=tuple(now.date() + timedelta(days=ahead) for ahead in wished.not_on),
    )
    life = Life(scenario.runner, wish, shoes=scenario.shoes)
    for run in scenario.runs:
        for n in range(run.times):
            end = now - timedelta(days=run.days_ago + n * run.every_days)
            life.loads.append(run_load(made_run(run, end), scenario.runner, scenario.shoes))
    life.events = [msgspec.convert(line, AnyEvent) for line in scenario.journal]
    for ago in range(scenario.quiet_mornings_before, 0, -1):
        life.says(now - timedelta(days=ago), 0)
    life.wants(now - timedelta(minutes=1))
    return life


def mornings(scenario: WeeksScenario) -> dict[int, Weeks]:
    """The weeks on every morning that is looked at, the days before it lived."""
    life, looked = life_of(scenario), {each.morning_of for each in scenario.expect}
    seen: dict[int, Weeks] = {}
    for number in range(max(scenario.lives.days, *looked) + 1):
        at = scenario.now + timedelta(days=number)
        lived = next((each for each in scenario.lives.otherwise if each.days[0] <= number <= each.days[1]), None)
        _say(life, scenario, lived, at, first=number == 0)
        weeks = life.told(at)
        if number in looked:
            seen[number] = weeks
        if number < scenario.lives.days:
            _live(life, scenario, lived, weeks.today, at + RUNS_AT)
    return seen


def _say(life: Life, scenario: WeeksScenario, lived: Lived | None, at: datetime, *, first: bool) -> None:
    """The morning's word."""
    nrs = scenario.lives.morning if lived is None or lived.morning is None else lived.morning
    if first and (lived is None or lived.morning is None):
        return
    if nrs is not None and not (lived is not None and lived.silent):
        life.says(at - timedelta(minutes=5), nrs)


def _live(life: Life, scenario: WeeksScenario, lived: Lived | None, today: LaidDay, at: datetime) -> None:
    """The day itself."""
    does = scenario.lives.does if lived is None or lived.does is None else lived.does
    if lived is not None and lived.km is not None:
        if lived.km:
            life.runs_so_far(lived.km, at, fast_minutes=lived.fast_minutes)
        return
    life.lives(today, at, runs=does in ("as-laid", "running-only"), exercises=does in ("as-laid", "exercises-only"))
