"""Routines: what a level asks, which level comes next, and which days suit it."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from calfwise.errors import OutOfRange
from calfwise.library import player
from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Reason, Referral, Unanswered
from calfwise.model.care.signs import Level
from calfwise.model.fix.practice import (
    beat_of,
    estimate_of,
    level_of,
    loads_calves,
    may_practise,
    offers,
    practice_of,
    quiet_since,
)
from calfwise.model.journal import History, PracticeDone, Said, Standing
from calfwise.model.session import Soreness, SorenessNote
from calfwise.model.weeks import WeeksWish
from tests.model.care import FIRST_DAY, LEFT, NOW, RIGHT, ago, evenings, felt, locked, seen

PLAYER = player()
QUIET = Soreness(0, 0)
FAST = ("warm-up-fast", "drills", "grass", "tempo")
every_routine = pytest.mark.parametrize("routine", list(PLAYER.routines))
LONG_QUIET = evenings((40, 0, 0), (20, 1, 0), (3, 0, 0))


def done(routine, level, *days, **how):
    return [PracticeDone(ago(days=day), level, routine=routine, **how) for day in days]


def past(*practices, history=FIRST_DAY):
    return replace(history, practices=tuple(sorted((*history.practices, *practices), key=lambda one: one.at)))


def level(routine, *practices, history=FIRST_DAY):
    return level_of(routine, past(*practices, history=history), content=PLAYER, now=NOW)


def why_not(routine, *practices, history=LONG_QUIET, soreness=QUIET, screening=None, cadence_spm=165.0, now=NOW):
    reason = may_practise(
        routine,
        history=past(*practices, history=history),
        soreness=soreness,
        screening=screening,
        content=PLAYER,
        now=now,
        cadence_spm=cadence_spm,
    )
    return None if reason is None else reason.id


def made(routine, at_level, **how):
    return practice_of(routine, at_level, content=PLAYER, at=NOW, reason="because", **how)


# What a level asks


def test_exercises_of_one_leg_come_for_the_left_and_then_for_the_right():
    glutes = made("glute-strength", 1)
    assert [(item.protocol, item.side, item.counts) for item in glutes.items] == [
        ("glute-bridge", None, (8, 8)),
        ("clam", LEFT, (8, 8)),
        ("clam", RIGHT, (8, 8)),
    ]
    assert glutes.between_s == 60
    assert glutes.routine == "glute-strength"
    assert "CoachRule" in glutes.sources
    assert "Distefano2009" in glutes.sources


def test_thirty_in_all_with_ten_at_the_most_are_three_tens():
    raises = made("calf-strength", 2)
    assert {item.counts for item in raises.items} == {(10, 10, 10)}
    assert raises.between_s == 300


def test_the_last_six_levels_are_the_trials_twelve_weeks():
    """Beyer: 3 x 15, 3 x 12, 4 x 10, (4 x 8), 4 x 6, three seconds each way; weeks 6 to 8 are the coach's."""
    heavy = PLAYER.routines["calf-strength"].levels[-5:]
    assert [level.items[0].sets for level in heavy] == [
        (15, 15, 15), (12, 12, 12), (10,) * 4, (8,) * 4, (6,) * 4
    ]  # fmt: skip
    assert [level.weeks for level in heavy] == [1, 2, 2, 3, 4]
    assert sum(level.weeks for level in heavy) == 12
    assert {item.tempo_s for item in made("calf-strength", 9).items} == {(3, 0, 3)}


def test_walk_and_run_follow_the_clinics_ladder():
    """4:1, 3:2, 2:3, 1:4 minutes of walking and running."""
    ladder = []
    for at_level in (1, 2, 3, 4):
        runs = made("walk-run", at_level).items[1]
        ladder.append((runs.rest_s // 60, runs.counts[0] // 60, runs.sets))
    assert ladder == [(4, 1, 4), (3, 2, 4), (2, 3, 4), (1, 4, 4)]


def test_grass_begins_with_three_minutes_and_grows_by_ten_minutes_at_the_most():
    minutes = [sum(made("grass", at_level).items[0].counts) / 60 for at_level in range(1, 10)]
    assert minutes == [3, 5, 5, 8, 10, 15, 20, 25, 30]


def test_a_warm_up_shows_which_part_is_which_in_order():
    assert [item.part for item in made("warm-up-easy", 1).items] == [
        "raise", *["activate and mobilise"] * 5, "potentiate"
    ]  # fmt: skip


def test_the_beat_is_ones_own_or_five_per_cent_above_and_never_more():
    beats = [item.beat_spm for item in made("cadence", 1, cadence_spm=161.9).items]
    assert beats == [None, 161, None, 161, None, 161, None]
    raised = {item.beat_spm for item in made("cadence", 2, cadence_spm=161.9).items} - {None}
    assert raised == {169}, "1.05 x 161.9 = 169.995"


@pytest.mark.parametrize(
    ("cadence_spm", "beat", "expected"),
    [
        (160.0, "raised", 168),
        (179.9, "raised", 188),
        (180.0, "raised", 180),
        (195.5, "raised", 195),
        (139.9, "own", None),
        (221.0, "own", None),
        (None, "raised", None),
    ],
)
def test_from_180_on_nothing_is_raised_and_a_walk_gives_no_beat(cadence_spm, beat, expected):
    assert beat_of(cadence_spm, beat, rules=PLAYER.practice) == expected


@pytest.mark.parametrize(("routine", "at_level"), [("grass", 0), ("grass", 10), ("yoga", 1)])
def test_a_level_that_is_not_there_cannot_be_had(routine, at_level):
    with pytest.raises(OutOfRange):
        made(routine, at_level)


# What it asks of the calves


def test_ten_minutes_barefoot_count_as_fast_strikes():
    """600 s at 2.9 contacts and twice body weight a second, up to three times."""
    asks = estimate_of(made("grass", 5), content=PLAYER)
    assert (asks.strikes, asks.fast_strikes) == (1740.0, 1740.0)
    assert (asks.low_bw_s, asks.impulse_bw_s, asks.high_bw_s) == (888.0, 1200.0, 1800.0)


def test_a_tempo_run_counts_only_its_quick_minutes_as_fast():
    """Level 1: 480 s and 300 s easy at 2.75 contacts, 180 s quick at 2.85; walks between count nothing."""
    asks = estimate_of(made("tempo", 1), content=PLAYER)
    assert asks.fast_strikes == 513.0
    assert asks.strikes == 780 * 2.75 + 513
    assert asks.impulse_bw_s == 2.0 * 960


def test_walks_count_nothing():
    asks = estimate_of(made("walk-run", 1), content=PLAYER)
    assert (asks.strikes, asks.fast_strikes, asks.impulse_bw_s) == (660.0, 0.0, 480.0)


def test_both_legs_count():
    """Level 4: 3 x 8 raises of each leg at 12, 45 sitting at 4."""
    assert estimate_of(made("calf-strength", 4), content=PLAYER).impulse_bw_s == 2 * 24 * 12 + 45 * 4


@every_routine
def test_the_estimate_lies_within_its_own_spread(routine):
    for at_level in range(1, len(PLAYER.routines[routine].levels) + 1):
        asks = estimate_of(made(routine, at_level), content=PLAYER)
        assert asks.low_bw_s <= asks.impulse_bw_s <= asks.high_bw_s
        assert 0 <= asks.fast_strikes <= asks.strikes


# Which level


@every_routine
def test_everybody_begins_with_the_first_level(routine):
    assert level(routine)[0] == 1


def test_a_level_rises_after_its_weeks_were_done_and_quiet():
    """Calf strength, level 3: two weeks of at least two times each."""
    twice_a_week = done("calf-strength", 3, 14, 11, 7, 4)
    assert level("calf-strength", *twice_a_week) == (4, "2 weeks at level 3 done and quiet, so a level up.")
    assert level("calf-strength", *done("calf-strength", 3, 13, 10, 6, 3))[0] == 3, "the second week is not over"
    assert level("calf-strength", *done("calf-strength", 3, 14, 7, 4))[0] == 3, "once in the first week"


def test_more_in_one_week_does_not_make_up_for_another():
    assert level("calf-strength", *done("calf-strength", 3, 14, 12, 10, 8, 3))[0] == 3


def test_a_week_left_out_delays_and_takes_nothing():
    assert level("calf-strength", *done("calf-strength", 3, 21, 18, 7, 4))[0] == 4


def test_a_tempo_run_a_week_is_enough_of_it():
    assert level("tempo", *done("tempo", 1, 14, 7))[0] == 2


def test_what_was_done_on_another_level_does_not_count():
    assert level("calf-strength", *done("calf-strength", 2, 14, 12, 10), *done("calf-strength", 3, 7, 4))[0] == 3


def test_what_was_done_of_another_routine_does_not_count():
    assert level("drills", *done("tempo", 4, 14, 7))[0] == 1


@pytest.mark.parametrize("how", [{"eased": True}, {"stopped_early": True}, {"felt_nrs": 4}])
def test_a_time_that_was_too_much_leads_a_level_down(how):
    assert level("calf-strength", *done("calf-strength", 4, 9, 6), *done("calf-strength", 4, 3, **how))[0] == 3
    assert level("calf-strength", *done("calf-strength", 1, 3, **how))[0] == 1


def test_three_of_ten_in_the_meantime_is_fine():
    assert level("tempo", *done("tempo", 1, 14, 7, felt_nrs=3))[0] == 2


def test_calves_sorer_than_it_allows_within_two_days_lead_a_level_down():
    sore = History(known=True, soreness=(felt(0, 3, days=2),))
    assert level("calf-strength", *done("calf-strength", 4, 3.5), history=sore) == (
        3, "On 17 May it left you at 3 of 10 within two days, so a level down."
    )  # fmt: skip
    assert level("calf-strength", *done("calf-strength", 4, 4.5), history=sore)[0] == 4, "two and a half days later"
    assert level("grass", *done("grass", 4, 3.5), history=History(True, soreness=(felt(2, 0, days=2),)))[0] == 3


def test_a_hard_time_among_the_weeks_begins_their_count_anew():
    hard = done("calf-strength", 3, 12, felt_nrs=6)
    assert level("calf-strength", *done("calf-strength", 3, 21, 18, 14), *hard, *done("calf-strength", 3, 7, 4))[0] == 3


def test_each_three_weeks_away_cost_a_level():
    assert level("calf-strength", *done("calf-strength", 5, 21)) == (
        4, "21 days since the last time, so a level down."
    )  # fmt: skip
    assert level("calf-strength", *done("calf-strength", 5, 45))[0] == 3
    assert level("calf-strength", *done("calf-strength", 5, 400))[0] == 1
    assert level("calf-strength", *done("calf-strength", 5, 20))[0] == 5


def test_there_is_a_last_level():
    assert level("calf-strength", *done("calf-strength", 9, *range(60, 0, -3))) == (9, "Level 9, the last one.")


def test_what_is_yet_to_come_does_not_count():
    assert level("tempo", *done("tempo", 5, -1))[0] == 1


# Which days


def test_a_quiet_day_after_a_quiet_month_suits_everything_but_walk_and_run():
    shut = {routine: why_not(routine) for routine in PLAYER.routines}
    assert shut.pop("walk-run") == "not-agreed"
    assert set(shut.values()) == {None}


@every_routine
@pytest.mark.parametrize("level", ["P", "U", "E"])
def test_nothing_while_a_leg_is_locked(routine, level):
    history = replace(LONG_QUIET, referrals=(locked(RIGHT, level=level, days=5),))
    assert why_not(routine, history=history) == "locked"


@every_routine
def test_nothing_on_the_day_of_a_referral_even_when_somebody_has_seen_it(routine):
    history = replace(LONG_QUIET, referrals=(locked(LEFT, hours=5),), seen=(seen(hours=1),))
    assert why_not(routine, history=history) == "referral"


def test_a_lock_that_a_professional_lifted_closes_nothing():
    history = replace(LONG_QUIET, referrals=(locked(LEFT, days=5),), seen=(seen(days=2),))
    assert why_not("calf-strength", history=history) is None


@every_routine
def test_a_standing_condition_closes_all_of_it(routine):
    history = replace(LONG_QUIET, standing={"pregnant": Standing(Said.YES, ago(days=3))})
    assert why_not(routine, history=history) == "pregnant"


@every_routine
@pytest.mark.parametrize(
    "screening",
    [
        Referral(Level.WEEK, (LEFT,), ()),
        Referral(Level.BLOCK, (LEFT, RIGHT), ()),
        Unanswered(("pop",)),
        Limited({LEFT: LegLimits()}, ()),
    ],
    ids=["referral", "block", "unanswered", "one leg closed"],
)
def test_nothing_against_todays_word_of_the_gate(routine, screening):
    assert why_not(routine, screening=screening) is not None


@every_routine
def test_a_care_note_leaves_what_is_slow(routine):
    noted = Limited({LEFT: LegLimits(2), RIGHT: LegLimits(2)}, (Reason("thin-bones", "go gently", ("OurRule",)),))
    expected = dict.fromkeys(FAST, "limited") | {"walk-run": "not-agreed"}
    assert why_not(routine, screening=noted) == expected.get(routine)


def test_one_calf_clearly_sorer_comes_before_the_gate_first():
    assert why_not("glute-strength", soreness=Soreness(4, 0)) == "check-in-first"
    history = replace(LONG_QUIET, soreness=(*LONG_QUIET.soreness, felt(4, 0, hours=3)))
    assert why_not("glute-strength", history=history, soreness=None) == "check-in-first"
    assert why_not("glute-strength", soreness=Soreness(4, 0), screening=Clear()) is None


@every_routine
def test_where_nobody_said_how_calves_feel_only_glutes_are_worked(routine):
    expected = None if routine == "glute-strength" else "not-agreed" if routine == "walk-run" else "say-first"
    assert why_not(routine, soreness=None) == expected
    assert why_not(routine, soreness=Soreness(0, None)) == expected


def test_a_check_in_of_today_says_it_too_and_yesterdays_does_not():
    today = replace(LONG_QUIET, soreness=(*LONG_QUIET.soreness, felt(1, 1, hours=4)))
    assert why_not("calf-strength", history=today, soreness=None) is None
    assert why_not("calf-strength", history=evenings((40, 0, 0), (1, 0, 0)), soreness=None) == "say-first"


@every_routine
def test_above_its_own_limit_it_waits_and_at_it_it_does_not(routine):
    most = PLAYER.routines[routine].at_most_nrs
    history = replace(LONG_QUIET, weeks=WeeksWish(NOW.date(), 4, (0, 3), goal="further", agreed_on=NOW.date()))
    assert why_not(routine, history=history, soreness=Soreness(most + 1, most)) == "sore"
    assert why_not(routine, history=history, soreness=Soreness(most, most)) is None


@pytest.mark.parametrize("routine", FAST)
def test_two_sore_days_keep_quick_things_away(routine):
    already = done(routine, 1, 10)
    recently = replace(LONG_QUIET, soreness=(*LONG_QUIET.soreness, felt(2, 0, hours=40)))
    assert why_not(routine, *already, history=recently) == "sore"
    longer = replace(LONG_QUIET, soreness=(*LONG_QUIET.soreness, felt(2, 0, hours=50)))
    assert why_not(routine, *already, history=longer) is None


@pytest.mark.parametrize(("routine", "days"), [("grass", 28), ("tempo", 14), ("drills", 7), ("warm-up-fast", 7)])
def test_before_its_first_time_calves_were_quiet_for_so_long(routine, days):
    assert PLAYER.routines[routine].quiet_days == days
    assert why_not(routine, history=evenings((60, 4, 4), (days, 1, 0))) is None
    assert why_not(routine, history=evenings((60, 0, 0), (days, 2, 0), (days - 1, 0, 0))) == "not-quiet-yet"
    assert why_not(routine, history=FIRST_DAY) == "not-quiet-yet"


def test_silence_is_not_quiet():
    """Sore forty days ago and nothing said until today: quiet since today."""
    assert quiet_since(evenings((40, 5, 5)), QUIET, calm_nrs=1, now=NOW) == NOW.date()
    assert quiet_since(evenings((40, 5, 5)), None, calm_nrs=1, now=NOW) is None
    assert quiet_since(evenings((40, 5, 5), (30, 1, 0), (9, 0, 0)), None, calm_nrs=1, now=NOW) == ago(days=30).date()


def test_after_three_weeks_away_the_quiet_days_are_asked_for_again():
    sore = evenings((60, 0, 0), (12, 3, 2), (9, 0, 0))
    assert why_not("tempo", *done("tempo", 2, 20), history=sore) is None
    assert why_not("tempo", *done("tempo", 2, 21), history=sore) == "not-quiet-yet"


def test_not_on_days_in_a_row():
    assert why_not("calf-strength", *done("calf-strength", 1, 1)) == "rest"
    assert why_not("calf-strength", *done("calf-strength", 1, 2)) is None
    assert why_not("grass", *done("grass", 1, 2)) == "rest"
    assert why_not("warm-up-easy", *done("warm-up-easy", 1, 0.1)) is None


def test_heel_raises_of_a_quiet_day_and_calf_strength_rest_together():
    assert why_not("calf-strength", *done("heel-raises", 4, 1)) == "rest"
    assert why_not("glute-strength", *done("heel-raises", 4, 1)) is None


def test_so_often_a_week_and_no_more():
    assert why_not("calf-strength", *done("calf-strength", 1, 6, 4, 2)) == "often-enough"
    assert why_not("calf-strength", *done("calf-strength", 1, 7, 4, 2)) is None
    assert why_not("tempo", *done("tempo", 1, 6)) == "often-enough"
    assert why_not("tempo", *done("tempo", 1, 7)) is None


def test_walk_and_run_begin_with_a_professionals_word():
    def wish(**how):
        return replace(LONG_QUIET, weeks=WeeksWish(NOW.date(), 4, (0, 2, 4), goal="return", **how))

    assert why_not("walk-run", history=wish()) == "not-agreed"
    assert why_not("walk-run", history=wish(agreed_on=NOW.date() + timedelta(days=1))) == "not-agreed"
    assert why_not("walk-run", history=wish(agreed_on=NOW.date())) is None
    assert {why_not(routine, history=wish(agreed_on=NOW.date())) for routine in FAST} == {"return"}


def test_a_beat_needs_ones_own_cadence():
    assert why_not("cadence", cadence_spm=None) == "no-cadence"
    assert why_not("cadence", cadence_spm=110.0) == "no-cadence"
    assert why_not("tempo", cadence_spm=None) is None


def test_offers_name_every_routine_in_order_with_level_and_reason():
    told = offers(history=LONG_QUIET, soreness=QUIET, screening=Clear(), content=PLAYER, now=NOW, cadence_spm=165.0)
    assert [offer.routine for offer in told] == list(PLAYER.routines)
    assert {offer.level for offer in told} == {1}
    assert [offer.routine for offer in told if offer.shut] == ["walk-run"]


def test_only_the_glutes_do_without_calves():
    assert [id_ for id_, routine in PLAYER.routines.items() if not loads_calves(routine, PLAYER)] == ["glute-strength"]


def test_reasons_name_the_runners_own_days_and_numbers():
    def text(routine, **how):
        return may_practise(
            routine, screening=None, content=PLAYER, now=NOW, cadence_spm=165.0,
            **({"history": LONG_QUIET, "soreness": QUIET} | how),
        ).text  # fmt: skip

    assert text("grass", history=evenings((12, 0, 0))) == "Quiet since 8 May. It begins after 28 quiet days."
    assert text("tempo", soreness=Soreness(2, 2)) == "You said 2 of 10 today. This is for days at 1 or less."
    rested = past(*done("calf-strength", 1, 1), history=LONG_QUIET)
    assert text("calf-strength", history=rested) == "The last time was on 19 May. Next from 21 May, 15:00."


# Half a year


def half_a_year(routine, *, weeks, sore_on=()):
    """What becomes of somebody who does a routine whenever it suits, and how calves are each evening."""
    start = NOW - timedelta(weeks=weeks)
    history, levels = replace(FIRST_DAY, soreness=(SorenessNote(start - timedelta(days=30), QUIET, True),)), []
    for day in range(7 * weeks):
        now = start + timedelta(days=day)
        soreness = Soreness(3, 3) if day in sore_on else QUIET
        note = SorenessNote(now - timedelta(minutes=5), soreness, False)
        history = replace(history, soreness=(*history.soreness, note))
        if why_not(routine, history=history, soreness=None, now=now) is None:
            at_level, _ = level_of(routine, history, content=PLAYER, now=now)
            levels.append((day, at_level))
            history = replace(history, practices=(*history.practices, PracticeDone(now, at_level, routine=routine)))
    return levels


def test_whoever_does_all_of_calf_strength_quietly_is_at_four_times_six_after_fourteen_weeks():
    """1 + 1 + 2 + 2 weeks of easier steps, then weeks 1 to 8 of the trial; never two days in a row, three a week."""
    levels = half_a_year("calf-strength", weeks=20)
    first = {at_level: day // 7 for day, at_level in reversed(levels)}
    assert first == {1: 0, 2: 1, 3: 2, 4: 4, 5: 6, 6: 7, 7: 9, 8: 11, 9: 14}
    days = [day for day, _ in levels]
    assert all(later - earlier >= 2 for earlier, later in pairwise(days))
    assert all(sum(0 <= day - since < 7 for day in days) <= 3 for since in range(140))


def test_thirty_minutes_barefoot_take_twenty_weeks_at_the_least():
    levels = half_a_year("grass", weeks=26)
    assert min(day // 7 for day, at_level in levels if at_level == 9) == 20


def test_two_sore_evenings_cost_calf_strength_a_level_and_its_weeks():
    quietly = dict(reversed([(at_level, day) for day, at_level in half_a_year("calf-strength", weeks=20)]))
    sore = half_a_year("calf-strength", weeks=20, sore_on=(30, 31))
    assert max(at_level for day, at_level in sore if day < 30) == 4
    assert min(at_level for day, at_level in sore if day > 31) == 3
    again = dict(reversed([(at_level, day) for day, at_level in sore]))
    assert again[9] > quietly[9]
