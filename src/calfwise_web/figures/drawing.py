"""The figure as SVG: far limbs behind, near limbs in front, the worked calf, the tool and the movement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import radians, sin

from calfwise_web.figures.ink import apart, arrow, disc, line, number, pair, stroke
from calfwise_web.figures.pose import HALF_ROLLER, HALF_STICK, Chair, Figure, Pose, posed
from calfwise_web.figures.skeleton import HEAD_RADIUS, WIDE, Arm, Leg
from calfwise_web.figures.space import UP, Camera, Flat, Vector, between, plus

SHEET_WIDTH, SHEET_HEIGHT = 360.0, 250.0
FLOOR_Y, HIPS_X = 236.0, 130.0
HALO, EDGE = 4.0, 2.4
MAT_RADIUS, TOUCH_RADIUS = 130.0, 12.0
FEET_FRAME, FEET_SIZE = (132.0, 150.0), 1.25


@dataclass(frozen=True, slots=True)
class Pen:
    """Puts points of space on the sheet."""

    camera: Camera
    size: float
    left: float
    top: float
    """Where the floor lies."""

    def __call__(self, point: Vector) -> Flat:
        x, y = self.camera.flat(point)
        return (self.left + self.size * x, self.top + self.size * y)


def pen_for(pose: Pose, figure: Figure) -> Pen:
    """The pen that puts a pose at its place of the sheet."""
    middle_x, _ = figure.camera.flat((pose.hips[0], pose.hips[1], 0.0))
    return Pen(figure.camera, pose.size, HIPS_X + pose.shift[0] - pose.size * middle_x, FLOOR_Y + pose.shift[1])


def figure_parts(pose: Pose) -> tuple[str, Figure, Pen]:
    """The figure's markup, its joints, and the pen that drew it."""
    figure = posed(pose)
    pen = pen_for(pose, figure)
    parts: dict[str, Callable[[], str]] = {
        "far arm": lambda: _arm(pen, figure.far_arm, pose, tone="far"),
        "near arm": lambda: _arm(pen, figure.near_arm, pose, tone="near"),
        "far leg": lambda: _far_leg(pen, figure.other),
        "near leg": lambda: _worked(pen, figure.worked),
        "trunk": lambda: _trunk(pen, figure),
        "tool": lambda: _tool(pen, pose, figure),
        "chair": lambda: _chairs(pen, pose.chairs),
    }
    drawn = [_ground(pen, pose)]
    if pose.chairs and "chair" not in pose.order:
        drawn.append(parts["chair"]())
    drawn.extend(parts[name]() for name in pose.order)
    drawn.append(_cue(pen, pose, figure))
    return "".join(drawn), figure, pen


def _flat(pen: Pen, *points: Vector) -> list[Flat]:
    return [pen(point) for point in points]


def _group(tone: str, strokes: Sequence[str]) -> str:
    return f'<g class="fig-{tone}">{"".join(strokes)}</g>'


def _leg(pen: Pen, leg: Leg, *, more: float = 0.0) -> list[str]:
    return [
        stroke(_flat(pen, leg.hip, leg.knee), pen.size * WIDE["thigh"] + more),
        stroke(_flat(pen, leg.knee, leg.ankle), pen.size * WIDE["calf"] + more),
        _foot(pen, leg, more=more),
    ]


def _far_leg(pen: Pen, leg: Leg) -> str:
    """With an edge round the whole leg, so that its tone stands off any ground."""
    return _group("far-edge", _leg(pen, leg, more=EDGE)) + _group("far", _leg(pen, leg))


def _foot(pen: Pen, leg: Leg, *, more: float = 0.0) -> str:
    return stroke(_flat(pen, leg.heel, leg.ball, leg.toes), pen.size * WIDE["foot"] + more)


def _worked(pen: Pen, leg: Leg) -> str:
    thigh = _group("near", [stroke(_flat(pen, leg.hip, leg.knee), pen.size * WIDE["thigh"])])
    return thigh + _worked_calf(pen, leg)


def _worked_calf(pen: Pen, leg: Leg) -> str:
    foot = _group("near", [_foot(pen, leg)])
    points = _flat(pen, leg.knee, leg.ankle)
    return (
        foot
        + _group("halo", [stroke(points, pen.size * WIDE["calf"] + HALO)])
        + _group("work", [stroke(points, pen.size * WIDE["calf"])])
    )


def _trunk(pen: Pen, figure: Figure) -> str:
    hips, waist, chest = _flat(pen, figure.hips, figure.waist, figure.chest)
    shoulders = _flat(pen, figure.near_arm.shoulder, figure.far_arm.shoulder)
    width = pen.size * WIDE["torso"]
    neck = _flat(pen, figure.chest, figure.head)
    strokes = [
        f'<path d="M{pair(hips)}Q{pair(waist)} {pair(chest)}" stroke-width="{number(width)}"/>',
        stroke(shoulders, pen.size * (WIDE["arm"] + 4)),
        stroke(neck, pen.size * WIDE["neck"]),
    ]
    nose = plus(figure.head, figure.gaze, HEAD_RADIUS - 2)
    head = disc(pen(figure.head), pen.size * HEAD_RADIUS) + disc(pen(nose), pen.size * 5)
    return _group("near", strokes) + f'<g class="fig-head">{head}</g>'


def _arm(pen: Pen, arm: Arm, pose: Pose, *, tone: str) -> str:
    hand = pose.near_hand if tone == "near" else pose.far_hand
    bones = [stroke(_flat(pen, arm.shoulder, arm.elbow, arm.wrist), 0), stroke(_flat(pen, arm.wrist, arm.tip), 0)]
    widths = [WIDE["arm"], WIDE["hand"]]
    if hand and hand.fist:
        bones[1] = stroke(_flat(pen, between(arm.wrist, arm.tip, 0.6), arm.tip), 0)
        widths[1] = WIDE["hand"] + 4
    edge = EDGE if tone == "far" else 0.0
    halo = [_wide(bone, pen.size * width + HALO + edge) for bone, width in zip(bones, widths, strict=True)]
    drawn = [_wide(bone, pen.size * width) for bone, width in zip(bones, widths, strict=True)]
    rim = [_wide(bone, pen.size * width + edge) for bone, width in zip(bones, widths, strict=True)] if edge else []
    return _group("halo", halo) + (_group("far-edge", rim) if rim else "") + _group(tone, drawn)


def _wide(drawn: str, width: float) -> str:
    return drawn.replace('stroke-width="0"', f'stroke-width="{number(width)}"')


def _tool(pen: Pen, pose: Pose, figure: Figure) -> str:
    if pose.tool is None or figure.tool_at is None:
        return ""
    radius = pen.size * pose.tool.radius
    if pose.tool.kind == "ball":
        return disc(pen(figure.tool_at), radius, "fig-tool")
    half = HALF_STICK if pose.tool.kind == "stick" else HALF_ROLLER
    ends = _flat(pen, plus(figure.tool_at, figure.tool_along, -half), plus(figure.tool_at, figure.tool_along, half))
    if pose.tool.kind == "stick":
        return _group("bar", [stroke(ends, 2 * radius)])
    body = f'<g class="fig-bar"><path d="{line(ends)}" stroke-width="{number(2 * radius)}"/></g>'
    return body + disc(ends[0], radius - 3, "fig-core")


def _ground(pen: Pen, pose: Pose) -> str:
    if pose.pitch_deg:
        x, y = pen((pose.hips[0] + 30, pose.hips[1], 0.0))
        across, deep = pen.size * MAT_RADIUS, pen.size * MAT_RADIUS * sin(radians(pose.pitch_deg))
        return f'<ellipse class="fig-mat" cx="{number(x)}" cy="{number(y)}" rx="{number(across)}" ry="{number(deep)}"/>'
    level = FLOOR_Y if pose.roll_deg else pen.top
    floor = f'<path class="fig-floor" d="M8 {number(level)}H{number(SHEET_WIDTH - 8)}"/>'
    if pose.wall is None:
        return floor
    x, _ = pen((pose.wall, 0.0, 0.0))
    return floor + f'<path class="fig-floor" d="M{number(x)} {number(pen.top)}V12"/>'


def _chairs(pen: Pen, chairs: Sequence[Chair]) -> str:
    return "".join(_chair(pen, chair) for chair in chairs)


def _chair(pen: Pen, chair: Chair) -> str:
    rear = chair.front - chair.faces * chair.deep
    top = chair.height - 4
    seat = [(chair.front, -1), (chair.front, 1), (rear, 1), (rear, -1)]
    corners = _flat(pen, *((x, side * chair.half, top) for x, side in seat))
    legs = [_flat(pen, (x, side * chair.half, top), (x, side * chair.half, 2.0)) for x, side in seat]
    drawn = [stroke(leg, 4) for leg in legs]
    drawn.append(f'<path class="fig-seat" d="{line(corners)}Z" stroke-width="8"/>')
    if chair.back:
        lean = rear - chair.faces * 10
        posts = [_flat(pen, (rear, side * chair.half, top), (lean, side * chair.half, top + 88)) for side in (-1, 1)]
        drawn.extend(stroke(post, 4) for post in posts)
        drawn.append(stroke([posts[0][1], posts[1][1]], 8))
    return f'<g class="fig-chair">{"".join(drawn)}</g>'


def _cue(pen: Pen, pose: Pose, figure: Figure) -> str:
    """The movement, in the accent."""
    leg = figure.worked
    if pose.cue == "press":
        top = plus(leg.on_calf(figure.share), figure.touch_out, -(WIDE["calf"] / 2 + 6))
        return arrow_markup(_flat(pen, plus(top, figure.touch_out, -26), top))
    if pose.cue == "touch":
        at = pen(figure.touch)
        return disc(at, TOUCH_RADIUS, "fig-cue rim") + disc(at, TOUCH_RADIUS, "fig-cue")
    if pose.cue == "across":
        return arrow_markup(_bow(pen, leg, at=figure.share - 0.2, deep=0.0, half=16.0), both=True)
    if pose.cue == "up":
        return arrow_markup(_flat(pen, *(plus(leg.on_calf(at), figure.touch_out, 4) for at in (0.62, 0.1))))
    if pose.cue == "slide":
        start = plus(leg.on_calf(0.5), leg.ahead, 25)
        return arrow_markup(_flat(pen, start, plus(start, leg.down, 42)))
    if pose.cue == "turn":
        return arrow_markup(_bow(pen, leg, at=0.86, deep=22.0, half=20.0), both=True)
    if pose.cue == "rise":
        return _rise(pen, leg)
    return ""


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


def legs_markup(pen: Pen, figure: Figure, *, far: bool, hips: bool = False) -> str:
    """The worked leg, with the other one behind it and the hips above where told."""
    across = [stroke(_flat(pen, figure.worked.hip, figure.other.hip), pen.size * WIDE["thigh"])] if hips else []
    return (_far_leg(pen, figure.other) if far else "") + _group("near", across) + _worked(pen, figure.worked)


def _rise(pen: Pen, leg: Leg) -> str:
    start = plus(leg.heel, leg.ahead, -18)
    return arrow_markup(_flat(pen, start, plus(start, UP, 40)))


def feet_markup(figure: Figure, *, left: float, top: float, rising: bool) -> str:
    """Both lower legs and feet, larger and framed: is the heel up or down?"""
    width, height = FEET_FRAME
    middle_x, _ = figure.camera.flat(figure.worked.ball)
    pen = Pen(figure.camera, FEET_SIZE, left + 0.62 * width - FEET_SIZE * middle_x, top + height - 18)
    place = f'x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}"'
    legs = _far_leg(pen, figure.other) + _worked_calf(pen, figure.worked)
    floor = f'<path class="fig-floor" d="M{number(left)} {number(pen.top)}H{number(left + width)}"/>'
    return (
        f'<rect class="fig-frame" {place} rx="12"/><svg class="fig-inset" {place} '
        f'viewBox="{number(left)} {number(top)} {number(width)} {number(height)}">{floor}{legs}'
        f'{_rise(pen, figure.worked) if rising else ""}</svg><rect class="fig-edge" {place} rx="12"/>'
    )
