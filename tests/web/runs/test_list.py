"""The list of runs: found, sorted, paged, and told of many at once."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as now_of

from calfwise.model.journal import AboutRun, Prefers, WearsShoe
from calfwise.model.run import Told
from calfwise.model.runner import Shoe
from calfwise_web.imports.models import Batch
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal, Run
from calfwise_web.refresh import refresh
from calfwise_web.runs.queries import about_runs
from tests.web.runs.conftest import FIRST, Make

DAILY = Shoe(id="daily", name="Daily trainer", since=date(2025, 1, 1), default=True)
RACER = Shoe(id="racer", name="Racer", since=date(2026, 1, 1))


def shown(browser: Client, query: str = "") -> list[str]:
    """The runs of a page, in order, by their distance in metres over 1800 m."""
    page = browser.get(f"/runs/?{query}").content.decode()
    keys = re.findall(r'name="run" value="([0-9a-f-]{36})"', page)
    ids = dict(Run.objects.values_list("key", "run_id"))
    return [ids[next(key for key in ids if str(key) == text)].removeprefix("run-") for text in keys]


def wear(journal: Journal, *shoes: Shoe) -> None:
    lines.write(journal, [WearsShoe(at=FIRST, shoe=shoe) for shoe in shoes])
    refresh(journal, now=now_of.now())


def say(browser: Client, runs: list[Any], **said: str) -> Any:
    return browser.post("/runs/change/", {"run": [str(getattr(run, "key", run)) for run in runs], **said})


def test_without_runs_the_page_says_how_to_bring_some(browser: Client) -> None:
    assert "No runs yet" in browser.get("/runs/").content.decode()


def test_while_an_import_is_at_work_the_page_says_how_far_it_is(browser: Client, journal: Journal) -> None:
    journal.batches.create(state=Batch.State.WORKING, files=400, told=120)
    page = browser.get("/runs/").content.decode()
    assert "120 of 400 files" in page
    assert "No runs yet" not in page


def test_the_newest_run_comes_first(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 3)
    assert shown(browser) == ["2", "1", "0"]


@pytest.mark.parametrize(
    ("sort", "first"), [("oldest", "0"), ("longest", "4"), ("shortest", "0"), ("fastest", "4"), ("slowest", "3")]
)
def test_runs_are_sorted_as_asked(browser: Client, journal: Journal, make: Make, sort: str, first: str) -> None:
    make(journal, 4)
    make(journal, 1, speed_mps=3.5)
    assert shown(browser, f"sort={sort}")[0] == first


def test_a_search_finds_titles_file_names_and_shoes(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 2)
    make(journal, 1, told=Told(origin="Strava's archive", title="Round the Lake"))
    wear(journal, RACER)
    assert shown(browser, "search=lake") == ["2"]
    assert shown(browser, "search=file-1.fit") == ["1"]
    assert len(shown(browser, "search=rac")) == 3
    assert shown(browser, "search=nothing+like+it") == []


def test_filters_take_only_what_they_say(browser: Client, journal: Journal, make: Make) -> None:
    runs = make(journal, 3)
    make(journal, 1, cadence_spm=float("nan"), stance_time_s=float("nan"))
    make(journal, 1, start=datetime(2025, 6, 1, 7, tzinfo=UTC))
    say(browser, [runs[0]], surface="treadmill", kind="race")
    say(browser, [runs[1]], counting="left-out")
    assert shown(browser, "surface=treadmill") == shown(browser, "kind=race") == ["0"]
    assert shown(browser, "kind=:none") == ["3", "2", "1", "4"]
    assert shown(browser, "grade=C") == ["3"]
    assert shown(browser, "year=2025") == ["4"]
    assert shown(browser, "counting=left-out") == ["1"]
    assert "1" not in shown(browser, "counting=counted")


def test_duplicates_are_hidden_until_asked_for(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 1)
    make(journal, 1, start=FIRST, stance_time_s=float("nan"))
    assert shown(browser) == ["0"]
    assert sorted(shown(browser, "duplicates=yes")) == ["0", "1"]


@pytest.mark.parametrize(
    "query",
    [
        "year=99999999",
        "year=²",
        "page=-1",
        "page=x",
        "page=999999999999",
        "sort=;drop",
        "shoe=%00",
        "search=%00",
        "grade=AA",
    ],
)
def test_an_address_that_makes_no_sense_shows_all_runs(
    browser: Client, journal: Journal, make: Make, query: str
) -> None:
    make(journal, 2)
    assert shown(browser, query) == ["1", "0"]


def test_fifty_runs_stand_on_a_page_and_the_rest_on_the_next(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 53)
    assert len(shown(browser)) == 50
    assert shown(browser, "page=2") == ["2", "1", "0"]
    assert shown(browser, "page=99") == ["2", "1", "0"]


def test_the_list_asks_the_database_as_often_for_200_runs_as_for_20(
    browser: Client, journal: Journal, make: Make
) -> None:
    counts = []
    for more in (20, 180):
        make(journal, more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get("/runs/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 7


def test_what_was_said_a_moment_ago_is_shown_before_pages_are_worked_out_anew(
    browser: Client, journal: Journal, make: Make
) -> None:
    make(journal, 1)
    lines.write(journal, [Prefers(at=now_of.now(), distance="mi", time_zone="Europe/Berlin")])
    assert "1.1 mi" in browser.get("/runs/").content.decode()


def test_titles_of_others_are_shown_as_text(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1, told=Told(origin="Strava's archive", title="<script>alert(1)</script>"))[0]
    wear(journal, Shoe(id='"><b>', name="<b>Shoe</b>", since=date(2025, 1, 1)))
    for url in ("/runs/", f"/runs/{run.key}/", "/shoes/"):
        page = browser.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<b>Shoe" not in page


# --- many at once ----------------------------------------------------------------------------------------------------


def test_several_runs_are_told_the_same_in_one_go(browser: Client, journal: Journal, make: Make) -> None:
    runs = make(journal, 3)
    wear(journal, DAILY, RACER)
    page = browser.post(
        "/runs/change/", {"run": [str(run.key) for run in runs[:2]], "shoe": "racer", "kind": "race"}, follow=True
    ).content.decode()
    assert "2 runs changed." in page
    assert "Undo" in page
    rows = {run.run_id: (run.shoe, run.kind, run.surface) for run in journal.runs.all()}
    assert rows == {"run-0": ("racer", "race", ""), "run-1": ("racer", "race", ""), "run-2": ("daily", "", "")}


def test_no_change_leaves_what_was_said_before(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    lines.write(journal, [AboutRun(at=FIRST, run=run.run_id, surface="trail", note="Windy")])
    say(browser, [run], kind="long")
    about = about_runs(journal)[run.run_id]
    assert (about.surface, about.note, about.kind) == ("trail", "Windy", "long")


def test_what_was_said_can_be_unsaid(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    say(browser, [run], surface="sand")
    say(browser, [run], surface=":none")
    assert journal.runs.get().surface == ""


def test_one_key_of_somebody_else_changes_nothing_at_all(
    browser: Client, bens_browser: Client, journal: Journal, make: Make, rows: Any
) -> None:
    runs = make(journal, 2)
    before = rows()
    for key in (uuid4(), "no key"):
        assert say(browser, [runs[0], key], kind="race").status_code == 404
    assert say(bens_browser, runs, kind="race").status_code == 404
    assert rows() == before


@pytest.mark.parametrize("said", [{}, {"kind": "swim"}, {"shoe": "nobody's"}, {"surface": "treadmill\0"}])
def test_a_choice_that_is_none_changes_nothing(
    browser: Client, journal: Journal, make: Make, said: dict[str, str]
) -> None:
    runs = make(journal, 1)
    assert say(browser, runs, **said).status_code == 302
    assert not journal.entries.filter(kind="run").exists()


def test_the_same_form_sent_twice_is_said_once(browser: Client, journal: Journal, make: Make) -> None:
    runs = make(journal, 3)
    for _ in range(2):
        say(browser, runs, kind="easy")
    assert journal.entries.filter(kind="run").count() == 3


def test_undo_brings_back_what_was_said_before(browser: Client, journal: Journal, make: Make) -> None:
    runs = make(journal, 2)
    say(browser, [runs[0]], kind="easy", surface="trail")
    say(browser, runs, kind="race")
    said_at = browser.session["runs-changed"]["at"]
    for _ in range(2):
        browser.post("/runs/undo/", {"at": said_at})
        held = {run.run_id: (run.kind, run.surface) for run in journal.runs.all()}
        assert held == {"run-0": ("easy", "trail"), "run-1": ("", "")}


@pytest.mark.parametrize("at", ["", "x", "2026-13-45T99:00:00Z", "2026-05-03T00:00:00"])
def test_an_undo_of_nothing_changes_nothing(browser: Client, journal: Journal, make: Make, at: str, rows: Any) -> None:
    make(journal, 1)
    entries = journal.entries.count()
    assert browser.post("/runs/undo/", {"at": at}).status_code == 302
    assert journal.entries.count() == entries


def test_a_word_from_a_fast_clock_does_not_stay_the_last_for_ever(
    browser: Client, journal: Journal, make: Make
) -> None:
    run = make(journal, 1)[0]
    lines.write(journal, [AboutRun(at=now_of.now() + timedelta(days=400), run=run.run_id, kind="walk")])
    say(browser, [run], kind="easy")
    assert journal.runs.get().kind == "easy"


def test_after_a_change_the_list_is_as_it_was_filtered_and_nothing_else(
    browser: Client, journal: Journal, make: Make
) -> None:
    runs = make(journal, 1)
    answer = say(browser, runs, kind="race", back="year=2026&evil=//x&sort=longest")
    assert answer.headers["Location"] == "/runs/?year=2026&sort=longest"


def test_a_run_just_after_midnight_stands_on_the_runners_own_day(browser: Client, journal: Journal, make: Make) -> None:
    tokyo = timezone(timedelta(hours=9))
    run = make(journal, 1, start=datetime(2026, 5, 4, 0, 30, tzinfo=tokyo), local_time_known=True)[0]
    run.refresh_from_db()
    assert run.day == date(2026, 5, 4)
    assert "Monday, 4 May 2026, 00:30" in browser.get(f"/runs/{run.key}/").content.decode()
