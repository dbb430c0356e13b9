"""The only way to a row: whose journal a request may see, and what hangs on it.

Everything is looked up within the journal of the account that asks, so another's key is simply not there. `None` owns
nothing: whoever is not signed in never gets this far.
"""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from calfwise.model.journal import Prefers
from calfwise_web.account.models import User
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.journal.lines import preferences_of
from calfwise_web.journal.models import Journal, Run, Snapshot

SAMPLE = "looks-at-sample"
"""In the session: the pages show the sample runner."""
Row = TypeVar("Row", bound=Model)


def user(request: HttpRequest) -> User:
    """The account that asks. 404 where nobody is signed in: deny before anything is looked up."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def own_journal(request: HttpRequest) -> Journal:
    """The account's own journal. 404 where it has none yet."""
    return _the(user(request).journals.filter(sample=False))


def sample_journal(request: HttpRequest) -> Journal | None:
    """The account's sample runner, if it has one."""
    return user(request).journals.filter(sample=True).first()


def journal(request: HttpRequest) -> Journal:
    """The journal that pages show: the account's own, or its sample runner's while it looks around."""
    held: Journal | None = getattr(request, "_journal", None)
    if held is None:
        sample = request.session.get(SAMPLE, False)
        held = (sample_journal(request) if sample else None) or own_journal(request)
        request._journal = held  # type: ignore[attr-defined]
    return held


def runs(request: HttpRequest) -> QuerySet[Run]:
    return journal(request).runs.all()


def run(request: HttpRequest, key: UUID) -> Run:
    return _the(runs(request).filter(key=key).select_related("recording", "twin_of"))


def chosen_runs(request: HttpRequest, keys: list[UUID]) -> list[Run]:
    """Every run of those keys. 404 if one of them is not this journal's: then nothing is changed at all."""
    found = list(runs(request).filter(key__in=keys))
    if len(found) != len(set(keys)):
        raise Http404
    return found


def batches(request: HttpRequest) -> QuerySet[Batch]:
    return journal(request).batches.all()


def batch(request: HttpRequest, key: UUID) -> Batch:
    return _the(batches(request).filter(key=key))


def outcomes(request: HttpRequest, of: Batch) -> QuerySet[Outcome]:
    return journal(request).outcomes.filter(batch=of)


def snapshot(request: HttpRequest, page: str) -> Snapshot | None:
    """What a page shows; asked first, its journal comes with it, and the page asks once less."""
    if hasattr(request, "_journal") or request.session.get(SAMPLE, False):
        return journal(request).snapshots.filter(page=page).first()
    owned = Snapshot.objects.filter(journal__user=user(request), journal__sample=False, page=page)
    found = owned.select_related("journal").first()
    if found is not None:
        request._journal = found.journal  # type: ignore[attr-defined]
    return found


def _the(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row


def looks_at_sample(request: HttpRequest) -> bool:
    """Whether pages show the sample runner."""
    return bool(request.user.is_authenticated and request.session.get(SAMPLE, False) and journal(request).sample)


def preferences(request: HttpRequest) -> Prefers:
    """How the runner whose journal is shown likes it."""
    return preferences_of(journal(request))
