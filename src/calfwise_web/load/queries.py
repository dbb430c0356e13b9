"""The snapshots of the Load page, and whether there is newer to come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import msgspec
from django.db.models import QuerySet
from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.imports.models import Batch
from calfwise_web.journal.models import Run, Snapshot
from calfwise_web.load.all_days import PAGE as DAYS
from calfwise_web.load.all_days import AllDays, all_days_of
from calfwise_web.load.snapshot import PAGE, Shown, shown_of
from calfwise_web.spots.snapshot import PAGE as SPOTS
from calfwise_web.spots.snapshot import Spots, spots_of

Kept = TypeVar("Kept")
Otherwise = TypeVar("Otherwise")


@dataclass(frozen=True, slots=True)
class Told:
    """What the snapshots tell."""

    shown: Shown | None
    """`None`: nothing was worked out yet, or by a calfwise that showed other things."""
    days: AllDays
    spots: Spots | None


@dataclass(frozen=True, slots=True)
class Held(Told):
    """What is there to be shown, and how far that is behind."""

    revision: int
    """Of the journal, when that was worked out."""
    newest: int
    """Of the journal now."""
    batch: Batch | None
    """An import in work, the oldest first."""
    runs: bool
    """Whether there is any run."""
    model_version: str
    """Whose numbers they are."""


def held(request: HttpRequest) -> Held:
    """Everything the page rests on."""
    rows = access.snapshots(request, PAGE, DAYS, SPOTS)
    there = _told(rows)
    return Held(
        shown=there.shown,
        days=there.days,
        spots=there.spots,
        revision=rows[PAGE].revision if PAGE in rows else 0,
        newest=access.journal(request).revision,
        batch=access.batches(request).filter(state__in=Batch.ACTIVE).order_by("made_at").first(),
        runs=bool(there.shown and there.shown.in_all.runs) or access.runs(request).exists(),
        model_version=access.journal(request).model_version,
    )


def told(request: HttpRequest) -> Told:
    """The snapshots alone."""
    return _told(access.snapshots(request, PAGE, DAYS, SPOTS))


def runs_on(request: HttpRequest, day: date) -> QuerySet[Run]:
    """A day's runs that are not told twice, in order of time."""
    return access.runs(request).filter(day=day, twin_of=None).order_by("start", "pk")


def _told(rows: dict[str, Snapshot]) -> Told:
    return Told(
        _decoded(rows.get(PAGE), shown_of, None),
        _decoded(rows.get(DAYS), all_days_of, AllDays()),
        _decoded(rows.get(SPOTS), spots_of, None),
    )


def _decoded(
    row: Snapshot | None, decode: Callable[[bytes | memoryview], Kept], otherwise: Otherwise
) -> Kept | Otherwise:
    try:
        return decode(row.body) if row else otherwise
    except msgspec.DecodeError:
        return otherwise
