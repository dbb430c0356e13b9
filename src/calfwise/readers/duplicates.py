"""The same run recorded twice: by two devices, or the same file under two names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Protocol, TypeVar

SAME_START = timedelta(seconds=60)
"""Two devices on one runner are started within this."""
SAME_DISTANCE_SHARE = 0.1
"""And agree on distance this well, where both know it."""


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


R = TypeVar("R", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Twin:
    """A recording that was left out, and for which one."""

    file: str
    why: str


def twins(recorded: Iterable[R], *, richness: Callable[[R], tuple[float, float]]) -> tuple[list[R], list[Twin]]:
    """Every run once, in order of time, and the recordings that were left out for a richer one.

    Two recordings are one run when their bytes are the same, or when they begin within a minute and agree on length.
    """
    kept: list[R] = []
    dropped: list[Twin] = []
    for candidate in sorted(recorded, key=lambda each: (each.start, each.file)):
        place = _place_of_twin(kept, candidate)
        if place is None:
            kept.append(candidate)
        elif kept[place].id == candidate.id:
            dropped.append(Twin(candidate.file, f"the same bytes as {_name(kept[place].file)}"))
        elif richness(candidate) > richness(kept[place]):
            dropped.append(Twin(kept[place].file, f"the same run as {_name(candidate.file)}, which tells more"))
            kept[place] = candidate
        else:
            dropped.append(Twin(candidate.file, f"the same run as {_name(kept[place].file)}, which tells no less"))
    return kept, dropped


def _place_of_twin(kept: Sequence[Recorded], candidate: Recorded) -> int | None:
    """Runs come in order of time, so only the last few can be the same."""
    for i in range(len(kept) - 1, -1, -1):
        if candidate.start - kept[i].start > SAME_START:
            return None
        if _same(kept[i], candidate):
            return i
    return None


def _same(one: Recorded, other: Recorded) -> bool:
    if one.id == other.id:
        return True
    if abs(one.start - other.start) > SAME_START:
        return False
    if one.distance_m and other.distance_m:
        return abs(one.distance_m - other.distance_m) <= SAME_DISTANCE_SHARE * max(one.distance_m, other.distance_m)
    longer, shorter = max(one.elapsed_s, other.elapsed_s), min(one.elapsed_s, other.elapsed_s)
    return longer - shorter <= SAME_START.total_seconds() + SAME_DISTANCE_SHARE * longer


def _name(file: str) -> str:
    return PurePath(file).name
