"""Robust columns: what no runner does is taken out, and said; on made columns and on a real recording each."""

from pathlib import Path

import numpy as np
import pytest

from calfwise.model.load.dose import run_load
from calfwise.model.run import Run
from calfwise.readers import read, read_recording
from calfwise.readers.assemble import Samples, assemble

SECONDS = 600
TIME_S = np.arange(float(SECONDS))


def samples(**columns: np.ndarray) -> Samples:
    """Ten minutes at 3 m/s, one sample a second, with these columns instead."""
    usual = {"distance_m": 3 * TIME_S, "speed_mps": np.full(SECONDS, 3.0)}
    return Samples(epoch_s=1.7e9 + TIME_S, columns=usual | columns)


def test_a_satellite_jump_of_a_kilometre_adds_nothing() -> None:
    jumped = assemble(samples(distance_m=3 * TIME_S + np.where(TIME_S >= 300, 1000.0, 0.0)))
    assert jumped is not None
    assert jumped.columns.distance_m[-1] == pytest.approx(3 * 599 - 3)
    assert jumped.notes == ("the distance jumps by 1.0 km faster than anybody runs: left out",)


def test_a_watch_that_catches_up_after_a_tunnel_is_believed() -> None:
    """150 m at once after 50 silent seconds: the ground was covered, only not written down."""
    standing = np.where(TIME_S < 250, 3 * TIME_S, np.where(TIME_S < 300, 750.0, 3 * TIME_S))
    caught_up = assemble(samples(distance_m=standing))
    assert caught_up is not None
    assert caught_up.columns.distance_m[-1] == 3 * 599
    assert caught_up.notes == ()


def test_an_altimeter_set_anew_is_no_hill() -> None:
    reset = assemble(samples(altitude_m=100 + np.where(TIME_S >= 300, 80.0, 0.0)))
    assert reset is not None
    assert np.nanmax(np.abs(reset.columns.grade)) == pytest.approx(0)
    assert reset.notes == ("the altitude jumps once as if the altimeter was set anew: taken out",)


def test_indoors_the_slope_is_unknown_because_a_barometer_feels_the_weather() -> None:
    drifting = samples(altitude_m=100 + 0.3 * TIME_S)
    outside, inside = assemble(drifting), assemble(drifting, indoor=True)
    assert outside is not None
    assert inside is not None
    assert outside.columns.grade[300] == pytest.approx(0.1)
    assert np.isnan(inside.columns.grade).all()


@pytest.mark.parametrize(("written_spm", "note"), [(340.0, "not doubled again"), (85.0, "doubled"), (170.0, None)])
def test_cadence_counted_twice_or_by_halves_comes_out_right(written_spm: float, note: str | None) -> None:
    read_as = assemble(samples(cadence_spm=np.full(SECONDS, written_spm)))
    assert read_as is not None
    assert np.median(read_as.columns.cadence_spm) == 170
    assert [note in told for told in read_as.notes] == ([True] if note else [])


def test_a_walk_is_not_taken_for_halved_cadence() -> None:
    walk = assemble(
        samples(distance_m=1.4 * TIME_S, speed_mps=np.full(SECONDS, 1.4), cadence_spm=np.full(SECONDS, 105.0))
    )
    assert walk is not None
    assert np.median(walk.columns.cadence_spm) == 105


def test_a_footpod_a_fifth_off_its_satellites_is_told() -> None:
    degrees = 3 * TIME_S / 111_195  # metres north along a meridian
    off = samples(distance_m=3 * TIME_S / 1.2)
    off.latitude_deg, off.longitude_deg = degrees, np.zeros(SECONDS)
    told = assemble(off)
    assert told is not None
    assert told.notes == ("satellites saw 20% more distance than the watch (a footpod?): the watch's is used",)


@pytest.fixture
def real(shared_data: Path):  # type: ignore[no-untyped-def]
    """The first run of a real recording."""

    def first(name: str) -> Run:
        return read(shared_data / "recordings" / name)[0]

    return first


@pytest.mark.real
def test_real_footpod_against_satellites(real) -> None:  # type: ignore[no-untyped-def]
    run = real("connectstats__activity_234979239.fit")
    assert any("satellites saw 17% more distance" in note for note in run.notes)
    assert run.distance_m == pytest.approx(8375.6, abs=1), "the watch's own distance is kept"


@pytest.mark.real
def test_real_gaps_and_pauses_count_nothing(real) -> None:  # type: ignore[no-untyped-def]
    run = real("connectstats__track_cs_5611.fit")
    load = run_load(run)
    assert len(run.pauses) == 10
    assert load.running_s + load.walking_s <= run.timer_s + 60
    assert run.elapsed_s > run.timer_s + 500


@pytest.mark.real
def test_real_backward_clock_drops_what_is_out_of_order(shared_data: Path) -> None:
    file = shared_data / "recordings/python-fitparse__activity-large-fenxi2-multisport.fit"
    told = [note for run in read(file) for note in run.notes]
    assert told == ["the clock jumped back; 3 samples out of order were left out"]
    assert all((np.diff(run.columns.time_s) > 0).all() for run in read(file))


@pytest.mark.real
def test_real_altimeter_set_anew(real) -> None:  # type: ignore[no-untyped-def]
    run = real("python-fitparse__activity-small-fenix2-run.fit")
    assert any("altimeter was set anew" in note for note in run.notes)
    assert np.nanmax(np.abs(np.diff(run.columns.altitude_m))) < 10


@pytest.mark.real
def test_real_stance_zero_is_missing_and_walking_is_gated_by_cadence(real) -> None:  # type: ignore[no-untyped-def]
    run = real("python-fitparse__activity-small-fenix2-run.fit")
    stance_s = run.columns.stance_time_s
    assert np.isnan(stance_s).any()
    assert np.nanmin(stance_s) > 0.08
    assert run_load(run).grade == "A"


@pytest.mark.real
def test_real_walking_breaks_are_told_from_running(real) -> None:  # type: ignore[no-untyped-def]
    load = run_load(real("runpandas__run.fit"))
    assert load.walking_s > 20 * 60
    assert load.running_s > 25 * 60


@pytest.mark.real
def test_real_wheels_are_no_run(shared_data: Path) -> None:
    recording = read_recording(shared_data / "recordings/fit__WithGearChangeData.fit")
    assert not recording.runs
    assert [other.sport for other in recording.others] == ["unknown"]


@pytest.mark.real
def test_real_run_without_satellites_keeps_its_footpods_distance(real) -> None:  # type: ignore[no-untyped-def]
    run = real("python-fitparse__compressed-speed-distance.fit")
    assert run.distance_m == pytest.approx(10248.7, abs=1)
    assert run.columns.distance_m[-1] == pytest.approx(10248.7, rel=0.01)
    assert np.isnan(run.columns.grade).all()
