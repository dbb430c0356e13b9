"""The sample as files: the same for the same seed, and a corpus to measure speed with."""

from datetime import UTC, datetime, timedelta

import pytest

from calfwise.errors import IllegalEvent
from calfwise.readers.fit import read_fit
from calfwise.sample import JOURNAL_FILE, write_sample

from .conftest import UNTIL
from .oracles import fitdecode_messages


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(sample, tmp_path):
    assert write_sample(tmp_path, until=UNTIL) == sample.report
    assert contents(tmp_path) == contents(sample.folder)


def test_the_hour_of_the_end_changes_no_run(tmp_path, sample):
    write_sample(tmp_path, until=UNTIL - timedelta(hours=3))
    assert contents(tmp_path) == contents(sample.folder)


def test_another_seed_gives_other_bytes(tmp_path):
    for seed in (1, 2):
        write_sample(tmp_path / str(seed), until=UNTIL, seed=seed, runs=2)
    one, two = contents(tmp_path / "1"), contents(tmp_path / "2")
    assert set(one.values()).isdisjoint(two.values())


def test_a_corpus_is_that_many_different_hours_and_no_journal(tmp_path):
    report = write_sample(tmp_path, until=UNTIL, runs=7)
    files = contents(tmp_path)
    assert report.files == report.runs == len(files) == len(set(files.values())) == 7
    assert JOURNAL_FILE not in files
    for name, data in files.items():
        [run] = read_fit(data, file=name).runs
        assert run.timer_s == 3600
        assert run.end <= UNTIL


def test_every_record_may_be_followed_by_heart_beats(tmp_path):
    write_sample(tmp_path, until=UNTIL, runs=1, hrv=True)
    [data] = contents(tmp_path).values()
    messages = fitdecode_messages(data)
    timed = [number for number, _ in messages if number in (20, 78)]
    assert timed == [20, 78] * 3601
    beats_ms = [beat for number, fields in messages if number == 78 for beat in fields[0] if beat is not None]
    assert sum(beats_ms) / 1000 == pytest.approx(3600, rel=0.01)


def test_wrong_use_is_refused(tmp_path):
    with pytest.raises(IllegalEvent, match="time zone"):
        write_sample(tmp_path, until=datetime(2026, 6, 17))  # noqa: DTZ001
    with pytest.raises(IllegalEvent, match="positive"):
        write_sample(tmp_path, until=datetime(2026, 6, 17, tzinfo=UTC), runs=0)


def test_the_story_is_told_in_plain_sentences(sample):
    lines = sample.report.lines
    assert len(lines) == 11
    assert all(line.endswith(".") and len(line) < 120 for line in lines)
    assert "15.2 km" in lines[-2]
