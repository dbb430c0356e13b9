"""Shoes: told of, laid aside, made default, taken back; nothing of it rewrites the journal."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calfwise.model.journal import AboutRun, WearsShoe
from calfwise.model.run import Told
from calfwise.model.runner import Shoe
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.shoes.pages import key_of
from calfwise_web.shoes.queries import pairs_of, shoes_of
from tests.web.runs.conftest import FIRST, Make, make

__all__ = ["make"]
TOKEN = "00c0ffee"
DAILY = {"name": "Daily Trainer", "since": "2025-01-01", "heel_drop_mm": "8", "stack_mm": "30", "token": TOKEN}


def add(browser: Client, **told: str) -> Any:
    return browser.post("/shoes/add/", {**DAILY, **told})


def the(journal: Journal, name: str) -> Shoe:
    return next(shoe for shoe in shoes_of(journal) if shoe.name == name)


def url(shoe: Shoe, what: str = "") -> str:
    return f"/shoes/{key_of(shoe.id)}/{what}"


def test_without_shoes_the_page_says_why_they_matter(browser: Client, journal: Journal) -> None:
    assert "No shoes yet" in browser.get("/shoes/").content.decode()


def test_a_pair_is_asked_in_millimetres_and_kept_in_metres(browser: Client, journal: Journal) -> None:
    assert add(browser, flexibility="flexible").status_code == 302
    shoe = the(journal, "Daily Trainer")
    assert (shoe.heel_drop_m, shoe.stack_m, shoe.flexibility) == (0.008, 0.03, "flexible")
    assert shoe.id == "daily-trainer-00c0ffee"
    page = browser.get(url(shoe)).content.decode()
    assert 'name="heel_drop_mm" value="8"' in page


def test_a_form_sent_twice_makes_one_pair(browser: Client, journal: Journal) -> None:
    add(browser)
    add(browser)
    assert len(shoes_of(journal)) == 1
    assert journal.entries.filter(kind="shoe").count() == 1


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"until": "2024-12-31"}, "not after it came into use"),
        ({"until": "2025-01-01"}, "not after it came into use"),
        ({"heel_drop_mm": "31"}, "30"),
        ({"heel_drop_mm": "-1"}, "0"),
        ({"heel_drop_mm": "nan"}, "number"),
        ({"heel_drop_mm": "20", "stack_mm": "10"}, "cannot be more"),
        ({"since": ""}, "Say since when"),
        ({"since": "0001-01-01"}, "cannot be right"),
        ({"name": " "}, "Give it a name"),
        ({"name": "x" * 81}, "80"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(
    browser: Client, journal: Journal, told: dict[str, str], word: str
) -> None:
    answer = add(browser, **told)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert shoes_of(journal) == ()


def test_a_later_word_on_a_pair_replaces_the_earlier_one(browser: Client, journal: Journal) -> None:
    add(browser)
    browser.post(url(the(journal, "Daily Trainer")), {**DAILY, "name": "Daily II", "heel_drop_mm": "6"})
    assert [(shoe.name, shoe.heel_drop_m) for shoe in shoes_of(journal)] == [("Daily II", 0.006)]
    assert journal.entries.filter(kind="shoe").count() == 2


def test_distance_runs_and_strikes_a_leg_are_added_up(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 10)
    add(browser)
    page = browser.get("/shoes/").content.decode()
    # Ten runs of 1,800 to 1,809 m, 840 strikes a leg each.
    assert '<div class="number">18 <span class="unit">km' in page
    assert "10 runs" in page
    assert "8,400" in page
    assert "last run 14 January 2026" in page


def test_a_pair_laid_aside_keeps_its_runs_and_gets_no_new_ones(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 2)
    add(browser)
    browser.post(url(the(journal, "Daily Trainer"), "aside/"))
    until = the(journal, "Daily Trainer").until
    assert until is not None
    assert abs(until - timezone.now().date()) <= timedelta(days=1)
    assert set(journal.runs.values_list("shoe", flat=True)) == {"daily-trainer-00c0ffee"}
    browser.post(url(the(journal, "Daily Trainer"), "aside/"))
    assert the(journal, "Daily Trainer").until == until


def test_only_one_default_holds_at_a_time(browser: Client, journal: Journal) -> None:
    add(browser, default="on")
    add(browser, name="Racer", token="00000001", default="on")
    assert {shoe.name: shoe.default for shoe in shoes_of(journal)} == {"Daily Trainer": False, "Racer": True}
    browser.post(url(the(journal, "Daily Trainer"), "default/"))
    assert {shoe.name: shoe.default for shoe in shoes_of(journal)} == {"Daily Trainer": True, "Racer": False}


def test_a_default_of_another_time_stays_one(browser: Client, journal: Journal) -> None:
    add(browser, default="on", until="2025-06-01")
    add(browser, name="Racer", token="00000001", since="2025-06-01", default="on")
    assert all(shoe.default for shoe in shoes_of(journal))


def test_a_pair_noted_by_mistake_is_taken_back_and_its_runs_go_to_the_others(
    browser: Client, journal: Journal, make: Make
) -> None:
    make(journal, 1)
    add(browser)
    add(browser, name="Mistake", token="00000001", since="2025-12-01")
    assert journal.runs.get().shoe == "mistake-00000001"
    browser.post(url(the(journal, "Mistake"), "take-back/"))
    assert [shoe.name for shoe in pairs_of(shoes_of(journal))] == ["Daily Trainer"]
    assert journal.runs.get().shoe == "daily-trainer-00c0ffee"
    assert "<h3>Mistake" not in browser.get("/shoes/").content.decode()


def test_a_pair_that_a_run_names_stays(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    add(browser)
    lines.write(journal, [AboutRun(at=timezone.now(), run=run.run_id, shoe="daily-trainer-00c0ffee")])
    page = browser.post(url(the(journal, "Daily Trainer"), "take-back/"), follow=True).content.decode()
    assert "1 run says it was run in Daily Trainer" in page
    assert len(pairs_of(shoes_of(journal))) == 1


def test_names_of_archives_become_pairs_that_their_runs_find(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 2, told=Told(origin="Strava's archive", gear="Old  Faithful"))
    page = browser.get("/shoes/").content.decode()
    assert "Old Faithful" in page
    assert "2 runs, the last on 6 January 2026" in page
    form = browser.get("/shoes/add/?name=Old+Faithful&since=2026-01-05").content.decode()
    assert 'value="Old Faithful"' in form
    assert 'value="2026-01-05"' in form
    add(browser, name="Old Faithful", since="2026-01-05")
    assert {run.shoe for run in journal.runs.all()} == {"old-faithful-00c0ffee"}
    assert "Names your archives use" not in browser.get("/shoes/").content.decode()
    kept = browser.post(url(the(journal, "Old Faithful"), "take-back/"), follow=True).content.decode()
    assert "2 runs say they were run in Old Faithful" in kept


def test_days_on_bare_feet_are_told_together_and_are_no_pairs(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 2)
    days = [
        Shoe(id=f"bare-{n}", name="Grass", since=date(2026, 1, 5 + n), until=date(2026, 1, 6 + n), barefoot=True)
        for n in range(2)
    ]
    lines.write(journal, [WearsShoe(at=FIRST, shoe=day) for day in days])
    add(browser)
    page = browser.get("/shoes/").content.decode()
    assert "2 days noted on bare feet: 3.6 km, 1,680 strikes a leg." in page
    assert "Grass" not in page
    assert browser.get("/runs/?shoe=:barefoot").content.decode().count('name="run"') == 2


def test_shoes_ask_the_database_as_often_for_many_as_for_few(browser: Client, journal: Journal, make: Make) -> None:
    counts = []
    for number in range(2):
        make(journal, 10 + 30 * number)
        for pair in range(1 + 5 * number):
            add(browser, token=f"0000000{pair}", since=f"2025-0{pair + 1}-01")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/shoes/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nobody_reaches_anothers_pairs(browser: Client, bens_browser: Client, journal: Journal, rows: Any) -> None:
    add(browser)
    shoe, before = the(journal, "Daily Trainer"), rows()
    assert "Daily Trainer" not in bens_browser.get("/shoes/").content.decode()
    assert bens_browser.get(url(shoe)).status_code == 404
    for what in ("", "aside/", "default/", "take-back/"):
        assert bens_browser.post(url(shoe, what), DAILY).status_code == 404
    assert rows() == before


def test_looking_changes_nothing(browser: Client, journal: Journal, rows: Any) -> None:
    add(browser)
    browser.get("/shoes/")  # shows what was said, once
    shoe, before = the(journal, "Daily Trainer"), rows()
    for place in ("/shoes/", "/shoes/add/", "/shoes/add/?name=%00&since=x", url(shoe)):
        assert browser.get(place).status_code == browser.head(place).status_code == 200
    for what in ("aside/", "default/", "take-back/"):
        assert browser.get(url(shoe, what)).status_code == 405
    assert rows() == before
