"""The only way to a row: whose journal a request may see, and what hangs on it.

Everything is looked up within the journal of the account that asks, so another's key is simply not there. `None` owns
nothing: whoever is not signed in never gets this far.
"""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.crypto import salted_hmac

from calfwise.model.journal import Prefers
from calfwise.model.session import Practice, Session
from calfwise_web.account.models import User
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.journal.lines import preferences_of
from calfwise_web.journal.models import Journal, Run, Snapshot
from calfwise_web.player import queries

SAMPLE = "looks-at-sample"
"""In the session: the pages show the sample runner."""
Row = TypeVar("Row", bound=Model)


def user(request: HttpRequest) -> User:
    """The account that asks. 404 where nobody is signed in: deny before anything is looked up."""
    if not request.user.is_authenticated:
        raise Http404
    return request.user


def account_key(request: HttpRequest) -> str:
    """An opaque name of the account, for what a device keeps of it; none for nobody."""
    if not request.user.is_authenticated:
        return ""
    return salted_hmac("calfwise.device", str(request.user.pk)).hexdigest()[:16]


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


def snapshots(request: HttpRequest, *pages: str) -> dict[str, Snapshot]:
    """What several parts of a page show, in one question; the first page's row brings its journal."""
    if hasattr(request, "_journal") or request.session.get(SAMPLE, False):
        rows = journal(request).snapshots.filter(page__in=pages)
    else:
        owned = Snapshot.objects.filter(journal__user=user(request), journal__sample=False, page__in=pages)
        rows = owned.select_related("journal")
    found = {row.page: row for row in rows}
    for row in found.values():
        request._journal = row.journal  # type: ignore[attr-defined]
    return found


def planned_session(request: HttpRequest, session: str) -> Session | Practice:
    """A session that was planned in this journal, by its id."""
    found = queries.plan_of(journal(request), session)
    if found is None:
        raise Http404
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
