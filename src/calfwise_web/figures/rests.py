"""What a pose is told: where feet, calf and hands rest, how limbs swing, and the things around."""

from typing import Literal

from msgspec import Struct

from calfwise_web.figures.space import UP, Vector


class FootAt(Struct, frozen=True, forbid_unknown_fields=True, tag_field="rests", tag="foot"):
    """A leg whose ankle is given: on the floor when `flat`, else where told, the foot hanging loose."""

    ankle: Vector
    bends: Vector = (1.0, 0.0, 1.0)
    """Which way the knee points."""
    heading: Vector = (1.0, 0.0, 0.0)
    """Which way the toes point."""
    loose: bool = False
    """The foot hangs, whatever the heading."""
    pointed: float = 0.35
    tiptoe: bool = False


class CalfOn(Struct, frozen=True, forbid_unknown_fields=True, tag_field="rests", tag="calf"):
    """A leg whose calf lies on something round: a tool, the other knee, the other thigh."""

    share: float
    """Where on the calf: 0 the knee, 1 the ankle."""
    thing: Literal["tool", "other knee", "other thigh"]
    bends: Vector = (0.0, 0.0, 1.0)
    thigh_share: float = 0.8
    """Where on the other thigh."""
    presses: Vector = UP
    """From the thing to the calf."""
    pointed: float = 0.35


class Swings(Struct, frozen=True, forbid_unknown_fields=True, tag_field="rests", tag="air"):
    """A leg in the air, by its angles."""

    thigh_deg: float
    """Against hanging straight down, forward is more. [deg]"""
    knee_deg: float
    """0 is straight. [deg]"""
    foot_deg: float = 100.0
    """Foot against the lower leg: 90 is a right angle, more is toes pointed. [deg]"""
    out_deg: float = 0.0
    """Away from the other leg. [deg]"""
    tiptoe: bool = False


class ArmSwings(Struct, frozen=True, forbid_unknown_fields=True):
    """An arm in the air, by its angles."""

    upper_deg: float
    """Against hanging straight down, forward is more. [deg]"""
    elbow_deg: float
    """0 is straight. [deg]"""
    out_deg: float = 6.0
    """Away from the trunk. [deg]"""
    in_deg: float = 0.0
    """The forearm towards the other arm. [deg]"""


class Hand(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a hand rests."""

    on: Literal["floor", "calf", "thigh", "other thigh", "stick", "place"]
    share: float = 0.5
    face: tuple[float, float] = (1.0, 0.0)
    """Which side of the calf: inner 1 to outer -1, back 1 to shin -1."""
    place: Vector = (0.0, 0.0, 0.0)
    wrist: Vector | None = None
    """From the palm to its wrist, where the wrist is bent; else straight."""
    elbow: Vector = (-1.0, 0.0, -0.4)
    fist: bool = False


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    """The thing under or behind the calf."""

    kind: Literal["ball", "roller", "stick"]
    place: Vector = (0.0, 0.0, 0.0)
    """Its middle; a stick's is worked out from the calf it touches."""
    share: float = 0.5
    turned_deg: float = 0.0

    @property
    def radius(self) -> float:
        """Its half thickness."""
        return TOOL_RADIUS[self.kind]


TOOL_RADIUS = {"ball": 10.0, "roller": 15.0, "stick": 3.5}
HALF_STICK, HALF_ROLLER = 46.0, 30.0


class Chair(Struct, frozen=True, forbid_unknown_fields=True):
    """A chair: the front edge of its seat, its seat's height and depth, and which way it faces."""

    front: float
    height: float = 92.0
    deep: float = 74.0
    faces: Literal[1, -1] = 1
    back: bool = True
    half: float = 32.0


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """A step to stand on."""

    rear: float
    front: float
    height: float
    half: float = 34.0


class Bar(Struct, frozen=True, forbid_unknown_fields=True):
    """A rail, its post, or the trunk of a tree."""

    ends: tuple[Vector, Vector]
    wide: float = 6.0


class Near(Struct, frozen=True, forbid_unknown_fields=True):
    """What is shown again from near: the middle of that, and how large."""

    at: Vector
    size: float = 1.25
