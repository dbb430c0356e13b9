"""Now against then: fewer sessions, more, too few to tell apart, or not to be told at all.

Only kilometres with an answered morning count for a fall, so that silence never makes one. A rule of ours, on the
coach's aim.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from calfwise.model.fix.working.chance import Ratio, ratio_interval
from calfwise.model.fix.working.figures import A_DAY, Figures, Told
from calfwise.model.fix.working.rules import WEEK_DAYS, WorkingRules
from calfwise.model.fix.working.said import Per, counted, day_said

MORE_SAID = "That is more than chance does. Looking after your calves is fine; why they ask for it is worth a look."
NOT_WHY = "What made it so, nobody can tell from this."


class Kind(StrEnum):
    """How now stands against then."""

    TOO_EARLY = "too early to say"
    CANNOT_TELL = "we can't tell"
    FEWER = "fewer sessions"
    NONE = "none needed"
    ALIKE = "too few to tell apart"
    MORE = "more sessions"


class Verdict(Struct, frozen=True):
    """What can be said, in sentences."""

    kind: Kind
    text: tuple[str, ...]
    sources: tuple[str, ...]
    now: Figures | None = None
    then: Figures | None = None
    ratio: Ratio | None = None
    """Sessions a kilometre, now over then; kilometres without an answered morning count against what it would say."""


def verdict_of(told: Told, per: Per) -> Verdict:
    """How the last weeks stand against those that one began with.

    Parameters
    ----------
    told
        Runs, words and sessions.
    per
        The runner's own unit of distance.

    Returns
    -------
    Verdict
        `FEWER` and `NONE` only where mornings were answered, running went on, no leg was locked for long, and mornings
        stayed quiet; each condition that fails is named instead.
    """
    rules, began = told.rules, told.began
    sources = (rules.source, rules.aim)
    if began is None:
        return Verdict(Kind.TOO_EARLY, ("Too early to say: nothing is written down yet.",), sources)
    windows = min(rules.most_windows, ((told.today - began).days + 1) // (2 * rules.window_days))
    if not windows:
        return Verdict(Kind.TOO_EARLY, tuple(_too_early(told, began)), sources)
    now, then = _periods(told, began, days=windows * rules.window_days)
    kind, text, ratio = _compared(now, then, rules, per, windows=windows)
    if kind in (Kind.FEWER, Kind.MORE):
        text = (*text, NOT_WHY)
    keys = (*sources, rules.sore_source) if kind in (Kind.FEWER, Kind.NONE) else sources
    return Verdict(kind, text, keys, now, then, ratio)


def _too_early(told: Told, began: date) -> Iterator[str]:
    days = (told.today - began).days + 1
    done = counted(told.sessions_in(began, told.today), "session")
    from_day = began + timedelta(days=2 * told.rules.window_days - 1)
    yield f"Too early to say: {done} in {counted(days, 'day')} so far."
    yield f"From {day_said(from_day, told.today)} on, four weeks are held against four."


def _periods(told: Told, began: date, *, days: int) -> tuple[Figures, Figures]:
    """The days up to today, and as many from the beginning of the journal or of the last year. They never overlap."""
    length = timedelta(days=days - 1)
    back = told.today - timedelta(days=WEEK_DAYS * told.rules.looks_back_weeks - 1)
    first = max(began, back)
    return told.figures(told.today - length, told.today), told.figures(first, first + length)


Compared = tuple[Kind, tuple[str, ...], Ratio | None]


def _compared(now: Figures, then: Figures, rules: WorkingRules, per: Per, *, windows: int) -> Compared:
    today = now.last
    if now.rate is None or then.rate is None or now.sessions is None or then.sessions is None:
        return Kind.CANNOT_TELL, (_not_estimated(now, then, per, today),), None
    first = f"{per.rate(then)} in the {_weeks(then)} from {day_said(then.first, today)}"
    trend = f"{first}, {per.short(now)} in the last {now.days // WEEK_DAYS}."
    if not now.sessions and not then.sessions:
        return _none(now, then, rules, per, windows=windows)
    # Whatever was run without a word after it counts against what would be told: silence makes nothing stronger.
    fewer = _ratio(now, then, rules, now_m=now.answered_m, then_m=then.told_m)
    more = _ratio(now, then, rules, now_m=now.told_m, then_m=then.answered_m)
    doubts = tuple(_doubts(now, then, rules, per, windows=windows))
    if now.rate.value < then.rate.value and doubts:
        return Kind.CANNOT_TELL, (trend, f"Fewer sessions, but {_and(doubts)}: we can't tell."), fewer
    if fewer is not None and fewer.high is not None and fewer.high < 1 and not doubts:
        return Kind.FEWER, (trend, f"{_fall(fewer)} {_beside(now, rules)}"), fewer
    plain = _ratio(now, then, rules, now_m=now.told_m, then_m=then.told_m)
    if plain is not None and plain.low > 1 and (before := tuple(_doubts_then(now, then, rules))):
        return Kind.CANNOT_TELL, (trend, f"More sessions, but {_and(before)}: we can't tell."), more
    if more is not None and more.low > 1:
        return Kind.MORE, (trend, MORE_SAID), more
    return Kind.ALIKE, (trend, "Too few sessions to tell the two apart."), fewer


def _none(now: Figures, then: Figures, rules: WorkingRules, per: Per, *, windows: int) -> Compared:
    doubts = tuple(_doubts(now, then, rules, per, windows=windows))
    if doubts:
        return Kind.CANNOT_TELL, (f"No session then and none now, but {_and(doubts)}: we can't tell.",), None
    text = f"No session in the last {_weeks(now)} and {per.length(now.told_m)}, and none in the {_weeks(then)} before."
    if then.last + A_DAY != now.first:
        text = (
            f"No session in the last {_weeks(now)} and {per.length(now.told_m)}, and none in the {_weeks(then)} from "
            f"{day_said(then.first, now.last)}."
        )
    return Kind.NONE, (text, _beside(now, rules)), None


def _doubts_then(now: Figures, then: Figures, rules: WorkingRules) -> Iterator[str]:
    """Why then cannot be trusted: who wrote little down then, or was locked, looks worse now."""
    if not _is_answered(then, rules):
        yield f"{then.answered_said} then"
    if now.answered_m < rules.least_m:
        yield f"{now.answered_said} now"
    if then.locked_days > rules.locked_share * then.days:
        yield f"a leg was locked on {then.locked_days} of {then.days} days then"


def _ratio(now: Figures, then: Figures, rules: WorkingRules, *, now_m: float, then_m: float) -> Ratio | None:
    return ratio_interval(
        now=now.sessions or 0,
        now_of=now_m,
        then=then.sessions or 0,
        then_of=then_m,
        confidence=rules.confidence,
        clump=rules.clump,
    )


def _doubts(now: Figures, then: Figures, rules: WorkingRules, per: Per, *, windows: int) -> Iterator[str]:
    """What else makes sessions fewer: silence, less running and a lock are no success, nor are sore mornings."""
    if not _is_answered(now, rules, windows=windows):
        yield now.answered_said
    if then.answered_m < rules.least_m:
        yield f"{then.answered_said} then"
    if now.answered_m < max(rules.least_m, rules.ran_on_share * then.told_m):
        if now.told_m < max(rules.least_m, rules.ran_on_share * then.told_m):
            yield f"you ran {per.length(now.told_m)} instead of {per.length(then.told_m)}"
        elif _is_answered(now, rules, windows=windows):
            yield f"only {per.length(now.answered_m)} had an answered morning, after {per.length(then.told_m)} then"
    if now.locked_days > rules.locked_share * now.days:
        yield f"a leg was locked on {now.locked_days} of {now.days} days"
    if now.rated and now.sore > rules.sore_share * now.rated:
        yield f"{now.sore} of {counted(now.rated, 'morning')} were sore, above {rules.sore_above_nrs} of 10"
    if not now.rated and now.answered:
        yield "no answered morning has a number"


def _is_answered(figures: Figures, rules: WorkingRules, *, windows: int | None = None) -> bool:
    """Enough mornings, and a large enough share of them."""
    windows = windows or max(1, figures.days // rules.window_days)
    enough = figures.answered >= windows * rules.answered_each_window and figures.answered_m >= rules.least_m
    return enough and figures.answered >= rules.answered_share * figures.mornings


def _fall(ratio: Ratio) -> str:
    high = f"{100 * (ratio.high or 0):.0f} %"
    return f"That is fewer than chance explains: between {100 * ratio.low:.0f} and {high} of what it was."


def _beside(now: Figures, rules: WorkingRules) -> str:
    sore = f"{now.sore} of {now.rated} above {rules.sore_above_nrs} of 10" if now.sore else "none of them sore"
    return f"You answered {now.answered} of {counted(now.mornings, 'morning')}, {sore}."


def _not_estimated(now: Figures, then: Figures, per: Per, today: date) -> str:
    what, figures = ("now", now) if now.rate is None else ("then", then)
    when = f"the last {_weeks(now)}" if what == "now" else f"the {_weeks(then)} from {day_said(then.first, today)}"
    if figures.told_m and not figures.answered and not figures.sessions:
        held = f"{counted(figures.mornings, 'morning')} after runs, and no answer"
    else:
        held = f"{per.length(figures.told_m)} of running"
    return f"We can't tell: in {when} there were {held}."


def _weeks(figures: Figures) -> str:
    return f"{figures.days // WEEK_DAYS} weeks"


def _and(parts: tuple[str, ...]) -> str:
    """Several doubts in one sentence.

    >>> _and(("a", "b", "c"))
    'a, b, and c'
    """
    if len(parts) <= 2:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"
