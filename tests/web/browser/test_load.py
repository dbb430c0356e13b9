"""From all years down to one run's seconds in a real browser: by mouse, by keyboard, and back again."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.web.browser.test_journey import first_link, make_account
from tests.web.serve.conftest import Served, wait_until

Serve = Callable[..., Served]
PNG = b"\x89PNG\r\n\x1a\n"


def drawn(page: Any) -> Any:
    """The first chart, once it is drawn."""
    page.locator("figure.chart .u-over").first.wait_for()
    page.wait_for_load_state("networkidle")
    return page.locator("figure.chart").first


def test_a_bar_leads_one_level_down_and_the_back_button_up_again(serve: Serve, page: Any, tmp_path: Path) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=20)
    make_account(page, first_link(served), "ann")
    page.goto(served.url)
    page.get_by_role("button", name=re.compile("sample runner", re.IGNORECASE)).first.click()
    page.goto(f"{served.url}/load/?by=all")
    page.get_by_text("runs since").first.wait_for(timeout=90_000)
    page.get_by_text("Runs are being read").wait_for(state="hidden", timeout=90_000)
    page.reload()

    plot = drawn(page).locator(".plot")
    plot.focus()
    for key in ("End", "ArrowLeft"):
        page.keyboard.press(key)
    reading = page.locator("output.reading").first.text_content()
    assert re.match(r"\w+ 20\d\d · foot strikes [\d,]+ · fast [\d,]+ · ", reading), reading
    page.keyboard.press("Enter")
    page.wait_for_url("**by=year**")

    box = drawn(page).locator(".u-over").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**by=days**")

    drawn(page).locator(".plot").focus()
    closer = page.locator("a.closer").first
    page.keyboard.press("Home")
    while not closer.is_visible():
        page.keyboard.press("ArrowRight")
    closer.click()
    page.wait_for_url("**/load/day/**")
    page.locator("main a[href^='/runs/']").first.click()
    drawn(page)
    for there in ("**/load/day/**", "**by=days**", "**by=year**", "**by=all**"):
        page.go_back()
        page.wait_for_url(there)

    button = drawn(page).locator("button[data-png]")
    with page.expect_download() as saved:
        button.click()
    picture = tmp_path / saved.value.suggested_filename
    saved.value.save_as(picture)
    assert picture.name.startswith("calfwise-strikes-all-")
    assert picture.read_bytes().startswith(PNG)
    assert page.troubles == []
