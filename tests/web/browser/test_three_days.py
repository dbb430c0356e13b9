"""A runner without a single recording: from the first visit to the first stroke, and through three days."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from calfwise_web.account.models import User
from calfwise_web.journal.lines import events_of, history_of
from calfwise_web.journal.models import Journal
from calfwise_web.journal.services import open_journal
from tests.web.browser.conftest import CHROMIUM, FLAGS, sync_api
from tests.web.conftest import PASSWORD

BERLIN = ZoneInfo("Europe/Berlin")
DAY_ONE = datetime(2026, 5, 18, 18, 0, tzinfo=BERLIN)
MOST_TAPS = 12
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
pytestmark = pytest.mark.django_db(transaction=True)


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


def test_the_first_stroke_is_at_most_twelve_taps_away_from_a_first_visit_without_recordings(runner: Runner) -> None:
    runner.opens(DAY_ONE)
    runner.feels(5, 4)
    runner.has_no_signs()
    runner.asks_for_a_plan()
    runner.starts()
    runner.page.clock.run_for(40_000)
    (session,) = events_of(journal_of(), "planned")
    assert runner.taps <= MOST_TAPS
    told = journal_of().happenings.filter(session=session.session.id)
    deadline = 40
    while not told.filter(line__contains='"kind":"elapsed"').exists() and deadline:
        runner.page.clock.run_for(1_000)
        runner.page.wait_for_timeout(50)
        deadline -= 1
    assert told.filter(line__contains='"kind":"begin"').exists()
    assert told.filter(line__contains='"kind":"elapsed"').exists(), "the get-ready is over: strokes have begun"
    assert runner.troubles == []


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


def spots_of(journal: Journal) -> list[str]:
    return [str(spot) for spot in events_of(journal, "planned")[-1].session.spots]


def test_three_days_the_queue_comes_first_and_what_was_worse_rests_for_two_days(runner: Runner) -> None:
    inner, outer, third = "left:medial-upper", "left:lateral-middle", "right:medial-upper"
    runner.opens(DAY_ONE)
    runner.feels(4, 3)
    runner.has_no_signs()
    for side, zone, nrs in (("left", "medial-upper", 6), ("left", "lateral-middle", 5), ("right", "medial-upper", 4)):
        runner.marks(side, zone, nrs)
    runner.asks_for_a_plan()
    assert len(spots_of(journal_of())) == 2, "the first sessions look after two spots"
    runner.starts()
    assert plays_to_the_end(runner)[-1] == "over"
    runner.page.clock.run_for(1_000)  # a button that has just appeared takes no tap that was meant for another
    runner.page.get_by_role("button", name="Back to Today").tap()
    for _ in range(40):
        if runner.page.url == f"{runner.base}/":
            break
        runner.page.clock.run_for(200)
        runner.page.wait_for_timeout(50)
    assert "enough for today" in runner.page.locator("main").inner_text()
    history = history_of(journal_of())
    treated, waiting = spots_of(journal_of()), [str(each.spot) for each in history.waiting]
    assert {*treated, *waiting} == {inner, outer, third}
    assert len(waiting) == 1

    runner.opens(DAY_ONE + timedelta(hours=14))
    worse = treated[0]
    page = runner.page
    side, zone = worse.split(":")
    page.locator(f"label:has(input[name='felt-{side}-{zone}'][value='worse'])").tap()
    for name, nrs in (("left", 4), ("right", 3)):
        page.locator(f"label:has(input[name={name}][value='{nrs}'])").first.tap()
    with page.expect_navigation():
        page.get_by_role("button", name="That's how it is").tap()
    (morning,) = events_of(journal_of(), "morning")
    assert [(str(each.spot), each.felt) for each in morning.spots] == [(worse, "worse")]

    runner.opens(DAY_ONE + timedelta(days=1), "/today/again/")
    runner.feels(4, 3)
    runner.has_no_signs()
    runner.asks_for_a_plan()
    assert spots_of(journal_of())[0] == waiting[0], "what waited comes first"
    assert worse not in spots_of(journal_of()), "it rests: 24 hours are not 48"

    for hours, rests in ((47, True), (49, False)):
        runner.opens(DAY_ONE + timedelta(hours=hours), "/today/again/")
        runner.feels(4, 3)
        runner.has_no_signs()
        runner.marks(side, zone, 6)
        runner.asks_for_a_plan()
        assert (worse in spots_of(journal_of())) is not rests, f"after {hours} h"
    assert runner.troubles == []


@pytest.mark.parametrize(
    ("sign", "said", "level", "first"),
    [
        ("breathless", "yes", "E", "emergency"),
        ("swelling", "left", "U", "today"),
        ("same-point", "both", "P", "within a week"),
        ("unwell", "yes", "N", "massage"),
    ],
)
def test_every_level_of_referral_is_one_tap_away_and_its_first_line_says_how_soon(
    runner: Runner, sign: str, said: str, level: str, first: str
) -> None:
    runner.opens(DAY_ONE)
    page = runner.page
    runner.feels(4, 3)
    line = page.locator(f"details.sign:has(input[name='answer-{sign}'])")
    group = page.locator(f"fieldset.group:has(input[name='answer-{sign}'])")
    before = page.locator("fieldset.group")
    for number in range(before.count()):
        if before.nth(number).get_attribute("id") == group.get_attribute("id"):
            break
        before.nth(number).locator("label.none").tap()
    line.locator("summary").tap()
    word = page.locator(f"label:has(input[name='answer-{sign}'][value='{said}'])")
    if word.is_visible():
        word.tap()
    button = page.get_by_role("button", name="Show what to do")
    with page.expect_navigation():
        (button if button.is_visible() else page.get_by_role("button", name="Show today's plan")).first.tap()
    assert page.get_by_role("link", name="Start").count() == 0
    assert first in page.locator(".first-line").inner_text().lower()
    (verdict,) = events_of(journal_of(), "screened")
    assert (verdict.outcome, verdict.level) == ("referral", level)
    assert runner.troubles == []
