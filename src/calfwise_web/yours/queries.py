"""What a journal holds, counted."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Min, Q, Sum

from calfwise_web.journal.models import Journal


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a journal holds."""

    runs: int
    first_day: date | None
    last_day: date | None
    originals: int
    original_bytes: int
    discarded: int
    """Originals that are no longer here."""
    runs_without_original: int
    lines: int
    first_line: datetime | None
    last_line: datetime | None


def holdings(journal: Journal) -> Holdings:
    """Counted by the database; nothing is read."""
    kept = Q(kept=True)
    runs = journal.runs.aggregate(
        count=Count("pk"), first=Min("day"), last=Max("day"), without=Count("pk", filter=Q(recording__kept=False))
    )
    originals = journal.recordings.aggregate(
        here=Count("pk", filter=kept), size=Sum("size", filter=kept), gone=Count("pk", filter=~kept)
    )
    lines = journal.entries.aggregate(count=Count("pk"), first=Min("at"), last=Max("at"))
    return Holdings(
        runs=runs["count"],
        first_day=runs["first"],
        last_day=runs["last"],
        originals=originals["here"],
        original_bytes=originals["size"] or 0,
        discarded=originals["gone"],
        runs_without_original=runs["without"],
        lines=lines["count"],
        first_line=lines["first"],
        last_line=lines["last"],
    )


def copies_from_upgrades() -> list[str]:
    """Files that an upgrade left in the data folder: they still hold what was there then."""
    folder = Path(settings.DATA) / "backups"
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
