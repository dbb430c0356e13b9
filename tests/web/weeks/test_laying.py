"""Days are written down as they were told: once, only where they changed, and never because somebody looked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from msgspec import structs

from calfwise.model.journal import Consent, DaysLaid, WantsWeeks
from calfwise.model.weeks import WeeksWish
from calfwise_web import refresh as refreshing
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import is_current, is_stale, refresh
from calfwise_web.yours.consent import HEALTH_NOTES
from tests.model.load.made import load
from tests.web.load.holding import NOW, hold

WISH = WeeksWish(begins=NOW.date(), weeks=4, run_days=(0, 2, 4, 6), goal="steady")
WANTS = WantsWeeks(at=NOW - timedelta(minutes=1), wish=WISH)
RUNS = [load(start=NOW - timedelta(days=days, hours=4), km=6.0, minutes=36, strikes=6000) for days in range(40, 0, -2)]


def told(journal: Journal) -> list[DaysLaid]:
    return [each for each in lines.events_of(journal, "days-laid") if isinstance(each, DaysLaid)]


def test_the_next_days_are_written_down_when_the_weeks_begin(journal: Journal) -> None:
    hold(journal, RUNS, WANTS)
    (first,) = told(journal)
    assert first.at == NOW
    assert min(day.on for day in first.days) >= NOW.date()
    assert any(day.elements for day in first.days)


def test_what_pages_show_is_as_new_as_what_was_written(journal: Journal) -> None:
    hold(journal, RUNS, WANTS)
    journal.refresh_from_db()
    assert is_current(journal)
    assert not is_stale(journal, now=NOW, home=timezone.get_current_timezone())


def test_worked_out_again_nothing_is_written_again(journal: Journal) -> None:
    hold(journal, RUNS, WANTS)
    before = told(journal)
    journal.refresh_from_db()
    revision = journal.revision
    for minutes in range(5):
        refresh(journal, now=NOW + timedelta(minutes=minutes))
    journal.refresh_from_db()
    assert told(journal) == before
    assert journal.revision == revision, "no refresh is the reason of the next"


def test_a_day_later_at_most_the_days_that_came_in_sight_are_written(journal: Journal) -> None:
    hold(journal, RUNS, WANTS)
    (first,) = told(journal)
    refresh(journal, now=NOW + timedelta(days=1))
    later = [day.on for each in told(journal)[1:] for day in each.days]
    assert min(later, default=NOW.date() + timedelta(days=1)) > NOW.date()
    assert len(told(journal)) <= 2
    assert first in told(journal)


def test_without_weeks_nothing_is_written(journal: Journal) -> None:
    hold(journal, RUNS)
    assert told(journal) == []


def test_without_the_agreement_to_keep_notes_nothing_is_written(journal: Journal) -> None:
    hold(journal, RUNS, WANTS, Consent(at=NOW, to=HEALTH_NOTES, version="1", given=False))
    assert told(journal) == []


def test_looking_writes_nothing(browser: Client, journal: Journal, clock: Callable[..., None]) -> None:
    hold(journal, RUNS, WANTS)
    before = told(journal)
    clock(days=1)
    for path in ("/", "/weeks/", "/weeks/print/"):
        browser.get(path)
    assert told(journal) == before


def test_whoever_wrote_meanwhile_is_heard_first(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another wish comes in while the days of the first are worked out: they are not written down any more."""
    real = refreshing.with_weeks

    def slow(whole: Any) -> Any:
        answer = real(whole)
        if not told_meanwhile:
            told_meanwhile.append(True)
            other = structs.replace(WANTS, at=NOW - timedelta(seconds=30), wish=structs.replace(WISH, run_days=(5,)))
            lines.write(Journal(pk=journal.pk), [other])
        return answer

    told_meanwhile: list[bool] = []
    monkeypatch.setattr(refreshing, "with_weeks", slow)
    hold(journal, RUNS, WANTS)
    assert told(journal) == []
    journal.refresh_from_db()
    assert not is_current(journal), "the worker comes for it"
    refresh(journal, now=NOW + timedelta(minutes=1))
    (only,) = told(journal)
    run_days = {day.on.weekday() for day in only.days if any(each.kind.is_run for each in day.elements)}
    assert run_days <= {5}


def test_how_calves_feel_tells_the_next_days_anew(
    browser: Client, journal: Journal, clock: Callable[..., None]
) -> None:
    hold(journal, RUNS, WANTS)
    clock(hours=1)
    answer = browser.post("/today/morning/", {"left": "6", "right": "1"})
    assert answer.status_code == 302
    last = told(journal)[-1]
    assert last.at == NOW + timedelta(hours=1)
    today = next(day for day in last.days if day.on == NOW.date())
    assert today.changed
    assert not any(each.kind.is_run for each in today.elements)


def test_a_wish_of_the_night_leaves_the_evening_before_as_it_was_told(
    browser: Client, journal: Journal, clock: Callable[..., None]
) -> None:
    """At 00:30 on Thursday in Berlin it is still Wednesday in Greenwich."""
    hold(journal, RUNS, WANTS)
    wednesday = lines.history_of(journal).laid[NOW.date()]
    clock(hours=11, minutes=30)
    browser.post("/weeks/not-on/", {"day": "2026-11-20"})
    laid = lines.history_of(journal).laid
    assert laid[NOW.date()] == wednesday
    assert not laid[NOW.date() + timedelta(days=2)].elements
