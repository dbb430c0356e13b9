"""What changes an account as a whole: its consent, and its end."""

from datetime import datetime

from django.db import connection, transaction

from calfwise.model.journal import Consent
from calfwise_web.account import access as accounts
from calfwise_web.account.consent import CONSENT_VERSION
from calfwise_web.account.models import User
from calfwise_web.calendar_feed import services as calendar_feed
from calfwise_web.imports.models import Batch
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.journal.services import delete_journal
from calfwise_web.refresh import refresh
from calfwise_web.yours.consent import HEALTH_NOTES, is_taken_back

BEING_READ = (Batch.State.WORKING, Batch.State.UNDOING)
NOT_BEGUN = (Batch.State.GATHERING, Batch.State.WAITING)
CHECKPOINTS = 5
"""So often the log is asked to empty itself; a page that is just being read holds it."""


class StillReadingError(Exception):
    """An import is under way; it has been asked to stop."""


def say_consent(journal: Journal, *, given: bool, now: datetime) -> None:
    """Write down that the agreement to keep notes is taken back, or given again; once."""
    consents = [event for event in lines.events_of(journal, "consent") if isinstance(event, Consent)]
    if is_taken_back(consents) is given:
        if not given:
            calendar_feed.revoke(journal)
        lines.write(journal, [Consent(at=now, to=HEALTH_NOTES, version=CONSENT_VERSION, given=given)])
        refresh(journal, now=now)


def delete_account(user: User) -> None:
    """Everything of an account: rows, originals, what was brought and not read, sign-ins, and their traces on disk.

    Files of watched folders are the runner's own and stay; so do backups.

    Raises
    ------
    StillReadingError
        While the worker reads an import of this account: nothing is deleted yet.
    """
    journals = list(user.journals.all())
    if _still_reading(journals):
        raise StillReadingError
    for journal in journals:
        delete_journal(journal)
    with transaction.atomic():
        accounts.forget_sessions(user)
        user.delete()
    overwrite_freed()


def _still_reading(journals: list[Journal]) -> bool:
    """Whether the worker has any of them in hand; what is not begun is called off, the rest is asked to stop."""
    busy = False
    for journal in journals:
        journal.batches.filter(state__in=NOT_BEGUN).update(state=Batch.State.CANCELLED)
        busy |= bool(journal.batches.filter(state__in=BEING_READ).update(stop_wanted=True))
    return busy


def overwrite_freed() -> None:
    """Leave nothing of deleted rows in SQLite's file or its log.

    Deleted rows are zeroed as they go (`secure_delete`), but pages may hold copies from when they were rearranged:
    so the file is written anew, and the log is emptied. PostgreSQL does this by itself, in time.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        for _ in range(CHECKPOINTS):
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                break
