"""Routes beside the export: slope, speed and distance from them, and what happens without."""

import numpy as np
import pytest

from tests.readers.apple.made import every, export, gpx, only_run, point, record, route, workout

PATH = "/workout-routes/route_2024-05-03_7.10am.gpx"
UPHILL = gpx(point(second, metres=3 * second, height=100 + 0.15 * second) for second in range(601))
WITH_ROUTE = export(workout(route()))


def test_a_route_that_climbs_five_metres_in_a_hundred_has_that_grade():
    run = only_run(WITH_ROUTE, routes={PATH: UPHILL})
    assert run.columns.grade[100:500] == pytest.approx(0.05, abs=0.001)
    assert run.columns.altitude_m[[0, 600]] == pytest.approx([100, 190])
    assert run.columns.distance_m[-1] == pytest.approx(1800, abs=1)
    assert run.columns.speed_mps[:-1] == pytest.approx(3.0)
    assert run.notes == ()


def test_positions_leave_the_reader_only_when_asked_for():
    routes = {PATH: UPHILL}
    assert only_run(WITH_ROUTE, routes=routes).track is None
    track = only_run(WITH_ROUTE, routes=routes, location=True).track
    assert track is not None
    assert track.latitude_deg[600] == pytest.approx(1800 / 111_195.08, abs=1e-6)


def test_the_watchs_own_speed_goes_before_the_satellites():
    data = export(every(3, "RunningSpeed", 9.0), workout(route()))
    assert only_run(data, routes={PATH: UPHILL}).columns.speed_mps[:-1] == pytest.approx(2.5)


def test_a_route_of_a_minute_does_not_replace_the_distance_of_the_whole_run():
    short = gpx(point(second, metres=3 * second) for second in range(61))
    data = export(every(5, "DistanceWalkingRunning", 0.015), workout(route()))
    columns = only_run(data, routes={PATH: short}).columns
    assert columns.distance_m[-1] == pytest.approx(1800)
    assert columns.speed_mps[:-1] == pytest.approx(3.0)


def test_a_speed_the_satellites_do_not_know_is_missing():
    """Apple writes -1."""
    data = gpx(point(second, metres=3 * second, mps=-1) for second in range(601))
    assert only_run(WITH_ROUTE, routes={PATH: data}).columns.speed_mps == pytest.approx(3.0, abs=0.01)


def test_points_outside_the_workout_are_not_the_runs():
    long = gpx(point(second, metres=3 * second) for second in range(-100, 800))
    assert only_run(WITH_ROUTE, routes={PATH: long}).columns.time_s[[0, -1]].tolist() == [0, 600]


def test_two_routes_of_one_workout_are_joined():
    first, second = (gpx(point(s, metres=3 * s) for s in range(begin, begin + 300)) for begin in (0, 300))
    data = export(workout(route("/a.gpx"), route("/b.gpx")))
    assert only_run(data, routes={"/a.gpx": first, "/b.gpx": second}).columns.distance_m[599] == pytest.approx(
        1797, abs=1
    )


def test_a_route_that_is_not_in_the_export_is_said():
    run = only_run(export(record("HeartRate", 150, 0), workout(route())))
    assert run.notes == ("its route (route_2024-05-03_7.10am.gpx) is not in the export",)
    assert np.nanmax(run.columns.heart_rate) == 150


@pytest.mark.parametrize("data", [b"", b"no route", b"<gpx></gpx>", b'<!DOCTYPE a [<!ENTITY b "c">]><gpx>&b;</gpx>'])
def test_a_route_that_cannot_be_read_costs_nothing_but_itself(data: bytes):
    run = only_run(WITH_ROUTE, routes={PATH: data})
    assert np.isnan(run.columns.altitude_m).all()
    assert all(note.startswith("its route could not be read") for note in run.notes)


def test_a_cut_route_keeps_what_precedes_and_says_so():
    run = only_run(WITH_ROUTE, routes={PATH: UPHILL[: len(UPHILL) // 2]})
    assert "breaks off" in run.notes[0]
    assert np.isfinite(run.columns.altitude_m).sum() > 250
