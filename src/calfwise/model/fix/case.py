"""A runner's case: the soreness that is asked about, and what was new before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from calfwise.model.fix.cause import CauseRules, Point, Side
from calfwise.model.journal import History, SelfTested
from calfwise.model.load.change import Held, held_of, said
from calfwise.model.load.outings import Outing
from calfwise.model.runner import Runner
from calfwise.model.session import SorenessNote

METRES_A_KM = 1000


def kilometres(length_m: float) -> str:
    """A length in words.

    >>> kilometres(10_320.0)
    '10.3 km'
    """
    return f"{length_m / METRES_A_KM:.1f} km"


@dataclass(frozen=True, slots=True)
class Episode:
    """Sore days that belong together."""

    first: SorenessNote
    worst: SorenessNote
    last: SorenessNote


@dataclass(frozen=True)
class Case:
    """All that the causes are read from."""

    runner: Runner
    history: History
    outings: Sequence[Outing]
    races: frozenset[date]
    rules: CauseRules
    now: datetime
    errors: Mapping[str, float] = field(default_factory=dict)
    """Of self-tests, by id, in each one's own unit."""
    length: Callable[[float], str] = kilometres
    """How lengths are said, in the runner's own unit."""

    @cached_property
    def episode(self) -> Episode | None:
        """The latest sore days, if they are not over for long."""
        return episode_of(self.history.soreness, rules=self.rules, now=self.now)

    @cached_property
    def about(self) -> date:
        """The day that wants explaining: when the soreness began, else today."""
        return self.day_of(self.episode.first.at) if self.episode else self.now.date()

    @cached_property
    def held(self) -> list[Held]:
        """Every outing before the soreness, with what it is held against; what was run sore explains nothing."""
        return held_of([outing for outing in self.outings if self._is_before(outing)], races=self.races)

    def _is_before(self, outing: Outing) -> bool:
        return outing.day <= self.about and (self.episode is None or outing.start < self.episode.first.at)

    @cached_property
    def before(self) -> list[Held]:
        """Those that can bear on it: in the two weeks before."""
        since = self.about - timedelta(days=self.rules.fades_by_days)
        return [held for held in self.held if held.outing.day > since]

    def day_of(self, at: datetime) -> date:
        """On the runner's own calendar."""
        return at.astimezone(self.now.tzinfo).date()

    def timing(self, day: date) -> float:
        """How far something on that day can bear on it: fully for some days, then less and less. [1]"""
        return 1 - ramp((self.about - day).days, (self.rules.full_for_days, self.rules.fades_by_days))

    def points_for(self, text: str, day: date, strength: float, sources: tuple[str, ...]) -> Point:
        """A sign for a cause, with its day and what followed it; the nearer to the soreness, the stronger."""
        return self.point_of(text, day, strength * self.timing(day), sources)

    def point_of(self, text: str, day: date, strength: float, sources: tuple[str, ...]) -> Point:
        """The same, as strong as it is said to be."""
        return Point(Side.FOR, f"{said(day)}: {text}{self._then(day)}", sources, day, strength)

    def _then(self, day: date) -> str:
        """What was written about the calves after that day."""
        if self.episode is None:
            return ""
        days = (self.about - day).days
        after = {0: "the same day", 1: "the next day"}.get(days, f"{days} days later")
        return f"; {after} you wrote {felt(self.episode.first)}"

    def quiet_after(self, day: date) -> int | None:
        """How sore the days after that day were at most, where somebody said so and none was an episode's. [NRS]"""
        after = [
            _worst(note)
            for note in self.history.soreness
            if 0 < (self.day_of(note.at) - day).days <= self.rules.full_for_days
        ]
        return max(after) if after and max(after) < self.rules.sore_from_nrs else None

    def test(self, test: str) -> SelfTested | None:
        """The last time somebody did that test, if it still speaks."""
        since = self.now - timedelta(days=self.rules.test_lasts_days)
        done = [each for each in self.history.self_tests if each.test == test and since <= each.at <= self.now]
        return done[-1] if done else None


def episode_of(soreness: Sequence[SorenessNote], *, rules: CauseRules, now: datetime) -> Episode | None:
    """The latest sore days that belong together; `None` where they are over for four weeks, or there were none."""
    sore = [note for note in soreness if note.at <= now and _worst(note) >= rules.sore_from_nrs]
    if not sore or sore[-1].at < now - timedelta(days=rules.lately_days):
        return None
    gap = timedelta(days=rules.episode_gap_days)
    first = len(sore) - 1
    while first > 0 and sore[first].at - sore[first - 1].at <= gap:
        first -= 1
    days = sore[first:]
    return Episode(days[0], max(days, key=lambda note: (_worst(note), note.at)), days[-1])


def _worst(note: SorenessNote) -> int:
    return note.soreness.worst_nrs or 0


def felt(note: SorenessNote) -> str:
    """How the calves felt, as it was written: "left 5, right 2"."""
    legs = (("left", note.soreness.left), ("right", note.soreness.right))
    return ", ".join(f"{leg} {nrs}" for leg, nrs in legs if nrs is not None)


def ramp(value: float, ends: tuple[float, float]) -> float:
    """0 below the first end, 1 above the second, evenly between. [1]

    >>> ramp(1.0, (1.05, 1.4)), ramp(2.0, (1.05, 1.4)), round(ramp(1.225, (1.05, 1.4)), 3)
    (0.0, 1.0, 0.5)
    """
    low, high = ends
    return min(1.0, max(0.0, (value - low) / (high - low)))
