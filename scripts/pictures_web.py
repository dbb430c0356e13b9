"""Write the web app's pictures for the README: a real server, the sample runner, a real browser. `./dev pictures`."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PHONE, DESK = (390, 844), (1100, 800)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Start, make an account, look at the sample runner, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as played:
        serve = [sys.executable, "-m", "calfwise", "serve", "--port", "0", "--data", f"{folder}/data"]
        process = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
        try:
            base, link = _greeted(process)
            browser = played.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = browser.new_context(timezone_id="Europe/Berlin", device_scale_factor=1).new_page()
            page.set_default_timeout(60_000)
            _sign_up(page, link)
            _take(page, base)
            browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _greeted(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Where it is, and the link for the first account."""
    assert process.stdout is not None
    base = link = ""
    for line in process.stdout:
        if line.startswith("calfwise is at "):
            base = line.removeprefix("calfwise is at ").strip()
        if "/account/welcome/" in line:
            link = line.strip()
        if line.startswith("Ctrl-C"):
            return base, link
    raise RuntimeError("it ended before it served")


def _sign_up(page: Any, link: str) -> None:
    page.goto(link)
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("calm calves climb")
    page.get_by_label("Keep what I say about my calves on this machine").check()
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("button", name=re.compile("sample runner", re.IGNORECASE)).first.click()


def _take(page: Any, base: str) -> None:
    page.goto(f"{base}/import/")
    page.get_by_text("done").first.wait_for()
    _today(page, base)
    _picture(page, f"{base}/load/", "load-phone", PHONE)
    _picture(page, f"{base}/load/?by=year", "load", DESK)
    page.goto(f"{base}/runs/?sort=-distance")
    page.locator("main tbody a").first.click()
    page.wait_for_url(re.compile(r"/runs/[0-9a-f-]{36}/"))
    _picture(page, page.url, "run-phone", PHONE)


def _today(page: Any, base: str) -> None:
    """A check-in with two spots, the card that comes of it, and the session at its first hold."""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{base}/today/again/")
    for side, nrs in (("left", 5), ("right", 2)):
        page.locator(f"label:has(input[name={side}][value='{nrs}'])").click()
    groups = page.locator("fieldset.group label.none")
    for number in range(groups.count()):
        groups.nth(number).click()
    for zone in ("medial-upper", "lateral-middle"):
        page.locator("#add-place").select_option(f"left-{zone}")
    page.locator("#hand summary").click()
    page.locator("label:has(input[value=ball])").click()
    page.get_by_role("button", name="Show today's plan").click()
    page.get_by_role("link", name="Start", exact=True).wait_for()
    _picture(page, f"{base}/", "today-phone", PHONE)
    page.emulate_media(color_scheme="dark")
    page.get_by_role("link", name="Start", exact=True).click()
    for _ in range(3):
        page.get_by_role("button", name="Skip").or_(page.locator("#ring-number")).first.wait_for()
        page.wait_for_timeout(1500)
        if page.get_by_role("button", name="Skip").is_visible():
            page.get_by_role("button", name="Skip").click()
    page.wait_for_timeout(3000)
    page.screenshot(path=PICTURES / "session-phone.png")
    page.emulate_media(color_scheme="light")


def _picture(page: Any, url: str, name: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
