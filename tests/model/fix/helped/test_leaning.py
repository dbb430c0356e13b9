"""What a plan may lean on, and what it never gets from it."""

from datetime import timedelta
from random import Random

import pytest

from calfwise import library
from calfwise.model.care.leaning import Leaning, Liking
from calfwise.model.care.leant import technique_leant, way_leant
from calfwise.model.care.planner import plan
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD
from calfwise.model.fix.helped.leaning import leaning_of
from calfwise.model.journal import History
from calfwise.model.session import WHOLE_CALF
from tests.model.care import CONTENT, in_the_suite
from tests.model.care import NOW as EVENING
from tests.model.care.test_random_plans import asked, item_is_allowed, nothing_is_lost, session_is_allowed

from .made import INNER, NOW, history, item, session

RULES = library.helped()
FITTING = (PRESS_AND_HOLD, CROSS_STROKES, LONG_STROKES)
ZONE = "medial-upper"


def leaning(sessions: int = 9, **scores: tuple[float, int]) -> Leaning:
    """Made up: a score and a number of sessions for each technique; `press_and_hold=(1.4, 9)`."""
    likings = {
        id_.replace("_", "-"): Liking(score_nrs=score, told=count >= 5, quieter_nrs=score, sessions=count)
        for id_, (score, count) in scores.items()
    }
    return Leaning({ZONE: likings}, {}, sessions, RULES.leaning.ahead_nrs, 4, ("OurRule", "CoachRule"))


def chosen(leans: Leaning, *, tries: bool = False) -> tuple[str, str]:
    return tuple(technique_leant(FITTING, leaning=leans, zone=ZONE, content=CONTENT, tries=tries))


def test_what_felt_quieter_by_enough_comes_first_and_says_so_in_numbers() -> None:
    assert chosen(leaning(press_and_hold=(0.5, 6), cross_strokes=(1.4, 9))) == (
        CROSS_STROKES, "cross strokes: 1.4 of 10 quieter on average after 9 sessions here, so it comes first",
    )  # fmt: skip


def test_a_lead_of_less_than_the_coach_s_rule_changes_nothing() -> None:
    assert chosen(leaning(press_and_hold=(1.2, 6), cross_strokes=(1.4, 9))) == (PRESS_AND_HOLD, "")


def test_a_lead_from_too_few_sessions_changes_nothing() -> None:
    assert chosen(leaning(press_and_hold=(0.0, 9), cross_strokes=(3.0, 4))) == (PRESS_AND_HOLD, "")


def test_what_comes_first_anyway_says_why_where_it_leads() -> None:
    id_, why = chosen(leaning(press_and_hold=(1.4, 9), cross_strokes=(0.4, 5), long_strokes=(0.1, 5)))
    assert id_ == PRESS_AND_HOLD
    assert "1.4 of 10 quieter on average after 9 sessions here" in why


def test_what_was_tried_least_has_its_turn() -> None:
    leans = leaning(press_and_hold=(0.5, 6), cross_strokes=(1.4, 9), long_strokes=(0.1, 2))
    assert chosen(leans, tries=True)[0] == LONG_STROKES
    assert "tried least here (2 of 17 times)" in chosen(leans, tries=True)[1]


def test_every_fourth_session_tries_and_no_other() -> None:
    assert [n for n in range(13) if leaning(n).tries] == [4, 8, 12]


def test_trying_goes_on_sparing_the_hands() -> None:
    ways = [way for way in CONTENT.techniques[PRESS_AND_HOLD].ways if way.position == "floor"]
    usual_first = sorted(ways, key=lambda way: way.tool != "ball")
    leans = leaning(press_and_hold=(1, 9))
    assert CONTENT.tools[way_leant(usual_first, leaning=leans, content=CONTENT, tries=True).way.tool].spares_hands


def test_without_a_journal_there_is_nothing_to_lean_on() -> None:
    assert leaning_of(History(), content=CONTENT, rules=RULES, now=NOW) is None


def test_with_a_new_journal_everything_is_as_likely() -> None:
    leans = leaning_of(history(), content=CONTENT, rules=RULES, now=NOW)
    assert leans is not None
    assert {liking.score_nrs for own in leans.places.values() for liking in own.values()} == {0}
    assert not leans.tries


def test_a_technique_is_liked_most_where_it_felt_quieter() -> None:
    told = history(*(
        session(60 - 2 * n, item(INNER, FITTING[n % 3]), before=[5], after=[(5, 3, 5)[n % 3]]) for n in range(18)
    ))  # fmt: skip
    leans = leaning_of(told, content=CONTENT, rules=RULES, now=NOW)
    assert leans is not None
    here = leans.places[ZONE]
    assert max(here, key=lambda id_: here[id_].score_nrs) == CROSS_STROKES
    assert (here[CROSS_STROKES].sessions, here[CROSS_STROKES].elsewhere) == (6, 0)
    assert (leans.places["junction"][CROSS_STROKES].sessions, leans.places["junction"][CROSS_STROKES].elsewhere) == (
        0,
        6,
    )


def random_leaning(random: Random) -> Leaning:
    """Opinions of every kind, strong ones too."""

    def liking() -> Liking:
        count = random.randint(0, 20)
        score = random.gauss(0, 2)
        return Liking(score, random.random() < 0.7, random.choice((None, score)), count, random.randint(0, 9))

    return Leaning(
        places={zone: {id_: liking() for id_ in CONTENT.techniques} for zone in CONTENT.zones if random.random() < 0.9},
        tools={tool: liking() for tool in CONTENT.tools},
        sessions=random.randint(0, 12),
        ahead_nrs=0.3,
        try_every=4,
        sources=("OurRule",),
    )


@in_the_suite(600, share=0.5)
def test_leaning_never_changes_spots_queue_reasons_caps_or_how_much_there_is(count: int) -> None:
    """Random days with random opinions, and the same days without: only techniques and tools may differ."""
    random = Random(20_261_123)
    differ = 0
    for _ in range(count):
        question = asked(random)
        usual = question.plan()
        leant = plan(**question._asdict(), now=EVENING, leaning=random_leaning(random))
        assert (leant.queue, leant.reasons) == (usual.queue, usual.reasons)
        assert (leant.session is None) == (usual.session is None)
        if leant.session is None or usual.session is None:
            continue
        nothing_is_lost(question, leant)
        session_is_allowed(question, leant.session)
        assert leant.session.spots == usual.session.spots
        assert [each.spot for each in leant.session.items] == [each.spot for each in usual.session.items]
        for one, other in zip(leant.session.items, usual.session.items, strict=True):
            item_is_allowed(question, one)
            assert one.technique == other.technique or one.zone != WHOLE_CALF
            if one.technique == other.technique:
                assert (one.seconds, one.rest_s, one.effort_nrs) == (other.seconds, other.rest_s, other.effort_nrs)
            assert one.only_if_found == other.only_if_found
            differ += (one.technique, one.tool) != (other.technique, other.tool)
        for side in {each.side for each in usual.session.items}:
            pressed = [sum(i.pressure_s for i in s.items if i.side is side) for s in (leant.session, usual.session)]
            assert pressed[0] <= pressed[1]
    assert differ > count / 10


@pytest.mark.parametrize("days", [1, 30])
def test_a_plan_that_leans_is_the_same_every_time(days: int) -> None:
    told = history(*(session(60 - 2 * n, item(INNER, FITTING[n % 3]), before=[5], after=[4]) for n in range(18)))
    now = NOW + timedelta(days=days)
    one, other = (leaning_of(told, content=CONTENT, rules=RULES, now=now) for _ in range(2))
    assert one == other
