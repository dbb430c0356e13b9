"""What the player shows, in order."""

from random import Random

import pytest

from calfwise.errors import OutOfRange
from calfwise.model.care.player_steps import StepKind, steps_of
from calfwise.model.run import BOTH_SIDES

from . import LEFT, RIGHT, planned, tender
from .players import HABIT, HOLD, PLAYER, SEARCH, USUAL, item, session
from .test_random_plans import asked


def told(made):
    """Each step's id with its seconds."""
    return [f"{step.id} {step.seconds or '?'}" for step in steps_of(made, content=PLAYER)]


def step(made, id_):
    return next(step for step in steps_of(made, content=PLAYER) if step.id == id_)


def test_a_session_is_get_ready_sets_with_rests_and_the_questions_at_the_end():
    assert told(session(item(LEFT), HOLD)) == [
        "1.0.ready 10", "1.1.work 45",
        "2.0.change 10", "2.1.work 30", "2.1.rest 30", "2.2.work 30",
        "2.0.after ?", "signs ?",
    ]  # fmt: skip


def test_the_other_leg_is_announced_and_given_time_and_another_tool_still_more():
    ball = item(RIGHT, "medial-upper", "press-and-hold", seconds=30, tool="ball")
    leads = [one for one in told(session(item(LEFT), item(RIGHT), ball)) if ".0." in one and "after" not in one]
    assert leads == ["1.0.ready 10", "2.0.switch 15", "3.0.change 20"]


def test_a_proposed_place_is_asked_about_before_anything_is_done_there():
    ids = [one.split()[0] for one in told(SEARCH)]
    assert ids.index("2.0.found") < ids.index("2.0.change") < ids.index("2.1.work")
    assert step(SEARCH, "2.0.found").seconds is None


def test_strokes_have_a_pace_of_three_seconds_and_a_hold_has_none():
    assert step(USUAL, "1.1.work").pace_s == 3.0
    assert step(USUAL, "5.1.work").pace_s == 3.0
    assert step(USUAL, "2.1.work").pace_s is None


def test_tenderness_is_asked_once_for_each_spot_and_never_for_the_whole_calf():
    after = [(one.side, one.zone) for one in steps_of(USUAL, content=PLAYER) if one.kind is StepKind.AFTER]
    assert after == [(LEFT, "medial-upper"), (RIGHT, "soleus-lateral")]


def test_every_step_says_where_and_with_what():
    work = step(USUAL, "2.1.work")
    assert (work.side, work.zone, work.technique, work.tool) == (LEFT, "medial-upper", "press-and-hold", "thumbs")
    assert (work.position, work.effort_nrs, work.item, work.set) == ("floor", 4, 1, 1)


def test_heel_raises_are_counted_by_their_tempo():
    work = step(HABIT, "1.1.work")
    assert (work.reps, work.tempo_s, work.seconds, work.side) == (8, (3, 0, 3), 48, None)
    assert told(HABIT)[:5] == ["1.0.ready 10", "1.1.work 48", "1.1.rest 120", "1.2.work 48", "2.0.rest 120"]


def test_a_calf_over_its_five_minutes_is_not_played():
    long = [item(LEFT, "medial-upper", "long-strokes", sets=3, seconds=60), item(LEFT, sets=3, seconds=60)]
    with pytest.raises(OutOfRange, match="left calf: 360 s of pressure planned, 300 s at most"):
        steps_of(session(*long), content=PLAYER)


def test_whatever_is_planned_can_be_played_each_set_once_and_within_the_cap():
    random, made = Random(5), 0
    for _ in range(300):
        plan = asked(random).plan()
        if plan.session is None:
            continue
        made += 1
        steps = steps_of(plan.session, content=PLAYER)
        assert len({one.id for one in steps}) == len(steps)
        work = [one for one in steps if one.kind is StepKind.WORK]
        assert len(work) == sum(one.sets for one in plan.session.items)
        for side in BOTH_SIDES:
            assert sum(one.seconds for one in work if one.side is side) <= 300
        assert {one.words for one in steps} <= set(PLAYER.rules.words)
    assert made > 100


def test_the_planners_usual_evening_is_played_from_get_ready_to_the_last_question():
    plan = planned(tender(LEFT, "medial-upper", 5), left=3)
    ids = [one.id for one in steps_of(plan.session, content=PLAYER)]
    assert ids[0] == "1.0.ready"
    assert ids[-2:] == ["2.0.after", "signs"]
