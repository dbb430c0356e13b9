"""Results -> rows: all of a handful in one transaction, with their originals on disk before."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from msgspec import structs

from calfwise.model.constants import MODEL_VERSION
from calfwise.model.journal import AnyEvent, History, Prefers, event_from_line
from calfwise.model.load.dose import RunLoad
from calfwise_web.imports import claims
from calfwise_web.imports.desk import NAME_LENGTH, Brought, Result
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.journal import lines
from calfwise_web.journal.held import packed_load
from calfwise_web.journal.lines import home_of
from calfwise_web.journal.models import Journal, Load, Recording, Run, Series
from calfwise_web.journal.originals import Shelf
from calfwise_web.journal.projection import facts_of

WHY_LENGTH = 500


def write_down(batch: Batch, results: Sequence[Result], *, history: History, shelf: Shelf, me: str) -> None:
    """Keep what some files gave, and tell their outcome; everything or nothing.

    `history` is the journal's, for what lists show of a run at once; the next refresh has the last word.

    Raises
    ------
    LostLeaseError
        If another worker has the batch: nothing is written.
    """
    journal = batch.journal
    keep = _keeps_originals(batch)
    if keep:
        shelf.put((result.brought.digest, result.brought.held) for result in results if result.brought)
    with transaction.atomic():
        claims.beat(batch, me, now=timezone.now())
        recordings = _recordings(journal, results, kept=keep)
        new = _runs(journal, results, recordings, history)
        written = sum(_lines(batch, result.events) for result in results if result.events)
        outcomes = [_outcome(batch, result, recordings, new) for result in _untold(batch, results)]
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


def _untold(batch: Batch, results: Sequence[Result]) -> list[Result]:
    """Those without an outcome: tables are read again after a fall."""
    told = set(batch.outcomes.filter(name__in=[_name(result) for result in results]).values_list("name", flat=True))
    return [result for result in results if _name(result) not in told]


def _name(result: Result) -> str:
    return result.name[-NAME_LENGTH:]


def _keeps_originals(batch: Batch) -> bool:
    """As was wished before this batch: originals that an export holds are kept, whatever its last wish."""
    wishes = batch.journal.entries.filter(kind="prefers").exclude(bringings__batch=batch.key).order_by("-at", "-pk")
    line = wishes.values_list("line", flat=True).first()
    event = event_from_line(line) if line else None
    return event.keep_originals if isinstance(event, Prefers) else True


def _lines(batch: Batch, events: Sequence[AnyEvent]) -> int:
    """Add a journal's lines; how many were new. Its wishes go on where this account has said none of its own.

    What was said when the account was opened is later than they are, and knows the time zone alone.
    """
    journal = batch.journal
    written = lines.write(journal, events, brought_by=batch.key)
    wishes = [event for event in events if isinstance(event, Prefers)]
    own = journal.entries.filter(kind="prefers", said_here=True).count()
    if written and wishes and own == 1:
        last = max(wishes, key=lambda event: event.at)
        if lines.preferences_of(journal).at > last.at:
            lines.write(journal, [structs.replace(last, at=timezone.now())], brought_by=batch.key)
    return written


def _recordings(journal: Journal, results: Sequence[Result], *, kept: bool) -> dict[str, Recording]:
    """The originals that these files gave or share, by digest."""
    brought = [result.brought for result in results if result.brought]
    journal.recordings.bulk_create([_recording(journal, each, kept=kept) for each in brought], ignore_conflicts=True)
    digests = {each.digest for each in brought} | {result.known for result in results if result.known}
    return {recording.digest: recording for recording in journal.recordings.filter(digest__in=digests)}


def _recording(journal: Journal, brought: Brought, *, kept: bool) -> Recording:
    return Recording(
        journal=journal,
        digest=brought.digest,
        size=brought.size,
        name=brought.name[-NAME_LENGTH:],
        form=brought.form,
        kept=kept,
    )


def _runs(journal: Journal, results: Sequence[Result], recordings: dict[str, Recording], history: History) -> set[str]:
    """New runs with their loads and series; the ids of those that were not here before."""
    given = {load.id: load for result in results if result.brought for load in result.loads}
    here = set(journal.runs.filter(run_id__in=given).values_list("run_id", flat=True))
    of = {load.id: recordings[result.brought.digest] for result in results if result.brought for load in result.loads}
    new = [load for load in given.values() if load.id not in here]
    facts = dict(facts_of(new, history=history, home=home_of(history.prefers)))
    rows = {load.id: _run(journal, of[load.id], load, facts[load.id]) for load in new}
    journal.runs.bulk_create(rows.values())
    Load.objects.bulk_create(
        Load(run=rows[load.id], journal=journal, model_version=MODEL_VERSION, body=packed_load(load)) for load in new
    )
    series = {load.id: body for result in results for load, body in zip(result.loads, result.series, strict=False)}
    Series.objects.bulk_create(
        Series(run=row, model_version=MODEL_VERSION, body=series[id_]) for id_, row in rows.items() if id_ in series
    )
    return set(rows)


def _run(journal: Journal, recording: Recording, load: RunLoad, facts: dict[str, object]) -> Run:
    end = load.start + timedelta(seconds=load.elapsed_s)
    return Run(journal=journal, recording=recording, run_id=load.id, start=load.start, end=end, **facts)


def _outcome(batch: Batch, result: Result, recordings: dict[str, Recording], new: set[str]) -> Outcome:
    digest = result.brought.digest if result.brought else result.known
    return Outcome(
        batch=batch,
        journal=batch.journal,
        name=_name(result),
        outcome=result.outcome.value,
        why=result.why[:WHY_LENGTH],
        runs=sum(load.id in new for load in result.loads),
        recording=recordings.get(digest) if digest else None,
    )
