"""What helped me: what the page says of how many sessions, what it never says, and to whom."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfwise.model.journal import AnyEvent, PracticeDone, fold
from calfwise_web.helped.snapshot import Shown, shown_of
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import AFTER_WORDS, PAGES
from calfwise_web.today.snapshot import question_of
from calfwise_web.whole import Whole
from tests.web.load.holding import hold
from tests.web.spots.made import INNER, LOW, NOW, days_ago, session, ten_years

FORBIDDEN = ("works", "heal", "cure", "safe", "treat", "release", "thanks to", "because of", "effective", "clear")
TURNS = ("long-strokes", "cross-strokes")


def turns(count: int, *, crossed: int = 2) -> Iterator[AnyEvent]:
    """Long strokes and cross strokes in turn at a spot of 6, both with the thumbs."""
    for number in range(count):
        technique = TURNS[number % 2]
        after = 6 - (crossed if number % 2 else 0)
        yield from session(days_ago(2 * (count - number)), [(INNER, 6, after)], technique=technique)


def text(browser: Client, path: str = "/helped/") -> str:
    """The page's words, in one line, without its marks."""
    answer = browser.get(path)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    words = re.sub(r"\s+([.,;:])", r"\1", re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)))
    return " ".join(unescape(words).split())


def held(journal: Journal) -> Shown:
    return shown_of(journal.snapshots.get(page="helped").body)


def test_without_a_session_it_is_too_early_and_says_what_would_tell(browser: Client, journal: Journal) -> None:
    assert "Too early to say" in text(browser)
    hold(journal, [], now=NOW)
    assert "how tender a spot is before and after" in text(browser)


def test_two_sessions_are_too_few_and_nothing_is_drawn(browser: Client, journal: Journal) -> None:
    hold(journal, [], *turns(2), now=NOW)
    words = text(browser)
    assert words.count("Too early to say: 1 session so far") == 2
    assert words.count("Too early to say: 2 sessions so far") == 2
    assert "helped-range" not in browser.get("/helped/").content.decode()
    assert "As a table" not in words


def test_ten_sessions_of_each_are_told_with_their_range_and_against_each_other(
    browser: Client, journal: Journal
) -> None:
    hold(journal, [], *turns(20), now=NOW)
    words = text(browser)
    assert "From 20 sessions since 9 October, compared with each other." in words
    assert re.search(r"Right after: felt quieter by 1\.\d of 10 \(\d\.\d to \d\.\d\), 10 sessions; 1\.\d quie", words)
    assert "What your plan makes of it" in words
    assert re.search(r"Cross strokes: 1\.\d of 10 quieter on average after 10 sessions here, so it comes first", words)
    page = browser.get("/helped/").content.decode()
    assert page.count('class="helped-range"') == 4
    assert 'href="/spots/left/medial-upper/"' in page
    assert 'href="/spots/history/"' in page


def test_ranges_lie_on_one_axis_and_the_quieter_further_right(browser: Client, journal: Journal) -> None:
    hold(journal, [], *turns(20), now=NOW)
    page = browser.get("/helped/").content.decode()
    rows = re.findall(r"<h3>([A-Z]\w+ strokes)</h3>.*?class=\"range\" d=\"M(\d+) 10H(\d+)\"", page, re.DOTALL)
    ranges = {name: (int(low), int(high)) for name, low, high in rows}
    assert 0 <= ranges["Long strokes"][0] < ranges["Cross strokes"][0] < ranges["Cross strokes"][1] <= 1000
    assert len(set(re.findall(r"class=\"nought\" d=\"M(\d+) 0V20\"", page))) == 1


def test_where_all_felt_alike_nothing_comes_first(browser: Client, journal: Journal) -> None:
    hold(journal, [], *turns(20, crossed=0), now=NOW)
    words = text(browser)
    assert "What your plan makes of it" not in words
    assert "much like after the others" in words


def test_it_never_promises_and_always_says_what_it_cannot_tell(browser: Client, journal: Journal) -> None:
    hold(journal, [], *turns(20), PracticeDone(at=days_ago(5), level=1), now=NOW)
    words = text(browser).lower()
    assert [word for word in FORBIDDEN if word in words] == []
    assert "never with doing nothing" in words
    assert "at their worst" in words
    assert "only which days go together" in words


def test_a_place_the_library_no_longer_knows_is_shown_by_its_name_and_links_nowhere(
    browser: Client, journal: Journal
) -> None:
    events = [each for number in range(3) for each in session(days_ago(9 - 3 * number), [(LOW, 5, 4)])]
    hold(journal, [], *events, now=NOW)
    shown = held(journal)
    row = journal.snapshots.get(page="helped")
    row.body = bytes(row.body).replace(b"left:medial-lower", b"left:elsewhere")
    row.save()
    assert shown.helped.sessions == 3
    assert "Left, elsewhere" in text(browser)


def test_an_older_snapshot_is_no_page_but_no_error_either(browser: Client, journal: Journal) -> None:
    hold(journal, [], *turns(2), now=NOW)
    journal.snapshots.filter(page="helped").update(body=b'{"other":1}')
    assert "Too early to say" in text(browser)


def test_words_about_the_calves_bring_it_up_to_date() -> None:
    assert "helped" in PAGES
    assert "helped" in AFTER_WORDS


def test_today_asks_with_what_the_sessions_lean_towards(journal: Journal) -> None:
    """Fourteen sessions at one spot."""
    history = fold(turns(14))
    whole = Whole.__new__(Whole)
    object.__setattr__(whole, "history", history)
    check_in = next(each for each in turns(1))
    question = question_of(whole, check_in, history=history, now=NOW)  # type: ignore[arg-type]
    assert question.leaning is not None
    liked = question.leaning.places["medial-upper"]
    assert liked["cross-strokes"].score_nrs > liked["long-strokes"].score_nrs + 0.3


@pytest.mark.parametrize("who", ["ben", "nobody"])
def test_it_is_ann_s_alone(who: str, journal: Journal, bens_browser: Client) -> None:
    hold(journal, [], *turns(20), now=NOW)
    answer = (bens_browser if who == "ben" else Client()).get("/helped/")
    assert answer.status_code == (200 if who == "ben" else 302)
    assert b"Cross strokes" not in answer.content


def test_ten_years_are_a_few_questions_and_a_page_under_100_kb(browser: Client, journal: Journal) -> None:
    hold(journal, [], *ten_years(), now=NOW)
    browser.get("/helped/")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get("/helped/")
    assert len(asked) <= 8
    assert len(answer.content) < 100_000
