"""Every drawing on one page, light or dark, and as pictures of it: `python scripts/figures.py FOLDER [WORD ...]`.

Words keep only drawings whose name holds one of them. Pictures need Playwright and a Chromium; without, the pages stay.
"""

import sys
from html import escape
from pathlib import Path

from calfwise.library import content, player
from calfwise.model.run import Side
from calfwise_web.figures.calves import CalvesMap, Mark, calves_svg
from calfwise_web.figures.exercises import exercise_pictures, exercise_svg
from calfwise_web.figures.leg import defs_svg
from calfwise_web.figures.sheet import figure_svg

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/calfwise_web/static/calfwise"
CHROMIUM = "/usr/bin/chromium"
ZONE = {"inner": "medial-middle", "outer": "lateral-middle"}
STYLE = """
main { display: grid; grid-template-columns: repeat(auto-fill, 358px); gap: 24px 16px; padding: 16px }
main figure { background: var(--ground) } figcaption, main li { font-size: 13px } main ol { padding-left: 20px }
"""


def drawings() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name, drawing and the steps it stands for."""
    found = content()
    shown: dict[str, tuple[str, tuple[str, ...]]] = {}
    for id_, technique in found.techniques.items():
        for way in technique.ways:
            for number, (half, zone) in enumerate(ZONE.items()):
                side = Side.RIGHT if number else Side.LEFT
                svg = figure_svg(technique=id_, tool=way.tool, position=way.position, zone=found.zones[zone], side=side)
                shown[f"{id_} / {way.tool} / {way.position} / {half} / {side}"] = (svg, way.steps)
    for id_, protocol in player().protocols.items():
        for leg in (None, Side.LEFT):
            for up in (False, True)[: exercise_pictures(id_)]:
                name = f"exercise / {id_} / {leg or 'both'} / {'up' if up else 'down'}"
                shown[name] = (exercise_svg(id_, up=up, side=leg), protocol.steps)
    marks = (
        Mark(Side.LEFT, "medial-upper", 6),
        Mark(Side.LEFT, "lateral-middle", 4),
        Mark(Side.RIGHT, "lateral-lower", 3, waiting=True),
    )
    legs: dict[str, tuple[Side, ...]] = {"open": (), "locked": (Side.RIGHT,)}
    for name, locked in legs.items():
        asked = CalvesMap(marks=marks, locked=locked, prefix=name)
        shown[f"map / {name}"] = (calves_svg(asked, zones=found.zones, no_go=found.no_go), ())
    return shown


def page(theme: str, words: list[str]) -> str:
    """One contact sheet."""
    css = "".join((STATIC / name).read_text("utf-8") for name in ("calfwise.css", "figures.css"))
    cells = "".join(
        f"<figure>{svg}<figcaption>{escape(name)}</figcaption><ol>{_items(steps)}</ol></figure>"
        for name, (svg, steps) in drawings().items()
        if not words or any(word in name for word in words)
    )
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><meta charset="utf-8"><title>Drawings</title>'
        f"<style>{css}{STYLE}</style><body>{defs_svg()}<main>{cells}</main></body></html>"
    )


def _items(steps: tuple[str, ...]) -> str:
    return "".join(f"<li>{escape(step)}</li>" for step in steps)


def main(folder: Path, words: list[str]) -> None:
    """Write figures-light.html and figures-dark.html, and their pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {theme: folder / f"figures-{theme}.html" for theme in ("light", "dark")}
    for theme, path in pages.items():
        path.write_text(page(theme, words), "utf-8")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        for path in pages.values():
            tab = browser.new_page(viewport={"width": 1528, "height": 900}, reduced_motion="reduce")
            tab.goto(path.absolute().as_uri())
            tab.screenshot(path=path.with_suffix(".png"), full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
