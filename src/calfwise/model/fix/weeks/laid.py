"""The weeks ahead as they are laid: days, what they ask, what was done, and every rule that decided, in words."""

from datetime import date

from msgspec import Struct

from calfwise.model.care.outcomes import Reason
from calfwise.model.journal import PracticeDone
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay, WeeksWish


class LaidWeek(Struct, frozen=True):
    """Seven days, and the arithmetic behind them."""

    begins: date
    days: tuple[LaidDay, ...]
    """Seven of them; days that are over as they were told."""
    budget: Estimate
    """What this week may ask at the most."""
    asks: Estimate
    """What its days ask, as they are laid."""
    done: Estimate
    """What the calves took in it so far: runs and practices."""
    lighter: bool
    """Whether it is a lighter one by plan."""
    told: tuple[Reason, ...]
    """Line by line, with the runner's own numbers."""

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.days[-1].on


class Unfit(Struct, frozen=True):
    """Something that was not left out and does not fit yet."""

    kind: ElementKind | None
    """`None`: something that is no element of a day, as thinner shoes."""
    why: str
    would_need: str
    """What would make it fit."""
    sources: tuple[str, ...]


class Matched(Struct, frozen=True):
    """One thing that was laid, and what was done of it; or something done that nobody had laid."""

    on: date
    """The day it was laid on; of what nobody laid, the day it was done."""
    element: Element | None
    """`None`: done besides."""
    done_on: date | None
    """`None`: not done."""
    runs: tuple[str, ...]
    """Ids of the recordings."""
    practice: PracticeDone | None
    done: Estimate
    """What was done of it asked; of calves looked after, nothing."""


class Weeks(Struct, frozen=True):
    """All of it."""

    wish: WeeksWish
    weeks: tuple[LaidWeek, ...]
    """From the first, those that are over included."""
    told: tuple[Reason, ...]
    """What holds for all of them: soreness, locks, races, age."""
    unfit: tuple[Unfit, ...]
    today: LaidDay
    """Without elements where today lies outside the weeks."""
    matched: tuple[Matched, ...] = ()
    """Of the days up to today, in order of days: planned and done, each with what it asked."""

    def day(self, on: date) -> LaidDay | None:
        """One day; `None` outside the weeks."""
        return next((day for week in self.weeks for day in week.days if day.on == on), None)
