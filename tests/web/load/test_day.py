"""One day: what it took, and its runs."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from calfwise.model.journal import Morning
from calfwise.model.session import Soreness
from calfwise_web.journal.models import Journal
from tests.web.load.holding import NOW, hold
from tests.web.load.seeing import TODAY, ran


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_a_day_says_what_it_took_and_leads_to_its_runs(browser: Client, journal: Journal) -> None:
    hold(journal, [ran(2, strikes=4000), ran(2.1, strikes=2000)])
    page = text(browser, f"/load/day/{TODAY - timedelta(days=2)}/")
    assert "Monday, 16 November 2026" in page
    assert "3,000" in page
    assert all(f'href="/runs/{run.key}/"' in page for run in journal.runs.all())


def test_days_lead_to_the_days_with_a_run_before_and_after(browser: Client, journal: Journal) -> None:
    hold(journal, [ran(2), ran(9), ran(30)])
    page = text(browser, f"/load/day/{TODAY - timedelta(days=9)}/")
    assert f"/load/day/{TODAY - timedelta(days=30)}/" in page
    assert f"/load/day/{TODAY - timedelta(days=2)}/" in page
    assert "?by=days" in page


def test_a_day_without_a_run_says_so_and_what_was_said(browser: Client, journal: Journal) -> None:
    morning = Morning(at=NOW - timedelta(days=3), soreness=Soreness(left=2, right=0))
    hold(journal, [ran(9)], morning)
    page = text(browser, f"/load/day/{TODAY - timedelta(days=3)}/")
    assert "No run on this day." in page
    assert "Left 2 of 10 and right 0 of 10, walking that morning." in page


def test_a_day_of_an_empty_journal_is_an_empty_page(browser: Client) -> None:
    assert "No run on this day." in text(browser, "/load/day/2026-05-03/")


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "20260503", "2026-5-3", "9999-99-99"])
def test_what_is_no_day_is_not_there(browser: Client, day: str) -> None:
    assert browser.get(f"/load/day/{day}/").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_break_nothing(browser: Client, journal: Journal, day: str) -> None:
    hold(journal, [ran(2)])
    assert browser.get(f"/load/day/{day}/").status_code == 404
    for by in ("days", "weeks", "year", "all"):
        assert browser.get(f"/load/?by={by}&from={day}&chosen={day}").status_code == 200
        assert browser.get(f"/load/data/strikes/{by}/?from={day}&chosen={day}").status_code == 200


def test_anothers_day_is_empty(browser: Client, bens_browser: Client, journal: Journal) -> None:
    hold(journal, [ran(2)])
    assert "/runs/" in text(browser, f"/load/day/{TODAY - timedelta(days=2)}/").split("Its runs")[1]
    assert "No run on this day." in text(bens_browser, f"/load/day/{TODAY - timedelta(days=2)}/")
