"""Snapshots read again: by the page that shows them, wherever they were worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
from django.http import HttpRequest

from calfwise_web import access
from calfwise_web.journal.models import Snapshot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """What is there to be shown."""

    shown: T | None
    """`None`: nothing was worked out yet, or by a calfwise that showed other things."""
    behind: bool
    """What is shown is an earlier state of the journal, or was worked out by another calfwise."""


def held(request: HttpRequest, page: str, read: Callable[[bytes | memoryview], T]) -> Held[T]:
    """Everything that a page rests on."""
    row = access.snapshot(request, page)
    if row is None:
        return Held(None, behind=False)
    shown = decoded(row, read)
    return Held(shown, shown is None or row.revision < access.journal(request).revision)


def decoded(row: Snapshot | None, read: Callable[[bytes | memoryview], T]) -> T | None:
    """A snapshot's value; none where another calfwise wrote it: the worker writes the next one."""
    try:
        return read(row.body) if row else None
    except msgspec.DecodeError:
        return None
