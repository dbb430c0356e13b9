"""History: sessions and soreness on the load axis, what was done, and what was not said."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from calfwise.model.journal import Morning, PlansRace, PracticeDone
from calfwise.model.load.dose import RunLoad
from calfwise.model.session import Soreness
from calfwise_web.journal.models import Journal
from tests.model.load.made import load
from tests.web.load.holding import hold
from tests.web.spots.made import INNER, NOW, OUTER, days_ago, every_state, session
from tests.web.spots.test_spots import text, told


def run(days: float, km: float = 5.0, strikes: int = 5000) -> RunLoad:
    return load(start=NOW - timedelta(days=days, hours=4), km=km, strikes=strikes)


def chart(browser: Client, of: str, by: str = "weeks") -> dict[str, Any]:
    drawn: dict[str, Any] = browser.get(f"/spots/history/data/{of}/{by}/").json()
    return drawn


def values(drawn: dict[str, Any], label: str) -> list[Any]:
    return next(each["values"] for each in drawn["series"] if each["label"] == label)


def test_before_anything_was_told_the_page_says_where_to_begin(browser: Client) -> None:
    assert "Nothing told yet" in text(browser, "/spots/history/")


def test_soreness_is_the_sorest_word_of_each_week_for_each_leg(browser: Client, journal: Journal) -> None:
    """This week began on Monday 16 November; the one before had words on two days, the left 4 at most."""
    told(
        journal,
        Morning(at=days_ago(0, hour=6), soreness=Soreness(2, None)),
        Morning(at=days_ago(5, hour=6), soreness=Soreness(4, 0)),
        Morning(at=days_ago(6, hour=6), soreness=Soreness(1, 1)),
    )
    drawn = chart(browser, "soreness")
    assert values(drawn, "left")[-3:] == [None, 4, 2]
    assert values(drawn, "right")[-3:] == [None, 1, None]
    assert "9 Nov – 4 1 2" in text(browser, "/spots/history/")


def test_silence_is_no_number(browser: Client, journal: Journal) -> None:
    told(journal, Morning(at=days_ago(5, hour=6), soreness=Soreness(0, 0)))
    drawn = chart(browser, "soreness", "days")
    assert [value for value in values(drawn, "left") if value is not None] == [0]
    assert len(drawn["x"]["values"]) > 70


def test_sessions_heel_raises_and_races_are_marked_where_they_were(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    days = {each["x"]: each["text"] for each in chart(browser, "soreness", "days")["events"]}
    midnight = int(datetime(2026, 11, 8, tzinfo=UTC).timestamp())
    assert days[midnight] == "race"
    assert list(days.values()).count("session") == 5
    assert list(days.values()).count("exercises") == 2
    weeks = [each["text"] for each in chart(browser, "soreness")["events"]]
    assert weeks == ["session", "race, session", "2 sessions, exercises × 2", "session"]


def test_too_many_sessions_for_words_have_a_chart_of_their_own(browser: Client, journal: Journal) -> None:
    race = PlansRace(at=days_ago(9), on=days_ago(2).date())
    told(journal, race, *(event for day in range(1, 31) for event in session(days_ago(day), [(INNER, 3, 2)])))
    assert [each["text"] for each in chart(browser, "soreness", "days")["events"]] == ["race"]
    assert sum(values(chart(browser, "sessions", "days"), "sessions")) == 30
    assert "Sessions, by day" in text(browser, "/spots/history/?by=days")
    assert "Sessions, by week" not in text(browser, "/spots/history/")


@pytest.mark.parametrize("by", ["days", "weeks", "year", "all"])
def test_the_axis_is_that_of_the_load_page(browser: Client, journal: Journal, by: str) -> None:
    hold(journal, [run(400), run(10), run(2)], *every_state(), now=NOW)
    theirs = browser.get(f"/load/data/strikes/{by}/").json()
    ours = chart(browser, "load", by)
    assert ours["x"] == theirs["x"] == chart(browser, "soreness", by)["x"]
    assert values(ours, "strikes") == theirs["series"][0]["values"]


def test_months_begin_with_the_first_word_where_that_was_before_the_first_run(
    browser: Client, journal: Journal
) -> None:
    hold(journal, [run(2)], Morning(at=days_ago(100), soreness=Soreness(3, 1)), now=NOW)
    drawn = chart(browser, "soreness", "all")
    assert values(drawn, "left") == [3, None, None, None], "August to November"


def test_without_runs_there_is_soreness_alone(browser: Client, journal: Journal) -> None:
    told(journal, *every_state())
    assert chart(browser, "load")["series"] == []
    assert "Foot strikes, each leg, by week" not in text(browser, "/spots/history/")


def test_the_diary_tells_what_was_done_newest_first(browser: Client, journal: Journal) -> None:
    """Each spot: three holds of 30 s with two rests of 30 s, 150 s; two of them and a minute of strokes, 6 min."""
    told(journal, *every_state())
    page = text(browser, "/spots/history/")
    lines = [
        "Tuesday, 17 November 2026 stopped early 1 spot, 4 min planned, long strokes right",
        "Right, inner edge, low: Press and hold with a ball. Tenderness 5 before, 3 after; bruised the morning after.",
        "Friday, 13 November 2026 stopped early Heel raises. Level 1, eased on the way.",
        "Wednesday, 11 November 2026 Heel raises. Level 1.",
        "Friday, 6 November 2026 2 spots, 6 min, long strokes left",
        "Left, inner upper calf: Press and hold with a ball. Tenderness 6 before, 5 after; better the morning after.",
        "Left, inner lower calf: Press and hold with a ball. Tenderness 4 before, 2 after; no word the morning after.",
    ]
    places = [page.index(line) for line in lines]
    assert places == sorted(places)


def test_only_answered_mornings_are_counted(browser: Client, journal: Journal) -> None:
    """Eight spots in five sessions: five better, one the same, one bruised, and one nobody spoke of."""
    told(journal, *every_state())
    page = text(browser, "/spots/history/")
    assert "5 sessions, the first on 19 September." in page
    assert "The morning after: better 5, same 1, bruised 1. No word about 1 of 8." in page
    assert "Heel raises 2 times, last on Friday at level 1." in page


def test_a_long_diary_has_pages(browser: Client, journal: Journal) -> None:
    told(journal, *(PracticeDone(at=days_ago(day), level=1) for day in range(1, 46)))
    page = text(browser, "/spots/history/")
    assert "1–20 of 45" in page
    assert text(browser, "/spots/history/?page=3").count("Heel raises. Level 1.") == 5
    assert "41–45 of 45" in text(
        browser, "/spots/history/?page=nonsense-at-the-end".replace("nonsense-at-the-end", "99")
    )


def test_whether_it_is_working_is_told_on_its_own_page(browser: Client, journal: Journal) -> None:
    """Sessions a distance fall in silence, too: they never stand without the mornings that were answered."""
    hold(journal, [run(2)], *session(days_ago(60), [(OUTER, 4, 2)]), now=NOW)
    page = browser.get("/spots/history/").content.decode()
    assert "Sessions for every" not in page
    assert 'href="/working/"' in page


def test_nobody_can_ask_for_a_chart_that_is_none(browser: Client) -> None:
    assert browser.get("/spots/history/data/secrets/weeks/").status_code == 404
    assert browser.get("/spots/history/data/soreness/decade/").status_code == 200


def test_the_load_page_leads_here_where_soreness_was_told(browser: Client, journal: Journal) -> None:
    hold(journal, [run(2)], Morning(at=days_ago(1), soreness=Soreness(1, 1)), now=NOW)
    assert re.search(r'href="/spots/history/"[^>]*>History', browser.get("/load/").content.decode())
