"""What today's and the next running should look like."""

from calfwise.model.care.outcomes import Reason, Referral, Screening
from calfwise.model.care.refer import LOCKED
from calfwise.model.care.signs import GateRules, Level
from calfwise.model.load.budget import Budget
from calfwise.model.session import Soreness

BORROWED = ("Silbernagel2007",)


def running_advice(*, soreness: Soreness, screening: Screening, budget: Budget, rules: GateRules) -> tuple[Reason, ...]:
    """Advice for today's legs and for the next run, each with its sources.

    The limits 0-3, 4-5 and over 5 come from studies of Achilles trouble and are borrowed.
    """
    today = _today(soreness, screening, rules)
    worst = soreness.worst_nrs
    if worst is not None and worst > rules.run_as_planned_nrs:
        return (today,)
    if _referred(screening) is not None:
        return (today,)
    return (today, _next_run(budget))


def _today(soreness: Soreness, screening: Screening, rules: GateRules) -> Reason:
    worst = soreness.worst_nrs
    referred = _referred(screening)
    if referred is not None and referred.rank >= Level.TODAY.rank:
        return Reason("run-not-now", "No running until somebody has looked at it.", ("OurRule",))
    if referred is Level.WEEK:
        return Reason(
            "run-rest", "No running until it is looked at. Walking is fine as long as it stays easy.", ("OurRule",)
        )
    if worst is None:
        return Reason("run-unknown", "How do your calves feel when you walk? Then I can say more.", ("OurRule",))
    if worst <= rules.run_as_planned_nrs:
        text = f"Walk as you like. Soreness up to {rules.run_as_planned_nrs} of 10: run as planned, and easy."
        return Reason("run-as-planned", text, BORROWED)
    if worst <= rules.run_shorter_nrs:
        text = f"At {worst} of 10 run shorter than planned or not at all, and only go on if it settles by next morning."
        return Reason("run-shorter", text, BORROWED)
    return Reason("run-not-today", f"At {worst} of 10: no run today. Walking is fine.", BORROWED)


def _referred(screening: Screening) -> Level | None:
    """How soon somebody should look at a leg: by today's verdict, or by an earlier one that still locks one of them."""
    if isinstance(screening, Referral):
        return None if screening.level is Level.BLOCK else screening.level
    locked = [reason.level for reason in screening.reasons if reason.id == LOCKED and reason.level is not None]
    return max(locked, key=lambda level: level.rank, default=None)


def _next_run(budget: Budget) -> Reason:
    if budget.reference_m is None or budget.upper_m is None:
        return Reason("next-run", f"Next run: {budget.reason}.", budget.sources)
    low, high = budget.reference_m / 1000, budget.upper_m / 1000
    text = f"Next run: about {low:.0f}–{high:.0f} easy km is what your calves know ({budget.reason})."
    if round(low) == round(high):
        text = f"Next run: up to about {high:.0f} easy km is what your calves know ({budget.reason})."
    return Reason("next-run", text, budget.sources)
