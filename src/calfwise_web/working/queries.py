"""The snapshot of the page."""

from dataclasses import dataclass

import msgspec
from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.working.snapshot import PAGE, Shown, shown_of


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
    if row is None:
        return Held(None, behind=False)
    try:
        shown = shown_of(row.body)
    except msgspec.DecodeError:
        return Held(None, behind=True)  # the worker writes the next one
    return Held(shown, row.revision < access.journal(request).revision)
