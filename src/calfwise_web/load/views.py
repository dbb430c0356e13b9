"""What the calves took: one page, and the numbers of its charts. Both read one snapshot and no run."""

from http import HTTPStatus

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calfwise_web.load import charts, pages, queries
from calfwise_web.load.scope import scope_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page. One that waits for newer numbers asks again, and hears nothing while there are none."""
    held = queries.held(request)
    state = pages.state_of(held, now=timezone.now())
    if "HX-Request" in request.headers and request.GET.get("seen") == state.seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    shown = held.shown
    if shown is None or not shown.in_all.runs:
        return render(request, "load/nothing.html", {"state": state})
    shaped = pages.load_page(shown, scope=scope_of(request.GET.get("by")))
    return render(request, "load/page.html", {"state": state, "page": shaped})


@require_safe
def data(request: HttpRequest, of: str, by: str) -> HttpResponse:
    """A chart's numbers. Nobody keeps them on the way (no-store), so there is nothing to ask again about."""
    chart = charts.CHARTS.get(of)
    if chart is None:
        raise Http404
    payload = chart(queries.shown(request), scope_of(by))
    return HttpResponse(msgspec.json.encode(payload), content_type="application/json")
