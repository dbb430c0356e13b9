"""Is it working: all of it, from a journal and its outings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from calfwise.model.care.signs import Gate
from calfwise.model.fix.working.figures import Figures, Told, told_of
from calfwise.model.fix.working.rules import WorkingRules
from calfwise.model.fix.working.said import Per
from calfwise.model.fix.working.spots import SpotsQuiet, spots_quiet
from calfwise.model.fix.working.verdict import Verdict, verdict_of
from calfwise.model.fix.working.weeks import Against, Carried, Week, against, carried, is_carried, weeks_of
from calfwise.model.journal import History
from calfwise.model.load.easy import Easy
from calfwise.model.load.outings import Outing

LEAP = (2, 29)


class Year(Struct, frozen=True):
    """A year of the calendar; this one up to today."""

    year: int
    figures: Figures
    carried: Week | None
    """Its largest week without complaint."""


class Working(Struct, frozen=True):
    """The whole answer."""

    verdict: Verdict
    now: Figures
    """The last four weeks, today among them."""
    windows: tuple[Figures, ...]
    """Four weeks each, in order of time, from the journal's first on; the last one may not be over."""
    weeks: tuple[Week, ...]
    """The last year of them, in order of time."""
    carried: Carried
    against: Against
    spots: SpotsQuiet
    years: tuple[Year, ...]
    """In order of time."""
    same_weeks: tuple[Figures, ...]
    """The days of `now` in earlier years, the latest first."""
    began: date | None
    """The journal's first day with a word or a session; `None`: nothing was ever written."""


def working_of(
    outings: Sequence[Outing],
    *,
    history: History,
    rules: WorkingRules,
    gate: Gate,
    now: datetime,
    easy: Easy | None = None,
    per: Per | None = None,
    first_weekday: int = 0,
) -> Working:
    """Whether fewer sessions are needed, and everything that has to stand beside that.

    Parameters
    ----------
    outings
        In order of time, up to now.
    history
        Sessions, words, locks and marks.
    rules
        library/working.toml.
    gate
        What locks a leg, and what lifts it.
    now
        Aware; its offset is the runner's home.
    easy
        The own easy kilometre, for a week's load in the runner's own terms.
    per
        The runner's unit of distance; kilometres unless said.
    first_weekday
        On which weeks begin; Monday is 0.

    Returns
    -------
    Working
        Windows lie on a grid that never moves: an earlier one changes only when something is told of its days.
    """
    per = per or Per()
    told = told_of(outings, history=history, rules=rules, gate=gate, now=now, first_weekday=first_weekday)
    weeks = weeks_of(told, easy=easy)
    recent = told.figures(told.today - timedelta(days=rules.window_days - 1), told.today)
    return Working(
        verdict=verdict_of(told, per),
        now=recent,
        windows=tuple(_windows(told)),
        weeks=weeks[-rules.weeks_looked_at :],
        carried=carried(told, weeks, per),
        against=against(told, weeks),
        spots=spots_quiet(history, rules=rules, now=now),
        years=tuple(_years(told, weeks)),
        same_weeks=tuple(_same_weeks(told, recent)),
        began=told.began,
    )


def _windows(told: Told) -> Iterator[Figures]:
    if told.began is None:
        return
    first = told.window_of(told.began)
    while first <= told.today:
        last = first + timedelta(days=told.rules.window_days - 1)
        yield told.figures(first, min(last, told.today))
        first = last + timedelta(days=1)


def _years(told: Told, weeks: Sequence[Week]) -> Iterator[Year]:
    firsts = [day for day in (told.began, told.runs[0].day if told.runs else None) if day is not None]
    if not firsts:
        return
    for year in range(min(firsts).year, told.today.year + 1):
        figures = told.figures(date(year, 1, 1), min(date(year, 12, 31), told.today))
        quiet = [week for week in weeks if week.first.year == year and is_carried(week, told)]
        yield Year(year, figures, max(quiet, key=lambda week: (week.strikes or 0, week.first), default=None))


def _same_weeks(told: Told, recent: Figures) -> Iterator[Figures]:
    """The same days in each earlier year since the first run."""
    if not told.runs:
        return
    for year in range(told.today.year - 1, told.runs[0].day.year - 1, -1):
        last = _in_year(recent.last, year)
        if last >= told.runs[0].day:
            yield told.figures(last - (recent.last - recent.first), last)


def _in_year(day: date, year: int) -> date:
    """The same day of the calendar; of 29 February the day before.

    >>> _in_year(date(2024, 2, 29), 2023)
    datetime.date(2023, 2, 28)
    """
    return day.replace(year=year, day=28) if (day.month, day.day) == LEAP else day.replace(year=year)
