"""Why the calves may be tight: one page, its timeline, and the questions only the runner can answer."""

from http import HTTPStatus

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from calfwise import library
from calfwise.model.journal import Consent
from calfwise_web import access
from calfwise_web.journal.lines import events_of, home_of
from calfwise_web.templatetags.words import counted
from calfwise_web.why import charts, forms, pages, queries, services
from calfwise_web.yours.consent import TAKEN_BACK, is_taken_back


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page, from its snapshot alone."""
    return _shown(request)


@require_safe
def data(request: HttpRequest, of: str) -> HttpResponse:
    """The timeline's numbers: `soreness` or `runs`."""
    chart = charts.CHARTS.get(of)
    if chart is None:
        raise Http404
    return HttpResponse(msgspec.json.encode(chart(queries.held(request).shown)), content_type="application/json")


@require_POST
def life(request: HttpRequest) -> HttpResponse:
    """Keep what was answered about the runner's days."""
    journal = access.journal(request)
    consents = [each for each in events_of(journal, "consent") if isinstance(each, Consent)]
    if is_taken_back(consents):
        messages.error(request, TAKEN_BACK)
        return redirect("why:page")
    asked = tuple(library.reasons().questions)
    sent = tuple(id_ for id_ in asked if f"{forms.PREFIX}-{id_}" in request.POST)
    form = forms.Life(request.POST, ids=sent, said={}, auto_id="sent-%s")
    if not form.is_valid():
        return _shown(request, sent=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    news = services.tell_about_life(journal, form.answers, now=timezone.now())
    if news:
        messages.success(request, f"{counted(news, 'answer,answers')} kept. The order below knows.")
    else:
        messages.info(request, "Nothing new was said, so nothing changed.")
    return redirect("why:page")


def _shown(request: HttpRequest, *, sent: forms.Life | None = None, status: int | None = None) -> HttpResponse:
    held = queries.held(request)
    if held.shown is None:
        return render(request, "why/none.html", status=status)
    today = timezone.now().astimezone(home_of(held.shown.prefers)).date()
    context = {"page": pages.why_page(held.shown, today=today, sent=sent), "behind": held.behind}
    return render(request, "why/page.html", context, status=status)
