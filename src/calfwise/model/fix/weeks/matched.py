"""Done against planned: runs, practices and sessions find what they were laid for by themselves, each at most once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, log

from calfwise.model import constants as c
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs
from calfwise.model.fix.weeks.done import Done
from calfwise.model.fix.weeks.laid import Matched
from calfwise.model.journal import PracticeDone
from calfwise.model.load.outings import Outing
from calfwise.model.session import HEEL_RAISES
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay

K = ElementKind
SAME_WORK = {HEEL_RAISES: "calf-strength"}
"""A routine that does for another one."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """One element on its day."""

    on: date
    place: int
    element: Element


class _Matching:
    def __init__(self, case: Case, costs: Costs, done: Done, days: Sequence[LaidDay]) -> None:
        self._case, self._costs, self._done = case, costs, done
        begins, today = case.wish.begins, case.today
        near = timedelta(days=case.rules.match.days)
        self._laid = [
            _Laid(day.on, place, element)
            for day in days
            if day.on <= today + near
            for place, element in enumerate(day.elements)
        ]
        self._outings = [outing for outing in done.outings if begins <= outing.day <= today]
        self._practices = [
            each for each in case.history.practices if each.at <= case.now and begins <= self._day(each) <= today
        ]
        self._runs: dict[_Laid, Outing] = {}
        self._practised: dict[_Laid, PracticeDone] = {}

    def matched(self) -> tuple[Matched, ...]:
        self._match_runs()
        self._match_practices()
        found = [*self._of_laid(), *self._besides()]
        return tuple(sorted(found, key=lambda each: (each.on, each.element is None)))

    # --- runs --------------------------------------------------------------------------------------------------------

    def _match_runs(self) -> None:
        """The nearest day first, then the kind, then the length."""
        runs = [laid for laid in self._laid if laid.element.kind.is_run]
        pairs = sorted(
            (far, number, n)
            for n, outing in enumerate(self._outings)
            for number, laid in enumerate(runs)
            if (far := self._far(outing, laid)) is not None
        )
        taken: set[int] = set()
        for _, number, n in pairs:
            if runs[number] in self._runs or n in taken:
                continue
            self._runs[runs[number]] = self._outings[n]
            taken.add(n)
        self._run_besides = [outing for n, outing in enumerate(self._outings) if n not in taken]

    def _far(self, outing: Outing, laid: _Laid) -> tuple[int, bool, float] | None:
        """How far a run is from what was laid; `None`: it was another run."""
        rules, days = self._case.rules.match, abs((outing.day - laid.on).days)
        if days > rules.days:
            return None
        asked_m, was_m = laid.element.distance_m, outing.distance_m
        share = was_m / asked_m if asked_m and was_m else None
        if days and share is not None and not rules.shortest_share <= share <= rules.longest_share:
            return None
        fast, all_ = outing.fast_strikes or 0, sum(load.strikes or 0 for load in outing.loads)
        was_fast = fast > c.EASY_RUN_FAST_SHARE * all_ if all_ else False
        return days, was_fast != (laid.element.kind is K.TEMPO), abs(log(share)) if share else inf

    # --- practices ---------------------------------------------------------------------------------------------------

    def _match_practices(self) -> None:
        """By routine: the day they were begun for, else the nearest."""
        left: list[PracticeDone] = []
        for practice in self._practices:
            routine = SAME_WORK.get(practice.routine, practice.routine)
            open_ = [
                laid
                for laid in self._laid
                if routine == laid.element.routine
                and laid not in self._practised
                and abs((self._day(practice) - laid.on).days) <= self._case.rules.match.days
            ]
            if not open_:
                left.append(practice)
                continue
            nearest = min(open_, key=lambda laid: (abs((self._day(practice) - laid.on).days), laid.on))
            self._practised[nearest] = practice
        self._practice_besides = left

    def _day(self, practice: PracticeDone) -> date:
        return practice.on or self._case.day_of(practice.at)

    # --- what came of it ---------------------------------------------------------------------------------------------

    def _of_laid(self) -> Iterator[Matched]:
        looked_after = self._looked_after()
        for laid in self._laid:
            run, practice = self._runs.get(laid), self._practised.get(laid)
            massaged = laid.element.kind is K.MASSAGE and laid.on in looked_after
            if run is None and practice is None and laid.on > self._case.today:
                continue
            done_on = laid.on if massaged else None
            if practice is not None:
                done_on = self._case.day_of(practice.at)
            if run is not None:
                done_on = run.day
            yield Matched(laid.on, laid.element, done_on, _ids(run), practice, self._asked(run, practice))

    def _looked_after(self) -> set[date]:
        """Days with a session, or with a word about the calves beside the morning's."""
        day_of = self._case.day_of
        said = {day_of(note.at) for note in self._case.history.soreness if not note.morning}
        return said | {day_of(past.at) for past in self._case.history.sessions}

    def _besides(self) -> Iterator[Matched]:
        for outing in self._run_besides:
            yield Matched(outing.day, None, outing.day, _ids(outing), None, self._asked(outing, None))
        for practice in self._practice_besides:
            on = self._case.day_of(practice.at)
            yield Matched(on, None, on, (), practice, self._asked(None, practice))

    def _asked(self, run: Outing | None, practice: PracticeDone | None) -> Estimate:
        """Of a run that was recorded and guided as well, what was recorded."""
        if run is not None:
            return self._done.of_outing(run)
        return Estimate() if practice is None else self._costs.of_practice(practice)


def _ids(outing: Outing | None) -> tuple[str, ...]:
    return () if outing is None else tuple(load.id for load in outing.loads)


def matched(case: Case, costs: Costs, done: Done, days: Sequence[LaidDay]) -> tuple[Matched, ...]:
    """What was laid up to today, with what was done of it.

    Parameters
    ----------
    case, costs, done
        Of one runner.
    days
        As they are laid; days that are over as they were told.

    Returns
    -------
    tuple of Matched
        A run belongs to what was laid on its own day, else on a neighbouring one where it was between half and twice
        as long; a fast one to a tempo run first. Exercises belong to their routine's day. Each is taken once, and what
        is left was done besides.
    """
    return _Matching(case, costs, done, days).matched()
