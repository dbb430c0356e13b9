"""The leg from behind: its outline and muscles as paths, and the library's places on it. [mm]"""

from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from calfwise.model.care.anatomy import LEG_WIDTH_M, Polygon
from calfwise_web.figures.ink import line, smooth
from calfwise_web.figures.space import Flat

Path = tuple[Flat, ...]
LEG_WIDTH_MM = LEG_WIDTH_M * 1000
MIRRORED = f'transform="translate({LEG_WIDTH_MM:g} 0) scale(-1 1)"'
"""Makes the left leg's drawing a right one."""


class LegDrawing(Struct, frozen=True, forbid_unknown_fields=True):
    """The left leg's lines, from knee to sole. [mm]"""

    outline: Path
    crease: Path
    lateral_head: Path
    medial_head: Path
    soleus: Path
    tendon: Path
    fibres: tuple[Path, ...]


@cache
def leg_drawing() -> LegDrawing:
    """As leg.toml has it."""
    text = resources.files("calfwise_web.figures").joinpath("leg.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=LegDrawing)


@cache
def leg_markup() -> str:
    """Skin, muscles and cord of a left leg."""
    leg = leg_drawing()
    fibres = "".join(smooth(fibre) for fibre in leg.fibres)
    return (
        f'<path class="calf-skin" d="{smooth(leg.outline)}"/>'
        f'<path class="calf-soleus" d="{smooth(leg.soleus, closed=True)}"/>'
        f'<path class="calf-tendon" d="{smooth(leg.tendon, closed=True)}"/>'
        f'<path class="calf-head" d="{smooth(leg.lateral_head, closed=True)}{smooth(leg.medial_head, closed=True)}"/>'
        f'<path class="calf-fibres" d="{fibres}"/>'
        f'<path class="calf-crease" d="{smooth(leg.crease)}"/>'
    )


@cache
def edge_path() -> str:
    """The leg's own outline as a path. [mm]"""
    return smooth(leg_drawing().outline)


def defs_svg() -> str:
    """What drawings share; once on a page that shows any of them.

    The leg (`#calf-back`) and the hatching of what is left alone (`#calf-hatch`).
    """
    return (
        '<svg class="fig-defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        f'<g id="calf-back">{leg_markup()}</g>'
        '<pattern id="calf-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="calf-hatching" d="M0 0V6"/></pattern></defs></svg>'
    )


@cache
def outline_path(outline_m: Polygon) -> str:
    """A place of the library's map as a closed path. [mm]"""
    return line([(x * 1000, y * 1000) for x, y in outline_m]) + "Z"


@cache
def middle_mm(outline_m: Polygon) -> Flat:
    """The middle of a place, by area. [mm]

    >>> middle_mm(((0, 0), (0.02, 0), (0.02, 0.04), (0, 0.04)))
    (10.0, 20.0)
    """
    area = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in zip(outline_m, (*outline_m[1:], outline_m[0]), strict=True):
        piece = x1 * y2 - x2 * y1
        area += piece
        x_sum += (x1 + x2) * piece
        y_sum += (y1 + y2) * piece
    return (round(x_sum / (3 * area) * 1000, 3), round(y_sum / (3 * area) * 1000, 3))
