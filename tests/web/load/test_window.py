"""From ten years down to a day: sums hold at every level, bars lead down, shoes and breaks lie where they belong."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from msgspec import structs

from calfwise.model.journal import CheckIn, WearsShoe
from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe
from calfwise.model.session import Soreness
from calfwise_web.load import charts, over_time
from calfwise_web.load.all_days import all_days_body, all_days_of
from calfwise_web.load.scope import Scope
from calfwise_web.load.window import leads_to
from tests.web.load.seeing import DAILY, FLAT, NOW, TODAY, ran, seen, ten_years, whole_of

ALL = ten_years()


def asked_by(link: str | None) -> dict[str, str]:
    """What an address asks for."""
    assert link is not None
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


# ------------------------------------------------------------------------------------------------------------- the sums
def test_days_of_ten_years_are_kept_whole_and_small() -> None:
    """3,000 runs on 2,990-odd days; strikes to the one, distance to the metre."""
    body = all_days_body(whole_of(ALL))
    days = all_days_of(body).every()
    assert len(body) < 200_000
    assert sum(day.strikes or 0 for day in days) == sum(load.strikes or 0 for load in ALL)
    assert sum(day.distance_m for day in days) == sum(load.distance_m or 0 for load in ALL)
    assert sum(day.runs for day in days) == 3000


def test_years_of_weeks_and_weeks_of_days_add_up_to_the_same_strikes() -> None:
    """Any 53 weeks of 2020, taken as weeks and taken as 12-week windows of days one after the other."""
    begin = date(2020, 1, 6)
    weeks = seen(ALL, by=Scope.YEAR, begin=begin).window
    days = []
    for nth in range(5):
        days += seen(ALL, by=Scope.DAYS, begin=begin + nth * timedelta(weeks=12)).window.spans
    within = [day for day in days if day.first < weeks.end]
    assert sum(day.strikes or 0 for day in within) == sum(week.strikes or 0 for week in weeks.spans)
    assert sum(day.running_s for day in within) == pytest.approx(sum(week.running_s for week in weeks.spans))


def test_a_window_in_the_past_is_as_long_as_its_scope_says() -> None:
    assert len(seen(ALL, by=Scope.YEAR, begin=date(2020, 1, 6)).window.spans) == 53
    assert len(seen(ALL, by=Scope.WEEKS, begin=date(2020, 1, 6)).window.spans) == 12
    assert len(seen(ALL, by=Scope.DAYS, begin=date(2020, 1, 6)).window.spans) == 84


def test_a_window_begins_with_a_week_whatever_day_is_asked_for() -> None:
    """9 January 2020 is a Thursday."""
    assert seen(ALL, by=Scope.DAYS, begin=date(2020, 1, 9)).window.first == date(2020, 1, 6)


def test_nobody_looks_further_back_than_the_first_run_or_ahead_of_today() -> None:
    first = seen(ALL, by=Scope.DAYS, begin=date(1999, 1, 1)).window
    assert first.first <= ALL[0].start.date() < first.first + timedelta(days=7)
    assert (first.earlier, first.later) == (None, first.first + timedelta(weeks=12))
    last = seen(ALL, by=Scope.DAYS, begin=date(2099, 1, 1)).window
    assert (last.is_newest, last.later, last.spans[-1].first) == (True, None, TODAY)


def test_earlier_and_later_meet_without_a_gap() -> None:
    window = seen(ALL, by=Scope.WEEKS, begin=date(2020, 1, 6)).window
    assert window.earlier is not None
    before = seen(ALL, by=Scope.WEEKS, begin=window.earlier).window
    assert before.end == window.first
    assert before.later == window.first


# ------------------------------------------------------------------------------------------------------------ one down
def test_a_month_leads_to_a_year_of_weeks_with_that_month_in_it() -> None:
    window = seen(ALL, by=Scope.ALL).window
    may = next(span for span in window.spans if span.first == date(2020, 5, 1))
    asked = asked_by(leads_to(window, may))
    assert (asked["by"], asked["chosen"]) == ("year", "2020-05-01")
    year = seen(ALL, by=Scope.YEAR, begin=date.fromisoformat(asked["from"]), chosen=date(2020, 5, 1)).window
    assert year.chosen == (date(2020, 5, 1), date(2020, 6, 1))
    assert year.first < date(2020, 3, 1)
    assert year.end > date(2020, 12, 1)


def test_a_week_leads_to_its_days_and_a_day_to_its_runs() -> None:
    year = seen(ALL, by=Scope.YEAR).window
    week = next(span for span in year.spans if span.first == date(2026, 5, 4))
    asked = asked_by(leads_to(year, week))
    assert (asked["by"], asked["chosen"]) == ("days", "2026-05-04")
    days = seen(ALL, by=Scope.DAYS, begin=date.fromisoformat(asked["from"])).window
    ran_on = next(span for span in days.spans if span.runs)
    assert leads_to(days, ran_on) == f"/load/day/{ran_on.first}/"


def test_where_nobody_ran_nothing_leads() -> None:
    links = charts.strikes(seen([ran(1), ran(30)])).links
    assert isinstance(links, list)
    assert sum(link is not None for link in links) == 2


def test_the_table_leads_where_the_bars_lead() -> None:
    view = seen(ALL, by=Scope.YEAR, begin=date(2020, 1, 6))
    table = over_time.over_time(view).table
    links = charts.strikes(view).links
    assert isinstance(links, list)
    assert all(link.replace("&", "&amp;") in table for link in links if link)


# ------------------------------------------------------------------------------------------------------ what is drawn
def test_fast_strikes_stand_inside_the_bars() -> None:
    """The easy pace needs runs: 2.8 m/s for weeks, then 400 strikes at 3.8."""
    easy = [ran(10 + 2 * i, speeds={2.8: 5000}) for i in range(20)]
    fast = ran(1, strikes=5400, speeds={2.8: 5000, 3.8: 400})
    told = {series.label: series for series in charts.strikes(seen([*easy, fast])).series}
    assert told["foot strikes"].values[-1] == 2700
    assert (told["fast"].values[-1], told["fast"].inner) == (200, True)


def test_weeks_told_by_pace_alone_are_only_about_right() -> None:
    strikes = charts.strikes(seen([ran(1, grade=Grade.C), ran(8)])).series[0]
    assert isinstance(strikes.about, list)
    assert strikes.about[-2:] == [False, True]


def test_soreness_and_what_was_done_stand_on_the_same_axis() -> None:
    """Twice said this week, the sorer word counts; nothing was said in the weeks before."""
    words = [
        CheckIn(at=NOW - timedelta(days=day), soreness=Soreness(left=left, right=None))
        for day, left in ((1, 2), (2, 4))
    ]
    told = {series.label: series for series in charts.strikes(seen([ran(1), ran(8)], *words)).series}
    assert told["left calf"].values == [None] * 11 + [4]
    assert "right calf" not in told


def test_a_word_after_the_window_is_not_a_word_of_its_last_bar() -> None:
    word = CheckIn(at=NOW, soreness=Soreness(left=7, right=None))
    view = seen(ALL, word, by=Scope.WEEKS, begin=date(2020, 1, 6))
    assert all(one.left_nrs is None for one in view.felt)


# ---------------------------------------------------------------------------------------------------- shoes and breaks
def test_the_floor_is_one_stretch_for_one_pair_days_of_rest_included() -> None:
    """Daily on three days with rest between, then Flat: two stretches, the second from its first run."""
    loads = [ran(20, shoe=DAILY), ran(17, shoe=DAILY), ran(12, shoe=DAILY), ran(10, shoe=FLAT), ran(8, shoe=FLAT)]
    floor = seen(loads, by=Scope.DAYS).floor
    day = [(TODAY - timedelta(days=ago)) for ago in (20, 12, 10, 8)]
    one = timedelta(days=1)
    assert [(each.shoe, each.first, each.end) for each in floor] == [
        ("daily", day[0], day[1] + one),
        ("flat", day[2], day[3] + one),
    ]


def test_a_break_parts_the_floor() -> None:
    floor = seen([ran(40, shoe=DAILY), ran(5, shoe=DAILY)], by=Scope.DAYS).floor
    assert len(floor) == 2


def test_the_pair_worn_longest_in_a_week_stands_for_it() -> None:
    loads = [ran(1, minutes=20, shoe=DAILY), ran(2, minutes=50, shoe=FLAT)]
    assert [each.shoe for each in seen(loads).floor] == ["flat"]


def test_runs_on_bare_feet_are_one_stretch_with_its_own_look() -> None:
    """Each such day is noted as a shoe of its own."""
    bare = [
        Shoe(id=f"bare-{ago}", name="Barefoot", since=TODAY - timedelta(days=ago), until=TODAY, barefoot=True)
        for ago in (3, 2)
    ]
    loads = [ran(3, shoe=bare[0]), ran(2, shoe=bare[1])]
    floor = charts.strikes(seen(loads, *(WearsShoe(at=NOW, shoe=shoe) for shoe in bare), by=Scope.DAYS)).floor
    assert isinstance(floor, list)
    assert [(each.text, each.tone) for each in floor] == [("barefoot", "ink")]


def test_neighbours_on_the_floor_have_different_looks() -> None:
    pairs = [Shoe(id=f"{i}", name=f"Pair {i}", since=date(2026, 1, 1)) for i in range(5)]
    loads = [ran(20 - 2 * i, shoe=pair) for i, pair in enumerate(pairs)]
    floor = charts.strikes(seen(loads, by=Scope.DAYS)).floor
    assert isinstance(floor, list)
    assert len({each.tone for each in floor}) == 5


def test_two_weeks_without_a_run_are_said_and_thirteen_days_are_not() -> None:
    """From run to run, as the budget counts: 30 to 16 days ago are 14, 16 to 3 are 13."""
    pauses = charts.strikes(seen([ran(30), ran(16), ran(3)], by=Scope.DAYS)).pauses
    assert isinstance(pauses, list)
    assert [pause.text for pause in pauses] == ["14 days without a run"]
    begins = datetime.fromtimestamp(pauses[0].begin, UTC).date()
    assert begins == TODAY - timedelta(days=29)


def test_a_break_that_is_not_over_says_so() -> None:
    changes = over_time.changes_of(seen([ran(40), ran(20)], by=Scope.DAYS))
    assert changes[0].text == "No run since, for 20 days."


# ------------------------------------------------------------------------------------------------------- what changed
def test_what_changed_is_told_of_the_window_and_not_of_today() -> None:
    """A big step three years ago is told there, and nowhere else."""
    loads = [*(ran(1100 + 3 * i, 5) for i in range(20)), ran(1090, 12), ran(3, 5)]
    then = over_time.changes_of(seen(loads, by=Scope.YEAR, begin=TODAY - timedelta(days=1200)))
    assert any("A big step: 12.0 km, 140% more" in change.text for change in then)
    assert not any("big step" in change.text for change in over_time.changes_of(seen(loads)))


def test_a_pairs_first_run_is_told_with_its_day() -> None:
    changed = TODAY - timedelta(days=15)
    pairs = (structs.replace(DAILY, until=changed), structs.replace(FLAT, since=changed))
    view = seen([ran(20), ran(10), ran(8)], *(WearsShoe(at=NOW, shoe=shoe) for shoe in pairs))
    told = [change for change in over_time.changes_of(view) if "First run in" in change.text]
    assert [(change.day, change.text) for change in told] == [
        (TODAY - timedelta(days=10), "First run in Flat <b>."),
    ]


def test_of_many_marks_only_what_comes_seldom_is_drawn_and_all_is_told() -> None:
    """A big step every five weeks for three years."""
    loads = [ran(1100 - 35 * i, 5 + 2 * i) for i in range(31)] + [ran(1090 - 35 * i, 5) for i in range(31)]
    events = charts.strikes(seen(loads, by=Scope.ALL)).events
    assert {event.kind for event in events} == {"told"}
    assert len(events) > charts.MOST_MARKS


# ------------------------------------------------------------------------------------------------------------ the size
@pytest.mark.parametrize("by", Scope)
@pytest.mark.parametrize("begin", [None, date(2020, 1, 6)])
def test_ten_years_of_charts_stay_small(by: Scope, begin: date | None) -> None:
    view = seen(ALL, by=by, begin=begin)
    for figure in charts.FIGURES.values():
        assert len(msgspec.json.encode(figure.made(view))) < 25_000
    assert len(over_time.over_time(view).table) < 75_000
