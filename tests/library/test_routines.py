"""Exercises and routines as content: all there, all sourced, and refused where a file breaks the rules."""

import re
from itertools import pairwise

import pytest
from msgspec import structs

from calfwise.errors import BadContent
from calfwise.library import _check_exercises, _check_routines, player
from calfwise.model.care.player_steps import steps_of
from calfwise.model.fix.practice import practice_of
from calfwise.model.session import HEEL_RAISES
from tests.model.care import NOW

from . import LIBRARY, SOURCES
from .test_techniques import FORBIDDEN

PLAYER = player()
EXERCISES = {
    "walk-brisk", "jog-easy", "ankle-rocks", "leg-swings", "strides",
    "march", "skip", "ankling", "heel-flicks", "high-knees",
    "heel-raises-straight", "heel-raises-bent", "heel-raises-seated", "heel-raises-loaded",
    "glute-bridge", "single-leg-bridge", "side-lying-raise", "clam", "step-up",
    "easy-run", "walk", "run-between-walks", "cadence-run", "tempo-run", "grass-barefoot",
}  # fmt: skip
ROUTINES = [
    "warm-up-easy", "warm-up-fast", "drills", "calf-strength", "glute-strength", "grass", "cadence", "tempo", "walk-run"
]  # fmt: skip
every_protocol = pytest.mark.parametrize("id_", list(PLAYER.protocols))
every_routine = pytest.mark.parametrize("id_", list(PLAYER.routines))


def test_every_exercise_and_routine_of_the_coach_is_there():
    assert set(PLAYER.protocols) == EXERCISES
    assert list(PLAYER.routines) == ROUTINES
    assert HEEL_RAISES not in PLAYER.routines


@every_protocol
def test_what_an_exercise_asks_is_written_down_with_its_spread_and_source(id_):
    asks = PLAYER.protocols[id_].asks
    assert asks.source in SOURCES
    assert asks.spread_bw_s[0] <= asks.impulse_bw_s <= asks.spread_bw_s[1]
    assert "nobody measured it" in asks.note or asks.source != "CoachRule"
    assert not asks.fast or asks.contacts > 0


@every_protocol
def test_a_second_of_running_asks_twice_body_weight_as_the_load_model_has_it(id_):
    protocol = PLAYER.protocols[id_]
    if protocol.kind == "run" and protocol.words != "walk":
        assert protocol.asks.impulse_bw_s == 2.0
        assert protocol.asks.contacts * 60 == pytest.approx(170, abs=7)


@every_protocol
def test_no_drill_or_raise_asks_more_than_is_written_for_running_or_one_calf(id_):
    """A drill's second at most a running one's; a raise's peak 2.76 body weights and a fifth, for six seconds."""
    protocol = PLAYER.protocols[id_]
    if protocol.kind == "drill":
        assert protocol.asks.impulse_bw_s <= 2.0
    elif protocol.kind == "calf":
        assert protocol.asks.impulse_bw_s <= 2.76 * 1.2 * 6


def test_bare_feet_quick_running_and_springy_drills_count_as_fast_and_nothing_else():
    fast = {id_ for id_, protocol in PLAYER.protocols.items() if protocol.asks.fast}
    assert fast == {"strides", "tempo-run", "grass-barefoot", "skip", "high-knees", "heel-flicks"}


@every_routine
def test_every_routine_says_what_is_known_and_what_is_our_rule(id_):
    evidence = PLAYER.routines[id_].evidence
    assert set(evidence.sources) <= SOURCES
    assert "CoachRule" in evidence.sources
    assert "our rule" in evidence.limits


def test_drills_and_glutes_are_called_unproven():
    assert PLAYER.routines["drills"].evidence.strength == "coach's rule"
    assert "No trial was read" in PLAYER.routines["drills"].evidence.limits
    assert "unproven" in PLAYER.routines["glute-strength"].evidence.limits


def test_weeks_six_to_eight_of_calf_strength_are_called_the_coachs():
    text = (LIBRARY / "routines/calf-strength.toml").read_text("utf-8")
    assert "the coach's interpolation" in text
    assert "weeks 6 to 8, are our rule" in PLAYER.routines["calf-strength"].evidence.limits


@every_routine
def test_quick_things_keep_more_distance_from_soreness_than_slow_ones(id_):
    routine = PLAYER.routines[id_]
    fast = any(PLAYER.protocols[item.protocol].asks.fast for level in routine.levels for item in level.items)
    assert (routine.quiet_days > 0) == fast
    assert not fast or routine.at_most_nrs <= PLAYER.practice.calm_nrs


def test_grass_waits_longest_then_tempo_then_drills():
    days = {id_: PLAYER.routines[id_].quiet_days for id_ in ("grass", "tempo", "drills")}
    assert days == {"grass": 28, "tempo": 14, "drills": 7}


@every_routine
def test_warm_ups_go_from_raising_to_getting_ready(id_):
    order = ["raise", "activate and mobilise", "potentiate"]
    parts = [item.part for item in PLAYER.routines[id_].levels[0].items]
    if id_.startswith("warm-up"):
        assert [order.index(part) for part in parts] == sorted(order.index(part) for part in parts)
        assert set(parts) == set(order)
    else:
        assert set(parts) == {None}


@every_routine
def test_no_level_takes_longer_than_three_quarters_of_an_hour(id_):
    for level in range(1, len(PLAYER.routines[id_].levels) + 1):
        practice = practice_of(id_, level, content=PLAYER, at=NOW, reason="because", cadence_spm=165.0)
        assert sum(step.seconds or 0 for step in steps_of(practice, content=PLAYER)) <= 45 * 60


def test_running_grows_by_half_at_the_most_after_the_first_levels():
    """Seconds of quick running a time, from one level of tempo to the next."""
    totals = [sum(level.items[1].sets) for level in PLAYER.routines["tempo"].levels]
    assert totals == [180, 360, 540, 720, 840, 1200]
    assert all(after - before <= 360 for before, after in pairwise(totals))


@pytest.mark.parametrize(
    "path", [LIBRARY / "practice.toml", *sorted((LIBRARY / "routines").iterdir())], ids=lambda path: path.name
)
def test_nothing_promises_what_nobody_can_keep(path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


@every_protocol
def test_sentences_are_short_and_talk_to_you(id_):
    protocol = PLAYER.protocols[id_]
    for line in (protocol.short, *protocol.steps, *protocol.cues, protocol.eased):
        assert all(len(sentence.split()) <= 26 for sentence in re.split(r"[.!?:] ", line)), line
        assert " the runner " not in line


def test_rests_of_runs_are_walked_and_others_are_stood():
    walked = {id_ for id_, protocol in PLAYER.protocols.items() if protocol.rest == "walk"}
    assert {"run-between-walks", "tempo-run", "grass-barefoot", "strides", "skip"} <= walked
    assert not any(PLAYER.protocols[id_].kind in ("calf", "glute") for id_ in walked)
    practice = practice_of("walk-run", 1, content=PLAYER, at=NOW, reason="because")
    rests = [step for step in steps_of(practice, content=PLAYER) if step.kind == "rest"]
    assert {(step.words, step.seconds) for step in rests} == {("walk-rest", 240)}


# Files that break the rules


def broken(routine: str, **how):
    """The content with the first exercise of a routine's first level changed."""
    found = PLAYER.routines[routine]
    first, *others = found.levels
    item = structs.replace(first.items[0], **how)
    level = structs.replace(first, items=(item, *first.items[1:]))
    routines = PLAYER.routines | {routine: structs.replace(found, levels=(level, *others))}
    return structs.replace(PLAYER, routines=routines)


LADDER = PLAYER.routines["calf-strength"].levels[1].items[0].ladder


@pytest.mark.parametrize(
    ("routine", "how", "complaint"),
    [
        ("grass", {"protocol": "handstand"}, "names 'handstand', which does not exist"),
        ("grass", {"sets": ()}, "wanted sets or a ladder, one of the two"),
        ("calf-strength", {"ladder": LADDER}, "wanted sets or a ladder, one of the two"),
        ("grass", {"sets": (), "ladder": LADDER}, "this goes by time"),
        ("grass", {"sets": (60,) * 13}, "at most 12 sets"),
        ("grass", {"beat": "own"}, "wanted a beat where one runs to it"),
        ("grass", {"part": "raise"}, "its part of the warm-up, and of nothing else"),
        ("warm-up-easy", {"part": None}, "its part of the warm-up, and of nothing else"),
    ],
)
def test_a_routine_that_makes_no_sense_is_refused_with_its_place(routine, how, complaint):
    with pytest.raises(BadContent, match=complaint) as refused:
        _check_routines(broken(routine, **how))
    assert f"routines/{routine}.toml" in str(refused.value)


def test_an_exercise_that_no_routine_has_is_refused():
    spare = PLAYER.protocols | {"handstand": PLAYER.protocols["clam"]}
    with pytest.raises(BadContent, match="no routine has handstand"):
        _check_routines(structs.replace(PLAYER, protocols=spare))


@pytest.mark.parametrize(
    ("how", "complaint"),
    [
        ({"tempo_s": None}, "wanted a tempo where repetitions are counted"),
        ({"words": "timed"}, "wanted a tempo where repetitions are counted"),
        ({"asks": structs.replace(PLAYER.protocols["clam"].asks, source="Nobody1999")}, "names 'Nobody1999'"),
        ({"asks": structs.replace(PLAYER.protocols["clam"].asks, impulse_bw_s=9.0)}, "not within its spread"),
    ],
)
def test_an_exercise_that_makes_no_sense_is_refused_with_its_place(how, complaint):
    changed = PLAYER.protocols | {"clam": structs.replace(PLAYER.protocols["clam"], **how)}
    with pytest.raises(BadContent, match=rf"protocols/clam\.toml.*{complaint}"):
        _check_exercises(structs.replace(PLAYER, protocols=changed))


def test_an_exercise_without_words_is_refused():
    words = {id_: said for id_, said in PLAYER.rules.words.items() if id_ != "bare-work"}
    with pytest.raises(BadContent, match="'bare-work', which does not exist"):
        _check_exercises(structs.replace(PLAYER, rules=structs.replace(PLAYER.rules, words=words)))
