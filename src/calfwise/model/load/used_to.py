"""What the calves are used to: the most of it in 30 and in 90 days, in which shoes and on what ground."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import Outing


class Most(Struct, frozen=True):
    """The most in one outing, and when."""

    amount: float
    day: date


class Exposure(Struct, frozen=True):
    """How much was run in one pair, or on one ground."""

    id: str | None
    """The shoe's id or the ground's name; `None`: nobody said."""
    runs: int
    strikes: int | None
    """Both legs; `None` where no run tells. [1]"""
    running_s: float


class UsedTo(Struct, frozen=True):
    """What some days up to today held."""

    days: int
    outings: int
    distance_m: float
    running_s: float
    longest: Most | None
    """[m]"""
    strikes: Most | None
    """Both legs. [1]"""
    fast_strikes: Most | None
    """Both legs; `None` where the easy pace is unknown. [1]"""
    climb: Most | None
    """[m]"""
    shoes: tuple[Exposure, ...]
    """The most worn first."""
    barefoot: Exposure
    minimal: Exposure
    grounds: tuple[Exposure, ...]
    """The most run on first."""
    walking_s: float
    walking_steps: int | None
    """Both legs; `None` where no cadence tells."""


def used_to(outings: Sequence[Outing], *, now: datetime, days: int) -> UsedTo:
    """What the last `days` days held.

    Parameters
    ----------
    outings
        In order of time, up to now.
    now
        Aware.
    days
        How far back. [d]

    Returns
    -------
    UsedTo
        A count of what was, not of what calves can take: nobody can read that from a watch.
    """
    since = now - timedelta(days=days)
    recent = [outing for outing in outings if outing.start >= since]
    loads = [load for outing in recent for load in outing.loads]
    return UsedTo(
        days=days,
        outings=len(recent),
        distance_m=sum(load.distance_m or 0.0 for load in loads),
        running_s=sum(load.running_s for load in loads),
        longest=_most(recent, lambda outing: outing.distance_m or None),
        strikes=_most(recent, lambda outing: known_sum(load.strikes for load in outing.loads)),
        fast_strikes=_most(recent, lambda outing: outing.fast_strikes),
        climb=_most(recent, lambda outing: outing.climb_m),
        shoes=_exposures(loads, lambda load: load.shoe.id if load.shoe else None),
        barefoot=_exposure("barefoot", [load for load in loads if load.shoe and load.shoe.barefoot]),
        minimal=_exposure("minimal", [load for load in loads if load.shoe and load.shoe.minimal]),
        grounds=_exposures(loads, lambda load: load.surface),
        walking_s=sum(load.walking_s for load in loads),
        walking_steps=known_sum(load.walking_steps for load in loads),
    )


def used_to_lately(outings: Sequence[Outing], *, now: datetime) -> tuple[UsedTo, UsedTo]:
    """The days that a run is held against, and those that the easy pace comes from: 30 and 90."""
    return (
        used_to(outings, now=now, days=c.LONGEST_WINDOW_DAYS),
        used_to(outings, now=now, days=c.EASY_WINDOW_DAYS),
    )


def _most(outings: Sequence[Outing], amount_of: Callable[[Outing], float | None]) -> Most | None:
    known = [Most(amount, outing.day) for outing in outings if (amount := amount_of(outing)) is not None]
    return max(known, key=lambda most: (most.amount, most.day), default=None)


def _exposures(loads: Sequence[RunLoad], of: Callable[[RunLoad], str | None]) -> tuple[Exposure, ...]:
    by_id: dict[str | None, list[RunLoad]] = {}
    for load in loads:
        if load.running_s:
            by_id.setdefault(of(load), []).append(load)
    found = [_exposure(id_, worn) for id_, worn in by_id.items()]
    return tuple(sorted(found, key=lambda each: (-each.running_s, each.id or "")))


def _exposure(id_: str | None, loads: Sequence[RunLoad]) -> Exposure:
    strikes = known_sum(load.strikes for load in loads)
    return Exposure(id_, len(loads), strikes, sum(load.running_s for load in loads))


def known_sum(counts: Iterable[int | None]) -> int | None:
    """The sum of those that are known; `None` where none is."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
