"""Which weekday holds what: by the runner's days alone, so that the same weekday keeps its part from week to week."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
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
    place = {day: len(preferred) - at for at, day in enumerate(dict.fromkeys(preferred))}
    return sum(place.get(day, 0) for day in days)


@dataclass(frozen=True, slots=True)
class Slots:
    """Which weekday holds what, once everything is open; what is not open yet leaves its day to an easy run."""

    runs: tuple[int, ...]
    long: int | None
    tempo: int | None
    drills: tuple[int, ...]
    grass: tuple[int, ...]
    cadence: tuple[int, ...]
    calf: tuple[int, ...]
    glute: tuple[int, ...]

    @property
    def easy(self) -> tuple[int, ...]:
        """Neither the long run's day nor the tempo run's."""
        return tuple(day for day in self.runs if day not in (self.long, self.tempo))


@dataclass(frozen=True, slots=True)
class Wants:
    """How often each is wanted in a week; nought where it is left out."""

    long: bool
    tempo: bool
    drills: int
    grass: int
    cadence: int
    calf: int
    glute: int


def slots_of(
    runs: tuple[int, ...], wants: Wants, *, strength_days: Collection[int] | None, rest_before_runs: bool = False
) -> Slots:
    """The week's days.

    Parameters
    ----------
    runs
        Weekdays with a run.
    wants
        What is wanted, and how often.
    strength_days
        Weekdays for strength; `None`: any.
    rest_before_runs
        Whether calf strength keeps off the day before any run, as after a strain.

    Returns
    -------
    Slots
        The tempo run at least two days from the long one. Bare feet and drills on easy days that are not the day before
        either, bare feet three days apart, drills else with the tempo run. Calf strength after easy runs, then on days
        off, then after hard ones, never two days running nor the day before a long, fast or barefoot run.

    Examples
    --------
    >>> week = slots_of((1, 3, 6), Wants(True, True, 1, 1, 1, 2, 2), strength_days=None)
    >>> week.long, week.tempo, week.drills, week.grass, week.cadence, week.calf, week.glute
    (6, 3, (3,), (1,), (1,), (1, 4), (0, 2))
    """
    long = long_day(runs) if wants.long and len(runs) > 1 else None
    others = [] if long is None else [long]
    able = [day for day in runs if day != long]
    tempo = furthest(able, others, least=2) if wants.tempo and len(runs) > 1 else None
    easy = [day for day in able if day != tempo] or able or list(runs)
    calm = _not_before(easy, {long, tempo}) or easy
    grass = spread(calm, wants.grass, least_apart=3)
    with_tempo = [tempo] if tempo is not None else []
    drills = spread([day for day in calm if day not in grass] or with_tempo or easy, wants.drills, least_apart=2)
    free = [day for day in easy if day not in drills and day not in grass]
    cadence = spread(free or easy, wants.cadence, least_apart=2)
    days = list(range(DAYS_A_WEEK)) if strength_days is None else sorted(set(strength_days))
    calf_able = _not_before(days, {*runs, long, tempo, *grass} if rest_before_runs else {long, tempo, *grass})
    kinds = (set(easy) & set(runs), set(days) - set(runs), set(runs))
    calf = spread(
        calf_able, wants.calf, least_apart=2, preferred=[day for kind in kinds for day in calf_able if day in kind]
    )
    rest = [day for day in days if day not in runs and day not in calf]
    glute = spread(days, wants.glute, least_apart=2, preferred=rest)
    return Slots(runs, long, tempo, drills, grass, cadence, calf, glute)


def _not_before(days: Iterable[int], hard: Collection[int | None]) -> list[int]:
    """Those that are not the day before one of the hard ones."""
    return [day for day in days if (day + 1) % DAYS_A_WEEK not in hard]
