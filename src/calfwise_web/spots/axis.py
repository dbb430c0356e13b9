"""Sessions and soreness on the load axis: the same days, weeks or months as the Load page has."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from calfwise_web.load.scope import Scope, spans_of
from calfwise_web.load.snapshot import Shown
from calfwise_web.load.spans import Span, month_of
from calfwise_web.spots.snapshot import Spots


@dataclass(slots=True)
class Stretch:
    """A day, week or month: what the calves took, how they felt, what was done about it."""

    span: Span
    left_nrs: int | None = None
    """The sorest word of it; `None`: nobody said anything."""
    right_nrs: int | None = None
    told: set[date] = field(default_factory=set)
    """Days with a word about either calf."""
    sessions: int = 0
    practised: int = 0
    """Times of exercises."""
    race: bool = False

    @property
    def first(self) -> date:
        return self.span.first

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of it at all."""
        return not (self.span.runs or self.told or self.sessions or self.practised or self.race)


def stretches_of(spots: Spots, load: Shown | None, scope: Scope) -> list[Stretch]:
    """In order of time."""
    return told_on(spots, _spans(spots, load, scope))


def told_on(spots: Spots, spans: Sequence[Span], *, end: date = date.max) -> list[Stretch]:
    """The same for any stretches, in order of time, the last of which ends before `end`."""
    found = [Stretch(span) for span in spans]
    begins = [stretch.first for stretch in found]

    nowhere = Stretch(Span(date.min))

    def of(day: date) -> Stretch:
        if not begins or day < begins[0] or day >= end:
            return nowhere
        return found[bisect_right(begins, day) - 1]

    for word in spots.words:
        stretch = of(word.day)
        stretch.told.add(word.day)
        stretch.left_nrs = _sorer(stretch.left_nrs, word.left)
        stretch.right_nrs = _sorer(stretch.right_nrs, word.right)
    for past in spots.sessions:
        of(past.at.date()).sessions += 1
    for practised in spots.practised:
        of(practised.at.date()).practised += 1
    last = max((word.day for word in spots.words), default=spots.now.date())
    for race in spots.races:
        if race <= max(last, spots.now.date()):
            of(race).race = True
    return found


def _spans(spots: Spots, load: Shown | None, scope: Scope) -> Sequence[Span]:
    """The Load page's; months begin with the first word, where that was before the first run."""
    spans = spans_of(load, scope)
    if scope is not Scope.ALL or not spans:
        return spans
    days = [word.day for word in spots.words[:1]]
    days += [past.at.date() for past in spots.sessions[:1]]
    days += [practised.at.date() for practised in spots.practised[:1]]
    first = month_of(min([*days, spans[0].first]))
    return [*(Span(month) for month in _months(first, spans[0].first)), *spans]


def _months(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first = month_of(first + timedelta(days=31))


def _sorer(one: int | None, other: int | None) -> int | None:
    return max((nrs for nrs in (one, other) if nrs is not None), default=None)
