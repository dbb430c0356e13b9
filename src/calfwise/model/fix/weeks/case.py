"""A runner's case for the weeks ahead: all that they are laid from, and the few facts that many rules ask for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from calfwise.model.care.protocol import PlayerContent
from calfwise.model.care.refer import StillLocked
from calfwise.model.care.screening import closed_before, locked_before
from calfwise.model.fix.practice import quiet_since
from calfwise.model.fix.weeks.rules import WeeksRules
from calfwise.model.journal import History
from calfwise.model.load.easy import Easy
from calfwise.model.load.outings import Outing
from calfwise.model.runner import Runner
from calfwise.model.weeks import ElementKind, WeeksWish


@dataclass(frozen=True)
class Case:
    """All that the weeks are laid from."""

    wish: WeeksWish
    outings: Sequence[Outing]
    """In order of time, up to now."""
    easy: Easy | None
    own_speed_mps: float | None
    """The own easy pace; `None`: neither said nor recorded yet."""
    own_spm: float | None
    """The own steps a minute in easy running, where they were counted."""
    races: frozenset[date]
    runner: Runner
    history: History
    content: PlayerContent
    rules: WeeksRules
    now: datetime
    length: Callable[[float], str]
    """How lengths are said."""

    @cached_property
    def today(self) -> date:
        return self.now.date()

    def quiet_since(self, week: date) -> date | None:
        """The first day of the quiet that lasts until that week began, or until now; `None`: nobody said so."""
        began = min(self.now, datetime.combine(week, time(), tzinfo=self.now.tzinfo))
        if began not in self._quiet:
            calm_nrs = self.content.practice.calm_nrs
            self._quiet[began] = quiet_since(self.history, None, calm_nrs=calm_nrs, now=began)
        return self._quiet[began]

    @cached_property
    def _quiet(self) -> dict[datetime, date | None]:
        """Worked out once: ten years of mornings are many."""
        return {}

    @cached_property
    def locked(self) -> tuple[StillLocked, ...]:
        """Referrals that nothing has lifted."""
        return locked_before(gate=self.content.care.gate, history=self.history, now=self.now)

    @cached_property
    def massage_is_closed(self) -> bool:
        """Whether a lock or a standing condition stands in its way."""
        return bool(closed_before(gate=self.content.care.gate, history=self.history, now=self.now))

    @cached_property
    def years(self) -> int | None:
        """About how old."""
        born = self.runner.birth_year
        return None if born is None else self.today.year - born

    @cached_property
    def is_older(self) -> bool:
        return self.years is not None and self.years >= self.rules.older.from_years

    @property
    def growth(self) -> float:
        return self.rules.older.growth if self.is_older else self.rules.budget.growth

    @property
    def lighter_every(self) -> int:
        return self.rules.older.lighter_every if self.is_older else self.rules.budget.lighter_every

    @property
    def as_planned_nrs(self) -> int:
        return self.content.care.gate.rules.run_as_planned_nrs

    @property
    def shorter_nrs(self) -> int:
        return self.content.care.gate.rules.run_shorter_nrs

    @property
    def is_return(self) -> bool:
        return self.wish.goal == "return"

    @property
    def return_is_agreed(self) -> bool:
        return self.wish.agreed_on is not None and self.wish.agreed_on <= self.today

    def suits(self, day: date) -> bool:
        """Whether a run can be laid on it: no race is, and the runner can."""
        return day not in self.races and day not in self.wish.not_on

    def wants(self, kind: ElementKind) -> bool:
        return kind not in self.wish.leave_out

    def day_of(self, at: datetime) -> date:
        """On the runner's own calendar."""
        return at.astimezone(self.now.tzinfo).date()
