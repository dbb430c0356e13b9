"""Draw the icons of the installed app from our favicon, in Chromium: `.venv/bin/python scripts/icons.py`.

A maskable icon fills its square, and keeps what matters within four fifths of it: phones cut it to their own shape.
"""

import re
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parent.parent / "src/calfwise_web/static/calfwise"
SIZES = (192, 512)
APPLE_PX = 180
WITHIN = 0.78
"""The favicon's own width within a maskable icon."""


def main() -> None:
    whole = (STATIC / "favicon.svg").read_text("utf-8")
    square = full_bleed(whole)
    wanted = {f"icon-{size}": (whole, size) for size in SIZES} | {f"maskable-{size}": (square, size) for size in SIZES}
    wanted["apple-180"] = (square, APPLE_PX)
    (STATIC / "icons").mkdir(exist_ok=True)
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (svg, size) in wanted.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            sized = svg.replace("<svg", f"<svg style=display:block width={size} height={size}", 1)
            page.set_content(f'<body style="margin:0">{sized}')
            page.screenshot(path=STATIC / "icons" / f"{name}.png", omit_background=True)
            page.close()
        browser.close()


def full_bleed(svg: str) -> str:
    """The same drawing, its ground to the edges and the rest smaller about the middle."""
    ground = svg.replace(' rx="8"', "")
    middle = 16 * (1 - WITHIN)
    return re.sub(r"<g ", f'<g transform="translate({middle} {middle}) scale({WITHIN})" ', ground, count=1)


if __name__ == "__main__":
    main()
