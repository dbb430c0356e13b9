"""What a week holds beside plain running, and on which of its days: what is open, what fits, and what would make it."""

from dataclasses import dataclass, field
from datetime import date

from calfwise.model.fix.weeks.budget import WeekBudget, strikes
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs, times
from calfwise.model.fix.weeks.laid import Unfit
from calfwise.model.fix.weeks.ledger import Ledger
from calfwise.model.fix.weeks.levels import ROUTINE_OF, WARM_UP_FAST, Levels
from calfwise.model.fix.weeks.slots import DAYS_A_WEEK, furthest, long_day, spread
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

    @property
    def fast(self) -> float:
        return self.asks.fast_strikes


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
        run_days: tuple[int, ...],
        *,
        race_week: bool,
        holds_m: float = 0.0,
    ) -> None:
        self._case, self._costs, self._levels = case, costs, levels
        self._budget, self._begins, self._run_days = budget, begins, run_days
        self._quiet_weeks = ledger.symptom_free_weeks(begins)
        self._race_week = race_week
        self._holds_m = holds_m
        """As much as one run of this week can hold. [m]"""
        self.chosen = Parts()

    def choose(self) -> Parts:
        case = self._case
        if case.wants(K.LONG) and len(self._run_days) > 1 and not self._race_week:
            self.chosen.long = long_day(self._run_days)
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

    def _easy_days(self) -> list[int]:
        hard = {self.chosen.long, *self.chosen.days(K.TEMPO)}
        return [day for day in self._run_days if day not in hard]

    def _days(self, kind: ElementKind, count: int) -> tuple[int, ...]:
        match kind:
            case K.TEMPO:
                others = [self.chosen.long] if self.chosen.long is not None else []
                day = furthest([d for d in self._run_days if d not in others], others, least=2)
                return () if day is None or len(self._run_days) < 2 else (day,)
            case K.DRILLS:
                return spread(self._easy_days() or self._run_days, count, least_apart=2)
            case K.GRASS:
                free = [day for day in self._easy_days() if day not in self.chosen.days(K.DRILLS)]
                return spread(self._easy_days() or self._run_days, count, least_apart=3, preferred=free)
            case K.CADENCE:
                taken = {*self.chosen.days(K.DRILLS), *self.chosen.days(K.GRASS)}
                free = [day for day in self._easy_days() if day not in taken]
                return spread(free or self._easy_days() or self._run_days[:1], count, least_apart=2)
            case K.CALF_STRENGTH:
                return self._calf_days(count)
            case _:
                other = self._case.wish.other_days
                days = list(range(DAYS_A_WEEK)) if other is None else list(other)
                rest = [d for d in days if d not in self._run_days and d not in self.chosen.days(K.CALF_STRENGTH)]
                return spread(days, count, least_apart=2, preferred=rest)

    def _calf_days(self, count: int) -> tuple[int, ...]:
        """After easy runs, else on days off; never the day before a long, fast or barefoot one, nor two running."""
        hard = {self.chosen.long, *self.chosen.days(K.TEMPO), *self.chosen.days(K.GRASS)}
        other = self._case.wish.other_days
        days = list(range(DAYS_A_WEEK)) if other is None else list(other)
        if self._case.is_return:
            days = [day for day in days if (day + 1) % DAYS_A_WEEK not in self._run_days]
        allowed = [d for d in days if (d + 1) % DAYS_A_WEEK not in hard and d not in hard]
        easy = [day for day in allowed if day in self._run_days]
        return spread(allowed, count, least_apart=2, preferred=easy)

    # --- what fits ---------------------------------------------------------------------------------------------------

    def _count(self, kind: ElementKind) -> int:
        routine = self._levels.routine(kind)
        assert routine is not None
        return min(self._case.rules.extras.a_week.get(kind, 1), routine.a_week)

    def _fast(self, kind: ElementKind) -> None:
        case, levels = self._case, self._levels
        if case.is_return:
            self._unfit(
                kind, "is nothing for a return after a strain", "Weeks with another goal, once this return is over"
            )
            return
        missing = levels.gate_weeks(kind) - self._quiet_weeks
        if missing > 0:
            weeks = "one more week" if missing == 1 else f"{missing} more weeks"
            nrs, mornings = case.content.practice.calm_nrs, case.rules.budget.mornings_needed
            self._unfit(
                kind,
                f"waits for {levels.gate_weeks(kind)} symptom-free weeks in a row; "
                f"{self._quiet_weeks} came before this one",
                f"{weeks} with at least {mornings} mornings answered and none above {nrs} of 10",
            )
            return
        count = self._count(kind)
        while count:
            days = self._days(kind, count)
            if not days:
                self._unfit(kind, "has no day that is far enough from your long run", "One more run day")
                return
            part = self._fitting(kind, days)
            if part is not None:
                self.chosen.parts[kind] = part
                return
            count = len(days) - 1
        part = self._part(kind, 1, (0,))
        if self._needs_m(part) > self._holds_m:
            self._unfit(kind, f"needs a run of {case.length(self._needs_m(part))}", "Longer runs first")
            return
        first = part.asks.fast_strikes
        left = self._budget.most.fast_strikes - self.chosen.fast
        why = f"needs {strikes(first)} fast strikes a leg, and {strikes(left)} are left of this week's"
        need = (
            "A week in which fast work may grow"
            if self._budget.grows != "fast"
            else "Two quiet weeks: what is fast grows step by step"
        )
        self._unfit(kind, why, need)

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
        if part.kind is K.TEMPO:
            around_m = costs.metres_in(self._case.rules.runs.easy_around_tempo_minutes)
            return part.part_minutes * SECONDS_PER_MINUTE * costs.fast_mps + around_m
        return costs.metres_in(part.part_minutes)

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
        days = self._days(kind, self._count(kind))
        if not days:
            self._unfit(kind, "has no day that is not the one before a long, fast or return run", "One more day for it")
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
            return times(costs.a_fast_minute, part_minutes) + self._warm_up()
        if kind is K.CADENCE:
            more = times(costs.an_easy_minute, part_minutes * self._case.rules.runs.cadence_more)
            return Estimate(strikes=more.strikes)
        asks = costs.of_level(ROUTINE_OF[kind], step)
        return asks + self._warm_up() if kind is K.DRILLS else asks

    def _warm_up(self) -> Estimate:
        known = WARM_UP_FAST in self._case.content.routines
        return self._costs.of_level(WARM_UP_FAST, 1) if known else Estimate()

    def _unfit(self, kind: ElementKind, why: str, need: str) -> None:
        self.chosen.unfit.append(Unfit(kind, f"{NAMES[kind]} {_verb(kind, why)}.", f"{need}.", RULE))


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
