"""The figure's bones: lengths that never change, and joints worked out from where its ends rest.

Own proportions, a grown person's: thigh and lower leg are each about a quarter of the height.
"""

from math import acos, degrees, sqrt

from msgspec import Struct

from calfwise.errors import BadContent
from calfwise_web.figures.space import Vector, across, between, cross, dot, length, minus, plus, unit

TRUNK, NECK = 98.0, 46.0
THIGH, CALF = 96.0, 94.0
UPPER_ARM, FOREARM, HAND = 64.0, 54.0, 17.0
ANKLE_HEIGHT, HEEL_BACK, BALL_AHEAD, TOES = 15.0, 9.0, 26.0, 10.0
HALF_HIPS, HALF_SHOULDERS = 12.0, 18.0
WIDE = {"torso": 34, "thigh": 26, "calf": 22, "arm": 15, "neck": 13, "foot": 13, "hand": 12}
"""Stroke of each part."""
HEAD_RADIUS = 21.0


class Leg(Struct, frozen=True):
    """One leg's joints, and which way its calf faces."""

    hip: Vector
    knee: Vector
    ankle: Vector
    heel: Vector
    ball: Vector
    """Where the toes begin to bend."""
    toes: Vector
    ahead: Vector
    """From the calf towards the shin."""
    inwards: Vector
    """From the calf's outer half towards its inner half."""

    @property
    def down(self) -> Vector:
        """From knee to ankle, one long."""
        return unit(minus(self.ankle, self.knee))

    def on_calf(self, share: float) -> Vector:
        """A point of the bone, at a share of the way from knee to ankle."""
        return between(self.knee, self.ankle, share)

    def facing(self, inner: float, back: float) -> Vector:
        """A direction round the calf: inner half 1 to outer -1, back 1 to shin -1."""
        return unit(plus(plus((0.0, 0.0, 0.0), self.inwards, inner), self.ahead, -back))

    @property
    def knee_deg(self) -> float:
        """0 is straight. [deg]"""
        return angle_deg(minus(self.knee, self.hip), minus(self.ankle, self.knee))

    @property
    def lowest(self) -> float:
        """Of its foot."""
        return min(self.heel[2], self.ball[2], self.toes[2]) - WIDE["foot"] / 2

    @property
    def foot_deg(self) -> float:
        """Foot against the lower leg: 90 is a right angle, more is toes pointed. [deg]"""
        return 180 - angle_deg(self.down, minus(self.ball, self.heel))


class Arm(Struct, frozen=True):
    """One arm's joints."""

    shoulder: Vector
    elbow: Vector
    wrist: Vector
    tip: Vector

    @property
    def elbow_deg(self) -> float:
        """0 is straight. [deg]"""
        return angle_deg(minus(self.elbow, self.shoulder), minus(self.wrist, self.elbow))


def angle_deg(one: Vector, other: Vector) -> float:
    """Between two directions. [deg]

    >>> round(angle_deg((1, 0, 0), (0, 0, 2)))
    90
    """
    return degrees(acos(max(-1.0, min(1.0, dot(unit(one), unit(other))))))


def middle_joint(root: Vector, end: Vector, *, first: float, second: float, towards: Vector) -> Vector:
    """Knee or elbow, when both ends of a limb are known: it bends towards a direction.

    >>> middle_joint((0, 0, 0), (8, 0, 0), first=5, second=5, towards=(0, 0, 1))
    (4.0, 0.0, 3.0)

    Raises
    ------
    BadContent
        If the two bones cannot span the way, or not fold so far.
    """
    way = length(minus(end, root))
    if not abs(first - second) < way <= first + second:
        raise BadContent(f"{first:g} and {second:g} long, {way:.1f} to span from {root} to {end}")
    along = (first**2 - second**2 + way**2) / (2 * way)
    axis = unit(minus(end, root))
    return plus(plus(root, axis, along), across(towards, axis), sqrt(max(0.0, first**2 - along**2)))


def leg(
    hip: Vector,
    knee: Vector,
    ankle: Vector,
    *,
    bends: Vector,
    sign: float,
    foot: Vector | None,
    pointed: float,
    tiptoe: bool = False,
) -> Leg:
    """A leg from its joints; `sign` is +1 for the right leg. The foot lies as told, or hangs loose.

    On tiptoe the toes stay level while the heel is high.
    """
    down = unit(minus(ankle, knee))
    ahead = across(bends, down)
    inwards = cross(down, ahead)
    forward = unit(foot) if foot else unit(plus(ahead, down, pointed))
    sole = across(down, forward)
    under = plus(ankle, sole, ANKLE_HEIGHT - WIDE["foot"] / 2)
    ball = plus(under, forward, BALL_AHEAD)
    return Leg(
        hip=hip, knee=knee, ankle=ankle, ahead=ahead,
        inwards=(-sign * inwards[0], -sign * inwards[1], -sign * inwards[2]),
        heel=plus(under, forward, -HEEL_BACK), ball=ball,
        toes=plus(ball, unit((forward[0], forward[1], 0.0)) if tiptoe else forward, TOES),
    )  # fmt: skip
