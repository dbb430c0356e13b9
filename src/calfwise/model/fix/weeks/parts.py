"""What a week holds beside plain running, and on which of its days: what is open, what fits, and what would make it."""

from dataclasses import dataclass, field
from datetime import date

from calfwise.model.fix.weeks.budget import WeekBudget, strikes
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs, times
from calfwise.model.fix.weeks.laid import Unfit
from calfwise.model.fix.weeks.ledger import Ledger
from calfwise.model.fix.weeks.levels import ROUTINE_OF, Levels
from calfwise.model.fix.weeks.slots import Slots, Wants
from calfwise.model.load.change import said
from calfwise.model.load.gait import SECONDS_PER_MINUTE
from calfwise.model.weeks import ElementKind, Estimate

K = ElementKind
RULE = ("CoachRule",)
FAST = (K.DRILLS, K.GRASS, K.TEMPO)
"""What takes fast strikes, in the order in which it begins."""
FASTER_FIRST = (K.TEMPO, K.DRILLS, K.GRASS)
NAMES = {
    K.DRILLS: "Drills",
    K.GRASS: "Barefoot minutes on grass",
    K.TEMPO: "A tempo run",
    K.CADENCE: "Minutes to a metronome",
    K.CALF_STRENGTH: "Calf strength",
    K.GLUTE_STRENGTH: "Glute strength",
    K.LONG: "A long run",
    K.EASY: "Easy runs",
    K.WALK_RUN: "Walk and run",
    K.MASSAGE: "Check-in days",
}
OF_PART = {K.TEMPO: "tempo-run", K.CADENCE: "cadence-run", K.GRASS: "grass-barefoot", K.WALK_RUN: "run-between-walks"}
"""The exercise whose seconds are the part of an element."""


@dataclass(frozen=True, slots=True)
class Part:
    """One practice of a week: its step, what one time asks, and its days."""

    kind: ElementKind
    level: int
    asks: Estimate
    """One time of it, its warm-up included."""
    minutes: float
    part_minutes: float
    days: tuple[int, ...]
    """Weekdays."""


@dataclass
class Parts:
    """All of them for one week."""

    long: int | None = None
    parts: dict[ElementKind, Part] = field(default_factory=dict)
    unfit: list[Unfit] = field(default_factory=list)

    def days(self, kind: ElementKind) -> tuple[int, ...]:
        part = self.parts.get(kind)
        return part.days if part else ()

    @property
    def asks(self) -> Estimate:
        return sum((times(part.asks, len(part.days)) for part in self.parts.values()), Estimate())

    def drop(self, kind: ElementKind, why: str) -> None:
        """Take it out again, and say why."""
        del self.parts[kind]
        self.misfit(kind, why, "A few more kilometres a week first")

    def misfit(self, kind: ElementKind, why: str, need: str) -> None:
        self.unfit.append(Unfit(kind, f"{NAMES[kind]} {_verb(kind, why)}.", f"{need}.", RULE))

    @property
    def fast(self) -> float:
        return self.asks.fast_strikes


def wants_of(case: Case, levels: Levels) -> Wants:
    """How often each is wanted in a week: by the wish, the rules, and each routine's own limit."""

    def often(kind: ElementKind) -> int:
        routine = levels.routine(kind)
        if routine is None or not case.wants(kind) or (case.is_return and kind in (*FAST, K.CADENCE)):
            return 0
        return min(case.rules.extras.a_week.get(kind, 1), routine.a_week)

    return Wants(
        long=case.wants(K.LONG) and not case.is_return,
        tempo=bool(often(K.TEMPO)),
        drills=often(K.DRILLS),
        grass=often(K.GRASS),
        cadence=often(K.CADENCE),
        calf=often(K.CALF_STRENGTH),
        glute=often(K.GLUTE_STRENGTH),
    )


def gate_opens(case: Case, levels: Levels, kind: ElementKind, quiet_weeks: int) -> bool:
    """Whether enough symptom-free weeks came before; never on a return."""
    return not case.is_return and quiet_weeks >= levels.gate_weeks(kind)


def fast_is_open(case: Case, levels: Levels, quiet_weeks: int) -> bool:
    """Whether anything fast or on bare feet may be laid, by wish and gate."""
    return any(
        case.wants(kind) and levels.routine(kind) is not None and gate_opens(case, levels, kind, quiet_weeks)
        for kind in FAST
    )


class PartsOfWeek:
    """Chooses a week's practices: the gate first, then a day, then the budget."""

    def __init__(
        self,
        case: Case,
        costs: Costs,
        levels: Levels,
        ledger: Ledger,
        budget: WeekBudget,
        begins: date,
        slots: Slots,
        *,
        race_week: bool,
        holds_m: float = 0.0,
    ) -> None:
        self._case, self._costs, self._levels = case, costs, levels
        self._budget, self._begins, self._slots = budget, begins, slots
        self._quiet_weeks = ledger.symptom_free_weeks(begins)
        self._race_week = race_week
        self._holds_m = holds_m
        """As much as one run of this week can hold. [m]"""
        self.chosen = Parts()

    def choose(self) -> Parts:
        case, slots = self._case, self._slots
        if not self._race_week:
            self.chosen.long = slots.long
        for kind in FASTER_FIRST if case.wish.goal == "faster" else FAST:
            if case.wants(kind) and self._levels.routine(kind) is not None:
                self._fast(kind)
        for kind in (K.CADENCE, K.CALF_STRENGTH, K.GLUTE_STRENGTH):
            if case.wants(kind) and self._levels.routine(kind) is not None:
                self._calm(kind)
        return self.chosen

    def choose_strength(self, *, calf: bool) -> Parts:
        """Strength alone, beside walk and run."""
        for kind in (K.CALF_STRENGTH, K.GLUTE_STRENGTH) if calf else (K.GLUTE_STRENGTH,):
            if self._case.wants(kind) and self._levels.routine(kind) is not None:
                self._calm(kind)
        return self.chosen

    # --- days --------------------------------------------------------------------------------------------------------

    def _days(self, kind: ElementKind) -> tuple[int, ...]:
        slots = self._slots
        match kind:
            case K.TEMPO:
                return () if slots.tempo is None else (slots.tempo,)
            case K.DRILLS:
                return slots.drills
            case K.GRASS:
                return tuple(day for day in slots.grass if day not in self.chosen.days(K.TEMPO))
            case K.CADENCE:
                return tuple(day for day in slots.cadence if day not in self.chosen.days(K.TEMPO))
            case K.CALF_STRENGTH:
                return slots.calf
            case _:
                return slots.glute

    # --- what fits ---------------------------------------------------------------------------------------------------

    def _fast(self, kind: ElementKind) -> None:
        case = self._case
        if case.is_return:
            self._unfit(kind, FOR_NO_RETURN, "Weeks with another goal, once it is over")
            return
        if self._is_shut(kind):
            return
        days = self._days(kind)
        if not days:
            need = (
                "One more run day"
                if len(self._slots.runs) < len(self._case.wish.run_days)
                else "One more run day a week"
            )
            self._unfit(kind, "has no day that is far enough from the long run", need)
            return
        for many in range(len(days), 0, -1):
            part = self._fitting(kind, days[:many])
            if part is not None:
                self.chosen.parts[kind] = part
                return
        self._over(kind, days)

    def _is_shut(self, kind: ElementKind) -> bool:
        """Whether its gate is shut still: by the weeks before or, at first, by the days since calves are quiet."""
        case, levels, routine = self._case, self._levels, self._levels.routine(kind)
        assert routine is not None
        nrs, mornings = case.content.practice.calm_nrs, case.rules.budget.mornings_needed
        missing = levels.gate_weeks(kind) - self._quiet_weeks
        if missing > 0:
            weeks = "One more week" if missing == 1 else f"{missing} more weeks"
            came = self._quiet_weeks or "none"
            why = f"waits for {quiet_weeks(levels.gate_weeks(kind))}; {came} came before this"
            self._unfit(kind, why, f"{weeks} with at least {mornings} mornings answered and none above {nrs} of 10")
            return True
        since = case.quiet_since(self._begins) or case.today
        if self._is_new(kind) and (self._begins - since).days < routine.quiet_days:
            why = f"waits for {routine.quiet_days} quiet days; your calves are quiet since {said(since)}"
            self._unfit(kind, why, f"Mornings at {nrs} of 10 or less until then")
            return True
        return False

    def _is_new(self, kind: ElementKind) -> bool:
        return not any(each.routine == ROUTINE_OF[kind] for each in self._case.history.practices)

    def _over(self, kind: ElementKind, days: tuple[int, ...]) -> None:
        """Why it does not fit, though it is open and has a day."""
        part = self._part(kind, 1, days[:1])
        if self._needs_m(part) > self._holds_m:
            why = f"needs a run of {self._case.length(self._needs_m(part))}, and {self._case.length(self._holds_m)} fit"
            self._unfit(kind, why, "Longer runs first")
            return
        left = self._budget.most.fast_strikes - self.chosen.fast
        if self._budget.grows != "fast":
            self._unfit(kind, "begins in a week in which fast work may grow", ITS_TURN)
            return
        why = f"needs {strikes(part.asks.fast_strikes)} fast strikes a leg, and {strikes(left)} are left of this week's"
        self._unfit(kind, why, "Quiet weeks: what is fast grows step by step")

    def _fitting(self, kind: ElementKind, days: tuple[int, ...]) -> Part | None:
        """The highest step that is open and fits; nothing begins or rises but in a week in which fast work may grow."""
        left = self._budget.most.fast_strikes - self.chosen.fast
        known = self._budget.known.carried.fast_strikes if self._budget.known else 0.0
        start = self._start(kind, known, len(days))
        level = self._levels.next(kind, self._begins, start=start, rises=self._budget.grows == "fast")
        for step in range(level, 0, -1):
            part = self._part(kind, step, days)
            if len(days) * part.asks.fast_strikes <= left and self._needs_m(part) <= self._holds_m:
                return part
        return None

    def _needs_m(self, part: Part) -> float:
        """How long a run has to be to hold it. [m]"""
        costs = self._costs
        around_m = costs.metres_in(self._case.rules.runs.easy_around_minutes)
        if part.kind is K.TEMPO:
            return part.part_minutes * SECONDS_PER_MINUTE * costs.fast_mps + around_m
        return costs.metres_in(part.part_minutes) + around_m

    def _start(self, kind: ElementKind, known: float, times_a_week: int) -> int:
        """Who runs fast already begins where that is."""
        routine = self._levels.routine(kind)
        assert routine is not None
        if kind is not K.TEMPO:
            return 0
        fits = [
            step
            for step in range(1, len(routine.levels) + 1)
            if self._part(kind, step, (0,)).asks.fast_strikes * times_a_week <= known
        ]
        return max(fits, default=0)

    def _calm(self, kind: ElementKind) -> None:
        """Cadence and strength: no gate of weeks, but a day, and for strength a share of the impulse."""
        if kind is K.CADENCE and self._case.is_return:
            self._unfit(kind, FOR_NO_RETURN, "Weeks with another goal, once it is over")
            return
        days = self._days(kind)
        if not days:
            self._unfit(
                kind, "has no day that is not the one before a long, fast or barefoot run", "One more day for it"
            )
            return
        if kind is K.CADENCE and self._costs.beat_spm(ROUTINE_OF[kind], 1) is None:
            self._unfit(kind, "needs your own cadence, which no recording tells yet", "A few easy runs with cadence")
            return
        level = self._levels.next(kind, self._begins, start=1, rises=True)
        room = self._case.rules.budget.extras_share * self._budget.most.impulse_bw_s
        used = sum(
            len(part.days) * part.asks.impulse_bw_s
            for part in self.chosen.parts.values()
            if part.kind in (K.CALF_STRENGTH, K.GLUTE_STRENGTH)
        )
        for many in range(len(days), 0, -1):
            for step in range(level, 0, -1):
                part = self._part(kind, step, days[:many])
                if kind is K.CADENCE or used + many * part.asks.impulse_bw_s <= room:
                    self.chosen.parts[kind] = part
                    return
        self._unfit(kind, "takes more than a quarter of this week's impulse", "A few more kilometres a week first")

    def _part(self, kind: ElementKind, step: int, days: tuple[int, ...]) -> Part:
        id_ = ROUTINE_OF[kind]
        part_minutes = self._costs.part_minutes(id_, step, OF_PART.get(kind, ""))
        asks = self._asks(kind, step, part_minutes)
        minutes = self._costs.minutes_of_level(id_, step)
        return Part(kind, step, asks, minutes, part_minutes, days)

    def _asks(self, kind: ElementKind, step: int, part_minutes: float) -> Estimate:
        costs = self._costs
        if kind is K.TEMPO:
            return times(costs.a_fast_minute, part_minutes) + self._costs.warm_up
        if kind is K.CADENCE:
            beat, own = costs.beat_spm(ROUTINE_OF[kind], step), self._case.own_spm
            return Estimate(strikes=max(0.0, (beat - own) * part_minutes) if beat and own else 0.0)
        asks = costs.of_level(ROUTINE_OF[kind], step)
        return asks + self._costs.warm_up if kind is K.DRILLS else asks

    def _unfit(self, kind: ElementKind, why: str, need: str) -> None:
        self.chosen.misfit(kind, why, need)


FOR_NO_RETURN = "is nothing for a return after a strain"
ITS_TURN = "A quiet week before it"
"""What fast work needs where its turn to grow is still to come."""
MANY = {"is": "are", "has": "have", "waits": "wait", "needs": "need", "takes": "take", "begins": "begin"}


def quiet_weeks(count: int) -> str:
    """
    >>> quiet_weeks(1), quiet_weeks(3)
    ('a symptom-free week', '3 symptom-free weeks in a row')
    """
    return "a symptom-free week" if count == 1 else f"{count} symptom-free weeks in a row"


PLURAL = frozenset({K.DRILLS, K.GRASS, K.CADENCE, K.EASY, K.MASSAGE})


def _verb(kind: ElementKind, why: str) -> str:
    """
    >>> _verb(K.DRILLS, "waits for it"), _verb(K.TEMPO, "has no day")
    ('wait for it', 'has no day')
    """
    if kind not in PLURAL:
        return why
    for one, many in (
        ("is ", "are "),
        ("waits ", "wait "),
        ("has ", "have "),
        ("needs ", "need "),
        ("takes ", "take "),
    ):
        if why.startswith(one):
            return many + why[len(one) :]
    return why
