"""Writing SVG: rounded strokes, discs and arrows, with few decimals."""

from collections.abc import Sequence
from math import atan2, cos, hypot, sin

from calfwise_web.figures.space import Flat


def number(value: float) -> str:
    """As short as one decimal allows.

    >>> number(3.04), number(-0.02), number(2.5)
    ('3', '0', '2.5')
    """
    rounded = round(value, 1)
    return f"{rounded:g}" if rounded else "0"


def pair(point: Flat) -> str:
    """A point of a path."""
    return f"{number(point[0])} {number(point[1])}"


def line(points: Sequence[Flat]) -> str:
    """A path through points.

    >>> line([(0, 0), (2.04, 1)])
    'M0 0L2 1'
    """
    return "M" + "L".join(pair(point) for point in points)


def smooth(points: Sequence[Flat], *, closed: bool = False) -> str:
    """A path that bends softly through points (Catmull-Rom, as cubic curves)."""
    count = len(points)
    pieces = ["M" + pair(points[0])]
    for at in range(count if closed else count - 1):
        a, b, c, d = (_neighbour(points, at + step, closed=closed) for step in (-1, 0, 1, 2))
        one = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        two = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        pieces.append(f"C{pair(one)} {pair(two)} {pair(c)}")
    return "".join(pieces) + ("Z" if closed else "")


def _neighbour(points: Sequence[Flat], at: int, *, closed: bool) -> Flat:
    return points[at % len(points)] if closed else points[max(0, min(len(points) - 1, at))]


def stroke(points: Sequence[Flat], width: float) -> str:
    """A rounded stroke."""
    return f'<path d="{line(points)}" stroke-width="{number(width)}"/>'


def disc(at: Flat, radius: float, classes: str = "") -> str:
    """A disc."""
    named = f' class="{classes}"' if classes else ""
    return f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}"{named}/>'


def arrow(points: Sequence[Flat], *, both: bool = False, head: float = 7.0) -> str:
    """A path with an open head at its end, or at both ends; through three points it is an arc."""
    bowed = len(points) == 3
    drawn = f"M{pair(points[0])}Q{pair(points[1])} {pair(points[2])}" if bowed else line(points)
    heads = [_head(points[-2], points[-1], head)]
    if both:
        heads.append(_head(points[1], points[0], head))
    return f'<path class="fig-cue" d="{drawn}{"".join(heads)}"/>'


def _head(before: Flat, tip: Flat, size: float) -> str:
    way = atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - size * cos(way + turn), tip[1] - size * sin(way + turn)) for turn in (0.6, -0.6)]
    return line([wings[0], tip, wings[1]])


def apart(one: Flat, other: Flat) -> float:
    """Between two points of the sheet."""
    return hypot(one[0] - other[0], one[1] - other[1])
