"""The map of the calf: zones that may be worked on, and places that stay untouched.

Drawn on the **left** leg seen from behind, on a lower leg 42 cm long: x from the outer edge (0) to the inner edge,
y from the crease of the knee (0) down to the sole. The right leg is its mirror image. [m]
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Point = tuple[float, float]
Polygon = tuple[Point, ...]

LEG_LENGTH_M = 0.42
"""From the crease of the knee to the sole, on the leg that the map is drawn for; own drawing. [m]"""
LEG_WIDTH_M = 0.12
"""At the widest place of the calf, on that leg; own drawing. [m]"""

Outline = Annotated[Polygon, Meta(min_length=3)]


class Zone(Struct, frozen=True, forbid_unknown_fields=True):
    """A place that may be worked on. Its id is its file's name."""

    title: str
    """As one says it to a runner: "inner upper calf"."""
    where: str
    """How to find it, in a sentence."""
    muscle: Literal["gastrocnemius", "soleus", "both"]
    outline_m: Outline
    order: int
    """Which is asked and drawn first."""
    often_tender: int
    """Rank among the places where healthy calves are tender, 1 first."""
    techniques: tuple[str, ...]
    """Ids of those that suit, the most fitting first."""
    sources: tuple[str, ...]
    note: str = ""


class NoGo(Struct, frozen=True, forbid_unknown_fields=True):
    """A place that stays untouched, or takes light strokes only."""

    title: str
    why: str
    outline_m: Outline
    """Empty of zones: a test holds that."""
    light_strokes: bool = False
    """Long light strokes may cross it; pressing and cross strokes never."""
    sources: tuple[str, ...] = ()


def mirrored(outline: Polygon, *, leg_width_m: float = LEG_WIDTH_M) -> Polygon:
    """The same outline on the right leg.

    >>> mirrored(((0.0, 0.0), (0.02, 0.0), (0.02, 0.1)))
    ((0.12, 0.0), (0.1, 0.0), (0.1, 0.1))
    """
    return tuple((round(leg_width_m - x, 6), y) for x, y in outline)


def contains(outline: Polygon, *, x_m: float, y_m: float) -> bool:
    """Whether a point lies inside an outline (even-odd rule; its edge counts as outside or inside, as it falls).

    >>> contains(((0, 0), (2, 0), (2, 2), (0, 2)), x_m=1, y_m=1)
    True
    """
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y_m) != (y2 > y_m) and x_m < (x2 - x1) * (y_m - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def overlap(one: Polygon, other: Polygon) -> bool:
    """Whether two outlines share any area: a corner of one inside the other, or edges that cross.

    >>> square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    >>> overlap(square, ((0.5, 0.5), (2.0, 0.5), (2.0, 2.0)))
    True
    >>> overlap(square, ((1.0, 0.0), (2.0, 0.0), (2.0, 1.0)))
    False
    """
    if any(contains(other, x_m=x, y_m=y) for x, y in _inner(one)):
        return True
    if any(contains(one, x_m=x, y_m=y) for x, y in _inner(other)):
        return True
    return any(_cross(a, b, c, d) for a, b in _edges(one) for c, d in _edges(other))


def _inner(outline: Polygon) -> Polygon:
    """Corners drawn a hair towards the middle, and the middle: so that neighbours may share an edge."""
    middle_x = sum(x for x, _ in outline) / len(outline)
    middle_y = sum(y for _, y in outline) / len(outline)
    drawn = tuple((x + (middle_x - x) * 1e-6, y + (middle_y - y) * 1e-6) for x, y in outline)
    return (*drawn, (middle_x, middle_y))


def _edges(outline: Polygon) -> tuple[tuple[Point, Point], ...]:
    return tuple(zip(outline, (*outline[1:], outline[0]), strict=True))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two edges cross properly: touching does not count."""

    def turn(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) * turn(a, b, d) < -1e-18 and turn(c, d, a) * turn(c, d, b) < -1e-18
