"""The order that a yes more must never loosen, worked by hand; and the same answer however the day is told."""

from itertools import permutations, product

import pytest

from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Referral, Unanswered
from calfwise.model.care.signs import Level
from calfwise.model.care.technique import LONG_STROKES
from calfwise.model.journal import CheckIn, Said, event_from_line, fold, line_of
from calfwise.model.session import Soreness

from . import BLOCKS, CARE_NOTES, LEFT, LONGER, NONE_OF_THESE, RIGHT, SIGNS, ago, answers, locked, screened, seen
from .order import no_looser

CLEAR = Clear()
LIGHT = LegLimits(effort_nrs=2, sets=1)
STROKES = LegLimits(effort_nrs=2, sets=1, techniques=(LONG_STROKES,), hands_only=True)
BOTH_LIGHT = Limited({LEFT: LIGHT, RIGHT: LIGHT}, ())
ONE_LIGHT = Limited({LEFT: LIGHT}, ())
ONE_STROKES = Limited({LEFT: STROKES}, ())
SILENT = Unanswered(("breathless",))
BLOCKED, ONE_WEEK, WEEK, TODAY, NOW = (
    Referral(Level.BLOCK, (LEFT, RIGHT), ()),
    Referral(Level.WEEK, (LEFT,), ()),
    Referral(Level.WEEK, (LEFT, RIGHT), ()),
    Referral(Level.TODAY, (LEFT, RIGHT), ()),
    Referral(Level.EMERGENCY, (LEFT, RIGHT), ()),
)
FROM_LOOSE_TO_STRICT = [CLEAR, BOTH_LIGHT, ONE_LIGHT, ONE_STROKES, BLOCKED, ONE_WEEK, WEEK, TODAY, NOW]


def test_from_a_free_session_to_the_emergency_number_each_step_is_stricter():
    for i, j in product(range(len(FROM_LOOSE_TO_STRICT)), repeat=2):
        assert no_looser(FROM_LOOSE_TO_STRICT[j], FROM_LOOSE_TO_STRICT[i]) is (i <= j), (i, j)


def test_a_question_not_answered_is_stricter_than_any_session_and_looser_than_any_referral():
    assert [no_looser(SILENT, other) for other in FROM_LOOSE_TO_STRICT] == [True] * 4 + [False] * 5
    assert [no_looser(other, SILENT) for other in FROM_LOOSE_TO_STRICT] == [False] * 4 + [True] * 5


def test_one_leg_and_the_other_are_neither_looser_nor_stricter():
    other = Limited({RIGHT: LIGHT}, ())
    assert not no_looser(ONE_LIGHT, other)
    assert not no_looser(other, ONE_LIGHT)


@pytest.mark.parametrize(("left", "right"), [(0, 0), (5, 4), (4, 0), (7, 7)])
@pytest.mark.parametrize("note", CARE_NOTES)
def test_a_care_note_more_never_loosens(note, left, right):
    without = screened(left, right, explained=LONGER)
    assert no_looser(screened(left, right, said=NONE_OF_THESE | {note: Said.YES}, explained=LONGER), without)


def test_a_second_leg_never_loosens():
    for id_, question in (SIGNS | BLOCKS).items():
        if question.sided:
            one, both = (screened(3, 3, said=answers(**{id_: word})) for word in ("left", "both"))
            assert no_looser(both, one), id_


def test_the_order_in_which_one_answers_does_not_matter():
    said = {"swelling": Said.LEFT, "lump": Said.RIGHT, "skin": Said.BOTH, "pill-or-hrt": Said.YES}
    told = {
        str(screened(4, 0, said=dict(order) | {id_: Said.NO for id_ in NONE_OF_THESE if id_ not in said}))
        for order in permutations(said.items())
    }
    assert len(told) == 1


def test_the_order_of_the_journal_s_lines_does_not_matter():
    events = [
        CheckIn(at=ago(days=20), soreness=Soreness(4, 4), answers=answers(clot_before="yes")),
        CheckIn(at=ago(days=15), soreness=Soreness(4, 3)),
        locked(LEFT, days=9),
        seen(block="clot-before", days=8),
    ]
    assert len({str(screened(4, 4, history=fold(order))) for order in permutations(events)}) == 1


def test_the_same_day_gets_the_same_answer_every_time():
    assert screened(4, 0, explained=LONGER) == screened(4, 0, explained=LONGER)


def test_what_the_journal_keeps_comes_back_as_it_was():
    for event in (locked(LEFT, RIGHT, two_sided=True, days=9), seen(side=LEFT, days=2), CheckIn(at=ago(days=1))):
        assert event_from_line(line_of(event)) == event


def test_a_journal_line_without_the_time_s_offset_is_refused():
    with pytest.raises(ValueError, match=r"Expected `datetime` with a timezone component - at `\$.at`"):
        event_from_line('{"event": "morning", "at": "2026-05-20T07:00:00", "soreness": {"left": 1, "right": 0}}')
