"""What the player says at each step of a routine: nothing left unfilled, and how a repetition goes."""

import re

import pytest

from calfwise.library import player
from calfwise.model.care.player_steps import Step, StepKind, steps_of
from calfwise.model.fix.practice import practice_of
from calfwise.model.session import Practice
from calfwise_web.player.words import Shown, shown_of
from tests.model.care import NOW

PLAYER = player()


def practice(routine: str, level: int) -> Practice:
    return practice_of(routine, level, content=PLAYER, at=NOW, reason="because", cadence_spm=160.0)


def said(routine: str, level: int) -> list[tuple[Step, Shown]]:
    plan = practice(routine, level)
    return [(step, shown_of(step, plan, content=PLAYER, figure=None)) for step in steps_of(plan, content=PLAYER)]


@pytest.mark.parametrize("routine", list(PLAYER.routines))
def test_every_step_has_its_words_and_none_says_nothing_or_zero(routine: str) -> None:
    for level in range(1, len(PLAYER.routines[routine].levels) + 1):
        for step, shown in said(routine, level):
            text = f"{shown.full} {shown.short}"
            assert not re.search(r"[{}]|\b0 (seconds|times)|: \.|  ", text), text
            assert shown.full.endswith((".", "?"))
            assert step.kind is not StepKind.WORK or (shown.cue and shown.how and shown.eased)


def test_a_bridge_is_told_with_its_hold_and_a_swing_with_its_ways() -> None:
    bridge = next(shown for step, shown in said("glute-strength", 1) if step.kind is StepKind.WORK)
    assert bridge.full == "8 times: two seconds up, hold for two, two seconds down. Breathe."
    swings = [shown.full for step, shown in said("warm-up-easy", 1) if step.technique == "leg-swings"]
    assert "10 times: one second forwards, one second back. Breathe." in swings


def test_runs_are_told_by_what_they_are() -> None:
    told = {step.technique: shown.full for step, shown in said("tempo", 1) if step.kind is StepKind.WORK}
    assert told["easy-run"] == "Easy run, for 5 minutes. Easy enough to talk."
    assert told["tempo-run"] == "Tempo, for one minute. Grow into it, and stay in control."
    rests = {shown.full for step, shown in said("walk-run", 1) if step.kind is StepKind.REST}
    assert rests == {"Walk for 4 minutes, easily."}
    barefoot = next(shown for _, shown in said("grass", 1))
    assert barefoot.full == "Shoes off, grass looked over? Then: Barefoot on grass."
