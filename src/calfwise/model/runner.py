"""Who runs, and in which shoes: the few facts that change an answer."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Annotated, Literal

from msgspec import Meta, Struct

Surface = Literal["road", "trail", "track", "treadmill", "grass", "sand", "stairs"]
Metres = Annotated[float, Meta(ge=0, le=0.2)]
Year = Annotated[int, Meta(ge=1900, le=2100)]


class Runner(Struct, frozen=True, forbid_unknown_fields=True):
    """Facts about the runner; every one may stay unknown."""

    birth_year: Year | None = None
    running_since: date | None = None
    easy_speed_mps: Annotated[float, Meta(gt=0, lt=8)] | None = None
    """The runner's own word; otherwise the recordings tell. [m/s]"""
    stance_source: str | None = None
    """Whose ground contact to trust where a run carries several: "watch", or a developer source's name."""
    mass_kg: Annotated[float, Meta(ge=20, le=300)] | None = None
    """Only told, as is the height: forces are in body weights. [kg]"""
    height_m: Annotated[float, Meta(ge=0.5, le=2.5)] | None = None


class Shoe(Struct, frozen=True, forbid_unknown_fields=True):
    """A pair of shoes, or none: `barefoot` runs have a shoe of that kind."""

    id: str
    name: str
    since: date
    until: date | None = None
    """The first day on which it was no longer the shoe; open while in use."""
    heel_drop_m: Metres | None = None
    stack_m: Metres | None = None
    """Under the heel. [m]"""
    minimal: bool = False
    barefoot: bool = False
    flexibility: Literal["stiff", "medium", "flexible"] | None = None
    """How easily its sole bends."""
    default: bool = False
    """Worn whenever nothing else is said."""
    surface: Surface | None = None
    """What it is mostly run on, for runs that nothing else tells it of."""

    def is_worn_on(self, day: date) -> bool:
        """Whether it was in use that day."""
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def is_for_one_day(self) -> bool:
        """Whether it was noted for a single day, as a run on bare feet is."""
        return self.until == self.since + timedelta(days=1)


def shoe_on(*, start: datetime, shoes: tuple[Shoe, ...], home: tzinfo) -> Shoe | None:
    """The shoe in use on a run's local day, as `shoe_of_day` picks it.

    >>> from datetime import UTC
    >>> racer = Shoe(id="racer", name="Racer", since=date(2026, 3, 1))
    >>> shoe_on(start=datetime(2026, 3, 2, tzinfo=UTC), shoes=(racer,), home=UTC).name
    'Racer'
    >>> shoe_on(start=datetime(2026, 2, 2, tzinfo=UTC), shoes=(racer,), home=UTC) is None
    True
    """
    return shoe_of_day(start.astimezone(home).date(), shoes=shoes)


def shoe_of_day(day: date, *, shoes: tuple[Shoe, ...]) -> Shoe | None:
    """The shoe of a day on the runner's own calendar, where no run says its own.

    Of the shoes in their time, one noted for that day alone comes first, then a default, then the one begun last; so a
    pair for races in the cupboard changes nothing, and a barefoot day is barefoot.

    >>> daily = Shoe(id="daily", name="Daily", since=date(2026, 1, 1), default=True)
    >>> racer = Shoe(id="racer", name="Racer", since=date(2026, 3, 1))
    >>> shoe_of_day(date(2026, 3, 2), shoes=(daily, racer)).name
    'Daily'
    """
    worn = [shoe for shoe in shoes if shoe.is_worn_on(day)]
    return max(worn, key=lambda shoe: (shoe.is_for_one_day, shoe.default, shoe.since, shoe.id), default=None)
