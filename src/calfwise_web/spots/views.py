"""Spots and history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def spots(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def spot(request: HttpRequest, side: str, zone: str) -> HttpResponse:
    raise Http404


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def data(request: HttpRequest, of: str, by: str) -> HttpResponse:
    raise Http404
