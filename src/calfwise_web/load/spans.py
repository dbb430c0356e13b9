"""Days, weeks and months of running: sums over runs on the runner's own calendar."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from calfwise.model.load.alignment import StanceStory
from calfwise.model.load.calf import Band
from calfwise.model.load.days import Day
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import FROM_SPEED, MEASURED, basis_of
from calfwise.model.load.gait import Grade
from calfwise.model.load.outings import Outing
from calfwise.model.load.used_to import known_sum

WEEK_DAYS = 7
BAREFOOT = ":barefoot"
"""All runs on bare feet, each of which has a shoe of its own; no shoe's id."""
LONGEST_STRETCH_DAYS = 31
SIDES = ("low", "value", "high")


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
    worn: dict[str, float] = {}
    """Seconds of running by the shoe's id, those on bare feet as one. [s]"""
    achilles_force_bw: Band | None = None
    """Mean over the strikes whose force is told, and compared with others in this history. [BW]"""
    force_strikes: int = 0
    """How many those are, both legs. [1]"""

    @property
    def is_about(self) -> bool:
        """Whether pace and not cadence told strikes, in its poorest run."""
        return self.grade in (Grade.C, Grade.D)

    @property
    def shoes(self) -> tuple[str, ...]:
        """By id, the most worn first."""
        return tuple(sorted(self.worn, key=lambda shoe: -self.worn[shoe]))

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


def days_with(days: Iterable[Day], outings: Iterable[Outing], *, home: tzinfo, basis: str) -> list[Span]:
    """The model's days, with what each run's numbers rest on, the shoes worn, and forces that rest on `basis`."""
    by_day: dict[date, list[RunLoad]] = {}
    for outing in outings:
        for load in outing.loads:
            by_day.setdefault(load.local_day(home), []).append(load)
    return [_span(day, by_day[day.day], basis) for day in days]


def basis_for(story: StanceStory) -> str:
    """What forces over time rest on: one source of ground contact, or speed alone where there is none."""
    return FROM_SPEED if story.source is None else MEASURED


def _span(day: Day, loads: Sequence[RunLoad], basis: str) -> Span:
    compared = [load for load in loads if basis_of(load) == basis]
    told = [(load.achilles_force_bw, load.strikes) for load in compared if load.achilles_force_bw and load.strikes]
    return Span(
        first=day.day,
        runs=day.runs,
        distance_m=day.distance_m,
        running_s=day.running_s,
        strikes=day.strikes,
        fast_strikes=day.fast_strikes,
        impulse_bw_s=day.impulse_bw_s,
        graded=dict(sorted(Counter(load.grade for load in loads).items())),
        worn=_worn(loads),
        achilles_force_bw=_mean(told),
        force_strikes=sum(strikes for _, strikes in told),
    )


def _worn(loads: Sequence[RunLoad]) -> dict[str, float]:
    worn: dict[str, float] = {}
    for load in loads:
        if load.shoe:
            shoe = BAREFOOT if load.shoe.barefoot else load.shoe.id
            worn[shoe] = worn.get(shoe, 0.0) + load.running_s
    return worn


def _mean(weighed: Sequence[tuple[Band, int]]) -> Band | None:
    """Weighted by strikes; low and high are means too, because a runner's error is the same in every run."""
    if len(weighed) == 1:
        return weighed[0][0]
    total = sum(strikes for _, strikes in weighed)
    if not total:
        return None
    return Band(*(sum(getattr(band, side) * strikes for band, strikes in weighed) / total for side in SIDES))


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
    while (ahead := following(begins, found[-1])) <= last:
        found.append(ahead)
    return found


def following(begins: Begins, begin: date) -> date:
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
        strikes=known_sum(span.strikes for span in spans if span.runs),
        fast_strikes=known_sum(span.fast_strikes for span in spans if span.runs),
        impulse_bw_s=_band_sum([span.impulse_bw_s for span in spans if span.impulse_bw_s]),
        graded=dict(sorted(graded.items())),
        worn=_worn_sum(span.worn for span in spans),
        achilles_force_bw=_mean(
            [(span.achilles_force_bw, span.force_strikes) for span in spans if span.achilles_force_bw]
        ),
        force_strikes=sum(span.force_strikes for span in spans),
    )


def _worn_sum(each: Iterable[dict[str, float]]) -> dict[str, float]:
    worn: dict[str, float] = {}
    for seconds_of in each:
        for shoe, seconds in seconds_of.items():
            worn[shoe] = worn.get(shoe, 0.0) + seconds
    return worn


def _band_sum(bands: Sequence[Band]) -> Band | None:
    """Low and high add up too: a runner's error is the same in every run."""
    if not bands:
        return None
    return Band(
        low=sum(band.low for band in bands),
        value=sum(band.value for band in bands),
        high=sum(band.high for band in bands),
    )
