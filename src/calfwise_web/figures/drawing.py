"""The figure as SVG: far limbs behind, near limbs in front, the worked calf, the tool and the movement."""

from collections.abc import Callable, Sequence

from calfwise_web.figures.cues import cue, signs
from calfwise_web.figures.ink import disc, line, number, pair, smooth, stroke
from calfwise_web.figures.legs import far_leg, near_leg
from calfwise_web.figures.pen import EDGE, HALO, Pen, flat, group, pen_for
from calfwise_web.figures.pose import Figure, Pose, posed
from calfwise_web.figures.rests import HALF_ROLLER, HALF_STICK
from calfwise_web.figures.skeleton import HEAD_RADIUS, WIDE, Arm
from calfwise_web.figures.space import UP, Vector, backwards, between, minus, plus, unit
from calfwise_web.figures.surroundings import chairs, grass, ground

PACK = 32.0
BAG, POCKET = ((38.0, 22.0), (4.0, 24.0)), ((14.0, 32.0), (0.0, 33.0))
"""A rucksack and the pocket on it: up from the waist, and behind the back."""
LAP, LAP_POCKET = ((-30.0, 29.0), (2.0, 29.0)), ((-24.0, 36.0), (-4.0, 36.0))
"""The same on the knees: ahead of them, and above."""
STRAP = ((7.0, 12.0), (7.0, -6.0), (-14.0, -13.0), (-42.0, 2.0))
"""From the top of the bag over the shoulder under the arm: up from the shoulder, and behind it."""


def figure_parts(pose: Pose) -> tuple[str, Figure, Pen]:
    """The figure's markup, its joints, and the pen that drew it."""
    figure = posed(pose)
    pen = pen_for(pose, figure)
    parts: dict[str, Callable[[], str]] = {
        "far arm": lambda: _arm(pen, figure.far_arm, pose, tone="far"),
        "near arm": lambda: _arm(pen, figure.near_arm, pose, tone="near"),
        "far leg": lambda: far_leg(pen, figure.other, pose),
        "near leg": lambda: near_leg(pen, figure, pose),
        "trunk": lambda: _trunk(pen, figure, pose),
        "tool": lambda: _tool(pen, pose, figure),
        "lap": lambda: _lap(pen, figure),
        "chair": lambda: chairs(pen, pose.chairs),
    }
    drawn = [ground(pen, pose)]
    if pose.chairs and "chair" not in pose.order:
        drawn.append(parts["chair"]())
    drawn.extend(parts[name]() for name in pose.order)
    drawn += [grass(pen, pose, front=True), cue(pen, pose, figure), signs(pen, pose, figure)]
    return "".join(drawn), figure, pen


def _trunk(pen: Pen, figure: Figure, pose: Pose) -> str:
    hips, waist, chest = flat(pen, figure.hips, figure.waist, figure.chest)
    shoulders = flat(pen, figure.near_arm.shoulder, figure.far_arm.shoulder)
    width = pen.size * WIDE["torso"]
    neck = flat(pen, figure.chest, figure.head)
    strokes = [
        f'<path d="M{pair(hips)}Q{pair(waist)} {pair(chest)}" stroke-width="{number(width)}"/>',
        stroke(shoulders, pen.size * (WIDE["arm"] + 4)),
        stroke(neck, pen.size * WIDE["neck"]),
    ]
    nose = plus(figure.head, figure.gaze, HEAD_RADIUS - 2)
    head = disc(pen(figure.head), pen.size * HEAD_RADIUS) + disc(pen(nose), pen.size * 5)
    bag, strap = _pack(pen, figure) if pose.pack == "back" else ("", "")
    return bag + group("near", strokes) + strap + f'<g class="fig-head">{head}</g>'


def _pack(pen: Pen, figure: Figure) -> tuple[str, str]:
    """A rucksack on the back, and the strap that holds it."""
    along = unit(minus(figure.chest, figure.waist))
    back = backwards(along)
    ends, pocket = ([plus(plus(figure.waist, along, up), back, off) for up, off in place] for place in (BAG, POCKET))
    shoulder = figure.near_arm.shoulder
    held = [plus(plus(shoulder, along, up), back, behind) for up, behind in STRAP]
    strap = f'<path d="{smooth(flat(pen, *held))}" stroke-width="{number(pen.size * 5)}"/>'
    return _bag(pen, ends, pocket), group("bar", [strap])


def _bag(pen: Pen, ends: Sequence[Vector], pocket: Sequence[Vector]) -> str:
    body, line_on_it = flat(pen, *ends), flat(pen, *pocket)
    return (
        group("halo", [stroke(body, pen.size * PACK + HALO)])
        + group("bar", [stroke(body, pen.size * PACK)])
        + group("pocket", [stroke(line_on_it, pen.size * 4)])
    )


def _lap(pen: Pen, figure: Figure) -> str:
    """A rucksack across both knees."""
    knees = between(figure.worked.knee, figure.other.knee, 0.5)
    along = unit(minus(knees, figure.hips))
    ends, pocket = ([plus(plus(knees, along, x), UP, z) for x, z in place] for place in (LAP, LAP_POCKET))
    return _bag(pen, ends, pocket)


def _arm(pen: Pen, arm: Arm, pose: Pose, *, tone: str) -> str:
    hand = pose.near_hand if tone == "near" else pose.far_hand
    bones = [stroke(flat(pen, arm.shoulder, arm.elbow, arm.wrist), 0), stroke(flat(pen, arm.wrist, arm.tip), 0)]
    widths = [WIDE["arm"], WIDE["hand"]]
    if hand and hand.fist:
        bones[1] = stroke(flat(pen, between(arm.wrist, arm.tip, 0.6), arm.tip), 0)
        widths[1] = WIDE["hand"] + 4
    edge = EDGE if tone == "far" else 0.0
    halo = [_wide(bone, pen.size * width + HALO + edge) for bone, width in zip(bones, widths, strict=True)]
    drawn = [_wide(bone, pen.size * width) for bone, width in zip(bones, widths, strict=True)]
    rim = [_wide(bone, pen.size * width + edge) for bone, width in zip(bones, widths, strict=True)] if edge else []
    return group("halo", halo) + (group("far-edge", rim) if rim else "") + group(tone, drawn)


def _wide(drawn: str, width: float) -> str:
    return drawn.replace('stroke-width="0"', f'stroke-width="{number(width)}"')


def _tool(pen: Pen, pose: Pose, figure: Figure) -> str:
    if pose.tool is None or figure.tool_at is None:
        return ""
    radius = pen.size * pose.tool.radius
    if pose.tool.kind == "ball":
        return disc(pen(figure.tool_at), radius, "fig-tool")
    half = HALF_STICK if pose.tool.kind == "stick" else HALF_ROLLER
    ends = flat(pen, plus(figure.tool_at, figure.tool_along, -half), plus(figure.tool_at, figure.tool_along, half))
    if pose.tool.kind == "stick":
        return group("bar", [stroke(ends, 2 * radius)])
    body = f'<g class="fig-bar"><path d="{line(ends)}" stroke-width="{number(2 * radius)}"/></g>'
    return body + disc(ends[0], radius - 3, "fig-core")
