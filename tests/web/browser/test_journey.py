"""One runner, from the first start to the last click, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.web.account.test_passkey import give_authenticator
from tests.web.browser.archive import RUNS, archive
from tests.web.serve.conftest import Served, wait_until

PASSWORD = "calm calves climb"
Serve = Callable[..., Served]


def first_link(served: Served) -> str:
    return next(line.strip() for line in served.said if "/account/welcome/" in line)


def make_account(page: Any, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Keep what I say about my calves on this machine").check()
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(re.compile(r":\d+/$"))


def bring(page: Any, base: str, file: Path) -> None:
    page.goto(f"{base}/import/")
    page.locator('input[type="file"]').first.set_input_files(file)
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/"))
    page.get_by_text("Undo").first.wait_for(timeout=60_000)


def test_from_the_first_start_to_deletion_and_back(serve: Serve, page: Any, tmp_path: Path) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=20)
    base = served.url
    make_account(page, first_link(served), "ann")

    give_authenticator(page)
    page.goto(f"{base}/account/passkeys/add/")
    page.get_by_label("Name").fill("Ann's phone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(f"{base}/account/codes/")

    brought = tmp_path / "export.zip"
    brought.write_bytes(archive(tmp_path / "recordings"))
    bring(page, base, brought)
    told = page.inner_text("main")
    assert "unreadable" in told
    assert "duplicate" in told
    assert "salvaged" in told

    page.goto(f"{base}/runs/")
    assert page.get_by_role("link", name="Morning 5").count() == 1
    page.get_by_role("link", name="Morning 5").click()
    page.locator("figure.chart canvas").first.wait_for()
    page.goto(f"{base}/load/")
    page.locator("figure.chart canvas").first.wait_for()

    page.goto(f"{base}/your-data/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    export = tmp_path / "back.zip"
    download.value.save_as(export)
    before = runs_told(page, base)
    assert len(before) == RUNS + 1

    page.goto(f"{base}/your-data/delete/")
    page.get_by_label(re.compile("name", re.IGNORECASE)).fill("ann")
    page.get_by_role("button", name="Delete everything").click()
    page.wait_for_url(f"{base}/your-data/gone/")
    assert not list((served.data / "originals").glob("*/??/*"))

    served.process.terminate()
    served.process.wait(20)
    again = serve()
    assert wait_until(again.healthy, within_s=20)
    make_account(page, first_link(again), "ann")
    bring(page, again.url, export)
    assert runs_told(page, again.url) == before
    assert page.troubles == []


def runs_told(page: Any, base: str) -> list[str]:
    """The rows of the list of runs, as they read."""
    page.goto(f"{base}/runs/")
    rows = page.locator("main tbody tr").all_inner_texts()
    return [" ".join(row.split()) for row in rows]
