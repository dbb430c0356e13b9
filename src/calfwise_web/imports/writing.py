"""Results -> rows: all of a handful in one transaction, with their originals on disk before."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from calfwise.model.constants import MODEL_VERSION
from calfwise.model.load.dose import RunLoad
from calfwise_web.imports import claims
from calfwise_web.imports.desk import Brought, Result
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.journal import lines
from calfwise_web.journal.held import packed_load
from calfwise_web.journal.models import Journal, Load, Recording, Run, Series
from calfwise_web.journal.originals import Shelf

NAME_LENGTH = WHY_LENGTH = 500


def write_down(batch: Batch, results: Sequence[Result], *, shelf: Shelf, me: str) -> None:
    """Keep what some files gave, and tell their outcome; everything or nothing.

    Raises
    ------
    LostLeaseError
        If another worker has the batch: nothing is written.
    """
    journal = batch.journal
    shelf.put((result.brought.digest, result.brought.held) for result in results if result.brought)
    with transaction.atomic():
        claims.beat(batch, me, now=timezone.now())
        recordings = _recordings(journal, results)
        new = _runs(journal, results, recordings)
        written = sum(lines.write(journal, result.events, brought_by=batch.key) for result in results if result.events)
        outcomes = [_outcome(batch, result, recordings, new) for result in results]
        Outcome.objects.bulk_create(outcomes, ignore_conflicts=True)
        if new:
            journal.changed()
        Batch.objects.filter(pk=batch.pk).update(
            told=F("told") + len(outcomes),
            runs=F("runs") + sum(outcome.runs for outcome in outcomes),
            lines=F("lines") + written,
            falls=0,
            at="",
        )


def _recordings(journal: Journal, results: Sequence[Result]) -> dict[str, Recording]:
    """The originals that these files gave or share, by digest."""
    brought = [result.brought for result in results if result.brought]
    journal.recordings.bulk_create([_recording(journal, each) for each in brought], ignore_conflicts=True)
    digests = {each.digest for each in brought} | {result.known for result in results if result.known}
    return {recording.digest: recording for recording in journal.recordings.filter(digest__in=digests)}


def _recording(journal: Journal, brought: Brought) -> Recording:
    return Recording(
        journal=journal,
        digest=brought.digest,
        size=brought.size,
        name=brought.name[-NAME_LENGTH:],
        form=brought.form,
    )


def _runs(journal: Journal, results: Sequence[Result], recordings: dict[str, Recording]) -> set[str]:
    """New runs with their loads and series; the ids of those that were not here before."""
    given = [(result, place, load) for result in results for place, load in enumerate(result.loads)]
    here = set(journal.runs.filter(run_id__in={load.id for _, _, load in given}).values_list("run_id", flat=True))
    rows: dict[str, Run] = {}
    loads: list[Load] = []
    series: list[Series] = []
    for result, place, load in given:
        if load.id in here or load.id in rows or result.brought is None:
            continue
        row = _run(journal, recordings[result.brought.digest], load)
        rows[load.id] = row
        loads.append(Load(run=row, journal=journal, model_version=MODEL_VERSION, body=packed_load(load)))
        if result.series:
            series.append(Series(run=row, model_version=MODEL_VERSION, body=result.series[place]))
    journal.runs.bulk_create(rows.values())
    Load.objects.bulk_create(loads)
    Series.objects.bulk_create(series)
    return set(rows)


def _run(journal: Journal, recording: Recording, load: RunLoad) -> Run:
    end = load.start + timedelta(seconds=load.elapsed_s)
    return Run(journal=journal, recording=recording, run_id=load.id, start=load.start, end=end)


def _outcome(batch: Batch, result: Result, recordings: dict[str, Recording], new: set[str]) -> Outcome:
    digest = result.brought.digest if result.brought else result.known
    return Outcome(
        batch=batch,
        journal=batch.journal,
        name=result.name[-NAME_LENGTH:],
        outcome=result.outcome.value,
        why=result.why[:WHY_LENGTH],
        runs=sum(load.id in new for load in result.loads),
        recording=recordings.get(digest) if digest else None,
    )
