"""Every exercise has its drawing, and the person in it does what the text says."""

import pytest

from calfwise_web.figures.exercises import exercise_poses
from calfwise_web.figures.pose import posed


def test_a_raised_heel_is_high_and_its_ball_stays_down() -> None:
    for knee in ("straight", "bent"):
        down, up = (posed(exercise_poses()[f"heel-raises-{knee}-{way}"]).worked for way in ("down", "up"))
        assert up.heel[2] - down.heel[2] > 15
        assert up.ball[2] == pytest.approx(down.ball[2], abs=1)
        assert up.ball[0] == pytest.approx(down.ball[0], abs=1)
        assert up.knee_deg == pytest.approx(down.knee_deg, abs=4)
    assert posed(exercise_poses()["heel-raises-straight-up"]).worked.knee_deg < 10
    assert 30 < posed(exercise_poses()["heel-raises-bent-up"]).worked.knee_deg < 60
