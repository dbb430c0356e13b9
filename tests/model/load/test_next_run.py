"""The next run before it is run: counted and compared as its recording would be."""

from datetime import UTC, date

import pytest
from msgspec import structs

from calfwise.model.load.alignment import aligned
from calfwise.model.load.budget import next_run_budget
from calfwise.model.load.change import change_of
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import easy_of
from calfwise.model.load.next_run import Fit, Forecast, Wish, forecast
from calfwise.model.load.outings import outings_of
from calfwise.model.runner import Runner, Shoe
from tests.model.load.made import at, load

DAILY = Shoe("daily", "Daily", since=date(2025, 1, 1))
THIN = Shoe("thin", "Thin", since=date(2026, 4, 1), minimal=True)
BARE = Shoe("bare", "Bare feet", since=date(2026, 1, 1), barefoot=True)
RUNNER = Runner()


def steady(*, km: float = 10.0, cadence_ratio: float = 1.0) -> list[RunLoad]:
    """Every fifth day, ten weeks long, 10 km in an hour: 166.85 steps a minute times the ratio."""
    strikes = round(166.85 * 60 * cadence_ratio * km / 10)
    run = load(0, km, minutes=6 * km, strikes=strikes, speeds={2.8: strikes}, shoe=DAILY)
    run = structs.replace(run, speed_mps=2.8)
    return [structs.replace(run, id=f"{day}", start=at(5 * day)) for day in range(14)]


def thought_of(wish: Wish, runs: list[RunLoad], *, day: float = 70, races: frozenset[date] = frozenset()) -> Forecast:
    now = at(day)
    loads, _ = aligned(runs)
    outings = outings_of(loads, runner=RUNNER, home=UTC)
    return forecast(
        wish,
        outings=outings,
        change=change_of(outings, runner=RUNNER, races=races, now=now),
        budget=next_run_budget(outings, races=races, soreness=(), now=now),
        easy=easy_of(outings, now=now),
        runner=RUNNER,
        now=now,
    )


def test_strikes_come_from_the_own_cadence_and_the_own_easy_pace():
    found = thought_of(Wish(distance_m=8000), steady(cadence_ratio=0.95))
    assert found.duration_s == pytest.approx(48 * 60), "6 minutes a kilometre"
    assert found.strikes.value == pytest.approx(166.85 * 0.95 * 48, abs=2)
    assert found.strikes.high / found.strikes.value == pytest.approx(1.10)
    assert found.easy_km == pytest.approx(8.0, abs=0.01)
    assert found.fast_strikes == 0


def test_a_faster_run_has_fast_strikes_and_more_force():
    easy, fast = (thought_of(Wish(distance_m=8000, speed_mps=mps), steady()) for mps in (2.8, 3.6))
    assert (easy.fast_strikes, fast.fast_strikes) == (0, fast.strikes.value)
    assert fast.achilles_force_bw.value > easy.achilles_force_bw.value
    assert fast.impulse_bw_s.value < easy.impulse_bw_s.value, "impulse follows time and is blind to pace"
    assert "faster" in {notice.kind for notice in fast.notices}


@pytest.mark.parametrize(
    ("km", "fit", "over_m"),
    [(9.9, Fit.KNOWN, 0), (10.0, Fit.KNOWN, 0), (10.9, Fit.WITHIN, 0), (11.0, Fit.WITHIN, 0), (14.2, Fit.OVER, 3200)],
)
def test_the_budget_is_about_length(km, fit, over_m):
    found = thought_of(Wish(distance_m=km * 1000), steady())
    assert (found.fit, found.over_m) == (fit, pytest.approx(over_m))


@pytest.mark.parametrize(("km", "big"), [(10.9, False), (11.0, False), (11.2, True)])
def test_a_big_step_is_a_tenth_and_a_kilometre_more(km, big):
    assert thought_of(Wish(distance_m=km * 1000), steady()).big_step is big


def test_of_two_big_steps_within_a_week_only_the_first_is_told():
    spiked = [*steady(), structs.replace(load(66, 12, minutes=72), speed_mps=2.8)]
    assert not thought_of(Wish(distance_m=14_000), spiked, day=70).big_step
    assert thought_of(Wish(distance_m=14_000), spiked, day=73).big_step


def test_a_race_states_its_category_raises_no_alert_and_lifts_what_is_known_by_a_tenth():
    found = thought_of(Wish(distance_m=21_100, race=True), steady())
    assert (found.fit, found.big_step, found.counts_at_once) == (Fit.RACE, False, True)
    assert found.compared is not None
    assert found.compared.length.name == "DOUBLE"
    assert found.reference_after_m == pytest.approx(11_000)


def test_what_goes_beyond_the_budget_counts_only_after_quiet_mornings():
    over, within = (thought_of(Wish(distance_m=km * 1000), steady()) for km in (13, 11))
    assert (over.reference_after_m, over.counts_at_once) == (13_000, False)
    assert (within.reference_after_m, within.counts_at_once) == (11_000, True)


def test_what_rose_three_days_ago_rises_no_further_today():
    """10 km rose to 11 on day 67; it rises once in 7 days, so on day 70 nothing is added and on day 74 again."""
    risen = [*steady(), structs.replace(load(67, 11, minutes=66), speed_mps=2.8)]
    for km in (12, 15):
        found = thought_of(Wish(distance_m=km * 1000), risen, day=70)
        assert (found.reference_after_m, found.counts_at_once) == (11_000, True)
        assert found.budget.rises_from == at(74).date()
    assert thought_of(Wish(distance_m=12_000), risen, day=74).reference_after_m == 12_000


def test_a_wish_in_a_trail_shoe_is_a_wish_for_trails():
    trail = Shoe("trail", "Trail", since=date(2025, 1, 1), surface="trail")
    said, worn = (
        thought_of(Wish(distance_m=8000, **more), steady()) for more in ({"surface": "trail"}, {"shoe": trail})
    )
    assert worn.vertical_grf_bw == said.vertical_grf_bw
    assert worn.vertical_grf_bw != thought_of(Wish(distance_m=8000), steady()).vertical_grf_bw


def test_without_any_run_there_is_nothing_to_hold_it_against():
    found = thought_of(Wish(distance_m=5000), [])
    assert (found.fit, found.compared, found.strikes, found.easy_km) == (Fit.NO_NUMBER, None, None, None)
    paced = thought_of(Wish(distance_m=5000, speed_mps=2.5), [])
    assert paced.strikes.value == pytest.approx(2 * (75.01 + 3.006 * 2.5) * 2000 / 60, abs=1)
    assert paced.fast_strikes is None, "nobody knows what is fast for this runner"


def test_a_new_thin_shoe_and_bare_feet_are_told_and_widen_the_band_upwards():
    usual, thin, bare = (thought_of(Wish(distance_m=8000, shoe=shoe), steady()) for shoe in (DAILY, THIN, BARE))
    assert usual.notices == ()
    assert [notice.kind for notice in bare.notices] == ["barefoot"]
    assert bare.barefoot_strikes == bare.strikes.value
    assert [notice.kind for notice in thin.notices] == ["other-shoe"]
    assert thin.achilles_force_bw.high == pytest.approx(usual.achilles_force_bw.high * 1.15)


def test_barefoot_minutes_count_their_share_of_the_strikes_until_they_are_a_habit():
    found = thought_of(Wish(distance_m=8000, barefoot_minutes=5), steady())
    assert found.barefoot_strikes == pytest.approx(166.85 * 5, abs=2)
    assert [notice.text for notice in found.notices] == ["5 minutes of it barefoot"]
    often = [structs.replace(load(55.5 + day, 1, minutes=6, shoe=BARE), speed_mps=2.8) for day in range(10)]
    assert thought_of(Wish(distance_m=8000, barefoot_minutes=5), [*steady(), *often]).notices == ()


def test_more_climb_than_in_thirty_days_is_told():
    hilly = thought_of(Wish(distance_m=9000, climb_m=200), [structs.replace(run, climb_m=40.0) for run in steady()])
    assert [notice.kind for notice in hilly.notices] == ["hillier"]


def test_stairs_have_strikes_and_no_forces():
    found = thought_of(Wish(distance_m=2000, surface="stairs"), steady())
    assert found.strikes is not None
    assert (found.vertical_grf_bw, found.achilles_force_bw) == (None, None)


def test_thinking_of_a_run_changes_nothing_about_the_runs_that_were():
    runs = steady()
    before = thought_of(Wish(distance_m=9000), runs)
    thought_of(Wish(distance_m=30_000), runs)
    assert thought_of(Wish(distance_m=9000), runs) == before
