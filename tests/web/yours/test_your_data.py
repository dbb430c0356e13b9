"""The page, the agreement, and the end of an account: nothing of it remains."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from calfwise.model.journal import Consent
from calfwise_web.account.models import User
from calfwise_web.imports.models import Batch
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.journal.originals import folder_of
from calfwise_web.yours.consent import keeps_health_notes
from tests.web.account.conftest import sign_in
from tests.web.yours.conftest import CANARY

ERASED = Path(__file__).parent / "erased.py"


def test_an_empty_account_is_told_so(browser: Client) -> None:
    page = browser.get("/your-data/").content.decode()
    assert "none yet" in page
    assert "Download everything" in page


def test_the_page_counts_what_is_here(browser: Client, full: Journal) -> None:
    page = browser.get("/your-data/").content.decode()
    assert f'<div class="number">{full.runs.count()}</div>' in page
    assert f'<div class="number">{full.recordings.count()}</div>' in page
    assert f'<div class="number">{full.entries.count()}</div>' in page


def test_what_would_not_come_back_is_said(browser: Client, full: Journal) -> None:
    full.recordings.filter(form="file").update(kept=False)
    assert "no original here any more" in browser.get("/your-data/").content.decode()


def test_the_agreement_is_taken_back_and_given_again_as_lines(browser: Client, journal: Journal) -> None:
    for given in ("0", "0", "1"):
        browser.post("/your-data/consent/", {"given": given})
    said = [event.given for event in lines.events_of(journal, "consent") if isinstance(event, Consent)]
    assert said == [True, False, True]
    assert keeps_health_notes(lines.history_of(journal))


def test_the_agreement_is_not_touched_by_looking(browser: Client, journal: Journal) -> None:
    assert browser.get("/your-data/consent/").status_code == 405
    assert lines.history_of(journal).consents[-1].given


# -------------------------------------------------------------------------------------------------------------- the end
@pytest.fixture
def sure(ann: User) -> Client:
    """Ann's browser, a moment after she signed in."""
    return sign_in(Client(), ann)


def test_deleting_asks_who_is_there_first(browser: Client, ann: User) -> None:
    answer = browser.get("/your-data/delete/")
    assert answer.status_code == 302
    assert "confirm" in answer["Location"]
    browser.post("/your-data/delete/", {"name": "ann"})
    assert User.objects.filter(pk=ann.pk).exists()


def test_the_page_says_what_goes_and_what_stays(sure: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "before-1.sqlite3").write_bytes(b"")
    (tmp_path / "watched" / "ann").mkdir(parents=True)
    page = sure.get("/your-data/delete/").content.decode()
    assert "before-1.sqlite3" in page
    assert str(tmp_path / "watched" / "ann") in page


@pytest.mark.parametrize("typed", ["", "anna", "ben"])
def test_without_ones_own_name_nothing_is_deleted(
    sure: Client, typed: str, rows: Callable[[], Any], full: Journal
) -> None:
    sure.get("/your-data/delete/")
    before = rows()
    assert sure.post("/your-data/delete/", {"name": typed}).status_code == 422
    assert rows() == before


def test_looking_at_the_last_page_deletes_nothing(sure: Client, rows: Callable[[], Any]) -> None:
    sure.get("/your-data/delete/")
    before = rows()
    sure.get("/your-data/delete/?name=ann")
    assert rows() == before


def test_everything_of_the_account_goes_and_nothing_of_others(
    sure: Client, full: Journal, ann: User, ben: User, bring: Callable[..., Batch], fits: list[Path]
) -> None:
    elsewhere = sign_in(Client(), ann)
    bens = ben.journals.get()
    bring(bens, {"mine.fit": fits[0]})
    answer = sure.post("/your-data/delete/", {"name": "Ann"})
    assert answer["Location"] == "/your-data/gone/"
    assert sure.get("/your-data/gone/").status_code == 200
    assert elsewhere.get("/your-data/").status_code == 302, "signed out everywhere"
    assert not User.objects.filter(username="ann").exists()
    assert not folder_of(full.key).exists()
    assert bens.runs.count() == 1
    assert folder_of(bens.key).is_dir()
    assert not [row for row in Session.objects.all() if row.get_decoded().get("_auth_user_id") == str(ann.pk)]


def test_an_import_in_hand_is_stopped_before(sure: Client, journal: Journal) -> None:
    batch = journal.batches.create(state=Batch.State.WORKING)
    answer = sure.post("/your-data/delete/", {"name": "ann"})
    assert answer.status_code == 422
    assert "asked to stop" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.stop_wanted
    batch.delete()
    assert sure.post("/your-data/delete/", {"name": "ann"}).status_code == 302


def test_nothing_remains_on_disk(tmp_path: Path) -> None:
    """A canary in titles, notes, file names and bytes: not in database, log, originals or staging afterwards."""
    data = tmp_path / "data"
    environment = os.environ | {"CALFWISE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "calfwise_web.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run([sys.executable, str(ERASED), CANARY], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "before: found" in done.stdout
    assert "after: []" in done.stdout, "while another process has the database open"
    holding = [path for path in data.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert holding == []
    assert list((data / "originals").iterdir()) == []
    assert list((data / "staging").iterdir()) == []
