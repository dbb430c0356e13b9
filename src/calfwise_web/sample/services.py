"""The sample runner of an account: made when somebody wants to look around, and gone when they have seen enough."""

from datetime import datetime

from django.db import transaction
from msgspec import structs

from calfwise.model.constants import MODEL_VERSION
from calfwise_web.account.models import User
from calfwise_web.imports.models import Batch
from calfwise_web.journal.lines import preferences_of, write
from calfwise_web.journal.models import Journal
from calfwise_web.journal.services import delete_journal


def make(user: User, *, now: datetime) -> Journal:
    """The account's sample runner, with its runs on the way; one that is there already is not made again."""
    with transaction.atomic():
        journal, new = user.journals.get_or_create(sample=True, defaults={"model_version": MODEL_VERSION})
        if new:
            own = preferences_of(user.journals.get(sample=False))
            write(journal, [structs.replace(own, at=now)])
        here = journal.batches.filter(state__in=(*Batch.ACTIVE, Batch.State.DONE))
        if not here.exists():
            journal.batches.create(origin=Batch.Origin.SAMPLE, state=Batch.State.WAITING)
    return journal


def remove(journal: Journal | None) -> bool:
    """Take the sample runner away, whatever it is at; whether there was one."""
    if journal is None or not journal.sample:
        return False
    delete_journal(journal)
    return True
