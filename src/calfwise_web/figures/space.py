"""Points and directions in space, and how the camera sees them.

The figure looks along x; y points to its left, z up. Lengths are drawing units, near enough one pixel of a phone.
"""

from math import cos, hypot, radians, sin

from msgspec import Struct

Vector = tuple[float, float, float]
Flat = tuple[float, float]
UP: Vector = (0.0, 0.0, 1.0)


def plus(one: Vector, other: Vector, times: float = 1.0) -> Vector:
    """One vector and so many times another.

    >>> plus((1, 0, 0), (0, 2, 0), 0.5)
    (1.0, 1.0, 0.0)
    """
    return (one[0] + times * other[0], one[1] + times * other[1], one[2] + times * other[2])


def minus(one: Vector, other: Vector) -> Vector:
    """From the other to the one."""
    return plus(one, other, -1.0)


def dot(one: Vector, other: Vector) -> float:
    """Their inner product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Vector, other: Vector) -> Vector:
    """Their outer product, right-handed.

    >>> cross((1, 0, 0), (0, 1, 0))
    (0, 0, 1)
    """
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


def length(one: Vector) -> float:
    """How long it is."""
    return hypot(*one)


def unit(one: Vector) -> Vector:
    """The same direction, one long."""
    size = length(one)
    return (one[0] / size, one[1] / size, one[2] / size)


def across(one: Vector, axis: Vector) -> Vector:
    """The part of a vector at right angles to an axis of length one, as a direction.

    >>> across((1, 0, 5), (0, 0, 1))
    (1.0, 0.0, 0.0)
    """
    return unit(plus(one, axis, -dot(one, axis)))


def backwards(bone: Vector, *, up: bool = True) -> Vector:
    """Square to a bone that points up, or down, and to the figure's back.

    >>> backwards((0.0, 0.0, 1.0)), backwards((0.0, 0.0, -1.0), up=False)
    ((-1.0, 0.0, 0.0), (-1.0, 0.0, -0.0))
    """
    turned = (-bone[2], 0.0, bone[0]) if up else (bone[2], 0.0, -bone[0])
    return unit(turned)


def between(one: Vector, other: Vector, share: float) -> Vector:
    """The point at a share of the way from one to the other."""
    return plus(one, minus(other, one), share)


class Camera(Struct, frozen=True):
    """Where it is seen from: 0 is the figure's right side, 90 its front; raised by the pitch. [deg]"""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float = 0.0
    """The picture is turned clockwise by so much: who stands then lies on the side."""

    def flat(self, point: Vector) -> Flat:
        """Where a point lies on the sheet, x to the right and y down.

        >>> Camera(0, 0).flat((3.0, 7.0, 2.0))
        (3.0, -2.0)
        """
        yaw, pitch = radians(self.yaw_deg), radians(self.pitch_deg)
        x, y, z = point
        nearer = x * sin(yaw) - y * cos(yaw)
        flat = (x * cos(yaw) + y * sin(yaw), -z * cos(pitch) + nearer * sin(pitch))
        if not self.roll_deg:
            return flat
        roll = radians(self.roll_deg)
        return (flat[0] * cos(roll) - flat[1] * sin(roll), flat[0] * sin(roll) + flat[1] * cos(roll))
