"""Every page as it is seen: at 320, 390 and 1280 pixels, light and dark, with what axe-core and a ruler can tell.

`CALFWISE_LOOKS=FOLDER ./dev test tests/web/browser/test_looks.py` keeps the pictures; somebody looks at them.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.web.browser.test_journey import first_link, make_account
from tests.web.serve.conftest import Served, wait_until

Serve = Callable[..., Served]
AXE = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
WIDTHS = (320, 390, 1280)
AXE_AT = 390
"""Its rules know little of widths; where pictures are kept, it looks at every one."""
RULES: dict[str, Any] = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast"]},
}
"""Dark differs from light in its colours alone."""
DRAWN = "!document.querySelector('figure.chart[aria-busy=true]')"
MOST_TRIES, TRY_EVERY_MS = 40, 50
NOT_WIDER = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
BEFORE_ANY_RUN = (
    "/", "/today/again/", "/today/for-a-professional/", "/spots/", "/spots/history/", "/load/", "/load/next/",
    "/load/next/?distance=5&pace=6:30", "/why/", "/helped/", "/runs/", "/shoes/", "/import/", "/tests/", "/weeks/",
    "/practise/", "/practise/calf-strength/", "/working/",
)  # fmt: skip
WITH_RUNS = (
    "/", "/today/again/", "/today/for-a-professional/", "/spots/", "/spots/left/medial-upper/", "/spots/history/",
    "/spots/history/?by=all", "/load/", "/load/?by=days", "/load/?by=year", "/load/?by=all", "/load/next/",
    "/load/next/?distance=30&pace=4:30&climb=900&barefoot=5&surface=trail", "/load/next/?distance=x&pace=1", "/why/",
    "/helped/", "/runs/", "/runs/?q=nothing", "/runs/?page=2", "/shoes/", "/import/", "/settings/", "/your-data/",
    "/sources/", "/sources/?q=Frandsen", "/weeks/calendar/", "/more/", "/tests/", "/tests/heel-raise-count/",
    "/practise/", "/practise/cadence/", "/practise/drills/", "/working/", "/tests/knee-to-wall/guided/",
    "/no-such-page/", "/account/security/", "/account/invitations/", "/account/password/", "/account/devices/",
    "/account/logout/", "/weeks/", "/weeks/wish/", "/weeks/print/",
)  # fmt: skip
SIGNED_OUT = ("/account/login/", "/account/signup/")


def test_every_page_fits_reads_and_can_be_used(serve: Serve, page: Any) -> None:
    served = serve()
    assert wait_until(served.healthy, within_s=20)
    base, link = served.url, first_link(served)
    look = Look(page, base)
    look.at(link.removeprefix(base), "first-link")
    make_account(page, link, "ann")
    for path in BEFORE_ANY_RUN:
        look.at(path, "empty")
    page.goto(base)
    page.get_by_role("button", name=re.compile("sample runner", re.IGNORECASE)).first.click()
    page.goto(f"{base}/import/")
    page.get_by_text("done").first.wait_for(timeout=90_000)
    for path in (*WITH_RUNS, *found(page, base)):
        look.at(path)
    page.context.clear_cookies()
    for path in SIGNED_OUT:
        look.at(path)
    assert look.troubles == []


LISTS = {
    "/load/?by=days": r"^/load/day/.+",
    "/runs/": r"^/runs/[0-9a-f-]{36}/$",
    "/shoes/": r"^/shoes/.+",
    "/import/": r"^/import/[0-9a-f-]{36}/$",
}
"""Pages whose address only their lists know: a run, a pair of shoes, a batch."""


def found(page: Any, base: str) -> Iterator[str]:
    for path, pattern in LISTS.items():
        page.goto(base + path)
        addresses = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        first = [each for each in addresses if re.search(pattern, each or "")][:1]
        yield from first
        yield from (f"{run}closer/?from=60&to=300" for run in first if path == "/runs/")


class Look:
    """Looks at one page after the other, in light and dark, and notes what is wrong with any."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base
        self.troubles: list[str] = []
        self.folder = os.environ.get("CALFWISE_LOOKS")

    def at(self, path: str, state: str = "") -> None:
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("load")
        self._until(DRAWN)
        self.page.evaluate(AXE.read_text("utf-8"))  # not by a tag: the policy lets in our own files alone
        for scheme, rules in RULES.items():
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width in WIDTHS:
                if self.folder or scheme == "light" or width == AXE_AT:
                    self._at(width, f"{state} {path} at {width}, {scheme}".strip(), rules)

    def _at(self, width: int, where: str, rules: Any) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        if not self._until(NOT_WIDER):
            self.troubles.append(f"{where}: wider than the screen")
        if self.folder or width == AXE_AT:
            answer = self.page.evaluate("rules => axe.run({runOnly: rules})", rules)
            self.troubles += [
                f"{where}: {each['id']} {each['nodes'][0]['html'][:120]}" for each in answer["violations"]
            ]
        if self.folder:
            name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[0-9a-f-]{36}", "one", where.lower())).strip("-")
            self.page.screenshot(path=f"{self.folder}/{name}.png", full_page=True)

    def _until(self, expression: str) -> bool:
        """Asked from outside, again and again: the page's own policy lets nobody evaluate text in it."""
        for _ in range(MOST_TRIES):
            if self.page.evaluate(expression):
                return True
            self.page.wait_for_timeout(TRY_EVERY_MS)
        return False
