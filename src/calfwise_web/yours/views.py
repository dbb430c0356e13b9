"""Your data: what is here, taking it away, and the end of an account. Always the account's own, never the sample's."""

from http import HTTPStatus
from pathlib import Path

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from calfwise_web import access
from calfwise_web.account import access as accounts
from calfwise_web.imports.watching import own_folder
from calfwise_web.journal.lines import history_of, home_of
from calfwise_web.yours import pages, queries, services
from calfwise_web.yours.export import export as zip_of
from calfwise_web.yours.forms import Delete


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is here, and what one can do with it."""
    journal = access.own_journal(request)
    history = history_of(journal)
    shown = pages.page(
        queries.holdings(journal),
        history,
        user=access.user(request).get_username(),
        now=timezone.now(),
        home=home_of(history.prefers),
    )
    return render(request, "yours/page.html", {"page": shown})


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Everything, as one zip; it changes nothing, so it may be fetched by a link."""
    now, user = timezone.now(), access.user(request).get_username()
    pieces = zip_of(access.own_journal(request), user=user, now=now)
    named = {"Content-Disposition": f'attachment; filename="{pages.file_name(user, now)}"'}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=named)


@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Take the agreement back, or give it again."""
    given = request.POST.get("given") == "1"
    services.say_consent(access.own_journal(request), given=given, now=timezone.now())
    said = "Noted: new notes are kept again." if given else "Noted: no new notes on your calves are kept from now on."
    messages.success(request, said)
    return redirect("yours:page")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator] # allauth has no types
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then, with one's name typed, it goes."""
    user = access.user(request)
    form = Delete(request.POST if request.method == "POST" else None, name=user.get_username())
    if request.method == "POST" and form.is_valid():
        try:
            services.delete_account(user)
        except services.StillReadingError:
            form.add_error(
                None,
                "An import is still being read. It has been asked to stop. Nothing was deleted yet: try again in a "
                "few seconds.",
            )
        else:
            logout(request)
            return redirect("yours:gone")
    shown = pages.farewell(
        queries.holdings(access.own_journal(request)),
        name=user.get_username(),
        watched=own_folder(user.get_username()),
        copies=queries.copies_from_upgrades(),
        data=Path(settings.DATA),
        leaves_nobody=accounts.leaves_nobody_to_invite(user),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "yours/delete.html", {"page": shown, "form": form}, status=status)


@login_not_required
@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """After everything went. Says nothing about anybody."""
    return render(request, "yours/gone.html", {"data": settings.DATA})
