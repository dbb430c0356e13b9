"""RunScribe's two pods, made by their vendor's published source alone: no real file of theirs is at hand."""

from typing import Any

import numpy as np
import pytest

from calfwise.model.load.dose import run_load
from calfwise.model.load.series import series_of
from calfwise.sample.fit_profile import developer_data_id, field_description
from calfwise.sample.fit_writer import Base, Field
from tests.readers.fit.made import only_run, records, session

GCT_L, GCT_R = Field(5, Base.SINT16, developer=0), Field(11, Base.SINT16, developer=0)
FS_L, FS_R = Field(2, Base.SINT8, developer=0), Field(8, Base.SINT8, developer=0)
GCT, BG, IG = (
    Field(17, Base.SINT16, developer=0),
    Field(12, Base.FLOAT32, developer=0),
    Field(13, Base.FLOAT32, developer=0),
)
POD_POWER = Field(18, Base.SINT16, developer=0)


def pods(seconds: int = 600, *, left_ms: Any = 250, right_ms: Any = 240, **options):
    """A run with a RunScribe pod on each shoe."""
    return [
        developer_data_id(0, local=4),
        field_description(GCT_L, name="GCT_L", units="ms", local=5),
        field_description(GCT_R, name="GCT_R", units="ms", local=5),
        field_description(FS_L, name="FS_L", local=6),
        field_description(FS_R, name="FS_R", local=6),
        field_description(POD_POWER, name="Power", units="W", local=7),
        records(seconds, developer={GCT_L: left_ms, GCT_R: right_ms, FS_L: 7, FS_R: 8, POD_POWER: 260}, **options),
        session(seconds=seconds),
    ]


def test_two_pods_give_each_foots_ground_contact_and_the_mean_of_both():
    run = only_run(pods())
    [developer] = run.developer
    assert developer.source == "runscribe"
    feet = ("stance_time_left_s", "stance_time_right_s", "stance_time_s")
    assert [set(developer.columns[name]) for name in feet] == [{0.250}, {0.240}, {0.245}]
    assert (set(developer.columns["FS_L"]), set(developer.columns["power_w"])) == ({7}, {260})
    assert np.isnan(run.columns.stance_time_s).all()


def test_two_pods_make_a_run_grade_a_with_left_and_right():
    load = run_load(only_run(pods()))
    assert (load.grade, load.stance_source) == ("A", "runscribe")
    # 250 of 490 ms
    assert load.sides.left_share == pytest.approx(0.510204, abs=1e-6)
    assert (load.sides.source, load.sides.longer) == ("runscribe", "left")


def test_two_pods_over_time_draw_the_left_share():
    values = series_of(only_run(pods())).values("stance_time_balance")
    assert set(values) == {0.51}


def test_a_contact_time_of_0_means_that_the_pod_sent_nothing():
    silent = np.where(np.arange(600) < 200, 0, 250)
    [developer] = only_run(pods(left_ms=silent)).developer
    for name in ("stance_time_left_s", "stance_time_s"):
        assert np.isnan(developer.columns[name][:200]).all()
        assert np.isfinite(developer.columns[name][200:]).all()
    assert set(developer.columns["stance_time_right_s"]) == {0.240}


def test_a_pair_of_which_one_pod_was_silent_throughout_is_one_pod_without_left_and_right():
    run = only_run(pods(left_ms=0))
    [developer] = run.developer
    assert set(developer.columns["stance_time_s"]) == {0.240}
    assert "stance_time_left_s" not in developer.columns
    assert run_load(run).sides is None


def test_pods_recorded_as_one_channel_have_ground_contact_and_no_sides():
    parts = [
        developer_data_id(0, local=4),
        field_description(GCT, name="GCT", units="ms", local=5),
        field_description(BG, name="BG", units="G", local=5),
        field_description(IG, name="IG", units="G", local=5),
        records(600, developer={GCT: 244, BG: 9.5, IG: 11.0}),
        session(seconds=600),
    ]
    run = only_run(parts)
    [developer] = run.developer
    assert developer.source == "runscribe"
    assert set(developer.columns["stance_time_s"]) == {0.244}
    load = run_load(run)
    assert (load.stance_source, load.sides) == ("runscribe", None)


def test_a_field_called_gct_of_somebody_else_is_not_taken_for_a_pod():
    parts = [
        developer_data_id(0, local=4),
        field_description(GCT, name="GCT", units="ms", local=5),
        records(3, developer={GCT: 244}),
        session(seconds=3),
    ]
    [developer] = only_run(parts).developer
    assert developer.source == "developer 0"
