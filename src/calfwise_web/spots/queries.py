"""The snapshots of these pages, in one question."""

from dataclasses import dataclass

from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.journal.models import Snapshot
from calfwise_web.journal.reading import decoded
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
    return Held(decoded(row, spots_of), behind=_is_behind(request, row))


def held_with_load(request: HttpRequest) -> Held:
    """The spots, and what the calves took."""
    rows = access.snapshots(request, PAGE, LOAD)
    row = rows.get(PAGE)
    return Held(decoded(row, spots_of), decoded(rows.get(LOAD), shown_of), _is_behind(request, row))


def _is_behind(request: HttpRequest, row: Snapshot | None) -> bool:
    return row is not None and row.revision < access.journal(request).revision
