"""Places, days and trends as a runner says them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from calfwise import library
from calfwise.model.session import Spot
from calfwise_web.player.words import WITH, place_said
from calfwise_web.templatetags.words import counted, said

WEEK = timedelta(days=7)
SHOWN, CHANGED_BY = 3, 2
"""A trend is told from so many sessions, and only where it is at least so many of ten: one point is nothing."""


def spot_said(spot: Spot) -> str:
    """A place, with its leg.

    >>> from calfwise.model.run import Side
    >>> spot_said(Spot(Side.LEFT, "medial-upper"))
    'Left, inner upper calf'
    """
    return f"{spot.side.capitalize()}, {place_said(spot.zone, library.content())}"


def on(day: date, today: date) -> str:
    """When something was, inside a sentence; the year only where it is another one.

    >>> sunday = date(2026, 5, 3)
    >>> on(sunday, sunday), on(sunday, date(2026, 5, 4)), on(sunday, date(2026, 5, 6))
    ('today', 'yesterday', 'on Sunday')
    >>> on(sunday, date(2026, 6, 1)), on(sunday, date(2027, 6, 1))
    ('on 3 May', 'on 3 May 2026')
    """
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    if today - WEEK < day < today:
        return f"on {day:%A}"
    return f"on {dated(day, today)}"


def dated(day: date, today: date) -> str:
    """A day by its number.

    >>> dated(date(2026, 5, 3), date(2026, 6, 1)), dated(date(2025, 5, 3), date(2026, 6, 1))
    ('3 May', '3 May 2025')
    """
    return f"{day.day} {day:%B}" if day.year == today.year else said(day)


def since(day: date, today: date) -> str:
    """
    >>> since(date(2026, 5, 3), date(2026, 5, 3)), since(date(2026, 5, 3), date(2026, 6, 1))
    ('since today', 'since 3 May')
    """
    return f"since {on(day, today).removeprefix('on ')}"


def until(at: datetime, today: date) -> str:
    """
    >>> until(datetime(2026, 5, 5, 20, 5), date(2026, 5, 4))
    'until tomorrow, 20:05'
    >>> until(datetime(2026, 5, 5, 20, 5), date(2026, 5, 3)), until(datetime(2026, 5, 5, 20, 5), date(2026, 5, 5))
    ('until Tuesday, 20:05', 'until today, 20:05')
    """
    day = at.date()
    named = "today" if day == today else "tomorrow" if day == today + timedelta(days=1) else f"{day:%A}"
    return f"until {named}, {at:%H:%M}"


def way_said(technique: str, tool: str) -> str:
    """What was done, and with what.

    >>> way_said("press-and-hold", "ball"), way_said("no-longer-known", "a-spoon")
    ('Press and hold with a ball', 'no-longer-known')
    """
    known = library.content().techniques.get(technique)
    return (known.title if known else technique) + (f" with {WITH[tool]}" if tool in WITH else "")


def trend_said(before: Sequence[int | None], after: Sequence[int | None]) -> str:
    """How tenderness went from session to session: as it began each time, or where that was not noted, as it ended.

    >>> trend_said([6, 5, 3], [4, 4, 2])
    'quieter: 6, 5, 3'
    >>> trend_said([None, None, None], [3, 3, 2])
    'about the same: 3, 3, 2 after each session'
    >>> trend_said([2, 3, 3, 5], [])
    'more tender: 3, 3, 5'
    >>> trend_said([6], [4])
    'too early to say: 1 session so far'
    >>> trend_said([None, 5, 5], [None, None, 4])
    'too early to say: tenderness noted in 2 of 3 sessions'
    """
    if not before:
        return "not looked after yet"
    if len(before) < SHOWN:
        return f"too early to say: {counted(len(before), 'session,sessions')} so far"
    begun, ended = ([nrs for nrs in row if nrs is not None] for row in (before, after))
    told, when = (begun, "") if len(begun) >= SHOWN else (ended, " after each session")
    if len(told) < SHOWN:
        noted = max(len(begun), len(ended))
        return f"too early to say: tenderness noted in {noted} of {len(before)} sessions"
    last = told[-SHOWN:]
    less = last[0] - last[-1]
    word = "quieter" if less >= CHANGED_BY else "more tender" if less <= -CHANGED_BY else "about the same"
    return f"{word}: {', '.join(map(str, last))}{when}"
