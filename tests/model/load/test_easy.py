"""What a run asks in kilometres of one's own easy running, and what it wears, against oneself only."""

import math

import pytest
from msgspec import structs

from calfwise.model.load.calf import Band
from calfwise.model.load.dose import FORCE_BINS, RunLoad
from calfwise.model.load.easy import (
    FROM_SPEED,
    MEASURED,
    Easy,
    basis_of,
    easy_km_of,
    easy_of,
    force_against_easy,
    own_cadence_spm,
    wear_against_easy,
)
from calfwise.model.load.gait import Grade
from tests.model.load.made import at, load, outings


def steps_at(force_bw: float, count: int) -> tuple[int, ...]:
    """Steps in the bin whose middle is that force."""
    bins = [0] * FORCE_BINS
    bins[round(force_bw / 0.05 - 0.5)] = count
    return tuple(bins)


def easy_run(day: float, km: float = 10, *, strikes: int = 9000, **more: object) -> RunLoad:
    """10 km in an hour, 2.8 m/s, at 2.525 BW a step."""
    run = load(day, km, minutes=6 * km, strikes=strikes, speeds={2.8: strikes})
    told = {"speed_mps": 2.8, "strikes_by_force": steps_at(2.525, strikes), "vertical_grf_bw": Band.around(2.525, 1.14)}
    return structs.replace(run, **(told | more))


def own(*runs: RunLoad) -> Easy | None:
    return easy_of(outings(*runs), now=at(60))


def ten_runs() -> list[RunLoad]:
    return [easy_run(5 * day) for day in range(10)]


def test_an_own_easy_kilometre_is_the_mean_of_easy_runs():
    easy = own(*ten_runs())
    assert easy is not None
    # The first four runs are before an easy pace was known.
    assert (easy.runs, easy.strikes_per_km) == (6, 900)
    assert easy.impulse_bw_s_per_km == pytest.approx(720), "2.0 body weights for 360 s a kilometre"
    assert easy.speed_mps == pytest.approx(10_000 / 3600)
    # Others take 2 (75.01 + 3.006 * 2.778) = 166.72 steps a minute; this runner 150.
    assert easy.cadence_ratio == pytest.approx(150 / 166.72, abs=1e-4)
    assert easy.force_bw(MEASURED) == pytest.approx(2.525)
    assert easy.force_bw(FROM_SPEED) is None


def test_the_own_cadence_is_that_of_easy_runs_whose_steps_were_counted():
    """9000 steps in an hour are 150 a minute; 6 of the ten runs are easy ones."""
    assert own_cadence_spm(outings(*ten_runs()), now=at(60)) == pytest.approx(150)
    from_speed = [structs.replace(run, grade=Grade.C, cadence_measured=False) for run in ten_runs()]
    assert own_cadence_spm(outings(*from_speed), now=at(60)) is None, "what is read from speed is other people's"
    mixed = [*from_speed[:7], *ten_runs()[7:]]
    assert own_cadence_spm(outings(*mixed), now=at(60)) is None, "three counted ones are too few"
    assert own_cadence_spm(outings(*ten_runs()), now=at(200)) is None


def test_with_fewer_than_four_easy_runs_nothing_is_said():
    assert own(*ten_runs()[:7]) is None
    assert own() is None


def test_fast_runs_do_not_count_as_easy_ones():
    fast = [structs.replace(load(50 + day, 10, speeds={2.8: 4000, 3.9: 5000}), speed_mps=3.3) for day in range(5)]
    easy = own(*ten_runs(), *fast)
    assert easy is not None
    assert (easy.runs, easy.strikes_per_km) == (6, 900)


def test_a_run_is_as_many_easy_kilometres_as_its_foot_strikes():
    easy = own(*ten_runs())
    assert easy_km_of(load(55, 8, strikes=8100), easy) == pytest.approx(9.0)
    assert easy_km_of(load(55, 8, strikes=None), easy) is None
    assert easy_km_of(load(55, 8), None) is None


@pytest.mark.parametrize(
    ("grade", "apart", "basis"),
    [(Grade.A, False, MEASURED), (Grade.A, True, None), (Grade.B, False, FROM_SPEED), (Grade.C, False, FROM_SPEED),
     (Grade.D, False, None)],
)  # fmt: skip
def test_forces_are_compared_within_one_basis_only(grade, apart, basis):
    assert basis_of(structs.replace(load(0, grade=grade), apart=apart)) == basis


def test_a_harder_run_is_told_against_the_own_easy_step():
    easy = own(*ten_runs())
    harder = easy_run(55, strikes_by_force=steps_at(2.775, 9000), vertical_grf_bw=Band.around(2.775, 1.14))
    assert force_against_easy(harder, easy) == pytest.approx(2.775 / 2.525)
    assert force_against_easy(structs.replace(harder, grade=Grade.C), easy) is None, "no easy run from speed"


def test_ten_percent_more_force_wears_like_two_easy_kilometres():
    easy = own(*ten_runs())
    harder = easy_run(55, strikes_by_force=steps_at(2.775, 9000), vertical_grf_bw=Band.around(2.7775, 1.14))
    found = wear_against_easy(harder, easy)
    # Published arithmetic for 10 % more: 1.86 at 40 % of strength and 2.54 at 60 %.
    assert found == pytest.approx((1.86, 2.54), abs=0.01)


def test_an_easy_kilometre_wears_like_one():
    easy = own(*ten_runs())
    assert wear_against_easy(easy_run(55), easy) == pytest.approx((1.0, 1.0))


def test_more_steps_a_kilometre_wear_more():
    easy = own(*ten_runs())
    assert wear_against_easy(easy_run(55, strikes=9900), easy) == pytest.approx((1.1, 1.1))


def test_hard_and_soft_steps_do_not_average_out():
    easy = own(*ten_runs())
    mixed = tuple(map(sum, zip(steps_at(2.275, 4500), steps_at(2.775, 4500), strict=True)))
    found = wear_against_easy(easy_run(55, strikes_by_force=mixed), easy)
    # Half of the steps 9.9 % below, half above: the mean of 10 ** (± 40 * 0.0990 / 14.8) is 1.196.
    by_hand = (10 ** (40 * (2.775 / 2.525 - 1) / 14.8) + 10 ** (40 * (2.275 / 2.525 - 1) / 14.8)) / 2
    assert found[0] == pytest.approx(by_hand)
    assert found[0] == pytest.approx(1.196, abs=0.01)


def test_a_shifted_run_wears_by_the_force_it_is_read_as():
    easy = own(*ten_runs())
    shifted = easy_run(55, vertical_grf_bw=Band.around(2.525 * 1.1, 1.14))
    assert wear_against_easy(shifted, easy) == pytest.approx((1.86, 2.54), abs=0.01)


@pytest.mark.parametrize("more", [{"grade": Grade.D}, {"apart": True}, {"vertical_grf_bw": None}, {"strikes": None}])
def test_wear_is_never_told_where_runs_are_not_compared(more):
    assert wear_against_easy(structs.replace(easy_run(55), **more), own(*ten_runs())) is None


def test_wear_is_finite_for_any_steps():
    easy = own(*ten_runs())
    hardest = easy_run(55, strikes_by_force=steps_at(4.975, 9000), vertical_grf_bw=Band.around(4.975, 1.2))
    assert all(math.isfinite(side) for side in wear_against_easy(hardest, easy))
