"""The plan out of the app: a calendar behind a secret address, the page that makes and ends it, and workouts."""

import time
from datetime import date
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from calfwise.model.journal import Consent
from calfwise_web import access
from calfwise_web.calendar_feed import held, pages, services, tokens, workouts
from calfwise_web.calendar_feed.misses import MISSES
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal
from calfwise_web.yours.consent import TAKEN_BACK, is_taken_back

MAY_KEEP = "private, no-cache"
"""The one who asks may keep it, and asks each time whether it is still so."""

WAIT = {"Retry-After": "60"}


@login_not_required
@require_safe
@sensitive_variables("token")
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of whoever's address it is: no sign-in, no cookie, nothing worked out."""
    address, at_s = get_adapter().get_client_ip(request), time.monotonic()
    if MISSES.too_many(address, at_s=at_s):
        return HttpResponse(
            status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "60"}, content_type="text/plain"
        )
    journal = tokens.journal_of(token)
    row = journal.snapshots.filter(page=held.PAGE).first() if journal else None
    told = held.held_of(row)
    if journal is None or not told.kept:
        MISSES.note(address, at_s=at_s)
        raise Http404
    weeks_url = request.build_absolute_uri(reverse("weeks:page"))
    etag = f'"{held.etag_of(row, weeks_url=weeks_url)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(
            held.file_of(told, owner=journal.key, weeks_url=weeks_url), content_type="text/calendar; charset=utf-8"
        )
        answer["Content-Disposition"] = 'inline; filename="calfwise.ics"'
    answer["ETag"] = etag
    answer["Cache-Control"] = MAY_KEEP
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, since when, and how to put it into a phone."""
    return _page(request, access.own_journal(request))


@require_POST
@sensitive_variables("token")
def new(request: HttpRequest) -> HttpResponse:
    """Make or renew the address, and show it this once."""
    journal = access.own_journal(request)
    if _taken_back(journal):
        messages.warning(request, TAKEN_BACK)
        return redirect("feed:page")
    token = services.renew(journal, after=request.POST.get("after", ""), now=timezone.now())
    if token is None:
        return _page(request, journal, twice=True)
    url = request.build_absolute_uri(reverse("calendar", kwargs={"token": token}))
    return _page(request, journal, address=pages.address_of(url))


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End the address at once."""
    if services.revoke(access.own_journal(request)):
        messages.success(request, "The address is gone. Calendars that had it find nothing any more.")
    else:
        messages.info(request, "There was no address.")
    return redirect("feed:page")


@require_safe
def workout(request: HttpRequest, day: str) -> HttpResponse:
    """A day's running as a file for a watch."""
    on = _day(day)
    file = workouts.file_of(request, on, now=timezone.now())
    if file is None:
        raise Http404
    named = {"Content-Disposition": f'attachment; filename="calfwise-{on.isoformat()}.fit"'}
    return HttpResponse(file, content_type="application/octet-stream", headers=named)


def _page(
    request: HttpRequest, journal: Journal, *, address: pages.Address | None = None, twice: bool = False
) -> HttpResponse:
    feed = services.feed_of(journal)
    shown = pages.Page(
        made_at=feed.made_at if feed else None,
        state=services.state_of(feed),
        address=address,
        twice=twice,
        only_here=pages.is_only_here(request.get_host()),
        keeps_notes=not _taken_back(journal),
    )
    return render(request, "calendar_feed/page.html", {"page": shown})


def _taken_back(journal: Journal) -> bool:
    return is_taken_back(each for each in events_of(journal, "consent") if isinstance(each, Consent))


def _day(said: str) -> date:
    try:
        found = date.fromisoformat(said)
    except ValueError as error:
        raise Http404 from error
    if found.isoformat() != said:
        raise Http404
    return found
