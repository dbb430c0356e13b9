"""A run over time, in bins. Base: 10 minutes, level, 3.0 m/s, 168 steps a minute, 0.26 s of stance."""

import zlib
from typing import Any

import msgspec
import numpy as np
import pytest

from calfwise.model.load.dose import run_load
from calfwise.model.load.series import PER_UNIT, RunSeries, series_of
from calfwise.model.run import Span
from calfwise.model.runner import Runner
from tests.model.load.made import run

UNKNOWN = np.nan
STEADY: dict[str, Any] = {"speed_mps": 3.0, "cadence_spm": 168.0, "stance_time_s": 0.26, "distance_m": 1800.0}
FORCES = [name for name in PER_UNIT if name.endswith("_bw")]


def noisy_hour():
    random, second = np.random.default_rng(1), np.arange(3600)
    return run(
        seconds=3600,
        distance_m=10_800.0,
        speed_mps=3.0 + 0.3 * np.sin(second / 200) + random.normal(0, 0.15, 3600),
        cadence_spm=168 + random.normal(0, 2, 3600),
        stance_time_s=0.26 + random.normal(0, 0.008, 3600),
        stance_time_balance=0.5 + random.normal(0, 0.004, 3600),
        altitude_m=100 + np.cumsum(random.normal(0, 0.3, 3600)),
        grade=random.normal(0, 0.02, 3600),
    )


# --- values worked by hand -------------------------------------------------------------------------------------------


def test_ten_steady_minutes_are_flat_lines_worked_by_hand():
    series = series_of(run(**STEADY, stance_time_balance=0.512, altitude_m=250.0, grade=0.01))
    assert (series.bins, series.bin_s, series.grade) == (600, 1, "A")
    # 0.26 x 168 / 120 = 0.364: 0.178 + 0.814 / 0.364 = 2.414264; x 2.4 = 5.794233
    expected = {
        "speed_mps": 3.0,
        "cadence_spm": 168.0,
        "stance_time_s": 0.26,
        "stance_time_balance": 0.512,
        "running_share": 1.0,
        "vertical_grf_bw": 2.41,
        "achilles_force_bw": 5.79,
        "altitude_m": 250.0,
        "grade": 0.01,
    }
    assert {name: set(series.values(name)) for name in expected} == {name: {value} for name, value in expected.items()}


def test_the_curves_and_their_bands_are_about_the_numbers_of_the_run():
    recorded = noisy_hour()
    series, load = series_of(recorded), run_load(recorded)
    for name, band in (("vertical_grf", load.vertical_grf_bw), ("achilles_force", load.achilles_force_bw)):
        for side, of_run in (("_low", band.low), ("", band.value), ("_high", band.high)):
            assert np.mean(series.values(f"{name}{side}_bw")) == pytest.approx(of_run, abs=0.005)


def test_a_bin_is_the_mean_over_the_time_of_its_samples():
    # samples for 1, 4 and a usual 2.5 s make 7.5 s: three bins of 3 s. In the first 1 s at 3.0 and 2 s at 2.0, in the
    # second 2 s at 2.0 and 1 s at 4.0, in the third 1.5 s at 4.0.
    series = series_of(run(time_s=[0, 1, 5], speed_mps=[3.0, 2.0, 4.0]), points=3)
    assert (series.bin_s, series.bins) == (3, 3)
    assert series.values("speed_mps") == [2.33, 2.67, 4.0]


# --- what was not measured -------------------------------------------------------------------------------------------


def test_a_pause_is_nothing_not_zero():
    times = [*range(60), *range(90, 150)]
    series = series_of(run(**STEADY, time_s=times, pauses=[Span(60, 90)]))
    assert series.bins == 150
    for name in ("speed_mps", "running_share", "achilles_force_bw"):
        values = series.values(name)
        assert values[60:90] == [None] * 30
        assert None not in values[:60] + values[90:]


def test_a_gap_is_nothing_not_the_line_across_it():
    times = [*range(60), *range(180, 240)]
    series = series_of(run(**STEADY, time_s=times, gaps=[Span(60, 180)]))
    assert series.values("speed_mps")[60:180] == [None] * 120


def test_a_bin_that_is_half_pause_is_the_mean_of_its_other_half():
    times = [*range(5), *range(10, 20)]
    series = series_of(run(time_s=times, speed_mps=3.0, pauses=[Span(5, 10)]), points=2)
    assert (series.bin_s, series.values("speed_mps")) == (10, [3.0, 3.0])


def test_walking_has_no_force():
    walks = np.arange(600) >= 300
    series = series_of(
        run(speed_mps=np.where(walks, 1.5, 3.0), cadence_spm=np.where(walks, 115.0, 168.0), distance_m=1350.0)
    )
    assert set(series.values("running_share")[300:]) == {0.0}
    for name in FORCES:
        assert None not in series.values(name)[:300]
        assert set(series.values(name)[300:]) == {None}
    assert set(series.values("speed_mps")[300:]) == {1.5}


def test_steep_ground_has_no_force_but_is_running():
    hill = np.arange(600) < 200
    series = series_of(run(**STEADY, grade=np.where(hill, 0.12, 0.0)))
    assert set(series.values("vertical_grf_bw")[:200]) == {None}
    assert set(series.values("running_share")) == {1.0}


def test_a_bin_of_running_and_walking_says_how_much_was_running():
    # 3 s of 10 are run
    speed_mps = np.where(np.arange(600) % 10 < 3, 3.0, 1.5)
    series = series_of(run(speed_mps=speed_mps), points=60)
    assert set(series.values("running_share")) == {0.3}
    assert set(series.values("speed_mps")) == {1.95}  # (3 x 3.0 + 7 x 1.5) / 10
    # at 3.0 m/s the population's 2.372221 BW (test_dose), of the running seconds alone
    assert set(series.values("vertical_grf_bw")) == {2.37}


def test_a_stance_that_no_runner_has_is_not_drawn():
    stance_time_s = np.where(np.arange(600) < 100, 0.0, 0.26)
    series = series_of(run(**STEADY | {"stance_time_s": stance_time_s}))
    assert series.values("stance_time_s") == [None] * 100 + [0.26] * 500


def test_the_source_that_the_runner_trusts_is_drawn():
    recorded = run(**STEADY, stryd_stance_s=0.24)
    assert set(series_of(recorded).values("stance_time_s")) == {0.26}
    assert set(series_of(recorded, Runner(stance_source="stryd")).values("stance_time_s")) == {0.24}


def test_left_and_right_are_drawn_while_running_alone():
    walks = np.arange(600) >= 300
    share = np.where(walks, 0.6, 0.5)
    cadence_spm, speed_mps = np.where(walks, 110.0, 168.0), np.where(walks, 1.5, 3.0)
    recorded = run(
        **STEADY | {"cadence_spm": cadence_spm, "speed_mps": speed_mps, "distance_m": 1350.0}, stance_time_balance=share
    )
    values = series_of(recorded).values("stance_time_balance")
    assert (set(values[:300]), set(values[300:])) == ({0.5}, {None})


def test_a_series_held_since_before_left_and_right_were_drawn_reads_as_without():
    series = series_of(noisy_hour())
    older = {name: column for name, column in series.columns.items() if name != "stance_time_balance"}
    held = msgspec.msgpack.encode(msgspec.structs.replace(series, columns=older))
    read = msgspec.msgpack.decode(held, type=RunSeries)
    assert read.values("stance_time_balance") == [None] * read.bins
    assert read.values("speed_mps") == series.values("speed_mps")


def test_what_was_nowhere_measured_takes_no_room():
    series = series_of(run(speed_mps=3.0))
    assert "altitude_m" not in series.columns
    assert series.values("altitude_m") == [None] * 600
    assert set(series.lists()) == set(PER_UNIT)


def test_distance_and_time_alone_draw_no_forces():
    recorded = run(seconds=600, distance_m=1800.0, altitude_m=12.0)
    assert run_load(recorded).vertical_grf_bw is not None
    series = series_of(recorded)
    assert (series.grade, set(series.columns)) == ("D", {"altitude_m"})


# --- short, long, empty ----------------------------------------------------------------------------------------------


def test_a_run_of_three_seconds_has_three_bins():
    series = series_of(run(seconds=3, speed_mps=[2.0, 3.0, 4.0]))
    assert (series.bin_s, series.bins) == (1, 3)
    assert series.values("speed_mps") == [2.0, 3.0, 4.0]


def test_a_run_without_samples_is_an_empty_series():
    series = series_of(run(time_s=[], distance_m=5000.0, timer_s=1800.0))
    assert (series.bins, series.columns) == (0, {})
    assert set(map(tuple, series.lists().values())) == {()}


@pytest.mark.parametrize(
    ("seconds", "bin_s", "bins"), [(720, 1, 720), (721, 2, 361), (3600, 5, 720), (86_400, 120, 720)]
)
def test_there_are_never_more_bins_than_asked_for(seconds, bin_s, bins):
    series = series_of(run(seconds=seconds, speed_mps=3.0))
    assert (series.bin_s, series.bins) == (bin_s, bins)
    assert set(series.values("speed_mps")) == {3.0}


def test_samples_after_the_told_end_are_drawn_too():
    recorded = run(seconds=20, speed_mps=3.0)
    object.__setattr__(recorded, "elapsed_s", 10.0)
    assert series_of(recorded).values("speed_mps") == [3.0] * 20


def test_the_highest_marathon_fits():
    assert set(series_of(run(speed_mps=3.0, altitude_m=5364.25)).values("altitude_m")) == {5364.25}
    assert set(series_of(run(speed_mps=3.0, altitude_m=-422.5)).values("altitude_m")) == {-422.5}


# --- a stretch of it, second by second -------------------------------------------------------------------------------


def test_a_stretch_of_an_hour_is_drawn_second_by_second():
    recorded = noisy_hour()
    stretch = series_of(recorded, within=Span(1200, 1500))
    assert (stretch.begins_s, stretch.bin_s, stretch.bins) == (1200, 1, 300)
    assert stretch.starts_s()[:2] == [1200, 1201]
    wanted = np.round(recorded.columns.speed_mps[1200:1500], 2)
    np.testing.assert_allclose(stretch.values("speed_mps"), wanted, atol=1e-9)


def test_the_whole_run_as_a_stretch_is_the_whole_run():
    recorded = noisy_hour()
    assert series_of(recorded, within=Span(0, 3600)) == series_of(recorded)


def test_a_stretch_with_a_pause_in_it_is_nothing_there():
    recorded = run(**STEADY, time_s=[*range(60), *range(90, 150)], pauses=[Span(60, 90)])
    values = series_of(recorded, within=Span(50, 100)).values("speed_mps")
    assert values == [3.0] * 10 + [None] * 30 + [3.0] * 10


@pytest.mark.parametrize(
    ("start_s", "end_s", "begins_s", "bins"), [(590, 900, 590, 10), (-50, 10, 0, 10), (900, 950, 600, 0)]
)
def test_a_stretch_beyond_the_run_is_as_much_of_it_as_there_is(start_s, end_s, begins_s, bins):
    stretch = series_of(run(**STEADY), within=Span(start_s, end_s))
    assert (stretch.begins_s, stretch.bins) == (begins_s, bins)


# --- small -----------------------------------------------------------------------------------------------------------


def test_a_noisy_hour_is_a_few_kilobytes_and_comes_back_whole():
    series = series_of(noisy_hour())
    packed = msgspec.msgpack.encode(series)
    assert len(packed) < 30_000
    assert len(zlib.compress(packed)) < 12_000
    assert msgspec.msgpack.decode(packed, type=RunSeries) == series
    assert len(series.columns) == len(PER_UNIT)


def test_the_same_run_gives_the_same_series():
    assert series_of(noisy_hour()) == series_of(noisy_hour())
