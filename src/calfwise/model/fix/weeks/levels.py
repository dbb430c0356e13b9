"""At which step of its routine each practice stands, and where it will stand when the weeks between go well."""

from datetime import date

from calfwise.model.care.protocol import Routine
from calfwise.model.fix.practice import level_of
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.ledger import WEEK
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
WARM_UP_FAST = "warm-up-fast"


class Levels:
    """Steps of routines as the weeks are laid."""

    def __init__(self, case: Case) -> None:
        self._case = case
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
        if rises and weeks >= routine.levels[level - 1].weeks:
            level += 1
        return min(level, len(routine.levels))

    def took(self, kind: ElementKind, level: int, week: date) -> None:
        """That step was laid in that week."""
        before, weeks = self._laid.get(kind) or self._done_so_far(kind, week)
        self._laid[kind] = (level, weeks + 1 if level == before else 1)

    def _done_so_far(self, kind: ElementKind, week: date) -> tuple[int, int]:
        """The level that comes next by what was done up to now, and how many weeks it has been so; 0: never done."""
        case = self._case
        id_ = ROUTINE_OF[kind]
        if not any(each.routine == id_ and each.at <= case.now for each in case.history.practices):
            return 0, 0
        return level_of(id_, case.history, content=case.content, now=case.now)[0], 0
