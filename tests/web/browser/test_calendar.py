"""A calendar's address, from the button on its page to a calendar that reads it, and to its end."""

import urllib.error
import urllib.request
from typing import Any

from tests.web.browser.test_journey import first_link, make_account
from tests.web.browser.test_looks import WIDTHS, Look, Serve
from tests.web.serve.conftest import wait_until


def test_a_calendar_reads_the_weeks_until_its_address_is_ended(serve: Serve, page: Any) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=20)
    base = served.url
    make_account(page, first_link(served), "ann")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    look = Look(page, base)
    look.at("/weeks/calendar/", "no-address")

    page.get_by_role("button", name="Make an address").click()
    shown = page.locator("#new-address")
    shown.wait_for()
    address = shown.inner_text().strip()
    assert address.startswith(f"{base}/calendar/")
    assert page.get_by_role("link", name="calendar", exact=False).filter(has_text="Open in").get_attribute(
        "href"
    ) == address.replace("http://", "webcal://")
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    look_here(look, "new address")
    status, told = read(address)
    assert (status, told.startswith(b"BEGIN:VCALENDAR\r\n")) == (200, True)

    look.at("/weeks/calendar/", "address")
    assert address not in page.content()
    page.get_by_role("button", name="Renew it").click()
    renewed = page.locator("#new-address").inner_text().strip()
    assert (read(address)[0], read(renewed)[0]) == (404, 200)
    page.goto(f"{base}/weeks/calendar/")
    page.get_by_role("button", name="End it").click()
    page.get_by_text("The address is gone").wait_for()
    assert read(renewed)[0] == 404
    assert look.troubles == []
    assert page.troubles == []


def look_here(look: Look, where: str) -> None:
    """A page that came of a form: it cannot be opened again."""
    for width in WIDTHS:
        look.page.set_viewport_size({"width": width, "height": 900})
        if look.folder:
            look.page.screenshot(path=f"{look.folder}/{where.replace(' ', '-')}-{width}.png", full_page=True)
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert look.page.evaluate(wide), f"{where} at {width}: wider than the screen"


def read(address: str) -> tuple[int, bytes]:
    """As a calendar does: without a cookie."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
