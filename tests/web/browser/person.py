"""Somebody with a phone before the whole app, and a clock that server and phone agree on."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from calfwise_web.account.models import User
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal
from calfwise_web.journal.services import open_journal
from tests.web.browser.conftest import CHROMIUM, FLAGS, sync_api
from tests.web.conftest import PASSWORD

BERLIN = ZoneInfo("Europe/Berlin")
DAY_ONE = datetime(2026, 5, 18, 18, 0, tzinfo=BERLIN)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Runner:
    """Somebody with a phone, and a clock that server and phone agree on."""

    def __init__(self, browser: Any, base: str, cookie: str, patch: pytest.MonkeyPatch) -> None:
        self.browser, self.base, self.cookie, self.patch = browser, base, cookie, patch
        self.taps = 0
        self.troubles: list[str] = []

    def opens(self, at: datetime, path: str = "/") -> None:
        """Another day, another look: Today from cold."""
        self.patch.setattr("django.utils.timezone.now", lambda: at)
        self.context = self.browser.new_context(timezone_id="Europe/Berlin", service_workers="block", **PHONE)
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": self.cookie, "url": self.base}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda message: message.type == "error" and self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.clock.install(time=at)
        self.page.goto(self.base + path)

    def taps_on(self, what: Any) -> None:
        what.tap()
        self.taps += 1

    def feels(self, left: int, right: int) -> None:
        for side, nrs in (("left", left), ("right", right)):
            self.taps_on(self.page.locator(f"label:has(input[name={side}][value='{nrs}'])"))

    def has_no_signs(self) -> None:
        """Every group that is asked: none of these."""
        groups = self.page.locator("fieldset.group")
        for number in range(groups.count()):
            self.taps_on(groups.nth(number).locator("label.none"))

    def marks(self, side: str, zone: str, nrs: int) -> None:
        """By the field that the list has for each place."""
        self.page.evaluate(
            """([name, nrs]) => {
                 const field = document.querySelector(`[name="${name}"]`);
                 if (field) { field.value = nrs; field.dispatchEvent(new Event("input", {bubbles: true})); }
                 else { const made = document.createElement("input"); made.type = "hidden"; made.name = name;
                        made.value = nrs; document.getElementById("check-in").append(made); }
               }""",
            [f"spot-{side}-{zone}", str(nrs)],
        )

    def asks_for_a_plan(self) -> None:
        with self.page.expect_navigation():
            self.taps_on(self.page.get_by_role("button", name="Show today's plan"))

    def starts(self) -> None:
        with self.page.expect_navigation():
            self.taps_on(self.page.get_by_role("link", name="Start"))

    def phase(self) -> str:
        return str(self.page.evaluate("document.documentElement.dataset.phase ?? document.body.dataset.phase ?? ''"))


@pytest.fixture
def runner(live_server: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Runner]:
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium (Debian: apt install chromium)")
    # Playwright's own loop runs in this thread; the database is asked from here only while nothing else does.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.SESSION_COOKIE_AGE = 10 * 365 * 24 * 3600
    user = User.objects.create_user("ann", password=PASSWORD)
    open_journal(user, time_zone="Europe/Berlin", consent_version="test", at=DAY_ONE - timedelta(minutes=2))
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Runner(browser, live_server.url, cookie, monkeypatch)
        browser.close()


def journal_of() -> Journal:
    return Journal.objects.get(sample=False)


def plays_to_the_end(runner: Runner) -> list[str]:
    """Everything as planned, tenderness 3 afterwards, no signs; the scenes that were seen, each once in turn."""
    page, seen = runner.page, [""]
    player = page.locator("#player")
    for _ in range(400):
        scene = player.get_attribute("data-scene")
        if scene != seen[-1]:
            seen.append(scene)
        if scene == "rate":
            page.get_by_role("button", name="3", exact=True).tap()
        elif scene == "signs":
            page.get_by_role("button", name="None of these").tap()
        elif scene == "over":
            break
        elif scene == "ask":
            page.get_by_role("button", name="Yes, tender").tap()
        page.clock.run_for(5_000)
        page.wait_for_timeout(20)
    return seen[1:]


def has_arrived(runner: Runner, kind: str, *, times: int = 1) -> None:
    """What the phone wrote down is in the journal, the clock running meanwhile."""
    for _ in range(100):
        if len(events_of(journal_of(), kind)) >= times:
            return
        runner.page.clock.run_for(500)
        runner.page.wait_for_timeout(50)
    raise AssertionError(f"no {kind} arrived")
