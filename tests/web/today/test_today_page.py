"""Today: what comes first at which hour, what it says, and what it costs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import msgspec
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calfwise import library
from calfwise.library.shelf import RULES
from calfwise.model.journal import Done, PracticeDone, Prefers
from calfwise_web.journal.models import Journal
from calfwise_web.player import progress
from calfwise_web.player.progress import Progress
from calfwise_web.refresh import refresh
from calfwise_web.today.asking import SHORT
from calfwise_web.today.pages import STOPPED
from tests.model.load.made import load
from tests.web.load.holding import put
from tests.web.today.posting import DAY, NOW, brought, form, kept

SEND = "/today/check-in/"
At = Callable[[datetime], None]
FORBIDDEN = re.compile(r"\b(safe|clear|treatment|treat|cured|detects?|releases?|heals?)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """It is this evening, until a test says otherwise."""
    hour = [NOW]
    monkeypatch.setattr(timezone, "now", lambda: hour[0])

    def then(now: datetime) -> None:
        hour[0] = now

    return then


def words(browser: Client, path: str = "/") -> str:
    """The page's words, in one line."""
    answer = browser.get(path)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def plan(journal: Journal) -> str:
    session: str = kept(journal, "planned")[-1].session.id
    return session


# ----------------------------------------------------------------------------------------------------- what comes first
def test_the_first_visit_needs_no_recording_and_asks_one_thing(browser: Client, journal: Journal) -> None:
    told = words(browser)
    assert "How do your calves feel?" in told
    assert "Wednesday, 18 November" in told
    assert "Bring your runs" in told
    assert "Look around with a sample runner" in told


def test_no_number_is_chosen_for_anybody(browser: Client, journal: Journal) -> None:
    assert not re.search(r'name="(left|right)" value="\d+" checked', browser.get("/").content.decode())


def test_the_card_says_what_why_and_what_waits(browser: Client, journal: Journal) -> None:
    spots = ["left:medial-upper:6", "left:lateral-middle:5", "right:lateral-lower:4"]
    browser.post(SEND, form(spot=spots, tool="ball"))
    told = words(browser)
    assert "Two spots," in told
    assert "floor · ball" in told
    assert "Left, inner upper calf Press and hold, 3 × 30 s, with your thumbs or fingertips." in told
    assert "Each technique has its turn in your first sessions." in told
    assert "Left, outer middle calf It keeps until tomorrow: two or three are enough. waits" in told
    assert "Four out of ten at most. Above that, ease off; stop at six, or when it still rises." in told
    assert "At 19:00 you said: left 5, right 4, 3 spots, nothing unusual." in told


def test_start_leads_into_the_session_and_the_card_is_kept_for_offline(browser: Client, journal: Journal) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    page = browser.get("/").content.decode()
    assert f'href="/session/{plan(journal)}/#start">Start</a>' in page
    assert f'data-keep="/session/{plan(journal)}/"' in page
    assert f'href="/session/{plan(journal)}/card/"' in page


def test_from_today_to_start_it_takes_at_most_twelve_taps_when_all_is_well(browser: Client, journal: Journal) -> None:
    page = browser.get("/").content.decode()
    groups = page.count('name="none-')
    assert groups == len(library.gate().groups)
    assert 2 + groups + len(["Show today's plan", "Start"]) <= 12


def test_a_quiet_day_is_said_warmly_and_offers_heel_raises(browser: Client, journal: Journal) -> None:
    browser.post(SEND, form(1, 0))
    told = words(browser)
    assert "A quiet day" in told
    assert "Nothing is tight today. Go for a walk, or run as you like." in told
    assert "Heel raises, level 1" in told
    assert "The first level: see how your calves take it." in told


def test_heel_raises_that_are_done_are_not_offered_again(browser: Client, journal: Journal, at: At) -> None:
    browser.post(SEND, form(1, 0))
    habit = kept(journal, "practice-planned")[-1].practice
    brought(journal, PracticeDone(at=NOW + timedelta(minutes=9), level=1, session=habit.id))
    at(NOW + timedelta(minutes=10))
    told = words(browser)
    assert "Not two days running" in told
    assert f"/session/{habit.id}/" not in browser.get("/").content.decode()


def test_once_a_day_the_rest_keeps_until_tomorrow(browser: Client, journal: Journal, at: At) -> None:
    browser.post(SEND, form(spot=["left:medial-upper:6", "left:lateral-middle:5", "right:lateral-lower:4"]))
    brought(journal, Done(at=NOW + timedelta(minutes=12), session=plan(journal)))
    at(NOW + timedelta(minutes=13))
    told = words(browser)
    assert "That's enough for today. The rest keeps until tomorrow." in told
    assert "Left, inner upper calf Press and hold, 3 × 30 s. done" in told
    assert "Left, outer middle calf It keeps until tomorrow: two or three are enough. waits" in told
    assert "Tomorrow morning I'll ask how it went." in told
    browser.post(SEND, form(spot="left:lateral-middle:5"))
    assert "The rest keeps until tomorrow." in words(browser), "also to whom asks again"


def test_a_session_that_was_left_can_be_resumed_today(browser: Client, journal: Journal, at: At) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    far = Progress(plan(journal), "massage", "work", True, False, "phone", NOW)
    journal.snapshots.create(page=progress.PAGE, revision=1, made_at=NOW, body=msgspec.json.encode(far))
    assert f'href="/session/{plan(journal)}/">Resume</a>' in browser.get("/").content.decode()
    at(NOW + DAY)
    assert "It ends when you answer; what you did of it counts." in words(browser)


def test_answers_are_asked_anew_the_next_day_and_after_half_a_day(browser: Client, journal: Journal, at: At) -> None:
    at(NOW - timedelta(hours=13))
    browser.post(SEND, form(spot="left:medial-upper:6"))
    assert "#start" in browser.get("/").content.decode()
    at(NOW)
    assert "#start" not in browser.get("/").content.decode()
    assert "How do your calves feel?" in words(browser)


def test_midnight_is_the_runners_own(browser: Client, journal: Journal, at: At) -> None:
    at(datetime(2026, 11, 18, 22, 30, tzinfo=NOW.tzinfo))
    browser.post(SEND, form(spot="left:medial-upper:6"))
    assert "#start" in browser.get("/").content.decode()
    at(datetime(2026, 11, 18, 23, 30, tzinfo=NOW.tzinfo))
    assert "Thursday, 19 November" in words(browser)
    assert "#start" not in browser.get("/").content.decode()


def test_a_run_that_comes_in_later_and_changes_the_verdict_asks_again(browser: Client, journal: Journal) -> None:
    put(journal, [load(start=NOW - timedelta(days=days), km=5.0) for days in (20, 10)])
    refresh(journal, now=NOW)
    browser.post(SEND, form(5, 1))
    assert kept(journal, "screened")[-1].level == "U", "one calf, and nothing explains it"
    put(journal, [load(start=NOW - timedelta(hours=30), km=14.0)])
    refresh(journal, now=NOW)
    assert "New runs came in since you answered." in words(browser)
    assert 'name="left" value="5" checked' in browser.get("/").content.decode()


# --------------------------------------------------------------------------------------------------------------- beside
def test_before_any_answer_the_next_run_stands_beside_in_the_runners_unit(browser: Client, journal: Journal) -> None:
    put(journal, [load(start=NOW - timedelta(days=days), km=9.0) for days in (12, 8, 2)])
    brought(journal, Prefers(at=NOW, time_zone="Europe/Berlin"))
    assert "Next run: about 9–10 easy km is what your calves know." in words(browser)
    assert "Last run: Monday, 9.0 km, about" in words(browser)
    brought(journal, Prefers(at=NOW + timedelta(seconds=1), time_zone="Europe/Berlin", distance="mi"))
    assert "Next run: up to about 6 easy mi is what your calves know." in words(browser)


def test_after_the_answer_it_says_how_to_run_today(browser: Client, journal: Journal) -> None:
    browser.post(SEND, form(5, 4))
    assert "At 5 of 10 run shorter than planned or not at all" in words(browser)


# ------------------------------------------------------------------------------------------------------- what it costs
def test_today_asks_the_database_once(browser: Client, journal: Journal) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    for path in ("/", "/today/again/"):
        browser.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(path)
        tables = [re.search(r'FROM "(\w+)"', query["sql"]) for query in asked]
        own = [found[1] for found in tables if found and not found[1].startswith(("django_session", "people_user"))]
        assert len(own) == 1, own


def test_the_page_is_small(browser: Client, journal: Journal) -> None:
    html = len(browser.get("/").content)
    assert html < 60_000
    page = browser.get("/").content.decode()
    own = re.findall(r'/static/(calfwise/(?:today|figures|js/today)[^"]*)"', page)
    assert own
    modules = ["dom", "groups", "hand", "map", "network", "places", "soreness"]
    files = {*own, *(f"calfwise/js/today/{name}.js" for name in modules)}
    sizes = [len(Path(finders.find(name) or "").read_bytes()) for name in files]
    assert html + sum(sizes) < 100_000


def test_every_question_is_drawn_once_for_everybody(browser: Client, journal: Journal) -> None:
    assert browser.get("/").content.decode().count('<details class="sign') == len(library.gate().questions)


# -------------------------------------------------------------------------------------------------------------- words
def test_every_group_has_a_short_name_and_every_reason_to_stop_a_sentence() -> None:
    assert set(SHORT) == set(library.gate().groups)
    reasons = library.player().rules.reasons
    assert set(STOPPED) == {id_ for id_, reason in reasons.items() if reason.asks or reason.raises}


def test_no_word_promises_anything(browser: Client, journal: Journal) -> None:
    pages = [words(browser)]
    for left, spots in ((5, ["left:medial-upper:6"]), (1, []), (7, [])):
        browser.post(SEND, form(left, min(left, 6), spot=spots))
        pages.append(words(browser))
    for told in pages:
        assert not FORBIDDEN.search(told), FORBIDDEN.search(told)


def test_why_is_one_tap_away_with_its_source(browser: Client, journal: Journal) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    page = unescape(browser.get("/").content.decode())
    assert page.count("<summary>Why?") >= 2
    assert 'href="/sources/?q=Wilke2018"' in page
    assert RULES["CoachRule"].capitalize() in page
