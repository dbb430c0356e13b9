"""Every exercise has its drawing, and the person in it is in one piece and stands on the ground."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest

from calfwise.library import player
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web.figures import skeleton
from calfwise_web.figures.drawing import figure_parts
from calfwise_web.figures.exercises import exercise_pictures, exercise_svg
from calfwise_web.figures.near import LEFT
from calfwise_web.figures.pen import SHEET_HEIGHT, SHEET_WIDTH
from calfwise_web.figures.pose import posed
from calfwise_web.figures.skeleton import angle_deg
from calfwise_web.figures.space import between, dot, length, minus
from tests.web.figures.exercises import EXERCISES, GOES_ON, POSES, TO_AND_FRO, figure, legs, off_ground, pose

UPRIGHT = [name for name in POSES if not pose(name).roll_deg]
PAIR = r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)"


def test_every_exercise_has_its_drawing_and_none_is_left_over() -> None:
    two = {f"{id_}-{phase}" for id_, phase in product(TO_AND_FRO, ("down", "up"))}
    on_one_leg = {f"heel-raises-{knee}-one-{phase}" for knee, phase in product(("bent", "straight"), ("down", "up"))}
    assert set(POSES) == two | on_one_leg | set(GOES_ON)
    assert set(player().protocols) <= set(EXERCISES)


def test_where_one_only_goes_on_there_is_one_picture_and_else_two() -> None:
    assert {exercise_pictures(id_) for id_ in TO_AND_FRO} == {2}
    assert {exercise_pictures(id_) for id_ in GOES_ON} == {1}


@pytest.mark.parametrize("name", POSES)
def test_no_bone_is_longer_or_shorter_than_in_any_other_drawing(name: str) -> None:
    found = figure(name)
    for leg in (found.worked, found.other):
        assert length(minus(leg.knee, leg.hip)) == pytest.approx(skeleton.THIGH)
        assert length(minus(leg.ankle, leg.knee)) == pytest.approx(skeleton.CALF)
        assert length(minus(leg.ball, leg.heel)) == pytest.approx(skeleton.HEEL_BACK + skeleton.BALL_AHEAD)
    for arm in (found.near_arm, found.far_arm):
        assert length(minus(arm.elbow, arm.shoulder)) == pytest.approx(skeleton.UPPER_ARM)
        assert length(minus(arm.wrist, arm.elbow)) == pytest.approx(skeleton.FOREARM)
        assert length(minus(arm.tip, arm.wrist)) == pytest.approx(skeleton.HAND)


@pytest.mark.parametrize("name", POSES)
def test_joints_bend_as_joints_do(name: str) -> None:
    found = figure(name)
    for leg in (found.worked, found.other):
        assert 0 <= leg.knee_deg <= 140, "a knee folds to about 140 degrees"
        assert 50 <= leg.foot_deg <= 140, "with weight on it an ankle bends by up to 40 degrees"
        assert angle_deg(leg.ahead, minus(leg.ball, leg.heel)) < 90, "toes point where the shin does"
        behind = minus(leg.knee, between(leg.hip, leg.ankle, 0.5))
        assert dot(behind, leg.ahead) > -1, "no knee bends backwards"
    for arm in (found.near_arm, found.far_arm):
        assert 0 <= arm.elbow_deg <= 145


@pytest.mark.parametrize("name", POSES)
def test_an_arm_that_swings_bends_its_elbow_forwards(name: str) -> None:
    for swings in (pose(name).near_swings, pose(name).far_swings):
        if swings:
            assert 0 <= swings.elbow_deg <= 145
            assert -70 <= swings.upper_deg <= 60


@pytest.mark.parametrize("name", UPRIGHT)
def test_one_foot_at_least_is_on_the_ground_unless_one_hops_and_none_sinks_in(name: str) -> None:
    off = [off_ground(name, leg) for leg in legs(name)]
    assert min(off) > -2
    if name.startswith("skip"):
        assert 5 < min(off) < 20, "small hops"
    else:
        assert min(off) == pytest.approx(0, abs=2)


@pytest.mark.parametrize("name", [name for name in POSES if pose(name).hop is not None])
def test_arms_swing_against_the_legs(name: str) -> None:
    near, far = pose(name).near_swings, pose(name).far_swings
    assert near
    assert far
    near_knee, far_knee = (leg.knee[0] for leg in legs(name))
    if abs(near_knee - far_knee) > 15:
        assert (near.upper_deg < far.upper_deg) == (near_knee > far_knee)


@pytest.mark.parametrize("id_", TO_AND_FRO)
def test_the_two_pictures_differ_in_what_they_show_and_say(id_: str) -> None:
    down, up = (pose(f"{id_}-{phase}") for phase in ("down", "up"))
    assert down.says != up.says
    assert posed(down).worked != posed(up).worked
    places = {(each.yaw_deg, each.size, each.shift, each.top) for each in (down, up)}
    assert len(places) == 1, "the picture does not jump"


@pytest.mark.parametrize("id_", TO_AND_FRO)
def test_the_way_of_the_movement_is_shown_by_an_arrow(id_: str) -> None:
    up = pose(f"{id_}-up")
    assert up.cue == "rise" or up.arrows


def points(markup: str) -> list[tuple[float, float, float]]:
    """Points of a drawing's strokes on the sheet, each with half its stroke."""
    found: list[tuple[float, float, float]] = []
    for element in ElementTree.fromstring(f"<g>{markup}</g>").iter():
        if element.tag == "path" and element.get("class") not in ("fig-floor", "fig-grass"):
            half = float(element.get("stroke-width", "3")) / 2
            found += [(float(x), float(y), half) for x, y in re.findall(PAIR, element.get("d", ""))]
        if element.tag == "circle":
            found.append((float(element.get("cx", 0)), float(element.get("cy", 0)), float(element.get("r", 0))))
    return found


@pytest.mark.parametrize("name", POSES)
def test_nothing_leaves_the_sheet_and_the_figure_keeps_clear_of_the_close_up(name: str) -> None:
    markup, _, _ = figure_parts(pose(name))
    for x, y, half in points(markup):
        assert half <= x <= SHEET_WIDTH - half
        assert pose(name).top + half <= y <= SHEET_HEIGHT - half
        if pose(name).near:
            assert x + half <= LEFT


@pytest.mark.parametrize(("id_", "up", "side"), list(product(EXERCISES, (False, True), (None, *BOTH_SIDES))))
def test_a_drawing_is_small_and_one_tree_without_inline_style_and_says_what_it_shows(
    id_: str, up: bool, side: Side | None
) -> None:
    svg = exercise_svg(id_, up=up, side=side)
    drawn = ElementTree.fromstring(svg)
    assert not any(element.get("style") or element.tag in ("style", "script") for element in drawn.iter())
    assert len(svg.encode()) < 7000
    told = drawn.attrib["aria-label"]
    assert told.startswith(f"{side.capitalize()} leg: " if side else tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert told.endswith(".")
    assert 30 < len(told) < 220
    assert ('scale(-1 1)">' in svg) == (side is Side.LEFT)
