"""What techniques and tools say, and that they keep within the caps."""

import re
from itertools import pairwise

import msgspec
import pytest

from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, POSITIONS, PRESS_AND_HOLD, Caps, Technique, Tool

from . import LIBRARY, SOURCES, folder, one

TECHNIQUES = folder("techniques", Technique)
TOOLS = one("tools.toml", dict[str, Tool])
CAPS = one("caps.toml", Caps)

OFFERED = {
    PRESS_AND_HOLD: {"thumbs", "knuckles", "ball", "roller", "opposite-knee"},
    CROSS_STROKES: {"thumbs", "knuckles", "ball"},
    LONG_STROKES: {"thumbs", "knuckles", "ball", "roller", "stick", "opposite-knee"},
}

FORBIDDEN = re.compile(
    r"\b(safe(ly|ty|r|st)?|treat(s|ed|ing|ments?)?|heal(s|ed|ing)?|releas(e|es|ed|ing)|detect(s|ed|ing|ion)?"
    r"|prevent(s|ed|ing|ion)?|trigger\W+points?|knot(s|ted)?|(myo)?fascia(l|e)?|cur(e|es|ed|ing)|clear(ed|ance)?"
    r"|massage\W+guns?)\b",
    re.IGNORECASE,
)
CONTENT = [
    LIBRARY / "caps.toml",
    LIBRARY / "tools.toml",
    *sorted(path for name in ("techniques", "zones", "no_go") for path in (LIBRARY / name).glob("*.toml")),
]

every_technique = pytest.mark.parametrize("technique", list(TECHNIQUES.values()), ids=list(TECHNIQUES))


def instructions(technique: Technique) -> str:
    return " ".join((technique.short, *technique.cues, *(step for way in technique.ways for step in way.steps)))


def test_the_coach_teaches_three_techniques():
    assert set(TECHNIQUES) == {PRESS_AND_HOLD, CROSS_STROKES, LONG_STROKES}


def test_hands_and_the_other_knee_are_always_there_and_nothing_else_is():
    assert {id_ for id_, tool in TOOLS.items() if tool.always_there} == {"thumbs", "knuckles", "opposite-knee"}
    assert {id_ for id_, tool in TOOLS.items() if tool.by_hand} == {"thumbs", "knuckles"}


@pytest.mark.parametrize(("technique", "tools"), list(OFFERED.items()))
def test_every_tool_offered_has_its_steps_on_the_floor_and_on_a_chair_once_each(technique, tools):
    ways = [(way.tool, way.position) for way in TECHNIQUES[technique].ways]
    assert sorted(ways) == sorted((tool, position) for tool in tools for position in POSITIONS)
    assert tools <= set(TOOLS)


@every_technique
def test_whoever_owns_nothing_and_cannot_get_down_to_the_floor_can_still_do_it(technique):
    assert any(TOOLS[way.tool].by_hand and way.position == "chair" for way in technique.ways)


@every_technique
def test_three_to_five_steps_each_a_line_to_read_from_the_floor(technique):
    for way in technique.ways:
        assert 3 <= len(way.steps) <= 5, (way.tool, way.position)
        assert all(len(step) <= 140 and step.endswith(".") for step in way.steps), (way.tool, way.position)


@every_technique
def test_every_way_says_how_to_press_less(technique):
    for way in technique.ways:
        assert re.search(r"\bless\b|\bhow heavy\b", " ".join(way.steps)), (way.tool, way.position)


def test_the_caps_are_those_of_the_safety_rules():
    assert msgspec.to_builtins(CAPS) == {
        "effort_nrs": 4, "ease_above_nrs": 4, "stop_at_nrs": 6,
        "spots": 3, "first_sessions": 3, "first_spots": 2,
        "hold_s": 30, "hold_sets": 3, "cross_s": 60, "stroke_set_s": 60, "stroke_sets": 3,
        "pressure_per_calf_s": 300, "worse_rest_h": 48, "waiting_days": 7,
    }  # fmt: skip


@every_technique
def test_no_technique_asks_for_more_than_four_out_of_ten(technique):
    assert technique.dose.effort_nrs <= CAPS.effort_nrs
    assert "Four out of ten at most." in technique.cues[0]


def test_a_spot_is_held_30_s_at_most_three_times_with_30_s_rest():
    dose = TECHNIQUES[PRESS_AND_HOLD].dose
    assert dose.seconds <= CAPS.hold_s
    assert dose.sets <= CAPS.hold_sets
    assert dose.rest_s >= 30


def test_cross_strokes_last_a_minute_a_spot_in_all():
    dose = TECHNIQUES[CROSS_STROKES].dose
    assert dose.sets * dose.seconds <= CAPS.cross_s


def test_long_strokes_last_30_to_60_s_up_to_three_times_at_2_to_4_s_a_stroke():
    dose = TECHNIQUES[LONG_STROKES].dose
    assert dose.sets <= CAPS.stroke_sets
    assert 30 <= dose.seconds <= CAPS.stroke_set_s
    assert dose.stroke_s == (2.0, 4.0)


def test_three_spots_on_one_calf_fit_into_five_minutes_of_pressure():
    longest_s = max(technique.dose.sets * technique.dose.seconds for technique in TECHNIQUES.values())
    assert CAPS.spots * longest_s <= CAPS.pressure_per_calf_s


def test_only_long_strokes_are_light_and_suit_however_tender_a_spot_is():
    assert {id_ for id_, technique in TECHNIQUES.items() if technique.gentle} == {LONG_STROKES}
    tolerance = {id_: technique.up_to_tenderness_nrs for id_, technique in TECHNIQUES.items()}
    assert tolerance[CROSS_STROKES] < tolerance[PRESS_AND_HOLD] < tolerance[LONG_STROKES] == 10


def test_long_strokes_run_up_from_above_the_heel_cord_and_end_below_the_knee():
    for way in TECHNIQUES[LONG_STROKES].ways:
        words = " ".join(way.steps)
        places = [words.index(place) for place in ("hand width above the heel bone", "up ", "nd three fingers below")]
        ordered = sorted(places) == places
        assert ordered, (way.tool, way.position)


@every_technique
def test_every_technique_says_where_not_to_go(technique):
    cues = " ".join(technique.cues)
    for place in ("middle", "knee", "knob", "shin bone", "ankle bones", "heel", "vein", "lump", "bruise", "numb"):
        assert place in cues, place


@every_technique
def test_every_technique_stops_on_the_same_signs(technique):
    assert technique.stop == TECHNIQUES[LONG_STROKES].stop
    stop = " ".join(technique.stop)
    for sign in ("electric", "ingling", "numbness", "pulse", "cold", "colour", "rising", "six", "swelling",
                 "breathless", "faint", "chest pain", "emergency number"):  # fmt: skip
        assert sign in stop, sign


@every_technique
def test_every_claim_names_its_sources(technique):
    assert technique.evidence.sources
    assert set(technique.evidence.sources) <= SOURCES


def test_the_claims_stay_as_small_as_the_findings():
    claims = {id_: technique.evidence for id_, technique in TECHNIQUES.items()}
    assert "did not differ" in claims[PRESS_AND_HOLD].claim
    assert "no trial on calves" in claims[CROSS_STROKES].claim
    assert claims[CROSS_STROKES].strength == "coach's rule"
    assert "nearly as much when only the other calf was rolled" in claims[LONG_STROKES].claim
    assert "not the tissue" in claims[LONG_STROKES].limits


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_promises_what_nobody_can_keep(path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []


def test_the_guard_on_words_sees_them_in_any_form():
    words = "Safe SAFELY treatment healed releases detects prevention trigger-point knots myofascial cure massage guns"
    assert len(FORBIDDEN.findall(words)) == len(words.split()) - 1
    assert not FORBIDDEN.search("heel, healthy, secure, a street, the retreat")


@every_technique
def test_no_line_is_said_twice_in_a_row(technique):
    for way in technique.ways:
        assert all(one_ != next_ for one_, next_ in pairwise(way.steps))
    assert len(set(technique.cues)) == len(technique.cues)


@every_technique
def test_the_runner_is_told_what_to_do_in_plain_words(technique):
    words = instructions(technique).lower()
    for latin in ("gastrocnemius", "soleus", "tibia", "fibula", "achilles", "popliteal", "medial", "lateral"):
        assert latin not in words
