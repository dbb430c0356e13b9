"""A new model: every load is worked out anew from the originals, beside the old ones, and takes over whole."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from msgspec import structs

from calfwise.intake.pool import Decoders, Job
from calfwise.intake.work import Whose
from calfwise.model.constants import MODEL_VERSION
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.run import COLUMN_NAMES, Columns
from calfwise.model.run import Run as ModelRun
from calfwise.model.runner import Runner
from calfwise_web.imports.decoding import fallen, taken_batch
from calfwise_web.imports.desk import Desk
from calfwise_web.journal.held import load_of, packed_load
from calfwise_web.journal.lines import history_of
from calfwise_web.journal.models import Journal, Load, Recording, Series
from calfwise_web.journal.originals import place_of
from calfwise_web.refresh import refresh

HANDFUL = 50
Anew = tuple[RunLoad, bytes | None]


def move_on(journal: Journal, *, decoders: Decoders, stopping: Callable[[], bool]) -> None:
    """Work out what this version of the model says of all runs, then show that; again later if asked to stop.

    Runs whose originals were discarded keep distance and time alone: that is what discarding costs.
    """
    for handful in _handfuls(_anew(journal, decoders)):
        _hold(journal, handful)
        if stopping():
            return
    with transaction.atomic():
        journal.model_version = MODEL_VERSION
        journal.save(update_fields=["model_version"])
        journal.changed()
    refresh(journal, now=timezone.now())
    journal.loads.exclude(model_version=MODEL_VERSION).delete()
    Series.objects.filter(run__journal=journal).exclude(model_version=MODEL_VERSION).delete()


def _anew(journal: Journal, decoders: Decoders) -> Iterator[Anew]:
    """New loads for all runs that have none of this version, by what their recording is."""
    runner = history_of(journal).runner
    missing = journal.recordings.filter(runs__isnull=False).exclude(runs__loads__model_version=MODEL_VERSION)
    recordings = list(missing.distinct())
    files = [each for each in recordings if each.kept and each.form == Recording.Form.FILE]
    work = partial(taken_batch, whose=Whose(runner))
    for _, taken in decoders.run(_jobs(journal, files), work=work, fallen=fallen):
        yield from zip(taken.given.loads, taken.series or (None,) * len(taken.given.loads), strict=True)
    for recording in recordings:
        if not recording.kept:
            yield from ((_coarse(load, runner), None) for load in _old(journal, recording))
        elif recording.form != Recording.Form.FILE:
            yield from _read_again(journal, recording, decoders, runner)


def _jobs(journal: Journal, recordings: Iterable[Recording]) -> Iterator[Job]:
    for recording in recordings:
        yield recording.name, place_of(journal.key, recording.digest).read_bytes()


def _read_again(journal: Journal, recording: Recording, decoders: Decoders, runner: Runner) -> Iterator[Anew]:
    """A table or an export of Apple Health, under the name it came with."""
    with tempfile.TemporaryDirectory(dir=Path(settings.DATA) / "staging") as folder:
        named = Path(folder) / Path(recording.name).name
        os.link(place_of(journal.key, recording.digest), named)
        desk = Desk(Path(folder), decoders=decoders, whose=Whose(runner), known={})
        for result in desk.results([Path(folder)]):
            yield from zip(result.loads, result.series or (None,) * len(result.loads), strict=True)


def _old(journal: Journal, recording: Recording) -> list[RunLoad]:
    return [load_of(row.body) for row in journal.loads.filter(run__recording=recording)]


def _coarse(load: RunLoad, runner: Runner) -> RunLoad:
    """What distance and time alone say: the original is gone."""
    columns = Columns(**dict.fromkeys(COLUMN_NAMES, np.zeros(0)))
    run = ModelRun(
        id=load.id,
        file=load.file,
        format="discarded",
        start=load.start,
        local_time_known=load.local_time_known,
        sport="running",
        sub_sport=None,
        distance_m=load.distance_m,
        timer_s=load.duration_s,
        elapsed_s=load.elapsed_s,
        columns=columns,
        device=load.device,
        notes=("its original was discarded, so a newer model knows distance and time alone",),
    )
    return run_load(run, runner)


def _hold(journal: Journal, handful: list[Anew]) -> None:
    """Hold new loads beside the old ones, with the words and names that those have."""
    rows = {run.run_id: run for run in journal.runs.filter(run_id__in=[load.id for load, _ in handful])}
    old = {load.id: load for load in _loads_of(journal, rows)}
    loads, series = [], []
    for load, packed in handful:
        row, before = rows.get(load.id), old.get(load.id)
        if row is None:
            continue
        named = structs.replace(load, file=before.file, told=before.told) if before else load
        loads.append(Load(run=row, journal=journal, model_version=MODEL_VERSION, body=packed_load(named)))
        if packed is not None:
            series.append(Series(run=row, model_version=MODEL_VERSION, body=packed))
    with transaction.atomic():
        Load.objects.bulk_create(loads, ignore_conflicts=True)
        Series.objects.bulk_create(series, ignore_conflicts=True)


def _loads_of(journal: Journal, rows: Iterable[str]) -> Iterator[RunLoad]:
    held = journal.loads.filter(run__run_id__in=rows, model_version=journal.model_version)
    yield from (load_of(body) for body in held.values_list("body", flat=True))


def _handfuls(given: Iterator[Anew]) -> Iterator[list[Anew]]:
    while handful := list(islice(given, HANDFUL)):
        yield handful
