"""What the figure does, shown again from near in a frame."""

from calfwise_web.figures.cues import arrows, rise
from calfwise_web.figures.ink import number
from calfwise_web.figures.legs import far_leg, near_leg
from calfwise_web.figures.pen import FLOOR_Y, SHEET_WIDTH, Pen
from calfwise_web.figures.pose import Figure, Pose
from calfwise_web.figures.rests import Near
from calfwise_web.figures.space import Camera, Vector
from calfwise_web.figures.surroundings import blocks, grass

WIDTH, HEIGHT = 132.0, 150.0
FLOOR_ABOVE_EDGE = 18.0
LEFT, TOP = SHEET_WIDTH - WIDTH - 12, FLOOR_Y - HEIGHT - 26


def near_markup(pose: Pose, figure: Figure, near: Near) -> str:
    """Lower legs and feet, larger and framed."""
    pen = near_pen(figure.camera, near)
    edges = (LEFT, LEFT + WIDTH)
    behind = blocks(pen, pose.blocks) + grass(pen, pose, front=False, edges=edges)
    legs = far_leg(pen, figure.other, pose) + near_leg(pen, figure, pose, toes=pose.grass)
    before = grass(pen, pose, front=True, edges=edges)
    way = rise(pen, figure.worked) if pose.cue == "rise" else arrows(pen, pose, inside=edges)
    return framed(pen, behind + legs + before + way)


def near_pen(camera: Camera, near: Near) -> Pen:
    """A pen for the frame, with a place of the figure in its middle."""
    x, y = camera.flat(near.at)
    return Pen(camera, near.size, LEFT + WIDTH / 2 - near.size * x, TOP + HEIGHT / 2 - near.size * y)


def standing_pen(camera: Camera, middle: Vector, *, size: float) -> Pen:
    """The same, with the floor near the frame's lower edge."""
    return near_pen(camera, Near(at=(middle[0], middle[1], (HEIGHT / 2 - FLOOR_ABOVE_EDGE) / size), size=size))


def framed(pen: Pen, drawn: str) -> str:
    """A drawing in the frame, on its floor."""
    place = f'x="{number(LEFT)}" y="{number(TOP)}" width="{number(WIDTH)}" height="{number(HEIGHT)}"'
    box = f"{number(LEFT)} {number(TOP)} {number(WIDTH)} {number(HEIGHT)}"
    floor = f'<path class="fig-floor" d="M{number(LEFT)} {number(pen.top)}H{number(LEFT + WIDTH)}"/>'
    seen = f'<svg class="fig-inset" {place} viewBox="{box}">{floor}{drawn}</svg>'
    edge = f'<rect class="fig-edge" {place} rx="12"/>'
    return f'<rect class="fig-frame" {place} rx="12"/><g class="fig-framed">{seen}</g>{edge}'
