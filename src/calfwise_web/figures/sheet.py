"""The whole drawing of one way: figure and close-up on one sheet, for the left or the right leg."""

import tomllib
from functools import cache
from html import escape
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from calfwise.model.care.anatomy import Zone
from calfwise.model.care.technique import Position
from calfwise.model.run import Side
from calfwise_web.figures.closeup import FRAME, Closeup, Half, closeup_markup, half_of
from calfwise_web.figures.drawing import figure_parts
from calfwise_web.figures.ink import number
from calfwise_web.figures.pen import SHEET_HEIGHT, SHEET_WIDTH
from calfwise_web.figures.pose import Pose

INSET_TOP, INSET_EDGE = 8.0, 8.0


class Ways(Struct, frozen=True, forbid_unknown_fields=True):
    """Which pose each way takes, by technique, tool and position, then by the half of the calf."""

    ways: dict[str, dict[Half, str]]


@cache
def poses() -> dict[str, Pose]:
    """Every pose of poses.toml."""
    return poses_of("poses.toml")


def poses_of(file: str) -> dict[str, Pose]:
    """Every pose of a file, what it is like filled in."""
    raw: dict[str, dict[str, Any]] = tomllib.loads(_text(file))
    return {name: msgspec.convert(_filled(raw, name), Pose, strict=False) for name in raw}


@cache
def ways() -> dict[str, dict[Half, str]]:
    """Pose by way, as ways.toml has them."""
    return msgspec.toml.decode(_text("ways.toml"), type=Ways).ways


def figure_svg(
    *,
    technique: str,
    tool: str,
    position: Position,
    zone: Zone,
    side: Side,
    pace_s: int = 3,
    also: Zone | None = None,
) -> str:
    """One way at one place: the figure, and the calf from behind; `also` makes it the whole calf.

    Needs `defs_svg()` once on the page, and figures.css.
    """
    half = half_of(zone)
    pose = poses()[ways()[f"{technique}/{tool}/{position}"][half]]
    markup, _, _ = figure_parts(pose)
    shown = Closeup(technique=technique, tool=tool, zone=zone, half=half, side=side, pace_s=pace_s, also=also)
    at_right = (pose.inset == "right") == (side == "right")
    left = SHEET_WIDTH - FRAME[0] - INSET_EDGE if at_right else INSET_EDGE
    place = "whole length" if also else f"{zone.title[0].lower()}{zone.title[1:]}"
    said = f"{side.capitalize()} leg: {pose.says}. Place: {place}."
    return sheet(markup, closeup_markup(shown, left=left, top=INSET_TOP), side, said)


def sheet(figure: str, closeup: str, side: Side, said: str, *, top: float = 0.0) -> str:
    """A whole drawing: the figure, turned about for the left leg, and what is not turned beside it."""
    turned = f' transform="translate({number(SHEET_WIDTH)} 0) scale(-1 1)"' if side == "left" else ""
    return (
        f'<svg class="fig" viewBox="0 {number(top)} {number(SHEET_WIDTH)} {number(SHEET_HEIGHT - top)}" role="img" '
        f'aria-label="{escape(said)}"><g{turned}>{figure}</g>{closeup}</svg>'
    )


def _filled(raw: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """A pose with what it is like: a table within it changes by its keys, or wholly where it rests otherwise."""
    own = dict(raw[name])
    like = own.pop("like", None)
    if like is None:
        return own
    base = _filled(raw, like)
    for key, value in own.items():
        base[key] = _changed(base.get(key), value)
    return base


def _changed(there: Any, value: Any) -> Any:
    if not (isinstance(there, dict) and isinstance(value, dict)):
        return value
    return there | value if value.get("rests") in (None, there.get("rests")) else value


def _text(name: str) -> str:
    return resources.files("calfwise_web.figures").joinpath(name).read_text("utf-8")
