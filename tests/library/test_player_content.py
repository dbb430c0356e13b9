"""What the guided session says and asks, and the exercises of quiet days."""

import re

import pytest

from calfwise.library import player
from calfwise.model.care.player_steps import StepKind

from . import LIBRARY, SOURCES
from .test_techniques import FORBIDDEN

PLAYER = player()
FILLED_IN = {"leg", "place", "tool", "technique", "effort", "seconds", "time", "reps", "times", "tempo"}
FILES = [
    LIBRARY / "player.toml",
    LIBRARY / "habit.toml",
    *sorted((LIBRARY / "protocols").iterdir()),
    *sorted((LIBRARY / "routines").iterdir()),
]
every_protocol = pytest.mark.parametrize("protocol", list(PLAYER.protocols.values()), ids=list(PLAYER.protocols))


def test_the_player_has_words_for_every_kind_of_step():
    assert {kind.value for kind in StepKind} <= set(PLAYER.rules.words)
    for words in PLAYER.rules.words.values():
        assert set(re.findall(r"{(\w*)}", words.full + words.short)) <= FILLED_IN
        assert len(words.short) <= len(words.full)


def test_getting_ready_names_no_time_for_it_would_be_its_own():
    for id_, words in PLAYER.rules.words.items():
        if id_.endswith("-ready"):
            assert not re.search(r"{time}|{seconds}|{reps}", words.full + words.short)


def test_one_may_stop_for_eight_reasons_and_six_of_them_lead_to_the_gate():
    reasons = PLAYER.rules.reasons
    to_the_gate = [id_ for id_, reason in reasons.items() if reason.leads_to_the_gate]
    assert to_the_gate == ["sharp", "numb", "tingling", "throbbing", "cold", "breathless"]
    assert [id_ for id_ in reasons if id_ not in to_the_gate] == ["enough", "no-time"]


def test_a_cold_foot_and_breathlessness_are_emergencies_at_the_gate():
    for reason in ("cold", "breathless"):
        raised = PLAYER.rules.reasons[reason].raises
        assert {PLAYER.care.gate.questions[sign].level.value for sign in raised} == {"E"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_promises_what_nobody_can_keep(path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


def test_heel_raises_come_with_straight_and_with_bent_knees():
    assert {id_: protocol.knee for id_, protocol in PLAYER.protocols.items() if protocol.knee} == {
        "heel-raises-straight": "straight", "heel-raises-bent": "bent"
    }  # fmt: skip


@pytest.mark.parametrize("id_", [id_ for id_ in PLAYER.protocols if id_.startswith("heel-raises")])
def test_heel_raises_take_three_seconds_up_and_three_down_with_two_minutes_between_sets(id_):
    protocol = PLAYER.protocols[id_]
    assert (protocol.tempo_s, protocol.rest_s) == ((3, 0, 3), 120)


@every_protocol
def test_every_claim_names_its_sources_and_says_what_is_our_rule(protocol):
    assert set(protocol.evidence.sources) <= SOURCES
    assert "our rule" in protocol.evidence.limits
    assert "CoachRule" in protocol.evidence.sources


@every_protocol
def test_every_exercise_says_how_to_do_less_and_when_to_stop(protocol):
    assert "For less" in " ".join(protocol.steps)
    stop = " ".join(protocol.stop)
    assert all(word in stop for word in ("sharp", "numbness", "six out of ten", "emergency number"))
