"""Runs of every kind: made rows where a page needs no recording, and a few real bytes where it does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from calfwise.model.constants import MODEL_VERSION
from calfwise.model.load.dose import run_load
from calfwise.model.load.series import series_of
from calfwise.sample import write_sample
from calfwise_web.journal.held import packed_load, packed_series
from calfwise_web.journal.models import Journal, Load, Recording, Run, Series
from calfwise_web.refresh import refresh
from tests.model.load import made

FIRST = datetime(2026, 1, 5, 7, tzinfo=UTC)
Make = Callable[..., list[Run]]


@pytest.fixture
def make(db: None) -> Make:
    """So many runs in a journal, with loads and series, and pages brought up to them."""

    def these(journal: Journal, count: int, **facts: Any) -> list[Run]:
        begun = journal.runs.count()
        rows = [_made(journal, place, **facts) for place in range(begun, begun + count)]
        journal.changed()
        refresh(journal, now=timezone.now())
        return rows

    return these


def _made(journal: Journal, place: int, *, form: str = Recording.Form.FILE, told: Any = None, **facts: Any) -> Run:
    start = facts.pop("start", FIRST + timedelta(days=place))
    columns: dict[str, Any] = {"speed_mps": 3.0, "cadence_spm": 168.0, "stance_time_s": 0.26} | facts
    plain = made.run(start=start, distance_m=1800.0 + place, **columns)
    recorded = replace(plain, id=f"run-{place}", told=told)
    load = run_load(recorded)
    recording = journal.recordings.create(digest=f"{place:064x}", size=1, name=f"file-{place}.fit", form=form)
    run = journal.runs.create(
        recording=recording, run_id=load.id, start=load.start, end=load.start + timedelta(seconds=load.elapsed_s)
    )
    Load.objects.create(run=run, journal=journal, model_version=MODEL_VERSION, body=packed_load(load))
    if form == Recording.Form.FILE:
        Series.objects.create(run=run, model_version=MODEL_VERSION, body=packed_series(series_of(recorded)))
    return run


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of the sample runner's."""
    folder = tmp_path_factory.mktemp("recording")
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=2)
    return min(folder.glob("*.fit"))
