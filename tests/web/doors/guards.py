"""Every guard taken away, one at a time: then the check that it answers to has to fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import Http404

from calfwise_web import access
from calfwise_web.imports.models import Batch, Outcome
from calfwise_web.journal.lines import preferences_of
from calfwise_web.journal.models import Journal, Run, Snapshot
from calfwise_web.player.queries import plan_of
from tests.web.doors import checks
from tests.web.doors.answers import Asker
from tests.web.doors.routes import routes

View = Callable[..., Any]
Check = Callable[[Asker], None]


# ---------------------------------------------------------------------------------------------------- views' decorators
HOLDS: dict[str, Callable[[Asker, list[str]], None]] = {
    "require_http_methods": checks.check_methods,
    "staff_only": checks.check_strangers,
    "own_only": checks.check_sample,
    "reauthentication_required": checks.check_fresh,
}
"""Which check a decorator answers to."""
NO_GUARDS = {"login_not_required", "never_cache", "sensitive_variables"}


def decorators(view: View) -> list[str]:
    """What a view is wrapped in, from the outside."""
    found = []
    while hasattr(view, "__wrapped__"):
        found.append(view.__code__.co_qualname.partition(".")[0])
        view = view.__wrapped__
    return found


def guarded() -> list[tuple[str, str]]:
    """Every route with every guard around its view."""
    return [
        (name, decorator)
        for name, route in sorted(routes().items())
        if not hasattr(route.callback, "view_class")
        for decorator in decorators(route.callback)
        if decorator not in NO_GUARDS
    ]


@contextmanager
def without_decorator(name: str, decorator: str) -> Iterator[None]:
    """A route whose view lacks one of its guards."""
    route = routes()[name]
    whole: View = route.callback
    depth = decorators(whole).index(decorator)
    if depth == 0:
        route.callback = whole.__wrapped__  # type: ignore[attr-defined]
        try:
            yield
        finally:
            route.callback = whole
        return
    outer = whole
    for _ in range(depth - 1):
        outer = outer.__wrapped__  # type: ignore[attr-defined]
    inner = outer.__wrapped__  # type: ignore[attr-defined]
    cell = next(each for each in outer.__closure__ or () if each.cell_contents is inner)
    cell.cell_contents = inner.__wrapped__
    try:
        yield
    finally:
        cell.cell_contents = inner


# ----------------------------------------------------------------------------------------------------------- middleware
MIDDLEWARE: dict[str, Check] = {
    "django.contrib.auth.middleware.LoginRequiredMiddleware": checks.check_nobody,
    "django.middleware.csrf.CsrfViewMiddleware": checks.check_csrf,
    "calfwise_web.middleware.headers": checks.check_nobody,
    "calfwise_web.middleware.methods": checks.check_methods,
    "calfwise_web.middleware.bounded": checks.check_bounded,
    "django.middleware.security.SecurityMiddleware": checks.check_nobody,
    "django.middleware.clickjacking.XFrameOptionsMiddleware": checks.check_nobody,
}


# ----------------------------------------------------------------------------------------------------- access, by route
def _first(rows: Any) -> Any:
    row = rows.order_by("pk").first()
    if row is None:
        raise Http404
    return row


def _anns(**which: Any) -> Journal:
    found: Journal = _first(Journal.objects.filter(**which))
    return found


ACCESS: dict[str, tuple[Callable[..., Any], list[str]]] = {
    "own_journal": (lambda request: _anns(sample=False), ["yours:export", "yours:consent"]),
    "sample_journal": (lambda request: Journal.objects.filter(sample=True).first(), ["sample:remove"]),
    "journal": (lambda request: _anns(sample=False), ["shoes:list", "runs:list", "settings:page", "imports:page"]),
    "runs": (lambda request: Run.objects.all(), ["runs:list"]),
    "run": (lambda request, key: _first(Run.objects.filter(key=key)), ["runs:run", "runs:describe"]),
    "chosen_runs": (lambda request, keys: list(Run.objects.filter(key__in=keys)), ["runs:change"]),
    "batches": (lambda request: Batch.objects.all(), ["imports:page"]),
    "batch": (lambda request, key: _first(Batch.objects.filter(key=key)), ["imports:batch", "imports:undo"]),
    "planned_session": (
        lambda request, session: next(filter(None, (plan_of(each, session) for each in Journal.objects.all()))),
        ["player:session", "player:card", "player:events"],
    ),
    "snapshot": (lambda request, page: Snapshot.objects.filter(page=page).first(), ["shoes:list"]),
}
"""What `access` would be if it did not ask whose, and where that shows."""
ONLY_DIRECTLY: dict[str, Callable[..., Any]] = {
    "user": lambda request: _anns(sample=False).user,
    "outcomes": lambda request, of: Outcome.objects.filter(batch=of),
    "snapshots": lambda request, *pages: {row.page: row for row in Snapshot.objects.filter(page__in=pages)},
    "account_key": lambda request: "the same for everybody",
    "looks_at_sample": lambda request: True,
    "preferences": lambda request: preferences_of(_anns(sample=False)),
}
"""The same where another guard stands before it on every route: these show when `access` itself is asked."""
CHOSEN_IN_PART: Callable[..., Any] = lambda request, keys: list(access.runs(request).filter(key__in=keys))  # noqa: E731

ACCOUNT_ACCESS: dict[str, Callable[..., Any]] = {
    "devices": lambda user, at: list(UserSession.objects.all()),
    "end_other_sessions": lambda user, kept_key: [
        row.end() for row in UserSession.objects.exclude(session_key=kept_key)
    ],
    "forget_sessions": lambda user: [row.end() for row in UserSession.objects.all()],
    "authenticators": lambda user, type_: Authenticator.objects.filter(type=type_).order_by("pk"),
    "recovery_codes": lambda user: Authenticator.objects.filter(type="recovery_codes").order_by("pk")[0].wrap(),
    "other_sign_ins": lambda user: type(user).objects.all(),
}
FOR_STAFF_OR_MACHINE = {
    "staff_only", "anybody_here", "accounts", "account", "account_named", "new_invitation", "open_invitations",
    "first_invitations", "leaves_nobody_to_invite",
}  # fmt: skip
"""Of `account.access`: what is no account's own. Routes that use them are for staff, which `staff_only` sees to."""


def functions_of(module: Any) -> set[str]:
    """A module's own public functions."""
    return {
        name
        for name, each in vars(module).items()
        if callable(each)
        and not isinstance(each, type)
        and not name.startswith("_")
        and each.__module__ == module.__name__
    }
