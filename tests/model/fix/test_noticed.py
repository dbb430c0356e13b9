"""What recordings and shoes tell of each cause, with numbers worked out by hand.

Runs are 8 km every four days until five days before the soreness of 20 May, unless said otherwise.
"""

from datetime import timedelta

import pytest
from msgspec import structs

from calfwise.model.fix import noticed
from calfwise.model.fix.case import episode_of
from calfwise.model.fix.cause import Side
from calfwise.model.journal import CheckIn, Morning
from calfwise.model.load.gait import population_cadence_spm
from calfwise.model.runner import Runner, Shoe
from calfwise.model.session import Soreness, SorenessNote
from tests.model.fix.made import NOW, RULES, SORE_AT, case_of, of_side, ran, strength, texts, usual

EASY = Runner(easy_speed_mps=2.5)
OLD = Shoe(id="old", name="Old", since=SORE_AT.date() - timedelta(days=400), heel_drop_m=0.010)


def pair(days_new: int, **more: object) -> Shoe:
    """A pair that came so many days before the soreness."""
    return Shoe(id="new", name="New", since=SORE_AT.date() - timedelta(days=days_new), **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------------- longer
@pytest.mark.parametrize(("km", "sign"), [(8.4, 0.0), (8.8, 0.143), (9.8, 0.5), (11.2, 1.0), (16.0, 1.0)])
def test_a_longer_run_counts_from_a_twentieth_more_to_two_fifths_more(km: float, sign: float) -> None:
    """8.4 / 8 = 1.05; (1.10 - 1.05) / 0.35 = 0.143; (1.225 - 1.05) / 0.35 = 0.5; 11.2 / 8 = 1.40."""
    assert strength(noticed.longer_run(case_of([*usual(), ran(1, km)]))) == pytest.approx(sign, abs=0.001)


@pytest.mark.parametrize(
    ("days", "timing"), [(0.1, 1.0), (3, 1.0), (4, 10 / 11), (10, 4 / 11), (13, 1 / 11), (14, 0.0)]
)
def test_it_counts_fully_for_three_days_and_not_at_all_after_fourteen(days: float, timing: float) -> None:
    loads = [*usual(until=15), ran(days, 16.0)]
    assert strength(noticed.longer_run(case_of(loads))) == pytest.approx(timing)


def test_what_is_run_after_the_soreness_began_explains_nothing() -> None:
    """Sore at eight in the morning; 16 km two hours later, on the same day."""
    found = noticed.longer_run(case_of([*usual(), ran(1), ran(-2 / 24, 16.0)]))
    assert of_side(found, Side.FOR) == []
    assert texts(found, Side.AGAINST) == ["no run was longer than usual: at most 100% of your longest"]


def test_a_longer_run_is_told_with_its_day_its_numbers_and_what_followed() -> None:
    assert texts(noticed.longer_run(case_of([*usual(), ran(1, 12.0)]))) == [
        "19 May: 12.0 km, 50% more than your longest of the 30 days before; the next day you wrote left 4, right 2"
    ]


def test_without_soreness_nothing_followed() -> None:
    """Asked about today, 20 May."""
    assert texts(noticed.longer_run(case_of([*usual(), ran(1, 12.0)], sore=False))) == [
        "19 May: 12.0 km, 50% more than your longest of the 30 days before"
    ]


def test_one_run_has_nothing_to_be_held_against() -> None:
    found = noticed.longer_run(case_of([ran(1, 12.0)]))
    assert found.points == ()
    assert found.unknown == ("two runs within 30 days, to hold one against the other",)


def test_as_much_longer_once_before_and_quiet_after_it_speaks_against() -> None:
    """60 days before, 12 km over 8 km, and 1 of 10 two days after: so 12 over 8 did no harm then."""
    early = [*usual(since=80, until=64), ran(60, 12.0), *usual(), ran(1, 12.0)]
    quiet = Morning(at=SORE_AT - timedelta(days=58), soreness=Soreness(1, 0))
    assert texts(noticed.longer_run(case_of(early, quiet)), Side.AGAINST) == [
        "21 March: 12.0 km were 50% more, too; in the 3 days after you wrote at most 1"
    ]
    sore = Morning(at=SORE_AT - timedelta(days=58), soreness=Soreness(3, 0))
    assert texts(noticed.longer_run(case_of(early, sore)), Side.AGAINST) == [], "it was sore then, too"
    assert texts(noticed.longer_run(case_of(early)), Side.AGAINST) == [], "nobody said anything then"


# ------------------------------------------------------------------------------------------------------ faster, hillier
@pytest.mark.parametrize(("fast", "sign"), [(1200, 0.0), (1480, 0.322), (1800, 0.75), (2000, 1.0)])
def test_faster_running_counts_by_times_and_by_how_many(fast: int, sign: float) -> None:
    """Over 1,000. 1.48 times are 0.35 of the way from 1.2 to 2, and 480 more 0.92 of that from 250 to 500: 0.322."""
    loads = [*usual(speeds={2.7: 4000, 4.0: 1000}), ran(1, speeds={2.7: 4000, 4.0: fast})]
    assert strength(noticed.faster(case_of(loads, runner=EASY))) == pytest.approx(sign)


@pytest.mark.parametrize(("fast", "sign"), [(250, 0.0), (251, 0.004), (375, 0.5), (500, 1.0)])
def test_fast_strikes_begin_evenly_at_half_of_what_counts(fast: int, sign: float) -> None:
    """Where there were none, times tell nothing: 375 more are half of the way from 250 to 500."""
    loads = [*usual(speeds={2.7: 4000}), ran(1, speeds={2.7: 4000, 4.0: fast})]
    assert strength(noticed.faster(case_of(loads, runner=EASY))) == pytest.approx(sign)


def test_without_a_known_easy_pace_nobody_can_call_a_run_faster() -> None:
    found = noticed.faster(case_of([ran(5, speeds={2.7: 4000}), ran(1, speeds={4.0: 4000})]))
    assert found.points == ()
    assert found.unknown == ("your own easy pace, which a few recorded runs tell",)


@pytest.mark.parametrize(("climb_m", "sign"), [(50, 0.0), (75, 0.5), (100, 1.0)])
def test_climb_begins_evenly_at_half_of_what_counts(climb_m: float, sign: float) -> None:
    loads = [*usual(climb_m=0.0), ran(1, climb_m=climb_m)]
    assert strength(noticed.hills(case_of(loads))) == pytest.approx(sign)


def test_climb_that_no_recording_tells_stays_unknown() -> None:
    assert noticed.hills(case_of(usual())).unknown == ("how much your runs climbed",)


# --------------------------------------------------------------------------------------------------------------- shoes
@pytest.mark.parametrize(
    ("new", "sign"),
    [
        (pair(5, minimal=True), 1.0),
        (pair(5, heel_drop_m=0.004), 0.8),
        (pair(5, heel_drop_m=0.010), 0.4),
        (pair(5), 0.4),
        (pair(29, minimal=True), 0.5),
        (pair(43, minimal=True), 0.0),
    ],
)
def test_a_new_pair_counts_by_its_build_until_it_is_six_weeks_old(new: Shoe, sign: float) -> None:
    """Worn the day before: 28 days new are half of the way from 14 to 42."""
    loads = [*usual(shoe=OLD), ran(1, shoe=new)]
    assert strength(noticed.shoe(case_of(loads))) == pytest.approx(sign)


def test_a_very_first_pair_is_not_new() -> None:
    assert of_side(noticed.shoe(case_of(usual(shoe=pair(20, minimal=True)))), Side.FOR) == []


def test_a_pair_that_nobody_named_stays_unknown() -> None:
    assert noticed.shoe(case_of(usual())).unknown == ("which shoes you wore",)
    assert noticed.barefoot(case_of(usual())).unknown == ("which runs were barefoot",)


def test_the_newest_pair_speaks_against_when_it_is_old() -> None:
    said = texts(noticed.shoe(case_of(usual(shoe=OLD))), Side.AGAINST)
    assert said == ["no pair was new: the newest is Old, since 15 April 2025"]


@pytest.mark.parametrize(("minutes", "sign"), [(2, 0.0), (11, 0.5), (20, 1.0), (60, 1.0)])
def test_barefoot_minutes_count_from_two_to_twenty(minutes: float, sign: float) -> None:
    feet = Shoe(id="feet", name="Feet", since=SORE_AT.date(), barefoot=True)
    loads = [*usual(shoe=OLD), ran(1, 3.0, minutes=minutes, shoe=feet)]
    assert strength(noticed.barefoot(case_of(loads))) == pytest.approx(sign)


def test_minutes_of_nine_days_before_count_less() -> None:
    """20 minutes, 9 days before: 1 - 6 / 11 = 0.4545 of them are 9.09; (9.09 - 2) / 18 = 0.394."""
    feet = Shoe(id="feet", name="Feet", since=SORE_AT.date(), barefoot=True)
    loads = [*usual(shoe=OLD), ran(9, 3.0, minutes=20, shoe=feet)]
    assert strength(noticed.barefoot(case_of(sorted(loads, key=lambda run: run.start)))) == pytest.approx(
        0.394, abs=0.001
    )


def test_ten_runs_in_minimal_shoes_before_are_a_habit() -> None:
    """Every three days for 90 days before these two weeks are more than ten; two are none."""
    thin = Shoe(id="thin", name="Thin", since=SORE_AT.date() - timedelta(days=900), minimal=True)
    habit = usual(since=104, every=3, shoe=thin)
    assert strength(noticed.barefoot(case_of(habit))) == 0.0
    assert strength(noticed.barefoot(case_of([*usual(since=104, until=15, shoe=OLD), *usual(since=13, shoe=thin)]))) > 0


# -------------------------------------------------------------------------------------------------------------- breaks
@pytest.mark.parametrize(("away", "sign"), [(10, 0.0), (19, 0.5), (28, 1.0), (60, 1.0)])
def test_a_break_counts_from_ten_days_to_twenty_eight(away: int, sign: float) -> None:
    loads = [ran(2 + away + 3), ran(2 + away), ran(2)]
    assert strength(noticed.after_break(case_of(loads))) == pytest.approx(sign)


@pytest.mark.parametrize(("since", "sign"), [(14, 1.0), (24, 0.524), (34, 0.048), (35, 0.0)])
def test_a_return_counts_for_five_weeks(since: int, sign: float) -> None:
    """1 - (24 - 14) / 21 = 0.524; 1 - (34 - 14) / 21 = 0.048."""
    loads = [ran(since + 30), ran(since), ran(since - 3)]
    assert strength(noticed.after_break(case_of(loads))) == pytest.approx(sign, abs=0.001)


def test_a_break_of_last_year_is_not_called_recent() -> None:
    loads = [ran(200), *usual(since=40)]
    assert texts(noticed.after_break(case_of(loads)), Side.AGAINST) == ["no break lately: at most 4 days between runs"]


def test_a_single_run_tells_of_no_break() -> None:
    assert noticed.after_break(case_of([ran(1)])).unknown == ("what you ran before",)


# ------------------------------------------------------------------------------------------------------------- cadence
def cadence(days: float, share: float):
    """A run whose steps are this share of others' at its pace."""
    strikes = round(30 * share * float(population_cadence_spm(speed_mps=2.8)))
    return structs.replace(ran(days, strikes=strikes), speed_mps=2.8, cadence_measured=True)


@pytest.mark.parametrize(("share", "sign"), [(0.99, 0.0), (0.955, 0.5), (0.92, 1.0), (0.85, 1.0)])
def test_few_steps_count_from_one_hundredth_below_others_to_eight(share: float, sign: float) -> None:
    found = noticed.low_cadence(case_of([cadence(3, share), cadence(1, share)]))
    assert strength(found) == pytest.approx(sign, abs=0.01)


def test_a_single_run_of_thirteen_days_before_says_little_of_the_cadence() -> None:
    assert strength(noticed.low_cadence(case_of([cadence(13, 0.85)]))) == pytest.approx(1 / 11)


def test_a_cadence_that_was_worked_out_and_not_measured_tells_nothing() -> None:
    guessed = [structs.replace(cadence(1, 0.85), cadence_measured=False)]
    assert noticed.low_cadence(case_of(guessed)).points == ()


# ------------------------------------------------------------------------------------------------------------- episode
def note(days_before: float, nrs: int) -> SorenessNote:
    return SorenessNote(SORE_AT - timedelta(days=days_before), Soreness(nrs, None), morning=True)


def test_an_episode_begins_with_the_first_sore_word_of_a_row_without_a_gap_of_more_than_seven_days() -> None:
    notes = [note(30, 5), note(12, 3), note(5, 6), note(2, 2), note(0, 4)]
    episode = episode_of(notes, rules=RULES, now=NOW)
    assert episode is not None
    assert (episode.first, episode.worst, episode.last) == (notes[1], notes[2], notes[4])


@pytest.mark.parametrize(("nrs", "days", "there"), [(3, 0, True), (2, 0, False), (3, 28, True), (3, 28.6, False)])
def test_an_episode_is_of_three_and_more_and_over_after_four_weeks(nrs: int, days: float, there: bool) -> None:
    """Now is eleven hours after the morning of 20 May: 28 days before that morning are 28.5 days."""
    now = NOW - timedelta(hours=11)
    assert (episode_of([note(days, nrs)], rules=RULES, now=now) is not None) is there


def test_words_of_tomorrow_are_not_heard() -> None:
    tomorrow = CheckIn(at=NOW + timedelta(days=1), soreness=Soreness(9, 9))
    assert case_of([], tomorrow, sore=False).episode is None
