"""What holds for any bytes at all: read in time, or refused by name; and what was read can be used."""

import time
from collections.abc import Iterable
from io import BytesIO

import numpy as np

from calfwise.errors import UnreadableFile
from calfwise.model.load.dose import run_load
from calfwise.model.run import COLUMN_NAMES, OtherActivity, Run, Span
from calfwise.readers import Recording, read_bytes
from calfwise.readers.apple import read_health
from tests.readers.fuzz.corpus import ROUTE, ROUTE_BYTES

SMALL_BYTES, SECONDS_A_SMALL_FILE, SECONDS_A_FILE = 2**20, 1.0, 10.0


def survives(data: bytes, *, kind: str, location: bool, patient: bool = False) -> bool:
    """Whether the file could be read; whatever came of it holds together. Warnings are errors where this runs."""
    began = time.process_time()
    try:
        recordings = _recordings(data, kind, location=location)
    except UnreadableFile as error:
        recordings, told = None, f"{error.wanted} {error.came} {error.where}"
        assert len(told) > len("  ")
    for recording in recordings or ():
        _check(recording)
    took_s = time.process_time() - began
    assert patient or took_s < (SECONDS_A_SMALL_FILE if len(data) <= SMALL_BYTES else SECONDS_A_FILE), f"{took_s:.1f} s"
    return recordings is not None


def _recordings(data: bytes, kind: str, *, location: bool) -> list[Recording]:
    if kind != "apple":
        return [read_bytes(data, file=f"spoiled.{kind}", location=location)]
    routes = {ROUTE: ROUTE_BYTES[: len(data) % (2 * len(ROUTE_BYTES))]}
    return list(read_health(BytesIO(data), file="export.xml", route=routes.get, location=location))


def _check(recording: Recording) -> None:
    assert all(recording.salvaged)
    assert all(recording.remarks)
    for other in recording.others:
        _check_fact(other)
    for run in recording.runs:
        _check_run(run)


def _check_fact(other: OtherActivity) -> None:
    assert other.start.tzinfo is not None
    assert 0 <= other.duration_s < np.inf
    assert other.distance_m is None or 0 <= other.distance_m < np.inf


def _check_run(run: Run) -> None:
    columns = run.columns
    named = {name: getattr(columns, name) for name in COLUMN_NAMES}
    for source in run.developer:
        named |= {f"{source.source}.{name}": column for name, column in source.columns.items()}
    if run.track is not None:
        named |= {"latitude": run.track.latitude_deg, "longitude": run.track.longitude_deg}
    for name, column in named.items():
        assert len(column) == len(columns), name
        assert not np.isinf(column).any(), f"{name} is infinite"
    assert len(columns) == 0 or columns.time_s[0] >= 0
    assert np.isfinite(columns.time_s).all()
    assert (np.diff(columns.time_s) > 0).all(), "times rise strictly"
    assert run.start.tzinfo is not None
    assert run.end >= run.start
    assert 0 <= run.timer_s < np.inf
    assert run.timer_s <= run.elapsed_s < np.inf
    assert run.distance_m is None or 0 <= run.distance_m < np.inf
    _check_spans((*run.pauses, *run.gaps))
    load = run_load(run)
    assert load.running_s >= 0


def _check_spans(spans: Iterable[Span]) -> None:
    assert all(0 <= span.start_s <= span.end_s < np.inf for span in spans)
