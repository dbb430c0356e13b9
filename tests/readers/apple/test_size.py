"""Exports of any size: bounded memory, linear time, as many passes as it takes."""

import os
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from calfwise.readers.apple import health, read_health
from calfwise.readers.apple.records import Gathering
from tests.readers.apple.made import RUN_S, START, every, export, record, runs, workout, write_big

MOST_MIB = 110
"""Of which Python, NumPy and lxml are 42 before the first byte is read."""
MEASURE = """
import re, sys, time
from calfwise.readers.apple import read_health
began = time.process_time()
with open(sys.argv[1], "rb") as stream:
    runs = 0
    for recording in read_health(stream, file="x", route=lambda path: None):
        runs += len(recording.runs)
seconds = time.process_time() - began
with open("/proc/self/status") as status:
    print(runs, int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1]) // 1024, seconds)
"""


def measured(path: Path) -> tuple[int, int, float]:
    """Runs, peak memory [MiB] and time [s] of reading an export in a process of its own.

    The peak is the kernel's for this program: `ru_maxrss` would begin with the size of the process that started it.
    """
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells a process's own peak memory")
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    count, peak_mib, seconds = done.stdout.split()
    return int(count), int(peak_mib), float(seconds)


def test_twenty_megabytes_take_little_memory_and_time_grows_with_size(tmp_path: Path):
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    wanted = write_big(small, megabytes=5), write_big(large, megabytes=20)
    (few, _, short_s), (many, peak_mib, long_s) = measured(small), measured(large)
    assert (few, many) == wanted
    assert peak_mib <= MOST_MIB
    per_byte = long_s / large.stat().st_size / (short_s / small.stat().st_size)
    assert per_byte < 3, "time grows faster than the file"


@pytest.mark.fuzz
@pytest.mark.skipif(not os.environ.get("CALFWISE_FUZZ"), reason="writes up to a gigabyte: ./dev fuzz")
@pytest.mark.parametrize("megabytes", [100, 300, 1000])
def test_a_decade_takes_no_more_memory_than_a_year(tmp_path: Path, megabytes: int):
    path = tmp_path / "export.xml"
    wanted = write_big(path, megabytes=megabytes)
    count, peak_mib, _ = measured(path)
    assert (count, peak_mib <= MOST_MIB) == (wanted, True), peak_mib


def test_the_big_export_holds_what_the_generator_meant(tmp_path: Path):
    path = tmp_path / "export.xml"
    write_big(path, megabytes=3)
    found = runs(path.read_bytes())
    assert [run.start - START for run in found] == [timedelta(days=day) for day in range(0, 2 * len(found), 2)]
    for run in found:
        assert run.columns.cadence_spm[:-1] == pytest.approx(168)
        assert run.columns.distance_m[-1] == pytest.approx(3 * RUN_S)


def test_what_does_not_fit_at_once_is_read_in_more_passes(monkeypatch: pytest.MonkeyPatch):
    """Seven runs of 360 values with room for 1,000: four, then fewer, in the order of the file."""
    days = [START + timedelta(days=day) for day in (3, 0, 6, 1, 5, 2, 4)]
    records = [record("HeartRate", 100 + i, s, start=day) for i, day in enumerate(days) for s in range(360)]
    data = export("".join(records), *(workout(start=day) for day in days))
    whole = runs(data)
    made: list[Gathering] = []

    class Small(Gathering):
        def __init__(self, spans: list[tuple[float, float]]) -> None:
            super().__init__(spans, most_values=1000)
            made.append(self)

    monkeypatch.setattr(health, "Gathering", Small)
    found = runs(data)
    assert [each.taken for each in made] == [2, 2, 2, 1]
    assert [run.start for run in found] == days
    for run, same in zip(found, whole, strict=True):
        assert np.array_equal(run.columns.heart_rate, same.columns.heart_rate, equal_nan=True)
        assert run.notes == ()


def test_a_run_with_more_values_than_any_has_keeps_the_first_and_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "Gathering", lambda spans: Gathering(spans, most_values=50))
    (run,) = runs(export(every(5, "HeartRate", 150), workout()))
    assert np.isfinite(run.columns.heart_rate).sum() == 50
    assert run.notes == ("it has more values than a recording may have: the first of them were kept",)


def test_workouts_without_number_are_cut_off_and_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "MOST_WORKOUTS", 3)
    found = list(read_health(BytesIO(export(workout() * 5)), file="x", route=lambda path: None))
    assert sum(len(recording.runs) for recording in found) == 3
    assert found[-1].salvaged == ("only its first 3 workouts were read",)


@pytest.mark.parametrize(
    "junk", [b"<Workout a ", b'<Record "', b"<Workout <Workout", b"<Workout a='", b"<!-- <Record x", b"<Record  "]
)
def test_junk_without_end_takes_no_time(junk: bytes):
    data = export(workout())[:-14] + junk * (4_000_000 // len(junk))
    (run,) = runs(data)[:1]
    assert run.timer_s == 600
