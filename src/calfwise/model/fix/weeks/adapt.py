"""What happens to days that are laid: locks, races, sore calves, more done than laid. Each change says why, kindly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import structs

from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs, times
from calfwise.model.fix.weeks.lay import ROUNDED_M, check_in, in_order, walk_run
from calfwise.model.load.change import said
from calfwise.model.load.gait import SECONDS_PER_MINUTE
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay

K = ElementKind
CALF = frozenset({K.DRILLS, K.GRASS, K.CALF_STRENGTH})
"""Calf work beside running."""
FAST = frozenset({K.TEMPO, K.DRILLS, K.GRASS})
HOURS_A_DAY = 24
ALL_OF_IT = 1 - 1e-9
"""A sum of floats is never quite the same."""
A_DAY = timedelta(days=1)
MORE_DONE = "You did more than was laid this week, so what is left of it is less. Good running; let it settle."


@dataclass(frozen=True, slots=True)
class Sore:
    """The last word about the calves, where it was above what runs as planned."""

    nrs: int
    on: date
    very: bool


def sore_now(case: Case) -> Sore | None:
    """The sorest word of the last day that has one; `None` where it is quiet again, or too long ago."""
    last = last_word(case)
    if last is None or (case.today - last[1]).days >= case.rules.sore.lasts_days:
        return None
    worst, on = last
    return Sore(worst, on, worst > case.shorter_nrs) if worst > case.as_planned_nrs else None


def last_word(case: Case) -> tuple[int, date] | None:
    """The sorest word of the last day that has one, and that day."""
    worst, on = -1, None
    for note in reversed(case.history.soreness):
        nrs = note.soreness.worst_nrs
        if note.at > case.now or nrs is None:
            continue
        day = case.day_of(note.at)
        if on is not None and day != on:
            break
        worst, on = max(worst, nrs), day
    return None if on is None else (worst, on)


class Adapting:
    """Days as they are laid, and what today makes of them."""

    def __init__(self, case: Case, costs: Costs, runs_on: Callable[[date], bool]) -> None:
        self._case, self._costs, self._runs_on = case, costs, runs_on
        self._sore, self._word = sore_now(case), last_word(case)

    def day(self, day: LaidDay) -> LaidDay:
        """One day from today on, with everything that stands against it."""
        if day.on in self._case.wish.not_on:
            text = (
                f"You said that {said(day.on)} does not suit. Nothing to make up: the other days were laid without it."
            )
            return LaidDay(day.on, (), text) if day.elements else day
        if self._case.locked:
            return self._locked(day)
        return self._sore_day(self._race(self._rested(day)))

    # --- no two days in a row -----------------------------------------------------------------------------------------

    def _rested(self, day: LaidDay) -> LaidDay:
        """On the steps of walk and run, and after a strain, none the day after a run, whoever had laid that."""
        before = day.on - A_DAY
        by_steps = self._case.is_return or any(each.kind is K.WALK_RUN for each in day.elements)
        if before > self._case.today or not by_steps or not self._runs_on(before):
            return day
        kept = tuple(each for each in day.elements if not each.kind.is_run)
        if kept == day.elements:
            return day
        return LaidDay(
            day.on, kept, f"You ran on {said(before)}, so this day is off: never two in a row on these steps."
        )

    # --- locks -------------------------------------------------------------------------------------------------------

    def _locked(self, day: LaidDay) -> LaidDay:
        if not day.elements:
            return day
        since = min(lock.since for lock in self._case.locked)
        text = f"Nothing today: since {said(since)} somebody should look at your calves first. Easy walking is fine."
        return LaidDay(day.on, (), text)

    # --- races -------------------------------------------------------------------------------------------------------

    def _race(self, day: LaidDay) -> LaidDay:
        rules = self._case.rules.race
        if day.on in self._case.races:
            return LaidDay(day.on, (), f"Your race on {said(day.on)}: nothing beside it.")
        for race in sorted(self._case.races):
            ahead = (race - day.on).days
            if 0 < ahead <= rules.easy_days_before:
                return self._easier(day, rules.easy_share, f"Your race is on {said(race)}, so this is short and easy.")
            if 0 < -ahead <= rules.easy_days_after:
                return self._easier(day, rules.easy_share, f"After your race on {said(race)} this is short and easy.")
            if 0 < -ahead <= rules.no_fast_days_after and any(each.kind in FAST for each in day.elements):
                return self._easier(day, 1.0, f"Nothing fast in the week after your race on {said(race)}.")
        return day

    # --- sore calves -------------------------------------------------------------------------------------------------

    def _sore_day(self, day: LaidDay) -> LaidDay:
        sore, rules = self._sore, self._case.rules.sore
        ahead = (day.on - self._case.today).days
        if day.on in self._case.races:
            return day
        if sore is None:
            return self._not_quite_quiet(day, ahead)
        word = f"{sore.nrs} of 10 on {said(sore.on)}"
        rest = rules.rest_days if sore.very else 0
        easier = rules.easier_days if sore.very else rules.shorter_days
        if ahead < rest:
            changed = self._without_load(day, f"{word}: no run and no calf work. Walking is fine.")
        elif ahead < rest + easier:
            quiet = self._case.as_planned_nrs
            text = f"{word}, so this is shorter and easy. The rest waits until your calves are at {quiet} or less."
            changed = self._easier(day, rules.shorter_share, text)
        else:
            return day
        return self._with_check_in(changed) if ahead == 0 else changed

    def _not_quite_quiet(self, day: LaidDay, ahead: int) -> LaidDay:
        """At 1 to 3 of 10: what wants quieter calves than that waits, as the player would say on the day itself."""
        if self._word is None:
            return day
        nrs, on = self._word
        hours = ((day.on - on).days + 1) * HOURS_A_DAY
        if ahead > 1 or hours > self._case.content.practice.settles_h + HOURS_A_DAY:
            return day
        kept: list[Element] = []
        for each in day.elements:
            routine = self._case.content.routines.get(each.routine or "")
            if routine is None or nrs <= routine.at_most_nrs:
                kept.append(each)
            elif each.kind in (K.TEMPO, K.CADENCE) and each.distance_m is not None:
                kept.append(self.easy(each.distance_m, "At your ease."))
        if tuple(kept) == day.elements:
            return day
        text = f"{nrs} of 10 on {said(on)}: run at your ease; what asks more of your calves waits for a quieter day."
        return LaidDay(day.on, in_order(kept), text)

    def _without_load(self, day: LaidDay, text: str) -> LaidDay:
        kept = tuple(each for each in day.elements if each.kind is K.MASSAGE)
        return day if kept == day.elements else LaidDay(day.on, kept, text)

    def _with_check_in(self, day: LaidDay) -> LaidDay:
        case = self._case
        if not case.wants(K.MASSAGE) or case.massage_is_closed or any(e.kind is K.MASSAGE for e in day.elements):
            return day
        return structs.replace(day, elements=in_order((*day.elements, check_in(case))))

    # --- shorter and easier ------------------------------------------------------------------------------------------

    def _easier(self, day: LaidDay, share: float, text: str) -> LaidDay:
        """Runs of that share, all of them easy; no fast work, no bare feet, no strength for the calf."""
        easier = (self._easy_run(each, share) for each in day.elements if each.kind not in CALF)
        elements = in_order(each for each in easier if each is not None)
        return day if elements == day.elements else LaidDay(day.on, elements, text)

    def _easy_run(self, element: Element, share: float) -> Element | None:
        """Of walk and run the step before, and after a strain none at all."""
        if element.kind is K.WALK_RUN:
            back = (element.level or 1) - 1
            return walk_run(self._case, self._costs, back) if back and not self._case.is_return else None
        if not element.kind.is_run or element.distance_m is None or (share >= 1 and element.kind not in FAST):
            return element
        if element.distance_m * share < ROUNDED_M:
            return None
        why = f"At your ease, {share:.0%} of the {self._case.length(element.distance_m)} that were laid."
        return self.easy(element.distance_m * share, why if share < 1 else "At your ease.")

    def easy(self, distance_m: float, why: str) -> Element:
        """An easy run of about that length."""
        metres = float(int(distance_m / ROUNDED_M) * ROUNDED_M)
        costs = self._costs
        return Element(K.EASY, costs.minutes_of(metres), costs.easy_run(metres), why, ("CoachRule",), distance_m=metres)

    # --- more done than laid -----------------------------------------------------------------------------------------

    def within(self, days: Sequence[LaidDay], *, left: Estimate) -> list[LaidDay]:
        """A week's days that are left, cut to what is left of its budget: shorter, or out where too little stays."""
        planned = sum((day.asks for day in days), Estimate())
        fast = planned.fast_strikes <= left.fast_strikes + 1
        days = list(days) if fast else [self._slow(day) for day in days]
        share = self._run_share(days, left)
        if share < self._case.rules.runs.ease_off_share:
            days = [self._calm(day) for day in days]
            share = self._run_share(days, left)
        # What a part of a run asks does not shrink with it, so what is left is cut until it holds.
        while share < ALL_OF_IT and any(each.kind.is_run for day in days for each in day.elements):
            days = [self._cut(day, share) for day in days]
            share = self._run_share(days, left)
        return days

    @staticmethod
    def _run_share(days: Sequence[LaidDay], left: Estimate) -> float:
        """How much of the running fits beside the rest. [1]"""
        runs = sum((each.asks for day in days for each in day.elements if each.kind.is_run), Estimate())
        rest = sum((each.asks for day in days for each in day.elements if not each.kind.is_run), Estimate())
        return min(
            _share(left.strikes - rest.strikes, runs.strikes),
            _share(left.impulse_bw_s - rest.impulse_bw_s, runs.impulse_bw_s),
        )

    def _calm(self, day: LaidDay) -> LaidDay:
        """Without work beside running."""
        kept = tuple(each for each in day.elements if each.kind.is_run or not each.asks.impulse_bw_s)
        return day if kept == day.elements else LaidDay(day.on, kept, MORE_DONE)

    def _slow(self, day: LaidDay) -> LaidDay:
        """Without what is fast: this week had enough of it."""
        kept: list[Element] = []
        for each in day.elements:
            if each.kind is K.TEMPO and each.distance_m is not None:
                kept.append(self.easy(each.distance_m, "At your ease: the quick minutes are done for this week."))
            elif each.kind not in FAST:
                kept.append(each)
        if tuple(kept) == day.elements:
            return day
        return LaidDay(day.on, in_order(kept), "You ran fast more than was laid this week, so the rest of it is easy.")

    def _cut(self, day: LaidDay, share: float) -> LaidDay:
        """Its runs of that share; a run that would be too short goes. Of a little nothing is said."""
        elements = tuple(
            shorter
            for each in day.elements
            if (shorter := self._shorter(each, share) if each.kind.is_run else each) is not None
        )
        if elements == day.elements:
            return day
        tell = share < self._case.rules.runs.untold_share or len(elements) < len(day.elements)
        return LaidDay(day.on, in_order(elements), MORE_DONE if tell else day.changed)

    def _shorter(self, element: Element, share: float) -> Element | None:
        """The same run with fewer easy metres; an easy one where its part does not fit any more."""
        costs, rules, whole_m = self._costs, self._case.rules.runs, element.distance_m or 0.0
        if element.kind is K.WALK_RUN:
            steps = (walk_run(self._case, costs, step) for step in range(element.level or 1, 0, -1))
            most_bw_s = element.asks.impulse_bw_s * share
            return next((each for each in steps if each.asks.impulse_bw_s <= most_bw_s), None)
        metres = float(int(whole_m * share / ROUNDED_M) * ROUNDED_M)
        if costs.minutes_of(metres) < min(rules.shortest_minutes, element.minutes):
            return None
        if element.kind is K.TEMPO:
            around_m = costs.metres_in(rules.easy_around_minutes)
            fast_m = element.part_minutes * SECONDS_PER_MINUTE * costs.fast_mps
            if metres < fast_m + around_m:
                return self.easy(metres, "At your ease.")
        less = costs.easy_run(whole_m - metres)
        return structs.replace(
            element,
            distance_m=metres,
            minutes=element.minutes - costs.minutes_of(whole_m - metres),
            asks=element.asks + times(less, -1),
        )


def _share(left: float, planned: float) -> float:
    if planned <= 0:
        return 1.0 if left >= -1 else 0.0
    return max(0.0, left) / planned
