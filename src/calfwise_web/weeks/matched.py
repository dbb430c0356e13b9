"""Done against planned: runs and practices find their day by themselves, without a tap.

A run belongs to the run of its own day. One on a day without a run stands in for the nearest run of the same week that
nobody ran and whose day is over. Exercises belong to the day they were begun for, else to the day they were done on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from calfwise.model.weeks import Element, ElementKind
from calfwise_web.weeks.shown import DidPractice, DidRun, ShownDay


@dataclass(frozen=True, slots=True)
class Matched:
    """One element, and what was done of it."""

    element: Element
    run: DidRun | None = None
    practice: DidPractice | None = None
    massaged: bool = False
    run_on: date | None = None
    """The other day on which it was run; `None`: on its own."""

    @property
    def is_done(self) -> bool:
        return self.run is not None or self.practice is not None or self.massaged


@dataclass(frozen=True, slots=True)
class MatchedDay:
    """One day, with what of it was done, and what was done besides."""

    shown: ShownDay
    elements: tuple[Matched, ...]
    besides: tuple[DidRun, ...] = ()
    """Runs that no element asked for."""
    in_place_of: dict[int, date] = field(default_factory=dict)
    """Of `besides`, by place: whose day's run it stands in for."""
    other_practices: tuple[DidPractice, ...] = ()

    @property
    def on(self) -> date:
        return self.shown.on

    @property
    def is_done(self) -> bool:
        return bool(self.elements) and all(each.is_done for each in self.elements)


def matched_week(days: Sequence[ShownDay], *, today: date) -> tuple[MatchedDay, ...]:
    """A week's days, each with what was done of it."""
    own = [_own(day) for day in days]
    return tuple(_moved(own, today=today))


def _own(day: ShownDay) -> MatchedDay:
    """What was done on the very day."""
    runs, practices = list(day.runs), list(day.practices)
    elements = [_match(element, runs, practices, massaged=day.massaged) for element in _by_length(day.day.elements)]
    place = {id(element): at for at, element in enumerate(day.day.elements)}
    elements.sort(key=lambda each: place[id(each.element)])
    return MatchedDay(day, tuple(elements), tuple(runs), {}, tuple(practices))


def _by_length(elements: Iterable[Element]) -> list[Element]:
    """The longest run first: the longest run done is its."""
    return sorted(elements, key=lambda element: -(element.distance_m or 0.0))


def _match(element: Element, runs: list[DidRun], practices: list[DidPractice], *, massaged: bool) -> Matched:
    """The element with what is its; that is taken from what is there."""
    practice = next((each for each in practices if element.routine and each.routine == element.routine), None)
    if practice is not None:
        practices.remove(practice)
    run = None
    if element.kind.is_run and runs:
        run = max(runs, key=lambda each: each.distance_m)
        runs.remove(run)
    return Matched(element, run, practice, massaged and element.kind is ElementKind.MASSAGE)


def _moved(days: list[MatchedDay], *, today: date) -> Iterable[MatchedDay]:
    """Runs of days without one stand in for those that nobody ran."""
    open_ = {
        (day.on, at)
        for day in days
        for at, each in enumerate(day.elements)
        if each.element.kind.is_run and not each.is_done and day.on < today
    }
    instead: dict[tuple[date, int], tuple[date, DidRun]] = {}
    stands: dict[date, dict[int, date]] = {}
    for day in days:
        for place, run in enumerate(day.besides):
            nearest = min(open_ - set(instead), key=lambda key: (abs(key[0] - day.on), key), default=None)
            if nearest is not None:
                instead[nearest] = day.on, run
                stands.setdefault(day.on, {})[place] = nearest[0]
    for day in days:
        elements = tuple(
            Matched(each.element, instead[day.on, at][1], run_on=instead[day.on, at][0])
            if (day.on, at) in instead
            else each
            for at, each in enumerate(day.elements)
        )
        yield MatchedDay(day.shown, elements, day.besides, stands.get(day.on, {}), day.other_practices)
