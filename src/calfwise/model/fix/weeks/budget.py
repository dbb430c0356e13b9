"""What one week may ask, and the sentences that say how that was worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import times
from calfwise.model.fix.weeks.ledger import Known, Ledger
from calfwise.model.fix.weeks.rules import Grows
from calfwise.model.load.change import said
from calfwise.model.weeks import Estimate

RULE = ("CoachRule",)
HUNDRED = 100
SECONDS_AN_HOUR = 3600
VERY_SORE_NEEDS_LESS = "very-sore"


@dataclass(frozen=True, slots=True)
class WeekBudget:
    """What one week may ask, and what in it may grow."""

    most: Estimate
    known: Known | None
    grows: Grows
    lighter: bool
    told: tuple[Reason, ...]


def budget_of(case: Case, ledger: Ledger, *, begins: date, as_of: date, number: int, fast_is_open: bool) -> WeekBudget:
    """What a week may ask.

    Parameters
    ----------
    case, ledger
        Of the same runner; the ledger with all weeks before, laid ones included.
    begins
        Its first day.
    as_of
        The day on which the calves are looked at.
    number
        Of the wish's weeks, from 0.
    fast_is_open
        Whether anything fast or on bare feet may be laid; if not, its turn to grow goes to running.

    Returns
    -------
    WeekBudget
        The fullest quiet week of the last four, and a little more of one thing where the last week was quiet; less in
        a lighter week, and after a week with more than 5 of 10.
    """
    known = ledger.known(as_of)
    if known is None:
        return WeekBudget(Estimate(), None, "hold", False, (_nothing_known(),))
    last = ledger.last(begins)
    if (number + 1) % case.lighter_every == 0:
        return _less(case, known, case.rules.budget.lighter_share, "a lighter week now and then", lighter=True)
    if last is not None and last.worst_nrs is not None and last.worst_nrs > case.shorter_nrs:
        why = f"your calves were at {last.worst_nrs} of 10 in the week from {said(last.begins)}"
        return _less(case, known, case.rules.budget.after_loud_share, why, lighter=False)
    if last is None or not ledger.is_quiet(last):
        return WeekBudget(
            known.carried, known, "hold", False, (*_lines(case, known, known.carried, ""), _holds(case, ledger, begins))
        )
    grows = _turn(case, number)
    if grows == "fast" and not fast_is_open:
        grows = "volume" if case.wish.goal in ("further", "return") else "hold"
    if grows == "volume":
        most = ledger.volume_grown(known.carried)
    elif grows == "fast":
        most = ledger.fast_grown(known.carried)
    else:
        most = known.carried
    return WeekBudget(most, known, grows, False, _lines(case, known, most, grows))


def _turn(case: Case, number: int) -> Grows:
    """Whose turn it is to grow, lighter weeks left out of the count."""
    turns = case.rules.budget.grows[case.wish.goal]
    return turns[(number - number // case.lighter_every) % len(turns)]


def _less(case: Case, known: Known, share: float, why: str, *, lighter: bool) -> WeekBudget:
    most = times(known.carried, share)
    text = (
        f"At most {strikes(most.strikes)} strikes a leg: {share:.0%} of the {strikes(known.carried.strikes)} "
        f"{known.why} (from {said(known.weeks[0])}), {why}."
    )
    return WeekBudget(
        most, known, "hold", lighter, (Reason("lighter", text, RULE), _fast_line(known, most), _impulse_line(most))
    )


def _lines(case: Case, known: Known, most: Estimate, grows: str) -> tuple[Reason, ...]:
    """The three accounts, one line each."""
    more = f"{case.growth:.0%} or an easy kilometre" if grows == "volume" else ""
    base = f"{strikes(known.carried.strikes)} {known.why} (from {said(known.weeks[0])})"
    rest = f", and {_more(known.carried.strikes, most.strikes, more)}" if grows == "volume" else ", and no more"
    first = Reason("budget-strikes", f"At most {strikes(most.strikes)} strikes a leg: {base}{rest}.", RULE)
    return first, _fast_line(known, most), _impulse_line(most)


def _more(before: float, after: float, rule: str) -> str:
    return f"{strikes(after - before)} more ({rule}, whichever is more)"


def _fast_line(known: Known, most: Estimate) -> Reason:
    """Fast strikes and those on bare feet."""
    was, now = strikes(known.carried.fast_strikes), strikes(most.fast_strikes)
    text = f"Fast or on bare feet: at most {now} of them a leg; the most lately was {was}."
    if now == "0":
        text = "Fast or on bare feet: none this week. There was none lately, and it begins in a week of its own."
    return Reason("budget-fast", text, RULE)


def _impulse_line(most: Estimate) -> Reason:
    text = f"Impulse of both calves, strength work included: at most {hours(most.impulse_bw_s)} body-weight hours."
    return Reason("budget-impulse", text, RULE)


def _holds(case: Case, ledger: Ledger, begins: date) -> Reason:
    """Why nothing grows."""
    last = ledger.last(begins)
    need = case.rules.budget.mornings_needed
    if last is not None and ledger.is_loud(last):
        text = f"It does not grow: the week from {said(last.begins)} had a {last.worst_nrs} of 10."
    else:
        heard = last.heard if last is not None else 0
        text = f"It does not grow: {heard} of {need} words about your calves in the week before. Two mornings will do."
    return Reason("holds", text, RULE)


def _nothing_known() -> Reason:
    text = "No week to go by yet: a few easy minutes with walking in between, and next week we know more."
    return Reason("nothing-known", text, RULE)


def strikes(both_legs: float) -> str:
    """Of one leg, to the hundred.

    >>> strikes(41_000.0), strikes(70.0)
    ('20,500', '0')
    """
    return f"{round(both_legs / 2 / HUNDRED) * HUNDRED:,}"


def hours(impulse_bw_s: float) -> str:
    """
    >>> hours(18_000.0)
    '5.0'
    """
    return f"{impulse_bw_s / SECONDS_AN_HOUR:.1f}"


Said = Callable[[float], str]
