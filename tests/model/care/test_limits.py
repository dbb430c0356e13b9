"""Lighter, shorter, fewer places: what a session may be where nothing refers."""

import pytest
from msgspec import structs

from calfwise.model.care.outcomes import Clear, LegLimits, Limited
from calfwise.model.care.screening import screen
from calfwise.model.care.signs import Narrows
from calfwise.model.care.technique import LONG_STROKES
from calfwise.model.journal import CheckIn, Said
from calfwise.model.session import Soreness

from . import CARE_NOTES, FIRST_DAY, GATE, LEFT, LONGER, NONE_OF_THESE, NOW, RIGHT, answers, reasons, screened

LIGHT_STROKES = LegLimits(effort_nrs=2, techniques=(LONG_STROKES,))


@pytest.mark.parametrize(("left", "right"), [(6, 6), (10, 9)])
def test_above_five_on_both_sides_there_are_long_light_strokes_only(left, right):
    answer = screened(left, right, explained=LONGER)
    assert isinstance(answer, Limited)
    assert answer.legs == {LEFT: LIGHT_STROKES, RIGHT: LIGHT_STROKES}
    assert reasons(answer) == ["very-sore", "very-sore"]
    assert not answer.ask_daily


def test_at_five_there_is_no_limit_yet():
    assert screened(5, 5, explained=LONGER) == Clear()


def test_a_leg_above_five_is_limited_beside_one_that_is_not():
    answer = screened(6, 5)
    assert isinstance(answer, Limited)
    assert answer.legs == {LEFT: LIGHT_STROKES, RIGHT: LegLimits()}


@pytest.mark.parametrize("note", ["thin-bones", "steroids"])
def test_thin_bones_and_steroids_are_worked_on_lightly_and_by_hand(note):
    answer = screened(3, 3, said=answers(**{note: "yes"}))
    assert isinstance(answer, Limited)
    light = LegLimits(effort_nrs=2, sets=1, hands_only=True)
    assert answer.legs == {LEFT: light, RIGHT: light}
    assert reasons(answer) == [note]


def test_flat_veins_take_long_light_strokes_by_hand_only():
    answer = screened(3, 3, said=answers(flat_veins="yes"))
    assert isinstance(answer, Limited)
    assert answer.legs[LEFT] == LegLimits(effort_nrs=2, sets=1, techniques=(LONG_STROKES,), hands_only=True)


def test_these_are_all_care_notes():
    assert set(CARE_NOTES) == {"thin-bones", "steroids", "flat-veins"}


def test_limits_add_up():
    """Thin bones and both calves at 7: by hand, light, one set, long strokes."""
    answer = screened(7, 7, said=answers(thin_bones="yes"))
    assert isinstance(answer, Limited)
    assert answer.legs[RIGHT] == LegLimits(effort_nrs=2, sets=1, techniques=(LONG_STROKES,), hands_only=True)
    assert set(reasons(answer)) == {"thin-bones", "very-sore"}


def test_of_two_limits_the_tighter_one_counts():
    """A care note that allows 3 of 10, and calves so sore that only 2 are."""
    note = structs.replace(CARE_NOTES["thin-bones"], narrows=Narrows(effort_nrs=3))
    gate = structs.replace(GATE, questions=GATE.questions | {"thin-bones": note})
    check_in = CheckIn(at=NOW, soreness=Soreness(7, 7), answers=answers(thin_bones="yes"))
    answer = screen(gate=gate, check_in=check_in, history=FIRST_DAY, explained=LONGER, now=NOW)
    assert isinstance(answer, Limited)
    assert answer.legs[LEFT] == LegLimits(effort_nrs=2, sets=1, techniques=(LONG_STROKES,))


@pytest.mark.parametrize("note", CARE_NOTES)
def test_a_care_note_refers_nobody(note):
    for left, right in [(0, 0), (4, 4), (6, 6)]:
        assert isinstance(screened(left, right, said=NONE_OF_THESE | {note: Said.YES}), Limited)
