"""What the weeks ahead show, as values: the whole plan, and of it the next days alone for Today."""

from datetime import date, datetime

import msgspec
from msgspec import Struct

from calfwise.model.journal import Prefers
from calfwise.model.weeks import Estimate, LaidDay, WeeksWish

PAGE = "weeks"
NEAR_PAGE = "near"
"""The next days alone."""


class DidRun(Struct, frozen=True):
    """A run that was done, as its load tells it."""

    at: datetime
    distance_m: float
    running_s: float
    asks: Estimate


class DidPractice(Struct, frozen=True):
    """Exercises, or a guided run, that were done."""

    at: datetime
    routine: str
    level: int
    stopped_early: bool
    felt_nrs: int | None


class Said(Struct, frozen=True):
    """A sentence with where it comes from."""

    text: str
    sources: tuple[str, ...] = ()
    id: str = ""
    """The model's own name for it."""


class ShownDay(Struct, frozen=True):
    """One day: as it was laid, and what was done."""

    day: LaidDay
    runs: tuple[DidRun, ...] = ()
    practices: tuple[DidPractice, ...] = ()
    massaged: bool = False
    """Whether a session or a check-in was done."""

    @property
    def on(self) -> date:
        return self.day.on


class ShownWeek(Struct, frozen=True):
    """A week with its one budget."""

    number: int
    """From 1."""
    days: tuple[ShownDay, ...]
    planned: Estimate
    """As laid, whatever was done."""
    done: Estimate
    ahead: Estimate
    """Of it, still to come."""
    budget: Estimate
    lighter: bool = False
    """By plan."""
    lines: tuple[Said, ...] = ()
    """Its arithmetic, line by line."""


class Misfit(Struct, frozen=True):
    """What was wished and does not fit."""

    text: str
    would_fit: str
    """What would make it fit; empty: nothing in these weeks."""
    sources: tuple[str, ...] = ()


class Shown(Struct, frozen=True):
    """All that the page shows."""

    now: datetime
    prefers: Prefers
    usual_days: tuple[int, ...]
    """Weekdays on which the runner runs by habit; Monday is 0."""
    wish: WeeksWish | None
    weeks: tuple[ShownWeek, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    told: tuple[Said, ...] = ()
    """What holds for all of them: soreness, locks, races, age."""


class Near(Struct, frozen=True):
    """The next days alone, for Today."""

    prefers: Prefers
    ends: date | None
    """The last day of the weeks; `None`: nobody wished for any."""
    days: tuple[ShownDay, ...] = ()
    told: tuple[Said, ...] = ()
    not_on: tuple[date, ...] = ()
    """Days that do not suit after all."""


_shown = msgspec.json.Decoder(Shown)
_near = msgspec.json.Decoder(Near)


def shown_of(body: bytes | memoryview) -> Shown:
    return _shown.decode(body)


def near_of(body: bytes | memoryview) -> Near:
    return _near.decode(body)
