"""Heel raises on quiet days, a level up after three quiet sessions, never where anything is locked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from calfwise.model.care.habit import habit_for, highest_level
from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Reason, Referral, Unanswered
from calfwise.model.care.planner import Plan
from calfwise.model.care.signs import Level
from calfwise.model.journal import CheckIn, History, PracticeDone
from calfwise.model.session import Soreness

from . import FIRST_DAY, LEFT, NOW, RIGHT, ago, answers, felt, locked, planned, screened, tender
from .players import PLAYER

RULES = PLAYER.habit


def habit(*past, left=0, right=0, screening=None, plan=None, history=FIRST_DAY):
    screening = screened(left, right, history=history) if screening is None else screening
    return habit_for(
        history=replace(history, practices=tuple(sorted(past, key=lambda one: one.at))),
        check_in=CheckIn(at=NOW, soreness=Soreness(left, right)),
        screening=screening,
        plan=planned(left=left, right=right) if plan is None else plan,
        content=PLAYER,
        now=NOW,
    )


def done(level, *days, eased=False, stopped_early=False):
    return [PracticeDone(ago(days=day), level, eased, stopped_early) for day in days]


# Which days


def test_a_quiet_day_begins_on_the_first_level_with_both_legs():
    today = habit()
    assert today.level == 1
    assert [(item.protocol, item.side, item.counts) for item in today.items] == [
        ("heel-raises-straight", None, (8, 8)),
        ("heel-raises-bent", None, (8, 8)),
    ]
    assert {(item.tempo_s, item.rest_s, item.set_seconds) for item in today.items} == {((3, 0, 3), 120, (48, 48))}
    assert "Beyer2015" in today.sources


def test_with_something_to_do_today_there_are_no_heel_raises():
    assert habit(left=2) is None
    assert habit(plan=planned(tender(LEFT, "medial-upper", 5))) is None


@pytest.mark.parametrize("reason", ["once-a-day", "resting", "no-time"])
def test_a_plan_that_is_empty_for_another_reason_is_no_quiet_day(reason):
    assert habit(plan=Plan(None, (), (Reason(reason, "because", ("CoachRule",)),))) is None


@pytest.mark.parametrize(("left", "right"), [(3, 0), (0, 3), (None, 0), (0, None)])
def test_sorer_than_two_or_nobody_said_is_no_quiet_day(left, right):
    assert habit(left=left, right=right, screening=Clear(), plan=planned()) is None


@pytest.mark.parametrize(
    "screening",
    [
        Referral(Level.WEEK, (LEFT,), ()),
        Referral(Level.BLOCK, (LEFT, RIGHT), ()),
        Unanswered(("pop",)),
        Limited({LEFT: LegLimits()}, ()),
        Limited({LEFT: LegLimits(), RIGHT: LegLimits(2)}, ()),
    ],
    ids=["referral", "block", "unanswered", "one leg locked", "a care note"],
)
def test_only_where_nothing_is_locked_or_limited(screening):
    assert habit(screening=screening) is None


def test_a_leg_locked_on_an_earlier_day_or_a_block_of_today_has_none_through_the_gate():
    history = History(known=True, referrals=(locked(LEFT, days=3),))
    assert habit(history=history) is None
    assert habit(screening=screened(said=answers(pregnant="yes"))) is None


def test_not_on_two_days_running():
    assert habit(*done(1, 1)) is None
    assert habit(*done(1, 2)) is not None


def test_not_on_the_day_after_calf_strength_and_glutes_do_not_matter():
    def past(routine, day):
        return [PracticeDone(ago(days=day), 5, routine=routine)]

    assert habit(*past("calf-strength", 1)) is None
    assert habit(*past("calf-strength", 2)).level == 1, "its level is no level of heel raises"
    assert habit(*past("glute-strength", 1)) is not None


# Which level


def test_three_quiet_sessions_make_a_level_and_two_do_not():
    assert habit(*done(1, 6, 4, 2)).level == 2
    assert habit(*done(1, 4, 2)).level == 1
    assert habit(*done(2, 8, 6), *done(1, 4, 2)).level == 1


def test_the_order_in_which_they_are_told_does_not_matter():
    assert habit(*done(1, 2, 6, 4)) == habit(*done(1, 6, 4, 2))


def test_one_that_was_eased_or_stopped_leads_a_level_down_and_never_below_the_first():
    assert habit(*done(3, 6, 4), *done(3, 2, eased=True)).level == 2
    assert habit(*done(3, 6, 4), *done(3, 2, stopped_early=True)).level == 2
    assert habit(*done(1, 2, eased=True)).level == 1


def test_a_hard_one_among_the_three_begins_the_count_anew():
    assert habit(*done(2, 8, eased=True), *done(2, 6, 4)).level == 2
    assert habit(*done(2, 8), *done(2, 6, eased=True), *done(2, 4, 2)).level == 2


def test_calves_sorer_than_two_within_two_days_lead_a_level_down():
    sore = History(known=True, soreness=(felt(3, 0, days=1.5),))
    assert habit(*done(3, 7, 5, 2.5), history=sore, screening=Clear()).level == 2
    fine = History(known=True, soreness=(felt(2, 0, days=1.5),))
    assert habit(*done(3, 7, 5, 2.5), history=fine, screening=Clear()).level == 4


def test_after_a_break_of_three_weeks_a_level_down():
    assert habit(*done(3, 30, 28, 26)).level == 2
    assert habit(*done(3, 25, 23, 21)).level == 4


def test_from_the_fourth_level_on_each_leg_has_its_turn():
    sides = [item.side for item in habit(*done(3, 6, 4, 2)).items]
    assert sides == [LEFT, RIGHT, LEFT, RIGHT]


def test_there_is_a_last_level():
    last = highest_level(PLAYER)
    today = habit(*done(last, 8, 6, 4, 2))
    assert (last, today.level) == (7, 7)
    assert max(max(item.counts) for item in today.items) == 15


def test_levels_only_ever_rise_by_one_step_of_sets_repeats_or_legs():
    """Coach's rule, after the order of measured load: both legs before one."""
    for protocol in PLAYER.protocols.values():
        legs = [level.legs for level in protocol.levels]
        assert legs == sorted(legs)
        per_leg = {"both": [], "one": []}
        for level in protocol.levels:
            per_leg[level.legs].append(level.sets * level.reps)
        assert all(totals == sorted(totals) for totals in per_leg.values())


def test_what_is_yet_to_come_does_not_count():
    ahead = structs.replace(done(5, 0)[0], at=NOW + timedelta(days=1))
    assert habit(ahead).level == 1
