"""Today, shaped: what comes first, what stands beside it, and every word of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from calfwise import library
from calfwise.model.care.screening import to_be_asked
from calfwise.model.journal import CheckIn, History, Prefers
from calfwise.model.load.budget import Budget, next_run_budget
from calfwise.model.run import BOTH_SIDES
from calfwise.model.session import WHOLE_CALF
from calfwise_web.figures.calves import CalvesMap
from calfwise_web.player.progress import Progress
from calfwise_web.today.asking import AtHand, Form, form_of, hand_of
from calfwise_web.today.card import (
    HabitCard,
    PracticeCard,
    SessionCard,
    Waiting,
    dose_said,
    habit_card,
    map_of,
    practice_card,
    session_card,
    spot_said,
    waiting_of,
)
from calfwise_web.today.filled import blank, said_before
from calfwise_web.today.forms import Typed
from calfwise_web.today.reasons import Line, day_said, line_of, sentences, sources_of
from calfwise_web.today.snapshot import Checked, Latest, Today
from calfwise_web.today.state import State, is_fresh, is_on, state_of
from calfwise_web.units import Units, units_of

NEXT_RUN = "next-run"
"""The model's advice that gives a distance."""
HEADINGS = {
    State.MIDDLE: "You were in the middle of it",
    State.SIGNS: "One question first",
    State.REFERRAL: "Today",
    State.SESSION: "Ready when you are",
    State.NOTHING: "A quiet day",
    State.DONE: "Done for today",
}
ASKS = "How do your calves feel?"
ENOUGH = "That's enough for today."
KEEPS = "That's enough for today. The rest keeps until tomorrow."
RAISED = "Not two days running: the next ones come when it is quiet again."
CHANGED = "New runs came in since you answered. Please answer once more: they may count."
LEFT_OPEN = "A session is open still. It ends when you answer; what you did of it counts."
STOPPED = {
    "sharp": "You stopped because of a sharp, electric or shooting feeling.",
    "numb": "You stopped because of numbness.",
    "tingling": "You stopped because of tingling.",
    "throbbing": "You stopped because of throbbing.",
    "cold": "You stopped because the foot turned cold or changed colour.",
    "breathless": "You stopped because of breathlessness, faintness or chest pain.",
}


@dataclass(frozen=True, slots=True)
class Done:
    """Today's session, done."""

    text: str
    places: tuple[tuple[str, str], ...]
    """Where, and what was done there."""
    waits: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside it: running, the last run, what is new."""

    running: tuple[Line, ...]
    latest: str
    news: tuple[Line, ...]
    no_runs: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All of Today."""

    state: str
    day: str
    heading: str
    beside: Beside
    note: str = ""
    """Why the form is shown again."""
    told: str = ""
    """What was said, in a line."""
    form: Form | None = None
    card: SessionCard | None = None
    hand: AtHand | None = None
    nothing: tuple[str, ...] = ()
    habit: HabitCard | None = None
    practice_done: str = ""
    done: Done | None = None
    map: CalvesMap | None = None
    session: str = ""
    """To resume, or to answer for."""
    is_habit: bool = False
    stopped: str = ""
    practice: PracticeCard | None = None
    """A routine that was planned today and is not done."""


def page_of(today: Today, progress: Progress | None, *, now: datetime, home: tzinfo) -> Page:
    """What the page shows at this hour."""
    state = state_of(today, progress, now=now, home=home)
    shaped = _Shaped(today, now, home)
    if progress is not None and state in (State.MIDDLE, State.SIGNS):
        return shaped.about_session(state, progress)
    if state is State.DONE:
        return shaped.done()
    checked = today.checked
    if checked is None or state in (State.ASKING, State.CHANGED, State.OPEN):
        left = progress is not None and not progress.over
        return shaped.asking(state, LEFT_OPEN if left else "")
    return shaped.answered(state, checked)


def asking_again(today: Today, progress: Progress | None, *, now: datetime, home: tzinfo) -> Page:
    """The form though today was answered, filled with what was said; signs are asked anew."""
    left = progress is not None and not progress.over
    return _Shaped(today, now, home).asking(State.ASKING, LEFT_OPEN if left else "")


def refused(today: Today, typed: Typed, errors: dict[str, str], *, now: datetime, home: tzinfo) -> Page:
    """The form as it was typed, with what is wrong."""
    shaped = _Shaped(today, now, home)
    return shaped.page(State.ASKING, form=form_of(today, typed, errors=errors, now=now, home=home))


def nobody_yet(prefers: Prefers, *, now: datetime, home: tzinfo) -> Today:
    """Today of an account that nothing was worked out for yet."""
    history, here = History(known=True), now.astimezone(home)
    return Today(
        now=here,
        prefers=prefers,
        checked=None,
        waiting=(),
        treated=None,
        practice_done=None,
        locks=(),
        asked=to_be_asked(gate=library.gate(), history=history, now=here),
        said_yes=(),
        morning_at=None,
        budget=next_run_budget((), races=frozenset(), soreness=(), now=here),
        notices=(),
        latest=None,
        sessions=0,
        still_locked=(),
    )


@dataclass(frozen=True, slots=True)
class _Shaped:
    """One page in the making."""

    today: Today
    now: datetime
    home: tzinfo

    def page(self, state: State, **more: object) -> Page:
        here = self.now.astimezone(self.home)
        return Page(
            state=state.value,
            day=f"{here:%A}, {here.day} {here:%B}",
            heading=HEADINGS.get(state, ASKS),
            beside=beside_of(self.today, now=self.now, home=self.home),
            practice=self._practice(state, str(more.get("session", ""))),
            **more,  # type: ignore[arg-type]
        )

    def _practice(self, state: State, on: str) -> PracticeCard | None:
        """Beside what comes first; nothing is practised while somebody should look at a leg."""
        plan = self.today.practice
        if plan is None or state in (State.REFERRAL, State.SIGNS) or plan.id == on:
            return None
        return practice_card(plan) if is_on(plan.at, now=self.now, home=self.home) else None

    def asking(self, state: State, note: str) -> Page:
        """The form: empty, or filled with what was said and still counts."""
        today, checked = self.today, self.today.checked
        fresh = checked is not None and is_fresh(checked, now=self.now, home=self.home)
        typed, missing = blank(today, now=self.now), tuple[str, ...]()
        if checked is not None and fresh:
            kept = today.asked if state is State.OPEN else ()
            typed = said_before(today, checked.check_in, asked=kept)
            missing = checked.missing if state is State.OPEN else ()
        form = form_of(today, typed, missing=missing, now=self.now, home=self.home)
        return self.page(state, note=note or (CHANGED if state is State.CHANGED else ""), form=form)

    def about_session(self, state: State, progress: Progress) -> Page:
        reason = progress.reason or ""
        return self.page(
            state, session=progress.session, is_habit=progress.kind == "practice", stopped=stopped_said(reason)
        )

    def answered(self, state: State, checked: Checked) -> Page:
        today, plan = self.today, checked.session
        told = told_of(checked.check_in, now=self.now, home=self.home)
        drawn = map_of(today, plan, checked.queue)
        if state is State.SESSION and plan is not None:
            card = session_card(today, checked, plan)
            return self.page(state, told=told, card=card, map=drawn, hand=hand_of(blank(today, now=self.now)))
        if state is State.REFERRAL:
            return self.page(state, told=told)
        habit, why = checked.habit, (*checked.plan_reasons, *checked.reasons)
        raised = habit is not None and today.practice_done is not None and today.practice_done.session == habit.id
        return self.page(
            state,
            told=told,
            nothing=tuple(text for reason in why for text in sentences(reason.text)),
            habit=habit_card(habit) if habit and not raised else None,
            practice_done=RAISED if raised else "",
            done=Done("", (), waiting_of(checked.queue)) if checked.queue else None,
            map=drawn if drawn.marks or drawn.locked else None,
        )

    def done(self) -> Page:
        today, treated = self.today, self.today.treated
        waits = waiting_of(today.waiting)
        places = _places_done(today)
        early = "You stopped early; what you did counts. " if treated and treated.stopped_early else ""
        done = Done(early + (KEEPS if waits else ENOUGH), places, waits)
        return self.page(State.DONE, done=done, map=map_of(today, None, today.waiting) if waits else None)


def _places_done(today: Today) -> tuple[tuple[str, str], ...]:
    """Each place that was worked on, with what was done there."""
    if today.treated is None:
        return ()
    techniques = library.content().techniques
    items = [item for item in today.treated.session.items if item.spot in today.treated.spots]
    strokes = {item.side: item for item in today.treated.session.items if item.zone == WHOLE_CALF}
    shown = items or [strokes[side] for side in BOTH_SIDES if side in strokes]
    return tuple((spot_said(item.spot), f"{techniques[item.technique].title}, {dose_said(item)}.") for item in shown)


def told_of(check_in: CheckIn, *, now: datetime, home: tzinfo) -> str:
    """What was said, in a line: "At 11:20 you said: left 5, right 2, one spot"."""
    at = check_in.at.astimezone(home)
    soreness = [f"{side} {nrs}" for side in BOTH_SIDES if (nrs := check_in.soreness.of(side)) is not None]
    marked = sum(1 for tender in check_in.spots if tender.tenderness_nrs)
    spots = [] if not marked else ["one spot" if marked == 1 else f"{marked} spots"]
    yes = sum(1 for said in check_in.answers.values() if said.is_yes)
    signs = [] if yes else ["nothing unusual"]
    return f"At {at:%H:%M} you said: {', '.join([*soreness, *spots, *signs])}."


def stopped_said(reason: str) -> str:
    """Why a session was stopped."""
    known = library.player().rules.reasons.get(reason)
    return STOPPED.get(reason) or (f"You stopped: {known.text.lower()}." if known else "You stopped early.")


# --------------------------------------------------------------------------------------------------------------- beside
def beside_of(today: Today, *, now: datetime, home: tzinfo) -> Beside:
    """Running today and the next run; before an answer, what the calves know."""
    units = units_of(today.prefers)
    checked = today.checked
    fresh = checked is not None and is_fresh(checked, now=now, home=home) and checked.still_holds
    advice: Sequence[Line] = [_next_run(today.budget, units)]
    if checked is not None and fresh:
        advice = [_next_run(today.budget, units) if r.id == NEXT_RUN else line_of(r) for r in checked.advice]
    return Beside(
        running=tuple(advice),
        latest=_latest(today.latest, units, now=now, home=home),
        news=tuple(Line(f"{_day(n.day, now, home)}: {n.text}.", (), sources_of(n.sources)) for n in today.notices),
        no_runs=today.latest is None,
    )


def _next_run(budget: Budget, units: Units) -> Line:
    """In the runner's own unit."""
    sources = sources_of(budget.sources)
    if budget.reference_m is None or budget.upper_m is None:
        return Line(sentences(budget.reason)[0], (), sources)
    low, high = (round(metres / units.metres) for metres in (budget.reference_m, budget.upper_m))
    about = f"up to about {high}" if low == high else f"about {low}–{high}"
    return Line(f"Next run: {about} easy {units.distance} is what your calves know.", sentences(budget.reason), sources)


def _latest(latest: Latest | None, units: Units, *, now: datetime, home: tzinfo) -> str:
    if latest is None:
        return ""
    parts = [_day(latest.day, now, home)]
    if latest.distance_m:
        parts.append(units.length(latest.distance_m))
    if latest.strikes:
        parts.append(f"about {round(latest.strikes / 2, -2):,.0f} foot strikes each leg")
    return f"Last run: {', '.join(parts)}."


def _day(day: date, now: datetime, home: tzinfo) -> str:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=home)
    said = day_said(noon, now=now, home=home)
    return said[0].upper() + said[1:]
