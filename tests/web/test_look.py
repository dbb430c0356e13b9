"""The stylesheet's tokens and the shared templates, without a browser."""

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/calfwise_web"
CSS = (WEB / "static/calfwise/calfwise.css").read_text("utf-8")
OPENINGS = {
    "light": ":root {",
    "dark by the system": ':root:not([data-theme="light"]) {',
    "dark by choice": ':root[data-theme="dark"] {',
}
TEXT_ON = [
    *product(["ink", "ink-soft", "accent", "stop"], ["ground", "surface"]),
    *product(["ink"], ["accent-soft", "good-soft", "wait-soft", "stop-soft"]),
    *((tone, f"{tone}-soft") for tone in ("accent", "good", "wait", "stop")),
    ("ink-soft", "accent-soft"),
    ("accent-ink", "accent"),
    *(("surface", tone) for tone in ("good", "wait", "stop")),
    ("wait", "surface"),
    ("gastroc-line", "surface"),
]
SHAPE_ON = [*product(["edge", "accent", "limb"], ["ground", "surface"]), ("accent", "accent-soft")]


def tokens(theme: str) -> dict[str, str]:
    """Colour by role, of one theme's block.

    >>> tokens("light")["accent-ink"]
    '#ffffff'
    """
    block = CSS.split(OPENINGS[theme], 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block))


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark by choice"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_every_text_is_read_on_its_ground(theme: str, ink: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark by choice"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_ON)
def test_every_field_and_mark_stands_out_from_its_ground(theme: str, shape: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_dark_is_the_same_whether_the_system_or_the_runner_asks_for_it() -> None:
    assert tokens("dark by the system") == tokens("dark by choice")


def test_both_themes_name_the_same_roles() -> None:
    assert tokens("light").keys() == tokens("dark by choice").keys()


def test_colours_are_named_by_role_only_in_the_tokens() -> None:
    rules = CSS[CSS.index("/* ---------- plain elements") :]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_every_role_that_is_used_is_defined() -> None:
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= set(re.findall(r"--([\w-]+):", CSS))


@pytest.mark.parametrize("template", sorted(WEB.rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_needs_a_hole_in_the_content_policy(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"""<[^>]*\s(style|on[a-z]+)\s*=\s*["']""", text), "inline style or handler"
    assert not re.search(r"<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), "inline script or style"
    assert "|safe" not in text


def test_vendored_files_are_the_ones_that_were_pinned() -> None:
    check = subprocess.run([sys.executable, "scripts/vendor.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
