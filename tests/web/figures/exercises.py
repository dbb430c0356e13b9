"""The exercises and their drawn poses, for both files of tests."""

from calfwise_web.figures import skeleton
from calfwise_web.figures.exercises import exercise_poses
from calfwise_web.figures.pose import Figure, Pose, posed
from calfwise_web.figures.skeleton import WIDE, Leg
from calfwise_web.figures.space import Vector, minus

TO_AND_FRO = (
    "ankle-rocks", "ankling", "clam", "glute-bridge", "heel-flicks", "heel-raises-bent", "heel-raises-loaded",
    "heel-raises-seated", "heel-raises-straight", "high-knees", "leg-swings", "march", "side-lying-raise",
    "single-leg-bridge", "skip", "step-up",
)  # fmt: skip
GOES_ON = (
    "cadence-run", "easy-run", "grass-barefoot", "jog-easy", "run-between-walks", "strides", "tempo-run", "walk",
    "walk-brisk",
)  # fmt: skip
EXERCISES = TO_AND_FRO + GOES_ON
DRILLS = ("ankling", "heel-flicks", "high-knees", "march", "skip")
POSES = list(exercise_poses())
FOOT_LONG = skeleton.HEEL_BACK + skeleton.BALL_AHEAD + skeleton.TOES + WIDE["foot"]


def pose(name: str) -> Pose:
    return exercise_poses()[name]


def figure(name: str) -> Figure:
    return posed(pose(name))


def legs(name: str) -> tuple[Leg, Leg]:
    found = figure(name)
    return found.worked, found.other


def ground_under(name: str, x: float) -> float:
    """How high floor or steps are there."""
    return max([0.0, *(block.height for block in pose(name).blocks if block.rear <= x <= block.front)])


def off_ground(name: str, leg: Leg) -> float:
    """How far a foot is above what lies under it; below 0 it has sunk in."""
    return min(point[2] - WIDE["foot"] / 2 - ground_under(name, point[0]) for point in (leg.heel, leg.ball, leg.toes))


def trunk(of: Figure) -> Vector:
    return minus(of.hips, of.chest)
