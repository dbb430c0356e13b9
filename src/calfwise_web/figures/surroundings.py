"""What stands around the figure: floor, grass, wall, chair, step and post."""

from collections.abc import Sequence
from math import cos, radians, sin

from calfwise_web.figures.ink import line, number, stroke
from calfwise_web.figures.pen import EDGE, SHEET_WIDTH, Pen, flat, group
from calfwise_web.figures.pose import Pose
from calfwise_web.figures.rests import Bar, Block, Chair
from calfwise_web.figures.space import Vector, plus

MAT_RADIUS, MAT_DEEP = 130.0, 78.0
LYING: Vector = (14.0, 27.0, 12.0)
"""From the hips to the middle of the mat that one lies on, on the side."""


def ground(pen: Pen, pose: Pose) -> str:
    """The floor, and what stands on it behind the figure."""
    if not pose.floor:
        return ""
    if pose.pitch_deg:
        x, y = pen((pose.hips[0] + 30, pose.hips[1], 0.0))
        across, deep = pen.size * MAT_RADIUS, pen.size * MAT_RADIUS * sin(radians(pose.pitch_deg))
        return f'<ellipse class="fig-mat" cx="{number(x)}" cy="{number(y)}" rx="{number(across)}" ry="{number(deep)}"/>'
    if pose.roll_deg:
        _, y = pen(plus(pose.hips, LYING))
        deep = pen.size * MAT_DEEP * cos(radians(pose.yaw_deg))
        return (
            f'<ellipse class="fig-mat" cx="{number(SHEET_WIDTH / 2)}" cy="{number(y)}" rx="172" ry="{number(deep)}"/>'
        )
    floor = f'<path class="fig-floor" d="M8 {number(pen.top)}H{number(SHEET_WIDTH - 8)}"/>'
    floor += blocks(pen, pose.blocks) + _bars(pen, pose.bars) + grass(pen, pose, front=False)
    if pose.wall is None:
        return floor
    x, _ = pen((pose.wall, 0.0, 0.0))
    return floor + f'<path class="fig-floor" d="M{number(x)} {number(pen.top)}V12"/>'


def blocks(pen: Pen, standing: Sequence[Block]) -> str:
    """Steps: their tops and their sides."""
    return "".join(_block(pen, block) for block in standing)


def _block(pen: Pen, block: Block) -> str:
    near, far, top = -block.half, block.half, block.height
    end = [(near, 0.0), (near, top), (far, top), (far, 0.0)]
    side = [(block.rear, 0.0), (block.rear, top), (block.front, top), (block.front, 0.0)]
    rear = line(flat(pen, *((block.rear, y, z) for y, z in end)))
    long = line(flat(pen, *((x, near, z) for x, z in side)))
    return f'<g class="fig-block"><path d="{rear}Z"/><path d="{long}Z"/></g>'


def _bars(pen: Pen, standing: Sequence[Bar]) -> str:
    return "".join(
        group(tone, [stroke(flat(pen, *bar.ends), pen.size * bar.wide + more)])
        for bar in standing
        for tone, more in (("far-edge", EDGE), ("far", 0.0))
    )


def grass(pen: Pen, pose: Pose, *, front: bool, edges: tuple[float, float] = (10.0, SHEET_WIDTH - 10)) -> str:
    """Blades behind the feet, and lower ones before them, from edge to edge of the sheet or of a frame."""
    if not pose.grass:
        return ""
    step, tall = (13.0, pen.size * 8) if front else (6.5, pen.size * 22)
    blades = []
    for at in range(int((edges[1] - edges[0]) / step)):
        leans, high = sin(at * 12.9 + front) * tall / 3, tall * (0.75 + 0.25 * sin(at * 7.7))
        x = edges[0] + step * (at + 0.5 + 0.4 * sin(at * 5.3))
        blades.append(f"M{x:.0f} {pen.top:.0f}q{leans / 5:.0f}-{high * 0.6:.0f} {leans:.0f}-{high:.0f}")
    return f'<path class="fig-grass" d="{"".join(blades)}"/>'


def chairs(pen: Pen, standing: Sequence[Chair]) -> str:
    """Chairs, and low tables."""
    return "".join(_chair(pen, chair) for chair in standing)


def _chair(pen: Pen, chair: Chair) -> str:
    rear = chair.front - chair.faces * chair.deep
    top = chair.height - 4
    seat = [(chair.front, -1), (chair.front, 1), (rear, 1), (rear, -1)]
    corners = flat(pen, *((x, side * chair.half, top) for x, side in seat))
    legs = [flat(pen, (x, side * chair.half, top), (x, side * chair.half, 2.0)) for x, side in seat]
    drawn = [stroke(leg, 4) for leg in legs]
    drawn.append(f'<path class="fig-seat" d="{line(corners)}Z" stroke-width="8"/>')
    if chair.back:
        lean = rear - chair.faces * 10
        posts = [flat(pen, (rear, side * chair.half, top), (lean, side * chair.half, top + 88)) for side in (-1, 1)]
        drawn.extend(stroke(post, 4) for post in posts)
        drawn.append(stroke([posts[0][1], posts[1][1]], 8))
    return f'<g class="fig-chair">{"".join(drawn)}</g>'
