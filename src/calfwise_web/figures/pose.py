"""A pose as data, and the figure that stands, sits or lies in it."""

from math import cos, radians, sin
from typing import Literal

from msgspec import Struct

from calfwise_web.figures import skeleton
from calfwise_web.figures.skeleton import (
    CALF,
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HAND,
    NECK,
    THIGH,
    TRUNK,
    UPPER_ARM,
    WIDE,
    Arm,
    Leg,
    middle_joint,
)  # fmt: skip
from calfwise_web.figures.space import UP, Camera, Vector, across, between, minus, plus, unit

RIGHT, OTHER = 1.0, -1.0
SOFTLY = 0.2
"""How far each round of the search for the calf's slope goes: more would overshoot on a straight leg."""
PAD = WIDE["hand"] / 2
"""From a hand's bone to its palm."""


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


class Pose(Struct, frozen=True, forbid_unknown_fields=True):
    """One drawing's data. The right leg is the one worked on; the left is its mirror image."""

    says: str
    """What the drawing shows, for those who hear it."""
    hips: Vector
    lean_deg: float
    """The trunk against upright, forward is more. [deg]"""
    worked: FootAt | CalfOn
    other: FootAt
    near_hand: Hand | None = None
    far_hand: Hand | None = None
    curl_deg: float = 0.0
    """How much the upper trunk bends on. [deg]"""
    nod_deg: float = 0.0
    """The head against the upper trunk. [deg]"""
    turn_deg: float = 0.0
    """The shoulders against the hips, towards the worked leg. [deg]"""
    yaw_deg: float = 12.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    gaze: Vector | None = None
    """Where the face points; `None`: at the hands' work."""
    tool: Tool | None = None
    chairs: tuple[Chair, ...] = ()
    wall: float | None = None
    order: tuple[str, ...] = ("far arm", "far leg", "trunk", "tool", "near leg", "near arm")
    """From the back of the picture to its front."""
    cue: Literal["", "press", "touch", "across", "up", "turn", "slide", "rise", "lift"] = ""
    size: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    """Where the middle of the hips lies off the usual place on the sheet."""
    inset: Literal["right", "left"] = "right"


class Figure(Struct, frozen=True):
    """Every joint of a pose, worked out."""

    camera: Camera
    hips: Vector
    waist: Vector
    chest: Vector
    head: Vector
    gaze: Vector
    worked: Leg
    other: Leg
    near_arm: Arm
    far_arm: Arm
    tool_at: Vector | None
    tool_along: Vector
    touch: Vector
    """Where the skin of the worked calf is pressed."""
    touch_out: Vector
    """From the bone to that place."""
    share: float


def posed(pose: Pose) -> Figure:
    """The figure in a pose.

    Raises
    ------
    BadContent
        If the bones do not allow it.
    """
    other = _foot_at(pose.hips, pose.other, sign=OTHER)
    worked, touch_out, share = _worked(pose, other)
    waist, chest, head, across_shoulders = _trunk(pose)
    tool_at, tool_along = _tool(pose, worked)
    if pose.tool and pose.tool.kind == "stick":
        touch_out, share = worked.facing(0, 1), pose.tool.share
    hands = pose.near_hand or pose.far_hand
    if touch_out is None or (isinstance(pose.worked, CalfOn) and pose.worked.thing == "other thigh"):
        first = next((h for h in (pose.near_hand, pose.far_hand) if h and h.on == "calf" and h.face[1] >= 0), None)
        share = first.share if first else 0.4
        touch_out = worked.facing(*(first.face if first else (0.0, 1.0)))
    touch = plus(worked.on_calf(share), touch_out, WIDE["calf"] / 2)
    arms = [
        _arm(plus(chest, across_shoulders, sign * HALF_SHOULDERS), hand, worked, other, tool_at, tool_along, sign)
        for hand, sign in ((pose.near_hand, 1.0), (pose.far_hand, -1.0))
    ]
    gaze = unit(pose.gaze) if pose.gaze else unit(minus(touch, head)) if hands else (1.0, 0.0, 0.0)
    return Figure(
        camera=Camera(pose.yaw_deg, pose.pitch_deg, pose.roll_deg), hips=pose.hips, waist=waist, chest=chest,
        head=head, gaze=gaze,
        worked=worked, other=other, near_arm=arms[0], far_arm=arms[1], tool_at=tool_at, tool_along=tool_along,
        touch=touch, touch_out=touch_out, share=share,
    )  # fmt: skip


def _hip(hips: Vector, sign: float) -> Vector:
    """The right hip for +1, on the near side."""
    return plus(hips, (0.0, -HALF_HIPS * sign, 0.0))


def _foot_at(hips: Vector, rest: FootAt, *, sign: float) -> Leg:
    hip = _hip(hips, sign)
    knee = middle_joint(hip, rest.ankle, first=THIGH, second=CALF, towards=rest.bends)
    return skeleton.leg(
        hip, knee, rest.ankle, bends=rest.bends, sign=sign, foot=None if rest.loose else rest.heading,
        pointed=rest.pointed, tiptoe=rest.tiptoe,
    )  # fmt: skip


def _worked(pose: Pose, other: Leg) -> tuple[Leg, Vector | None, float]:
    rest = pose.worked
    if isinstance(rest, FootAt):
        return _foot_at(pose.hips, rest, sign=RIGHT), None, 0.0
    hip = _hip(pose.hips, RIGHT)
    thing, radius = _thing(pose, rest, other)
    out = unit(rest.presses)
    for _ in range(80):
        point = plus(thing, out, radius + WIDE["calf"] / 2)
        knee = middle_joint(hip, point, first=THIGH, second=CALF * rest.share, towards=rest.bends)
        out = unit(plus(out, across(rest.presses, unit(minus(point, knee))), SOFTLY))
    ankle = plus(knee, unit(minus(point, knee)), CALF)
    made = skeleton.leg(hip, knee, ankle, bends=rest.bends, sign=RIGHT, foot=None, pointed=rest.pointed)
    return made, (-out[0], -out[1], -out[2]), rest.share


def _thing(pose: Pose, rest: CalfOn, other: Leg) -> tuple[Vector, float]:
    """Middle and radius of what the calf lies on."""
    if pose.tool and rest.thing == "tool":
        return pose.tool.place, pose.tool.radius
    if rest.thing == "other knee":
        return other.knee, WIDE["thigh"] / 2
    return between(other.hip, other.knee, rest.thigh_share), WIDE["thigh"] / 2


def _trunk(pose: Pose) -> tuple[Vector, Vector, Vector, Vector]:
    """Waist, chest and head, and the direction from the chest to the near shoulder."""
    low, high = radians(pose.lean_deg), radians(pose.lean_deg + pose.curl_deg)
    nod, turn = radians(pose.lean_deg + pose.curl_deg + pose.nod_deg), radians(pose.turn_deg)
    waist = plus(pose.hips, (sin(low), 0.0, cos(low)), TRUNK / 2)
    chest = plus(waist, (sin(high), 0.0, cos(high)), TRUNK / 2)
    head = plus(chest, (sin(nod), 0.0, cos(nod)), NECK)
    return waist, chest, head, (-sin(turn), -cos(turn), 0.0)


def _tool(pose: Pose, worked: Leg) -> tuple[Vector | None, Vector]:
    if pose.tool is None:
        return None, (0.0, 1.0, 0.0)
    if pose.tool.kind != "stick":
        return pose.tool.place, (0.0, 1.0, 0.0)
    turned = radians(pose.tool.turned_deg)
    along = unit(plus((0.0, cos(turned), 0.0), worked.ahead, sin(turned)))
    middle = plus(worked.on_calf(pose.tool.share), worked.facing(0, 1), WIDE["calf"] / 2 + pose.tool.radius)
    return middle, along


def _arm(
    shoulder: Vector, hand: Hand | None, worked: Leg, other: Leg, tool_at: Vector | None, along: Vector, sign: float
) -> Arm:
    if hand is None:
        hand = Hand(on="place", place=plus(shoulder, (10.0, 0.0, -110.0)))
    target = _palm(hand, worked, other, tool_at, along, sign)
    elbow_to = (hand.elbow[0], -sign * hand.elbow[1], hand.elbow[2])
    if hand.wrist is None:
        elbow = middle_joint(shoulder, target, first=UPPER_ARM, second=FOREARM + HAND, towards=elbow_to)
        return Arm(shoulder, elbow, between(elbow, target, FOREARM / (FOREARM + HAND)), target)
    bent = unit((hand.wrist[0], -sign * hand.wrist[1], hand.wrist[2]))
    wrist = plus(target, bent, HAND)
    elbow = middle_joint(shoulder, wrist, first=UPPER_ARM, second=FOREARM, towards=elbow_to)
    return Arm(shoulder, elbow, wrist, target)


def _palm(hand: Hand, worked: Leg, other: Leg, tool_at: Vector | None, along: Vector, sign: float) -> Vector:
    """Where the hand's bone ends: a palm's thickness off what it touches."""
    if hand.on == "calf":
        return plus(worked.on_calf(hand.share), worked.facing(*hand.face), WIDE["calf"] / 2 + PAD - 2)
    if hand.on in ("thigh", "other thigh"):
        leg = worked if hand.on == "thigh" else other
        bone = unit(minus(leg.knee, leg.hip))
        ahead = across(minus(leg.knee, leg.ankle), bone) if leg.knee_deg > 1 else across(UP, bone)
        side = (0.0, -sign, 0.0)
        out = across(plus(plus((0.0, 0.0, 0.0), side, hand.face[0]), ahead, -hand.face[1]), bone)
        return plus(between(leg.hip, leg.knee, hand.share), out, WIDE["thigh"] / 2 + PAD - 2)
    if hand.on == "stick" and tool_at is not None:
        return plus(tool_at, along, -sign * (HALF_STICK - 6))
    if hand.on == "floor":
        return (hand.place[0], -sign * hand.place[1], PAD)
    return (hand.place[0], -sign * hand.place[1], hand.place[2])
