"""The close-up: the calf from behind, its place, the tool on it, and the movement in its true direction and pace."""

from math import atan2, degrees, hypot
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from calfwise.model.care.anatomy import Zone
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD
from calfwise.model.run import Side
from calfwise_web.figures.ink import arrow, number
from calfwise_web.figures.leg import LEG_WIDTH_MM, MIRRORED, middle_mm, outline_path
from calfwise_web.figures.space import Flat

Half = Literal["inner", "outer"]
FRAME = (92.0, 138.0)
"""Width and height on the sheet."""
LONG_STROKE_MM: dict[Half, tuple[Flat, Flat]] = {
    "inner": ((74.6, 284.0), (87.0, 56.0)),
    "outer": ((38.6, 262.0), (46.0, 56.0)),
}
"""From a hand width above the heel bone to three fingers below the crease; figures.css moves the tool as far."""
CROSS_MM = 11.0
"""To either side of the spot: with the tool's own width about two fingers."""
ARROW_SHORT_MM = 3.0
"""Cross strokes turn back this far before the edge of the place."""
WINDOW_MM = {PRESS_AND_HOLD: 232.0, CROSS_STROKES: 232.0, LONG_STROKES: 372.0}
"""How much of the leg is seen, top to bottom."""


class Closeup(Struct, frozen=True):
    """What the close-up shows."""

    technique: str
    tool: str
    zone: Zone
    half: Half
    side: Side
    pace_s: int = 3
    """One stroke. [s]"""
    also: Zone | None = None
    """A place of the other half: strokes take the whole calf, one half after the other."""


def half_of(zone: Zone) -> Half:
    """Inner or outer half of the calf, by where the place's middle lies."""
    return "inner" if middle_mm(zone.outline_m)[0] > 60 else "outer"


def closeup_markup(shown: Closeup, *, left: float, top: float) -> str:
    """The framed close-up at a place of the sheet."""
    width, height = FRAME
    tall = WINDOW_MM[shown.technique]
    wide = tall * width / height
    x, y = middle_mm(shown.zone.outline_m)
    seen_top = -32.0 if shown.technique == LONG_STROKES else max(-34.0, y - tall * 0.6)
    scale = height / tall
    faint = " faint" if shown.technique == LONG_STROKES else ""
    halves = [shown] if shown.also is None else [shown, replace(shown, zone=shown.also, half=half_of(shown.also))]
    inner = (
        f'<use href="#calf-back"/><path class="fig-zone{faint}" '
        f'd="{"".join(outline_path(one.zone.outline_m) for one in halves)}" '
        f'stroke-width="{number(1.5 / scale)}"/>{"".join(_movement(one, (x, y), scale) for one in halves)}'
    )
    turned = f" {MIRRORED}" if shown.side == "right" else ""
    place = f'x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}"'
    return (
        f'<rect class="fig-frame" {place} rx="12"/>'
        f'<svg {place} viewBox="{number(60 - wide / 2)} {number(seen_top)} {number(wide)} {number(tall)}">'
        f"<g{turned}>{inner}</g></svg>"
        f'<rect class="fig-edge" {place} rx="12"/>'
    )


def _movement(shown: Closeup, at: Flat, scale: float) -> str:
    thick = number(2.5 / scale)
    if shown.technique == PRESS_AND_HOLD:
        rings = "".join(f'<circle r="{number(r / scale)}"/>' for r in (16, 23))
        return (
            f'<g transform="translate({number(at[0])} {number(at[1])})">{_glyph(shown, at_x_mm=at[0])}'
            f'<g class="fig-rings" stroke-width="{number(1.8 / scale)}">{rings}</g></g>'
        )
    if shown.technique == CROSS_STROKES:
        x, y = at
        reach = width_mm(shown.zone) / 2 - ARROW_SHORT_MM
        arrows = "".join(
            arrow([(x - reach, row), (x + reach, row)], both=True, head=6 / scale) for row in (y - 20, y + 20)
        )
        return (
            f'<g class="fig-arrows" stroke-width="{thick}">{arrows}</g>'
            f'<g transform="translate({number(x)} {number(y)})">'
            f'<g class="fig-cross pace-{shown.pace_s}">{_glyph(shown, at_x_mm=x)}</g></g>'
        )
    start, end = LONG_STROKE_MM[shown.half]
    up_deg = degrees(atan2(end[0] - start[0], start[1] - end[1]))
    way = hypot(end[0] - start[0], end[1] - start[1])
    path = arrow([(0, 0), (0, -way)], head=9 / scale)
    return (
        f'<g transform="translate({number(start[0])} {number(start[1])}) rotate({number(up_deg)})">'
        f'<g class="fig-arrows" stroke-width="{thick}">{path}</g>'
        f'<g class="fig-long {shown.half} pace-{shown.pace_s}">{_glyph(shown, at_x_mm=start[0])}</g></g>'
    )


def _glyph(shown: Closeup, *, at_x_mm: float) -> str:
    """The tool as it lies on the calf, about the origin; what a hand presses with is no wider than its place. [mm]"""
    name = "fingers" if _by_fingertips(shown) else shown.tool
    size = 1.0
    if name in GLYPH_WIDTH_MM:
        size = min(1.0, max(SMALLEST, _room_mm(shown) / GLYPH_WIDTH_MM[name]))
    scaled = "" if size == 1.0 else f' transform="scale({size:.2f})"'
    if name in ACROSS_THE_LEG:
        scaled = f' transform="translate({number(LEG_WIDTH_MM / 2 - at_x_mm)} 0)"'
    return f'<g class="fig-on"{scaled}>{GLYPHS[name]}</g>'


def _room_mm(shown: Closeup) -> float:
    """How wide the tool may be. [mm]"""
    if shown.technique == LONG_STROKES:
        return LOW_ROOM_MM
    return width_mm(shown.zone) - (CROSS_MM if shown.technique == CROSS_STROKES else 0.0)


def width_mm(zone: Zone) -> float:
    """How wide a place is, level with its middle. [mm]

    >>> from calfwise.library import content
    >>> round(width_mm(content().zones["medial-middle"]))
    43
    """
    _, y_mm = middle_mm(zone.outline_m)
    edges = zip(zone.outline_m, (*zone.outline_m[1:], zone.outline_m[0]), strict=True)
    level = y_mm / 1000
    met = [x1 + (x2 - x1) * (level - y1) / (y2 - y1) for (x1, y1), (x2, y2) in edges if (y1 > level) != (y2 > level)]
    return (max(met) - min(met)) * 1000


def _by_fingertips(shown: Closeup) -> bool:
    return shown.tool == "thumbs" and (shown.half == "outer" or shown.technique == LONG_STROKES)


ACROSS_THE_LEG = ("roller", "stick")
GLYPH_WIDTH_MM = {"thumbs": 18.0, "fingers": 42.0, "knuckles": 48.0, "ball": 34.0}
LOW_ROOM_MM = 26.0
"""So wide is what strokes begin with, low on the leg."""
SMALLEST = 0.45
"""A tool drawn smaller than this share would not be known again."""
GLYPHS = {
    "thumbs": '<rect x="-9" y="-11" width="18" height="34" rx="9"/><path d="M-5-2V-5A5 4.5 0 0 1 5-5V-2"/>',
    "fingers": '<rect x="-21" y="-7" width="13" height="26" rx="6.5"/>'
    '<rect x="-6.5" y="-11" width="13" height="30" rx="6.5"/>'
    '<rect x="8" y="-7" width="13" height="26" rx="6.5"/>',
    "knuckles": '<rect x="-24" y="-8" width="48" height="20" rx="8"/><path d="M-12-7V3M0-7V3M12-7V3"/>',
    "ball": '<circle r="17"/>',
    "roller": '<rect x="-66" y="-19" width="132" height="38" rx="8"/>',
    "stick": '<rect x="-78" y="-6" width="156" height="12" rx="6"/>',
    "opposite-knee": '<circle r="25"/><path d="M-12 4A13 13 0 0 1 12 4"/>',
}
