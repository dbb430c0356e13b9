"""Whatever the history: never on locked legs, never above the caps, never grass or tempo on sore legs."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from calfwise.library import player
from calfwise.model.care.outcomes import Clear, Limited
from calfwise.model.care.player_steps import steps_of
from calfwise.model.care.screening import closed_before, screen
from calfwise.model.fix.practice import estimate_of, is_fast, level_of, loads_calves, may_practise, practice_of
from calfwise.model.journal import CheckIn, History, PracticeDone, Screened, Seen
from calfwise.model.session import HEEL_RAISES, Soreness, SorenessNote
from calfwise.model.weeks import WeeksWish
from tests.model.care import GATE, LEFT, NONE_OF_THESE, NOW, RIGHT

PLAYER = player()
ROUTINES = list(PLAYER.routines)
hours = st.integers(0, 24 * 70)
ratings = st.none() | st.integers(0, 10)


def said_of(legs):
    return Soreness(*legs)


calm = st.tuples(st.integers(0, 1), st.integers(0, 1)).map(said_of)
soreness = (
    calm
    | calm
    | calm
    | st.tuples(st.integers(0, 3), st.integers(0, 3)).map(said_of)
    | st.tuples(ratings, ratings).map(said_of)
)
"""Mostly calm, or hardly anything would ever be allowed."""


def ago(h):
    return NOW - timedelta(hours=h)


notes = st.builds(lambda h, said, early: SorenessNote(ago(h), said, early), hours, soreness, st.booleans())
practices = st.builds(
    lambda h, routine, level, felt, eased, stopped: PracticeDone(
        ago(h), level, eased=eased, stopped_early=stopped, routine=routine, felt_nrs=felt
    ),
    hours | st.integers(0, 80),
    st.sampled_from([*ROUTINES, HEEL_RAISES]),
    st.integers(1, 12),
    ratings,
    st.integers(0, 9).map(lambda n: n == 0),
    st.integers(0, 9).map(lambda n: n == 0),
)
referrals = st.builds(
    lambda h, level, locked: Screened(
        ago(h), "referral", GATE.rules.version, level=level, locked=locked, reasons=("bone-spot",)
    ),
    hours,
    st.sampled_from(["E", "U", "P"]),
    st.sampled_from([(LEFT,), (RIGHT,), (LEFT, RIGHT)]),
)
sightings = st.builds(lambda h, fine: Seen(ago(h), "physio", ago(h).date(), fine), hours, st.booleans())
wishes = st.none() | st.builds(
    lambda goal, on: WeeksWish(NOW.date(), 4, (0,), goal=goal, agreed_on=on),
    st.sampled_from(["steady", "return"]),
    st.none() | st.integers(-9, 9).map(lambda days: NOW.date() + timedelta(days=days)),
)


START = SorenessNote(ago(24 * 71), Soreness(0, 0), morning=True)


@st.composite
def histories(draw):
    """A journal's history, as folded: in order of time."""
    in_order = {"key": lambda each: each.at}
    size = draw(st.sampled_from([2, 2, 12]))
    return History(
        known=True,
        soreness=(START, *sorted(draw(st.lists(notes, max_size=5)), **in_order)),
        practices=tuple(sorted(draw(st.lists(practices, max_size=size)), **in_order)),
        referrals=tuple(sorted(draw(st.just([]) | st.lists(referrals, max_size=2)), **in_order)),
        seen=tuple(sorted(draw(st.just([]) | st.lists(sightings, max_size=2)), **in_order)),
        weeks=draw(wishes),
    )


def gate_on(history, said):
    check_in = CheckIn(NOW, said, answers=dict(NONE_OF_THESE))
    return screen(gate=GATE, check_in=check_in, history=history, explained=None, now=NOW)


days = {"history": histories(), "said": soreness, "asked": st.booleans(), "routine": st.sampled_from(ROUTINES)}


def allowed(history, said, asked, routine):
    screening = gate_on(history, said) if asked else None
    shut = may_practise(
        routine, history=history, soreness=said, screening=screening, content=PLAYER, now=NOW, cadence_spm=165.0
    )
    return shut is None


@settings(max_examples=300)
@given(**days)
def test_never_on_a_locked_leg_and_never_against_the_gate(history, said, asked, routine):
    if allowed(history, said, asked, routine):
        assert not any(sides for _, sides in closed_before(gate=GATE, history=history, now=NOW))
        assert not any(past.at.date() == NOW.date() for past in history.referrals)
        assert not asked or isinstance(gate_on(history, said), Clear | Limited)


@settings(max_examples=300)
@given(**days)
def test_never_above_its_soreness_its_hours_or_its_times_a_week(history, said, asked, routine):
    if allowed(history, said, asked, routine):
        rules = PLAYER.routines[routine]
        assert (said.worst_nrs or 0) <= rules.at_most_nrs
        mine = [one for one in history.practices if one.routine == routine]
        assert all(NOW - one.at >= timedelta(hours=rules.hours_between) for one in mine)
        assert sum((NOW.date() - one.at.astimezone(NOW.tzinfo).date()).days < 7 for one in mine) < rules.a_week
        if loads_calves(rules, PLAYER):
            heard = [said, *(note.soreness for note in history.soreness if note.at.date() == NOW.date())]
            assert any(each.left is not None for each in heard)
            assert any(each.right is not None for each in heard)


@settings(max_examples=300)
@given(**days | {"routine": st.sampled_from([id_ for id_, one in PLAYER.routines.items() if is_fast(one, PLAYER)])})
def test_never_anything_fast_or_barefoot_on_legs_that_were_sore_within_two_days(history, said, asked, routine):
    if allowed(history, said, asked, routine):
        lately = [note.soreness for note in history.soreness if NOW - note.at <= timedelta(hours=48)]
        assert all((each.worst_nrs or 0) <= 1 for each in (said, *lately))


@settings(max_examples=300)
@given(**days | {"routine": st.just("walk-run")})
def test_never_walk_and_run_without_a_professionals_word(history, said, asked, routine):
    if allowed(history, said, asked, routine):
        assert history.weeks is not None
        assert history.weeks.agreed_on is not None
        assert history.weeks.agreed_on <= NOW.date()


@settings(max_examples=300)
@given(history=histories(), routine=st.sampled_from(ROUTINES))
def test_a_level_is_there_and_at_most_one_above_the_last(history, routine):
    level, why = level_of(routine, history, content=PLAYER, now=NOW)
    mine = [one.level for one in history.practices if one.routine == routine]
    assert 1 <= level <= len(PLAYER.routines[routine].levels)
    assert level <= (mine[-1] + 1 if mine else 1)
    assert why.endswith(".")


@settings(max_examples=200)
@given(history=histories(), routine=st.sampled_from(ROUTINES), worse=st.integers(4, 10))
def test_saying_that_it_was_harder_never_leads_higher(history, routine, worse):
    told = tuple(structs.replace(one, felt_nrs=max(worse, one.felt_nrs or 0)) for one in history.practices)
    before, _ = level_of(routine, history, content=PLAYER, now=NOW)
    after, _ = level_of(routine, replace(history, practices=told), content=PLAYER, now=NOW)
    assert after <= before


@settings(max_examples=100)
@given(routine=st.sampled_from(ROUTINES), at=st.integers(1, 9), cadence=st.none() | st.floats(60, 260))
def test_every_level_can_be_played_and_counted(routine, at, cadence):
    at = min(at, len(PLAYER.routines[routine].levels))
    practice = practice_of(routine, at, content=PLAYER, at=NOW, reason="because", cadence_spm=cadence)
    steps = steps_of(practice, content=PLAYER)
    assert sum(step.kind == "work" for step in steps) == sum(item.sets for item in practice.items)
    assert all(cadence is None or item.beat_spm is None or item.beat_spm <= cadence * 1.05 for item in practice.items)
    assert estimate_of(practice, content=PLAYER).high_bw_s >= 0
