"""What a fall leaves on disk: originals without a row, and what was brought and never begun."""

import shutil
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings

from calfwise_web.imports import claims, staging
from calfwise_web.imports.models import Batch
from calfwise_web.journal import originals

FORGOTTEN_S = 7 * 24 * 3600
"""What was brought and never begun is kept so long. [s]"""


def tidy() -> None:
    """Once, when the worker starts: only it writes originals, so whatever has no row is left over."""
    there = {folder.name for folder in (Path(settings.DATA) / "originals").iterdir()}
    for journal in claims.all_journals():
        there.discard(journal.key.hex)
        rows = set(journal.recordings.filter(kept=True).values_list("digest", flat=True))
        originals.take_away(journal.key, [digest for digest in originals.there(journal.key) if digest not in rows])
        originals.drop_half_written(journal.key)
    for left in there:
        originals.take_all_away(UUID(hex=left))
    _tidy_staging()


def drop_left_over(batch: Batch) -> None:
    """After a batch was lost: if its journal was deleted meanwhile, what was still written goes, too."""
    if claims.is_gone(batch.journal):
        staging.clear(batch.key)
        originals.take_all_away(batch.journal.key)


def _tidy_staging() -> None:
    """Folders first, then rows: a folder is made after its row, so none that is needed looks forgotten."""
    folders = list((Path(settings.DATA) / "staging").iterdir())
    needed = {batch.key.hex for batch in claims.batches_to_come()}
    for path in folders:
        if path.name in needed or time.time() - path.stat().st_mtime < FORGOTTEN_S:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
