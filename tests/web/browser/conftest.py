"""A real browser against a real `calfwise serve`: server, worker and decoders, on a folder of its own."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.serve.conftest import serve as serve

sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def page() -> Iterator[Any]:
    """A page that remembers what went wrong: errors in its console, and answers that no reader should meet."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium (Debian: apt install chromium)")
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(timezone_id="Europe/Berlin", accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.troubles = []
        page.on("console", lambda message: message.type == "error" and page.troubles.append(message.text))
        page.on("response", lambda answer: answer.status >= 500 and page.troubles.append(answer.url))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        yield page
        if os.environ.get("CALFWISE_LAST_LOOK"):
            page.screenshot(path=os.environ["CALFWISE_LAST_LOOK"], full_page=True)
        browser.close()
