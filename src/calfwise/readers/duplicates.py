"""The same run recorded twice: by two devices, by a watch and the archive it went to, or one file under two names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Protocol, TypeVar

from calfwise.model.run import Device

SAME_START = timedelta(seconds=60)
"""Two devices on one runner are started within this."""
SAME_SECOND = timedelta(seconds=2)
"""One device starts one recording in a second; some sites cut its fraction."""
SAME_DISTANCE_SHARE = 0.1
"""And agree on distance this well, where both know it."""
OVERLAP_SHARE = 0.8
"""Of the time that either lasts, both ran: a watch that was started three minutes late."""
LONGEST = timedelta(hours=30)
"""Runs that began longer ago are not looked at again."""


class Recorded(Protocol):
    """What a run and its load have in common."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def start(self) -> datetime: ...
    @property
    def elapsed_s(self) -> float: ...
    @property
    def distance_m(self) -> float | None: ...
    @property
    def device(self) -> Device: ...


R = TypeVar("R", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Twin:
    """A recording that was left out, and for which one."""

    file: str
    why: str
    run: str
    """The run left out, by its id."""
    of: str
    """The one that stands for it."""


def twins(recorded: Iterable[R], *, richness: Callable[[R], tuple[float, float]]) -> tuple[list[R], list[Twin]]:
    """Every run once, in order of time, and the recordings that were left out for a richer one.

    Two recordings are one run when their bytes are the same, when one device began both in the same second, or when
    they begin within a minute or overlap for most of their time, and agree on distance.
    """
    kept: list[R] = []
    dropped: list[Twin] = []
    for candidate in sorted(recorded, key=lambda each: (each.start, each.file)):
        place = _place_of_twin(kept, candidate)
        if place is None:
            kept.append(candidate)
        elif kept[place].id == candidate.id:
            dropped.append(_twin(candidate, kept[place], "the same recording as {}"))
        elif richness(candidate) > richness(kept[place]):
            dropped.append(_twin(kept[place], candidate, "the same run as {}, which tells more"))
            kept[place] = candidate
        else:
            dropped.append(_twin(candidate, kept[place], "the same run as {}, which tells no less"))
    return kept, dropped


def _twin(out: Recorded, kept: Recorded, words: str) -> Twin:
    return Twin(out.file, words.format(_name(kept.file)), run=out.id, of=kept.id)


def _place_of_twin(kept: Sequence[Recorded], candidate: Recorded) -> int | None:
    """Runs come in order of time, so only the last few can be the same."""
    for i in range(len(kept) - 1, -1, -1):
        if candidate.start - kept[i].start > LONGEST:
            return None
        if _same(kept[i], candidate):
            return i
    return None


def _same(one: Recorded, other: Recorded) -> bool:
    if one.id == other.id:
        return True
    apart = abs(one.start - other.start)
    if one.device.serial is not None and one.device == other.device and apart <= SAME_SECOND:
        return True
    if apart > SAME_START and not _overlap(one, other):
        return False
    if one.distance_m and other.distance_m:
        return abs(one.distance_m - other.distance_m) <= SAME_DISTANCE_SHARE * max(one.distance_m, other.distance_m)
    longer, shorter = max(one.elapsed_s, other.elapsed_s), min(one.elapsed_s, other.elapsed_s)
    return longer - shorter <= SAME_START.total_seconds() + SAME_DISTANCE_SHARE * longer


def _overlap(one: Recorded, other: Recorded) -> bool:
    """Whether both ran for most of the time that either did."""
    ends = [each.start + timedelta(seconds=each.elapsed_s) for each in (one, other)]
    both = min(ends) - max(one.start, other.start)
    either = max(ends) - min(one.start, other.start)
    return both >= OVERLAP_SHARE * either and both > timedelta(0)


def _name(file: str) -> str:
    return PurePath(file).name
