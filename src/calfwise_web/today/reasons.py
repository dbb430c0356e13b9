"""Why, as a runner reads it: sentences from the model's half sentences, and the sources behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from calfwise import library
from calfwise.library.shelf import RULES
from calfwise.model.care.outcomes import Reason

DAYS_BY_NAME = 7
"""A day is called by its name for so long."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a sentence."""

    key: str
    took: str
    rule: str
    """"coach's rule" or "our rule", where nobody measured it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, more of why, and the sources."""

    text: str
    more: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


def line_of(reason: Reason) -> Line:
    """A reason of the model, its leg named."""
    leg = f"{reason.side} leg: " if reason.side else ""
    first, *more = sentences(f"{leg}{reason.text}")
    return Line(first, (*more, reason.advice) if reason.advice else tuple(more), sources_of(reason.sources))


def sentences(text: str) -> tuple[str, ...]:
    """What the model joins by semicolons, as sentences.

    >>> sentences("it has waited since Sunday; it suits the inner upper calf")
    ('It has waited since Sunday.', 'It suits the inner upper calf.')
    >>> sentences("Nothing is tight today. Go for a walk.")
    ('Nothing is tight today. Go for a walk.',)
    """
    parts = (part.strip() for part in text.split("; "))
    return tuple(f"{part[:1].upper()}{part[1:]}{'' if part.endswith(('.', '?', '!')) else '.'}" for part in parts)


def sources_of(keys: Iterable[str]) -> tuple[Source, ...]:
    """What was taken from each."""
    shelf = library.sources()
    return tuple(Source(key, shelf[key].took, RULES.get(key, "")) for key in keys)


def day_said(at: datetime, *, now: datetime, home: tzinfo) -> str:
    """A day as people say it: "today", "yesterday", "Tuesday", "3 May".

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 5, 3, 12, tzinfo=UTC)
    >>> [day_said(datetime(2026, *day, tzinfo=UTC), now=now, home=UTC) for day in ((5, 3), (5, 2), (4, 28), (4, 2))]
    ['today', 'yesterday', 'Tuesday', '2 April']
    """
    day, today = at.astimezone(home).date(), now.astimezone(home).date()
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return f"{day:%A}" if today - day < timedelta(days=DAYS_BY_NAME) else f"{day.day} {day:%B}"
