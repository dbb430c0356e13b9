"""What a stretch of days took, as it is read."""

from datetime import date, timedelta

from calfwise.model.load.gait import Grade
from calfwise_web.load.scope import Scope
from calfwise_web.load.spans import WEEK_DAYS, Span, month_of
from calfwise_web.templatetags.words import counted
from calfwise_web.units import NOTHING

HOUR_S, MINUTE_S = 3600, 60
ROUND_STRIKES = 100
GRADE_WORDS = {
    Grade.A: "ground contact and cadence measured",
    Grade.B: "cadence measured, forces from pace",
    Grade.C: "strikes and forces from pace",
    Grade.D: "from distance and time alone",
}


def begins_said(first: date, scope: Scope, *, today: date) -> str:
    """When a day, week or month begins; the year only where it is another one.

    >>> begins_said(date(2026, 5, 3), Scope.DAYS, today=date(2026, 6, 1))
    'Sun 3 May'
    >>> begins_said(date(2025, 5, 4), Scope.WEEKS, today=date(2026, 6, 1))
    '4 May 2025'
    >>> begins_said(date(2026, 5, 1), Scope.ALL, today=date(2026, 6, 1))
    'May 2026'
    """
    if scope is Scope.ALL:
        return f"{first:%b %Y}"
    weekday = f"{first:%a} " if scope is Scope.DAYS else ""
    year = "" if first.year == today.year else f" {first.year}"
    return f"{weekday}{first.day} {first:%b}{year}"


def called(span: Span, scope: Scope) -> str:
    """A bar, as people say it.

    >>> called(Span(date(2024, 4, 29)), Scope.YEAR), called(Span(date(2024, 5, 6)), Scope.WEEKS)
    ('29 April – 5 May 2024', '6 – 12 May 2024')
    >>> called(Span(date(2024, 5, 1)), Scope.ALL), called(Span(date(2024, 5, 3)), Scope.DAYS)
    ('May 2024', 'Friday, 3 May 2024')
    """
    first = span.first
    if scope is Scope.ALL:
        return f"{first:%B %Y}"
    if scope is Scope.DAYS:
        return f"{first:%A}, {first.day} {first:%B %Y}"
    return from_to(first, first + timedelta(days=WEEK_DAYS - 1))


def from_to(first: date, last: date) -> str:
    """Days from one to another.

    >>> from_to(date(2023, 12, 25), date(2024, 1, 3)), from_to(date(2024, 5, 3), date(2024, 5, 3))
    ('25 December 2023 – 3 January 2024', '3 May 2024')
    """
    if first == last:
        return f"{last.day} {last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    month = "" if month_of(first) == month_of(last) else f" {first:%B}{year}"
    return f"{first.day}{month} – {last.day} {last:%B %Y}"


def hours(seconds: float) -> str:
    """Hours and minutes.

    >>> hours(59), hours(2700), hours(15_000)
    ('0:01', '0:45', '4:10')
    """
    whole, minutes = divmod(round(seconds / MINUTE_S), 60)
    return f"{whole:,}:{minutes:02d}"


def strikes_said(span: Span) -> str:
    """Of each leg; "about" where pace and not cadence told them."""
    if span.strikes is None:
        return NOTHING
    each = span.strikes / 2
    return f"about {rounded(each)}" if span.is_about else f"{round(each):,}"


def fast_said(span: Span) -> str:
    return NOTHING if span.fast_strikes is None else f"{round(span.fast_strikes / 2):,}"


def rounded(count: float) -> str:
    """To the hundred.

    >>> rounded(12_345.0)
    '12,300'
    """
    return f"{round(count / ROUND_STRIKES) * ROUND_STRIKES:,}"


def weight_hours(impulse_bw_s: float) -> str:
    """An impulse as hours of carrying one's own weight: 7,200 BW s are 2.0."""
    return f"{impulse_bw_s / HOUR_S:.1f}"


def runs_said(count: int) -> str:
    return counted(count, "run,runs")


def sentence(text: str) -> str:
    """
    >>> sentence("no runs yet")
    'No runs yet.'
    """
    return f"{text[:1].upper()}{text[1:]}."
