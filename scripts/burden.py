"""How often the model would have called a run a big step, and how often one went over the budget of its day.

Of made diaries, the sample runner and one real export; alarms.py writes the page.
"""

import calendar
import csv
import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from calfwise.intake import take_in
from calfwise.journal_file import read_journal
from calfwise.model import constants as c
from calfwise.model.described import described, races_of
from calfwise.model.journal import History, fold
from calfwise.model.load.budget import Budget, next_run_budget
from calfwise.model.load.change import Comparison, change_of, held_of
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import Outing, outings_of
from calfwise.model.runner import Runner
from calfwise.model.session import Soreness, SorenessNote
from calfwise.sample import JOURNAL_FILE, write_sample
from diaries import Diary

STRETCH_DAYS = 30
YEAR_DAYS = 365.25
SAMPLE_UNTIL = datetime(2026, 5, 3, 18, tzinfo=UTC)
MORNING = time(7, tzinfo=UTC)
QUIET = Soreness(left=1, right=1)


@dataclass(frozen=True)
class Story:
    """One runner's outings, and what calfwise would have said of each on the day."""

    name: str
    outings: tuple[Outing, ...]
    races: frozenset[date] = frozenset()
    soreness: tuple[SorenessNote, ...] = ()
    """As the runner's own journal tells it."""

    @property
    def years(self) -> float:
        return (self.outings[-1].day - self.outings[0].day).days / YEAR_DAYS

    @cached_property
    def compared(self) -> tuple[Comparison | None, ...]:
        """Each outing against the longest of the 30 days before it."""
        return tuple(held.compared for held in held_of(self.outings, races=self.races))

    @cached_property
    def alerts(self) -> tuple[date, ...]:
        """As shipped."""
        change = change_of(self.outings, runner=Runner(), races=self.races, now=self.outings[-1].end)
        return tuple(alert.day for alert in change.alerts)

    def raised(self, *, more_m: float = c.ALERT_MORE_M, every_days: int = c.ALERT_EVERY_DAYS) -> tuple[date, ...]:
        """What the same rule would have raised with other limits."""
        days: list[date] = []
        for compared in self.compared:
            if compared is None or compared.race or compared.ratio <= c.SPIKE_SMALL:
                continue
            far = compared.distance_m - compared.longest_before_m > more_m
            if far and (not days or (compared.day - days[-1]).days >= every_days):
                days.append(compared.day)
        return tuple(days)

    @cached_property
    def over_unsaid(self) -> frozenset[int]:
        """Outings over the budget of their day, where nothing is ever said of a morning."""
        return frozenset(self._over(()))

    @cached_property
    def over_quiet(self) -> frozenset[int]:
        """The same where the two mornings after each of them are said to be quiet."""
        return frozenset(self._over(None))

    @cached_property
    def over_told(self) -> frozenset[int]:
        """The same with the mornings of the runner's own journal."""
        return frozenset(self._over(self.soreness))

    def _over(self, told: Sequence[SorenessNote] | None) -> list[int]:
        over: list[int] = []
        notes = list(told or ())
        for i, outing in enumerate(self.outings):
            upper_m = self.budget(i, outing.start, soreness=[note for note in notes if note.at < outing.start]).upper_m
            if upper_m is not None and outing.distance_m > upper_m:
                over.append(i)
                notes += quiet_after(outing.day) if told is None else ()
        return over

    def budget(self, outings: int, now: datetime, *, soreness: Sequence[SorenessNote]) -> Budget:
        """Of the first so many outings."""
        return next_run_budget(self.outings[:outings], races=self.races, soreness=soreness, now=now)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """From the first run to the last."""
        first, last = self.outings[0].day, self.outings[-1].day
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return tuple(day for day in days if day.weekday() == calendar.MONDAY)

    @cached_property
    def numberless(self) -> frozenset[date]:
        """Mondays on which no number could be given for the next run."""
        starts = [outing.start for outing in self.outings]
        mornings = [datetime.combine(day, MORNING) for day in self.mondays]
        return frozenset(
            now.date()
            for now in mornings
            if (ran := bisect_left(starts, now)) and self.budget(ran, now, soreness=()).upper_m is None
        )

    @property
    def alerts_within_budget(self) -> int:
        """Alerts for runs that were within the budget of their day, with quiet mornings."""
        over = {self.outings[i].day for i in self.over_quiet}
        return sum(day not in over for day in self.alerts)

    def runs_before(self, day: date) -> int:
        """In the 30 days before."""
        return sum(timedelta() < day - outing.day <= timedelta(days=STRETCH_DAYS) for outing in self.outings)


def quiet_after(day: date) -> tuple[SorenessNote, ...]:
    """The mornings that a run over budget needs to count."""
    mornings = (day + timedelta(days=after) for after in range(1, c.QUIET_MORNINGS_NEEDED + 1))
    return tuple(SorenessNote(datetime.combine(morning, MORNING), QUIET, morning=True) for morning in mornings)


def most_in_a_stretch(days: Sequence[date]) -> int:
    """The most alerts in any 30 days.

    >>> most_in_a_stretch([date(2026, 1, 1), date(2026, 1, 30), date(2026, 1, 31)])
    2
    """
    stretch = timedelta(days=STRETCH_DAYS)
    return max((sum(first <= day < first + stretch for day in days) for first in days), default=0)


def shortest_gap_days(days: Sequence[date]) -> int | None:
    """Between two alerts; `None` where there are not two. [days]"""
    return min(((later - day).days for day, later in pairwise(days)), default=None)


def made_story(diary: Diary) -> Story:
    """A made diary, and nobody's word about mornings."""
    return Story(diary.name, outings_of(diary.loads, runner=Runner(), home=UTC), diary.races)


def sample_story() -> Story:
    """The sample runner, with the journal that belongs to it."""
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder), until=SAMPLE_UNTIL)
        history = fold(read_journal(Path(folder) / JOURNAL_FILE))
        loads = take_in([Path(folder)], runner=history.runner).loads
    return _told("sample runner", loads, history)


def real_story(table_of: Path) -> Story:
    """A real runner's export, every row as a run that was typed in: its recordings are not there."""
    with table_of.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    recording = head.index("Filename")
    for row in rows:
        row[recording] = ""
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "activities.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *rows])
        loads = take_in([Path(folder)], runner=Runner()).loads
    return _told("real runner", loads, History())


def _told(name: str, loads: Sequence[RunLoad], history: History) -> Story:
    counted = described(loads, history=history, home=UTC)
    outings = outings_of(counted, runner=history.runner, home=UTC)
    return Story(name, outings, races_of(counted, history=history, home=UTC), history.soreness)
