"""The plan's page: what it says of weeks that were made by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from msgspec import structs

from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.journal import PracticeDone, Prefers
from calfwise.model.load.dose import RunLoad
from calfwise.model.weeks import Element, ElementKind, Estimate
from calfwise_web.journal.models import Journal
from calfwise_web.units import Units
from calfwise_web.weeks import words
from calfwise_web.weeks.bar import accounts_of
from calfwise_web.weeks.pages import forecast_url
from calfwise_web.weeks.shown import ShownDay, ShownWeek
from tests.model.load.made import load
from tests.web.load.holding import NOW, hold
from tests.web.weeks.made import BUDGET, CADENCE, EASY, LONG, MONDAY, STRENGTH, WISH, plan, told_before

SUNDAY = NOW - timedelta(days=3)
"""The day before these weeks began."""
Planned = Callable[[Weeks], Any]


def ran(days_ago: int, km: float = 6.0) -> RunLoad:
    return load(start=NOW - timedelta(days=days_ago, hours=4), km=km, minutes=6 * km, strikes=int(1000 * km))


def said(browser: Client, path: str = "/weeks/") -> str:
    """The page's words, in one line, without its tags."""
    answer = browser.get(path)
    assert answer.status_code == 200
    text = unescape(answer.content.decode())
    for tag in ("<", ">"):
        text = text.replace(tag, f" {tag}")
    return " ".join(word for word in _words(text).split())


def _words(text: str) -> str:
    inside, out = 0, []
    for letter in text:
        inside += (letter == "<") - (letter == ">")
        if not inside and letter != ">":
            out.append(letter)
    return "".join(out)


@pytest.fixture
def begun(journal: Journal, planned: Planned) -> Journal:
    """In the first of four weeks; Monday's run was run, Tuesday's strength was done."""
    planned(plan())
    strength = PracticeDone(
        NOW - timedelta(days=1), level=2, routine="calf-strength", felt_nrs=2, on=MONDAY + timedelta(days=1)
    )
    hold(journal, [ran(2, 6.4)], *told_before(plan(), SUNDAY), strength)
    return journal


# ------------------------------------------------------------ this week
def test_each_day_tells_what_how_long_and_to_which_beat(browser: Client, begun: Journal) -> None:
    page = said(browser)
    assert "This week" in page
    assert "Wednesday, 18 November today 6 km easy" in page
    assert "about 36 minutes · 10 minutes of it to a metronome, 172 steps a minute" in page
    assert "Sunday, 22 November 11 km, the long one" in page
    assert "Thursday, 19 November Rest. Good." in page


def test_what_was_done_stands_beside_what_was_planned_with_its_load(browser: Client, begun: Journal) -> None:
    """6.4 km are 6,400 strikes of both legs."""
    page = said(browser)
    assert "Mon 16 6 km easy 6.4 km in 38:24, 3,200 foot strikes each leg done" in page
    assert "Done: 6.4 km in 38:24 It took 3,200 foot strikes each leg" in page
    assert "Tue 17 calf strength Calf strength, calves 2 of 10 in the meantime done" in page


def test_a_day_that_was_let_go_is_owed_by_nobody(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(plan())
    hold(journal, [], *told_before(plan(), SUNDAY))
    page = said(browser)
    assert "Mon 16 6 km easy let go" in page
    for word in ("missed", "failed", "behind", "streak", "should have"):
        assert word not in page.lower()


def test_a_run_that_nobody_planned_is_told_too(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(plan())
    hold(journal, [ran(2), ran(1, 2.0)], *told_before(plan(), SUNDAY))
    assert "Run: 2.0 km in 12:00" in said(browser)


def test_a_run_on_another_day_says_whose_it_was(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(plan())
    hold(journal, [ran(1, 6.0)], *told_before(plan(), SUNDAY))
    page = said(browser)
    assert "Mon 16 6 km easy 6.0 km in 36:00 on Tuesday" in page
    assert "Done on Tuesday: 6.0 km in 36:00" in page


def test_a_changed_day_says_so_kindly(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(plan(changed={2: "Shorter: your left calf was 4 of 10 this morning."}))
    hold(journal, [], *told_before(plan(), SUNDAY))
    assert "Shorter: your left calf was 4 of 10 this morning." in said(browser)


def test_what_does_not_fit_is_told_with_what_would_make_it_fit(browser: Client, begun: Journal) -> None:
    page = said(browser)
    assert "Bare feet on grass wait" in page
    assert "What would make it fit: Three weeks in a row without a sore morning." in page


def test_the_weeks_arithmetic_is_one_tap_away_with_its_source(browser: Client, begun: Journal) -> None:
    page = said(browser)
    assert "Why so much: the arithmetic Your fullest week of the last four took 11,800 foot strikes each leg" in page


def test_what_holds_for_all_weeks_comes_first(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(plan(told=(Reason("sore", "Your left calf was 6 of 10: no run today or tomorrow.", ("CoachRule",)),)))
    hold(journal, [], *told_before(plan(), SUNDAY))
    page = said(browser)
    assert page.index("Your left calf was 6 of 10") < page.index("This week")


def test_today_alone_can_be_begun(browser: Client, begun: Journal) -> None:
    answer = browser.get("/weeks/").content.decode()
    assert answer.count('class="button primary"') == 1
    assert "Guide me" in answer
    assert "Warm up" in answer


def test_a_run_leads_to_its_forecast_filled_in(browser: Client, begun: Journal) -> None:
    answer = unescape(browser.get("/weeks/").content.decode())
    assert 'href="/load/next/?distance=11"' in answer
    assert browser.get("/load/next/?distance=11").status_code == 200


def test_a_forecast_is_asked_at_the_runs_own_pace() -> None:
    """3 m/s are 5:33 a kilometre, 8:56 a mile."""
    element = structs.replace(EASY, speed_mps=3.0)
    assert forecast_url(element, Units()) == "/load/next/?distance=6&pace=5%3A33"
    assert forecast_url(element, Units("mi")) == "/load/next/?distance=3.7&pace=8%3A56"


def test_miles_are_said_to_whom_likes_them(browser: Client, begun: Journal) -> None:
    hold(begun, [], Prefers(at=NOW, distance="mi"))
    assert "3.7 mi easy" in said(browser)


# ------------------------------------------------------------ the budget
def test_the_one_budget_has_three_accounts_of_done_to_come_and_end() -> None:
    """Done 6,000 strikes, to come 16,400 of 26,000, both legs: 3,000, 8,200 and 13,000 each."""
    week = ShownWeek(
        number=1,
        days=(ShownDay(MONDAY),),
        planned=Estimate(22_200.0, 0.0, 8140.0),
        done=Estimate(6000.0, 0.0, 1800.0),
        ahead=Estimate(16_400.0, 0.0, 5400.0),
        budget=BUDGET,
    )
    strikes, fast, impulse = accounts_of(week)
    assert strikes.words == "3,000 done, 8,200 to come of 13,000"
    assert fast.words == "nothing of 600"
    assert impulse.words == "0.5 done, 1.5 to come of 2.5"
    assert (strikes.done, strikes.ahead, strikes.end) == (224, 836, 971), "thousandths of 1.03 times 26,000"
    assert not strikes.over


def test_more_than_the_budget_is_seen_and_not_cut_off() -> None:
    week = ShownWeek(1, (), Estimate(), Estimate(30_000.0), Estimate(), BUDGET)
    strikes = accounts_of(week)[0]
    assert strikes.over
    assert strikes.done > strikes.end


def test_the_bar_has_its_numbers_beside_it(browser: Client, begun: Journal) -> None:
    page = said(browser)
    assert "Foot strikes, each leg 8,200 to come of 13,000" in page
    assert "Foot strikes, each leg 11,100 0 8,200 13,000" in page


# ------------------------------------------------------------ other weeks
def test_weeks_to_come_are_told_in_a_line_each(browser: Client, begun: Journal) -> None:
    page = said(browser)
    assert "Week 2 of 4 23 – 29 November 3 runs, 23 km, strength twice" in page
    assert "Week 5" not in page


def test_every_week_can_be_opened_by_its_day(browser: Client, begun: Journal) -> None:
    page = said(browser, "/weeks/?week=2026-11-25")
    assert "Week 2 of 4" in page
    assert "Monday, 23 November 6 km easy" in page
    assert "Before it This week 16 – 22 November" in page


@pytest.mark.parametrize("week", ["", "no day", "2025-01-01", "2030-01-01", "2026-13-45"])
def test_an_address_that_names_no_week_shows_one_all_the_same(browser: Client, begun: Journal, week: str) -> None:
    assert browser.get("/weeks/", {"week": week}).status_code == 200


def test_weeks_that_are_over_can_be_read_and_begun_anew(
    browser: Client, begun: Journal, clock: Callable[..., None]
) -> None:
    clock(days=40)
    page = said(browser)
    assert "These weeks are over" in page
    assert "Plan new weeks" in page
    assert "Week by week" in page


def test_a_page_of_twelve_weeks_stays_small(browser: Client, journal: Journal, planned: Planned) -> None:
    wish = structs.replace(WISH, weeks=12)
    planned(plan(wish))
    hold(journal, [ran(2)], *told_before(plan(wish), SUNDAY))
    assert len(browser.get("/weeks/").content) < 100_000


# ------------------------------------------------------------ words
@pytest.mark.parametrize(
    ("element", "title", "sentence"),
    [
        (EASY, "6 km easy", "6 km easy"),
        (LONG, "11 km, the long one", "11 km, the long one"),
        (CADENCE, "6 km easy", "6 km easy, 10 minutes of it to a metronome"),
        (STRENGTH, "Calf strength", "Calf strength"),
        (
            Element(ElementKind.TEMPO, 45.0, Estimate(), "", (), 8000.0, 3.5, part_minutes=15.0),
            "8 km with a brisk part",
            "8 km with a brisk part of 15 minutes",
        ),
        (Element(ElementKind.WALK_RUN, 24.0, Estimate(), "", (), 3000.0), "Walk and run, 3 km", "Walk and run, 3 km"),
        (Element(ElementKind.WALK_RUN, 24.0, Estimate(), "", ()), "Walk and run", "Walk and run"),
        (
            Element(ElementKind.GRASS, 3.0, Estimate(), "", (), part_minutes=3.0),
            "3 minutes on bare feet, on grass",
            "3 minutes on bare feet, on grass",
        ),
    ],
)
def test_an_element_is_called_by_what_one_does(element: Element, title: str, sentence: str) -> None:
    assert words.title_of(element, Units()) == title
    assert words.sentence_of(element, Units()) == sentence


def test_a_brisk_part_has_its_pace() -> None:
    """3.5 m/s are 4:46 a kilometre."""
    element = Element(ElementKind.TEMPO, 45.0, Estimate(), "", (), 8000.0, 3.5, part_minutes=15.0)
    assert words.targets_of(element, Units()) == ("about 45 minutes", "15 minutes of it brisk at about 4:46 /km")


# ------------------------------------------------------------ print
def test_a_week_to_print_has_every_day_its_budget_and_room_for_the_mornings(browser: Client, begun: Journal) -> None:
    page = said(browser, "/weeks/print/")
    for words_ in (
        "16 – 22 November",
        "Mon 16 Nov 6 km easy (done)",
        "Wed 18 Nov 6 km easy about 36 minutes · 10 minutes of it to a metronome, 172 steps a minute",
        "Thu 19 Nov Rest. Good.",
        "Foot strikes, each leg 11,100 0 13,000",
        "How my calves felt in the morning",
    ):
        assert words_ in page, words_


def test_another_week_can_be_printed(browser: Client, begun: Journal) -> None:
    assert "23 – 29 November" in said(browser, "/weeks/print/?week=2026-11-23")


def test_without_weeks_there_is_nothing_to_print(browser: Client, journal: Journal) -> None:
    assert browser.get("/weeks/print/")["Location"] == "/weeks/"


def test_days_are_called_by_the_runners_calendar(browser: Client, begun: Journal, clock: Callable[..., None]) -> None:
    """At 23:30 UTC it is Thursday in Berlin."""
    clock(hours=11, minutes=30)
    assert "Thursday, 19 November today Rest. Good." in said(browser)
    assert date(2026, 11, 19) - MONDAY == timedelta(days=3)
