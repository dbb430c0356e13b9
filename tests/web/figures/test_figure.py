"""Every way of the library has its drawing, and the person in it is in one piece and touches what the text says."""

import re
import zlib
from itertools import product
from xml.etree import ElementTree

import pytest

from calfwise.library import content
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web.figures import skeleton
from calfwise_web.figures.closeup import FRAME
from calfwise_web.figures.drawing import figure_parts
from calfwise_web.figures.leg import defs_svg
from calfwise_web.figures.pen import SHEET_HEIGHT, SHEET_WIDTH
from calfwise_web.figures.pose import PAD, Figure, Pose, posed
from calfwise_web.figures.rests import CalfOn, FootAt, Hand
from calfwise_web.figures.sheet import INSET_EDGE, INSET_TOP, figure_svg, poses, ways
from calfwise_web.figures.skeleton import WIDE, Arm, Leg
from calfwise_web.figures.space import Vector, dot, length, minus, plus, unit

ZONE = {"inner": "medial-middle", "outer": "lateral-middle"}
WAYS = [(id_, way.tool, way.position) for id_, technique in content().techniques.items() for way in technique.ways]
POSES = list(poses())
PAIR = r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)"


def from_line(point: Vector, one: Vector, other: Vector) -> float:
    """How far a point is from the piece between two others."""
    way = minus(other, one)
    share = max(0.0, min(1.0, dot(minus(point, one), way) / dot(way, way)))
    return length(minus(point, plus(one, way, share)))


def legs(figure: Figure) -> tuple[Leg, Leg]:
    return figure.worked, figure.other


def hands(pose: Pose, figure: Figure) -> list[tuple[Hand, Arm]]:
    both = ((pose.near_hand, figure.near_arm), (pose.far_hand, figure.far_arm))
    return [(hand, arm) for hand, arm in both if hand]


def every_drawing() -> list[str]:
    zones = content().zones
    return [
        figure_svg(technique=id_, tool=tool, position=position, zone=zones[ZONE[half]], side=side)
        for (id_, tool, position), half, side in product(WAYS, ("inner", "outer"), BOTH_SIDES)
    ]


def test_every_way_of_the_library_has_its_drawing_and_no_drawing_is_left_over() -> None:
    assert set(ways()) == {"/".join(way) for way in WAYS}
    assert {pose for halves in ways().values() for pose in halves.values()} == set(POSES)


@pytest.mark.parametrize("name", POSES)
def test_no_bone_is_longer_or_shorter_than_in_any_other_drawing(name: str) -> None:
    figure = posed(poses()[name])
    for leg in legs(figure):
        assert length(minus(leg.knee, leg.hip)) == pytest.approx(skeleton.THIGH)
        assert length(minus(leg.ankle, leg.knee)) == pytest.approx(skeleton.CALF)
        assert length(minus(leg.ball, leg.heel)) == pytest.approx(skeleton.HEEL_BACK + skeleton.BALL_AHEAD)
    for arm in (figure.near_arm, figure.far_arm):
        assert length(minus(arm.elbow, arm.shoulder)) == pytest.approx(skeleton.UPPER_ARM)
        assert length(minus(arm.wrist, arm.elbow)) == pytest.approx(skeleton.FOREARM)
        assert length(minus(arm.tip, arm.wrist)) == pytest.approx(skeleton.HAND)


@pytest.mark.parametrize("name", POSES)
def test_joints_bend_as_joints_do(name: str) -> None:
    figure = posed(poses()[name])
    for leg in legs(figure):
        assert 0 <= leg.knee_deg <= 140, "a knee folds to about 140 degrees"
        assert 70 <= leg.foot_deg <= 140, "a foot goes from 20 degrees up to 50 degrees down"
        assert dot(minus(leg.ball, leg.heel), leg.ahead) > 0, "toes point where the shin does"
    for arm in (figure.near_arm, figure.far_arm):
        assert 0 <= arm.elbow_deg <= 145


@pytest.mark.parametrize("name", POSES)
def test_a_foot_that_stands_on_the_floor_touches_it_and_nothing_sinks_in(name: str) -> None:
    pose = poses()[name]
    figure = posed(pose)
    rests = [(pose.worked, figure.worked), (pose.other, figure.other)]
    for rest, leg in rests:
        lowest = min(leg.heel[2], leg.ball[2], leg.toes[2]) - WIDE["foot"] / 2
        assert lowest > -2
        if isinstance(rest, FootAt):
            assert lowest < 2
        assert leg.knee[2] - WIDE["calf"] / 2 > -2
        assert leg.ankle[2] - WIDE["calf"] / 2 > -2


@pytest.mark.parametrize("name", POSES)
def test_who_sits_or_lies_rests_on_the_floor_or_the_chair(name: str) -> None:
    pose = poses()[name]
    seat = pose.chairs[0].height if pose.chairs else 0.0
    assert abs(pose.hips[2] - WIDE["torso"] / 2 - seat) <= 2


@pytest.mark.parametrize("name", [name for name in POSES if poses()[name].tool])
def test_the_tool_touches_the_calf_and_lies_on_something(name: str) -> None:
    pose = poses()[name]
    figure = posed(pose)
    assert pose.tool
    assert figure.tool_at
    gap = from_line(figure.tool_at, figure.worked.knee, figure.worked.ankle) - WIDE["calf"] / 2 - pose.tool.radius
    assert abs(gap) <= 3
    if pose.tool.kind != "stick":
        under = pose.chairs[1].height if pose.chairs else 0.0
        assert figure.tool_at[2] - pose.tool.radius == pytest.approx(under, abs=2)


@pytest.mark.parametrize("name", [name for name in POSES if isinstance(poses()[name].worked, CalfOn)])
def test_a_calf_that_lies_on_the_other_leg_touches_it(name: str) -> None:
    pose = poses()[name]
    figure = posed(pose)
    if isinstance(pose.worked, CalfOn) and pose.worked.thing != "tool":
        there = figure.other.knee if pose.worked.thing == "other knee" else None
        point = figure.worked.on_calf(pose.worked.share)
        gap = length(minus(point, there)) if there else from_line(point, figure.other.hip, figure.other.knee)
        assert gap == pytest.approx((WIDE["thigh"] + WIDE["calf"]) / 2, abs=3)


@pytest.mark.parametrize("name", POSES)
def test_a_hand_touches_what_it_is_said_to_hold(name: str) -> None:
    pose = poses()[name]
    figure = posed(pose)
    for hand, arm in hands(pose, figure):
        if hand.on == "calf":
            gap = from_line(arm.tip, figure.worked.knee, figure.worked.ankle) - WIDE["calf"] / 2
        elif hand.on in ("thigh", "other thigh"):
            leg = figure.worked if hand.on == "thigh" else figure.other
            gap = from_line(arm.tip, leg.hip, leg.knee) - WIDE["thigh"] / 2
        elif hand.on == "floor":
            gap = arm.tip[2]
        elif hand.on == "stick" and figure.tool_at:
            ends = [plus(figure.tool_at, figure.tool_along, far) for far in (-46, 46)]
            gap = from_line(arm.tip, ends[0], ends[1]) + PAD
        elif pose.wall is not None:
            gap = pose.wall - arm.tip[0]
        else:
            continue
        assert abs(gap - PAD) <= 4


@pytest.mark.parametrize("name", POSES)
def test_arms_do_not_pass_through_the_thigh_of_the_leg_they_work_on(name: str) -> None:
    figure = posed(poses()[name])
    for arm in (figure.near_arm, figure.far_arm):
        assert from_line(arm.elbow, figure.worked.hip, figure.worked.knee) > 8


@pytest.mark.parametrize("name", [name for name in POSES if "knee" in name])
def test_the_hollow_of_the_knee_never_carries_the_leg(name: str) -> None:
    worked = poses()[name].worked
    assert isinstance(worked, CalfOn)
    assert worked.share >= 0.2, "three fingers below the crease at least"


def reaches(name: str) -> list[tuple[float, float, float]]:
    """Points of a figure's strokes on the sheet, each with half its stroke."""
    markup, _, _ = figure_parts(poses()[name])
    found: list[tuple[float, float, float]] = []
    for element in ElementTree.fromstring(f"<g>{markup}</g>").iter():
        if element.tag == "path" and element.get("class") != "fig-floor":
            half = float(element.get("stroke-width", "3")) / 2
            found += [(float(x), float(y), half) for x, y in re.findall(PAIR, element.get("d", ""))]
        if element.tag == "circle":
            found.append((float(element.get("cx", 0)), float(element.get("cy", 0)), float(element.get("r", 0))))
    return found


@pytest.mark.parametrize("name", POSES)
def test_nothing_leaves_the_sheet(name: str) -> None:
    for x, y, half in reaches(name):
        assert half <= x <= SHEET_WIDTH - half
        assert half <= y <= SHEET_HEIGHT - half


@pytest.mark.parametrize("name", POSES)
def test_the_figure_keeps_clear_of_the_close_up(name: str) -> None:
    left = SHEET_WIDTH - FRAME[0] - INSET_EDGE if poses()[name].inset == "right" else INSET_EDGE
    for x, y, half in reaches(name):
        beside = x + half <= left or x - half >= left + FRAME[0]
        assert beside or y - half >= INSET_TOP + FRAME[1], (x, y)


def test_every_drawing_is_small_well_formed_and_without_inline_style() -> None:
    drawn = every_drawing()
    for svg in (*drawn, defs_svg()):
        root = ElementTree.fromstring(svg)
        assert not any(element.get("style") or element.tag in ("style", "script") for element in root.iter())
        assert len(svg.encode()) < 6000
    assert len(zlib.compress("".join([defs_svg(), *drawn]).encode(), 9)) < 25_000


def test_a_drawing_says_which_leg_how_one_sits_and_where_the_spot_is() -> None:
    zone = content().zones["medial-upper"]
    svg = figure_svg(technique="press-and-hold", tool="ball", position="floor", zone=zone, side=Side.LEFT)
    said = ElementTree.fromstring(svg).get("aria-label", "")
    assert said.startswith("Left leg: sitting on the floor")
    assert said.endswith("Place: inner upper calf.")


def test_the_left_leg_is_the_right_ones_mirror_image() -> None:
    zone = content().zones["medial-upper"]
    left, right = (
        figure_svg(technique="press-and-hold", tool="ball", position="floor", zone=zone, side=side)
        for side in BOTH_SIDES
    )
    assert '<g transform="translate(360 0) scale(-1 1)">' in left
    assert '<g transform="translate(360 0) scale(-1 1)">' not in right


def test_the_head_looks_at_the_place_that_is_worked_on() -> None:
    figure = posed(poses()["hands-chair-outer"])
    assert dot(figure.gaze, unit(minus(figure.touch, figure.head))) == pytest.approx(1)
