"""Ground and shoe move the calf's load in a known direction, by no number that was read: the band tells it."""

from dataclasses import replace
from datetime import UTC, date

import pytest
from msgspec import structs

from calfwise.model.described import described
from calfwise.model.journal import AboutRun, History
from calfwise.model.load.dose import run_load
from calfwise.model.load.ground import on_its_ground
from calfwise.model.runner import Shoe
from tests.model.load.made import START, load, run

DAILY = Shoe("daily", "Daily", since=date(2026, 1, 1), default=True)
BARE = Shoe("bare", "Bare feet", since=date(2026, 1, 1), barefoot=True)
THIN = Shoe("thin", "Thin", since=date(2026, 1, 1), minimal=True)


@pytest.mark.parametrize("surface", [None, "road", "track", "treadmill"])
def test_firm_and_even_ground_changes_nothing(surface):
    ran = structs.replace(load(0, shoe=DAILY), surface=surface)
    assert on_its_ground(ran) == ran


@pytest.mark.parametrize("surface", ["trail", "grass", "sand"])
def test_uneven_ground_widens_both_bands_by_a_tenth_and_moves_no_value(surface):
    found = on_its_ground(structs.replace(load(0), surface=surface))
    assert found.vertical_grf_bw.value == 2.5
    assert found.vertical_grf_bw.high == pytest.approx(2.5 * 1.14 * 1.10)
    assert found.achilles_force_bw.low == pytest.approx(6.0 / 1.35 / 1.10)
    assert found.impulse_bw_s == load(0).impulse_bw_s


@pytest.mark.parametrize("shoe", [BARE, THIN])
def test_bare_feet_and_thin_shoes_reach_higher_at_the_achilles_alone(shoe):
    found = on_its_ground(load(0, shoe=shoe))
    assert found.achilles_force_bw.high == pytest.approx(6.0 * 1.35 * 1.15)
    assert found.achilles_force_bw.low == pytest.approx(6.0 / 1.35)
    assert found.vertical_grf_bw == load(0).vertical_grf_bw


def test_on_stairs_no_force_is_estimated_and_strikes_still_count():
    found = on_its_ground(structs.replace(load(0), surface="stairs"))
    assert (found.vertical_grf_bw, found.achilles_force_bw) == (None, None)
    assert (found.strikes, found.impulse_bw_s) == (load(0).strikes, load(0).impulse_bw_s)


@pytest.mark.parametrize(("kind", "ground"), [("trail", "trail"), ("virtual", "treadmill"), ("street", None)])
def test_a_recording_says_what_it_was_run_on(kind, ground):
    assert run_load(replace(run(speed_mps=2.8), sub_sport=kind)).ground == ground


def test_of_surfaces_the_runners_word_comes_first_then_the_recordings_then_the_shoes():
    shoes = (structs.replace(DAILY, surface="grass"),)
    ran = [structs.replace(load(0, id="said"), ground="trail"), structs.replace(load(1, id="recorded"), ground="trail"),
           load(2, id="shoe")]  # fmt: skip
    history = History(shoes=shoes, about_runs={"said": AboutRun(at=START, run="said", surface="road")})
    assert [each.surface for each in described(ran, history=history, home=UTC)] == ["road", "trail", "grass"]


def test_walking_steps_are_counted_apart_from_strikes():
    walked = run(seconds=600, speed_mps=1.5, cadence_spm=110, distance_m=900)
    found = run_load(walked)
    assert (found.strikes, found.walking_s, found.walking_steps) == (0, 600, 1100)
    assert found.achilles_force_bw is None


def test_walking_without_a_cadence_has_no_steps():
    assert run_load(run(seconds=600, speed_mps=1.5)).walking_steps is None
