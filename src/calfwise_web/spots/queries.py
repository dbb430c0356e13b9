"""The snapshots of these pages, in one question."""

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.journal.models import Snapshot
from calfwise_web.load.snapshot import PAGE as LOAD
from calfwise_web.load.snapshot import Shown, shown_of
from calfwise_web.spots.snapshot import PAGE, Spots, spots_of


@dataclass(frozen=True, slots=True)
class Held:
    """What is there to be shown; `None`: nothing yet, or worked out by a calfwise that showed other things."""

    spots: Spots | None
    load: Shown | None = None
    behind: bool = False
    """What is shown is an earlier state of the journal."""


def held(request: HttpRequest) -> Held:
    """The spots alone."""
    row = access.snapshot(request, PAGE)
    return Held(_spots(row), behind=_is_behind(request, row))


def held_with_load(request: HttpRequest) -> Held:
    """The spots, and what the calves took."""
    rows = access.snapshots(request, PAGE, LOAD)
    row = rows.get(PAGE)
    return Held(_spots(row), _load(rows.get(LOAD)), _is_behind(request, row))


def _is_behind(request: HttpRequest, row: Snapshot | None) -> bool:
    return row is not None and row.revision < access.journal(request).revision


def _spots(row: Snapshot | None) -> Spots | None:
    try:
        return spots_of(row.body) if row else None
    except msgspec.DecodeError:
        return None


def _load(row: Snapshot | None) -> Shown | None:
    try:
        return shown_of(row.body) if row else None
    except msgspec.DecodeError:
        return None
