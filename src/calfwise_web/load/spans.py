"""Days, weeks and months of running: sums over runs on the runner's own calendar."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from calfwise.model.load.calf import Band
from calfwise.model.load.days import Day
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.load.outings import Outing

WEEK_DAYS = 7
LONGEST_STRETCH_DAYS = 31


class Span(Struct, frozen=True, array_like=True):
    """What the calves took in a stretch of days; all noughts where nobody ran."""

    first: date
    runs: int = 0
    distance_m: float = 0.0
    running_s: float = 0.0
    strikes: int | None = 0
    """Both legs; `None` where no run tells. [1]"""
    fast_strikes: int | None = 0
    impulse_bw_s: Band | None = None
    """Both calves. [BW s]"""
    graded: dict[Grade, int] = {}
    """Runs by what their numbers rest on."""
    shoes: tuple[str, ...] = ()
    """By id."""

    @property
    def grade(self) -> Grade | None:
        """The poorest."""
        return max(self.graded, default=None)


Begins = Callable[[date], date]
"""The first day of the stretch that a day lies in."""


def week_of(first_weekday: int) -> Begins:
    """Weeks that begin on that day; Monday is 0.

    >>> week_of(0)(date(2026, 5, 3)), week_of(6)(date(2026, 5, 3))
    (datetime.date(2026, 4, 27), datetime.date(2026, 5, 3))
    """
    return lambda day: day - timedelta(days=(day.weekday() - first_weekday) % WEEK_DAYS)


def month_of(day: date) -> date:
    return day.replace(day=1)


def days_with(days: Iterable[Day], outings: Iterable[Outing], *, home: tzinfo) -> list[Span]:
    """The model's days, with what each run's numbers rest on and the shoes worn."""
    by_day: dict[date, list[RunLoad]] = {}
    for outing in outings:
        for load in outing.loads:
            by_day.setdefault(load.local_day(home), []).append(load)
    return [_span(day, by_day[day.day]) for day in days]


def _span(day: Day, loads: Sequence[RunLoad]) -> Span:
    return Span(
        first=day.day,
        runs=day.runs,
        distance_m=day.distance_m,
        running_s=day.running_s,
        strikes=day.strikes,
        fast_strikes=day.fast_strikes,
        impulse_bw_s=day.impulse_bw_s,
        graded=dict(sorted(Counter(load.grade for load in loads).items())),
        shoes=tuple(dict.fromkeys(load.shoe.id for load in loads if load.shoe)),
    )


def stretches(days: Sequence[Span], begins: Begins, *, first: date, last: date) -> tuple[Span, ...]:
    """Every stretch from the one of `first` to the one of `last`, those without a run too."""
    told: dict[date, list[Span]] = {begin: [] for begin in _begins(begins, first, last)}
    for day in days:
        begin = begins(day.first)
        if begin in told:
            told[begin].append(day)
    return tuple(summed(begin, spans) for begin, spans in told.items())


def _begins(begins: Begins, first: date, last: date) -> list[date]:
    found = [begins(first)]
    while (following := _following(begins, found[-1])) <= last:
        found.append(following)
    return found


def _following(begins: Begins, begin: date) -> date:
    """The first day of the next stretch: the first day after `begin` that is not in its stretch."""
    days = (begin + timedelta(days=ahead) for ahead in range(1, LONGEST_STRETCH_DAYS + 1))
    return next(day for day in days if begins(day) != begin)


def summed(first: date, spans: Sequence[Span]) -> Span:
    """Several stretches as one; what no run tells stays unknown."""
    if not spans:
        return Span(first)
    graded: Counter[Grade] = Counter()
    for span in spans:
        graded.update(span.graded)
    return Span(
        first=first,
        runs=sum(span.runs for span in spans),
        distance_m=sum(span.distance_m for span in spans),
        running_s=sum(span.running_s for span in spans),
        strikes=_known_sum(span.strikes for span in spans if span.runs),
        fast_strikes=_known_sum(span.fast_strikes for span in spans if span.runs),
        impulse_bw_s=_band_sum([span.impulse_bw_s for span in spans if span.impulse_bw_s]),
        graded=dict(sorted(graded.items())),
        shoes=tuple(dict.fromkeys(shoe for span in spans for shoe in span.shoes)),
    )


def _known_sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _band_sum(bands: Sequence[Band]) -> Band | None:
    """Low and high add up too: a runner's error is the same in every run."""
    if not bands:
        return None
    return Band(
        low=sum(band.low for band in bands),
        value=sum(band.value for band in bands),
        high=sum(band.high for band in bands),
    )
