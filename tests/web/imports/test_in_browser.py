"""Bringing files in a real browser: by keyboard, through a bad network, from where it broke off, and without script."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from calfwise_web.account.models import User
from calfwise_web.imports import staging
from calfwise_web.imports.models import Batch
from tests.web.imports.conftest import send_piece, zipped

sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="browser tests need Chromium"),
    pytest.mark.django_db(transaction=True),
]
MIB = 2**20


@pytest.fixture(autouse=True)
def _orm_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in this thread, at which Django takes fright."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def open_page(live_server: Any, ann: User) -> Iterator[Callable[..., Any]]:
    """Ann's Import page."""
    client = Client()
    client.force_login(ann)
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opened(**options: Any) -> Any:
            context = browser.new_context(base_url=live_server.url, **options)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("filechooser", lambda chooser: None)  # or it is not yet watched for when a key is pressed
            page.goto(reverse("imports:page"))
            return page

        yield opened
        browser.close()


@pytest.fixture
def folder(tmp_path: Path, recordings: list[Path]) -> Path:
    """A watch's folder, with what lies beside recordings."""
    place = tmp_path / "Activity"
    (place / "2026").mkdir(parents=True)
    for path in recordings[:3]:
        (place / "2026" / path.name).write_bytes(path.read_bytes())
    (place / "notes.txt").write_text("hello")
    (place / ".hidden.fit").write_bytes(b"x")
    return place


def choose(page: Any, button: str, what: Path) -> None:
    """By keyboard alone."""
    page.get_by_role("button", name=button).focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(what)


def come_through(page: Any) -> None:
    page.wait_for_url("**/import/*-*-*/")


def test_a_folder_comes_in_with_its_paths_and_without_what_is_hidden(
    open_page: Any, ann: User, folder: Path, read: Any
) -> None:
    page = open_page()
    choose(page, "Choose a folder", folder)
    come_through(page)
    batch = ann.journals.get().batches.get()
    names = {name for name, _ in staging.there(batch.key)}
    assert "Activity/notes.txt" in names
    assert not any("hidden" in name for name in names)
    read()
    page.get_by_text("4 files: 3 new runs, 1 not a run.").wait_for()


def test_an_upload_goes_on_when_the_network_comes_back(open_page: Any, ann: User, folder: Path) -> None:
    page, tries = open_page(), iter(range(100))
    page.route("**/files/", lambda route: route.abort() if next(tries) < 2 else route.continue_())
    choose(page, "Choose a folder", folder)
    page.get_by_text("calfwise does not answer; trying again…").first.wait_for()
    come_through(page)
    assert len(staging.there(ann.journals.get().batches.get().key)) == 4


def test_the_same_archive_dropped_again_goes_on_where_it_broke_off(open_page: Any, ann: User, tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    archive.write_bytes(zipped({"x.fit": b"broken"}) + bytes(18 * MIB))
    batch = ann.journals.get().batches.create(label="export.zip")
    client = Client()
    client.force_login(ann)
    size = archive.stat().st_size
    send_piece(client, batch, "export.zip", archive.read_bytes()[:MIB], offset=0, size=size)
    page, offsets = open_page(), []
    page.on("request", lambda asked: "/piece/" in asked.url and offsets.append(asked.url))
    assert "You had begun to bring “export.zip”" in page.inner_text("main")
    choose(page, "Choose files", archive)
    come_through(page)
    assert f"offset={MIB}&" in offsets[0]
    assert len(offsets) == 3
    batch.refresh_from_db()
    assert (batch.state, batch.origin) == (Batch.State.WAITING, Batch.Origin.ARCHIVE)
    assert staging.place_of(batch.key, "export.zip").read_bytes() == archive.read_bytes()


def test_a_session_that_ended_is_said_and_nothing_is_lost(open_page: Any, folder: Path) -> None:
    page = open_page()
    page.context.clear_cookies(name="sessionid")
    choose(page, "Choose a folder", folder)
    page.get_by_text("You are signed out here.").wait_for()
    assert page.get_by_role("button", name="Try again").is_visible()


def test_files_can_be_brought_without_script(open_page: Any, ann: User, recordings: list[Path], read: Any) -> None:
    page = open_page(java_script_enabled=False)
    page.set_input_files("#files", recordings[:2])
    page.get_by_role("button", name="Bring them").click()
    come_through(page)
    read()
    assert ann.journals.get().runs.count() == 2
