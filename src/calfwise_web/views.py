"""Pages that belong to no feature."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    return render(request, "more.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive; says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")
