"""A whole case as a TOML file: runs, journal, check-in, and what is expected. A bug report is such a file."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta, Struct

from calfwise.assess import Question
from calfwise.errors import UnreadableFile
from calfwise.intake import take_in
from calfwise.library import content, helped
from calfwise.model.care.choice import Kit
from calfwise.model.care.signs import Gate
from calfwise.model.care.technique import Position
from calfwise.model.fix.helped.leaning import leaning_of
from calfwise.model.journal import AnyEvent, CheckIn, History, Said, fold
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.easy import METRES_A_KM
from calfwise.model.load.gait import SECONDS_PER_MINUTE, population_cadence_spm
from calfwise.model.load.next_run import Fit, Wish
from calfwise.model.run import COLUMN_NAMES, Columns, Device, Run, Side
from calfwise.model.runner import Runner, Shoe, Surface
from calfwise.model.session import Rating, Soreness, Spot, TenderSpot

SAMPLE_S = 10.0
"""Made runs carry a sample so often. [s]"""


class MadeRun(Struct, frozen=True, forbid_unknown_fields=True):
    """An even run, some days before `now`."""

    days_ago: Annotated[float, Meta(ge=0)]
    km: Annotated[float, Meta(gt=0)]
    min_per_km: Annotated[float, Meta(gt=2, lt=15)] = 6.0
    fast_minutes: Annotated[float, Meta(ge=0)] = 0.0
    """At 4:00 a kilometre, within the distance."""
    climb_m: Annotated[float, Meta(ge=0)] = 0.0
    """On a slope gentle enough for forces."""
    every_days: Annotated[int, Meta(ge=1)] = 1
    cadence_share: Annotated[float, Meta(gt=0.5, lt=1.5)] = 1.0
    """Steps a minute over those of others at this pace."""
    times: Annotated[int, Meta(ge=1)] = 1
    """The same run so many times, the last one `days_ago`, each `every_days` before the next."""


class AskedRun(Struct, frozen=True, forbid_unknown_fields=True):
    """A run that the runner thinks of, as one says it."""

    km: Annotated[float, Meta(gt=0)]
    min_per_km: Annotated[float, Meta(gt=2, lt=15)] | None = None
    """Left out: at the own easy pace."""
    shoe: str | None = None
    """The id of one of the scenario's or the journal's shoes."""
    surface: Surface | None = None
    climb_m: Annotated[float, Meta(ge=0)] | None = None
    barefoot_minutes: Annotated[float, Meta(ge=0)] = 0.0
    race: bool = False


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What the answer must be; what is left out may be anything."""

    outcome: str | None = None
    level: str | None = None
    side: str | None = None
    """The leg a referral names, "both", or none."""
    session: bool | None = None
    reasons: tuple[str, ...] = ()
    """Ids that must be among the reasons."""
    spots: tuple[str, ...] | None = None
    """The spots of the session, in order."""
    waiting: tuple[str, ...] | None = None
    techniques: tuple[str, ...] | None = None
    """Exactly these techniques, in any order."""
    ways: tuple[str, ...] | None = None
    """What each spot gets, in order: "press-and-hold thumbs"."""
    because: tuple[str, ...] = ()
    """Words that the reasons of these spots must hold, each in the spot's place."""
    explained: str | None = None
    """The kind of the run that explains it; "" for none."""
    alert: bool | None = None
    budget_km: tuple[float, float] | None = None
    """The next run's reference and upper end, within 0.1 km."""
    no_budget: bool | None = None
    advice: tuple[str, ...] = ()
    """Ids of advice that must be given."""
    first_cause: str | None = None
    """Why the calves may be tight: the cause to look at first, by id; "" where nothing stands out."""
    speaks: tuple[str, ...] | None = None
    """Exactly the causes that stand out, in their order."""
    not_noticed: tuple[str, ...] = ()
    """Causes that were looked at and not noticed."""
    not_known: tuple[str, ...] = ()
    """Causes of which nothing is known."""
    said_for: tuple[str, ...] = ()
    """Words that what speaks for a cause must hold."""
    said_against: tuple[str, ...] = ()
    """Words that what speaks against one must hold."""
    never_said: tuple[str, ...] = ()
    """Words that nothing said about causes may hold."""
    fit: Fit | None = None
    """Of the run that is thought of, as all below."""
    over_km: float | None = None
    """How far beyond the budget it goes, within 0.1 km."""
    big_step: bool | None = None
    easy_km: tuple[float, float] | None = None
    """Its kilometres of own easy running lie between these."""
    strikes: tuple[int, int] | None = None
    """Its strikes, both legs, lie between these."""
    news: tuple[str, ...] | None = None
    """The kinds of exactly these notices, in order."""
    known_after_km: float | None = None
    """What the calves know after it, once it counts, within 0.1 km."""
    counts_at_once: bool | None = None


class Answered(Struct, frozen=True, forbid_unknown_fields=True):
    """The check-in: soreness, spots as "left:medial-upper:6", and answers."""

    left: Rating | None = None
    right: Rating | None = None
    spots: tuple[str, ...] = ()
    none_of_these: bool = True
    """Every question not answered below is answered no."""
    answers: dict[str, Said] = msgspec.field(default_factory=dict)


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """One whole case."""

    name: str
    now: datetime
    why: str = ""
    runner: Runner = Runner()
    shoes: tuple[Shoe, ...] = ()
    runs: tuple[MadeRun, ...] = ()
    recordings: tuple[str, ...] = ()
    """Files and folders, from the scenario's own place."""
    journal: tuple[dict[str, Any], ...] | None = None
    """Events as in a journal file; left out, the history is unknown."""
    check_in: Answered = Answered()
    kit: frozenset[str] = frozenset()
    minutes: int = 10
    position: Position = "floor"
    wish: AskedRun | None = None
    """The next run, before it is run."""
    expect: Expected = Expected()


def load_scenario(path: Path) -> Scenario:
    """A scenario file, strictly decoded. Raises `UnreadableFile` with the place of what is wrong."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Scenario)
    except OSError as error:
        raise UnreadableFile(str(path), wanted="a scenario", came=error.strerror or "an error", where="disk") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise UnreadableFile(str(path), wanted="a scenario", came=str(error), where="the file") from error


def question_of(scenario: Scenario, *, beside: Path = Path()) -> Question:
    """The question that a scenario asks; its recordings are looked for beside `beside`."""
    events = None if scenario.journal is None else [msgspec.convert(line, AnyEvent) for line in scenario.journal]
    history = History() if events is None else fold(events)
    shoes = (*scenario.shoes, *history.shoes)
    history = replace(history, shoes=shoes)
    made = [run_load(made_run(run, scenario.now - timedelta(days=ago)), scenario.runner, shoes)
            for run in scenario.runs for ago in _days_ago(run)]  # fmt: skip
    files = [beside / name for name in scenario.recordings]
    loads: tuple[RunLoad, ...] = (*made, *take_in(files, runner=scenario.runner, shoes=shoes).loads)
    there = content()
    return Question(
        now=scenario.now,
        runner=scenario.runner,
        loads=loads,
        history=history,
        check_in=check_in_of(scenario.check_in, gate=there.gate, at=scenario.now),
        kit=Kit(scenario.kit, scenario.position),
        minutes=scenario.minutes,
        content=there,
        leaning=leaning_of(history, content=there, rules=helped(), now=scenario.now),
    )


def wish_of(asked: AskedRun, *, shoes: tuple[Shoe, ...]) -> Wish:
    """The run that is thought of. Raises `UnreadableFile` where its shoe is none of them."""
    shoe = next((shoe for shoe in shoes if shoe.id == asked.shoe), None)
    if asked.shoe is not None and shoe is None:
        known = ", ".join(shoe.id for shoe in shoes) or "none"
        raise UnreadableFile("[wish]", wanted=f"a shoe of the runner's ({known})", came=asked.shoe, where="shoe")
    return Wish(
        distance_m=asked.km * METRES_A_KM,
        speed_mps=None if asked.min_per_km is None else METRES_A_KM / (SECONDS_PER_MINUTE * asked.min_per_km),
        shoe=shoe,
        surface=asked.surface,
        climb_m=asked.climb_m,
        barefoot_minutes=asked.barefoot_minutes,
        race=asked.race,
    )


def check_in_of(answered: Answered, *, gate: Gate, at: datetime) -> CheckIn:
    """The check-in with "none of these" spelled out."""
    silent = dict.fromkeys(gate.questions, Said.NO) if answered.none_of_these else {}
    return CheckIn(
        at=at,
        soreness=Soreness(answered.left, answered.right),
        spots=tuple(tender_spot(text) for text in answered.spots),
        answers=silent | answered.answers,
    )


def tender_spot(text: str) -> TenderSpot:
    """A spot as one types it.

    >>> tender_spot("left:medial-upper:6")
    TenderSpot(spot=Spot(side=<Side.LEFT: 'left'>, zone='medial-upper'), tenderness_nrs=6)
    """
    side, zone, tenderness = text.split(":")
    return TenderSpot(Spot(Side(side), zone), int(tenderness))


def _days_ago(run: MadeRun) -> list[float]:
    return [run.days_ago + i * run.every_days for i in range(run.times)]


def made_run(made: MadeRun, end: datetime) -> Run:
    """An even run that ended then: steady speed and cadence, a fast stretch and a slope where asked for."""
    easy_mps, fast_mps = 1000 / (60 * made.min_per_km), 1000 / 240
    fast_s = 60 * made.fast_minutes
    easy_s = max(0.0, made.km * 1000 - fast_s * fast_mps) / easy_mps
    time_s = np.arange(0.0, easy_s + fast_s + SAMPLE_S, SAMPLE_S)
    speed_mps = np.where(time_s < easy_s, easy_mps, fast_mps)
    distance_m = np.concatenate(([0.0], np.cumsum(speed_mps[:-1] * np.diff(time_s))))
    blank = dict.fromkeys(COLUMN_NAMES[1:], np.full(len(time_s), np.nan))
    columns = Columns(time_s, **blank | {
        "distance_m": distance_m,
        "speed_mps": speed_mps,
        "cadence_spm": made.cadence_share * population_cadence_spm(speed_mps=speed_mps),
        "grade": np.full(len(time_s), made.climb_m / (made.km * 1000)),
    })  # fmt: skip
    seconds = float(time_s[-1])
    return Run(
        id=f"made-{end:%Y%m%dT%H%M}-{made.km:g}",
        file="made",
        format="made",
        start=end - timedelta(seconds=seconds),
        local_time_known=True,
        sport="running",
        sub_sport=None,
        distance_m=made.km * 1000,
        timer_s=seconds,
        elapsed_s=seconds,
        columns=columns,
        device=Device(),
    )
