"""A journal whose calendar holds two days, and its address."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from calfwise.model.fix.weeks.laid import Weeks
from calfwise_web.calendar_feed.held import PAGE, Held, Told, body_of
from calfwise_web.calendar_feed.misses import MISSES
from calfwise_web.journal.models import Journal
from calfwise_web.weeks import laying
from tests.web.load.holding import NOW
from tests.web.weeks.made import laid_by

TOLD = Held(
    kept=True,
    told=(
        Told("u1", date(2026, 11, 24), "6 km easy", "About 40 minutes.", datetime(2026, 11, 23, 7, tzinfo=UTC), 0),
        Told("u2", date(2026, 11, 26), "Calf strength", "About 20 minutes.", datetime(2026, 11, 23, 7, tzinfo=UTC), 2),
    ),
)
ADDRESS = re.compile(r"https?://[^\s<]+/calendar/([\w-]+)\.ics")


@pytest.fixture(autouse=True)
def _unsuspected() -> Iterator[None]:
    """Wrong addresses of one test count in no other."""
    MISSES.forget()
    yield
    MISSES.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Wednesday, 18 November 2026, 13:00 in Berlin, and so much after it."""

    def at(**after: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(**after))

    at()
    return at


@pytest.fixture
def planned(clock: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[[Weeks], None]:
    """The weeks made by hand in place of the model's."""
    return lambda made: monkeypatch.setattr(laying, "laid", laid_by(made))


def show(journal: Journal, held: Held = TOLD) -> None:
    """What a refresh would have worked out."""
    defaults = {"revision": journal.revision, "made_at": timezone.now(), "body": body_of(held)}
    journal.snapshots.update_or_create(page=PAGE, defaults=defaults)


@pytest.fixture
def make(browser: Client, journal: Journal) -> Callable[[], str]:
    """Press the button on Ann's page, and give the address's path."""
    show(journal)

    def made() -> str:
        return press(browser)

    return made


def press(browser: Client) -> str:
    answer: Any = browser.post("/weeks/calendar/new/", {"after": state(browser)})
    found = ADDRESS.search(answer.content.decode())
    assert found, answer.content.decode()
    return f"/calendar/{found[1]}.ics"


def state(browser: Client) -> str:
    page = browser.get("/weeks/calendar/").content.decode()
    found = re.search(r'name="after" value="([^"]*)"', page)
    assert found, page
    return found[1]
