"""The drawing of a self-test: before it and at it, and from near what the text asks one to look at."""

from functools import cache

from calfwise.model.run import Side
from calfwise_web.figures.cues import arrow_markup
from calfwise_web.figures.drawing import figure_parts
from calfwise_web.figures.ink import line, number
from calfwise_web.figures.legs import legs_markup
from calfwise_web.figures.near import TOP, framed, near_markup, standing_pen
from calfwise_web.figures.pen import Pen
from calfwise_web.figures.pose import Figure, Pose
from calfwise_web.figures.sheet import poses_of, sheet
from calfwise_web.figures.skeleton import WIDE
from calfwise_web.figures.space import Camera, plus

NEAR, FRONT = 1.15, 0.54
"""Sizes of the close-ups of the ruler, and of the legs from the front."""
LIFT = 30.0
TICK_EVERY, TICK = 6.0, 5.0


@cache
def self_test_poses() -> dict[str, Pose]:
    """Every pose of selftests.toml."""
    return poses_of("selftests.toml")


def self_test_svg(test: str, *, up: bool, side: Side) -> str:
    """A self-test before it (`up` false) or at it, for the left or the right leg.

    Needs figures.css, and `defs_svg()` once on the page.
    """
    pose = self_test_poses()[f"{test}-{'up' if up else 'down'}"]
    markup, figure, pen = figure_parts(pose)
    near = near_markup(pose, figure, pose.near) if pose.near else ""
    if test == "knee-to-wall":
        near = _ruler(pose, figure)
    elif test == "single-leg-squat":
        near = _from_front(pose, figure)
    if pose.cue == "lift":
        markup += _lift(test, figure, pen)
    return sheet(markup + near, "", side, f"{side.capitalize()} leg: {pose.says}.")


def _lift(test: str, figure: Figure, pen: Pen) -> str:
    """An arrow up: of the hips, or of the upper leg."""
    if test == "bridge-hold":
        start = plus(figure.hips, (0.0, 0.0, -1.0), WIDE["torso"] / 2 + LIFT)
        return arrow_markup([pen(start), pen(plus(start, (0.0, 0.0, 1.0), LIFT - 4))])
    x, y = pen(figure.worked.ankle)
    return arrow_markup([(x, y + LIFT + 36), (x - 3, y + 26)])


def _ruler(pose: Pose, figure: Figure) -> str:
    """The front foot, the wall, and the ruler between them."""
    wall = pose.wall or 0.0
    pen = standing_pen(figure.camera, figure.worked.ball, size=NEAR)
    left, right = _toe(figure), wall
    marks = [
        [
            pen((left + at * TICK_EVERY, figure.worked.ball[1], 0.0)),
            pen((left + at * TICK_EVERY, figure.worked.ball[1], -TICK)),
        ]
        for at in range(int((right - left) / TICK_EVERY) + 1)
    ]
    ends = [pen((left, figure.worked.ball[1], -2.5)), pen((right, figure.worked.ball[1], -2.5))]
    ruler = f'<g class="fig-bar"><path d="{line(ends)}" stroke-width="5"/></g>' + "".join(
        f'<path class="fig-floor" d="{line(mark)}"/>' for mark in marks
    )
    x, _ = pen((wall, 0.0, 0.0))
    wall_line = f'<path class="fig-floor" d="M{number(x)} {number(TOP)}V{number(pen.top)}"/>'
    return framed(pen, legs_markup(pen, figure, pose, far=False) + wall_line + ruler)


def _toe(figure: Figure) -> float:
    return figure.worked.toes[0] + WIDE["foot"] / 2


def _from_front(pose: Pose, figure: Figure) -> str:
    """Both legs from the front, with the line that hip, knee and foot should keep."""
    pen = standing_pen(Camera(90.0, 0.0), figure.hips, size=FRONT)
    top, bottom = pen(plus(figure.worked.hip, (0.0, 0.0, 1.0), 20)), pen((0.0, figure.worked.ankle[1], 0.0))
    straight = f'<path class="fig-cue fig-plumb" d="M{number(bottom[0])} {number(top[1])}V{number(bottom[1])}"/>'
    return framed(pen, legs_markup(pen, figure, pose, far=True, hips=True) + straight)
