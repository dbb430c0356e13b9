"""The player's table: timers by deadline, less and too much, stop from everywhere, nothing lost."""

import msgspec
import pytest
from msgspec import structs

from calfwise.model.care.player import (
    FINAL,
    LIVE,
    PHASE_OF,
    TRANSITIONS,
    Move,
    Phase,
    table_json,
)
from calfwise.model.care.player_events import Kind, happened_from_json
from calfwise.model.care.player_state import Marked, after
from calfwise.model.care.player_steps import StepKind

from .players import HABIT, PLAYER, SCRIPTS, SEARCH, SHORT, TABLE, Phone, in_phase, playing

# The table


def test_every_phase_has_its_row_and_every_kind_of_event_its_place():
    assert set(TRANSITIONS) == set(Phase)
    assert {kind for row in TRANSITIONS.values() for kind in row} == set(Kind)
    assert set(PHASE_OF) == set(StepKind)


def test_stop_leads_out_of_every_live_phase_and_nothing_leads_back():
    for phase in LIVE:
        assert TRANSITIONS[phase][Kind.STOP] is Phase.WHY
    assert set(TRANSITIONS[Phase.WHY].values()) == {Phase.WHY, Phase.STOPPED}
    assert set(Phase) - set(LIVE) == {Phase.NEW, Phase.WHY, *FINAL}


def test_nothing_is_applied_once_it_is_over():
    assert set(FINAL) == {Phase.STOPPED, Phase.DONE, Phase.DISCARDED}


def test_the_page_gets_the_whole_table_the_reasons_and_the_words():
    given = msgspec.json.decode(table_json(PLAYER))
    assert given["table"]["transitions"]["eased"]["rising"] == Move.OVER
    assert given["table"]["values"]["rated"] == list(range(11))
    assert "cold-foot:left" in given["table"]["values"]["sign"]
    assert set(given["table"]["values"]["because"]) == set(given["rules"]["reasons"])
    assert msgspec.convert(given["table"], type(TABLE)) == TABLE


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_script_ends_and_ends_the_same_when_told_again(name):
    assert SCRIPTS[name]().state == SCRIPTS[name]().state


# As planned


def test_a_session_done_as_planned_counts_every_set():
    game = playing().finishes()
    assert game.state.phase == Phase.DONE
    assert [item.sets_done for item in game.state.items] == [1, 2, 1, 1, 1, 1]
    assert game.state.items[1].observed_ms == 60_000
    assert game.marks == []


def test_a_place_that_is_not_tender_is_left_out_and_not_asked_about():
    game = playing("2.0.found", SEARCH)
    assert game.state.phase == Phase.ASK
    game.tells("skip")
    assert game.here == "3.0.change"
    game.goes_to("signs")
    assert game.state.items[1].ended == "not-found"


def test_a_rest_may_be_skipped_a_set_may_not():
    game = playing("1.1.work", SHORT)
    assert game.tells("skip") == "not-now"
    game.waits()
    assert game.tells("skip") == Phase.WORK
    assert game.here == "1.2.work"


# Time


def test_a_set_is_not_done_before_its_time():
    game = playing("1.1.work", SHORT)
    assert game.tells("elapsed", after_s=29.4) == "too-early"
    assert game.tells("elapsed", after_s=0.1) == Phase.REST
    assert game.state.items[0].observed_ms == 29_500


def test_a_pause_takes_no_time_however_long():
    game = playing("1.1.work", SHORT)
    game.tells("pause", after_s=10)
    game.tells("resume", after_s=3600)
    assert game.tells("elapsed", after_s=19) == "too-early"
    assert game.tells("elapsed", after_s=1) == Phase.REST
    assert game.state.items[0].observed_ms == 30_000


def test_a_locked_screen_over_the_deadline_asks_and_does_not_count_by_itself():
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    assert game.tells("elapsed", after_s=20) == "not-now"
    assert game.tells("returned", after_s=5) == Phase.AWAY
    assert game.state.items[0].sets_done == 0


def test_the_runners_word_counts_and_is_marked_as_that():
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    game.tells("returned", after_s=60)
    assert game.tells("confirm-done") == Phase.REST
    done = game.state.items[0]
    assert (done.sets_done, done.sets_by_word, done.observed_ms, done.by_word_ms) == (1, 1, 10_000, 20_000)


def test_who_did_not_go_on_does_what_is_left_of_the_set_and_no_more():
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    game.tells("returned", after_s=60)
    assert game.tells("confirm-not") == Phase.PAUSED
    game.tells("resume", after_s=3)
    assert game.tells("elapsed", after_s=19) == "too-early"
    assert game.tells("elapsed", after_s=1) == Phase.REST
    assert game.state.items[0].observed_ms == 30_000


def test_a_glance_elsewhere_leaves_the_deadline_and_is_asked_about_there():
    game = playing("1.1.work", SHORT)
    game.tells("hidden", after_s=10)
    assert game.tells("returned", after_s=5) == Phase.WORK
    assert game.tells("elapsed", after_s=14) == "too-early"
    assert game.tells("elapsed", after_s=1) == Phase.AWAY
    assert (game.state.spent_ms, game.state.unseen_ms) == (25_000, 5_000)


def test_a_rest_needs_no_watching_while_it_lasts_but_nobody_is_thrown_into_the_next_set():
    game = playing("1.1.rest", SHORT)
    game.tells("hidden", after_s=1)
    assert game.tells("returned", after_s=5) == Phase.REST
    assert game.tells("elapsed", after_s=24) == Phase.WORK
    late = playing("1.1.rest", SHORT)
    late.tells("hidden", after_s=1)
    assert late.tells("returned", after_s=500) == Phase.AWAY
    assert late.tells("confirm-done") == Phase.WORK
    assert late.state.items[0].sets_done == 1


def test_after_a_crash_the_new_page_asks_and_the_old_one_says_nothing_more():
    game = playing("1.1.work", SHORT)
    game.tells("right", after_s=12)
    old = structs.replace(game.phone.writes("elapsed", game.here, after_s=18), sequence=99)
    game.phone.reloads()
    assert game.tells("returned") == Phase.AWAY
    assert game.heard(old) == "another-page"
    assert game.state.spent_ms == 12_000


def test_a_paused_session_survives_a_reload_as_it_was():
    game = playing("1.1.work", SHORT)
    game.tells("pause", after_s=10)
    game.phone.reloads()
    assert game.tells("returned") == Phase.PAUSED
    game.tells("resume", after_s=2)
    assert game.tells("elapsed", after_s=20) == Phase.REST
    assert game.state.items[0].observed_ms == 30_000


def test_a_double_tap_counts_once():
    game = playing("1.1.work", SHORT)
    step = game.here
    game.waits()
    assert game.heard(game.phone.writes("elapsed", step)) == "another-step"
    assert game.heard(structs.replace(game.events[-2])) == "number-used"
    assert game.state.items[0].sets_done == 1


# Less, just right, too much


def test_less_eases_the_place_for_all_that_is_left_of_it():
    game = playing("1.1.work", SHORT)
    assert game.tells("less", after_s=5) == Phase.EASED
    game.tells("elapsed", after_s=25)
    game.waits()
    assert (game.here, game.state.phase) == ("1.2.work", Phase.EASED)
    assert game.state.items[0].eased == 1


def test_what_rises_is_eased_first_and_ends_the_place_when_it_still_rises():
    game = playing("2.1.work")
    assert game.tells("rising", after_s=5) == Phase.EASED
    assert game.tells("rising", after_s=5) == Phase.READY
    assert game.here == "3.0.change"
    assert (game.state.items[1].ended, game.state.items[1].observed_ms) == ("rising", 10_000)


@pytest.mark.parametrize("step", ["2.0.change", "2.1.work", "2.1.rest"])
def test_six_or_more_ends_the_place_at_once_and_only_that(step):
    game = playing(step)
    assert game.tells("too-much", after_s=4) == Phase.READY
    assert game.here == "3.0.change"
    game.finishes()
    assert [item.ended for item in game.state.items] == [None, "too-much", None, None, None, None]


def test_just_right_changes_nothing():
    game = playing("2.1.work")
    before = game.state
    game.tells("right", after_s=0)
    assert structs.replace(game.state, sequence=before.sequence) == before


# Stop


@pytest.mark.parametrize("phase", LIVE)
def test_stop_stops_from_every_live_phase_whatever_page_and_step_it_names(phase):
    game = in_phase(phase)
    assert game.state.phase == phase
    game.phone.reloads()
    assert game.heard(game.phone.writes("stop", "9.9.work")) == Phase.WHY
    assert game.tells("resume") == "not-now"
    assert game.tells("because", "numb") == Phase.STOPPED
    for kind in Kind:
        assert game.tells(kind) == "over"


def test_pressure_up_to_the_stop_counts():
    game = playing("2.1.work")
    game.tells("stop", after_s=7)
    game.tells("because", "enough")
    assert game.state.items[1].observed_ms == 7_000
    assert game.state.items[1].sets_done == 0


# What cannot happen


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [("dance", None, "not-now"), ("rated", 3, "not-now"), ("begin", None, "not-now"), ("found", None, "not-now")],
)
def test_what_cannot_happen_is_marked_and_changes_nothing(kind, value, why):
    game = playing("2.1.work")
    before = game.state
    assert game.tells(kind, value) == why
    assert game.state is before


@pytest.mark.parametrize("value", [None, 11, -1, "3", "stab"])
def test_tenderness_is_a_number_from_0_to_10(value):
    game = playing("2.0.after")
    assert game.tells("rated", value) == "no-such-value"


def test_an_event_is_read_strictly():
    line = msgspec.json.encode(Phone().writes("begin"))
    assert happened_from_json(line).kind == "begin"
    for bad in (b'"sequence":0', b'"sequence":1.5', b'"sequence":true', b'"sequence":"1"'):
        with pytest.raises(msgspec.ValidationError):
            happened_from_json(line.replace(b'"sequence":1', bad))
    with pytest.raises(msgspec.ValidationError):
        happened_from_json(line.replace(b'"device":"phone"', b'"device":"a:b"'))


def test_heel_raises_are_played_by_the_same_table():
    game = playing(session=HABIT).finishes()
    assert [item.sets_done for item in game.state.items] == [2, 2]
    assert isinstance(after(game.state, game.events[-1], steps=game.steps, table=TABLE), Marked)
