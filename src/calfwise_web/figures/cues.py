"""The movement, in the accent: arrows, the spot that is pressed, and signs beside the figure."""

from collections.abc import Sequence

from calfwise_web.figures.ink import apart, arrow, disc, line
from calfwise_web.figures.pen import SHEET_WIDTH, Pen, flat
from calfwise_web.figures.pose import Figure, Pose
from calfwise_web.figures.skeleton import WIDE, Leg
from calfwise_web.figures.space import UP, Flat, plus

TOUCH_RADIUS = 12.0


def cue(pen: Pen, pose: Pose, figure: Figure) -> str:
    """The movement, in the accent."""
    leg = figure.worked
    if pose.cue == "press":
        top = plus(leg.on_calf(figure.share), figure.touch_out, -(WIDE["calf"] / 2 + 6))
        return arrow_markup(flat(pen, plus(top, figure.touch_out, -26), top))
    if pose.cue == "touch":
        at = pen(figure.touch)
        return disc(at, TOUCH_RADIUS, "fig-cue rim") + disc(at, TOUCH_RADIUS, "fig-cue")
    if pose.cue == "across":
        return arrow_markup(_bow(pen, leg, at=figure.share - 0.2, deep=0.0, half=16.0), both=True)
    if pose.cue == "up":
        return arrow_markup(flat(pen, *(plus(leg.on_calf(at), figure.touch_out, 4) for at in (0.62, 0.1))))
    if pose.cue == "slide":
        start = plus(leg.on_calf(0.5), leg.ahead, 25)
        return arrow_markup(flat(pen, start, plus(start, leg.down, 42)))
    if pose.cue == "turn":
        return arrow_markup(_bow(pen, leg, at=0.86, deep=22.0, half=20.0), both=True)
    if pose.cue == "rise":
        return rise(pen, leg)
    return arrows(pen, pose)


def arrows(pen: Pen, pose: Pose, *, inside: tuple[float, float] = (0.0, SHEET_WIDTH)) -> str:
    """The pose's own, that begin and end between two edges."""
    drawn = (flat(pen, *points) for points in pose.arrows)
    return "".join(arrow_markup(points) for points in drawn if all(inside[0] < x < inside[1] for x, _ in points))


def arrow_markup(points: Sequence[Flat], *, both: bool = False) -> str:
    """An arrow with a rim, so that it reads on any limb."""
    drawn = arrow(points, both=both)
    return drawn.replace("fig-cue", "fig-cue rim") + drawn


def _bow(pen: Pen, leg: Leg, *, at: float, deep: float, half: float) -> list[Flat]:
    """A bow across the calf as it is seen, so many units deep towards the knee."""
    middle, lower = pen(leg.on_calf(at)), pen(leg.on_calf(at + 0.1))
    size = apart(middle, lower)
    along = ((lower[0] - middle[0]) / size, (lower[1] - middle[1]) / size)
    return [
        (middle[0] + along[0] * ahead - along[1] * side, middle[1] + along[1] * ahead + along[0] * side)
        for ahead, side in ((deep / 4, -half), (-deep, 0.0), (deep / 4, half))
    ]


def rise(pen: Pen, leg: Leg) -> str:
    """Up, behind the heel."""
    start = plus(leg.heel, leg.ahead, -18)
    return arrow_markup(flat(pen, start, plus(start, UP, 40)))


def signs(pen: Pen, pose: Pose, figure: Figure) -> str:
    """A metronome that beats, and lines behind one who is quick."""
    return (METRONOME if pose.beat else "") + _haste(pen, pose.quick, figure)


def _haste(pen: Pen, lines: int, figure: Figure) -> str:
    drawn = []
    for at in range(lines):
        height = figure.hips[2] + 12 + (figure.chest[2] - figure.hips[2] - 4) * (at + 0.5) / lines
        start = (figure.waist[0] - 74 - 14 * (at % 2), 0.0, height)
        drawn.append(line(flat(pen, start, plus(start, (-1.0, 0.0, 0.0), 38))))
    return f'<path class="fig-cue" d="{"".join(drawn)}"/>' if drawn else ""


METRONOME = (
    '<g class="fig-mark"><path d="M262 118L276 58Q278 50 286 50H290Q298 50 300 58L314 118Z"/></g>'
    '<path class="fig-cue" d="M262 104H314M288 104L268 46M250 66Q244 52 250 38M326 66Q332 52 326 38"/>'
    '<circle class="fig-tool" cx="276" cy="69" r="6.5"/>'
)
"""Its pendulum to one side; sheet units."""
