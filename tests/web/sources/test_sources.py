"""The Sources page tells every number and every source; the honest words rest on sources that are there."""

import inspect
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfwise import library
from calfwise.errors import BadContent
from calfwise.library import shelf
from calfwise.model.care.technique import Caps
from calfwise.model.load import budget, change
from calfwise_web.sources.pages import sources_page
from tests.web.conftest import Rows

NAMED = re.compile(r'"([A-Z][A-Za-z]+\d{4}|CoachRule|OurRule)"')
"""A key in the model's own code."""


@pytest.fixture
def page(browser: Client) -> str:
    return unescape(browser.get("/sources/").content.decode())


def test_every_number_of_the_load_model_is_told_with_its_note(page: str) -> None:
    for name, row in library.constants().items():
        assert f'-{name}"' in page
        assert shelf.spread_said(row) in page
        assert row.note in page


def test_every_measured_number_says_what_rows_it_came_from(page: str) -> None:
    for name, row in library.constants().items():
        told = page.split(f'-{name}"', 1)[1].split("</p>", 1)[0]
        assert (row.rows is None) == (row.source in shelf.RULES), name
        assert (row.rows or row.note) in told


def test_what_rests_on_a_source_is_one_tap_away(browser: Client, page: str) -> None:
    assert '<a href="?q=Frandsen2025"><span>What rests on it:' in page
    found = browser.get("/sources/", {"q": "Frandsen2025"}).content.decode()
    assert "<li>spike small</li>" in found
    assert 'id="change-spike_small"' in found


def test_every_threshold_and_limit_is_told_in_a_sentence(page: str) -> None:
    told = library.topics()
    for words in (told.gate, told.caps):
        for sentence in words.values():
            assert sentence in page


def test_every_question_place_and_technique_is_told(page: str) -> None:
    content = library.content()
    for question in content.gate.questions.values():
        assert question.question in page
    for named in (*content.zones.values(), *content.no_go.values(), *content.techniques.values()):
        assert named.title in page


def cited_anywhere() -> Iterator[str]:
    """Every key that a number, content or a rule in the model names."""
    for row in library.constants().values():
        yield row.source
    for rests in shelf.content():
        yield from rests.sources
    for module in (budget, change):
        yield from NAMED.findall(inspect.getsource(module))


def test_every_source_used_anywhere_has_its_place_to_link_to(page: str) -> None:
    for key in {*library.sources(), *cited_anywhere()}:
        assert f'<li id="{key}">' in page


def test_every_link_on_the_page_leads_to_a_place_on_it(page: str) -> None:
    wanted = {part.split('"', 1)[0] for part in page.split('href="#')[1:]} - {"main"}
    assert wanted
    assert {anchor for anchor in wanted if f'id="{anchor}"' not in page} == set()


def test_what_the_coach_says_comes_with_what_was_found(page: str) -> None:
    for said in library.honest().values():
        assert said.coach in page
        assert said.found in page
        assert said.so in page


def test_rules_are_called_rules(page: str) -> None:
    assert ">coach's rule</a>" in page
    assert ">our rule</a>" in page


def test_honest_words_promise_nothing() -> None:
    for said in library.honest().values():
        words = f"{said.found} {said.so}".lower()
        assert not [word for word in (" safe", "treatment", "cured", "release", "heal") if word in words]


def test_a_source_that_is_not_on_the_shelf_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    shelved = {key: source for key, source in library.sources().items() if key != "Buist2008"}
    monkeypatch.setattr(library, "sources", lambda: shelved)
    with pytest.raises(BadContent, match=r"honest\.toml, mileage: names 'Buist2008'"):
        library.honest.__wrapped__()


def test_a_number_without_its_topic_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    more = library.constants() | {"new_number": library.constants()["spike_small"]}
    monkeypatch.setattr(library, "constants", lambda: more)
    with pytest.raises(BadContent, match=r"topics\.toml, topics: .* new_number"):
        library.topics.__wrapped__()


def test_each_limit_of_a_session_has_exactly_one_sentence() -> None:
    assert set(library.topics().caps) == set(Caps.__struct_fields__)


def test_a_search_finds_in_every_part(browser: Client) -> None:
    page = browser.get("/sources/", {"q": "Barefoot"}).content.decode()
    assert "entries with “Barefoot”" in page
    assert "barefoot outings" in page
    assert 'id="Altman2016"' in page
    assert 'id="Grabow2018"' not in page


def test_a_search_for_nothing_known_says_so_and_keeps_the_word(browser: Client) -> None:
    page = browser.get("/sources/", {"q": "<ultrasound>"}).content.decode()
    assert "Nothing with “&lt;ultrasound&gt;”" in page
    assert 'value="&lt;ultrasound&gt;"' in page


def test_names_of_fields_are_not_searched() -> None:
    assert sources_page("how_sure").found == 0


def test_the_page_is_the_same_for_everybody_and_small(
    browser: Client, bens_browser: Client, client: Client, rows: Callable[[], Rows]
) -> None:
    before = rows()
    with CaptureQueriesContext(connection) as asked:
        anns = browser.get("/sources/")
    assert len(asked) <= 3
    assert len(anns.content) < 100_000
    assert bens_browser.get("/sources/").status_code == 200
    assert client.get("/sources/").status_code == 302
    assert rows() == before


def test_terminal_and_page_tell_the_same_numbers() -> None:
    rests = {book.key: book.rests for book in sources_page("").books}
    assert "spike small" in rests["Frandsen2025"]
    assert len(rests["CoachRule"]) == len(shelf.numbers_on("CoachRule")) + len(shelf.content_on("CoachRule"))


def test_links_of_a_search_lead_to_the_whole_page(browser: Client) -> None:
    page = browser.get("/sources/", {"q": "fast strikes"}).content.decode()
    assert 'href="/sources/#Nielsen2013"' in page
    assert 'href="#Nielsen2013"' not in page
