"""Which run stands on which day of the made-up runner's two years."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np

from calfwise.sample.massages import massages_by_chance
from calfwise.sample.noise import Purpose, chance
from calfwise.sample.story import Dose, PastMassage, Story

SUNDAY = 6
DAYS_A_WEEK = 7
M_PER_KM = 1000
S_PER_MIN = 60
CORPUS_RUN_S = 3600
"""Every run of a benchmark corpus lasts an hour. [s]"""
LONG_RUN_SLOWER_MPS = 0.1
"""Long runs are run a little slower than easy ones. [m/s]"""


class Kind(StrEnum):
    """What a run is meant to be."""

    EASY = "easy"
    INTERVALS = "intervals"
    LONG = "long"
    RACE = "race"
    BAREFOOT = "barefoot"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run before it is run: ends after its distance or its time, whichever it has."""

    number: int
    """Its place in the sample; seeds its randomness."""
    kind: Kind
    start: datetime
    """On the runner's own clock."""
    dose: Dose
    speed_mps: float
    strap: bool
    distance_m: float | None = None
    duration_s: float | None = None


class Diary:
    """Days counted back from the last one, and the story's own days among them."""

    def __init__(self, story: Story, *, until: datetime, seed: int) -> None:
        self.story = story
        self.last_day = story.local(until).date()
        self.random = chance(seed, Purpose.DIARY)
        self.journal_random = chance(seed, Purpose.JOURNAL)
        self.massage_random = chance(seed, Purpose.MASSAGE)
        self.practice_random = chance(seed, Purpose.PRACTICE)
        race_day = self.day(story.race.days_before_end)
        self.race_days_before_end = story.race.days_before_end - (SUNDAY - race_day.weekday())

    def day(self, days_before_end: int) -> date:
        return self.last_day - timedelta(days=days_before_end)

    def moment(self, days_before_end: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
        """A time of day on the runner's own clock; minutes may be negative or beyond the hour."""
        day = self.day(days_before_end)
        at = datetime.combine(day, time(hour), self.story.home.zone(day))
        return at + timedelta(minutes=minute, seconds=second)

    @property
    def race_day(self) -> date:
        return self.day(self.race_days_before_end)

    @property
    def weeks_begin(self) -> date:
        """The first Monday from the story's day on."""
        day = self.day(self.story.weeks_ahead.days_before_end)
        return day + timedelta(days=-day.weekday() % DAYS_A_WEEK)

    @property
    def weeks_look_back(self) -> date:
        """Since when runs and words bear on the weeks."""
        return self.weeks_begin - timedelta(days=self.story.weeks_ahead.looks_back_days)

    @cached_property
    def massages(self) -> tuple[PastMassage, ...]:
        """Every evening with self-massage, in order: those of the story, and those by chance."""
        by_chance = massages_by_chance(self.story, self.massage_random)
        return tuple(sorted((*by_chance, *self.story.sessions), key=lambda past: -past.days_before_end))

    @cached_property
    def planned(self) -> tuple[PlannedRun, ...]:
        """Every run of the two years, in order."""
        runs: list[PlannedRun] = []
        for days_before_end in range(self.story.span_days, 0, -1):
            kind = self._kind(days_before_end)
            if kind is not None:
                runs.append(self._run(kind, days_before_end, number=len(runs) + 1))
        return tuple(runs)

    def _kind(self, days_before_end: int) -> Kind | None:
        """What is run that day; the story's own days come before the week's habit."""
        story = self.story
        if days_before_end == story.too_long.days_before_end:
            return Kind.TOO_LONG
        if days_before_end == self.race_days_before_end:
            return Kind.RACE
        if self._rests(days_before_end):
            return None
        barefoot = story.barefoot
        in_phase = barefoot.days_before_end - barefoot.days < days_before_end <= barefoot.days_before_end
        if in_phase and self.day(days_before_end).weekday() in barefoot.weekdays:
            return Kind.BAREFOOT
        return self._habit(days_before_end)

    def _rests(self, days_before_end: int) -> bool:
        story = self.story
        holiday, race, too_long = story.holiday, story.race, story.too_long
        on_holiday = holiday.days_before_end - holiday.days < days_before_end <= holiday.days_before_end
        around_race = abs(days_before_end - self.race_days_before_end) <= race.rest_days
        return on_holiday or around_race or days_before_end <= too_long.days_before_end + too_long.rest_days

    def _habit(self, days_before_end: int) -> Kind | None:
        """The week's rhythm, with a fourth run now and then and a skipped one here and there."""
        week, intervals = self.story.week, self.story.intervals
        weekday = self.day(days_before_end).weekday()
        skipped, extra = self.random.random(2)
        if skipped < week.skipped_share:
            return None
        if weekday == week.long_day:
            return Kind.LONG
        if weekday == week.easy_days[0]:
            faster_now = intervals.until_days_before_end <= days_before_end <= intervals.days_before_end
            return Kind.INTERVALS if faster_now else Kind.EASY
        is_extra = weekday == week.extra_day and days_before_end <= week.extra_from_days_before_end
        return Kind.EASY if weekday in week.easy_days or (is_extra and extra < week.extra_share) else None

    def _run(self, kind: Kind, days_before_end: int, *, number: int) -> PlannedRun:
        week = self.story.week
        dose = self.story.dose(days_before_end)
        hour = week.morning_hour if kind in (Kind.LONG, Kind.RACE, Kind.TOO_LONG) else week.evening_hour
        minute = int(self.random.integers(-week.start_spread_min, week.start_spread_min + 1))
        return PlannedRun(
            number=number,
            kind=kind,
            start=self.moment(days_before_end, hour, minute, int(self.random.integers(60))),
            dose=dose,
            speed_mps=self._speed_mps(kind, dose),
            strap=days_before_end <= self.story.chest_strap.days_before_end,
            distance_m=None if kind is Kind.BAREFOOT else self._distance_m(kind, dose),
            duration_s=self._barefoot_s(days_before_end) if kind is Kind.BAREFOOT else None,
        )

    def _speed_mps(self, kind: Kind, dose: Dose) -> float:
        more_mps = {
            Kind.LONG: -LONG_RUN_SLOWER_MPS,
            Kind.TOO_LONG: -LONG_RUN_SLOWER_MPS,
            Kind.RACE: self.story.race.faster_mps,
            Kind.BAREFOOT: -self.story.barefoot.slower_mps,
        }
        return dose.easy_mps + more_mps.get(kind, 0.0)

    def _distance_m(self, kind: Kind, dose: Dose) -> float:
        if kind is Kind.RACE:
            return self.story.race.distance_km * M_PER_KM
        if kind is Kind.TOO_LONG:
            return self.story.too_long.distance_km * M_PER_KM
        around_dose = 1 + self.story.week.dose_spread * float(np.clip(self.random.standard_normal(), -2, 2))
        own_km = (dose.long_km if kind is Kind.LONG else dose.easy_km) * around_dose
        return (own_km + (self.story.intervals.extra_km if kind is Kind.INTERVALS else 0.0)) * M_PER_KM

    def _barefoot_s(self, days_before_end: int) -> float:
        """Each barefoot run a little longer than the one before. [s]"""
        barefoot = self.story.barefoot
        share_done = (barefoot.days_before_end - days_before_end) / barefoot.days
        return (barefoot.first_min + share_done * (barefoot.last_min - barefoot.first_min)) * S_PER_MIN

    def corpus(self, runs: int) -> tuple[PlannedRun, ...]:
        """One hour-long run a day, for as many days back as asked for: something to measure speed with."""
        kinds = (Kind.EASY, Kind.LONG, Kind.INTERVALS)
        return tuple(
            PlannedRun(
                number=number,
                kind=kinds[number % len(kinds)],
                start=self.moment(number, self.story.week.evening_hour, int(self.random.integers(S_PER_MIN)) // 2),
                dose=self.story.dose(number % self.story.span_days),
                speed_mps=self.story.dose(number % self.story.span_days).easy_mps,
                strap=True,
                duration_s=CORPUS_RUN_S,
            )
            for number in range(runs, 0, -1)
        )
