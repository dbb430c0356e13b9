"""The drawing of an exercise: one picture, or two where there is a way to go, both legs or the one whose turn it is."""

from functools import cache

from msgspec.structs import replace

from calfwise.model.run import Side
from calfwise_web.figures.drawing import figure_parts
from calfwise_web.figures.ink import number
from calfwise_web.figures.near import near_markup
from calfwise_web.figures.pose import Pose
from calfwise_web.figures.sheet import poses_of, sheet

ASIDE = 114.0
"""From one figure to the next, where three are drawn."""


@cache
def exercise_poses() -> dict[str, Pose]:
    """Every pose of exercises.toml."""
    return poses_of("exercises.toml")


def exercise_pictures(protocol: str) -> int:
    """2 where an exercise goes up and down or to and fro, 1 where one goes on alike.

    >>> exercise_pictures("heel-raises-bent")
    2
    """
    return 1 if protocol in exercise_poses() else 2


def exercise_svg(protocol: str, *, up: bool = False, side: Side | None = None) -> str:
    """An exercise before it (`up` false) or at it, on both legs, or with the left or the right one.

    Needs figures.css.
    """
    pose = pose_of(protocol, up=up, side=side)
    markup, figure, _ = figure_parts(pose)
    near = near_markup(pose, figure, pose.near) if pose.near else ""
    if pose.behind:
        markup = _company(pose) + markup
    told = f"{side.capitalize()} leg: {pose.says}." if side else f"{pose.says[0].upper()}{pose.says[1:]}."
    return sheet(markup + near, "", side or Side.RIGHT, told, top=pose.top)


def pose_of(protocol: str, *, up: bool, side: Side | None) -> Pose:
    """The pose of an exercise: its own for one leg, where it has that."""
    found = exercise_poses()
    phase = "" if exercise_pictures(protocol) == 1 else "-up" if up else "-down"
    one = f"{protocol}-one{phase}"
    return found[one if side and one in found else f"{protocol}{phase}"]


def _company(pose: Pose) -> str:
    """The same figure twice more and faintly: what comes before, and what comes after."""
    other = replace(exercise_poses()[pose.behind], size=pose.size, shift=pose.shift, arrows=(), floor=False)
    markup, _, _ = figure_parts(other)
    faint = '<g class="fig-faint" transform="translate({} 0)">{}</g>'
    return "".join(faint.format(number(aside), markup) for aside in (-ASIDE, ASIDE))
