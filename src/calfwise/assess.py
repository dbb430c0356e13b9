"""The front door: one question in, one answer out, and every step on the way to it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from calfwise.model.care.advice import running_advice
from calfwise.model.care.choice import Kit
from calfwise.model.care.content import Content
from calfwise.model.care.habit import habit_for
from calfwise.model.care.leaning import Leaning
from calfwise.model.care.outcomes import Clear, Limited, Reason, Referral, Screening, outcome_of
from calfwise.model.care.planner import Plan, plan
from calfwise.model.care.protocol import PlayerContent
from calfwise.model.care.screening import screen
from calfwise.model.care.signs import Gate
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.described import described, races_of
from calfwise.model.fix.case import Case, Episode, kilometres
from calfwise.model.fix.cause import Ranked, Reasons
from calfwise.model.fix.causes import causes_of
from calfwise.model.fix.practice import Offer, offers
from calfwise.model.fix.weeks.ahead import weeks_of
from calfwise.model.fix.weeks.case import Case as WeeksCase
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.fix.weeks.rules import WeeksRules
from calfwise.model.fix.working.answer import Working, working_of
from calfwise.model.fix.working.rules import WorkingRules
from calfwise.model.fix.working.said import Per
from calfwise.model.journal import AnyEvent, CheckIn, History, Planned, Screened
from calfwise.model.load.alignment import StanceStory, aligned
from calfwise.model.load.budget import Budget, next_run_budget
from calfwise.model.load.change import Change, Notice, change_of, explaining
from calfwise.model.load.days import Day, days_of
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import Easy, easy_of, own_cadence_spm
from calfwise.model.load.next_run import Forecast, Wish, forecast
from calfwise.model.load.outings import Outing, outings_of
from calfwise.model.load.used_to import UsedTo, used_to_lately
from calfwise.model.runner import Runner
from calfwise.model.session import Practice, Soreness


class Question(Struct, frozen=True):
    """All that the answer depends on. No columns: recordings became RunLoads before."""

    now: datetime
    """Aware; its offset is the runner's home."""
    runner: Runner
    loads: tuple[RunLoad, ...]
    history: History
    check_in: CheckIn
    kit: Kit
    minutes: int
    content: Content
    leaning: Leaning | None = None
    """What the runner's own sessions lean towards; `None`: what suits the spot."""


class LoadHistory(Struct, frozen=True):
    """What the calves took, and what changed."""

    model_version: str
    outings: tuple[Outing, ...]
    days: tuple[Day, ...]
    change: Change
    budget: Budget
    stance: StanceStory = StanceStory()
    """Which source of ground contact speaks for the forces, and what became of others."""
    easy: Easy | None = None
    """What an own easy kilometre asks; `None`: too few easy runs."""
    used_to: tuple[UsedTo, UsedTo] | None = None
    """Of 30 and of 90 days."""


class Assessment(Struct, frozen=True):
    """The answer, and every step on the way to it."""

    load: LoadHistory
    explained: Notice | None
    """The run of the last 72 h that explains sore calves."""
    screening: Screening
    plan: Plan
    """Without a session wherever screening did not let it through."""
    advice: tuple[Reason, ...]

    def events(self, check_in: CheckIn, *, rules: str) -> list[AnyEvent]:
        """What a journal keeps of it: the check-in, the verdict, and the session if there is one."""
        screening = self.screening
        referral = screening if isinstance(screening, Referral) else None
        screened = Screened(
            at=check_in.at,
            outcome=outcome_of(screening),
            rules=rules,
            level=referral.level if referral else None,
            locked=referral.locked if referral else (),
            reasons=tuple(reason.id for reason in screening.reasons),
            two_sided=referral.two_sided if referral else False,
        )
        plan = self.plan
        planned = [Planned(check_in.at, plan.session, plan.queue)] if plan.session else []
        return [check_in, screened, *planned]


def assess(question: Question) -> Assessment:
    """What the calves took, what changed, whether self-massage is sensible today, and which.

    Parameters
    ----------
    question
        Everything the answer depends on, the clock included.

    Returns
    -------
    Assessment
        `plan.session` is None unless screening is `Clear` or `Limited`.
    """
    load = load_history(question.loads, runner=question.runner, history=question.history, now=question.now)
    return assess_with(load, question)


def assess_with(load: LoadHistory, question: Question) -> Assessment:
    """The same where what the calves took is known already; the question's own loads are not looked at.

    Parameters
    ----------
    load
        From `load_history`, of the same runner, history and day.
    question
        Everything else the answer depends on.

    Returns
    -------
    Assessment
    """
    now, rules = question.now, question.content.gate.rules
    explained = explaining(load.change, now=now, within_h=rules.explained_h)
    screening = screen(
        gate=question.content.gate,
        check_in=question.check_in,
        history=question.history,
        explained=explained,
        hard_ends=load.change.hard_ends,
        now=now,
    )
    return Assessment(
        load=load,
        explained=explained,
        screening=screening,
        plan=_planned(question, screening),
        advice=running_advice(
            soreness=question.check_in.soreness, screening=screening, budget=load.budget, rules=rules
        ),
    )


def quiet_day(answer: Assessment, question: Question, *, content: PlayerContent) -> Practice | None:
    """Heel raises, where the answer leaves nothing else to do; `None` on any other day."""
    return habit_for(
        history=question.history,
        check_in=question.check_in,
        screening=answer.screening,
        plan=answer.plan,
        content=content,
        now=question.now,
    )


def practices(
    load: LoadHistory,
    *,
    history: History,
    check_in: CheckIn | None,
    content: PlayerContent,
    now: datetime,
    soreness: Soreness | None = None,
) -> tuple[Offer, ...]:
    """Every routine of exercises: which level comes next, and whether it suits today.

    Parameters
    ----------
    load
        From `load_history`, of the same runner, history and day; its runs tell the own cadence.
    history
        All that was written down.
    check_in
        The last one; where it is too old to speak for now, or the gate's questions were not asked in it, only what it
        left in the history counts.
    content
        Routines, exercises and rules.
    now
        Aware; its offset is the runner's home.
    soreness
        Walking soreness as said now, later than any check-in.

    Returns
    -------
    tuple of Offer
        In the library's order.
    """
    rules = content.care.gate.rules
    fresh = check_in is not None and timedelta(0) <= now - check_in.at <= timedelta(hours=rules.answers_last_h)
    screening = None
    if check_in is not None and fresh and check_in.answers:
        screening = screen(
            gate=content.care.gate,
            check_in=check_in,
            history=history,
            explained=explaining(load.change, now=now, within_h=rules.explained_h),
            hard_ends=load.change.hard_ends,
            now=now,
        )
    if soreness is None and check_in is not None and fresh:
        soreness = check_in.soreness
    return offers(
        history=history,
        soreness=soreness,
        screening=screening,
        content=content,
        now=now,
        cadence_spm=own_cadence_spm(load.outings, now=now),
    )


def load_history(loads: Sequence[RunLoad], *, runner: Runner, history: History, now: datetime) -> LoadHistory:
    """What the calves took up to now: outings, days, what changed, and how far the next run may go.

    Parameters
    ----------
    loads
        Runs in any order; those after `now` are left out.
    runner
        Whose they are.
    history
        What the runner said of runs and shoes, races, and soreness on mornings after.
    now
        Aware; its offset is the runner's home.

    Returns
    -------
    LoadHistory
    """
    home = now.tzinfo
    assert home is not None, "now must be aware"
    held = [load for load in loads if load.start <= now]
    told, stance = aligned(described(held, history=history, home=home))
    races = races_of(told, history=history, home=home)
    outings = outings_of(told, runner=runner, home=home)
    return LoadHistory(
        model_version=MODEL_VERSION,
        outings=outings,
        days=days_of(outings, home=home),
        change=change_of(outings, runner=runner, races=races, now=now),
        budget=next_run_budget(outings, races=races, soreness=history.soreness, now=now),
        stance=stance,
        easy=easy_of(outings, now=now),
        used_to=used_to_lately(outings, now=now),
    )


class Why(Struct, frozen=True):
    """Why the calves may be tight."""

    episode: Episode | None
    """The sore days that are asked about; `None`: no soreness lately, and causes tell what changed up to now."""
    causes: tuple[Ranked, ...]
    """All of them, the likeliest to be worth a look first."""
    to_ask: tuple[str, ...]
    """Questions about the runner's life that nobody answered, by id."""


def why(
    load: LoadHistory,
    *,
    runner: Runner,
    history: History,
    reasons: Reasons,
    now: datetime,
    length: Callable[[float], str] = kilometres,
) -> Why:
    """Why the calves may be tight: what speaks for and against each known reason. Never the cause.

    Parameters
    ----------
    load
        From `load_history`, of the same runner and day.
    runner, history
        Whose they are, and what they wrote.
    reasons
        The causes and their rules.
    now
        Aware; its offset is the runner's home.
    length
        How lengths are said.

    Returns
    -------
    Why
    """
    home = now.tzinfo
    assert home is not None, "now must be aware"
    loads = [each for outing in load.outings for each in outing.loads]
    case = Case(
        runner=runner,
        history=history,
        outings=load.outings,
        races=races_of(loads, history=history, home=home),
        rules=reasons.rules,
        errors=reasons.errors,
        now=now,
        length=length,
    )
    return Why(
        episode=case.episode,
        causes=causes_of(case, content=reasons.causes),
        to_ask=tuple(question for question in reasons.questions if question not in history.life),
    )


def is_it_working(
    load: LoadHistory,
    *,
    history: History,
    rules: WorkingRules,
    gate: Gate,
    now: datetime,
    per: Per | None = None,
    first_weekday: int = 0,
) -> Working:
    """Whether fewer sessions are needed, beside everything else that makes them fewer.

    Parameters
    ----------
    load
        From `load_history`, of the same runner and day.
    history
        What the runner wrote.
    rules, gate
        When the numbers say something, and what locks a leg.
    now
        Aware; its offset is the runner's home.
    per, first_weekday
        The runner's unit of distance, and the day on which weeks begin (Monday is 0).

    Returns
    -------
    Working
    """
    return working_of(
        load.outings,
        history=history,
        rules=rules,
        gate=gate,
        now=now,
        easy=load.easy,
        per=per,
        first_weekday=first_weekday,
    )


def plan_run(load: LoadHistory, wish: Wish, *, runner: Runner, now: datetime) -> Forecast:
    """What a run would ask of the calves, before it is run. Nothing is kept of it.

    Parameters
    ----------
    load
        From `load_history`, of the same runner and day.
    wish
        The run somebody thinks of, as the next one.
    runner
        Who runs.
    now
        Aware; its offset is the runner's home.

    Returns
    -------
    Forecast
    """
    return forecast(
        wish,
        outings=load.outings,
        change=load.change,
        budget=load.budget,
        easy=load.easy,
        runner=runner,
        now=now,
    )


def weeks_ahead(
    load: LoadHistory,
    *,
    runner: Runner,
    history: History,
    content: PlayerContent,
    rules: WeeksRules,
    now: datetime,
    length: Callable[[float], str] = kilometres,
) -> Weeks | None:
    """The weeks ahead, as the runner wants them and the calves allow; `None`: nobody wished for any.

    Parameters
    ----------
    load
        From `load_history`, of the same runner and day.
    runner, history
        Whose they are, what they wrote, and the wish; earlier referrals are read from it.
    content
        Exercises, routines, and the gate's thresholds.
    rules
        library/weeks.toml.
    now
        Aware; its offset is the runner's home.
    length
        How lengths are said.

    Returns
    -------
    Weeks or None
    """
    if history.weeks is None:
        return None
    home = now.tzinfo
    assert home is not None, "now must be aware"
    loads = [each for outing in load.outings for each in outing.loads]
    return weeks_of(
        WeeksCase(
            wish=history.weeks,
            outings=load.outings,
            easy=load.easy,
            own_speed_mps=load.change.easy_speed_mps,
            own_spm=own_cadence_spm(load.outings, now=now),
            races=races_of(loads, history=history, home=home),
            runner=runner,
            history=history,
            content=content,
            rules=rules,
            now=now,
            length=length,
        )
    )


def _planned(question: Question, screening: Screening) -> Plan:
    """A plan only from `Clear` or `Limited`; otherwise nothing, and what waited goes on waiting."""
    if not isinstance(screening, Clear | Limited):
        return Plan(None, question.history.waiting, ())
    return plan(
        screening=screening,
        check_in=question.check_in,
        history=question.history,
        content=question.content,
        kit=question.kit,
        minutes=question.minutes,
        now=question.now,
        leaning=question.leaning,
    )
