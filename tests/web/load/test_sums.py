"""Days, weeks and months of the Load page sum up to the runs, whatever the calendar does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from calfwise.assess import load_history
from calfwise.model.journal import History, Prefers
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe
from calfwise_web.load.scope import Scope, spans_of
from calfwise_web.load.snapshot import Shown, load_body, shown, shown_of
from calfwise_web.load.spans import Span
from calfwise_web.whole import Whole
from tests.model.load.made import load

BERLIN = ZoneInfo("Europe/Berlin")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
NOW = datetime(2026, 11, 4, 12, 0, tzinfo=BERLIN)
"""A Wednesday, ten days after the clocks went back on Sunday 25 October."""


def whole(*loads: RunLoad, first_weekday: int = 0, now: datetime = NOW) -> Whole:
    history = History(known=True, prefers=Prefers(at=NOW, first_weekday=first_weekday, time_zone="Europe/Berlin"))
    answer = load_history(loads, runner=history.runner, history=history, now=now)
    return Whole(history, tuple(loads), answer, now)


def berlin(day: int, hour: int, minute: int = 0, *, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def ran(spans: tuple[Span, ...]) -> dict[date, int]:
    """Strikes of both legs by the first day, where somebody ran."""
    return {span.first: span.strikes or 0 for span in spans if span.runs}


SUNDAY = load(start=berlin(25, 23, 30), strikes=1000, km=5, minutes=60)
"""Begins on the Sunday with 25 hours, ends on Monday."""
MONDAY = load(start=berlin(26, 7), strikes=2000, km=6, minutes=30)
SATURDAY = load(start=berlin(31, 9), strikes=4000, km=7, minutes=40)


def test_a_run_past_midnight_belongs_to_the_day_on_which_it_began() -> None:
    made = shown(whole(SUNDAY, MONDAY, SATURDAY))
    assert ran(made.days) == {date(2026, 10, 25): 1000, date(2026, 10, 26): 2000, date(2026, 10, 31): 4000}


def test_weeks_from_monday_part_sunday_and_monday() -> None:
    made = shown(whole(SUNDAY, MONDAY, SATURDAY))
    assert ran(made.weeks) == {date(2026, 10, 19): 1000, date(2026, 10, 26): 6000}


def test_weeks_from_sunday_hold_both() -> None:
    made = shown(whole(SUNDAY, MONDAY, SATURDAY, first_weekday=6))
    assert ran(made.weeks) == {date(2026, 10, 25): 7000}


def test_the_hour_between_two_clocks_stays_on_its_own_day() -> None:
    """00:30 in summer time on the day that the clocks go back is 22:30 of the day before in UTC."""
    early = load(start=datetime(2026, 10, 24, 22, 30, tzinfo=UTC), strikes=1000)
    late = load(start=datetime(2026, 10, 25, 22, 30, tzinfo=UTC), strikes=2000)
    assert ran(shown(whole(early, late)).days) == {date(2026, 10, 25): 3000}


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("first_weekday", range(7))
def test_days_weeks_and_months_all_add_up_to_the_runs(scope: Scope, first_weekday: int) -> None:
    loads = [load(start=NOW - timedelta(days=3 * i, hours=5), strikes=1000 + i, km=5 + i / 10) for i in range(25)]
    spans = spans_of(shown(whole(*loads, first_weekday=first_weekday)), scope)
    assert sum(span.strikes or 0 for span in spans) == sum(1000 + i for i in range(25))
    assert sum(span.distance_m for span in spans) == pytest.approx(sum(5000 + 100 * i for i in range(25)))
    assert sum(span.running_s for span in spans) == 25 * 1800
    # 2 body weights for every running second, and the band 1.35 times as far either way.
    assert sum(span.impulse_bw_s.high for span in spans if span.impulse_bw_s) == pytest.approx(25 * 3600 * 1.35)
    assert sum(span.runs for span in spans) == 25


@pytest.mark.parametrize(("scope", "count"), [(Scope.DAYS, 80), (Scope.WEEKS, 12), (Scope.YEAR, 53), (Scope.ALL, 2)])
def test_every_stretch_is_there_whether_somebody_ran_or_not(scope: Scope, count: int) -> None:
    """Twelve weeks up to a Wednesday are eleven whole ones and three days."""
    spans = spans_of(shown(whole(SUNDAY)), scope)
    assert len(spans) == count
    assert [span.first for span in spans] == sorted({span.first for span in spans})


def test_strikes_that_no_run_tells_stay_unknown_and_others_still_count() -> None:
    untold = load(start=berlin(27, 8), strikes=None)
    assert shown(whole(untold)).weeks[-2].strikes is None
    assert shown(whole(untold, MONDAY)).weeks[-2].strikes == 2000


def test_a_week_is_graded_by_its_poorest_run_and_tells_each() -> None:
    poor = load(start=berlin(28, 8), grade=Grade.C)
    week = shown(whole(MONDAY, SATURDAY, poor)).weeks[-2]
    assert (week.grade, week.graded) == (Grade.C, {Grade.A: 2, Grade.C: 1})


def test_shoes_are_told_by_day() -> None:
    pair = Shoe(id="racer", name="Racer", since=date(2026, 1, 1))
    made = shown(whole(load(start=berlin(27, 8), shoe=pair)))
    assert next(span.shoes for span in made.days if span.runs) == ("racer",)


def test_a_run_dated_tomorrow_has_its_place() -> None:
    """Somebody flew over the date line; the recording knows its own clock."""
    ahead = load(start=datetime(2026, 11, 5, 0, 30, tzinfo=KIRITIMATI), local_time_known=True, strikes=9)
    assert ran(shown(whole(ahead)).days) == {date(2026, 11, 5): 9}


def test_nothing_run_is_nothing_shown() -> None:
    made = shown(whole())
    assert (made.in_all.runs, made.longest_m, made.latest, made.news) == (0, None, None, ())


def test_ten_years_of_runs_are_a_small_snapshot() -> None:
    first = load(start=NOW - timedelta(days=3650))
    loads = [
        msgspec.structs.replace(first, id=f"made:{i}", start=first.start + timedelta(hours=29 * i)) for i in range(3000)
    ]
    body = load_body(whole(*loads))
    assert len(body) < 50_000
    read = shown_of(body)
    assert isinstance(read, Shown)
    assert read.in_all.runs == 3000
