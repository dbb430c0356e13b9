"""The next run, before it is run. A GET that keeps nothing: whoever asks ten times has run no step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calfwise_web.next_run import pages, queries
from calfwise_web.next_run.forms import asked_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form and its answer; to a form that asks while somebody types, the answer alone."""
    held = queries.held(request, now=timezone.now())
    asked = asked_of(request.GET, ready=held.ready, today=held.now.date())
    shown = pages.page_of(held, asked)
    part = "HX-Request" in request.headers
    return render(request, "next_run/_answer.html" if part else "next_run/page.html", {"page": shown, "part": part})
