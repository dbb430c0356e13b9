"""A pose as data, and the figure that stands, sits, lies or runs in it."""

from math import cos, radians, sin
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from calfwise_web.figures import skeleton
from calfwise_web.figures.rests import (
    HALF_STICK,
    ArmSwings,
    Bar,
    Block,
    CalfOn,
    Chair,
    FootAt,
    Hand,
    Near,
    Swings,
    Tool,
)
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


class Pose(Struct, frozen=True, forbid_unknown_fields=True):
    """One drawing's data. The right leg is the one worked on; the left is its mirror image."""

    says: str
    """What the drawing shows, for those who hear it."""
    hips: Vector
    lean_deg: float
    """The trunk against upright, forward is more. [deg]"""
    worked: FootAt | CalfOn | Swings
    other: FootAt | Swings
    near_hand: Hand | None = None
    far_hand: Hand | None = None
    near_swings: ArmSwings | None = None
    far_swings: ArmSwings | None = None
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
    floor: bool = True
    wall: float | None = None
    order: tuple[str, ...] = ("far arm", "far leg", "trunk", "tool", "near leg", "near arm")
    """From the back of the picture to its front."""
    cue: Literal["", "press", "touch", "across", "up", "turn", "slide", "rise", "lift"] = ""
    arrows: tuple[tuple[Vector, ...], ...] = ()
    """Ways of the movement, from the first point to the last; through three points it is an arc."""
    works: Literal["calf", "glutes", "side", ""] = "calf"
    """The muscle that is drawn as such; the side: of the hip."""
    blocks: tuple[Block, ...] = ()
    hop: float | None = None
    """How far the lower foot is off the floor, where both legs swing: the hips' height follows."""
    bars: tuple[Bar, ...] = ()
    pack: Literal["", "back", "knees"] = ""
    """Where a rucksack is."""
    shoes: bool = False
    grass: bool = False
    beat: bool = False
    """A metronome stands beside."""
    quick: int = 0
    """So many lines behind one who is quick."""
    behind: str = ""
    """The pose of those who are drawn faintly before and after."""
    near: Near | None = None
    size: float = 1.0
    top: float = 0.0
    """Where the sheet begins, when what is above stays empty."""
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
    if pose.hop is not None:
        pose = replace(pose, hips=_landed(pose), hop=None)
    other = _leg(pose.hips, pose.other, sign=OTHER)
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
    shoulders = [plus(chest, across_shoulders, sign * HALF_SHOULDERS) for sign in (RIGHT, OTHER)]
    arms = [
        _swung_arm(shoulder, swings, sign) if swings else _arm(shoulder, hand, worked, other, tool_at, tool_along, sign)
        for shoulder, swings, hand, sign in (
            (shoulders[0], pose.near_swings, pose.near_hand, RIGHT),
            (shoulders[1], pose.far_swings, pose.far_hand, OTHER),
        )
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


def _landed(pose: Pose) -> Vector:
    """The hips where the lower foot is as far off the floor as told."""
    assert not isinstance(pose.worked, CalfOn)
    legs = (_leg(pose.hips, pose.worked, sign=RIGHT), _leg(pose.hips, pose.other, sign=OTHER))
    return plus(pose.hips, UP, (pose.hop or 0.0) - min(leg.lowest for leg in legs))


def _leg(hips: Vector, rest: FootAt | Swings, *, sign: float) -> Leg:
    hip = _hip(hips, sign)
    if isinstance(rest, Swings):
        return _swung_leg(hip, rest, sign=sign)
    knee = middle_joint(hip, rest.ankle, first=THIGH, second=CALF, towards=rest.bends)
    return skeleton.leg(
        hip, knee, rest.ankle, bends=rest.bends, sign=sign, foot=None if rest.loose else rest.heading,
        pointed=rest.pointed, tiptoe=rest.tiptoe,
    )  # fmt: skip


def _swung_leg(hip: Vector, rest: Swings, *, sign: float) -> Leg:
    down = _hanging(rest.thigh_deg - rest.knee_deg, rest.out_deg, sign)
    knee = plus(hip, _hanging(rest.thigh_deg, rest.out_deg, sign), THIGH)
    bends = _hanging(rest.thigh_deg - rest.knee_deg + 90, 0.0, sign)
    ahead, foot = across(bends, down), radians(rest.foot_deg)
    heading = plus(plus((0.0, 0.0, 0.0), ahead, sin(foot)), down, -cos(foot))
    return skeleton.leg(
        hip, knee, plus(knee, down, CALF), bends=bends, sign=sign, foot=heading, pointed=0.0, tiptoe=rest.tiptoe
    )


def _hanging(ahead_deg: float, out_deg: float, sign: float) -> Vector:
    """A bone that hangs down, swung ahead and away from the other side."""
    ahead, out = radians(ahead_deg), radians(out_deg)
    return (sin(ahead) * cos(out), -sign * sin(out), -cos(ahead) * cos(out))


def _worked(pose: Pose, other: Leg) -> tuple[Leg, Vector | None, float]:
    rest = pose.worked
    if not isinstance(rest, CalfOn):
        return _leg(pose.hips, rest, sign=RIGHT), None, 0.0
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


def _swung_arm(shoulder: Vector, swings: ArmSwings, sign: float) -> Arm:
    lower = _hanging(swings.upper_deg + swings.elbow_deg, -swings.in_deg, sign)
    elbow = plus(shoulder, _hanging(swings.upper_deg, swings.out_deg, sign), UPPER_ARM)
    wrist = plus(elbow, lower, FOREARM)
    return Arm(shoulder, elbow, wrist, plus(wrist, lower, HAND))


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
