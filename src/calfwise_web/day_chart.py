"""What the address of a chart over days answers; docs/web.md names the script that draws it."""

from calendar import timegm
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

Values = Sequence[float | None]


class X(Struct, frozen=True):
    """Days, as seconds of their midnight in UTC."""

    values: list[int]
    kind: Literal["day"] = "day"


class Series(Struct, frozen=True):
    """One row of values; nothing where nobody said or measured anything."""

    label: str
    unit: str
    values: Values
    kind: Literal["line", "bars", "points"] = "line"
    tone: Literal["accent", "gastroc-line"] = "accent"
    digits: int = 0
    low: Values | UnsetType = UNSET
    high: Values | UnsetType = UNSET


class Mark(Struct, frozen=True):
    """Something that happened, in words."""

    x: int
    text: str
    kind: Literal["note", "wait"] = "note"


class Chart(Struct, frozen=True):
    """All of it."""

    x: X
    series: list[Series]
    events: list[Mark] = []
    empty: str = ""
    """What stands there where there is nothing to draw."""


def days_of(days: Sequence[date]) -> X:
    """The axis of these days."""
    return X([midnight_s(day) for day in days])


def midnight_s(day: date) -> int:
    """Of a day of the calendar, in UTC whatever the runner's zone. [s]"""
    return timegm(day.timetuple())
