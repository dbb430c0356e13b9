"""A batch from its claim to its end: read, written down by handfuls, stopped when asked to, and undone."""

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from calfwise.intake.pool import Decoders
from calfwise.intake.work import Whose
from calfwise.readers import Outcome as Fate
from calfwise.readers import files_of
from calfwise.readers.archive import entries
from calfwise.readers.archive.kinds import GZIP, ZIP
from calfwise.sample import write_sample
from calfwise_web.imports import claims, staging
from calfwise_web.imports.desk import NAME_LENGTH, Desk, Result
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.imports.queries import only_from
from calfwise_web.imports.writing import write_down
from calfwise_web.journal import lines
from calfwise_web.journal.held import load_of, packed_load
from calfwise_web.journal.lines import history_of
from calfwise_web.journal.originals import Shelf, take_away
from calfwise_web.refresh import refresh

HANDFUL = 50
"""So many files are written down in one transaction."""
HANDFUL_S = 1.0
"""Or what came in so long: progress is seen. [s]"""
CAREFUL_FROM = 2
"""After so many falls without an outcome, files are read one by one and named before."""
LEFT_OUT_FROM = 6
"""After so many, the file in hand is the one that workers fall over."""
GIVEN_UP_FROM = 12
"""After so many before any file was in hand, the batch is given up."""
BEAT_S = 5.0


class StoppedError(Exception):
    """The worker is asked to end; the batch goes on later, where it stands."""


def work(batch: Batch, *, decoders: Decoders, me: str, refreshed: Callable[[], None]) -> None:
    """Read a batch to its end, or undo it.

    Raises
    ------
    LostLeaseError
        If another worker took over.
    """
    if batch.state == Batch.State.UNDOING:
        undo(batch, me=me)
    else:
        _read(batch, decoders=decoders, me=me, refreshed=refreshed)


def _read(batch: Batch, *, decoders: Decoders, me: str, refreshed: Callable[[], None]) -> None:
    if batch.falls >= GIVEN_UP_FROM:
        return give_up(batch, f"The reader fell {batch.falls} times before it could read a file.", me=me)
    root, paths = _sources(batch)
    beat = _beats(batch, me)
    if batch.files is None:
        Batch.objects.filter(pk=batch.pk).update(files=_count(paths, beat))
    careful = batch.falls >= CAREFUL_FROM
    if batch.falls >= LEFT_OUT_FROM and batch.at:
        _tell_the_one(batch)
    shelf = Shelf(batch.journal.key)
    history = history_of(batch.journal)
    desk = Desk(
        root,
        decoders=decoders,
        whose=Whose(history.runner),
        known=dict(batch.journal.recordings.values_list("digest", "name")),
        told=frozenset(batch.outcomes.values_list("name", flat=True)),
        owns_files=not batch.source and batch.origin != Batch.Origin.SAMPLE,
        beat=beat,
        opening=partial(_note, batch) if careful else lambda name: None,
    )
    try:
        for handful in _handfuls(desk.results(paths), most=1 if careful else HANDFUL):
            write_down(batch, handful, history=history, shelf=shelf, me=me)
            refreshed()
            if Batch.objects.filter(pk=batch.pk, stop_wanted=True).exists():
                return _end(batch, Batch.State.CANCELLED, me=me)
    finally:
        shelf.close()
    _add_words(batch, desk)
    return _end(batch, Batch.State.DONE, me=me)


def give_up(batch: Batch, trouble: str, *, me: str) -> None:
    """End a batch that cannot go on, in words; what came in stays, and can be undone."""
    with transaction.atomic():
        claims.beat(batch, me, now=timezone.now())
        Batch.objects.filter(pk=batch.pk).update(
            state=Batch.State.FAILED, trouble=trouble, ended_at=timezone.now(), leased_by="", leased_until=None
        )
    staging.clear(batch.key)


def _sources(batch: Batch) -> tuple[Path, list[Path]]:
    """The folder that names are told from, and what is read."""
    if batch.source:
        source = json.loads(batch.source)
        return Path(source["folder"]), [Path(source["folder"]) / name for name in source["files"]]
    folder = staging.folder_of(batch.key)
    if batch.origin == Batch.Origin.SAMPLE:
        write_sample(folder, until=batch.made_at)
    return folder, [folder] if folder.is_dir() else []


def _count(paths: list[Path], beat: Callable[[], None]) -> int:
    """How many files there are, those in archives included."""
    count = 0
    for path in files_of(paths):
        beat()
        count += sum(1 for _ in entries(path)) if _is_packed(path) else 1
    return count


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(ZIP[0])).startswith((GZIP, *ZIP))


def _beats(batch: Batch, me: str) -> Callable[[], None]:
    """Keep the lease while there is progress, now and then."""
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        if time.monotonic() - last > BEAT_S:
            claims.beat(batch, me, now=timezone.now())
            last = time.monotonic()

    return beat


def _note(batch: Batch, name: str) -> None:
    """After falls: say which file is in hand before it is read."""
    Batch.objects.filter(pk=batch.pk).update(at=name[-NAME_LENGTH:])


def _tell_the_one(batch: Batch) -> None:
    """Leave out the file that workers fell over again and again."""
    why = f"reading it ended the reader {batch.falls} times, so it is left out"
    with transaction.atomic():
        Outcome.objects.get_or_create(
            batch=batch,
            name=batch.at,
            defaults={"journal": batch.journal, "outcome": Fate.UNREADABLE.value, "why": why},
        )
        Batch.objects.filter(pk=batch.pk).update(at="", falls=0, told=F("told") + 1)


def _handfuls(results: Iterator[Result], *, most: int) -> Iterator[list[Result]]:
    """So many results at a time, or what came in a second: progress is seen."""
    handful: list[Result] = []
    since = time.monotonic()
    for result in results:
        handful.append(result)
        if len(handful) >= most or time.monotonic() - since > HANDFUL_S:
            yield handful
            handful, since = [], time.monotonic()
    if handful:
        yield handful


def _add_words(batch: Batch, desk: Desk) -> None:
    """Titles and gear that a table tells by a run's start."""
    if not desk.has_words:
        return
    named = []
    for row in batch.journal.loads.filter(run__recording__outcomes__batch=batch).distinct():
        load = load_of(row.body)
        with_words = desk.named(load)
        if with_words is not load and with_words.told:
            row.body = packed_load(with_words)
            named.append(row)
    with transaction.atomic():
        batch.journal.loads.bulk_update(named, ["body"], batch_size=200)
        batch.journal.changed()


def _end(batch: Batch, state: Batch.State, *, me: str) -> None:
    """Pages first, then the last word on duplicates, then the state: a batch that is done is seen whole."""
    now = timezone.now()
    refresh(batch.journal, now=now)
    with transaction.atomic():
        claims.beat(batch, me, now=now)
        _retell_twins(batch)
        Batch.objects.filter(pk=batch.pk).update(state=state, ended_at=now, leased_by="", leased_until=None)
    staging.clear(batch.key)


def _retell_twins(batch: Batch) -> None:
    """Files whose runs all count for another recording's are duplicates, and say of which."""
    twins = batch.outcomes.filter(runs__gt=0, recording__runs__twin_of__isnull=False)
    outcomes = twins.exclude(outcome=Fate.DUPLICATE.value).distinct()
    for outcome in outcomes.select_related("recording").prefetch_related("recording__runs"):
        runs = list(outcome.recording.runs.all()) if outcome.recording else []
        if runs and all(run.twin_of_id for run in runs):
            outcome.outcome, outcome.why, outcome.runs = Fate.DUPLICATE.value, runs[0].twin_why, 0
            outcome.save(update_fields=["outcome", "why", "runs"])
    new = batch.outcomes.aggregate(runs=Sum("runs"))["runs"] or 0
    Batch.objects.filter(pk=batch.pk).update(runs=new)


def undo(batch: Batch, *, me: str) -> None:
    """Take away what a batch brought, but for what other batches brought, too."""
    journal = batch.journal
    with transaction.atomic():
        claims.beat(batch, me, now=timezone.now())
        alone = dict(only_from(batch).values_list("pk", "digest"))
        journal.recordings.filter(pk__in=only_from(batch).values("pk")).delete()
        lines.take_back(journal, batch.key)
        journal.changed()
        Batch.objects.filter(pk=batch.pk).update(
            state=Batch.State.UNDONE, ended_at=timezone.now(), leased_by="", leased_until=None
        )
    take_away(journal.key, alone.values())
    staging.clear(batch.key)
    refresh(journal, now=timezone.now())
