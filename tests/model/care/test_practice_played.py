"""A routine played on a phone: which sets went into the journal, and how the calves felt."""

from datetime import timedelta

import pytest

from calfwise.library import player
from calfwise.model.care.player_replay import replay
from calfwise.model.care.player_steps import StepKind, steps_of
from calfwise.model.fix.practice import practice_of
from calfwise.model.session import ExerciseDone

from . import LEFT, NOW, RIGHT
from .players import Game

PLAYER = player()
LATER = NOW + timedelta(minutes=40)
ON = NOW.date()


def game_of(routine, level, **how):
    return Game(practice_of(routine, level, content=PLAYER, at=NOW, reason="because", **how))


def logged(game):
    done = replay(game.session, game.events, content=PLAYER).practice_done(at=LATER)
    assert done is not None
    return done


def test_a_ladder_done_to_its_end_is_logged_rung_by_rung_for_each_leg():
    done = logged(game_of("glute-strength", 3).finishes())
    assert done.done == (
        ExerciseDone("single-leg-bridge", LEFT, (1, 2, 3, 4, 3, 2, 1)),
        ExerciseDone("single-leg-bridge", RIGHT, (1, 2, 3, 4, 3, 2, 1)),
        ExerciseDone("side-lying-raise", LEFT, (10, 10)),
        ExerciseDone("side-lying-raise", RIGHT, (10, 10)),
    )
    assert (done.routine, done.level, done.stopped_early, done.eased) == ("glute-strength", 3, False, False)


def test_how_the_calves_felt_and_the_day_it_was_for_are_logged():
    done = logged(game_of("calf-strength", 1, on=ON).finishes())
    assert (done.felt_nrs, done.on) == (3, ON)


def test_nobody_asked_nothing_felt():
    game = game_of("calf-strength", 1)
    game.goes_to("2.0.after").tells("skip")
    game.tells("signs-none")
    assert logged(game).felt_nrs is None


def test_a_ladder_stopped_half_way_is_logged_up_to_there():
    """Stopped in the fourth rung: three were finished."""
    game = game_of("glute-strength", 3).goes_to("1.4.work")
    game.tells("stop", after_s=5)
    game.tells("because", "enough")
    done = logged(game)
    assert done.done == (ExerciseDone("single-leg-bridge", LEFT, (1, 2, 3)),)
    assert done.stopped_early


def test_a_set_that_was_skipped_is_not_called_done():
    """Away in the second of three minutes on the grass, and the set left: the last one is counted as the second."""
    game = game_of("grass", 1).goes_to("1.2.work")
    game.tells("hidden", after_s=5)
    game.tells("elapsed", after_s=90)
    game.tells("returned")
    game.tells("skip")
    done = logged(game.finishes())
    assert done.done == (ExerciseDone("grass-barefoot", None, (60, 60)),)


def test_an_exercise_that_was_too_much_ends_and_the_others_go_on():
    game = game_of("drills", 1).goes_to("1.1.work")
    game.tells("too-much", after_s=8)
    done = logged(game.finishes())
    assert done.eased
    assert done.done == (ExerciseDone("ankling", None, (15, 15)),)


def test_repetitions_take_their_tempo_and_timed_sets_their_time():
    steps = {step.id: step for step in game_of("glute-strength", 3).steps}
    assert [steps[f"1.{rung}.work"].reps for rung in range(1, 8)] == [1, 2, 3, 4, 3, 2, 1]
    assert [steps[f"1.{rung}.work"].seconds for rung in (1, 4)] == [6, 24]
    run = {step.id: step for step in game_of("walk-run", 2).steps}
    assert (run["2.1.work"].seconds, run["2.1.work"].reps) == (120, None)


def test_between_exercises_one_rests_and_between_runs_one_walks():
    strong = game_of("calf-strength", 5).steps
    assert [(step.words, step.seconds) for step in strong if step.kind is StepKind.REST and step.set == 0] == [
        ("stand-rest", 300)
    ]  # fmt: skip
    assert {step.words for step in game_of("tempo", 1).steps if step.kind is StepKind.REST} == {"walk-rest"}


def test_the_beat_is_heard_only_where_one_runs_to_it():
    beats = {step.technique: step.beat_spm for step in game_of("cadence", 2, cadence_spm=160.0).steps if step.item}
    assert beats["cadence-run"] == 168
    assert beats["easy-run"] is None


@pytest.mark.parametrize("routine", list(PLAYER.routines))
def test_every_level_of_every_routine_plays_to_its_end_and_logs_all_of_it(routine):
    for level in range(1, len(PLAYER.routines[routine].levels) + 1):
        game = game_of(routine, level, cadence_spm=165.0).finishes()
        planned = tuple(ExerciseDone(item.protocol, item.side, item.counts) for item in game.session.items)
        assert logged(game).done == planned


def test_each_set_has_words_with_everything_filled_in():
    for routine, found in PLAYER.routines.items():
        for level in range(1, len(found.levels) + 1):
            practice = practice_of(routine, level, content=PLAYER, at=NOW, reason="because")
            assert {step.words for step in steps_of(practice, content=PLAYER)} <= set(PLAYER.rules.words)
