"""The weeks ahead on a phone: planned in a few taps, followed from Today, done by itself, adapted without reproach."""

import os
from datetime import timedelta
from typing import Any

import pytest

from calfwise_web.journal.lines import events_of
from calfwise_web.refresh import refresh
from tests.model.load.made import load
from tests.web.browser.person import DAY_ONE, Runner, journal_of
from tests.web.browser.person import runner as runner
from tests.web.load.holding import put

pytestmark = pytest.mark.django_db(transaction=True)
MOST_TAPS = 4
"""From the page to a plan: a day more, a goal, and the button."""
RUN_WEEKS = 8


def has_run(days: list[int], *, now: Any = DAY_ONE) -> None:
    """6 km at noon, so many days ago each."""
    runs = [load(start=now - timedelta(days=ago, hours=6), km=6.0, minutes=36, strikes=6000) for ago in days]
    put(journal_of(), runs)
    refresh(journal_of(), now=now)


def looks(runner: Runner, name: str) -> None:
    """`CALFWISE_LOOKS=FOLDER` keeps pictures."""
    if folder := os.environ.get("CALFWISE_LOOKS"):
        runner.page.screenshot(path=f"{folder}/weeks-{name}.png", full_page=True)


def plans(runner: Runner, goal: str = "Run further") -> None:
    """From the page without a wish to the week."""
    page = runner.page
    runner.taps_on(page.locator("label[for=id_run_days_4]"))
    runner.taps_on(page.get_by_text(goal))
    with page.expect_navigation():
        runner.taps_on(page.get_by_role("button", name="Plan my weeks"))


def todays(runner: Runner) -> str:
    return str(runner.page.locator(".one-thing").inner_text())


@pytest.fixture
def habit(runner: Runner) -> Runner:
    """Somebody who ran 6 km every Monday, Wednesday and Sunday for eight weeks, but not yet on this Monday."""
    since = DAY_ONE - timedelta(weeks=RUN_WEEKS)
    days = [ago for ago in range(RUN_WEEKS * 7, 0, -1) if (DAY_ONE - timedelta(days=ago)).weekday() in (0, 2, 6)]
    assert since < DAY_ONE
    has_run(days)
    return runner


def test_weeks_are_planned_in_a_few_taps_and_today_says_the_one_thing(habit: Runner) -> None:
    runner = habit
    runner.opens(DAY_ONE, "/weeks/")
    page = runner.page
    chosen = page.locator("input[name=run_days]:checked").evaluate_all("found => found.map(each => each.value)")
    assert chosen == ["0", "2", "6"], "the days on which one runs already"
    plans(runner)
    assert runner.taps <= MOST_TAPS
    assert "This week" in page.inner_text("main")
    assert page.locator("li.day").count() == 7
    assert page.locator(".day.is-today").count() == 1
    looks(runner, "planned")
    runner.opens(DAY_ONE)
    assert todays(runner).startswith("Today: ")
    looks(runner, "today")
    assert runner.troubles == []


def test_a_run_that_was_done_stands_as_done_without_a_tap(habit: Runner) -> None:
    runner = habit
    runner.opens(DAY_ONE, "/weeks/")
    plans(runner)
    has_run([0], now=DAY_ONE + timedelta(hours=1))
    before = runner.taps
    runner.opens(DAY_ONE + timedelta(hours=2), "/weeks/")
    today = runner.page.locator(".day.is-today").inner_text()
    assert "Done: 6.0 km in 36:00" in today
    assert "3,000 foot strikes each leg" in today
    runner.opens(DAY_ONE + timedelta(days=1), "/weeks/")
    assert "6.0 km in 36:00" in runner.page.locator(".day.is-past").first.inner_text()
    looks(runner, "done")
    assert runner.taps == before
    assert runner.troubles == []


def test_after_sore_calves_today_says_what_changed(habit: Runner) -> None:
    runner = habit
    runner.opens(DAY_ONE, "/weeks/")
    plans(runner)
    runner.opens(DAY_ONE + timedelta(hours=1))
    first = todays(runner)
    assert " km" in first
    runner.feels(5, 2)
    runner.has_no_signs()
    runner.asks_for_a_plan()
    looks(runner, "sore")
    after = todays(runner)
    assert after != first
    assert "5 of 10" in after
    runner.opens(DAY_ONE + timedelta(hours=2), "/weeks/")
    assert "5 of 10" in runner.page.locator(".day.is-today").inner_text()
    assert runner.troubles == []


def test_i_cannot_today_is_taken_without_a_word_of_reproach(habit: Runner) -> None:
    runner = habit
    runner.opens(DAY_ONE, "/weeks/")
    plans(runner)
    runner.opens(DAY_ONE + timedelta(hours=1))
    page = runner.page
    with page.expect_navigation():
        runner.taps_on(page.get_by_role("button", name="I can't today"))
    assert "Nothing to make up" in todays(runner)
    runner.opens(DAY_ONE + timedelta(hours=2), "/weeks/")
    looks(runner, "not-today")
    page = runner.page
    with page.expect_navigation():
        runner.taps_on(page.locator(".day.is-today").get_by_role("button", name="It suits after all"))
    assert page.locator(".day.is-today .element").count() >= 1
    assert runner.troubles == []


def test_a_return_waits_for_who_agreed(habit: Runner) -> None:
    runner = habit
    runner.opens(DAY_ONE, "/weeks/")
    assert not runner.page.get_by_label("Who has agreed").is_visible()
    runner.taps_on(runner.page.get_by_text("Come back after a strain"))
    assert runner.page.get_by_label("Who has agreed").is_visible()
    with runner.page.expect_navigation():
        runner.taps_on(runner.page.get_by_role("button", name="Plan my weeks"))
    page = runner.page
    assert "Your return waits for a word" in page.inner_text("main")
    assert "Walk and run" not in page.locator("ol.days").inner_text()
    page.get_by_label("Who has agreed").fill("my physio")
    page.get_by_label("When").fill("2026-05-17")
    runner.patch.setattr("django.utils.timezone.now", lambda: DAY_ONE + timedelta(minutes=5))
    with page.expect_navigation():
        runner.taps_on(page.get_by_role("button", name="They agreed"))
    looks(runner, "agreed")
    assert "Walk and run" in page.locator("ol.days").inner_text()
    assert len(events_of(journal_of(), "weeks-wanted")) == 2
    assert runner.troubles == []
