"""What the address of a chart over days answers; docs/web.md names the script that draws it."""

from calendar import timegm
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import UNSET, Struct, UnsetType, field

Values = Sequence[float | None]
Tone = Literal["accent", "ink", "ink-soft", "good", "wait", "stop", "gastroc-line"]


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
    tone: Tone = "accent"
    digits: int = 0
    low: Values | UnsetType = UNSET
    high: Values | UnsetType = UNSET
    about: list[bool] | UnsetType = UNSET
    """Where a value is only about right."""
    leg: Literal["left", "right"] | UnsetType = UNSET
    inner: bool | UnsetType = UNSET
    """Bars that stand inside those before them."""


class Mark(Struct, frozen=True):
    """Something that happened, in words."""

    x: int
    text: str
    kind: Literal["note", "wait", "told"] = "note"
    """"told": in words only, where too many would be a fence."""


class Floor(Struct, frozen=True):
    """What lies under a stretch of days, up to but not with `to`."""

    begin: int = field(name="from")
    to: int
    text: str
    tone: Tone


class Pause(Struct, frozen=True):
    """A stretch without anything, up to but not with `to`."""

    begin: int = field(name="from")
    to: int
    text: str
    short: str


class Tally(Struct, frozen=True):
    """How often something was done, point by point."""

    label: str
    one: str
    many: str
    values: list[int]


class Chosen(Struct, frozen=True):
    """The stretch one came from, up to but not with `to`."""

    begin: int = field(name="from")
    to: int


class Chart(Struct, frozen=True):
    """All of it."""

    x: X
    series: list[Series]
    events: list[Mark] = []
    empty: str = ""
    """What stands there where there is nothing to draw."""
    floor: list[Floor] | UnsetType = UNSET
    floor_name: str | UnsetType = field(name="floorName", default=UNSET)
    pauses: list[Pause] | UnsetType = UNSET
    tallies: list[Tally] | UnsetType = UNSET
    chosen: Chosen | UnsetType = UNSET
    links: list[str | None] | UnsetType = UNSET
    """Where each point leads."""
    names: list[str] | UnsetType = UNSET
    """What each point is called, where its first day does not say it."""
    keyed: bool | UnsetType = UNSET
    """The page says what is what, so nothing is named beside its line."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value is not None for series in self.series for value in series.values)


def days_of(days: Sequence[date]) -> X:
    """The axis of these days."""
    return X([midnight_s(day) for day in days])


def midnight_s(day: date) -> int:
    """Of a day of the calendar, in UTC whatever the runner's zone. [s]"""
    return timegm(day.timetuple())
