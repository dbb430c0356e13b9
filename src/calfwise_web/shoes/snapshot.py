"""The names that archives give shoes, gathered when something changed: runs' loads are not read to show a page."""

from collections.abc import Iterable
from datetime import date, tzinfo

import msgspec
from msgspec import Struct

from calfwise.model.load.dose import RunLoad
from calfwise_web.whole import Whole

MOST_NAMES = 50


class Gear(Struct, frozen=True):
    """A name that archives give a pair."""

    name: str
    runs: int
    first: date
    last: date
    distance_m: float


_gear = msgspec.msgpack.Decoder(tuple[Gear, ...])


def gear_body(whole: Whole) -> bytes:
    """The snapshot."""
    home = whole.now.tzinfo
    assert home is not None
    return msgspec.msgpack.encode(gear_of(whole.loads, home=home))


def gear_from(body: bytes | memoryview) -> tuple[Gear, ...]:
    return _gear.decode(body)


def gear_of(loads: Iterable[RunLoad], *, home: tzinfo) -> tuple[Gear, ...]:
    """Every name once, however it is spaced and cased; the ones of most runs first."""
    by_name: dict[str, list[RunLoad]] = {}
    called: dict[str, str] = {}
    for load in loads:
        name = load.told.gear if load.told else None
        if name and (folded := folded_name(name)):
            by_name.setdefault(folded, []).append(load)
            called.setdefault(folded, " ".join(name.split()))
    gear = [_gear_named(called[folded], worn, home) for folded, worn in by_name.items()]
    return tuple(sorted(gear, key=lambda each: (-each.runs, each.name))[:MOST_NAMES])


def folded_name(name: str) -> str:
    """A name as names are compared.

    >>> folded_name("  Daily  Trainer ")
    'daily trainer'
    """
    return " ".join(name.casefold().split())


def _gear_named(name: str, worn: list[RunLoad], home: tzinfo) -> Gear:
    days = [load.local_day(home) for load in worn]
    return Gear(name, len(worn), min(days), max(days), sum(load.distance_m or 0.0 for load in worn))
