"""Today's one thing: from the plan, in a line, with its start; after sore calves it says what changed."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.journal import WantsWeeks
from calfwise_web.journal.models import Journal
from tests.model.load.made import load
from tests.web.load.holding import NOW, hold
from tests.web.today.posting import form
from tests.web.weeks.made import EASY, MONDAY, STRENGTH, WISH, days_of, plan, week_of

Planned = Callable[[Weeks], Any]
WANTS = WantsWeeks(at=NOW - timedelta(days=3), wish=WISH)


def text(browser: Client) -> str:
    answer = browser.get("/")
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def held(**days: Any) -> Weeks:
    """A plan whose Wednesday holds something else."""
    return plan(weeks=(week_of(MONDAY, days_of(MONDAY, {2: days["wednesday"]}, days.get("changed"))),))


def test_today_says_the_one_thing_with_its_start(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(plan())
    hold(journal, [], WANTS)
    page = text(browser)
    assert "Today: 6 km easy, 10 minutes of it to a metronome." in page
    assert "about 36 minutes · 172 steps a minute" in page
    assert "Guide me" in page
    assert "I can't today" in page


def test_rest_is_praised(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(held(wednesday=()))
    hold(journal, [], WANTS)
    assert "Today: rest. Good." in text(browser)


def test_of_several_things_one_comes_first(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(held(wednesday=(STRENGTH, EASY)))
    hold(journal, [], WANTS)
    page = text(browser)
    assert "Today: 6 km easy." in page
    assert "Also today: calf strength." in page


def test_what_is_done_gives_way_to_what_is_left(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(held(wednesday=(STRENGTH, EASY)))
    hold(journal, [load(start=NOW - timedelta(hours=4), km=6.0, minutes=36)], WANTS)
    page = text(browser)
    assert "Today: calf strength." in page
    assert "Done: 6.0 km in 36:00." in page


def test_when_all_is_done_that_is_enough(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(held(wednesday=(EASY,)))
    hold(journal, [load(start=NOW - timedelta(hours=4), km=6.0, minutes=36)], WANTS)
    page = text(browser)
    assert "That's enough for today." in page
    assert "I can't today" not in page


def test_what_changed_it_is_said_beside_it(browser: Client, journal: Journal, planned: Planned) -> None:
    planned(held(wednesday=(EASY,), changed={2: "Shorter: your left calf was 4 of 10 this morning."}))
    hold(journal, [], WANTS)
    assert "Shorter: your left calf was 4 of 10 this morning." in text(browser)


def test_a_leg_that_somebody_should_look_at_has_todays_first_word(
    browser: Client, journal: Journal, planned: Planned
) -> None:
    planned(plan())
    hold(journal, [], WANTS)
    assert "one-thing" in text(browser)
    browser.post("/today/check-in/", form(5, 2, answer_swelling="left"))
    answer = browser.get("/")
    assert answer.context["page"].state == "referral"
    assert "one-thing" not in text(browser)


def test_without_weeks_today_is_as_it_was(browser: Client, journal: Journal) -> None:
    hold(journal, [])
    assert "one-thing" not in text(browser)


@pytest.mark.parametrize("days", [-30, 30])
def test_outside_the_weeks_today_is_as_it_was(
    browser: Client, journal: Journal, planned: Planned, clock: Callable[..., None], days: int
) -> None:
    planned(plan())
    hold(journal, [], WANTS)
    clock(days=days)
    assert "one-thing" not in text(browser)


def test_at_midnight_it_is_the_next_days_without_anything_worked_out(
    browser: Client, journal: Journal, planned: Planned, clock: Callable[..., None]
) -> None:
    planned(plan())
    hold(journal, [], WANTS)
    clock(days=1)
    assert "Today: rest. Good." in text(browser)


def test_today_asks_the_database_nothing_more_for_it(browser: Client, journal: Journal, planned: Planned) -> None:
    hold(journal, [])
    browser.get("/")
    with CaptureQueriesContext(
        connection,
    ) as before:
        browser.get("/")
    planned(plan())
    hold(journal, [], WANTS)
    with CaptureQueriesContext(connection) as after:
        browser.get("/")
    assert len(after) == len(before)
    assert len(browser.get("/").content) < 100_000
