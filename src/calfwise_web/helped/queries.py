"""The snapshot of the page."""

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.helped.snapshot import PAGE, Shown, shown_of
from calfwise_web.journal.models import Snapshot


@dataclass(frozen=True, slots=True)
class Held:
    """What is there to be shown."""

    shown: Shown | None
    """`None`: nothing was worked out yet, or by a calfwise that showed other things."""
    behind: bool
    """What is shown is an earlier state of the journal."""


def held(request: HttpRequest) -> Held:
    """Everything the page rests on."""
    row = access.snapshot(request, PAGE)
    return Held(decoded(row), row is not None and row.revision < access.journal(request).revision)


def decoded(row: Snapshot | None) -> Shown | None:
    """A snapshot; none where another calfwise wrote it: the worker writes the next one."""
    try:
        return shown_of(row.body) if row else None
    except msgspec.DecodeError:
        return None
