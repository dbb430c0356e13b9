"""Which stretches of days one looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from calfwise_web.load.snapshot import DAYS_OF_WEEKS, Shown
from calfwise_web.load.spans import Span


class Scope(StrEnum):
    """As it stands in the address."""

    DAYS = "days"
    WEEKS = "weeks"
    YEAR = "year"
    ALL = "all"


LABELS = {Scope.DAYS: "Days", Scope.WEEKS: "Weeks", Scope.YEAR: "Year", Scope.ALL: "All"}
COLUMN = {Scope.DAYS: "Day", Scope.WEEKS: "Week from", Scope.YEAR: "Week from", Scope.ALL: "Month"}
STRETCH = {Scope.DAYS: "day", Scope.WEEKS: "week", Scope.YEAR: "week", Scope.ALL: "month"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One stretch of time to look at."""

    by: str
    label: str
    chosen: bool


def choices_of(chosen: Scope) -> tuple[Choice, ...]:
    """All of them."""
    return tuple(Choice(scope, label, scope is chosen) for scope, label in LABELS.items())


def spans_of(shown: Shown | None, scope: Scope) -> Sequence[Span]:
    """In order of time."""
    if shown is None:
        return ()
    match scope:
        case Scope.DAYS:
            return shown.days
        case Scope.WEEKS:
            return shown.weeks[-DAYS_OF_WEEKS:]
        case Scope.YEAR:
            return shown.weeks
        case Scope.ALL:
            return shown.months


def scope_of(said: str | None) -> Scope:
    """The one asked for; 12 weeks where nobody or nonsense asked.

    >>> scope_of("year"), scope_of("decade")
    (<Scope.YEAR: 'year'>, <Scope.WEEKS: 'weeks'>)
    """
    return next((scope for scope in Scope if scope == said), Scope.WEEKS)
