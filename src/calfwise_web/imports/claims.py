"""Who works on what: a batch is leased to one worker at a time, and a journal has one batch in work.

The only place beside `access` that looks at all journals: the worker serves everyone.
"""

import os
import socket
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from calfwise.model.constants import MODEL_VERSION
from calfwise_web.imports.models import Batch
from calfwise_web.journal.models import Journal

LEASE = timedelta(seconds=120)
"""Longer than anything takes between two beats; a worker on this machine that fell is known at once."""


class LostLeaseError(Exception):
    """Another worker has the batch now: whatever this one still holds is not written."""


def worker_name() -> str:
    """This worker, so that a later one on this machine can tell whether it still lives."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def next_batch(me: str, *, now: datetime) -> Batch | None:
    """The oldest batch that nobody works on, leased to this worker; `None` if there is none."""
    with transaction.atomic():
        rows = Batch.objects.filter(state__in=Batch.ACTIVE).select_related("journal").order_by("made_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        waiting = list(rows)
        busy = {batch.journal_id for batch in waiting if _is_held(batch, me, now)}
        batch = next((batch for batch in waiting if batch.journal_id not in busy), None)
        if batch is None:
            return None
        if batch.leased_by and batch.leased_by != me:
            batch.falls += 1
        if batch.state == Batch.State.WAITING:
            batch.state, batch.begun_at = Batch.State.WORKING, now
        batch.leased_by, batch.leased_until = me, now + LEASE
        batch.save()
    return batch


def beat(batch: Batch, me: str, *, now: datetime) -> None:
    """Keep the lease. Raises `LostLeaseError` if it is another's, or the batch is no longer to be worked on."""
    kept = Batch.objects.filter(pk=batch.pk, leased_by=me, state__in=Batch.ACTIVE).update(leased_until=now + LEASE)
    if not kept:
        raise LostLeaseError


def is_anybody_at_work(*, now: datetime) -> bool:
    """Whether a living worker has any batch in hand."""
    return any(not _has_fallen(batch.leased_by) for batch in Batch.objects.filter(leased_until__gt=now))


def is_any_waiting() -> bool:
    """Whether somebody's batch is in nobody's hands."""
    return Batch.objects.filter(state__in=Batch.ACTIVE, leased_by="").exists()


def is_gone(journal: Journal) -> bool:
    """Whether a journal was deleted meanwhile."""
    return not Journal.objects.filter(pk=journal.pk).exists()


def let_go(me: str) -> None:
    """Give back what this worker holds, when it is asked to end: no fall."""
    Batch.objects.filter(leased_by=me).update(leased_by="", leased_until=None)


def _is_held(batch: Batch, me: str, now: datetime) -> bool:
    if not batch.leased_by or batch.leased_by == me:
        return False
    if batch.leased_until is None or batch.leased_until < now:
        return False
    return not _has_fallen(batch.leased_by)


def _has_fallen(worker: str) -> bool:
    """Whether a worker of this machine is no longer there; of another machine only its lease tells."""
    host, _, rest = worker.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname()[:30] or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def journals_of_another_model() -> Iterator[Journal]:
    """Journals whose loads come from an earlier version of the model."""
    yield from Journal.objects.exclude(model_version=MODEL_VERSION)


def journals_behind() -> Iterator[Journal]:
    """Journals that changed since their pages were worked out, or have none yet."""
    up_to_date = Q(snapshots__page="head", snapshots__revision__gte=F("revision"))
    yield from Journal.objects.exclude(pk__in=Journal.objects.filter(up_to_date).values("pk"))


def all_journals() -> Iterator[Journal]:
    """Every journal, for what a new day changes and for what is left on disk."""
    yield from Journal.objects.select_related("user")


def batches_to_come() -> Iterator[Batch]:
    """Batches whose files are still needed."""
    yield from Batch.objects.filter(state__in=Batch.ACTIVE)
