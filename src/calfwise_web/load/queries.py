"""The snapshot of the Load page, and whether there is newer to come."""

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.imports.models import Batch
from calfwise_web.journal.models import Snapshot
from calfwise_web.load.snapshot import PAGE, Shown, shown_of


@dataclass(frozen=True, slots=True)
class Held:
    """What is there to be shown."""

    shown: Shown | None
    """`None`: nothing was worked out yet, or by a calfwise that showed other things."""
    revision: int
    """Of the journal, when that was worked out."""
    newest: int
    """Of the journal now."""
    batch: Batch | None
    """An import in work, the oldest first."""
    runs: bool
    """Whether there is any run."""


def held(request: HttpRequest) -> Held:
    """Everything the page rests on."""
    snapshot = access.snapshot(request, PAGE)
    there = _decoded(snapshot)
    return Held(
        shown=there,
        revision=snapshot.revision if snapshot else 0,
        newest=access.journal(request).revision,
        batch=access.batches(request).filter(state__in=Batch.ACTIVE).order_by("made_at").first(),
        runs=bool(there and there.in_all.runs) or access.runs(request).exists(),
    )


def shown(request: HttpRequest) -> Shown | None:
    """The snapshot alone."""
    return _decoded(access.snapshot(request, PAGE))


def _decoded(snapshot: Snapshot | None) -> Shown | None:
    if snapshot is None:
        return None
    try:
        return shown_of(snapshot.body)
    except msgspec.DecodeError:
        return None
