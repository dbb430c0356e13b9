"""The next run in a real browser: the answer follows while somebody types, and the keyboard is enough."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.web.browser.conftest import page as page
from tests.web.browser.test_journey import first_link, make_account
from tests.web.serve.conftest import Served, wait_until
from tests.web.serve.conftest import serve as serve

Serve = Callable[..., Served]


@pytest.fixture
def own(serve: Serve, page: Any) -> Iterator[Any]:
    """An account without runs, at the page."""
    served = serve()
    assert wait_until(served.healthy, within_s=20)
    make_account(page, first_link(served), "ann")
    page.goto(f"{served.url}/load/next/")
    yield page
    assert page.troubles == []


def test_the_answer_follows_while_somebody_types(own: Any) -> None:
    page = own
    page.get_by_label("How far").focus()
    page.keyboard.type("5")
    page.get_by_text("nobody can tell yet").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("6")
    page.get_by_text("likely 2,").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "id_pace", "the answer takes nobody's focus"
    assert "distance=5&pace=6" in page.url
    assert page.locator("#said").inner_text() == "There is no number to hold that against."

    page.keyboard.type(":99")
    page.locator("#id_pace_error").get_by_text("Write minutes and seconds").wait_for()
    assert page.get_by_label("Pace").get_attribute("aria-invalid") == "true"
    for _ in ":99":
        page.keyboard.press("Backspace")
    page.get_by_text("likely 2,").first.wait_for()
    assert page.get_by_label("Pace").get_attribute("aria-invalid") is None
    assert page.locator("#id_pace_error").inner_text() == ""

    page.reload()
    assert page.get_by_label("Pace").input_value() == "6", "what was typed is in the address"


def test_the_keyboard_is_enough(own: Any) -> None:
    page = own
    page.get_by_label("How far").focus()
    page.keyboard.type("5")
    for name in ("Pace", "Shoe, ground, climb, bare feet"):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText")
        assert focused.strip() == name
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_shoe"
    page.get_by_label("How far").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"distance=5.*#answer$"))
    page.get_by_role("heading", name="There is no number to hold that against.").wait_for()
