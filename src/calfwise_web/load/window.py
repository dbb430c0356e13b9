"""A stretch of time to look at: its bars, what lies before and after it, and where each bar leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from django.urls import reverse

from calfwise_web.load.all_days import AllDays
from calfwise_web.load.scope import Scope, spans_of
from calfwise_web.load.snapshot import DAYS_OF_WEEKS, WEEKS_SHOWN, Shown
from calfwise_web.load.spans import WEEK_DAYS, Begins, Span, following, month_of, stretches, week_of

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=WEEK_DAYS)
LENGTHS = {
    Scope.DAYS: DAYS_OF_WEEKS * A_WEEK,
    Scope.WEEKS: DAYS_OF_WEEKS * A_WEEK,
    Scope.YEAR: WEEKS_SHOWN * A_WEEK,
}
"""How far back one looks; everything where there is none."""
DOWN = {Scope.ALL: Scope.YEAR, Scope.YEAR: Scope.DAYS, Scope.WEEKS: Scope.DAYS}
"""What a bar leads to; a day leads to its runs."""
BEFORE = {Scope.YEAR: DAYS_OF_WEEKS * A_WEEK, Scope.DAYS: 4 * A_WEEK}
"""So much of what came before a bar is seen with it, one level down."""
YEARS = range(1970, 2200)
ANCHOR = "#over-time-card"


@dataclass(frozen=True, slots=True)
class Window:
    """What one looks at."""

    scope: Scope
    spans: Sequence[Span]
    """In order of time."""
    end: date
    """The day after the last of it."""
    is_newest: bool
    begins: Begins
    """The first day of the stretch that a day lies in."""
    earlier: date | None = None
    """Where the window before this one begins."""
    later: date | None = None
    chosen: tuple[date, date] | None = None
    """The stretch one came from, up to but not with the second day."""

    @property
    def first(self) -> date:
        return self.spans[0].first

    def bounds(self) -> list[tuple[Span, date]]:
        """Each bar with the day after it."""
        ends = [*(span.first for span in self.spans[1:]), self.end]
        return list(zip(self.spans, ends, strict=True))

    def query(self) -> str:
        """As an address asks for the same."""
        asked = {} if self.is_newest else {"from": f"{self.first}"}
        if self.chosen:
            asked |= {"from": f"{self.first}", "chosen": f"{self.chosen[0]}"}
        return urlencode(asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which window an address asks for; what makes no sense is passed over."""

    scope: Scope
    begin: date | None = None
    chosen: date | None = None


def day_of(said: str | None) -> date | None:
    """A day as addresses write it.

    >>> day_of("2024-05-06"), day_of("in May"), day_of("0001-01-01"), day_of(None)
    (datetime.date(2024, 5, 6), None, None, None)
    """
    try:
        day = date.fromisoformat(said) if said and len(said) == len("2024-05-06") else None
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None


def window_of(shown: Shown, days: AllDays, asked: Asked) -> Window:
    """The window asked for, within what there is: from the first run up to now."""
    begins = _begins_of(asked.scope, shown)
    newest = spans_of(shown, asked.scope)
    end = following(begins, newest[-1].first) if asked.scope is not Scope.DAYS else newest[-1].first + A_DAY
    length = LENGTHS.get(asked.scope)
    if length is None:
        return Window(asked.scope, newest, end, is_newest=True, begins=begins)
    week = week_of(shown.prefers.first_weekday)
    first, last = week(shown.in_all.first), newest[0].first
    begin = last if asked.begin is None else min(max(week(asked.begin), first), last)
    spans: Sequence[Span] = newest
    if begin < last:
        end = begin + length
        spans = stretches(days.between(begin, end), begins, first=begin, last=end - A_DAY)
    return Window(
        scope=asked.scope,
        spans=spans,
        end=end,
        is_newest=begin == last,
        begins=begins,
        earlier=max(begin - length, first) if begin > first else None,
        later=min(begin + length, last) if begin < last else None,
        chosen=_chosen(asked, begin, end, shown),
    )


def _begins_of(scope: Scope, shown: Shown) -> Begins:
    if scope is Scope.ALL:
        return month_of
    return (lambda day: day) if scope is Scope.DAYS else week_of(shown.prefers.first_weekday)


def _chosen(asked: Asked, begin: date, end: date, shown: Shown) -> tuple[date, date] | None:
    """A month within a year of weeks, or a week within weeks of days."""
    if asked.chosen is None or asked.begin is None:
        return None
    wider = month_of if asked.scope is Scope.YEAR else week_of(shown.prefers.first_weekday)
    first = wider(asked.chosen)
    last = following(wider, first)
    return (max(first, begin), min(last, end)) if last > begin and first < end else None


# ------------------------------------------------------------------------------------------------------------ addresses
def address(scope: Scope, *, begin: date | None = None, chosen: date | None = None) -> str:
    """Where a window is looked at."""
    asked = {"by": str(scope)} | ({"from": f"{begin}"} if begin else {}) | ({"chosen": f"{chosen}"} if chosen else {})
    return f"{reverse('load:page')}?{urlencode(asked)}{ANCHOR}"


def leads_to(window: Window, span: Span) -> str | None:
    """One level down from a bar; nowhere where nobody ran."""
    if not span.runs:
        return None
    down = DOWN.get(window.scope)
    if down is None:
        return reverse("load:day", args=[f"{span.first}"])
    return address(down, begin=span.first - BEFORE[down], chosen=span.first)


# --------------------------------------------------------------------------------------------------------------- pauses
@dataclass(frozen=True, slots=True)
class Break:
    """A time without a run."""

    first: date
    """The first day without."""
    end: date
    """The day of the next run; today where there is none yet."""
    days: int
    """From run to run, as the budget counts them."""
    over: bool = True


def breaks_of(days: AllDays, *, today: date, from_days: int) -> list[Break]:
    """All of them, in order of time."""
    ran = [row.day for row in days.rows]
    found = [_between(last, after) for last, after in pairwise(ran) if after - last >= from_days]
    since_last = today.toordinal() - ran[-1] if ran else 0
    if since_last >= from_days:
        found.append(replace(_between(ran[-1], today.toordinal()), over=False))
    return found


def _between(last: int, following_run: int) -> Break:
    """From the day after a run to the day of the next, both as `date.toordinal` counts."""
    return Break(date.fromordinal(last + 1), date.fromordinal(following_run), following_run - last)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in one pair of shoes."""

    first: date
    end: date
    shoe: str


def floor_of(window: Window, *, from_days: int) -> list[Stretch]:
    """Which pair was worn most, bar by bar, neighbours of one pair as one; a break parts them.

    A pair lasts until the next one begins: on days of rest nobody changes shoes.
    """
    found: list[Stretch] = []
    for span, end in window.bounds():
        if not span.shoes:
            continue
        shoe = span.shoes[0]
        last = found[-1] if found else None
        rested = (span.first - last.end).days if last else 0
        if last and last.shoe == shoe and rested < from_days:
            found[-1] = Stretch(last.first, end, shoe)
        else:
            found.append(Stretch(span.first, end, shoe))
    return found
