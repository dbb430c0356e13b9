"""What the weeks ahead show, as values: the whole plan, and of it the next days alone for Today."""

from datetime import date, datetime

import msgspec
from msgspec import Struct

from calfwise.model.journal import Prefers
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay, WeeksWish

PAGE = "weeks"
NEAR_PAGE = "near"
"""The next days alone."""


class Ran(Struct, frozen=True):
    """A run, as it was recorded."""

    distance_m: float
    running_s: float


class Practised(Struct, frozen=True):
    """Exercises, or a guided run."""

    routine: str
    stopped_early: bool
    felt_nrs: int | None


class Did(Struct, frozen=True):
    """What was done: a run, exercises, both of one guided run, or calves looked after."""

    on: date
    """The day it was done."""
    at: datetime | None = None
    """When the run began, or the exercises were done; `None`: calves looked after."""
    run: Ran | None = None
    practice: Practised | None = None
    asked: Estimate = Estimate()


class ShownElement(Struct, frozen=True):
    """One thing that was planned, with what was done of it."""

    element: Element
    did: Did | None = None


class Said(Struct, frozen=True):
    """A sentence with where it comes from."""

    text: str
    sources: tuple[str, ...] = ()
    id: str = ""
    """The model's own name for it."""


class ShownDay(Struct, frozen=True):
    """One day."""

    on: date
    elements: tuple[ShownElement, ...] = ()
    besides: tuple[Did, ...] = ()
    """What was done on it that nobody had planned."""
    changed: str | None = None
    """What was taken out or moved, and why."""

    @property
    def day(self) -> LaidDay:
        """As it was planned."""
        return LaidDay(self.on, tuple(each.element for each in self.elements), self.changed)

    @property
    def done(self) -> tuple[Did, ...]:
        """All that was done of its elements, and besides."""
        return (*(each.did for each in self.elements if each.did), *self.besides)

    @property
    def is_done(self) -> bool:
        """Whether all of it is; looking after calves that nothing ails is asked of nobody beside other things."""
        asked = [each for each in self.elements if each.element.kind is not ElementKind.MASSAGE] or self.elements
        return bool(asked) and all(each.did for each in asked)


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
