"""Every sign and every block, alone and in pairs, in every context: no session where none may be."""

from datetime import timedelta
from itertools import combinations

import pytest

from calfwise.assess import Question, assess
from calfwise.model.care.choice import Kit
from calfwise.model.care.outcomes import Limited, Referral, Screening
from calfwise.model.care.signs import Level
from calfwise.model.journal import Answers, CheckIn, Said
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.run import Side
from calfwise.model.runner import Runner
from calfwise.model.session import Soreness
from calfwise.scenario import MadeRun, made_run

from . import (
    BLOCKS,
    BOTH_SIDES,
    CONTENT,
    FIRST_DAY,
    GATE,
    LEFT,
    LONGER,
    MODIFIERS,
    NONE_OF_THESE,
    NOW,
    RIGHT,
    SIGNS,
    ago,
    reasons,
    screened,
    tender,
)  # fmt: skip
from .order import has_no_session, no_looser

ALL_WORDS = (Said.LEFT, Said.RIGHT, Said.BOTH, Said.YES)
SAID = [
    (id_, word) for id_, question in (SIGNS | BLOCKS).items() for word in (ALL_WORDS if question.sided else (Said.YES,))
]
"""Every sign and block with every word it can be answered with."""
PAIRS = [(one, other) for one, other in combinations(SAID, 2) if one[0] != other[0]]

AFTER_A_LONG_RUN = {
    "both calves sore after a long run": (5, 4),
    "nothing sore": (0, 0),
    "one calf sore, and the run explains it": (4, 0),
    "both calves very sore after a long run": (7, 7),
}
contexts = pytest.mark.parametrize("context", AFTER_A_LONG_RUN)


def legs_of(id_: str, word: Said) -> tuple[Side, ...]:
    sided = (SIGNS | BLOCKS)[id_].sided and word in (Said.LEFT, Said.RIGHT)
    return (Side(word.value),) if sided else BOTH_SIDES


def closed_by(id_: str, word: Said) -> tuple[Side, ...]:
    """A sign closes both legs on its day, a block those it names."""
    return BOTH_SIDES if id_ in SIGNS else legs_of(id_, word)


def open_by_table(said: Answers) -> set[Side]:
    """The legs that may have a session, by section 0 alone."""
    closed = {side for id_, word in said.items() for side in closed_by(id_, word)}
    return set(BOTH_SIDES) - closed


def level_by_table(said: Answers) -> Level:
    """The most urgent level among what was said."""
    levels = [SIGNS[id_].level if id_ in SIGNS else Level.BLOCK for id_ in said]
    return max((level for level in levels if level), key=lambda one: one.rank)


def holds(answer: Screening, said: Answers, *, one_sided: bool) -> bool:
    """Whether the gate's answer is the table's."""
    if may_be := open_by_table(said):
        return isinstance(answer, Limited) and set(answer.legs) == may_be
    return (
        isinstance(answer, Referral)
        and answer.level.rank >= level_by_table(said).rank
        and (one_sided or answer.level is level_by_table(said))
        and set(said) <= set(reasons(answer))
    )


def loads() -> tuple[RunLoad, ...]:
    """A month of 8 km runs, and 13 km yesterday."""
    ends = [(NOW - timedelta(days=days), 8.0) for days in range(25, 1, -3)] + [(ago(days=1), 13.0)]
    return tuple(run_load(made_run(MadeRun(days_ago=0, km=km), end), Runner(), ()) for end, km in ends)


LOADS = loads()
SPOTS = tuple(tender(side, zone, 5) for side in BOTH_SIDES for zone in ("medial-upper", "soleus-medial"))


def assessed(soreness, said):
    """Through the front door, with tender spots on both legs."""
    check_in = CheckIn(at=NOW, soreness=Soreness(*soreness), spots=SPOTS, answers=NONE_OF_THESE | said)
    return assess(
        Question(
            now=NOW,
            runner=Runner(),
            loads=LOADS,
            history=FIRST_DAY,
            check_in=check_in,
            kit=Kit(frozenset({"ball", "roller"}), "floor"),
            minutes=10,
            content=CONTENT,
        )
    )


def test_the_table_has_every_sign_and_every_block():
    sided = sum(question.sided for question in (SIGNS | BLOCKS).values())
    assert len(SAID) == len(SIGNS) + len(BLOCKS) + 3 * sided
    assert len(SIGNS) + len(BLOCKS) + len(MODIFIERS) + 3 == len(GATE.questions)


@contexts
def test_without_any_of_them_there_is_a_session(context):
    assert assessed(AFTER_A_LONG_RUN[context], {}).plan.session is not None


@contexts
def test_alone_through_the_front_door_nothing_is_done_where_nothing_may_be(context):
    for id_, word in SAID:
        answer = assessed(AFTER_A_LONG_RUN[context], {id_: word})
        session = answer.plan.session
        worked = {item.side for item in session.items} if session else set()
        assert worked <= open_by_table({id_: word}), (id_, word)
        assert holds(answer.screening, {id_: word}, one_sided="one calf" in context), (id_, word)
        assert (session is None) == has_no_session(answer.screening), (id_, word)


@contexts
def test_in_pairs_nothing_is_done_where_nothing_may_be(context):
    left, right = AFTER_A_LONG_RUN[context]
    alone = {said: screened(left, right, said=NONE_OF_THESE | dict([said]), explained=LONGER) for said in SAID}
    for one, other in PAIRS:
        said = dict([one, other])
        answer = screened(left, right, said=NONE_OF_THESE | said, explained=LONGER)
        assert holds(answer, said, one_sided="one calf" in context), said
        assert no_looser(answer, alone[one]), said
        assert no_looser(answer, alone[other]), said


@contexts
def test_with_a_modifier_on_top_nothing_is_loosened(context):
    left, right = AFTER_A_LONG_RUN[context]
    for id_, word in SAID:
        alone = screened(left, right, said=NONE_OF_THESE | {id_: word}, explained=LONGER)
        for modifier in MODIFIERS:
            both = screened(left, right, said=NONE_OF_THESE | {id_: word, modifier: Said.YES}, explained=LONGER)
            assert no_looser(both, alone), (id_, word, modifier)


@pytest.mark.parametrize("context", [name for name in AFTER_A_LONG_RUN if "one calf" not in name])
def test_modifiers_alone_and_in_pairs_change_nothing_at_all(context):
    without = assessed(AFTER_A_LONG_RUN[context], {})
    for one, other in combinations([*MODIFIERS, "none"], 2):
        said = {id_: Said.YES for id_ in (one, other) if id_ in MODIFIERS}
        answer = assessed(AFTER_A_LONG_RUN[context], said)
        assert answer.screening == without.screening, said
        assert answer.plan == without.plan, said


def test_one_sided_legs_are_told_apart():
    assert closed_by("skin", Said.LEFT) == (LEFT,)
    assert closed_by("fresh-injury", Said.RIGHT) == (RIGHT,)
    assert closed_by("bone-spot", Said.LEFT) == BOTH_SIDES
