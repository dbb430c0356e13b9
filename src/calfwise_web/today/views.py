"""Today: how the calves feel, and what comes of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "today/page.html", {})


@require_POST
def check_in(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def again(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def signs(request: HttpRequest, session: str) -> HttpResponse:
    raise Http404
