"""What changed: against the longest of 30 days, and what else is new for the calves."""

from datetime import date, timedelta

import pytest

from calfwise.model.load.change import Length, change_of, explaining, held_of, length_of, noticed
from calfwise.model.runner import Runner, Shoe
from tests.model.load.made import at, load, outings

NOBODY = Runner()
SAID_EASY = Runner(easy_speed_mps=3.0)
NO_RACES: frozenset[date] = frozenset()
LEVEL_SHOE = Shoe(id="daily", name="Daily", since=date(2025, 1, 1), heel_drop_m=0.010)


def change(*loads, runner=NOBODY, races=NO_RACES, day=None):
    found = outings(*loads, runner=runner)
    return change_of(found, runner=runner, races=races, now=found[-1].end if day is None else at(day))


def kinds(*loads, runner=NOBODY) -> list[str]:
    """What is noticed about the last of these runs."""
    found = outings(*loads, runner=runner)
    return [notice.kind for notice in noticed(held_of(found, races=NO_RACES)[-1], runner=runner)]


# --- length ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratio", "length"),
    [
        (0.3, Length.USUAL), (1.0, Length.USUAL), (1.10, Length.USUAL), (1.101, Length.LONGER), (1.30, Length.LONGER),
        (1.301, Length.MUCH_LONGER), (2.00, Length.MUCH_LONGER), (2.001, Length.DOUBLE), (9, Length.DOUBLE),
    ],
)  # fmt: skip
def test_a_run_on_a_border_belongs_to_the_milder_category(ratio, length):
    assert length_of(ratio=ratio) is length


def test_a_run_is_held_against_the_longest_of_the_30_days_before_it():
    latest = change(load(0, 8), load(3, 12), load(6, 9), load(10, 15)).latest
    assert (latest.distance_m, latest.longest_before_m, latest.ratio) == (15_000, 12_000, 1.25)
    assert latest.length is Length.LONGER


@pytest.mark.parametrize(("day", "longest_m"), [(30, 20_000), (31, 8000)])
def test_a_run_30_days_ago_still_counts_and_one_31_days_ago_no_longer(day, longest_m):
    assert change(load(0, 20), load(5, 8), load(day, 10)).latest.longest_before_m == longest_m


def test_the_first_run_of_all_is_compared_with_nothing():
    assert change(load(0, 10)).latest is None
    assert change(load(0, None), load(1, 10)).latest is None


def test_parts_of_one_outing_are_compared_as_one():
    # 6 km and, 20 minutes later, 5 km more: 11 against 8
    latest = change(load(0, 8), load(4, 6, minutes=30), load(4 + 50 / 1440, 5)).latest
    assert latest.ratio == pytest.approx(11 / 8)


# --- alerts ----------------------------------------------------------------------------------------------------------


def alerted(*loads, races=NO_RACES) -> list[int]:
    """Days since the first run on which an alert was raised."""
    return [(alert.day - at(0).date()).days for alert in change(*loads, races=races).alerts]


@pytest.mark.parametrize(
    ("before_km", "km", "alerts"),
    [
        (10, 11.0, []),  # exactly 1.10
        (10, 11.1, [3]),  # 1.11, and 1.1 km more
        (5, 5.9, []),  # 1.18, but 0.9 km more
        (5, 6.0, []),  # exactly 1 km more
        (5, 6.01, [3]),
        (20, 21.5, []),  # 1.5 km more, but 1.075
        (1.5, 2.4, []),  # nobody is alarmed by 2.4 km
    ],
)
def test_an_alert_needs_more_than_a_tenth_and_more_than_a_kilometre(before_km, km, alerts):
    assert alerted(load(0, before_km), load(3, km)) == alerts


def test_at_most_one_alert_in_seven_days():
    # day 3 alerts; day 6 is longer again, but 3 days later; day 10 is 7 days after the alert
    assert alerted(load(0, 8), load(3, 10), load(6, 12), load(10, 14)) == [3, 10]


def test_an_alert_is_kept_back_by_an_alert_only_not_by_a_silent_spike():
    # day 6 raised none, so day 10 is measured from day 3 alone
    assert alerted(load(0, 8), load(3, 10), load(9, 12)) == [3]


def test_a_race_is_named_but_alerts_nobody():
    race_day = frozenset({at(3).date()})
    changed = change(load(0, 10), load(3, 21.1), races=race_day)
    assert changed.alerts == ()
    assert changed.latest.race
    assert changed.latest.length is Length.DOUBLE


def test_the_alert_of_now_is_the_latest_outings_own():
    assert change(load(0, 8), load(3, 10)).alert.ratio == 1.25
    assert change(load(0, 8), load(3, 10), load(5, 6)).alert is None


# --- notices ---------------------------------------------------------------------------------------------------------


def test_a_longer_run_is_noticed_even_where_it_alerts_nobody():
    assert kinds(load(0, 5), load(3, 5.9)) == ["longer"]
    assert kinds(load(0, 10), load(3, 11)) == []


def test_what_a_longer_run_says():
    held = held_of(outings(load(0, 8), load(3, 10)), races=NO_RACES)
    [notice] = noticed(held[-1], runner=NOBODY)
    assert notice.text == "10.0 km, 25% more than your longest of the 30 days before"
    assert notice.day == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("before", "now", "faster"),
    [
        (1000, 1500, True),  # 1.5 times, 500 more
        (1000, 1499, False),
        (800, 1200, False),  # 1.5 times, but 400 more
        (0, 500, True),
        (0, 499, False),
        (3000, 4000, False),  # 1,000 more, but 1.33 times
    ],
)
def test_half_as_many_fast_strikes_again_and_500_more_is_a_pace_jump(before, now, faster):
    runs = [load(0, speeds={3.05: 5000, 4.05: before}), load(3, speeds={3.05: 5000, 4.05: now})]
    assert ("faster" in kinds(*runs, runner=SAID_EASY)) is faster


def test_where_the_fast_strikes_before_are_unknown_nothing_is_called_faster():
    assert kinds(load(0, speeds=None), load(3, speeds={4.05: 3000}), runner=SAID_EASY) == []
    assert kinds(load(0, speeds={4.05: 3000}), runner=SAID_EASY) == []


@pytest.mark.parametrize(
    ("before_m", "now_m", "hillier"), [(200, 300, True), (200, 299, False), (100, 199, False), (40, 140, True)]
)
def test_half_as_much_climb_again_and_100_m_more_is_a_hillier_run(before_m, now_m, hillier):
    assert ("hillier" in kinds(load(0, climb_m=before_m), load(3, climb_m=now_m))) is hillier


def test_the_first_recording_is_not_called_hillier_than_nothing():
    assert kinds(load(0, climb_m=400.0)) == []
    assert kinds(load(0, climb_m=None), load(3, climb_m=400.0)) == []


@pytest.mark.parametrize(("age_days", "kind"), [(0, ["new-shoe"]), (20, ["new-shoe"]), (21, ["other-shoe"])])
def test_a_shoe_is_new_for_three_weeks_and_then_only_another_one(age_days, kind):
    fresh = Shoe(id="fresh", name="Fresh", since=at(30).date() - timedelta(days=age_days))
    assert kinds(load(25, shoe=LEVEL_SHOE), load(30, shoe=fresh)) == kind


@pytest.mark.parametrize(("drop_m", "kind"), [(0.006, "lower-shoe"), (0.007, "new-shoe"), (0.012, "new-shoe")])
def test_a_heel_4_mm_lower_is_a_lower_shoe(drop_m, kind):
    fresh = Shoe(id="fresh", name="Fresh", since=at(3).date(), heel_drop_m=drop_m)
    assert kinds(load(0, shoe=LEVEL_SHOE), load(3, shoe=fresh)) == [kind]


def test_a_minimal_shoe_is_a_lower_shoe_even_without_its_measures():
    minimal = Shoe(id="thin", name="Thin", since=at(3).date(), minimal=True)
    assert kinds(load(0, shoe=LEVEL_SHOE), load(3, shoe=minimal)) == ["lower-shoe"]


def test_bare_feet_are_named_before_everything_about_shoes():
    barefoot = Shoe(id="none", name="Barefoot", since=at(3).date(), barefoot=True)
    assert kinds(load(0, shoe=LEVEL_SHOE), load(3, shoe=barefoot)) == ["barefoot"]


def test_back_in_the_old_shoe_after_bare_feet_nothing_is_new():
    barefoot = Shoe(id="none", name="Barefoot", since=at(3).date(), barefoot=True)
    assert kinds(load(0, shoe=LEVEL_SHOE), load(3, shoe=barefoot), load(6, shoe=LEVEL_SHOE)) == []


def test_barefoot_is_news_until_the_tenth_outing_and_a_habit_from_then_on() -> None:
    barefoot = Shoe(id="none", name="Barefoot", since=at(1).date(), barefoot=True)
    outings = [load(0, shoe=LEVEL_SHOE), *(load(day, shoe=barefoot) for day in range(1, 11))]
    assert kinds(*outings) == ["barefoot"], "nine barefoot outings before it"
    assert kinds(*outings, load(11, shoe=barefoot)) == [], "ten of them"


def test_the_first_known_shoe_is_not_a_change():
    fresh = Shoe(id="fresh", name="Fresh", since=at(0).date())
    assert kinds(load(0, shoe=fresh)) == []
    assert kinds(load(0, shoe=fresh), load(3, shoe=fresh)) == []


@pytest.mark.parametrize(("day", "expected"), [(0, ["first-weeks"]), (83, ["first-weeks"]), (84, [])])
def test_the_first_twelve_weeks_of_running_are_new_by_the_runners_own_word(day, expected):
    beginner = Runner(running_since=at(0).date())
    assert kinds(load(day), runner=beginner) == expected


def test_a_first_recording_is_not_a_first_run():
    assert kinds(load(0)) == []
    assert kinds(load(0), runner=Runner(running_since=at(10).date())) == []


@pytest.mark.parametrize(("day", "expected"), [(13, []), (14, ["after-a-break"]), (60, ["after-a-break"])])
def test_two_weeks_without_a_run_are_a_break(day, expected):
    assert kinds(load(0), load(day)) == expected


def test_notices_are_those_of_the_last_30_days_newest_first():
    changed = change(load(0, 5), load(10, 7), load(42, 5), load(45, 8), day=46)
    assert [(notice.kind, notice.day.day) for notice in changed.notices] == [
        ("longer", 15),  # 15 April: 8 km against 5
        ("after-a-break", 12),  # 12 April, 32 days after 11 March
    ]
    assert len(changed.hard) == 2, "what explains soreness is kept of all time; a break alone explains nothing"


def test_a_hard_run_explains_soreness_only_in_the_hours_after_it():
    changed = change(load(0, 5), load(3, 9, minutes=60))
    end = at(3, hour=1)
    assert explaining(changed, now=end + timedelta(hours=47), within_h=48).kind == "longer"
    assert explaining(changed, now=end + timedelta(hours=49), within_h=48) is None


def test_no_runs_change_nothing():
    changed = change_of((), runner=NOBODY, races=NO_RACES, now=at(0))
    assert (changed.latest, changed.notices, changed.alerts, changed.alert) == (None, (), (), None)
