"""One week laid: its budget, its days, and each element with what it asks and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.budget import WeekBudget, budget_of, hours, strikes
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs, times
from calfwise.model.fix.weeks.done import Done
from calfwise.model.fix.weeks.laid import Unfit
from calfwise.model.fix.weeks.ledger import DAYS_A_WEEK, Ledger
from calfwise.model.fix.weeks.levels import ROUTINE_OF, Levels
from calfwise.model.fix.weeks.parts import NAMES, OF_PART, Part, Parts, PartsOfWeek, fast_is_open, wants_of
from calfwise.model.fix.weeks.slots import Slots, chosen, slots_of
from calfwise.model.fix.weeks.spread import Piece, lengths
from calfwise.model.load.budget import Budget, Knowing
from calfwise.model.load.gait import SECONDS_PER_MINUTE
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay

K = ElementKind
RULE = ("CoachRule",)
ROUNDED_M = 100
ORDER = (
    K.WALK_RUN,
    K.EASY,
    K.CADENCE,
    K.TEMPO,
    K.LONG,
    K.DRILLS,
    K.GRASS,
    K.CALF_STRENGTH,
    K.GLUTE_STRENGTH,
    K.MASSAGE,
)
"""On one day."""
DROPPED = (K.GRASS, K.TEMPO, K.DRILLS, K.CALF_STRENGTH, K.GLUTE_STRENGTH, K.CADENCE)
"""In this order, where a week's budget is too small for all."""
METRES_A_KM = 1000
A_STEP_M = 1.0
"""That there is a run ends a break; how long it is does not matter there."""
RECENT = 14
"""Run days that are looked back at."""
USED = "used"
"""The line that says where a week's budget goes."""
LITTLE_BW_S = 180.0
"""A twentieth of a body-weight hour: less is not worth a number."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days as they are laid before anything that happened in them."""

    days: tuple[LaidDay, ...]
    budget: WeekBudget
    most: Estimate
    told: tuple[Reason, ...]
    unfit: tuple[Unfit, ...]


class Layer:
    """Lays week after week; what one week holds, the next begins from."""

    def __init__(self, case: Case, costs: Costs, done: Done) -> None:
        self._case, self._costs, self._done = case, costs, done
        self._levels = Levels(case, done.runs_on)

    def week(
        self, begins: date, number: int, ledger: Ledger, knowing: Knowing, *, ladder: int | None, as_of: date
    ) -> Week:
        """One week; `ladder` is the step of walk and run that it stands on, if any.

        `as_of` is the day on which the calves are looked at: its first one, unless no run came for long.
        """
        if ladder is not None:
            return self._ladder_week(begins, ledger, knowing, ladder)
        case, rules = self._case, self._case.rules.runs
        quiet = ledger.symptom_free_weeks(begins)
        budget = budget_of(
            case,
            ledger,
            begins=begins,
            as_of=as_of,
            number=number,
            fast_is_open=fast_is_open(case, self._levels, quiet),
        )
        dates = {day.weekday(): day for day in days_of(begins)}
        race_week = any(day in case.races for day in dates.values())
        weekdays = self._run_days(begins, ledger, budget, dates)
        slots = self._slots(weekdays)
        caps = self._caps(weekdays, dates, knowing)
        holds_m = min(
            min((self._most(caps[day], rises=False) for day in weekdays), default=0.0),
            self._metres(budget.most) / max(1, len(weekdays)) * rules.long_weight,
        )
        parts = PartsOfWeek(
            case, self._costs, self._levels, ledger, budget, begins, slots, race_week=race_week, holds_m=holds_m
        ).choose()
        runs, free_m = self._runs(weekdays, caps, parts, budget)
        while (kind := self._too_much(runs, parts)) is not None:
            parts.drop(kind, "takes more than this week's budget leaves")
            runs, free_m = self._runs(weekdays, caps, parts, budget)
        runs = runs or {}
        if budget.grows == "volume":
            parts.unfit.extend(unused(case, free_m=free_m, runs_m=runs.values()))
        self._remember(parts, begins)
        return self._finished(begins, budget, parts, runs, caps)

    def _too_much(self, runs: dict[int, float] | None, parts: Parts) -> ElementKind | None:
        """What goes first where a week is too small for all of it; `None`: it holds."""
        if runs is None:
            return next((kind for kind in DROPPED if kind in parts.parts), None)
        shortest_m = self._costs.metres_in(self._case.rules.runs.shortest_minutes) - ROUNDED_M
        if min(runs.values(), default=shortest_m) >= shortest_m:
            return None
        return next((kind for kind in (K.GRASS, K.TEMPO) if kind in parts.parts), None)

    # --- which days, how long ----------------------------------------------------------------------------------------

    def _run_days(self, begins: date, ledger: Ledger, budget: WeekBudget, dates: dict[int, date]) -> tuple[int, ...]:
        """As many of the runner's days as were run lately, or one more; fewer where runs would become too short."""
        case, rules = self._case, self._case.rules.runs
        free = self._free(dates, ledger, rests=case.is_return)
        count = max(rules.fewest_days, ledger.most_run_days(begins) + rules.more_days)
        shortest_m = self._costs.metres_in(rules.shortest_minutes)
        count = min(count, max(1, int(self._metres(budget.most) / shortest_m)))
        return chosen(free, count, least_apart=2 if case.is_return else 1)

    def _caps(self, weekdays: tuple[int, ...], dates: dict[int, date], knowing: Knowing) -> dict[int, Budget]:
        """What one run may be on each day: days that are over as they were run, those to come as if they are."""
        walk, caps = knowing.copy(), {}
        for on in sorted(dates.values()):
            budget = walk.budget(on)
            if on.weekday() in weekdays:
                caps[on.weekday()] = budget
            to_come = self._case.wants(K.EASY) and on.weekday() in weekdays
            runs = self._done.recorded_on(on) if on < self._case.today else to_come
            if runs and budget.reference_m is not None:
                walk.take(on, A_STEP_M)
        return caps

    def _free(self, dates: dict[int, date], ledger: Ledger, *, rests: bool) -> list[int]:
        """The runner's weekdays that suit; with `rests` none that follows a run of the week before."""
        before = set(ledger.run_days[-RECENT:]) if rests else set()
        suits = [day for day in self._case.wish.run_days if self._case.suits(dates[day])]
        first = min(dates.values())
        return [day for day in suits if dates[day] != first or first - timedelta(days=1) not in before]

    def _slots(self, weekdays: tuple[int, ...]) -> Slots:
        case = self._case
        wants = wants_of(case, self._levels)
        return slots_of(weekdays, wants, strength_days=case.wish.other_days, rest_before_runs=case.is_return)

    def _metres(self, left: Estimate) -> float:
        """Of easy running that both accounts hold. [m]"""
        a_metre = self._costs.a_metre
        return max(0.0, min(left.strikes / a_metre.strikes, left.impulse_bw_s / a_metre.impulse_bw_s))

    def _runs(
        self, weekdays: tuple[int, ...], caps: Mapping[int, Budget], parts: Parts, budget: WeekBudget
    ) -> tuple[dict[int, float] | None, float]:
        """How long each day's run is with all its parts, and what of the budget none holds; `None`: too much. [m]"""
        costs, rules = self._costs, self._case.rules.runs
        asked = parts.asks
        left = Estimate(budget.most.strikes - asked.strikes, impulse_bw_s=budget.most.impulse_bw_s - asked.impulse_bw_s)
        pieces: list[Piece] = []
        tempo, grass = parts.parts.get(K.TEMPO), parts.parts.get(K.GRASS)
        for day in weekdays:
            most_m = self._most(caps[day], rises=day == parts.long and budget.grows == "volume")
            paid_m = 0.0
            if tempo is not None and day in tempo.days:
                paid_m += tempo.part_minutes * SECONDS_PER_MINUTE * costs.fast_mps
                least_m = paid_m + costs.metres_in(rules.easy_around_minutes)
            else:
                least_m = 0.0
            if grass is not None and day in grass.days:
                paid_m += costs.metres_in(grass.part_minutes)
                least_m = max(least_m, paid_m + costs.metres_in(rules.easy_around_minutes))
            weight = rules.long_weight if day == parts.long else 1.0
            if not self._is_wanted(day, parts):
                continue
            pieces.append(Piece(weight, min(least_m, most_m), most_m, min(paid_m, most_m)))
        wanted = [day for day in weekdays if self._is_wanted(day, parts)]
        whole_m = self._metres(left)
        if min(left.strikes, left.impulse_bw_s) < 0 or sum(each.least_m - each.paid_m for each in pieces) > whole_m:
            return None, 0.0
        found = lengths(pieces, whole_m)
        free_m = whole_m - sum(found) + sum(piece.paid_m for piece in pieces)
        return {day: int(m / ROUNDED_M) * ROUNDED_M for day, m in zip(wanted, found, strict=True)}, free_m

    def _is_wanted(self, day: int, parts: Parts) -> bool:
        """Whether the runner wants the kind of run that this day would hold."""
        if day in parts.days(K.TEMPO) or day in parts.days(K.CADENCE) or day == parts.long:
            return True
        return self._case.wants(K.EASY)

    def _most(self, caps: Budget, *, rises: bool) -> float:
        """A run's own limit: what the calves know; of the long run in a growing week the budget's end. [m]"""
        known, upper = caps.reference_m or 0.0, caps.upper_m or 0.0
        most_m = upper if rises and caps.rises_from is None else known
        minutes = self._case.wish.most_minutes
        return most_m if minutes is None else min(most_m, self._costs.metres_in(minutes))

    # --- the elements ------------------------------------------------------------------------------------------------

    def _finished(
        self,
        begins: date,
        budget: WeekBudget,
        parts: Parts,
        runs: dict[int, float],
        caps: Mapping[int, Budget],
    ) -> Week:
        days: list[LaidDay] = []
        for on in days_of(begins):
            day = on.weekday()
            elements: list[Element] = []
            if runs.get(day):
                elements.append(self._run(on, runs[day], parts, caps[day]))
            elements += self._practices(parts, day, runs=bool(elements))
            days.append(LaidDay(on, in_order(elements)))
        laid = self._with_check_ins(days, parts, runs)
        asks = sum((day.asks for day in laid), Estimate())
        told = (*budget.told, used(asks, laid))
        return Week(laid, budget, budget.most, told, tuple(parts.unfit))

    def _practices(self, parts: Parts, day: int, *, runs: bool) -> list[Element]:
        """What stands beside the run of that weekday."""
        return [
            self._practice(part)
            for part in parts.parts.values()
            if day in part.days and part.kind not in (K.TEMPO, K.CADENCE) and (runs or part.kind is not K.GRASS)
        ]

    def _run(self, on: date, whole_m: float, parts: Parts, caps: Budget) -> Element:
        day, costs, length = on.weekday(), self._costs, self._case.length
        grass = parts.parts.get(K.GRASS)
        bare_m = costs.metres_in(grass.part_minutes) if grass is not None and day in grass.days else 0.0
        shod_m = float(int(max(0.0, whole_m - bare_m) / ROUNDED_M) * ROUNDED_M)
        if day in parts.days(K.TEMPO):
            return self._tempo(parts.parts[K.TEMPO], shod_m)
        if day in parts.days(K.CADENCE):
            return self._cadence(parts.parts[K.CADENCE], shod_m)
        known = length(caps.reference_m or 0.0)
        if day == parts.long:
            end = length(caps.upper_m or 0.0)
            why = f"The long one: your calves know {known}, and the budget of one run ends at {end}."
            return self._easy_kind(K.LONG, shod_m, why, caps.sources)
        why = f"At your ease, within the {known} that your calves know."
        if bare_m:
            why = f"At your ease; the barefoot minutes take the place of {length(bare_m)} of it."
        return self._easy_kind(K.EASY, shod_m, why, RULE)

    def _easy_kind(self, kind: ElementKind, distance_m: float, why: str, sources: tuple[str, ...]) -> Element:
        costs = self._costs
        return Element(
            kind, costs.minutes_of(distance_m), costs.easy_run(distance_m), why, sources, distance_m=distance_m
        )

    def _tempo(self, part: Part, whole_m: float) -> Element:
        costs = self._costs
        fast_m = part.part_minutes * SECONDS_PER_MINUTE * costs.fast_mps
        easy_m = max(0.0, whole_m - fast_m)
        text = (
            f"{part.part_minutes:g} quick minutes, at least 0.6 m/s above your easy pace: about "
            f"{strikes(part.asks.fast_strikes)} fast strikes a leg, the warm-up's strides with them."
        )
        return Element(
            K.TEMPO,
            costs.minutes_of(easy_m) + part.part_minutes,
            costs.easy_run(easy_m) + part.asks,
            text,
            ("Nielsen2013", "CoachRule"),
            distance_m=easy_m + fast_m,
            speed_mps=costs.fast_mps,
            part_minutes=part.part_minutes,
            routine=ROUTINE_OF[K.TEMPO],
            level=part.level,
        )

    def _cadence(self, part: Part, distance_m: float) -> Element:
        costs, own = self._costs, self._case.own_spm
        beat = costs.beat_spm(ROUTINE_OF[K.CADENCE], part.level)
        assert own is not None
        assert beat is not None, "it was chosen for its beat"
        text = f"{part.part_minutes:g} minutes to your own {own:.0f} steps a minute, to get to know the beat."
        if beat > own:
            more = f"your own {own:.0f} and {beat / own - 1:.0%} more"
            text = f"{part.part_minutes:g} minutes to {beat} steps a minute: {more}."
        return Element(
            K.CADENCE,
            costs.minutes_of(distance_m),
            costs.easy_run(distance_m) + part.asks,
            text,
            ("Lyght2016", "CoachRule"),
            distance_m=distance_m,
            cadence_spm=beat,
            part_minutes=part.part_minutes,
            routine=ROUTINE_OF[K.CADENCE],
            level=part.level,
        )

    def _practice(self, part: Part) -> Element:
        routine = self._levels.routine(part.kind)
        assert routine is not None
        title = routine.levels[part.level - 1].title
        text = f"Step {part.level} of {len(routine.levels)}: {title[0].lower()}{title[1:]}. Asks {_asked(part.asks)}."
        sources = tuple(dict.fromkeys((*routine.evidence.sources[:1], "CoachRule")))
        return Element(
            part.kind,
            part.minutes,
            part.asks,
            text,
            sources,
            part_minutes=part.part_minutes,
            routine=ROUTINE_OF[part.kind],
            level=part.level,
        )

    def _with_check_ins(self, days: list[LaidDay], parts: Parts, runs: Iterable[int]) -> tuple[LaidDay, ...]:
        """A check-in after the long run or the week's last one, and one in the other half of the week."""
        case = self._case
        count = case.rules.extras.a_week.get(K.MASSAGE, 0)
        if not case.wants(K.MASSAGE) or case.massage_is_closed or not count:
            return tuple(days)
        first = parts.long if parts.long is not None else max(runs, default=DAYS_A_WEEK - 1)
        chosen_days = {(first + n * DAYS_A_WEEK // count) % DAYS_A_WEEK for n in range(count)}
        element = check_in(case)
        return tuple(
            LaidDay(day.on, (*day.elements, element)) if day.on.weekday() in chosen_days else day for day in days
        )

    # --- walk and run ------------------------------------------------------------------------------------------------

    def _ladder_week(self, begins: date, ledger: Ledger, knowing: Knowing, step: int) -> Week:
        """A week on the steps of walk and run, never on days in a row; strength after it, and nothing else."""
        case = self._case
        routine = self._levels.routine(K.WALK_RUN)
        dates = {day.weekday(): day for day in days_of(begins)}
        free = self._free(dates, ledger, rests=True)
        weekdays = chosen(free, case.rules.runs.walk_run_days, least_apart=2)
        unfit: list[Unfit] = []
        if routine is None or not case.wants(K.WALK_RUN):
            unfit.append(Unfit(K.WALK_RUN, "There is no number to run by yet.", "Steps of walk and run first.", RULE))
            weekdays = ()
        if case.is_return and not case.return_is_agreed:
            why = "A return after a strain begins when a professional has agreed to it."
            unfit.append(Unfit(K.WALK_RUN, why, "The day on which they agreed.", ("Green2022", "OurRule")))
            weekdays = ()
        element = None if routine is None else walk_run(case, self._costs, step)
        runs = () if element is None else weekdays
        days = [LaidDay(on, (element,) if element and on.weekday() in runs else ()) for on in days_of(begins)]
        parts = self._strength(days, ledger, begins, runs)
        days = [
            LaidDay(
                day.on, in_order((*day.elements, *self._practices(parts, day.on.weekday(), runs=bool(day.elements))))
            )
            for day in days
        ]
        laid = self._with_check_ins(days, parts, runs)
        asks = sum((day.asks for day in laid), Estimate())
        often = f"A week of walk and run, {len(runs)} times and never on days in a row"
        text = f"{often}: {self._ladder_why(knowing, begins)}."
        told = (Reason("walk-run", text, ("Green2022", "CoachRule")), used(asks, laid))
        budget = WeekBudget(asks, None, "hold", False, told)
        return Week(laid, budget, asks, told, (*unfit, *parts.unfit))

    def _ladder_why(self, knowing: Knowing, begins: date) -> str:
        if self._case.is_return:
            return "a return after a strain goes by steps"
        known = knowing.budget(begins)
        return known.reason if known.reference_m is None else "the steps that you began are not over yet"

    def _strength(self, days: Sequence[LaidDay], ledger: Ledger, begins: date, runs: tuple[int, ...]) -> Parts:
        """Strength beside walk and run: its share of a week's impulse, after running and not the day before it."""
        case, costs = self._case, self._costs
        running = sum((day.asks for day in days), Estimate())
        most = times(running, 1 / (1 - case.rules.budget.extras_share))
        budget = WeekBudget(most, None, "hold", False, ())
        chooser = PartsOfWeek(case, costs, self._levels, ledger, budget, begins, self._slots(runs), race_week=False)
        parts = chooser.choose_strength(calf=not case.is_return or case.return_is_agreed)
        self._remember(parts, begins)
        return parts

    def _remember(self, parts: Parts, begins: date) -> None:
        """Weeks that are over speak by what was done in them, not by what might have been laid."""
        if begins + timedelta(days=DAYS_A_WEEK) <= self._case.today:
            return
        for part in parts.parts.values():
            self._levels.took(part.kind, part.level, begins)


def walk_run(case: Case, costs: Costs, step: int) -> Element:
    """One time of a step of walk and run. Only a return after a strain has the player guide it: it asks who agreed."""
    id_ = ROUTINE_OF[K.WALK_RUN]
    routine = case.content.routines[id_]
    minutes, running = costs.minutes_of_level(id_, step), costs.part_minutes(id_, step, OF_PART[K.WALK_RUN])
    walking_m = max(0.0, minutes - running) * SECONDS_PER_MINUTE * case.rules.runs.walk_speed_mps
    title = routine.levels[step - 1].title
    return Element(
        K.WALK_RUN,
        minutes,
        times(costs.an_easy_minute, running),
        f"Step {step} of {len(routine.levels)}: {title[0].lower()}{title[1:]}. {running:g} minutes of it running.",
        tuple(dict.fromkeys((*routine.evidence.sources[:1], "CoachRule"))),
        distance_m=costs.metres_in(running) + walking_m,
        part_minutes=running,
        routine=id_ if case.is_return else None,
        level=step,
    )


def check_in(case: Case) -> Element:
    """A day for looking after the calves."""
    text = "A day to check in: say how your calves feel, and look after them if anything is tight."
    return Element(K.MASSAGE, case.rules.extras.massage_minutes, Estimate(), text, RULE)


def days_of(begins: date) -> list[date]:
    """The seven days of a week."""
    return [begins + timedelta(days=n) for n in range(DAYS_A_WEEK)]


def in_order(elements: Iterable[Element]) -> tuple[Element, ...]:
    """As they are done on one day: the run, what belongs to it, strength after it, and a look at the calves."""
    return tuple(sorted(elements, key=lambda element: ORDER.index(element.kind)))


def used(asks: Estimate, days: Iterable[LaidDay]) -> Reason:
    """What of it goes where."""
    by_kind: dict[ElementKind, Estimate] = {}
    for day in days:
        for element in day.elements:
            by_kind[element.kind] = by_kind.get(element.kind, Estimate()) + element.asks
    named = [
        f"{NAMES[kind].lower()} {_asked(each)}" for kind, each in by_kind.items() if each.strikes or each.impulse_bw_s
    ]
    whole = (
        f"Used: {strikes(asks.strikes)} strikes a leg, {strikes(asks.fast_strikes)} of them fast or on bare feet, and "
        f"{hours(asks.impulse_bw_s)} body-weight hours"
    )
    return Reason(USED, f"{whole}; {'; '.join(named)}." if named else f"{whole}.", RULE)


def unused(case: Case, *, free_m: float, runs_m: Collection[float]) -> tuple[Unfit, ...]:
    """What of a growing week's budget no run can hold."""
    if free_m <= case.rules.budget.more_km * METRES_A_KM or not runs_m:
        return ()
    why = (
        f"About {case.length(free_m)} of this week's budget stay free: each run is at what your calves know of one run."
    )
    return (Unfit(K.EASY, why, "One more run day; or patience, since the long run grows week by week.", RULE),)


def _asked(asks: Estimate) -> str:
    if not asks.strikes:
        little = asks.impulse_bw_s < LITTLE_BW_S
        return "hardly anything" if little else f"{hours(asks.impulse_bw_s)} body-weight hours"
    return f"{strikes(asks.strikes)} strikes"
