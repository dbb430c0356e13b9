"""Two or three spots for today, the rest for tomorrow; no session when nothing is tight, and one a day."""

from datetime import timedelta

import msgspec
import pytest
from msgspec import structs

from calfwise.model.care.choice import eased_last_time
from calfwise.model.care.outcomes import Clear, LegLimits, Limited
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD
from calfwise.model.journal import CheckIn, Done, History, Morning, Planned, SpotMorning, fold
from calfwise.model.session import WHOLE_CALF, Eased, Soreness, Spot, WaitingSpot

from . import CONTENT, FIRST_DAY, LEFT, NOW, RIGHT, ago, planned, screened, tender

FOUR = (
    tender(LEFT, "medial-upper", 6),
    tender(LEFT, "soleus-medial", 3),
    tender(RIGHT, "medial-middle", 5),
    tender(RIGHT, "lateral-upper", 2),
)
ALL_THREE = {PRESS_AND_HOLD, CROSS_STROKES, LONG_STROKES}
HANDS = frozenset()


def day(journal, *spots, days, left=2, right=0, done=True, **how):
    """One evening of a runner: check in, screen, plan, and do it."""
    now = ago(days=days)
    history = fold(journal)
    check_in = CheckIn(at=now, soreness=Soreness(left, right), spots=spots)
    answer = planned(
        *spots, left=left, right=right, history=history, screening=screened(left, right, history=history, now=now),
        now=now, **how,
    )  # fmt: skip
    journal.append(check_in)
    if answer.session:
        journal.append(Planned(at=now, session=answer.session, queue=answer.queue))
        if done:
            journal.append(Done(at=now + timedelta(minutes=12)))
    return answer


def experienced(*, days=4):
    """A journal with three sessions done, the last one so many days ago."""
    journal = []
    for day_before in (days + 2, days + 1, days):
        day(journal, tender(LEFT, "medial-upper", 4), days=day_before)
    return fold(journal)


def names(spots):
    return [str(spot) for spot in spots]


def waits(plan):
    return [str(waiting.spot) for waiting in plan.queue]


# How many, and in which order


def test_in_the_first_sessions_two_spots_then_the_rest_waits():
    plan = planned(*FOUR, left=5, right=4)
    assert names(plan.session.spots) == ["left:medial-upper", "right:medial-middle"]
    assert waits(plan) == ["left:soleus-medial", "right:lateral-upper"]
    assert [reason.id for reason in plan.reasons] == ["rest-waits"]


def test_after_three_sessions_three_spots_and_never_more():
    plan = planned(*FOUR, left=5, right=4, history=experienced(), minutes=30)
    assert names(plan.session.spots) == ["left:medial-upper", "left:soleus-medial", "right:medial-middle"]
    assert waits(plan) == ["right:lateral-upper"]


def test_without_a_journal_two_spots_and_more_gently():
    plan = planned(*FOUR, left=5, right=4, history=History(), minutes=30)
    assert len(plan.session.spots) == 2
    assert {item.effort_nrs for item in plan.session.items} == {3}
    assert "history-unknown" in [reason.id for reason in plan.reasons]


def test_the_more_tender_leg_begins_and_the_legs_take_turns():
    spots = (tender(LEFT, "medial-upper", 3), tender(LEFT, "medial-middle", 2), tender(RIGHT, "medial-lower", 6))
    plan = planned(*spots, history=experienced(), minutes=30)
    assert names(plan.session.spots) == ["right:medial-lower", "left:medial-upper", "left:medial-middle"]


def test_of_two_legs_alike_the_one_looked_after_less_last_time_begins():
    """The sessions before were all for the left calf."""
    plan = planned(tender(LEFT, "medial-lower", 4), tender(RIGHT, "medial-lower", 4), history=experienced())
    assert names(plan.session.spots) == ["right:medial-lower", "left:medial-lower"]


def test_long_strokes_over_the_whole_calf_begin_and_end_on_each_leg():
    items = planned(*FOUR, left=5, right=4).session.items
    for leg in (LEFT, RIGHT):
        own = [item for item in items if item.side is leg]
        assert [own[0].zone, own[-1].zone] == [WHOLE_CALF, WHOLE_CALF]
        assert {own[0].technique, own[-1].technique} == {LONG_STROKES}
        assert all(item.zone != WHOLE_CALF for item in own[1:-1])
    assert [item.side for item in items] == sorted((item.side for item in items), key=[LEFT, RIGHT].index)


def test_a_spot_marked_nought_is_no_spot():
    plan = planned(tender(LEFT, "medial-upper", 0), tender(RIGHT, "medial-middle", 4))
    assert names(plan.session.spots) == ["right:medial-middle"]
    assert plan.queue == ()


def test_tenderness_alone_is_enough_for_a_session():
    assert names(planned(tender(LEFT, "junction", 3)).session.spots) == ["left:junction"]


# Waiting


def test_yesterday_s_waiting_spots_come_first_though_others_are_more_tender():
    journal = []
    day(journal, *FOUR, days=1, left=5, right=4)
    today = day(journal, tender(LEFT, "medial-lower", 9), *FOUR[1:2], *FOUR[3:], days=0)
    assert names(today.session.spots) == ["left:soleus-medial", "right:lateral-upper"]
    assert waits(today) == ["left:medial-lower"]


def test_a_waiting_spot_that_nobody_marked_again_keeps_its_place_while_its_calf_is_sore():
    journal = []
    day(journal, *FOUR, days=1, left=5, right=4)
    assert names(day(journal, days=0).session.spots) == ["left:soleus-medial"]


def test_a_waiting_spot_that_is_no_longer_tender_is_gone():
    journal = []
    day(journal, *FOUR, days=1, left=5, right=4)
    today = day(journal, tender(LEFT, "soleus-medial", 0), tender(RIGHT, "lateral-upper", 0), days=0, left=0, right=0)
    assert today.session is None
    assert today.queue == ()


def test_what_was_planned_and_not_done_waits_as_tender_as_it_was_and_since_it_did():
    journal = []
    day(journal, tender(LEFT, "medial-upper", 9), days=2, done=False)
    assert [(waiting.tenderness_nrs, waiting.since) for waiting in fold(journal).waiting] == [(9, ago(days=2))]
    today = day(journal, days=1, done=False)
    assert [item.technique for item in today.session.items if item.zone != WHOLE_CALF] == [LONG_STROKES]
    assert fold(journal).waiting[0].since == ago(days=2)


def test_a_waiting_spot_is_forgotten_after_a_week():
    journal = []
    day(journal, *FOUR, days=8, left=5, right=4)
    today = day(journal, days=0, left=1, right=1)
    assert "left:soleus-medial" not in names(today.session.spots) + waits(today)


def test_a_spot_that_waits_on_a_leg_that_gets_nothing_today_goes_on_waiting():
    journal = []
    day(journal, *FOUR, days=1, left=5, right=4)
    only_right = Limited({RIGHT: LegLimits()}, ())
    plan = planned(left=4, right=4, screening=only_right, history=fold(journal))
    assert names(plan.session.spots) == ["right:lateral-upper"]
    assert waits(plan) == ["left:soleus-medial"]


def test_a_spot_that_waits_in_a_zone_of_an_older_map_is_let_go():
    gone = WaitingSpot(Spot(LEFT, "behind-the-moon"), 5, ago(days=1), "it waits")
    plan = planned(left=3, right=3, history=History(known=True, waiting=(gone,)))
    assert "left:behind-the-moon" not in names(plan.session.spots) + waits(plan)


# Resting


@pytest.mark.parametrize("how", ["worse", "bruised"])
def test_a_spot_that_was_worse_or_bruised_the_morning_after_rests_for_two_days(how):
    journal = []
    day(journal, tender(LEFT, "medial-upper", 5), tender(RIGHT, "junction", 3), days=2)
    felt = (SpotMorning(Spot(LEFT, "medial-upper"), how),)
    journal.append(Morning(at=ago(days=1.5), soreness=Soreness(2, 2), spots=felt))
    spots = (tender(LEFT, "medial-upper", 5), tender(RIGHT, "junction", 3))
    yesterday = planned(*spots, left=2, right=2, history=fold(journal), now=ago(days=1))
    assert names(yesterday.session.spots) == ["right:junction"]
    assert waits(yesterday) == ["left:medial-upper"]
    today = planned(*spots, left=2, right=2, history=fold(journal), now=NOW + timedelta(hours=1))
    assert "left:medial-upper" in names(today.session.spots)


def test_a_spot_that_rests_is_not_proposed_by_a_search():
    journal = []
    day(journal, tender(LEFT, "medial-upper", 5), days=1)
    worse = (SpotMorning(Spot(LEFT, "medial-upper"), "worse"),)
    journal.append(Morning(at=ago(days=0.5), soreness=Soreness(3, 2), spots=worse))
    session = planned(left=3, right=2, history=fold(journal)).session
    assert "left:medial-upper" not in names(session.spots)
    assert any(item.only_if_found for item in session.items)


def test_when_the_only_spot_rests_and_nothing_is_sore_today_rests():
    journal = []
    day(journal, tender(LEFT, "medial-upper", 5), days=1)
    worse = (SpotMorning(Spot(LEFT, "medial-upper"), "worse"),)
    journal.append(Morning(at=ago(days=0.5), soreness=Soreness(0, 0), spots=worse))
    plan = planned(tender(LEFT, "medial-upper", 5), history=fold(journal))
    assert plan.session is None
    assert [reason.id for reason in plan.reasons] == ["resting"]


# When there is none


def test_one_session_a_day():
    journal = []
    assert day(journal, *FOUR, days=1).session is not None
    again = planned(*FOUR, left=4, right=4, history=fold(journal), now=ago(days=1) + timedelta(hours=3))
    assert again.session is None
    assert [reason.id for reason in again.reasons] == ["once-a-day"]
    assert set(waits(again)) == {str(spot.spot) for spot in FOUR}
    assert planned(*FOUR, history=fold(journal), now=ago(days=1) + timedelta(hours=6)).session is not None


def test_nothing_tight_is_good_news_and_no_session():
    plan = planned()
    assert (plan.session, plan.queue) == (None, ())
    assert plan.reasons[0].text == "Nothing is tight today. Go for a walk, or run as you like."


def test_two_minutes_are_no_session():
    plan = planned(*FOUR, minutes=2)
    assert plan.session is None
    assert len(plan.queue) == 4


# Searching


def test_a_sore_calf_without_a_marked_spot_begins_with_a_search():
    items = planned(left=4, right=0).session.items
    assert {item.side for item in items} == {LEFT}
    assert "three slow strokes each along the inner, middle and outer calf" in items[0].reason
    proposed = [item for item in items if item.zone != WHOLE_CALF]
    assert 1 <= len(proposed) <= 3
    assert all(item.only_if_found for item in proposed)


def test_a_search_of_both_calves_proposes_three_places_at_most():
    plan = planned(left=4, right=4, history=experienced(), minutes=30)
    assert sum(item.only_if_found for item in plan.session.items) == 3
    assert plan.queue == ()


def test_a_leg_with_a_marked_spot_is_not_searched():
    items = planned(tender(LEFT, "junction", 3), left=4, right=3, minutes=30, history=experienced()).session.items
    assert {item.side for item in items if item.only_if_found} == {RIGHT}
    assert not any("three slow strokes" in item.reason for item in items if item.side is LEFT)


def test_proposals_of_a_search_that_was_not_done_do_not_wait():
    journal = []
    assert day(journal, days=1, done=False).session.spots
    assert fold(journal).waiting == ()


# Techniques


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("kit", [HANDS, frozenset({"ball"}), frozenset({"ball", "roller", "stick"})])
@pytest.mark.parametrize("position", ["floor", "chair"])
def test_all_three_techniques_are_met_within_the_first_three_sessions(count, kit, position):
    spots = (tender(LEFT, "medial-upper", 4), tender(RIGHT, "medial-middle", 3), tender(LEFT, "lateral-middle", 3))
    journal, met = [], set()
    for days in (2, 1, 0):
        session = day(journal, *spots[:count], days=days, kit=kit, position=position).session
        met |= {item.technique for item in session.items if item.zone != WHOLE_CALF}
    assert met == ALL_THREE


def test_a_session_under_limits_is_no_lesson():
    """Two very sore days of long strokes only; the three techniques come after them."""
    spots, journal, met = (tender(LEFT, "medial-upper", 4),), [], set()
    for days in (4, 3):
        assert day(journal, *spots, days=days, left=6, right=6).session.limited
    for days in (2, 1, 0):
        session = day(journal, *spots, days=days, left=4, right=4).session
        met |= {item.technique for item in session.items if item.zone != WHOLE_CALF}
    assert met == ALL_THREE


def test_later_comes_what_suits_the_place():
    """What felt quieter may come first instead: tests/model/fix/helped/test_leaning.py."""
    journal, spot = [], tender(LEFT, "medial-upper", 4)
    for days in (6, 4, 2):
        day(journal, spot, days=days)
    today = next(item for item in day(journal, spot, days=0).session.items if item.zone != WHOLE_CALF)
    assert today.technique == PRESS_AND_HOLD
    assert "it suits the inner upper calf" in today.reason


@pytest.mark.parametrize(("nrs", "never"), [(6, {CROSS_STROKES}), (8, {CROSS_STROKES, PRESS_AND_HOLD})])
def test_a_very_tender_spot_is_stroked_and_not_crossed_or_pressed(nrs, never):
    journal = []
    for days in (2, 1, 0):
        items = day(journal, tender(LEFT, "medial-upper", nrs), days=days).session.items
        assert not never & {item.technique for item in items}


def test_where_there_is_no_room_for_cross_strokes_there_are_none():
    journal = []
    for days in (2, 1, 0):
        items = day(journal, tender(LEFT, "lateral-upper", 3), days=days).session.items
        assert CROSS_STROKES not in {item.technique for item in items}


def test_only_hands_means_only_hands():
    by_hand = Limited({LEFT: LegLimits(effort_nrs=2, sets=1, hands_only=True)}, ())
    items = planned(tender(LEFT, "medial-upper", 4), left=4, screening=by_hand).session.items
    assert all(CONTENT.tools[item.tool].by_hand for item in items)
    assert {(item.sets, item.effort_nrs) for item in items} == {(1, 2)}


def test_only_hands_leaves_out_what_hands_cannot_do():
    """A press and hold that only a ball can give, once."""
    press = CONTENT.techniques[PRESS_AND_HOLD]
    ball = structs.replace(press, ways=tuple(way for way in press.ways if way.tool == "ball"))
    content = structs.replace(CONTENT, techniques=CONTENT.techniques | {PRESS_AND_HOLD: ball})
    by_hand = Limited({LEFT: LegLimits(hands_only=True)}, ())
    plan = planned(tender(LEFT, "medial-upper", 4), screening=by_hand, content=content)
    assert [item.technique for item in plan.session.items] == [LONG_STROKES, CROSS_STROKES, LONG_STROKES]


def test_very_sore_calves_get_long_light_strokes_and_their_spots_wait():
    answer = screened(7, 7)
    plan = planned(*FOUR, left=7, right=7, screening=answer)
    assert [(item.zone, item.technique, item.effort_nrs) for item in plan.session.items] == [
        (WHOLE_CALF, LONG_STROKES, 2)
    ] * 4
    assert set(waits(plan)) == {str(spot.spot) for spot in FOUR}


def test_on_a_chair_everything_is_done_on_the_chair():
    for kit in (HANDS, frozenset({"ball", "roller", "stick"})):
        items = planned(*FOUR, left=5, right=4, kit=kit, position="chair").session.items
        assert {item.position for item in items} == {"chair"}


def test_without_tools_hands_and_the_other_knee_do_it():
    items = planned(*FOUR, left=5, right=4, kit=HANDS).session.items
    assert {item.tool for item in items} <= {"thumbs", "knuckles", "opposite-knee"}


# Minutes and settings


def test_five_minutes_are_shared_out_and_what_does_not_fit_waits():
    plan = planned(*FOUR, left=5, right=4, minutes=5)
    assert plan.session.total_seconds <= 300
    assert len(plan.session.spots) + len(plan.queue) == 4


def test_three_minutes_hold_the_strokes_of_both_calves():
    plan = planned(*FOUR, left=5, right=4, minutes=3)
    assert plan.session.total_seconds <= 180
    assert {item.side for item in plan.session.items} == {LEFT, RIGHT}


def with_caps(**settings):
    return structs.replace(CONTENT, caps=CONTENT.caps.tightened(**settings))


def test_settings_only_tighten():
    loose = dict.fromkeys(CONTENT.caps.__struct_fields__, 10_000) | {"worse_rest_h": 1, "first_sessions": 1}
    assert CONTENT.caps.tightened(**loose) == CONTENT.caps
    assert CONTENT.caps.tightened() == CONTENT.caps
    tight = CONTENT.caps.tightened(spots=2, hold_s=20, worse_rest_h=72, first_sessions=5)
    assert (tight.spots, tight.hold_s, tight.worse_rest_h, tight.first_sessions) == (2, 20, 72, 5)


@pytest.mark.parametrize("settings", [{"hold_s": 0}, {"spots": -1}, {"effort_nrs": 0}, {"stroke_set_s": 1}])
def test_a_setting_that_makes_no_sense_is_refused(settings):
    with pytest.raises(msgspec.ValidationError):
        CONTENT.caps.tightened(**settings)


def test_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(AttributeError, match="more_please"):
        CONTENT.caps.tightened(more_please=1)


def test_a_plan_obeys_the_tighter_settings():
    content = with_caps(spots=1, first_spots=1, effort_nrs=2, hold_s=10, hold_sets=1, stroke_set_s=20)
    session = planned(*FOUR, left=5, right=4, content=content).session
    assert len(session.spots) == 1
    assert {item.effort_nrs for item in session.items} == {2}
    assert {(item.sets, item.seconds) for item in session.items} <= {(1, 10), (1, 20)}


def test_the_least_pressure_a_setting_allows_is_held_even_by_the_strokes():
    session = planned(*FOUR, left=5, right=4, content=with_caps(pressure_per_calf_s=30)).session
    for leg in (LEFT, RIGHT):
        assert sum(item.pressure_s for item in session.items if item.side is leg) <= 30


def test_a_plan_is_the_same_every_time():
    assert planned(*FOUR, left=5, right=4) == planned(*FOUR, left=5, right=4)
    assert planned(*reversed(FOUR), left=5, right=4) == planned(*FOUR, left=5, right=4)


def test_clear_is_both_legs_without_limits():
    free = Limited(dict.fromkeys((LEFT, RIGHT), LegLimits()), ())
    one, other = planned(*FOUR, screening=Clear(), minutes=30), planned(*FOUR, screening=free, minutes=30)
    assert one.session.items == other.session.items
    assert FIRST_DAY.known


# What the last session says to the next


def after_one_session(**said):
    """A journal whose one session, two spots on the left, ended as said."""
    at = ago(days=1)
    session = planned(tender(LEFT, "medial-upper", 6), tender(LEFT, "lateral-upper", 5), left=3, now=at).session
    return session, fold([Planned(at=at, session=session), Done(at=at, session=session.id, **said)])


def test_a_spot_nobody_came_to_goes_on_waiting_and_the_one_worked_on_does_not():
    _, history = after_one_session(stopped_early=True, untouched=(Spot(LEFT, "lateral-upper"),))
    assert [(str(w.spot), w.reason) for w in history.waiting] == [("left:lateral-upper", "you did not come to it")]


def test_a_session_done_on_a_phone_counts_though_another_was_planned_meanwhile():
    first, _ = after_one_session()
    other = structs.replace(first, id="another", at=ago(hours=20))
    history = fold([
        Planned(at=first.at, session=first), Planned(at=other.at, session=other),
        Done(at=ago(hours=19), session=first.id), Done(at=ago(hours=18), session=first.id),
    ])  # fmt: skip
    assert [past.session.id for past in history.sessions] == [first.id]
    assert history.waiting == ()


def test_what_was_too_much_last_time_begins_one_lighter_at_that_place():
    whole_calf = Spot(LEFT, WHOLE_CALF)
    before, history = after_one_session(eased=(Eased(whole_calf, LONG_STROKES, 2),))
    after = planned(left=3, right=3, history=history).session
    usual = {item.side: item.effort_nrs for item in before.items if item.zone == WHOLE_CALF}
    now = {item.side: item.effort_nrs for item in after.items if item.zone == WHOLE_CALF}
    assert now == {LEFT: usual[LEFT] - 1, RIGHT: usual[LEFT]}
    assert eased_last_time(history, whole_calf, LONG_STROKES) == 1
    assert eased_last_time(history, whole_calf, CROSS_STROKES) == 0


# Quiet calves


@pytest.mark.parametrize("sore", [0, 1, 2])
def test_quiet_calves_without_a_spot_are_left_alone_where_the_runner_says_so(sore):
    plan = planned(left=sore, right=sore, search=False)
    assert plan.session is None
    assert [reason.id for reason in plan.reasons] == ["nothing-tight"]


def test_a_calf_at_three_is_searched_and_a_quiet_one_where_the_runner_asks():
    assert planned(left=3, right=0, search=False).session
    assert planned(left=1, right=0, search=True).session
    assert planned(left=1, right=0).session
