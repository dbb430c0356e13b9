"""Week by week: what was carried without complaint, and soreness against load."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from calfwise.model.fix.working.chance import Interval, rank_correlation
from calfwise.model.fix.working.figures import A_DAY, Figures, Told
from calfwise.model.fix.working.rules import WEEK_DAYS
from calfwise.model.fix.working.said import Per, counted, day_said, number
from calfwise.model.load.easy import Easy


class Week(Struct, frozen=True):
    """What a week held, and the mornings after its runs."""

    first: date
    distance_m: float
    strikes: int | None
    """Both legs. [1]"""
    impulse_bw_s: float | None
    easy_km: float | None
    """Its strikes in own easy kilometres of today; `None` where either is unknown. [km]"""
    mornings: int
    answered: int
    mean_nrs: float | None
    """The mean of the mornings with a number. [NRS]"""
    sorest_nrs: int | None
    sessions: int | None
    """`None` before the journal began. [1]"""
    over: bool
    """Whether it and the morning after its last run are over."""


class Carried(Struct, frozen=True):
    """The largest weeks without complaint."""

    ever: Week | None
    lately: Week | None
    """Of the last twelve weeks."""
    text: tuple[str, ...]
    sources: tuple[str, ...]


class Against(Struct, frozen=True):
    """Soreness against load, over the weeks with both."""

    weeks: int
    rank: Interval | None
    """Rank correlation, with its interval; `None`: too early to say. [1]"""
    text: str
    sources: tuple[str, ...]


LATELY_WEEKS = 12


def weeks_of(told: Told, *, easy: Easy | None) -> tuple[Week, ...]:
    """Every week from the first run or word to today's, in order of time."""
    firsts = [day for day in (told.began, told.runs[0].day if told.runs else None) if day is not None]
    return tuple(_weeks(told, easy, told.week_of(min(firsts)))) if firsts else ()


def _weeks(told: Told, easy: Easy | None, first: date) -> Iterator[Week]:
    while first <= told.today:
        last = first + timedelta(days=WEEK_DAYS - 1)
        yield _week(told, easy, told.counted(first, last))
        first += timedelta(days=WEEK_DAYS)


def _week(told: Told, easy: Easy | None, figures: Figures) -> Week:
    runs = told.runs_in(figures.first, figures.last)
    rated = [run.nrs for run in runs if run.due and run.nrs is not None]
    strikes = figures.strikes
    return Week(
        first=figures.first,
        distance_m=figures.distance_m,
        strikes=strikes,
        impulse_bw_s=figures.impulse_bw_s,
        easy_km=None if easy is None or strikes is None else strikes / easy.strikes_per_km,
        mornings=figures.mornings,
        answered=figures.answered,
        mean_nrs=sum(rated) / len(rated) if rated else None,
        sorest_nrs=max(rated, default=None),
        sessions=figures.sessions,
        over=figures.last + A_DAY < told.today,
    )


def is_carried(week: Week, told: Told) -> bool:
    """A week that is over, with enough answered mornings after its runs, all of those with a number quiet."""
    rules = told.rules
    if not week.over or not week.strikes or week.sorest_nrs is None:
        return False
    enough = week.answered >= max(rules.carried_mornings, rules.answered_share * week.mornings)
    return enough and week.sorest_nrs <= rules.sore_above_nrs


def carried(told: Told, weeks: Sequence[Week], per: Per) -> Carried:
    """The largest week that answered, quiet mornings followed; ever, and lately. Never what calves could carry."""
    quiet = [week for week in weeks if is_carried(week, told)]
    since = told.today - timedelta(days=WEEK_DAYS * LATELY_WEEKS)
    ever, lately = _largest(quiet), _largest([week for week in quiet if week.first > since])
    sources = (told.rules.source, told.rules.sore_source)
    return Carried(ever, lately, tuple(_carried_said(ever, lately, told, per)), sources)


def _largest(weeks: Sequence[Week]) -> Week | None:
    return max(weeks, key=lambda week: (week.strikes or 0, week.first), default=None)


def _carried_said(ever: Week | None, lately: Week | None, told: Told, per: Per) -> Iterator[str]:
    if ever is None:
        needed = counted(told.rules.carried_mornings, "answered morning")
        yield f"Too early to say: no week of running yet with {needed}, all of them quiet."
        return
    yield f"The most so far, in the week from {_told(ever, told, per)}."
    if lately is None:
        yield f"In the last {LATELY_WEEKS} weeks none had enough answered, quiet mornings."
    elif lately != ever:
        yield f"In the last {LATELY_WEEKS} weeks the most was in the one from {_told(lately, told, per)}."


def _told(week: Week, told: Told, per: Per) -> str:
    strikes = f"{round((week.strikes or 0) / 2):,} foot strikes a leg, {per.length(week.distance_m)}"
    easy = "" if week.easy_km is None else f" (like {per.length(week.easy_km * 1000)} of your easy running)"
    mornings = f"{week.answered} of {counted(week.mornings, 'morning')} answered, the sorest {week.sorest_nrs}"
    looked = "" if not week.sessions else f", with {counted(week.sessions, 'session')}"
    return f"{day_said(week.first, told.today)}: {strikes}{easy}{looked}; {mornings} of 10"


def against(told: Told, weeks: Sequence[Week]) -> Against:
    """Whether heavier weeks came with sorer mornings, by rank, over the last year; never which made which."""
    rules = told.rules
    pairs = [
        (week.strikes, week.mean_nrs)
        for week in weeks[-rules.weeks_looked_at :]
        if week.strikes and week.mean_nrs is not None
    ]
    sources = (rules.source,)
    if len(pairs) < rules.weeks_for_rank:
        text = f"Too early to say: {counted(len(pairs), 'week')} with running and an answered morning so far"
        return Against(len(pairs), None, f"{text}, {rules.weeks_for_rank} are needed.", sources)
    rank = rank_correlation([strikes for strikes, _ in pairs], [nrs for _, nrs in pairs], confidence=rules.confidence)
    return Against(len(pairs), rank, _against_said(rank, len(pairs)), sources)


def _against_said(rank: Interval | None, weeks: int) -> str:
    if rank is None:
        return f"Nothing to see either way: in {weeks} weeks the one or the other hardly changed."
    band = f"rank correlation {_signed(rank.value)}, {_signed(rank.low)} to {_signed(rank.high)}, {weeks} weeks"
    if rank.low > 0:
        return f"Heavier weeks tended to come with sorer mornings ({band}). Which made which, this does not tell."
    if rank.high < 0:
        return (
            f"Heavier weeks tended to come with quieter mornings ({band}): perhaps you ran more when they were quiet."
        )
    return f"Nothing to see either way ({band})."


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else ''}{number(abs(value)) if abs(value) >= 0.05 else '0'}"
