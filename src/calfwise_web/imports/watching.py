"""A folder that is looked at and never touched: what is new in it comes in by itself."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from calfwise.readers import files_of
from calfwise_web.imports.models import Batch, Noticed
from calfwise_web.journal.models import Journal

STILL = timedelta(seconds=5)
"""A file that changed within this is still being written."""
ENVIRONMENT = "CALFWISE_WATCH"
MOST_AT_ONCE = 5000


def folders_of(name: str) -> list[Path]:
    """The folders watched for an account: its own in the data folder, and those named when calfwise was started.

    `CALFWISE_WATCH` holds `NAME=FOLDER` pairs, separated like a path. Nobody can name a folder from a browser: that
    would open the machine's disk to every account.
    """
    pairs = [pair.partition("=") for pair in os.environ.get(ENVIRONMENT, "").split(os.pathsep)]
    named = [Path(folder).expanduser() for whose, _, folder in pairs if whose == name and folder]
    return [own_folder(name), *named]


def own_folder(name: str) -> Path:
    """An account's folder in the data folder; it is watched if it is there.

    Account names are letters, digits, dots, dashes and underscores: one of dots alone would lead out of here.
    """
    return Path(settings.DATA) / "watched" / (name if name.strip(".") else f"~{name}")


def look(journal: Journal, *, now: datetime) -> None:
    """Make a batch of what is new or changed in the watched folders and no longer being written."""
    if journal.sample:
        return
    for folder in folders_of(journal.user.get_username()):
        if folder.is_dir():
            _look_into(folder, journal, now)


def _look_into(folder: Path, journal: Journal, now: datetime) -> None:
    seen = {row.path: (row.size, row.changed_ns) for row in journal.noticed.filter(path__startswith=f"{folder}/")}
    new: dict[Path, tuple[int, int]] = {}
    for path in files_of([folder]):
        try:
            stat = path.stat()
        except OSError:
            continue
        is_still = now.timestamp() - stat.st_mtime > STILL.total_seconds()
        if is_still and seen.get(str(path)) != (stat.st_size, stat.st_mtime_ns):
            new[path] = stat.st_size, stat.st_mtime_ns
        if len(new) >= MOST_AT_ONCE:
            break
    if new:
        _bring(folder, new, journal)


def _bring(folder: Path, new: dict[Path, tuple[int, int]], journal: Journal) -> None:
    """The batch and what was noticed, together: a fall between them would bring the files twice or never."""
    names = [str(path.relative_to(folder)) for path in new]
    with transaction.atomic():
        batch = journal.batches.create(
            state=Batch.State.WAITING,
            origin=Batch.Origin.WATCHED,
            label=folder.name,
            source=json.dumps({"folder": str(folder), "files": names}),
        )
        Noticed.objects.bulk_create(
            [
                Noticed(journal=journal, path=str(path), size=size, changed_ns=changed_ns, batch=batch)
                for path, (size, changed_ns) in new.items()
            ],
            update_conflicts=True,
            unique_fields=["journal", "path"],
            update_fields=["size", "changed_ns", "batch"],
        )
