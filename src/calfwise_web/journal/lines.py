"""The journal's lines: the same JSON as the terminal's, folded to the model's History."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import QuerySet

from calfwise.model.journal import AnyEvent, Consent, History, Prefers, event_from_line, fold, line_of
from calfwise_web.journal.models import Bringing, Entry, Journal

AT_ONCE = 500
"""So many lines in one statement: databases bound how many values that may have."""


def kind_of(event: AnyEvent) -> str:
    """The event's name in its line.

    >>> from datetime import UTC, date
    >>> from calfwise.model.journal import PlansRace
    >>> kind_of(PlansRace(at=datetime(2026, 5, 1, tzinfo=UTC), on=date(2026, 5, 3)))
    'race'
    """
    return str(type(event).__struct_config__.tag)


def write(journal: Journal, events: Iterable[AnyEvent], *, brought_by: UUID | None = None) -> int:
    """Add events, each once, and raise the journal's revision; how many were new.

    A line that is already there is the same event: sent twice, or imported back. What is said here stays, even where
    an import had brought it before; `brought_by` is the import's key.
    """
    entries = [_entry(journal, event, said_here=brought_by is None) for event in events]
    with transaction.atomic():
        before = journal.entries.count()
        for first in range(0, len(entries), AT_ONCE):
            _write_some(journal, entries[first : first + AT_ONCE], brought_by)
        new = journal.entries.count() - before
        if new:
            journal.changed()
    return new


def _write_some(journal: Journal, entries: list[Entry], brought_by: UUID | None) -> None:
    journal.entries.bulk_create(entries, ignore_conflicts=True)
    rows = journal.entries.filter(digest__in=[entry.digest for entry in entries])
    if brought_by is None:
        rows.filter(said_here=False).update(said_here=True)
    else:
        Bringing.objects.bulk_create([Bringing(entry=row, batch=brought_by) for row in rows], ignore_conflicts=True)


def brought_by(journal: Journal, batch: UUID) -> QuerySet[Entry]:
    """The lines that an import brought, those that others brought too among them."""
    return journal.entries.filter(said_here=False, bringings__batch=batch)


def take_back(journal: Journal, batch: UUID) -> None:
    """Take away the lines that only this import brought, in the caller's transaction."""
    Bringing.objects.filter(entry__journal=journal, batch=batch).delete()
    journal.entries.filter(said_here=False, bringings__isnull=True).delete()


def _entry(journal: Journal, event: AnyEvent, *, said_here: bool) -> Entry:
    line = line_of(event).decode()
    digest = hashlib.sha256(line.encode()).hexdigest()
    return Entry(journal=journal, at=event.at, kind=kind_of(event), line=line, digest=digest, said_here=said_here)


def events_of(journal: Journal, *kinds: str) -> list[AnyEvent]:
    """The journal's events in order of time: all, or those of some kinds."""
    entries = journal.entries.filter(kind__in=kinds) if kinds else journal.entries.all()
    return [event_from_line(line) for line in entries.order_by("at", "pk").values_list("line", flat=True)]


def history_of(journal: Journal) -> History:
    """All that earlier days bear on today."""
    return fold(events_of(journal))


def preferences_of(journal: Journal) -> Prefers:
    """How the runner likes it: the last word."""
    last = journal.entries.filter(kind="prefers").order_by("-at", "-pk").values_list("line", flat=True).first()
    if last is None:
        return Prefers(at=journal.begun_at)
    event = event_from_line(last)
    assert isinstance(event, Prefers)
    return event


def home_of(preferences: Prefers | None) -> ZoneInfo:
    """The runner's own time zone; UTC where nobody said, or this machine does not know the place."""
    try:
        return ZoneInfo((preferences and preferences.time_zone) or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def begin(journal: Journal, *, time_zone: str, consent_version: str, at: datetime) -> None:
    """A journal's first lines: where home is, and what the runner agreed to."""
    write(
        journal,
        (
            Prefers(at=at, time_zone=time_zone or None),
            Consent(at=at, to="keep-health-notes", version=consent_version, given=True),
        ),
    )
