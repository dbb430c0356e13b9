"""Looking around with the sample runner: marked on every page, nobody's own, and gone without a trace."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from calfwise.sample import write_sample
from calfwise_web.account.models import User
from calfwise_web.imports import batches, staging
from calfwise_web.imports.models import Batch
from calfwise_web.journal import originals
from calfwise_web.journal.models import Journal

BANNER = "You are looking at the sample runner"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six of the sample runner's runs will do."""
    monkeypatch.setattr(batches, "write_sample", lambda folder, until: write_sample(folder, until=until, runs=6))


def look(browser: Client) -> Any:
    return browser.post(reverse("sample:look"), follow=True)


def sample_of(user: User) -> Journal:
    return user.journals.get(sample=True)


def test_the_sample_runner_is_made_once_and_shown_on_every_page(browser: Client, ann: User, read: Any) -> None:
    assert "The sample runner is on the way" in look(browser).text
    read()
    assert BANNER in look(browser).text
    sample = sample_of(ann)
    assert (sample.batches.count(), sample.runs.count()) == (1, 6)
    assert BANNER in browser.get(reverse("imports:page")).text


def test_ones_own_journal_stays_as_it_is(browser: Client, journal: Journal, read: Any) -> None:
    look(browser)
    read()
    assert (journal.runs.count(), journal.batches.count(), journal.recordings.count()) == (0, 0, 0)


def test_going_back_keeps_the_sample_and_shows_ones_own(browser: Client, ann: User, read: Any) -> None:
    look(browser)
    read()
    assert BANNER not in browser.post(reverse("sample:leave"), follow=True).text
    assert sample_of(ann).runs.count() == 6


def test_removing_it_leaves_nothing_of_it(browser: Client, ann: User, read: Any) -> None:
    look(browser)
    read()
    sample = sample_of(ann)
    assert BANNER not in browser.post(reverse("sample:remove"), follow=True).text
    assert not ann.journals.filter(sample=True).exists()
    assert not originals.folder_of(sample.key).exists()
    assert ann.journals.filter(sample=False).exists()


def test_removing_it_twice_is_harmless(browser: Client, ann: User) -> None:
    for _ in range(2):
        assert browser.post(reverse("sample:remove")).status_code == 302
    assert ann.journals.get().sample is False


def test_removing_it_while_it_is_read_ends_the_reading(
    browser: Client, ann: User, read: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "HANDFUL", 2)
    look(browser)
    sample = sample_of(ann)
    batch = sample.batches.get()
    whole = batches.write_down

    def removed_meanwhile(*args: Any, **kwargs: Any) -> None:
        whole(*args, **kwargs)
        browser.post(reverse("sample:remove"))

    monkeypatch.setattr(batches, "write_down", removed_meanwhile)
    read()
    assert not ann.journals.filter(sample=True).exists()
    assert not originals.folder_of(sample.key).exists()
    assert not staging.folder_of(batch.key).exists()


def test_a_sample_that_was_stopped_is_made_anew(browser: Client, ann: User, read: Any) -> None:
    look(browser)
    Batch.objects.filter(journal=sample_of(ann)).update(state=Batch.State.CANCELLED)
    assert "Make them anew" in browser.get(reverse("load:page")).text
    look(browser)
    read()
    assert sample_of(ann).runs.count() == 6


def test_nothing_is_brought_into_the_sample_runners_journal(
    browser: Client, ann: User, read: Any, recordings: list[Path], rows: Any
) -> None:
    look(browser)
    read()
    batch = sample_of(ann).batches.get()
    before = rows()
    answer = browser.post(reverse("imports:new"), headers={"Accept": "application/json"})
    assert answer.status_code == 409
    for step in ("start", "stop", "undo", "discard", "files", "piece"):
        browser.post(reverse(f"imports:{step}", args=[batch.key]))
    browser.post(reverse("imports:watch"))
    after = rows()
    for table in ("imports.Batch", "journal.Journal", "journal.Run", "journal.Recording"):
        assert after[table] == before[table]
    text = browser.get(reverse("imports:page")).text
    assert "Back to my own" in text
    assert 'id="bring"' not in text


def test_looking_leaving_and_removing_need_a_post(browser: Client, rows: Any) -> None:
    before = rows()
    for step in ("look", "leave", "remove"):
        assert browser.get(reverse(f"sample:{step}")).status_code == 405
    assert rows() == before


def test_anothers_sample_stays_when_one_removes_ones_own(
    browser: Client, bens_browser: Client, ann: User, ben: User
) -> None:
    look(browser)
    look(bens_browser)
    browser.post(reverse("sample:remove"))
    assert ben.journals.filter(sample=True).exists()
    assert not ann.journals.filter(sample=True).exists()


def test_the_sample_runners_import_page_has_nothing_to_drop_on_and_no_script_for_it(browser: Client, read: Any) -> None:
    look(browser)
    read()
    page = browser.get(reverse("imports:page")).text
    assert "This is the sample runner" in page
    assert "import.js" not in page
