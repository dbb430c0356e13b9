"""The person in each exercise's drawing does what its text says."""

from itertools import product

import pytest

from calfwise.model.run import Side
from calfwise_web.figures import skeleton
from calfwise_web.figures.exercises import exercise_svg, pose_of
from calfwise_web.figures.pose import posed
from calfwise_web.figures.skeleton import WIDE, angle_deg
from calfwise_web.figures.space import length, minus
from tests.web.figures.exercises import DRILLS, FOOT_LONG, GOES_ON, POSES, figure, legs, off_ground, pose, trunk


@pytest.mark.parametrize("knee", ["straight", "bent", "seated", "loaded", "straight-one", "bent-one"])
def test_a_raised_heel_is_high_and_its_ball_stays_down(knee: str) -> None:
    down, up = (figure(f"heel-raises-{knee}-{way}").worked for way in ("down", "up"))
    assert up.heel[2] - down.heel[2] > 15
    assert up.ball[2] == pytest.approx(down.ball[2], abs=1)
    assert up.ball[0] == pytest.approx(down.ball[0], abs=1)
    assert up.knee_deg == pytest.approx(down.knee_deg, abs=4)


def test_knees_are_straight_or_bent_as_the_title_says() -> None:
    for name in ("straight-up", "straight-one-up", "loaded-up"):
        assert figure(f"heel-raises-{name}").worked.knee_deg < 10
    for name in ("bent-up", "bent-one-up"):
        assert 30 < figure(f"heel-raises-{name}").worked.knee_deg < 60


def test_on_one_leg_the_other_foot_is_lifted_behind() -> None:
    for id_, phase in product(("bent", "straight"), (False, True)):
        alone = posed(pose_of(f"heel-raises-{id_}", up=phase, side=Side.LEFT))
        assert alone.other.ankle[2] > 60
        assert alone.other.ankle[0] < alone.worked.ankle[0]
        assert posed(pose_of(f"heel-raises-{id_}", up=phase, side=None)).other.ankle[2] < 32


def test_sitting_the_feet_are_under_the_knees_and_the_hands_hold_the_rucksack() -> None:
    found = figure("heel-raises-seated-down")
    assert found.worked.knee[0] == pytest.approx(found.worked.ankle[0], abs=6)
    assert found.hips[2] - WIDE["torso"] / 2 == pytest.approx(pose("heel-raises-seated-down").chairs[0].height, abs=2)
    assert pose("heel-raises-seated-down").pack == "knees"
    for name in ("heel-raises-seated-down", "heel-raises-seated-up"):
        hand = figure(name).near_arm.tip
        thigh = figure(name).worked.knee
        assert 20 < hand[2] - thigh[2] < 60, "on the rucksack that lies on the knees"


def test_on_the_stair_the_ball_is_on_the_lowest_step_and_the_heel_comes_down_to_its_level_and_no_deeper() -> None:
    stand = pose("heel-raises-loaded-down")
    lowest = min(stand.blocks, key=lambda block: block.height)
    foot = figure("heel-raises-loaded-down").worked
    assert foot.heel[0] < lowest.rear < foot.ball[0]
    assert foot.heel[2] - WIDE["foot"] / 2 == pytest.approx(lowest.height, abs=1)
    rail = stand.bars[2].ends
    for phase in ("down", "up"):
        hand = figure(f"heel-raises-loaded-{phase}").far_arm.tip
        share = (hand[0] - rail[0][0]) / (rail[1][0] - rail[0][0])
        assert hand[2] == pytest.approx(rail[0][2] + share * (rail[1][2] - rail[0][2]), abs=8), "a hand on the rail"
        assert pose(f"heel-raises-loaded-{phase}").pack == "back"


def test_the_knee_travels_over_the_toes_with_the_heel_down_and_a_hand_on_the_wall() -> None:
    down, up = figure("ankle-rocks-down").worked, figure("ankle-rocks-up").worked
    assert up.knee[0] - down.knee[0] > 15
    assert up.knee[0] > up.ball[0]
    for name, leg in (("ankle-rocks-down", down), ("ankle-rocks-up", up)):
        assert leg.heel[2] == pytest.approx(WIDE["foot"] / 2, abs=1)
        assert abs(leg.knee[1] - leg.ball[1]) < 6, "not inwards"
        assert 0 <= (pose(name).wall or 0) - figure(name).near_arm.tip[0] <= WIDE["hand"]


def test_the_outer_leg_swings_from_back_to_front_and_the_other_foot_stays_flat() -> None:
    down, up = figure("leg-swings-down"), figure("leg-swings-up")
    assert down.worked.ankle[0] < -50 < 50 < up.worked.ankle[0]
    assert down.other == up.other
    trunk_of_tree = pose("leg-swings-down").bars[0].ends[0]
    for found in (down, up):
        assert found.far_arm.tip[0] == pytest.approx(trunk_of_tree[0], abs=8)
        assert found.far_arm.tip[1] == pytest.approx(trunk_of_tree[1], abs=15)


def test_in_the_bridge_knees_hips_and_shoulders_make_a_line() -> None:
    for id_ in ("glute-bridge", "single-leg-bridge"):
        up, down = figure(f"{id_}-up"), figure(f"{id_}-down")
        assert angle_deg(trunk(up), minus(up.worked.knee, up.worked.hip)) < 8
        assert down.hips[2] == pytest.approx(WIDE["torso"] / 2, abs=1), "hips on the floor"
        assert up.hips[2] - down.hips[2] > 30
        assert up.chest[2] == pytest.approx(WIDE["torso"] / 2, abs=2), "shoulders stay on the floor"
        assert up.worked.ankle == down.worked.ankle


def test_in_the_bridge_the_other_foot_stands_too_or_its_leg_is_stretched_out_beside() -> None:
    for phase in ("down", "up"):
        both, one = figure(f"glute-bridge-{phase}"), figure(f"single-leg-bridge-{phase}")
        assert both.other.ankle[2] == both.worked.ankle[2]
        assert one.other.knee_deg < 8
        assert one.other.toes[2] > one.other.ankle[2], "its toes point up"
        assert angle_deg(*(minus(leg.knee, leg.hip) for leg in (one.worked, one.other))) < 5


def test_on_the_side_the_upper_leg_is_lifted_straight_and_the_lower_one_lies_bent() -> None:
    up, down = figure("side-lying-raise-up"), figure("side-lying-raise-down")
    assert 15 <= angle_deg(minus(up.worked.ankle, up.worked.hip), minus(down.worked.ankle, down.worked.hip)) <= 30
    assert up.other == down.other
    assert down.other.knee_deg > 45
    for found in (up, down):
        assert found.worked.knee_deg < 10
        assert found.worked.hip[0] == found.other.hip[0], "hips one above the other"
        assert found.worked.ankle[0] < found.worked.hip[0], "the heel a little behind"


def test_the_clam_opens_at_the_knees_while_feet_and_hips_stay() -> None:
    shut, opened = figure("clam-down"), figure("clam-up")
    assert length(minus(opened.worked.knee, opened.other.knee)) - length(minus(shut.worked.knee, shut.other.knee)) > 35
    assert length(minus(opened.worked.ankle, opened.other.ankle)) < WIDE["calf"]
    assert (opened.hips, opened.other) == (shut.hips, shut.other)
    assert min(leg.knee_deg for leg in (opened.worked, opened.other)) > 60


def test_the_step_is_no_higher_than_the_knee_and_carries_the_whole_foot() -> None:
    step = pose("step-up-down").blocks[0]
    down, up = figure("step-up-down"), figure("step-up-up")
    assert step.height < skeleton.CALF
    for leg in (down.worked, up.worked):
        assert step.rear < leg.heel[0] < leg.toes[0] < step.front
        assert leg.heel[2] == pytest.approx(step.height + WIDE["foot"] / 2, abs=1)
    assert up.worked.knee_deg < 12
    assert down.other.toes[2] == pytest.approx(WIDE["foot"] / 2, abs=1), "the toes touch the floor"
    assert pose("step-up-down").lean_deg > 10
    assert off_ground("step-up-up", up.other) != pytest.approx(0, abs=4), "the other foot carries nothing"


@pytest.mark.parametrize("id_", ["walk", "walk-brisk"])
def test_walking_the_front_heel_is_down_before_the_back_foot_leaves(id_: str) -> None:
    back, front = legs(id_)
    for leg in (back, front):
        assert leg.lowest == pytest.approx(0, abs=1)
    assert front.heel[2] < front.ball[2]
    assert back.ball[2] < back.heel[2]


def test_who_walks_briskly_or_runs_quickly_takes_the_longer_step() -> None:
    def step(name: str) -> float:
        back, front = legs(name)
        return abs(front.ankle[0] - back.ankle[0])

    assert step("walk-brisk") > step("walk")
    knees = [figure(name).other.knee[2] for name in ("jog-easy", "easy-run", "tempo-run", "strides")]
    assert knees == sorted(knees), "the quicker, the higher the knee"


@pytest.mark.parametrize("id_", ["cadence-run", "grass-barefoot"])
def test_the_foot_lands_flat_and_under_the_body(id_: str) -> None:
    foot = figure(id_).worked
    assert abs(foot.heel[2] - foot.ball[2]) < 4, "not on the toes"
    assert abs(foot.ankle[0] - figure(id_).hips[0]) < FOOT_LONG / 2


def test_shoes_are_worn_outside_but_not_on_grass() -> None:
    for name in POSES:
        outside = name in GOES_ON or name.rsplit("-", 1)[0] in (*DRILLS, "leg-swings", "ankle-rocks")
        assert pose(name).shoes == (outside and name != "grass-barefoot")
    assert "fig-shoe" in exercise_svg("easy-run")
    assert "fig-grass" in exercise_svg("grass-barefoot")


@pytest.mark.parametrize(("id_", "phase"), list(product(("march", "skip", "high-knees"), ("down", "up"))))
def test_a_knee_comes_up_to_hip_height_and_the_other_leg_is_nearly_straight(id_: str, phase: str) -> None:
    near, far = legs(f"{id_}-{phase}")
    lifted, standing = (near, far) if phase == "up" else (far, near)
    assert lifted.hip[2] - lifted.knee[2] < 20
    assert standing.knee_deg < 15
    assert standing.heel[2] > standing.ball[2], "on the ball of the foot"


@pytest.mark.parametrize("phase", ["down", "up"])
def test_the_heel_flicks_up_under_the_seat_while_that_knee_points_down(phase: str) -> None:
    near, far = legs(f"heel-flicks-{phase}")
    flicked = near if phase == "up" else far
    assert angle_deg(minus(flicked.knee, flicked.hip), (0.0, 0.0, -1.0)) < 10
    assert flicked.knee_deg > 115
    assert flicked.hip[2] - flicked.ankle[2] < skeleton.THIGH / 2


@pytest.mark.parametrize("phase", ["down", "up"])
def test_ankling_steps_are_as_short_as_a_foot_and_the_knees_stay_low(phase: str) -> None:
    near, far = legs(f"ankling-{phase}")
    assert abs(near.toes[0] - far.toes[0]) < FOOT_LONG
    for leg in (near, far):
        assert leg.lowest == pytest.approx(0, abs=1)
        assert leg.knee[0] - leg.hip[0] < 30


def test_the_picture_of_running_between_walks_shows_walking_before_and_after() -> None:
    svg = exercise_svg("run-between-walks")
    assert svg.count('class="fig-faint"') == 2
    assert svg.count("fig-floor") == 1
