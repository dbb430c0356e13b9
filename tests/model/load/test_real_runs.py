"""The load of real runs, where the recordings are: sums, walking breaks, steep ground."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from calfwise.model.load.dose import grade_of_seconds, run_load
from calfwise.model.load.gait import Grade
from calfwise.model.run import Run, sample_seconds
from calfwise.readers import read_all
from tests.conftest import SHARED

pytestmark = [pytest.mark.real, pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real recordings here ({SHARED})")]


@cache
def runs() -> tuple[Run, ...]:
    return read_all([SHARED / "recordings"]).runs


def test_what_every_real_run_asked_of_the_calves_adds_up() -> None:
    assert len(runs()) >= 100
    for run in runs():
        load = run_load(run)
        total_s = float(sample_seconds(run).sum())
        assert load.running_s + load.walking_s <= max(total_s, run.timer_s) + 1, run.file
        assert 0 <= load.steep_s <= load.running_s + 1e-6, run.file
        if load.impulse_bw_s is not None:
            assert load.impulse_bw_s.value == pytest.approx(2.0 * load.running_s)
        if load.strikes:
            assert 110 <= load.strikes / (load.running_s / 60) <= 230, run.file
        if load.achilles_force_bw is not None:
            assert 4.0 < load.achilles_force_bw.value < 8.5, run.file
        assert set(grade_of_seconds(run)) <= {"", *(grade.value for grade in Grade)}


def test_real_runs_of_every_grade_are_there() -> None:
    assert {run_load(run).grade for run in runs()} == set(Grade)


def test_a_real_run_with_walking_breaks() -> None:
    """At least three real recordings walk for 3 minutes or more, and their walking adds no strike."""
    walked = []
    for run in runs():
        load = run_load(run)
        cadence_spm = run.columns.cadence_spm
        if load.grade is Grade.D or load.walking_s < 180 or not np.isfinite(cadence_spm).any() or not load.strikes:
            continue
        walked.append(Path(run.file).name)
        every_step = np.nansum(cadence_spm * sample_seconds(run)) / 60
        assert load.strikes < every_step, run.file
    assert len(walked) >= 3, walked


def test_real_hills_are_counted_but_not_estimated() -> None:
    steep = [load for load in map(run_load, runs()) if load.steep_s > 60]
    assert len(steep) >= 3
    assert all(load.strikes for load in steep)


def test_real_runs_with_two_stance_sources_use_one() -> None:
    both = [
        run
        for run in runs()
        if np.isfinite(run.columns.stance_time_s).any()
        and any("stance_time_s" in developer.columns for developer in run.developer)
    ]
    assert both
    for run in both:
        assert run_load(run).stance_source in {"watch", None}
