"""Is it working: one page, its charts' numbers, and a table to take along. All read one snapshot."""

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calfwise_web.day_chart import Chart, days_of
from calfwise_web.working import charts, csv_file, pages, queries

NOTHING_YET = Chart(days_of([]), [], empty=charts.NO_RATE)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page, from its snapshot alone."""
    held = queries.held(request)
    if held.shown is None or (held.shown.answer.began is None and not held.shown.runs):
        return render(request, "working/none.html", {"behind": held.behind})
    return render(request, "working/page.html", {"page": pages.working_page(held.shown), "behind": held.behind})


@require_safe
def data(request: HttpRequest, of: str) -> HttpResponse:
    """A chart's numbers: `rate`, `mornings`, `weeks` or `years`."""
    made = charts.CHARTS.get(of)
    if made is None:
        raise Http404
    shown = queries.held(request).shown
    chart = NOTHING_YET if shown is None else made(shown)
    return HttpResponse(msgspec.json.encode(chart), content_type="application/json")


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every four weeks, as CSV."""
    shown = queries.held(request).shown
    if shown is None:
        raise Http404
    return HttpResponse(
        csv_file.of_windows(shown),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="calfwise-is-it-working.csv"'},
    )
