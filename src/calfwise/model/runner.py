"""Who runs, and in which shoes: the few facts that change an answer."""

from datetime import date, datetime, tzinfo
from typing import Annotated

from msgspec import Meta, Struct

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


def shoe_on(*, start: datetime, shoes: tuple[Shoe, ...], home: tzinfo) -> Shoe | None:
    """The shoe in use on a run's local day: of those in their time, the one begun last.

    >>> from datetime import UTC
    >>> racer = Shoe(id="racer", name="Racer", since=date(2026, 3, 1))
    >>> shoe_on(start=datetime(2026, 3, 2, tzinfo=UTC), shoes=(racer,), home=UTC).name
    'Racer'
    >>> shoe_on(start=datetime(2026, 2, 2, tzinfo=UTC), shoes=(racer,), home=UTC) is None
    True
    """
    day = start.astimezone(home).date()
    worn = [shoe for shoe in shoes if shoe.since <= day and (shoe.until is None or day < shoe.until)]
    return max(worn, key=lambda shoe: (shoe.since, shoe.id), default=None)
