"""What happens to days that are laid: locks, races, sore calves, more done than planned. Every change says why, kindly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import structs

from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs
from calfwise.model.fix.weeks.lay import ROUNDED_M, check_in, in_order
from calfwise.model.load.change import said
from calfwise.model.session import SorenessNote
from calfwise.model.weeks import Element, ElementKind, Estimate, LaidDay

K = ElementKind
CALF = frozenset({K.DRILLS, K.GRASS, K.CALF_STRENGTH})
"""Calf work beside running."""
FAST = frozenset({K.TEMPO, K.DRILLS, K.GRASS})


@dataclass(frozen=True, slots=True)
class Sore:
    """The last word about the calves, where it was above what runs as planned."""

    nrs: int
    on: date
    very: bool


def sore_now(case: Case) -> Sore | None:
    """The sorest word of the last day that has one; `None` where it is quiet again, or too long ago."""
    notes = [note for note in case.history.soreness if note.at <= case.now and note.soreness.worst_nrs is not None]
    if not notes:
        return None
    on = case.day_of(notes[-1].at)
    if (case.today - on).days >= case.rules.sore.lasts_days:
        return None
    worst = max(_worst(note) for note in notes if case.day_of(note.at) == on)
    return Sore(worst, on, worst > case.shorter_nrs) if worst > case.as_planned_nrs else None


def _worst(note: SorenessNote) -> int:
    return note.soreness.worst_nrs or 0


class Adapting:
    """Days as they are laid, and what today makes of them."""

    def __init__(self, case: Case, costs: Costs) -> None:
        self._case, self._costs = case, costs
        self._sore = sore_now(case)

    def day(self, day: LaidDay) -> LaidDay:
        """One day from today on, with everything that stands against it."""
        if day.on in self._case.wish.not_on:
            text = (
                f"You said that {said(day.on)} does not suit. Nothing to make up: the other days were laid without it."
            )
            return LaidDay(day.on, (), text) if day.elements else day
        if self._case.locked:
            return self._locked(day)
        return self._sore_day(self._race(day))

    # --- locks -------------------------------------------------------------------------------------------------------

    def _locked(self, day: LaidDay) -> LaidDay:
        since = min(lock.since for lock in self._case.locked)
        if not day.elements:
            return day
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
        if sore is None:
            return day
        ahead = (day.on - self._case.today).days
        word = f"{sore.nrs} of 10 on {said(sore.on)}"
        rest = rules.rest_days if sore.very else 0
        if ahead < rest:
            return self._with_check_in(
                self._without_load(day, f"{word}: no run and no calf work today. Walking is fine.")
            )
        easier = rules.easier_days if sore.very else rules.shorter_days
        if ahead < rest + easier:
            text = f"{word}, so this is shorter and easy; the rest waits until your calves are at {self._case.as_planned_nrs} or less."
            changed = self._easier(day, rules.shorter_share, text)
            return self._with_check_in(changed) if ahead == 0 else changed
        return day

    def _without_load(self, day: LaidDay, text: str) -> LaidDay:
        kept = tuple(each for each in day.elements if each.kind in (K.MASSAGE, K.GLUTE_STRENGTH))
        return day if kept == day.elements else LaidDay(day.on, kept, text)

    def _with_check_in(self, day: LaidDay) -> LaidDay:
        case = self._case
        if not case.wants(K.MASSAGE) or case.massage_is_closed or any(e.kind is K.MASSAGE for e in day.elements):
            return day
        return structs.replace(day, elements=in_order((*day.elements, check_in(case))))

    # --- shorter and easier ------------------------------------------------------------------------------------------

    def _easier(self, day: LaidDay, share: float, text: str) -> LaidDay:
        """Runs of that share, all of them easy; no fast work, no bare feet, no strength for the calf."""
        elements = tuple(self._easy_run(each, share) for each in day.elements if each.kind not in CALF)
        return day if elements == day.elements else LaidDay(day.on, in_order(elements), text)

    def _easy_run(self, element: Element, share: float) -> Element:
        if element.kind is K.WALK_RUN or not element.kind.is_run or element.distance_m is None:
            return element
        if share >= 1 and element.kind not in FAST:
            return element
        return self.easy(
            element.distance_m * share, f"At your ease, {share:.0%} of what was laid." if share < 1 else "At your ease."
        )

    def easy(self, distance_m: float, why: str) -> Element:
        """An easy run of about that length."""
        metres = int(distance_m / ROUNDED_M) * ROUNDED_M
        costs = self._costs
        return Element(
            K.EASY, costs.minutes_of(metres), costs.easy_run(metres), why, ("CoachRule",), distance_m=float(metres)
        )

    # --- more done than laid -----------------------------------------------------------------------------------------

    def within(self, days: Sequence[LaidDay], *, left: Estimate, done_today: bool) -> list[LaidDay]:
        """The days of this week that are left, cut to what is left of its budget: shorter, or out where too little stays."""
        planned = sum((day.asks for day in days), Estimate())
        share = min(
            1.0,
            _share(left.strikes, planned.strikes),
            _share(left.impulse_bw_s, planned.impulse_bw_s),
        )
        fast_left = left.fast_strikes + 1e-6 >= planned.fast_strikes
        if share >= 1 - 1e-9 and fast_left:
            return list(days)
        del done_today
        return [self._cut(day, share, fast=fast_left) for day in days]

    def _cut(self, day: LaidDay, share: float, *, fast: bool) -> LaidDay:
        rules, length = self._case.rules.runs, self._case.length
        elements: list[Element] = []
        for each in day.elements:
            if each.kind in FAST and not fast and each.kind is not K.TEMPO:
                continue
            if share >= 1 and (fast or each.kind is not K.TEMPO):
                elements.append(each)
            elif each.kind.is_run and each.distance_m is not None:
                if share >= rules.ease_off_share and each.kind is not K.WALK_RUN:
                    elements.append(self.easy(each.distance_m * share, f"{length(each.distance_m)} were laid."))
            elif not each.asks.impulse_bw_s or share >= rules.ease_off_share:
                elements.append(each)
        if tuple(elements) == day.elements:
            return day
        text = "You did more than was laid this week, so what is left of it is less. Good running; let it settle."
        return LaidDay(day.on, in_order(elements), text)


def _share(left: float, planned: float) -> float:
    return max(0.0, left) / planned if planned > 0 else 1.0


Change = Callable[[LaidDay], LaidDay]
A_DAY = timedelta(days=1)
