"""The map of both calves from behind: places, what is left alone, and the runner's spots on it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

from msgspec import Struct

from calfwise.model.care.anatomy import NoGo, Zone
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web.figures.ink import number
from calfwise_web.figures.leg import LEG_WIDTH_MM, MIRRORED, edge_path, middle_mm, outline_path
from calfwise_web.figures.space import Flat

LEFT_AT, RIGHT_AT, TOP_AT = 22.0, 218.0, 66.0
"""Where each leg's outer or inner edge lies on the sheet, and the crease of the knee."""
SHEET = (360.0, 520.0)
MARK_RADIUS = 14.0
ROUND = f'<circle r="{MARK_RADIUS:g}"/>'
SHAPES = {
    "resting": '<rect x="-13" y="-13" width="26" height="26" rx="5"/>',
    "tender": '<path d="M0-18L18 0L0 18L-18 0Z"/>',
    "quiet": '<circle r="11"/>',
}
"""Of spots that are told about; all others are round."""
STATES = {"resting": "resting", "tender": "tender", "quiet": "quiet", "silent": "no word lately"}


class Mark(Struct, frozen=True):
    """One spot on the map."""

    side: Side
    zone: str
    tenderness_nrs: int | None = None
    waiting: bool = False
    state: Literal["", "resting", "tender", "quiet", "silent"] = ""
    """Of a spot that is told about and not asked for: each looks different, without its colour too."""
    at_mm: Flat | None = None
    """On the left leg's map, whichever the side; nothing is the middle of the place. [mm]"""


class CalvesMap(Struct, frozen=True):
    """What the map shows beside the places themselves."""

    marks: tuple[Mark, ...] = ()
    locked: tuple[Side, ...] = ()
    """Legs that get nothing today."""
    name: str = "Both calves from behind"
    prefix: str = "calf"
    """Of the places' ids, for a page with two maps."""
    acts: bool = True
    """Places can be chosen; else it is a picture."""
    links: Mapping[str, str] | None = None
    """Where places lead, by `left:medial-upper`; all others are only drawn. `None`: each place is a button."""


def calves_svg(shown: CalvesMap, *, zones: Mapping[str, Zone], no_go: Mapping[str, NoGo]) -> str:
    """Both calves with their places.

    Each place is `<g id="{shown.prefix}-{side}-{zone}" class="calf-zone" data-side data-zone role="button" tabindex="0"
    aria-label aria-pressed data-at>`, its middle on the sheet last; of a locked leg, without role and tabindex. Each
    spot is `<g class="calf-mark" data-side data-zone data-tenderness>`, `waiting` among its classes. What is left alone
    has its name in `data-name`. `data-map` on the drawing says how the sheet's numbers become the map's: left leg
    x - 22, right leg 338 - x, both y - 66. [mm] A map that does not act is one picture, its marks in its name.

    Needs `defs_svg()` once on the page.
    """
    legs = "".join(_leg(side, shown, zones, no_go) for side in BOTH_SIDES)
    drawn = "".join(_mark(mark, zones[mark.zone]) for mark in shown.marks if mark.side not in shown.locked)
    return (
        f'<svg class="calves" viewBox="0 0 {SHEET[0]:g} {SHEET[1]:g}" {_named(shown, zones)} '
        f'data-map="{LEFT_AT:g} {RIGHT_AT + LEG_WIDTH_MM:g} {TOP_AT:g}">'
        f'{legs}<g class="calf-marks">{drawn}</g>{_words(shown.locked)}</svg>'
    )


def _named(shown: CalvesMap, zones: Mapping[str, Zone]) -> str:
    if shown.acts:
        return f'role="group" aria-label="{escape(shown.name)}"'
    said = [_said(m.side, zones[m.zone], [m], locked=False) for m in shown.marks if m.side not in shown.locked]
    return f'role="img" aria-label="{escape("; ".join([shown.name, *said]))}"'


def _leg(side: Side, shown: CalvesMap, zones: Mapping[str, Zone], no_go: Mapping[str, NoGo]) -> str:
    locked = side in shown.locked
    left = LEFT_AT if side == "left" else RIGHT_AT
    turned = "" if side == "left" else f" {MIRRORED}"
    places = "".join(_zone(side, id_, zone, shown) for id_, zone in zones.items()) if shown.acts else ""
    kept_off = "".join(_no_go(id_, place) for id_, place in no_go.items())
    classes = "calf-leg locked" if locked else "calf-leg"
    return (
        f'<g class="{classes}" data-side="{side}" transform="translate({left:g} {TOP_AT:g})"><g{turned}>'
        f'<use href="#calf-back"/><g class="calf-no-go" aria-hidden="true">{kept_off}</g>{places}'
        f'<path class="calf-outline" d="{edge_path()}"/></g></g>'
    )


def _zone(side: Side, id_: str, zone: Zone, shown: CalvesMap) -> str:
    marks = [mark for mark in shown.marks if (mark.side, mark.zone) == (side, id_)]
    if shown.links is not None:
        return _led(side, id_, zone, shown.prefix, shown.links.get(f"{side}:{id_}"), _said(side, zone, marks))
    locked = side in shown.locked
    said = _said(side, zone, marks, locked=locked)
    pressed = str(bool(marks)).lower()
    at = _sheet(side, middle_mm(zone.outline_m))
    acts = 'role="img"' if locked else f'role="button" tabindex="0" aria-pressed="{pressed}"'
    return (
        f'<g id="{shown.prefix}-{side}-{id_}" class="calf-zone" data-side="{side}" data-zone="{id_}" {acts} '
        f'aria-label="{escape(said)}" data-at="{at}"><path d="{outline_path(zone.outline_m)}"/></g>'
    )


def _led(side: Side, id_: str, zone: Zone, prefix: str, address: str | None, said: str) -> str:
    """A place that leads somewhere, or is only drawn."""
    own = f'id="{prefix}-{side}-{id_}" class="calf-zone" data-side="{side}" data-zone="{id_}"'
    path = f'<path d="{outline_path(zone.outline_m)}"/>'
    if address is None:
        return f'<g {own} aria-hidden="true">{path}</g>'
    return f'<a {own} href="{escape(address)}" aria-label="{escape(said)}">{path}</a>'


def _said(side: Side, zone: Zone, marks: Sequence[Mark], *, locked: bool = False) -> str:
    """A place as a screen reader says it."""
    words = [f"{side.capitalize()}, {zone.title[0].lower()}{zone.title[1:]}"]
    for mark in marks:
        felt = "" if mark.tenderness_nrs is None else f"tender at {mark.tenderness_nrs} of 10"
        state = "waiting" if mark.waiting else STATES.get(mark.state, "")
        words.append(", ".join(filter(None, (state, felt))) or "marked")
    return ", ".join([*words, "left alone today"] if locked else words)


def _no_go(id_: str, place: NoGo) -> str:
    """Hatched by an attribute: a stylesheet in its own file could not be sure to find the page's pattern."""
    looks = 'class="calf-off light"' if place.light_strokes else 'class="calf-off" fill="url(#calf-hatch)"'
    return f'<path {looks} data-no-go="{id_}" data-name="{escape(place.title)}" d="{outline_path(place.outline_m)}"/>'


def _mark(mark: Mark, zone: Zone) -> str:
    at = _sheet(mark.side, mark.at_mm or middle_mm(zone.outline_m))
    felt = "" if mark.tenderness_nrs is None else str(mark.tenderness_nrs)
    glow = "" if mark.waiting or mark.state else f'<circle class="glow" r="{number(MARK_RADIUS + 7)}"/>'
    classes = " ".join(filter(None, ("calf-mark", "waiting" if mark.waiting else mark.state)))
    shape = SHAPES.get(mark.state, ROUND)
    return (
        f'<g class="{classes}" data-side="{mark.side}" data-zone="{mark.zone}" data-tenderness="{felt}" '
        f'transform="translate({at})" aria-hidden="true">'
        f'{glow}{shape}<text y="5.5">{felt}</text></g>'
    )


def _sheet(side: Side, at_mm: Flat) -> str:
    """A point of the left leg's map on the sheet, on either leg."""
    x, y = at_mm
    return f"{number(LEFT_AT + x if side == 'left' else RIGHT_AT + LEG_WIDTH_MM - x)} {number(TOP_AT + y)}"


def _words(locked: tuple[Side, ...]) -> str:
    """What stands on the sheet itself."""
    middle = {"left": LEFT_AT + LEG_WIDTH_MM / 2, "right": RIGHT_AT + LEG_WIDTH_MM / 2}
    names = "".join(f'<text x="{middle[side]:g}" y="512">{side}</text>' for side in BOTH_SIDES)
    locks = "".join(
        f'<g class="calf-lock" transform="translate({middle[side]:g} 200)">{LOCK}<text y="34">not today</text></g>'
        for side in BOTH_SIDES
        if side in locked
    )
    return (
        '<g class="calf-words" aria-hidden="true"><text x="180" y="56">leave</text><text x="180" y="72">alone</text>'
        '<text x="180" y="414">leave</text><text x="180" y="430">alone</text>'
        f'<path d="M158 58L112 64M202 58L248 64M158 416L96 416M202 416L264 416"/>{names}</g>{locks}'
    )


LOCK = (
    '<rect class="plate" x="-44" y="-34" width="88" height="80" rx="12"/>'
    '<rect class="body" x="-13" y="-6" width="26" height="20" rx="4"/><path d="M-8-6V-13A8 8 0 0 1 8-13V-6"/>'
)
