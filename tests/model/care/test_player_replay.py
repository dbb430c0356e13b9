"""What was done, from events that arrive late, twice, in any order and from several devices."""

from datetime import timedelta
from random import Random

import pytest
from msgspec import structs

from calfwise.model.care.player import Phase
from calfwise.model.care.player_replay import Eased, ordered, replay
from calfwise.model.journal import Done, Planned, Said, fold
from calfwise.model.session import Spot, TenderSpot

from . import LEFT, NOW, RIGHT
from .players import HABIT, PLAYER, SEARCH, SHORT, USUAL, Game, Phone, playing

LATER = NOW + timedelta(minutes=20)


def replayed(game, events=None):
    return replay(game.session, game.events if events is None else events, content=PLAYER)


def marks(played):
    return [(logged.event.device, logged.event.sequence, logged.why) for logged in played.log if logged.why]


# What the journal gets


def stopped(*untouched):
    """Done, and stopped early, before these spots."""
    left = untouched or (Spot(RIGHT, "soleus-lateral"),)
    return Done(at=LATER, stopped_early=True, session=USUAL.id, untouched=left)


def test_a_session_done_goes_into_the_journal_with_tenderness_afterwards():
    game = playing().finishes()
    done = replayed(game).done_event(at=LATER)
    spots = (TenderSpot(Spot(LEFT, "medial-upper"), 3), TenderSpot(Spot(RIGHT, "soleus-lateral"), 3))
    assert done == Done(at=LATER, after=spots, stopped_early=False, session=game.session.id)
    assert len(fold([Planned(at=NOW, session=game.session), done]).sessions) == 1


def test_a_session_stopped_early_is_done_all_the_same_since_one_a_day_is_enough():
    game = playing("2.1.work")
    game.tells("stop", after_s=3)
    assert replayed(game).done_event(at=LATER) == stopped()


def test_discarding_drops_what_is_left_never_what_was_done():
    game = playing("2.1.work")
    game.tells("discard", after_s=3)
    assert replayed(game).done_event(at=LATER) == stopped()


def test_a_session_that_never_came_to_pressing_was_not_done():
    game = playing("1.0.ready")
    game.tells("stop", after_s=3)
    game.tells("because", "no-time")
    assert replayed(game).done_event(at=LATER) is None
    assert replayed(playing()).done_event(at=LATER) is None


def test_a_session_that_goes_on_is_not_done_yet():
    assert replayed(playing("2.1.work")).done_event(at=LATER) is None


def test_nobody_came_back_so_it_is_closed_later():
    game = playing("2.1.rest")
    game.tells("hidden")
    game.phone.reloads()
    assert game.tells("end") == Phase.STOPPED
    assert replayed(game).done_event(at=LATER) == stopped()


def test_closed_at_the_last_question_nothing_was_left_out_but_nobody_said_none():
    game = playing("signs")
    assert game.tells("end") == Phase.DONE
    played = replayed(game)
    assert not played.stopped_early
    assert not played.state.signs_answered


def test_a_place_that_was_too_much_ends_early_the_session_does_not():
    game = playing("2.1.work")
    game.tells("too-much", after_s=3)
    assert not replayed(game.finishes()).stopped_early


def test_what_was_eased_is_told_to_the_next_plan():
    game = playing("2.1.work")
    game.tells("less", after_s=3)
    game.tells("less", after_s=3)
    assert replayed(game.finishes()).eased == (Eased(Spot(LEFT, "medial-upper"), "press-and-hold", 2),)


def test_a_spot_that_nobody_came_to_can_go_on_waiting():
    game = playing("3.1.work")
    game.tells("stop")
    assert replayed(game).untouched == (Spot(RIGHT, "soleus-lateral"),)
    nowhere = playing("2.0.found", SEARCH)
    nowhere.tells("skip")
    assert replayed(nowhere.finishes()).untouched == ()


def test_heel_raises_have_their_own_line():
    game = playing("1.1.work", HABIT)
    game.tells("less", after_s=3)
    played = replayed(game.finishes())
    assert played.done_event(at=LATER) is None
    done = played.practice_done(at=LATER)
    assert (done.level, done.eased, done.stopped_early) == (1, True, False)
    assert replayed(playing().finishes()).practice_done(at=LATER) is None


# Signs


@pytest.mark.parametrize("reason", ["sharp", "numb", "tingling", "throbbing", "cold", "breathless"])
def test_six_reasons_lead_to_the_gate(reason):
    game = playing("2.1.work")
    game.tells("stop", after_s=3)
    game.tells("because", reason)
    played = replayed(game)
    assert played.asks
    assert PLAYER.rules.reasons[reason].leads_to_the_gate
    assert set(played.raised) | set(played.asks) <= set(PLAYER.care.gate.questions)


@pytest.mark.parametrize("reason", ["enough", "no-time"])
def test_enough_is_enough_and_no_time_is_no_sign(reason):
    game = playing("2.1.work")
    game.tells("stop", after_s=3)
    game.tells("because", reason)
    assert (replayed(game).raised, replayed(game).asks) == ((), ())


def test_a_cold_foot_and_breathlessness_are_said_to_the_gate_as_a_yes():
    for reason, sign in (("cold", "cold-foot"), ("breathless", "breathless")):
        game = playing("2.1.work")
        game.tells("stop", after_s=3)
        game.tells("because", reason)
        assert replayed(game).answers == {sign: Said.YES}


def test_a_sign_at_the_end_keeps_its_leg_and_both_are_both():
    game = playing("signs")
    game.tells("sign", "stab:left")
    game.tells("sign", "swelling:left")
    game.tells("sign", "swelling:right")
    game.tells("signs-none")
    played = replayed(game)
    assert played.answers == {"stab": Said.LEFT, "swelling": Said.BOTH}
    assert played.raised == ("stab", "swelling")
    assert played.state.signs_answered


# Arrival


def test_the_order_of_arrival_and_doubles_change_nothing():
    game = playing().finishes()
    shuffled = [*game.events, *game.events[3:9]]
    Random(1).shuffle(shuffled)
    assert replayed(game, shuffled) == replayed(game)


def test_what_comes_after_a_gap_waits_for_what_is_missing():
    game = playing().finishes()
    missing = game.events[4]
    partly = replayed(game, [event for event in game.events if event is not missing])
    assert marks(partly) == [("phone", event.sequence, "gap") for event in game.events[5:]]
    assert partly.state == replayed(game, game.events[:4]).state


def test_two_events_of_one_number_are_both_kept_and_one_is_marked():
    game = playing("2.1.work")
    other = structs.replace(game.events[-1], uptime_ms=7)
    played = replayed(game, [*game.events, other])
    assert played == replayed(game, [other, *game.events])
    assert len(played.log) == len(game.events) + 1
    assert [why for *_, why in marks(played)].count("doubled") == 1


def test_the_wall_clock_decides_nothing_about_time():
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    game.tells("returned", after_s=2)
    game.tells("elapsed", after_s=18)
    jumped = [
        structs.replace(event, at=event.at + timedelta(days=(-1) ** event.sequence * event.sequence))
        for event in game.events
    ]
    assert replayed(game, jumped).state == replayed(game).state


# Devices


def tablet_takes_over(game: Game, *, known: int | None = None) -> Phone:
    tablet = Phone("tablet", uptime_ms=999, at=NOW + timedelta(minutes=3))
    known = game.phone.sequence if known is None else known
    game.heard(tablet.writes("take-over", "", f"phone:{known}"))
    return tablet


def test_the_first_to_begin_leads_and_the_other_is_kept_and_marked():
    game = playing("1.1.work", SHORT)
    tablet = Phone("tablet", at=NOW + timedelta(seconds=5))
    late = [tablet.writes("begin"), tablet.writes("elapsed", "1.0.ready", after_s=10)]
    played = replayed(game, [*late, *game.events])
    assert played.state == game.state
    assert marks(played) == [("tablet", 1, "another-device"), ("tablet", 2, "another-device")]


def test_who_takes_over_leads_and_what_ran_is_asked_about():
    game = playing("1.1.work", SHORT)
    tablet = tablet_takes_over(game)
    assert game.state.phase == Phase.AWAY
    assert game.tells("elapsed", after_s=30) == "another-device"
    game.phone = tablet
    assert game.tells("confirm-done") == Phase.REST
    played = replayed(game.finishes())
    assert played.phase is Phase.DONE
    assert played.state == game.state


def test_what_the_first_device_writes_beyond_what_was_known_is_kept_but_never_overwrites():
    game = playing("1.1.work", SHORT)
    tablet = tablet_takes_over(game)
    taken = game.state
    offline = [game.phone.writes("elapsed", "1.1.work", after_s=30), game.phone.writes("stop")]
    played = replayed(game, [*offline, *game.events])
    assert played.state == taken
    assert [why for *_, why in marks(played)] == ["another-device", "another-device"]
    assert tablet.sequence == 1


def test_of_two_that_take_over_the_one_that_knows_more_leads():
    game = playing("2.1.work")
    knows_all = Phone("tablet").writes("take-over", "", f"phone:{game.phone.sequence}")
    knows_less = Phone("laptop").writes("take-over", "", "phone:2")
    assert replayed(game, [knows_less, knows_all, *game.events]).state.device == "tablet"


def test_the_first_device_can_take_it_back():
    game = playing("1.1.work", SHORT)
    tablet = tablet_takes_over(game)
    back = game.phone.writes("take-over", "", f"tablet:{tablet.sequence}")
    game.heard(back)
    assert game.state.device == "phone"
    assert [event.device for event in ordered(game.events)][-2:] == ["tablet", "phone"]
    assert replayed(game).state == game.state


def test_pressure_on_a_device_that_does_not_lead_counts_as_done():
    led = playing("1.0.ready", SEARCH)
    led.tells("discard")
    beside = Game(SEARCH, Phone("tablet", at=NOW + timedelta(minutes=1))).finishes()
    played = replayed(led, [*led.events, *beside.events])
    assert played.phase is Phase.DISCARDED
    assert played.pressed_elsewhere
    assert played.done_event(at=LATER) == stopped(Spot(LEFT, "medial-upper"))


def test_the_step_on_the_screen_is_known_until_it_is_over():
    game = playing("2.1.work", USUAL)
    assert replayed(game).step.id == "2.1.work"
    game.tells("stop")
    assert replayed(game).step is None
    assert replayed(game).is_over
