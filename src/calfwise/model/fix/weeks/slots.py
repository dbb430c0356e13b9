"""Which weekday holds what: by the runner's days alone, so that the same weekday keeps its part from week to week."""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

DAYS_A_WEEK = 7
SATURDAY, SUNDAY = 5, 6


def apart(one: int, other: int) -> int:
    """Days between two weekdays, the shorter way round. [d]

    >>> apart(0, 6), apart(1, 4)
    (1, 3)
    """
    days = abs(one - other) % DAYS_A_WEEK
    return min(days, DAYS_A_WEEK - days)


def gaps(days: Sequence[int]) -> list[int]:
    """Days from each to the next, round the week; one day alone has a whole week.

    >>> gaps([0, 2, 5])
    [2, 3, 2]
    """
    ordered = sorted(days)
    following = [*ordered[1:], *[ordered[0] + DAYS_A_WEEK]] if ordered else []
    return [after - before for before, after in zip(ordered, following, strict=True)]


def chosen(run_days: Collection[int], count: int, *, least_apart: int = 1) -> tuple[int, ...]:
    """So many of the runner's days, as far apart as they can be; at the weekend where that is all the same.

    With `least_apart` fewer are chosen until no two are nearer than that.

    >>> chosen((0, 1, 2, 3, 4, 5, 6), 3), chosen((5, 6), 2, least_apart=2)
    ((1, 3, 6), (6,))
    """
    days = sorted(set(run_days))
    for many in range(min(count, len(days)), 0, -1):
        found = [days_ for days_ in combinations(days, many) if min(gaps(days_)) >= least_apart]
        if found:
            return max(found, key=_preferred)
    return ()


def _preferred(days: tuple[int, ...]) -> tuple[object, ...]:
    sizes = sorted(gaps(days))
    return sizes, SUNDAY in days, SATURDAY in days, tuple(-day for day in days)


def long_day(days: Sequence[int]) -> int | None:
    """Sunday, else Saturday, else the day with the longest rest behind it."""
    if not days:
        return None
    for weekend in (SUNDAY, SATURDAY):
        if weekend in days:
            return weekend
    rests = dict(zip(sorted(days), gaps(days), strict=True))
    return max(rests, key=lambda day: (rests[day], day))


def furthest(days: Iterable[int], others: Collection[int], *, least: int = 1) -> int | None:
    """The day that is furthest from all the others, and at least so far; `None`: there is none."""
    found = [(min((apart(day, other) for other in others), default=DAYS_A_WEEK), -day) for day in days]
    far = max(found, default=(0, 0))
    return -far[1] if far[0] >= least else None


def spread(days: Sequence[int], count: int, *, least_apart: int, preferred: Sequence[int] = ()) -> tuple[int, ...]:
    """So many of these days with at least so much between them: as many preferred ones as can be, then the earliest.

    >>> spread((0, 1, 3, 4), 2, least_apart=2, preferred=(1, 4))
    (1, 4)
    """
    for many in range(min(count, len(days)), 0, -1):
        found = [days_ for days_ in combinations(sorted(days), many) if many == 1 or min(gaps(days_)) >= least_apart]
        if found:
            return max(found, key=lambda days_: (_rank(days_, preferred), min(gaps(days_)), tuple(-d for d in days_)))
    return ()


def _rank(days: Sequence[int], preferred: Sequence[int]) -> int:
    """The earlier a day stands among the preferred ones, the more it counts."""
    place = {day: len(preferred) - at for at, day in enumerate(preferred)}
    return sum(place.get(day, 0) for day in days)
