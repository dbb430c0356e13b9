"""Every self-test has its two drawings, and the person in them does what the text says."""

from itertools import product
from xml.etree import ElementTree

import pytest

from calfwise.library import self_tests
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web.figures import skeleton
from calfwise_web.figures.drawing import figure_parts
from calfwise_web.figures.pose import Figure, Pose, posed
from calfwise_web.figures.selftests import self_test_poses, self_test_svg
from calfwise_web.figures.skeleton import WIDE, angle_deg
from calfwise_web.figures.space import Vector, length, minus

POSES = list(self_test_poses())


def pose(name: str) -> Pose:
    return self_test_poses()[name]


def figure(name: str) -> Figure:
    return posed(pose(name))


def trunk(of: Figure) -> Vector:
    return minus(of.hips, of.chest)


def test_every_test_has_a_drawing_before_and_at_it_and_none_is_left_over() -> None:
    assert set(POSES) == {f"{test}-{phase}" for test, phase in product(self_tests(), ("down", "up"))}


@pytest.mark.parametrize("name", POSES)
def test_no_bone_is_longer_or_shorter_than_in_any_other_drawing(name: str) -> None:
    found = figure(name)
    for leg in (found.worked, found.other):
        assert length(minus(leg.knee, leg.hip)) == pytest.approx(skeleton.THIGH)
        assert length(minus(leg.ankle, leg.knee)) == pytest.approx(skeleton.CALF)
    for arm in (found.near_arm, found.far_arm):
        assert length(minus(arm.elbow, arm.shoulder)) == pytest.approx(skeleton.UPPER_ARM)


@pytest.mark.parametrize("name", POSES)
def test_joints_bend_as_joints_do(name: str) -> None:
    found = figure(name)
    for leg in (found.worked, found.other):
        assert 0 <= leg.knee_deg <= 140
        assert 50 <= leg.foot_deg <= 140, "with weight on it an ankle bends by up to 40 degrees"
    for arm in (found.near_arm, found.far_arm):
        assert 0 <= arm.elbow_deg <= 145


@pytest.mark.parametrize("name", [name for name in POSES if not name.startswith("side-leg")])
def test_the_foot_of_the_tested_leg_stands_on_the_floor_and_nothing_sinks_in(name: str) -> None:
    found = figure(name)
    for leg in (found.worked, found.other):
        assert min(leg.heel[2], leg.ball[2], leg.toes[2]) - WIDE["foot"] / 2 > -2
    lowest = min(found.worked.heel[2], found.worked.ball[2], found.worked.toes[2]) - WIDE["foot"] / 2
    assert lowest == pytest.approx(0, abs=2)


def test_the_knee_touches_the_wall_with_its_heel_down_and_before_it_does_not() -> None:
    wall = pose("knee-to-wall-up").wall or 0
    gaps = {
        phase: wall - figure(f"knee-to-wall-{phase}").worked.knee[0] - WIDE["thigh"] / 2 for phase in ("down", "up")
    }
    assert gaps["up"] == pytest.approx(0, abs=1)
    assert gaps["down"] > 20
    heel = figure("knee-to-wall-up").worked.heel
    assert heel[2] == pytest.approx(WIDE["foot"] / 2, abs=1)
    assert wall > figure("knee-to-wall-up").worked.toes[0] + WIDE["foot"] / 2, "there is something to measure"


def test_the_knee_goes_over_the_foot_and_not_inwards() -> None:
    for name in ("knee-to-wall-up", "single-leg-squat-up"):
        leg = figure(name).worked
        assert abs(leg.knee[1] - leg.ball[1]) < 6


def test_a_heel_raise_lifts_the_heel_of_one_straight_leg_with_the_other_foot_in_the_air() -> None:
    down, up = figure("heel-raise-count-down").worked, figure("heel-raise-count-up").worked
    assert up.heel[2] - down.heel[2] > 12
    assert up.toes[2] == pytest.approx(down.toes[2], abs=2)
    for phase in ("down", "up"):
        found = figure(f"heel-raise-count-{phase}")
        assert found.worked.knee_deg < 10
        assert found.other.ankle[2] > 60
        wall = pose(f"heel-raise-count-{phase}").wall or 0
        assert wall - found.near_arm.tip[0] <= WIDE["hand"]


def test_in_the_bridge_trunk_and_thighs_are_one_line_and_the_other_leg_is_straight() -> None:
    up, down = figure("bridge-hold-up"), figure("bridge-hold-down")
    assert angle_deg(trunk(up), minus(up.worked.knee, up.worked.hip)) < 8
    for found in (up, down):
        thighs = [minus(leg.knee, leg.hip) for leg in (found.worked, found.other)]
        assert angle_deg(*thighs) < 5, "thighs stay parallel"
        assert found.other.knee_deg < 8
    assert up.hips[2] - down.hips[2] > 30
    assert up.chest[2] == pytest.approx(WIDE["torso"] / 2, abs=2), "shoulders stay on the floor"
    assert up.worked.ankle == down.worked.ankle


def test_in_the_side_lying_raise_the_upper_leg_goes_up_straight_and_the_lower_one_stays() -> None:
    up, down = figure("side-leg-raise-up"), figure("side-leg-raise-down")
    assert 25 <= angle_deg(minus(up.worked.ankle, up.worked.hip), minus(down.worked.ankle, down.worked.hip)) <= 40
    assert up.other == down.other
    for found in (up, down):
        assert found.worked.knee_deg < 8
        assert found.worked.hip[0] == found.other.hip[0], "hips one above the other"


@pytest.mark.parametrize("name", POSES)
def test_a_figure_fits_on_its_sheet(name: str) -> None:
    _, found, pen = figure_parts(pose(name))
    points = [leg_point for leg in (found.worked, found.other) for leg_point in (leg.knee, leg.ankle, leg.toes)]
    for x, y in (pen(point) for point in (*points, found.head, found.near_arm.tip, found.far_arm.tip)):
        assert 4 <= x <= 356
        assert 10 <= y <= 248


@pytest.mark.parametrize(("test", "up", "side"), list(product(self_tests(), (False, True), BOTH_SIDES)))
def test_a_drawing_is_one_tree_and_says_which_leg_it_shows(test: str, up: bool, side: Side) -> None:
    drawn = ElementTree.fromstring(self_test_svg(test, up=up, side=side))
    assert drawn.attrib["aria-label"].startswith(f"{side.capitalize()} leg: ")
