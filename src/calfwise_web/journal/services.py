"""What changes a journal as a whole."""

from datetime import datetime

from django.db import transaction

from calfwise.model.constants import MODEL_VERSION
from calfwise_web.account.models import User
from calfwise_web.imports import staging
from calfwise_web.journal import lines, originals
from calfwise_web.journal.models import Journal


def open_journal(user: User, *, time_zone: str, consent_version: str, at: datetime) -> Journal:
    """An account's own journal, with where home is and what was agreed to; opened once."""
    with transaction.atomic():
        journal, new = user.journals.get_or_create(sample=False, defaults={"model_version": MODEL_VERSION})
        if new:
            lines.begin(journal, time_zone=time_zone, consent_version=consent_version, at=at)
    return journal


def delete_journal(journal: Journal) -> None:
    """Everything of a journal: rows first, so that nothing points at what is no longer there.

    An import in work loses its lease first, in the same transaction: nothing of it comes in after that.
    """
    key = journal.key
    with transaction.atomic():
        journal.batches.update(leased_by="", leased_until=None)
        brought = list(journal.batches.values_list("key", flat=True))
        journal.delete()
    originals.take_all_away(key)
    for batch in brought:
        staging.clear(batch)
