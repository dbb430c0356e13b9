"""At which step of its routine each practice stands, and where it will stand when the weeks between go well."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from itertools import takewhile

from calfwise.model.care.protocol import Routine
from calfwise.model.fix.practice import level_of
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.ledger import WEEK
from calfwise.model.journal import History, PracticeDone
from calfwise.model.weeks import ElementKind

ROUTINE_OF = {
    ElementKind.DRILLS: "drills",
    ElementKind.GRASS: "grass",
    ElementKind.TEMPO: "tempo",
    ElementKind.CADENCE: "cadence",
    ElementKind.CALF_STRENGTH: "calf-strength",
    ElementKind.GLUTE_STRENGTH: "glute-strength",
    ElementKind.WALK_RUN: "walk-run",
}
"""What the player guides, by what a day holds."""
NOON = time(12)


class Levels:
    """Steps of routines as the weeks are laid."""

    def __init__(self, case: Case, runs_on: Callable[[date], bool]) -> None:
        self._case = case
        self._history = _with_runs(case, runs_on)
        self._laid: dict[ElementKind, tuple[int, int]] = {}

    def routine(self, kind: ElementKind) -> Routine | None:
        return self._case.content.routines.get(ROUTINE_OF.get(kind, ""))

    def gate_weeks(self, kind: ElementKind) -> int:
        """After so many symptom-free weeks it may be: by the weeks' rules and by the routine's own, the longer."""
        rules, routine = self._case.rules, self.routine(kind)
        own = -(-routine.quiet_days // WEEK.days) if routine else 0
        older = rules.older.more_gate_weeks if self._case.is_older else 0
        weeks = max(rules.gates.weeks.get(kind, 0), own)
        return weeks + older if weeks else 0

    def next(self, kind: ElementKind, week: date, *, start: int, rises: bool) -> int:
        """The step for that week; 0 where it was never done, nothing may begin, and `start` says no step either."""
        routine = self.routine(kind)
        assert routine is not None
        level, weeks = self._laid.get(kind) or self._done_so_far(kind, week)
        if not level:
            return start or int(rises)
        if not rises and kind not in self._laid:
            level = min(level, self._last_done(kind, week) or 1)
        elif rises and weeks >= routine.levels[level - 1].weeks:
            level += 1
        return min(level, len(routine.levels))

    def took(self, kind: ElementKind, level: int, week: date) -> None:
        """That step was laid in that week; the weeks after it go on from there."""
        before, weeks = self._laid.get(kind) or self._done_so_far(kind, week)
        self._laid[kind] = (level, weeks + 1 if level == before else 1)

    def _done_so_far(self, kind: ElementKind, week: date) -> tuple[int, int]:
        """The level of that week by what was done before it, and for how many weeks it has been so; 0: never done.

        In the week that runs a level does not rise; it falls as soon as a time was too much.
        """
        case, id_, history = self._case, ROUTINE_OF[kind], self._history
        began = min(case.now, datetime.combine(week, time(), tzinfo=case.now.tzinfo))
        done = self._done(kind)
        if not done:
            return 0, 0
        before = [(day, level) for day, level in done if day < week]
        now = level_of(id_, history, content=case.content, now=case.now)[0]
        level = min(now, level_of(id_, history, content=case.content, now=began)[0])
        if not before or before[-1][1] != level:
            return level, 0
        same = list(takewhile(lambda one: one[1] == level, reversed(before)))
        return level, -(-(week - same[-1][0]).days // WEEK.days)

    def _last_done(self, kind: ElementKind, week: date) -> int:
        """The level done last before that week; 0: none."""
        return next((level for day, level in reversed(self._done(kind)) if day < week), 0)

    def _done(self, kind: ElementKind) -> list[tuple[date, int]]:
        case = self._case
        done = [each for each in self._history.practices if each.routine == ROUTINE_OF[kind] and each.at <= case.now]
        return [(case.day_of(each.at), each.level) for each in sorted(done, key=lambda each: each.at)]


def _with_runs(case: Case, runs_on: Callable[[date], bool]) -> History:
    """Runs with a part that were laid, told and run count as done, though no player guided them."""
    guided = {(case.day_of(each.at), each.routine) for each in case.history.practices}
    run = [
        PracticeDone(
            at=datetime.combine(on, NOON, tzinfo=case.now.tzinfo), level=element.level, routine=element.routine
        )
        for on, day in case.history.laid.items()
        for element in day.elements
        if element.kind in (ElementKind.CADENCE, ElementKind.TEMPO)
        and element.routine is not None
        and element.level is not None
        and on < case.today
        and runs_on(on)
        and (on, element.routine) not in guided
    ]
    return replace(case.history, practices=tuple(sorted((*case.history.practices, *run), key=lambda each: each.at)))
