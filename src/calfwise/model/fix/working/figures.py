"""Sessions, kilometres and answered mornings of any stretch of days."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct, structs

from calfwise.model.care.signs import Gate
from calfwise.model.fix.working.chance import Interval, count_interval
from calfwise.model.fix.working.locked import locked_days
from calfwise.model.fix.working.rules import EPOCH, WEEK_DAYS, WorkingRules
from calfwise.model.journal import History
from calfwise.model.load.outings import Outing
from calfwise.model.load.used_to import known_sum
from calfwise.model.session import SorenessNote

A_DAY = timedelta(days=1)
PER_M = 100_000.0
"""The figure's own distance. [m]"""


class RunDay(NamedTuple):
    """A day with running, and the morning after it."""

    day: date
    distance_m: float
    strikes: int | None
    """Both legs; `None` where no run tells. [1]"""
    impulse_bw_s: float | None
    due: bool
    """Whether the morning after is there to be answered: today's silence is none yet."""
    answered: bool
    nrs: int | None
    """The sorer calf on the morning after; `None`: nobody said. [NRS]"""


class Figures(Struct, frozen=True):
    """What a stretch of days held."""

    first: date
    last: date
    run_days: int
    distance_m: float
    strikes: int | None
    """Both legs. [1]"""
    impulse_bw_s: float | None
    sessions: int | None
    """Of self-massage, done; `None` before the journal began: nobody wrote any down. [1]"""
    told_m: float
    """Of the distance, what was run since the journal began. [m]"""
    answered_m: float
    """Of that, what was run on days with an answered morning after. [m]"""
    mornings: int
    """After days with running since the journal began: so many could be answered. [1]"""
    answered: int
    rated: int
    """Of them, those with a number. [1]"""
    sore: int
    locked_days: int
    rate: Interval | None
    """Sessions per 100 km; `None`: not estimated. [1/100 km]"""
    why_not: str = ""
    """Why it is not estimated."""
    thin: bool = False
    """Too few mornings were answered to rely on it."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def answered_share(self) -> float | None:
        """Of the mornings after runs; `None` where there was none. [1]"""
        return self.answered / self.mornings if self.mornings else None

    @property
    def answered_said(self) -> str:
        """In words: "you answered 3 of 20 mornings"."""
        return f"you answered {self.answered} of {self.mornings} morning{'' if self.mornings == 1 else 's'}"

    @property
    def sore_share(self) -> float | None:
        """Of the mornings with a number. [1]"""
        return self.sore / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that stretches are counted from."""

    rules: WorkingRules
    now: datetime
    runs: tuple[RunDay, ...]
    """In order of days."""
    sessions: tuple[date, ...]
    """The day of each, in order."""
    locked: tuple[date, ...]
    """In order."""
    began: date | None
    """The first day with a word or a session; `None`: nothing was ever written."""
    first_weekday: int = 0

    @property
    def today(self) -> date:
        return self.now.date()

    def runs_in(self, first: date, last: date) -> Sequence[RunDay]:
        """Both days included."""
        low = bisect_left(self.runs, first, key=lambda run: run.day)
        return self.runs[low : bisect_right(self.runs, last, key=lambda run: run.day)]

    def sessions_in(self, first: date, last: date) -> int:
        return bisect_right(self.sessions, last) - bisect_left(self.sessions, first)

    def figures(self, first: date, last: date) -> Figures:
        """Of the days from `first` to `last`, both included."""
        return _rated(self.counted(first, last), self.rules)

    def counted(self, first: date, last: date) -> Figures:
        """The same without a rate."""
        runs, began = self.runs_in(first, last), self.began
        told = [] if began is None else [run for run in runs if run.day >= began]
        due = [run for run in told if run.due]
        sessions = None if began is None or last < began else self.sessions_in(first, last)
        return Figures(
            first=first,
            last=last,
            run_days=len(runs),
            distance_m=sum(run.distance_m for run in runs),
            strikes=known_sum(run.strikes for run in runs),
            impulse_bw_s=_known([run.impulse_bw_s for run in runs]),
            sessions=sessions,
            told_m=sum(run.distance_m for run in told),
            answered_m=sum(run.distance_m for run in due if run.answered),
            mornings=len(due),
            answered=sum(run.answered for run in due),
            rated=sum(run.nrs is not None for run in due),
            sore=sum(run.nrs is not None and run.nrs > self.rules.sore_above_nrs for run in due),
            locked_days=bisect_right(self.locked, last) - bisect_left(self.locked, first),
            rate=None,
        )

    def window_of(self, day: date) -> date:
        """The first day of the four weeks that a day lies in."""
        return self._begin(day, self.rules.window_days)

    def week_of(self, day: date) -> date:
        """The first day of its week."""
        return self._begin(day, WEEK_DAYS)

    def _begin(self, day: date, days: int) -> date:
        origin = EPOCH + timedelta(days=self.first_weekday)
        return day - timedelta(days=(day - origin).days % days)


def _rated(bare: Figures, rules: WorkingRules) -> Figures:
    """The same with its rate, or with why there is none."""
    why_not, thin = "", bare.answered < rules.answered_share * bare.mornings
    if bare.sessions is None:
        why_not = "before your journal began"
    elif bare.told_m < rules.least_m:
        why_not = "too little running"
    elif not bare.sessions and not bare.answered:
        why_not = "no morning answered"
    if why_not or bare.sessions is None:
        return structs.replace(bare, why_not=why_not, thin=thin)
    counted = count_interval(bare.sessions, confidence=rules.confidence, clump=rules.clump)
    scale = PER_M / bare.told_m
    rate = Interval(scale * counted.value, scale * counted.low, scale * counted.high)
    return structs.replace(bare, rate=rate, thin=thin)


def _known(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def told_of(
    outings: Sequence[Outing],
    *,
    history: History,
    rules: WorkingRules,
    gate: Gate,
    now: datetime,
    first_weekday: int = 0,
) -> Told:
    """Runs, words and sessions, in order of days.

    A run's morning after is the next day of the calendar; any word on it answers, and its number is the morning's, else
    that of the day's first check-in.
    """
    said = _words(history, now)
    by_day: dict[date, list[Outing]] = {}
    for outing in outings:
        by_day.setdefault(outing.day, []).append(outing)
    sessions = sorted(_day(past.at, now) for past in history.sessions if past.at <= now)
    words = sorted((*said, *sessions))
    return Told(
        rules=rules,
        now=now,
        runs=tuple(_run_day(day, by_day[day], said, now.date()) for day in sorted(by_day)),
        sessions=tuple(sessions),
        locked=tuple(sorted(locked_days(history, gate=gate, now=now))),
        began=words[0] if words else None,
        first_weekday=first_weekday,
    )


def _words(history: History, now: datetime) -> dict[date, int | None]:
    """Days on which anything was said about the calves, with the sorer calf where there is a number."""
    said: dict[date, int | None] = {_day(at, now): None for at, _ in (*history.spot_mornings, *history.marks)}
    notes: dict[date, SorenessNote] = {}
    for note in history.soreness:
        day = _day(note.at, now)
        # A morning's word before any check-in's; of several mornings the last word counts.
        if note.at <= now and (note.morning or day not in notes):
            notes[day] = note
    return {day: nrs for day, nrs in said.items() if day <= now.date()} | {
        day: note.soreness.worst_nrs for day, note in notes.items()
    }


def _run_day(day: date, outings: Sequence[Outing], said: dict[date, int | None], today: date) -> RunDay:
    loads = [load for outing in outings for load in outing.loads]
    after = day + A_DAY
    return RunDay(
        day=day,
        distance_m=sum(load.distance_m or 0.0 for load in loads),
        strikes=known_sum(load.strikes for load in loads),
        impulse_bw_s=_known([load.impulse_bw_s.value if load.impulse_bw_s else None for load in loads]),
        due=after < today or after in said,
        answered=after in said,
        nrs=said.get(after),
    )


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
