"""Files come in by small and large requests; what is cut off goes on, and what leads astray is not taken."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from calfwise_web.imports import services, staging
from calfwise_web.imports.models import Batch
from tests.web.imports.conftest import ask, send, send_piece, zipped


def outcomes(batch: Batch) -> dict[str, str]:
    return dict(batch.outcomes.values_list("name", "outcome"))


def test_a_dropped_folder_keeps_its_paths_so_that_stravas_table_finds_its_files(browser, journal, begin, read, strava):
    batch = begin()
    assert send(browser, batch, strava).json() == {"taken": 5, "refused": []}
    assert ask(browser, "start", batch).status_code == 302
    read()
    batch.refresh_from_db()
    told = outcomes(batch)
    assert (batch.state, batch.label, batch.runs) == ("done", "export", 3)
    assert told["export/activities/1.fit.gz"] == "read"
    assert told["export/activities/2.fit"] == "salvaged"
    assert told["export/activities/3.fit"] == "unreadable"
    assert told["export/media/x.jpg"] == "skipped"
    assert journal.runs.filter(title="Along the canal").exists()


def test_an_archive_comes_in_as_it_is(browser, journal, begin, read, strava):
    batch = begin()
    send(browser, batch, {"export_1.zip": zipped(strava)})
    ask(browser, "start", batch)
    read()
    batch.refresh_from_db()
    assert (batch.state, batch.origin, batch.label, batch.runs) == ("done", "archive", "export_1.zip", 3)


def test_a_page_without_script_brings_files_by_one_form(browser, journal, read, recordings):
    same_name = [SimpleUploadedFile("activity.fit", path.read_bytes()) for path in recordings[:2]]
    answer = browser.post(reverse("imports:new"), {"files": same_name})
    batch = journal.batches.get()
    assert answer["Location"] == reverse("imports:batch", args=[batch.key])
    read()
    assert journal.runs.count() == 2, "two files of one name are two files"


def test_a_form_without_files_begins_nothing(browser, journal):
    assert browser.post(reverse("imports:new")).status_code == 302
    assert not journal.batches.exists()


# -------------------------------------------------------------------------------------------------------------- pieces
def test_a_large_file_comes_in_pieces_and_a_lost_one_is_asked_for_again(browser, begin, recordings):
    data, batch = recordings[0].read_bytes(), begin()
    size, half = len(data), len(data) // 2
    assert send_piece(browser, batch, "a.fit", data[:half], offset=0, size=size).json() == {"have": half}
    lost = send_piece(browser, batch, "a.fit", data[half + 100 :], offset=half + 100, size=size)
    assert (lost.status_code, lost.json()) == (409, {"have": half})
    assert send_piece(browser, batch, "a.fit", data[half:], offset=half, size=size).json() == {"have": size}
    assert staging.place_of(batch.key, "a.fit").read_bytes() == data


def test_a_piece_sent_twice_is_kept_once(browser, begin):
    batch = begin()
    send_piece(browser, batch, "a.fit", b"abc", offset=0, size=6)
    again = send_piece(browser, batch, "a.fit", b"abc", offset=0, size=6)
    assert (again.status_code, again.json()) == (200, {"have": 3})
    assert staging.place_of(batch.key, "a.fit").read_bytes() == b"abc"


def test_a_page_that_was_left_is_told_what_is_here(browser, begin):
    batch = begin()
    send(browser, batch, {"2026/b.fit": b"12", "2026/a.fit": b"1"})
    send_piece(browser, batch, "big.zip", b"123", offset=0, size=9)
    told = browser.get(reverse("imports:there", args=[batch.key])).json()
    assert told == {"files": [["2026/a.fit", 1], ["2026/b.fit", 2], ["big.zip", 3]], "next": None}


def test_what_is_here_is_told_in_pages(browser, begin, monkeypatch):
    monkeypatch.setattr("calfwise_web.imports.views.NAMES_AT_ONCE", 2)
    batch = begin()
    send(browser, batch, {"a": b"1", "b": b"1", "c": b"1"})
    url = reverse("imports:there", args=[batch.key])
    assert browser.get(url).json() == {"files": [["a", 1], ["b", 1]], "next": 2}
    assert browser.get(url, {"page": 2}).json() == {"files": [["c", 1]], "next": None}


# --------------------------------------------------------------------------------------------------------------- names
LONG, DEEP = "x" * 300, "y/" * 600
ASTRAY = ["../x.fit", "a/../../x.fit", "/etc/x.fit", "..\\x.fit", "C:\\x.fit", "a\0.fit", LONG, DEEP, ".", ""]


@pytest.mark.parametrize("name", ASTRAY)
def test_a_name_that_leads_astray_is_not_taken_and_its_neighbour_is(browser, begin, name, settings):
    batch, before = begin(), _everything(Path(settings.DATA))
    told = send(browser, batch, {name: b"1", "good.fit": b"22"}).json()
    assert told["taken"] == 1
    assert len(told["refused"]) == 1
    assert staging.there(batch.key) == [("good.fit", 2)]
    folder = staging.folder_of(batch.key)
    assert _everything(Path(settings.DATA)) - before == {folder, folder / "good.fit"}


@pytest.mark.parametrize("name", ASTRAY)
def test_a_piece_under_such_a_name_is_not_taken(browser, begin, name, settings):
    batch, before = begin(), _everything(Path(settings.DATA))
    assert send_piece(browser, batch, name, b"1", offset=0, size=1).status_code == 400
    assert _everything(Path(settings.DATA)) == before


def test_a_file_where_a_folder_is_does_not_end_the_upload(browser, begin):
    batch = begin()
    told = send(browser, batch, {"a/b.fit": b"1", "a": b"2", "a/b.fit/c": b"3", "z.fit": b"4"}).json()
    assert told["taken"] == 2
    assert [each["name"] for each in told["refused"]] == ["a", "a/b.fit/c"]
    assert staging.there(batch.key) == [("a/b.fit", 1), ("z.fit", 1)]


def _everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "sqlite" not in path.name}


# -------------------------------------------------------------------------------------------------------------- limits
def test_more_files_than_one_import_takes_are_refused_whole(browser, begin, monkeypatch):
    monkeypatch.setattr(staging, "MOST_FILES", 2)
    batch = begin()
    answer = send(browser, batch, {"a": b"1", "b": b"1", "c": b"1"})
    assert (answer.status_code, staging.there(batch.key)) == (413, [])
    assert "More than 2 files" in answer.json()["error"]


def test_more_bytes_than_one_import_takes_are_refused_before_they_come(browser, begin, monkeypatch):
    monkeypatch.setattr(staging, "MOST_BYTES", 1000)
    batch = begin()
    send(browser, batch, {"a": b"x" * 900})
    assert send(browser, batch, {"b": b"x" * 200}).status_code == 413
    assert send_piece(browser, batch, "big", b"x" * 10, offset=0, size=101).status_code == 413
    assert staging.there(batch.key) == [("a", 900)]


def test_a_disk_without_room_is_said_and_nothing_is_kept(browser, begin, monkeypatch):
    monkeypatch.setattr(staging, "LEFT_FREE", 2**60)
    batch = begin()
    answer = send(browser, batch, {"a": b"1"})
    assert (answer.status_code, staging.there(batch.key)) == (413, [])
    assert "room" in answer.json()["error"]


def test_a_piece_over_16_mib_is_refused_unread(browser, begin, monkeypatch):
    monkeypatch.setattr(services, "PIECE_BYTES", 10)
    batch = begin()
    assert send_piece(browser, batch, "a", b"x" * 11, offset=0, size=11).status_code == 413
    assert staging.there(batch.key) == []


@pytest.mark.parametrize("query", [{}, {"name": "a", "offset": -1, "size": 1}, {"name": "a", "offset": "x", "size": 1}])
def test_a_piece_that_does_not_say_where_it_belongs_is_refused(browser, begin, query):
    url = reverse("imports:piece", args=[begin().key])
    answer = browser.post(url, b"1", content_type="application/octet-stream", query_params=query)
    assert answer.status_code == 400


def test_files_without_their_paths_are_refused(browser, begin):
    batch = begin()
    answer = browser.post(reverse("imports:files", args=[batch.key]), {"files": [SimpleUploadedFile("a", b"1")]})
    assert (answer.status_code, staging.there(batch.key)) == (400, [])


def test_three_imports_may_be_begun_and_a_fourth_waits(browser, journal, begin):
    for _ in range(3):
        send(browser, begin(), {"a": b"1"})
    answer = browser.post(reverse("imports:new"), headers={"Accept": "application/json"})
    assert (answer.status_code, journal.batches.count()) == (409, 3)
    assert "discard it first" in answer.json()["error"]


def test_what_was_begun_by_mistake_long_ago_does_not_stand_in_the_way(browser, journal, begin):
    for _ in range(3):
        begin()
    journal.batches.update(touched_at=timezone.now() - 2 * services.FORGOTTEN)
    begin()
    assert journal.batches.count() == 1


def test_nothing_is_added_once_it_is_being_read(browser, begin):
    batch = begin()
    send(browser, batch, {"a": b"1"})
    ask(browser, "start", batch)
    assert send(browser, batch, {"b": b"1"}).status_code == 409
    assert send_piece(browser, batch, "b", b"1", offset=0, size=1).status_code == 409
    assert staging.there(batch.key) == [("a", 1)]


def test_every_upload_needs_the_pages_own_token(ann, begin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    batch = begin()
    assert strict.post(reverse("imports:new")).status_code == 403
    assert send(strict, batch, {"a": b"1"}).status_code == 403
    assert send_piece(strict, batch, "a", b"1", offset=0, size=1).status_code == 403
    assert staging.there(batch.key) == []
