"""The list of spots and the story of one: what they say in which state, and to whom."""

import re
from datetime import UTC, timedelta
from html import unescape

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfwise import library
from calfwise.model.care.spots import sort_spots
from calfwise.model.journal import AnyEvent, CheckIn, Morning, Planned, Said, Screened, SpotMorning, fold
from calfwise.model.run import BOTH_SIDES
from calfwise.model.session import Session, Soreness, Spot, TenderSpot, WaitingSpot
from calfwise_web.journal.models import Journal
from calfwise_web.spots.record import recorded
from calfwise_web.spots.snapshot import Spots, spots_of
from tests.web.load.holding import hold
from tests.web.spots.made import (
    CORD,
    DEEP,
    INNER,
    LOW,
    NOW,
    OUTER,
    days_ago,
    every_state,
    item,
    session,
    ten_years,
)

FORBIDDEN = ("treat", "cure", "heals", "healed", "release", "safe", "because of", "thanks to", "works", "helped")
KILOBYTES = 1000


def told(journal: Journal, *events: AnyEvent) -> None:
    hold(journal, [], *events, now=NOW)


def text(browser: Client, path: str = "/spots/") -> str:
    """The page's words, in one line, without its marks."""
    answer = browser.get(path)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    words = re.sub(r"\s+([.,;:])", r"\1", re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)))
    return " ".join(unescape(words).split())


def story(browser: Client, spot: Spot) -> str:
    return text(browser, f"/spots/{spot.side}/{spot.zone}/")


def held(journal: Journal) -> Spots:
    return spots_of(journal.snapshots.get(page="spots").body)


# ------------------------------------------------------------------------------------------------------------- the list
def test_a_new_runner_is_told_where_stories_begin(browser: Client) -> None:
    assert "No tight spots so far" in text(browser)


def test_every_spot_is_there_in_words_the_most_pressing_first(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    page = text(browser)
    said = [
        "Right, inner edge, low Resting until tomorrow, 19:10",
        "Right, outer upper calf Waiting since yesterday",
        "Left, inner upper calf Being looked after",
        "Left, where muscle becomes cord No word since 19 September",
        "Left, inner lower calf Quiet when last felt, on 9 November",
    ]
    places = [page.index(line) for line in said]
    assert places == sorted(places)


def test_last_time_tenderness_and_trend_are_said_with_their_days(browser: Client, journal: Journal) -> None:
    """Saturday 14 November was 4 days ago; it began at 6, 5 and 3 in three sessions, and ended at 2."""
    told(journal, *every_state())
    page = text(browser)
    assert "Last looked after on Saturday Tenderness 2 of 10 on Saturday Quieter: 6, 5, 3 3 sessions" in page
    assert "Last looked after yesterday Tenderness 3 of 10 yesterday Too early to say: 1 session so far" in page
    assert "Tenderness 4 of 10 yesterday Not looked after yet" in page


def test_each_state_has_a_shape_of_its_own_on_the_map_and_leads_to_its_story(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    page = browser.get("/spots/").content.decode()
    marks = dict(re.findall(r'<g class="calf-mark ?(\w*)" data-side="(\w+)" data-zone="[\w-]+"', page))
    assert set(marks) == {"", "waiting", "resting", "quiet", "silent"}
    assert page.count('class="calf-zone"') == 2 * len(library.content().zones)
    links = re.findall(r'<a id="calf-[\w-]+" class="calf-zone"[^>]*href="([^"]+)" aria-label="([^"]+)"', page)
    assert ("/spots/right/lateral-upper/", "Right, outer upper calf, waiting, tender at 4 of 10") in links
    assert len(links) == 5
    assert 'role="button"' not in page


def test_a_spot_that_was_only_marked_is_tender_and_not_looked_after(browser: Client, journal: Journal) -> None:
    told(journal, CheckIn(at=days_ago(2), soreness=Soreness(5, 0), spots=(TenderSpot(INNER, 6),)))
    page = text(browser)
    assert "Left, inner upper calf Marked on Monday Tenderness 6 of 10 on Monday Not looked after yet" in page


def test_a_spot_that_waited_a_week_is_no_longer_waiting(browser: Client, journal: Journal) -> None:
    told(journal, *session(days_ago(8), [(INNER, 5, 3)], waits=[(OUTER, 4)]))
    assert "Right, outer upper calf No word since 10 November" in text(browser)


def test_a_spot_planned_and_not_done_waits(browser: Client, journal: Journal) -> None:
    check_in, planned, *_ = session(days_ago(0, hour=7), [(INNER, 5, None)])
    told(journal, check_in, planned)
    assert "Left, inner upper calf Waiting since today" in text(browser)


def test_a_place_of_the_search_that_was_not_found_has_no_story(browser: Client, journal: Journal) -> None:
    found = [(INNER, None, 3), (LOW, None, None)]
    told(journal, *session(days_ago(1), found, if_found=[INNER, LOW]))
    page = text(browser)
    assert "Left, inner upper calf" in page
    assert "Left, inner lower calf" not in page


def test_a_locked_leg_is_named_with_who_says_why(browser: Client, journal: Journal) -> None:
    lock = Screened(at=days_ago(1), outcome="referral", rules="1", level="U", locked=BOTH_SIDES, reasons=("swelling",))
    told(journal, *session(days_ago(3), [(INNER, 5, 3)]), lock)
    assert "Neither leg gets any massage for now. Today says why, and what lifts it." in text(browser)
    assert "Neither leg gets any massage for now." in story(browser, INNER)


# ---------------------------------------------------------------------------------------------------------- the planner
def test_what_rests_here_rests_for_the_planner_too() -> None:
    """Whatever was worse or bruised, on any of the days around the 48 hours."""
    for ago in (1, 1.9, 2.2, 3):
        events = list(session(days_ago(ago, hour=10), [(DEEP, 5, 3), (INNER, 4, 3)], felt=["bruised", "better"]))
        history = fold(events)
        check_in = CheckIn(at=NOW, soreness=Soreness(3, 3), spots=(TenderSpot(DEEP, 5), TenderSpot(INNER, 5)))
        planned = sort_spots(
            check_in=check_in, legs=BOTH_SIDES, history=history, content=library.content(), now=NOW
        ).resting
        read = recorded(events, content=library.content(), home=UTC)
        mine = {spot for spot, each in read.places.items() if each.rests_until and each.rests_until > NOW}
        assert mine == {waits.spot for waits in planned}


def test_what_waits_here_is_what_the_planner_has_waiting(journal: Journal) -> None:
    events = every_state()
    told(journal, *events)
    waiting = {place.spot for place in held(journal).places if place.waiting}
    assert waiting == {waits.spot for waits in fold(events).waiting} == {OUTER}


# ------------------------------------------------------------------------------------------------------------- one spot
def test_a_story_is_told_in_order_of_time_with_its_numbers(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    page = story(browser, INNER)
    lines = [
        "It came up on 6 November.",
        "Friday, 6 November 2026 better Press and hold with a ball. Tenderness 6 before, 5 after. The morning after:",
        "Monday, 9 November 2026 better Press and hold with a ball. Tenderness 5 before, 4 after.",
        "Saturday, 14 November 2026 better Press and hold with a ball. Tenderness 3 before, 2 after.",
        "What came after a session need not have come from it.",
    ]
    places = [page.index(line) for line in lines]
    assert places == sorted(places)
    assert "Trend Quieter: 6, 5, 3" in page


def test_a_bruise_gives_two_days_of_rest_and_says_until_when(browser: Client, journal: Journal) -> None:
    """Done on Tuesday 17 November at 18:10 UTC, 19:10 in Berlin: 48 hours later it is Thursday, 19:10."""
    told(journal, *every_state())
    page = story(browser, DEEP)
    assert "It was bruised the morning after, so it rests until tomorrow, 19:10." in page
    assert (
        "Press and hold with a ball, eased on the way. Tenderness 5 before, 3 after. The morning after: bruised."
        in page
    )
    assert "Rest until Thursday, 19 November 2026. The session was stopped early." in page
    assert "Tender at 3 of 10 when pressed. It waited: two or three spots are enough for one day." in page


def test_a_silent_morning_is_told_as_silence(browser: Client, journal: Journal) -> None:
    told(journal, *session(days_ago(3), [(INNER, 5, 3)]))
    assert "No word from the morning after." in story(browser, INNER)


def test_a_spot_nobody_came_to_says_so(browser: Client, journal: Journal) -> None:
    told(journal, *session(days_ago(1), [(INNER, 5, 3), (LOW, 4, None)], untouched=[LOW], stopped_early=True))
    page = story(browser, LOW)
    assert "It was planned, but the session ended before." in page
    assert "Why it waits: you did not come to it." in page
    assert "Sessions 0" in page


def test_what_comes_next_is_the_planners_word_and_its_reason(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    assert "It comes before new spots at your next check-in, as long as that calf is sore." in story(browser, OUTER)
    assert "After 7 days of waiting it is looked for anew." in story(browser, OUTER)
    inner = story(browser, INNER)
    assert "Mark it at your next check-in if it is tender." in inner
    assert "The likely way: press and hold" in inner
    assert "it suits the inner upper calf" in inner
    assert "Nothing to do. Mark it again if it is ever tender." in story(browser, LOW)
    assert "lighter, as you asked last time" in story(browser, DEEP)


def test_how_to_find_it_is_there_before_anything_was_said(browser: Client) -> None:
    page = story(browser, INNER)
    assert "Nothing was ever said of this spot." in page
    assert "About one hand width (four fingers side by side) below the crease of the knee" in page


@pytest.mark.parametrize("path", ["left/nowhere", "middle/medial-upper", "left/whole-calf"])
def test_there_is_no_page_of_a_place_that_is_none(browser: Client, path: str) -> None:
    assert browser.get(f"/spots/{path}/").status_code == 404
    assert browser.get(f"/spots/history/data/tenderness/{path.replace('/', ':')}/").status_code == 404


def test_a_place_of_an_older_library_is_left_out(browser: Client, journal: Journal) -> None:
    gone = Spot(BOTH_SIDES[0], "no-longer-there")
    queue = (WaitingSpot(gone, 3, days_ago(1), "it keeps until tomorrow"),)
    plan = Planned(at=days_ago(1), session=Session("x", days_ago(1), (item(INNER),)), queue=queue)
    told(journal, plan, Morning(at=days_ago(0, hour=7), spots=(SpotMorning(gone, "worse"),)))
    page = text(browser)
    assert "Left, inner upper calf" in page
    assert "no-longer-there" not in page


def test_tenderness_is_drawn_before_and_after_each_session(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    chart = browser.get("/spots/history/data/tenderness/left:medial-upper/").json()
    assert [(each["label"], each["values"]) for each in chart["series"]] == [
        ("before", [6, 5, 3]),
        ("after a session", [5, 4, 2]),
    ]
    assert chart["x"]["values"][0] == 1793923200, "midnight of 6 November 2026 in UTC"


def test_sentences_claim_no_cause_and_promise_nothing(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    for path in (
        "/spots/",
        "/spots/history/",
        *(f"/spots/{s.side}/{s.zone}/" for s in (INNER, OUTER, LOW, DEEP, CORD)),
    ):
        page = text(browser, path).lower()
        assert [word for word in FORBIDDEN if re.search(rf"\b{word}", page)] == []


# ----------------------------------------------------------------------------------------------------- owners and sizes
def test_another_runners_spots_are_not_to_be_seen(bens_browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    assert "No tight spots so far" in text(bens_browser)
    assert "Nothing was ever said of this spot." in story(bens_browser, INNER)
    assert "Nothing told yet" in text(bens_browser, "/spots/history/")
    for of, by in (("tenderness", "left:medial-upper"), ("soreness", "weeks"), ("sessions", "weeks"), ("load", "all")):
        chart = bens_browser.get(f"/spots/history/data/{of}/{by}/").json()
        assert not any(value for each in chart["series"] for value in each["values"])
        assert not chart["events"]


@pytest.mark.parametrize(
    "path",
    [
        "/spots/",
        "/spots/left/medial-upper/",
        "/spots/history/",
        "/spots/history/data/soreness/year/",
        "/spots/history/data/tenderness/left:medial-upper/",
    ],
)
def test_a_page_asks_once_for_all_its_numbers(browser: Client, journal: Journal, path: str) -> None:
    told(journal, *every_state())
    browser.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(path)
    ours = [each["sql"] for each in asked if "journal_" in each["sql"]]
    assert len(ours) == 1


def test_what_an_older_calfwise_left_is_not_guessed_at(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    journal.snapshots.filter(page="spots").update(body=msgspec.json.encode({"now": "2026-11-18"}))
    assert "No tight spots so far" in text(browser)


def test_a_change_that_is_not_worked_out_yet_is_said(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    assert "Being brought up to date" not in text(browser)
    journal.changed()
    assert "Being brought up to date" in text(browser)


def test_ten_years_fit_a_page(browser: Client, journal: Journal) -> None:
    """2,086 sessions of three spots each, and heel raises on all other days."""
    told(journal, *ten_years())
    paths = ["/spots/", "/spots/left/medial-upper/", "/spots/left/medial-upper/?page=9"]
    paths += [f"/spots/history/?by={by}&page=3" for by in ("days", "weeks", "year", "all")]
    paths += [f"/spots/history/data/{of}/{by}/" for of in ("soreness", "sessions", "load") for by in ("days", "all")]
    paths += ["/spots/history/data/tenderness/left:medial-upper/"]
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < 100 * KILOBYTES, path
    assert len(journal.snapshots.get(page="spots").body) < 1000 * KILOBYTES


def test_days_are_the_runners_own(browser: Client, journal: Journal) -> None:
    """23:30 UTC on Tuesday is already Wednesday in Berlin."""
    told(journal, *session(days_ago(1, hour=23.5), [(INNER, 5, 3)]))
    assert "Last looked after today" in text(browser)


def test_answers_of_the_gate_change_nothing_here(browser: Client, journal: Journal) -> None:
    told(journal, CheckIn(at=NOW - timedelta(hours=1), answers={"smoking": Said.NO}))
    assert "No tight spots so far" in text(browser)
