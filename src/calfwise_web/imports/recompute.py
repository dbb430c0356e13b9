"""A new model: every load is worked out anew from the originals, beside the old ones, and takes over whole."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
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
from calfwise_web.journal.models import Journal, Load, Recording, Run, Series
from calfwise_web.journal.originals import place_of
from calfwise_web.refresh import refresh

HANDFUL = 50
Anew = tuple[RunLoad, bytes | None]
DISCARDED = "its original was discarded, so a newer model knows distance and time alone"
UNREADABLE = "its original could not be read again, so a newer model knows distance and time alone"

log = logging.getLogger("calfwise.worker")


def move_on(journal: Journal, *, decoders: Decoders, stopping: Callable[[], bool]) -> None:
    """Work out what this version of the model says of all runs, then show that; again later if asked to stop.

    Until then pages show the loads of the version before, all of them; what is ready waits beside them, and is not
    worked out twice. Runs whose originals were discarded, or cannot be read any more, keep distance and time alone.
    """
    try:
        for handful in chain(_handfuls(_anew(journal, decoders)), _handfuls(_left_over(journal))):
            _hold(journal, handful)
            if stopping():
                return
    except OSError:
        log.exception("the originals of a journal cannot be read now: its numbers stay, and are tried again later")
        return
    if _take_over(journal):
        refresh(journal, now=timezone.now())


def _take_over(journal: Journal) -> bool:
    """Show the new loads in place of the old ones; not while a run has none, for somebody brought it meanwhile."""
    with transaction.atomic():
        journal.wait_for_others()
        if _without_new(journal).exists():
            return False
        journal.model_version = MODEL_VERSION
        journal.save(update_fields=["model_version"])
        journal.changed()
        journal.loads.exclude(model_version=MODEL_VERSION).delete()
        Series.objects.filter(run__journal=journal).exclude(model_version=MODEL_VERSION).delete()
    return True


def _without_new(journal: Journal) -> QuerySet[Run]:
    """Runs that this version of the model has said nothing of; each run by itself, for a recording may hold many."""
    return journal.runs.filter(loads__isnull=False).exclude(loads__model_version=MODEL_VERSION).distinct()


def _anew(journal: Journal, decoders: Decoders) -> Iterator[Anew]:
    """New loads for all runs that have none of this version, by what their recording is."""
    runner = history_of(journal).runner
    recordings = list(journal.recordings.filter(runs__in=_without_new(journal)).distinct())
    files = [each for each in recordings if each.kept and each.form == Recording.Form.FILE]
    work = partial(taken_batch, whose=Whose(runner))
    for _, taken in decoders.run(_jobs(journal, files), work=work, fallen=fallen):
        yield from zip(taken.given.loads, taken.series or (None,) * len(taken.given.loads), strict=True)
    for recording in recordings:
        if recording.kept and recording.form != Recording.Form.FILE:
            yield from _read_again(journal, recording, decoders, runner)


def _left_over(journal: Journal) -> Iterator[Anew]:
    """What is known of runs that no original tells of any more."""
    runner = history_of(journal).runner
    rows = _without_new(journal).values_list("pk", "recording__kept")
    for run, kept in list(rows):
        body = journal.loads.filter(run=run, model_version=journal.model_version).values_list("body", flat=True).first()
        if body is not None:
            yield _coarse(load_of(body), runner, UNREADABLE if kept else DISCARDED), None


def _jobs(journal: Journal, recordings: Iterable[Recording]) -> Iterator[Job]:
    for recording in recordings:
        with suppress(FileNotFoundError):
            yield recording.name, place_of(journal.key, recording.digest).read_bytes()


def _read_again(journal: Journal, recording: Recording, decoders: Decoders, runner: Runner) -> Iterator[Anew]:
    """A table or an export of Apple Health, under the name it came with."""
    original = place_of(journal.key, recording.digest)
    if not original.is_file():
        return
    with tempfile.TemporaryDirectory(dir=Path(settings.DATA) / "staging") as folder:
        named = Path(folder) / Path(recording.name).name
        os.link(original, named)
        desk = Desk(Path(folder), decoders=decoders, whose=Whose(runner), known={})
        for result in desk.results([Path(folder)]):
            yield from zip(result.loads, result.series or (None,) * len(result.loads), strict=True)


def _coarse(load: RunLoad, runner: Runner, why: str) -> RunLoad:
    """What distance and time alone say."""
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
        notes=(why,),
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
