"""The two years as recordings: valid for decoders nobody here wrote, and moving like a runner."""

import numpy as np
import pytest

from calfwise.model import constants as c
from calfwise.sample.diary import Kind
from calfwise.sample.fit_profile import fit_seconds
from calfwise.sample.motion import motion_of
from calfwise.sample.runs import SEED
from calfwise.sample.story import story

from .oracles import fitdecode_messages, garmin_messages


def running(run):
    return run.columns.cadence_spm >= c.WALKING_BELOW_SPM


def duty_factor(run):
    measured = running(run) & np.isfinite(run.columns.stance_time_s)
    return (run.columns.stance_time_s * run.columns.cadence_spm / 120)[measured]


def first_of(sample, kind):
    return next(run for planned, run in sample.pairs() if planned.kind is kind)


def test_every_second_comes_back_as_it_was_run(sample):
    planned = next(run for run in sample.planned if run.kind is Kind.INTERVALS)
    motion = motion_of(planned, story(), seed=SEED)
    data = (sample.folder / f"{planned.start:%Y-%m-%d-%H-%M-%S}.fit").read_bytes()
    records = [fields for number, fields in fitdecode_messages(data) if number == 20]
    assert [fields[253] for fields in records] == (fit_seconds(planned.start) + motion.clock_s).tolist()
    for number, raw in {5: motion.distance_m * 100, 73: motion.speed_mps * 1000, 3: motion.heart_rate}.items():
        assert [fields[number] for fields in records] == np.rint(raw).tolist()
    step_ms = [fields[85] for fields in records]
    assert [length for length in step_ms if length is not None][5:9] == np.rint(
        motion.gait.step_length_m[np.isfinite(motion.gait.step_length_m)][5:9] * 10_000
    ).tolist()


@pytest.mark.parametrize("kind", [Kind.EASY, Kind.BAREFOOT])
def test_the_makers_own_decoder_reads_the_same_messages(sample, kind):
    data = (sample.folder / first_of(sample, kind).file).read_bytes()
    ours, theirs = fitdecode_messages(data), garmin_messages(data)
    assert len(theirs["record_mesgs"]) == sum(number == 20 for number, _ in ours)
    assert theirs["session_mesgs"][0]["sport"] == 1
    assert theirs["file_id_mesgs"][0]["product"] == 3076


def test_a_watch_starts_and_ends_a_file_as_watches_do(sample):
    data = (sample.folder / sample.runs[-1].file).read_bytes()
    numbers = [number for number, _ in fitdecode_messages(data)]
    assert numbers[:4] == [0, 23, 23, 21]
    assert numbers[-4:] == [21, 19, 18, 34]
    assert numbers.count(19) == 16  # 15 whole kilometres of 15.2, and the rest


def test_every_file_holds_one_run_of_the_length_meant(sample):
    assert len(sample.runs) == sample.report.runs == sample.report.files
    for planned, run in sample.pairs():
        assert run.start == planned.start
        assert run.sport == "running"
        if planned.distance_m is not None:
            assert run.distance_m == pytest.approx(planned.distance_m, abs=5)
        else:
            assert run.timer_s == pytest.approx(planned.duration_s, abs=1)


def test_the_report_counts_what_is_on_disk(sample):
    files = list(sample.folder.glob("*.fit"))
    assert sample.report.files == len(files)
    assert sample.report.bytes == sum(file.stat().st_size for file in files)
    assert sample.report.first_day == sample.runs[0].start.date()
    assert sample.report.last_day == sample.runs[-1].start.date()


def test_the_last_run_exceeds_the_longest_of_thirty_days(sample):
    *before, last = sample.runs
    longest_m = max(run.distance_m for run in before if 0 <= (last.start - run.start).days < c.LONGEST_WINDOW_DAYS)
    assert last.distance_m > c.SPIKE_MODERATE * longest_m
    assert last.distance_m > longest_m + c.ALERT_MORE_M


def test_the_first_weeks_are_half_walked_and_the_last_are_run(sample):
    walked = [float(np.mean(~running(run))) for run in sample.runs]
    assert min(walked[:6]) > 0.4
    assert max(walked[-6:]) < 0.1


def test_ground_contact_is_there_from_the_day_of_the_strap_on(sample):
    strap_day = sample.diary.day(story().chest_strap.days_before_end)
    for run in sample.runs:
        measured = np.isfinite(run.columns.stance_time_s[running(run)])
        if run.start.date() < strap_day:
            assert not measured.any()
        else:
            assert 0.9 < measured.mean() <= 1


def test_ground_contact_is_missing_now_and_then(sample):
    with_strap = [run for run in sample.runs if np.isfinite(run.columns.stance_time_s).any()]
    dropped = [int(np.isnan(run.columns.stance_time_s[running(run)]).sum()) for run in with_strap]
    assert np.mean([seconds > 0 for seconds in dropped]) > 0.8


def test_feet_leave_the_ground_whenever_the_runner_runs(sample):
    duty = np.concatenate([duty_factor(run) for run in sample.runs])
    assert len(duty) > 100_000
    assert 0.25 < duty.min() < duty.max() < 0.5


def test_each_run_keeps_near_the_duty_factor_its_speed_predicts(sample):
    for run in sample.runs:
        if not np.isfinite(run.columns.stance_time_s).any():
            continue
        speed_mps = run.columns.speed_mps[running(run)]
        stance_s = c.POPULATION_STANCE_SCALE_S * speed_mps**c.POPULATION_STANCE_EXPONENT
        strides = c.POPULATION_STRIDES_AT_REST + c.POPULATION_STRIDES_PER_MPS * speed_mps
        predicted = float(np.mean(stance_s * 2 * strides / 120))
        assert float(np.mean(duty_factor(run))) == pytest.approx(predicted, rel=c.STANCE_DISAGREEMENT / 2)


def test_speed_is_steps_times_their_length(sample):
    run = sample.runs[-1]
    at = running(run)
    walked_mps = run.columns.step_length_m[at] * run.columns.cadence_spm[at] / 60
    assert np.allclose(walked_mps, run.columns.speed_mps[at], rtol=0.005)


def test_barefoot_steps_are_quicker_and_shorter_on_the_ground(sample):
    barefoot, shod = first_of(sample, Kind.BAREFOOT), sample.runs[-2]
    assert np.median(barefoot.columns.cadence_spm) > np.median(shod.columns.cadence_spm) + 4


def test_repetitions_are_faster_than_easy_running(sample):
    for planned, run in sample.pairs():
        if planned.kind is Kind.INTERVALS:
            fast_s = int(np.sum(run.columns.speed_mps > planned.dose.easy_mps + c.FAST_ABOVE_EASY_MPS))
            assert 700 < fast_s < 950  # five repetitions of 180 s, a little lost to getting going and uphill


def test_some_runs_are_paused_and_the_clock_runs_on(sample):
    paused = [run for run in sample.runs if run.pauses]
    assert 0.15 < len(paused) / len(sample.runs) < 0.35
    for run in paused:
        [pause] = run.pauses
        assert run.elapsed_s - run.timer_s == pytest.approx(pause.end_s - pause.start_s, abs=1.5)


def test_hills_are_gentle_and_nobody_lives_there(sample):
    steepest = max(float(np.nanmax(np.abs(run.columns.grade))) for run in sample.runs)
    assert 0.02 < steepest < np.tan(np.radians(c.STEEPEST_DEG))
    data = (sample.folder / sample.runs[0].file).read_bytes()
    semicircles = [fields[:2] for fields in positions(data)]
    degrees = np.array(semicircles) * 180 / 2**31
    assert np.allclose(degrees, [45.0, -34.0], atol=0.03)


def positions(data):
    return [(fields[0], fields[1]) for number, fields in fitdecode_messages(data) if number == 20]


def test_the_runners_own_clock_is_one_hour_ahead_in_winter_and_two_in_summer(sample):
    offsets = {run.start.month: run.start.utcoffset().total_seconds() / 3600 for run in sample.runs}
    assert offsets[1] == 1
    assert offsets[7] == 2
    assert all(run.local_time_known for run in sample.runs)
