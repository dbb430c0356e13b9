"""Pages that belong to no feature."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from calfwise_web import access
from calfwise_web.imports import queries
from calfwise_web.imports.views import progress_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where one lands: the load of the runs that are here, else how to bring some."""
    if access.runs(request).exists():
        return HttpResponseRedirect(reverse("load:page"))
    under_way = queries.active(access.batches(request)).first()
    return render(request, "welcome.html", {"progress": progress_of(under_way) if under_way else None})


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    return render(request, "more.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive; says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")
