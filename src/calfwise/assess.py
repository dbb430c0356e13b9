"""The front door: one question in, one answer out, and every step on the way to it."""

from datetime import datetime

from msgspec import Struct

from calfwise.model.care.advice import running_advice
from calfwise.model.care.choice import Kit
from calfwise.model.care.content import Content
from calfwise.model.care.outcomes import Clear, Limited, Reason, Screening
from calfwise.model.care.planner import Plan, plan
from calfwise.model.care.screening import screen
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.journal import CheckIn, History
from calfwise.model.load.budget import Budget, next_run_budget
from calfwise.model.load.change import Change, Notice, change_of, explaining
from calfwise.model.load.days import Day, days_of
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import Outing, outings_of
from calfwise.model.runner import Runner


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


class Assessment(Struct, frozen=True):
    """The answer, and every step on the way to it."""

    model_version: str
    outings: tuple[Outing, ...]
    days: tuple[Day, ...]
    change: Change
    explained: Notice | None
    """The run of the last 72 h that explains sore calves."""
    budget: Budget
    screening: Screening
    plan: Plan
    """Without a session wherever screening did not let it through."""
    advice: tuple[Reason, ...]


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
    now, home = question.now, question.now.tzinfo
    assert home is not None, "now must be aware"
    history, rules = question.history, question.content.gate.rules
    loads = tuple(load for load in question.loads if load.start <= now)
    outings = outings_of(loads, runner=question.runner, home=home)
    change = change_of(outings, runner=question.runner, races=history.races, now=now)
    explained = explaining(change, now=now, within_h=rules.explained_h)
    screening = screen(
        gate=question.content.gate,
        check_in=question.check_in,
        history=history,
        explained=explained,
        hard_ends=change.hard_ends,
        now=now,
    )
    budget = next_run_budget(outings, races=history.races, soreness=history.soreness, now=now)
    return Assessment(
        model_version=MODEL_VERSION,
        outings=outings,
        days=days_of(outings, home=home),
        change=change,
        explained=explained,
        budget=budget,
        screening=screening,
        plan=_planned(question, screening),
        advice=running_advice(soreness=question.check_in.soreness, screening=screening, budget=budget, rules=rules),
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
    )
