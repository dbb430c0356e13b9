"""The weeks ahead: walked through from the weeks before the wish to its last day."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from calfwise.model import constants as c
from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.adapt import Adapting, sore_now
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs
from calfwise.model.fix.weeks.done import Done, ledger_of, week_of, words_of
from calfwise.model.fix.weeks.laid import LaidWeek, Unfit, Weeks
from calfwise.model.fix.weeks.lay import USED, Layer, Week, used
from calfwise.model.fix.weeks.ledger import DAYS_A_WEEK, WEEK, Ledger, Past
from calfwise.model.fix.weeks.matched import matched
from calfwise.model.fix.weeks.parts import ITS_TURN
from calfwise.model.load.budget import Knowing
from calfwise.model.load.change import said
from calfwise.model.weeks import ElementKind, Estimate, LaidDay


def weeks_of(case: Case) -> Weeks:
    """Lay the weeks.

    Parameters
    ----------
    case
        All that they are laid from.

    Returns
    -------
    Weeks
        Every week from the wish's first to its last. Days that are over stand as they were told; today stands as it
        was told once its run is done; the others are laid by the rules of library/weeks.toml. The same case gives the
        same weeks.
    """
    return _Walk(case).weeks()


class _Walk:
    def __init__(self, case: Case) -> None:
        self._case = case
        self._costs = Costs(case)
        first = case.wish.begins - case.rules.budget.walked_weeks * WEEK
        self._done = Done(case, self._costs, first)
        self._words = words_of(case, first)
        self._ledger = ledger_of(case, self._costs, self._done, self._words, first=first, until=case.wish.begins)
        self._knowing = self._knowing_before(case.wish.begins)
        self._taken_until = case.wish.begins
        self._layer = Layer(case, self._costs, self._done)
        self._adapting = Adapting(case, self._costs, self._done.runs_on)
        self._ladder: int | None = 0 if case.is_return else None
        """Weeks done on the steps of walk and run."""
        self._ladder_over = False
        running = max(case.wish.begins, case.today)
        # The week that runs, or the first one.
        self._now = case.wish.begins + (running - case.wish.begins).days // WEEK.days * WEEK
        self._quiet_weeks_now = 0

    def weeks(self) -> Weeks:
        case = self._case
        laid: list[LaidWeek] = []
        unfit: dict[ElementKind | None, list[Unfit]] = {}
        for number in range(case.wish.weeks):
            begins = case.wish.begins + number * WEEK
            week = self._week(begins, number, laid)
            if begins + WEEK > case.today:
                for each in week.unfit:
                    unfit.setdefault(each.kind, []).append(each)
        today = next((day for week in laid for day in week.days if day.on == case.today), LaidDay(case.today))
        misfits = (*misfits_of(case, unfit.values(), laid), *thinner_shoes(case, self._quiet_weeks_now))
        done = matched(case, self._costs, self._done, [day for week in laid for day in week.days])
        return Weeks(case.wish, tuple(laid), self._told(), misfits, today, done)

    def _as_of(self, begins: date) -> date:
        """Its first day; in the week that runs today, where no run came for so long that what was counts in part."""
        case = self._case
        if not begins <= case.today < begins + WEEK:
            return begins
        last = next((outing.day for outing in reversed(case.outings) if outing.day < case.today), None)
        away = last is not None and (case.today - last).days >= c.BREAK_FROM_DAYS
        return case.today if away else begins

    # --- one week ----------------------------------------------------------------------------------------------------

    def _week(self, begins: date, number: int, before: list[LaidWeek]) -> Week:
        """One week, put behind those before it."""
        done = self._done
        if begins == self._now:
            self._quiet_weeks_now = self._ledger.symptom_free_weeks(begins)
        self._step_on_ladder(begins)
        knowing = self._knowing.copy()
        step, as_of = self._ladder_step(), self._as_of(begins)
        week = self._layer.week(begins, number, self._ledger, knowing, ladder=step, as_of=as_of)
        ends = begins + WEEK
        days = self._as_they_are(week, begins)
        asks = sum((day.asks for day in days), Estimate())
        laid = LaidWeek(
            begins=begins,
            days=tuple(days),
            budget=week.most,
            asks=asks,
            done=done.between(begins, ends),
            lighter=week.budget.lighter,
            told=tuple(used(asks, days) if reason.id == USED else reason for reason in week.told),
        )
        before.append(laid)
        if number and begins > self._case.today:
            before[-2:] = rested(before[-2], laid)
        self._remember(begins, list(before[-1].days))
        return week

    def _as_they_are(self, week: Week, begins: date) -> list[LaidDay]:
        """Days that are over as they were told; the others as today makes them."""
        case = self._case
        if begins + WEEK <= case.today:
            return [case.history.laid.get(day.on, LaidDay(day.on)) for day in week.days]
        over = [case.history.laid.get(day.on, LaidDay(day.on)) for day in week.days if day.on < case.today]
        ahead = [self._adapting.day(day) for day in week.days if day.on >= case.today]
        if begins <= case.today:
            ahead = self._rest_of(week, ahead, begins)
        return [*over, *ahead]

    def _rest_of(self, week: Week, ahead: list[LaidDay], begins: date) -> list[LaidDay]:
        """What is left of the week that runs: today as told once its run is done, the others within its budget."""
        case, done = self._case, self._done
        told = case.history.laid.get(case.today)
        today, later = ahead[0], ahead[1:]
        if done.runs_on(case.today):
            today = told or today
            left = _less(week.most, done.between(begins, case.today + (WEEK / 7)))
            return [today, *self._adapting.within(later, left=left)]
        left = _less(week.most, done.between(begins, case.today))
        return self._adapting.within(ahead, left=left)

    def _remember(self, begins: date, days: list[LaidDay]) -> None:
        """The week as it went, or as it is laid to go on: what the next one begins from."""
        case, done = self._case, self._done
        ends = begins + WEEK
        if ends <= case.today:
            self._ledger.add(week_of(done, self._words, begins))
            self._take(ends)
            return
        if begins > case.today:
            run_days = [day.on for day in days if any(each.kind.is_run for each in day.elements)]
            asks = sum((day.asks for day in days), Estimate())
            self._ledger.add(Past(begins, asks, len(run_days), None, 0, planned=True), run_days)
            self._run_as_laid(days)
            return
        went = week_of(done, self._words, begins)
        rest = [day for day in days if day.on > case.today or (day.on == case.today and not done.runs_on(day.on))]
        asks = sum((day.asks for day in rest), Estimate())
        run_days = [day.on for day in rest if any(each.kind.is_run for each in day.elements)]
        loud = went.worst_nrs is not None and went.worst_nrs > case.content.practice.calm_nrs
        self._ledger.add(
            Past(begins, went.done + asks, went.run_days + len(run_days), went.worst_nrs, went.heard, planned=not loud),
            run_days,
        )
        self._take(case.today + (WEEK / 7))
        self._run_as_laid(rest)

    def _run_as_laid(self, days: Iterable[LaidDay]) -> None:
        """Take runs to come for done, barefoot minutes with them."""
        for day in days:
            bare = sum(each.part_minutes for each in day.elements if each.kind is ElementKind.GRASS)
            metres = sum(each.distance_m or 0.0 for each in day.elements)
            self._knowing.take(day.on, metres + self._costs.metres_in(bare))

    # --- what the calves know ----------------------------------------------------------------------------------------

    def _knowing_before(self, begins: date) -> Knowing:
        case = self._case
        home = case.now.tzinfo
        assert home is not None, "now must be aware"
        knowing = Knowing(races=case.races, soreness=case.history.soreness, home=home)
        for outing in case.outings:
            if outing.day < begins and self._counts(outing.day):
                knowing.take(outing.day, outing.distance_m)
        return knowing

    def _counts(self, day: date) -> bool:
        """After a strain only what was run since somebody agreed."""
        agreed = self._case.wish.agreed_on
        return not self._case.is_return or (agreed is not None and day >= agreed)

    def _take(self, until: date) -> None:
        """Take in what was run up to, but without, that day."""
        for outing in self._done.outings:
            if self._taken_until <= outing.day < until and self._counts(outing.day):
                self._knowing.take(outing.day, outing.distance_m)
        self._taken_until = max(self._taken_until, until)

    # --- walk and run ------------------------------------------------------------------------------------------------

    def _ladder_step(self) -> int | None:
        """The step of this week; `None`: plain running."""
        routine = self._case.content.routines.get("walk-run")
        if self._ladder is None or self._ladder_over:
            return None
        if routine is None:
            return 1
        weeks = self._ladder
        for step, level in enumerate(routine.levels, 1):
            if weeks < level.weeks:
                return step
            weeks -= level.weeks
        return len(routine.levels)

    def _step_on_ladder(self, begins: date) -> None:
        """Where this week stands on the steps: one up after a quiet week that was done, one down after a sore one."""
        known = self._knowing.budget(begins).reference_m is not None
        routine = self._case.content.routines.get("walk-run")
        whole = sum(level.weeks for level in routine.levels) if routine else 0
        last = self._ledger.last(begins)
        if self._ladder is None or self._ladder_over:
            if not known:
                self._ladder, self._ladder_over = 0, False
            return
        if begins == self._case.wish.begins:
            return
        if last is not None:
            self._ladder = max(0, self._ladder + self._rung(last, self._ledger))
        self._ladder_over = self._ladder >= whole and known

    def _rung(self, last: Past, ledger: Ledger) -> int:
        case = self._case
        if last.worst_nrs is not None and last.worst_nrs > case.shorter_nrs:
            return -1
        if ledger.is_loud(last) or last.run_days < min(case.rules.runs.walk_run_days_done, len(case.wish.run_days)):
            return 0
        return 1

    # --- what holds for all ------------------------------------------------------------------------------------------

    def _told(self) -> tuple[Reason, ...]:
        case = self._case
        told: list[Reason] = []
        if case.locked:
            since = min(lock.since for lock in case.locked)
            text = f"Since {said(since)} somebody should look at your calves first: nothing loads them until then."
            told.append(Reason("locked", text, ("CoachRule", "OurRule")))
        sore = sore_now(case)
        if sore is not None:
            text = (
                f"Your calves were at {sore.nrs} of 10 on {said(sore.on)}: the next days are easier until they settle."
            )
            told.append(Reason("sore", text, ("Silbernagel2007", "CoachRule")))
        if case.is_older:
            text = f"At about {case.years} weeks grow by {case.growth:.0%} and every {case.lighter_every}rd is lighter."
            told.append(Reason("older", text, ("GreenPizzari2017", "CoachRule")))
        text = (
            "Weeks are laid by these rules, never scored: ratios of weeks did not tell who is injured, and a tenth a "
            "week protected nobody."
        )
        told.append(Reason("rules", text, ("Impellizzeri2021", "Buist2008", "CoachRule")))
        return tuple(told)


def misfits_of(case: Case, unfit: Iterable[Sequence[Unfit]], laid: Sequence[LaidWeek]) -> tuple[Unfit, ...]:
    """What does not fit yet, with the day from which the weeks hold it if they stay quiet."""
    ahead = [week for week in laid if week.ends >= case.today]
    first: dict[ElementKind, date] = {}
    for week in ahead:
        for day in week.days:
            for element in day.elements:
                first.setdefault(element.kind, day.on)
    told: list[Unfit] = []
    for why in unfit:
        kind = why[0].kind
        on = first.get(kind) if kind is not None and kind is not ElementKind.EASY else None
        if on is not None and on <= ahead[0].ends:
            continue
        telling = [one for one in why if ITS_TURN not in one.would_need] or why
        each = why[0] if on is not None or kind is ElementKind.EASY else telling[0]
        later = f" By these weeks from {said(on)}, if your mornings stay quiet." if on is not None else ""
        told.append(structs.replace(each, would_need=each.would_need + later))
    return tuple(told)


def thinner_shoes(case: Case, quiet_weeks: int) -> tuple[Unfit, ...]:
    """Thinner shoes are no element of a day; they wait like bare feet."""
    older = case.rules.older.more_gate_weeks if case.is_older else 0
    needed = case.rules.gates.thinner_shoes_weeks + older
    if quiet_weeks >= needed:
        return ()
    more = "One more week" if needed - quiet_weeks == 1 else f"{needed - quiet_weeks} more weeks"
    came = quiet_weeks or "none"
    why = f"Thinner shoes wait for {needed} symptom-free weeks in a row; {came} came before this one."
    need = f"{more} of quiet mornings. Then one short run a week in them, in place of one in yours."
    return (Unfit(None, why, need, ("Ridge2013", "CoachRule")),)


def rested(week: LaidWeek, following: LaidWeek) -> list[LaidWeek]:
    """Two weeks that meet: no strength for the calf and no bare feet on both sides, no strength before a hard run."""
    if _holds(week.days[-1], ElementKind.GRASS) and _holds(following.days[0], ElementKind.GRASS):
        following = _with_day(following, 0, _without(following.days[0], ElementKind.GRASS))
    last, first = week.days[-1], following.days[0]
    if not _holds(last, ElementKind.CALF_STRENGTH):
        return [week, following]
    if any(_holds(first, kind) for kind in (ElementKind.LONG, ElementKind.TEMPO, ElementKind.GRASS)):
        return [_with_day(week, DAYS_A_WEEK - 1, _without(last, ElementKind.CALF_STRENGTH)), following]
    if _holds(first, ElementKind.CALF_STRENGTH):
        return [week, _with_day(following, 0, _without(first, ElementKind.CALF_STRENGTH))]
    return [week, following]


def _holds(day: LaidDay, kind: ElementKind) -> bool:
    return any(each.kind is kind for each in day.elements)


def _without(day: LaidDay, kind: ElementKind) -> LaidDay:
    return structs.replace(day, elements=tuple(each for each in day.elements if each.kind is not kind))


def _with_day(week: LaidWeek, place: int, day: LaidDay) -> LaidWeek:
    """The same week with another day, its sums told anew."""
    days = (*week.days[:place], day, *week.days[place + 1 :])
    asks = sum((each.asks for each in days), Estimate())
    told = tuple(used(asks, days) if reason.id == USED else reason for reason in week.told)
    return structs.replace(week, days=days, asks=asks, told=told)


def _less(budget: Estimate, done: Estimate) -> Estimate:
    """What is left of it."""
    return Estimate(
        budget.strikes - done.strikes,
        budget.fast_strikes - done.fast_strikes,
        budget.impulse_bw_s - done.impulse_bw_s,
        budget.low_bw_s - done.low_bw_s,
        budget.high_bw_s - done.high_bw_s,
    )
