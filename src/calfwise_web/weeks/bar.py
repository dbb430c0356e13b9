"""A week's one budget: three accounts, each a bar of its own scale with what was done, what is to come, its end."""

from dataclasses import dataclass

from calfwise.model.weeks import Estimate
from calfwise_web.load.words import rounded, weight_hours
from calfwise_web.weeks.shown import ShownWeek

WIDTH = 1000
"""Of the drawing, in its own units; it stretches to its place."""
ROOM = 1.03
"""A little ground is seen behind the longest."""
FEW, ROUND_FEW = 1_000, 10
ACCOUNTS = (
    ("strikes", "Foot strikes, each leg", ""),
    ("fast_strikes", "Fast ones and bare feet, each leg", ""),
    ("impulse_bw_s", "Calf impulse, both legs", "body-weight hours"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """One of the three."""

    name: str
    unit: str
    width: int
    done: int
    """Where each stretch ends, from nought."""
    ahead: int
    end: int
    """Of the budget; 0: there is none."""
    over: bool
    planned_words: str
    done_words: str
    ahead_words: str
    budget_words: str
    planned_band: str
    """How sure the planned number is; empty: the numbers of one's own runs are as sure as their pages say."""
    words: str
    """The bar in a sentence."""


def accounts_of(week: ShownWeek) -> tuple[Account, ...]:
    """All three; one that is nought throughout says so in words alone."""
    return tuple(_account(week, field, name, unit) for field, name, unit in ACCOUNTS)


def _account(week: ShownWeek, field: str, name: str, unit: str) -> Account:
    planned, done, ahead, budget = (
        float(getattr(each, field)) for each in (week.planned, week.done, week.ahead, week.budget)
    )
    whole = ROOM * max(done + ahead, budget) or 1.0
    say = weight_hours if field == "impulse_bw_s" else each_leg
    parts = [f"{say(done)} done" if done else "", f"{say(ahead)} to come" if ahead else ""]
    told = ", ".join(part for part in parts if part) or "nothing"
    if not done and not ahead and not budget:
        told = "none this week"
    return Account(
        name=name,
        unit=unit,
        width=WIDTH,
        done=round(done / whole * WIDTH),
        ahead=round((done + ahead) / whole * WIDTH),
        end=round(budget / whole * WIDTH),
        over=done + ahead > budget > 0,
        planned_words=say(planned),
        done_words=say(done),
        ahead_words=say(ahead),
        budget_words=say(budget),
        planned_band=_band(week.planned) if field == "impulse_bw_s" else "",
        words=f"{told} of {say(budget)}" if done or ahead or budget else told,
    )


def each_leg(strikes: float) -> str:
    """Of both legs, said of each: to the hundred, to ten where there are few.

    >>> each_leg(12_340.0), each_leg(870.0), each_leg(0.0)
    ('6,200', '440', '0')
    """
    each = strikes / 2
    return rounded(each) if each >= FEW else f"{round(each / ROUND_FEW) * ROUND_FEW}"


def _band(planned: Estimate) -> str:
    if not planned.high_bw_s:
        return ""
    return f"likely {weight_hours(planned.low_bw_s)} to {weight_hours(planned.high_bw_s)}"
