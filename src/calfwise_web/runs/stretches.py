"""Where a run was fast, steep or walked: stretches to lay under its figures, and how long they are together."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import radians, tan

from calfwise.model import constants as c
from calfwise.model.load.series import RunSeries

HALF = 0.5
"""A bin is running, or walking, where most of it is. [1]"""
JOINED_S = 15
"""Stretches of one kind so close together are drawn as one. [s]"""
SHORTEST_S = 15
"""Shorter ones are drawn nowhere: a watch's speed jitters. [s]"""
PAUSE_S = 30
"""Shorter pauses are seen as gaps well enough. [s]"""
STEEPEST = tan(radians(c.STEEPEST_DEG))


class Kind(StrEnum):
    """What a stretch is."""

    FAST = "Fast"
    STEEP = "Steep"
    WALKING = "Walking"
    PAUSE = "Pause"


@dataclass(frozen=True, slots=True)
class Stretch:
    """`[from_s, to_s)` of a run. [s since its start]"""

    kind: Kind
    from_s: int
    to_s: int

    @property
    def lasts_s(self) -> int:
        return self.to_s - self.from_s


@dataclass(frozen=True, slots=True)
class Together:
    """How long a run was each of these, short moments included; steep and fast may be the same seconds. [s]"""

    fast_s: int | None
    """`None`: the easy pace was not known."""
    steep_s: int
    walking_s: int


def stretches_of(series: RunSeries, *, easy_speed_mps: float | None) -> tuple[Stretch, ...]:
    """In order of time, one kind at a time: what is steep is told as steep, fast or not."""
    bins = _Bins(series, easy_speed_mps)
    kinds = [
        Kind.WALKING if walks else Kind.STEEP if steep else Kind.FAST if fast else None
        for walks, steep, fast in zip(bins.walking, bins.steep, bins.fast, strict=True)
    ]
    return tuple(stretch for stretch in _joined(_runs(series, kinds)) if stretch.lasts_s >= SHORTEST_S)


def pauses_of(series: RunSeries) -> tuple[Stretch, ...]:
    """Where nothing at all was recorded, for half a minute or longer."""
    columns = [series.values(name) for name in series.columns]
    kinds = [None if any(value is not None for value in bin_) else Kind.PAUSE for bin_ in zip(*columns, strict=True)]
    return tuple(stretch for stretch in _runs(series, kinds) if stretch.lasts_s >= PAUSE_S)


def together(series: RunSeries, *, easy_speed_mps: float | None) -> Together:
    """All that was fast, steep or walked."""
    bins = _Bins(series, easy_speed_mps)
    fast_s = None if easy_speed_mps is None else sum(bins.fast) * series.bin_s
    return Together(fast_s, sum(bins.steep) * series.bin_s, sum(bins.walking) * series.bin_s)


class _Bins:
    """What every bin of a series is."""

    def __init__(self, series: RunSeries, easy_speed_mps: float | None) -> None:
        speeds, slopes = series.values("speed_mps"), series.values("grade")
        shares = series.values("running_share")
        runs = [share is not None and share >= HALF for share in shares]
        fast_from = None if easy_speed_mps is None else easy_speed_mps + c.FAST_ABOVE_EASY_MPS
        self.walking = [
            share is not None and share < HALF and speed is not None and speed >= c.MOVING_FROM_MPS
            for share, speed in zip(shares, speeds, strict=True)
        ]
        self.steep = [
            run and slope is not None and abs(slope) > STEEPEST for run, slope in zip(runs, slopes, strict=True)
        ]
        self.fast = [
            run and fast_from is not None and speed is not None and speed >= fast_from
            for run, speed in zip(runs, speeds, strict=True)
        ]


def _runs(series: RunSeries, kinds: list[Kind | None]) -> Iterator[Stretch]:
    """Neighbouring bins of one kind."""
    starts = [*series.starts_s(), series.begins_s + series.bins * series.bin_s]
    place = 0
    for kind, group in groupby(kinds):
        count = len(list(group))
        if kind is not None:
            yield Stretch(kind, starts[place], starts[place + count])
        place += count


def _joined(found: Iterator[Stretch]) -> list[Stretch]:
    """Those of one kind that hardly a moment parts, as one."""
    joined: list[Stretch] = []
    for stretch in found:
        last = joined[-1] if joined else None
        if last is not None and last.kind is stretch.kind and stretch.from_s - last.to_s <= JOINED_S:
            joined[-1] = Stretch(last.kind, last.from_s, stretch.to_s)
        else:
            joined.append(stretch)
    return joined
