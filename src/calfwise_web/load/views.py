"""What the calves took: one page, its days, and its charts' numbers and pictures. All read snapshots."""

from http import HTTPStatus

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calfwise_web.load import charts, csv_file, day_page, over_time, pages, queries, svg
from calfwise_web.load.scope import Scope, scope_of
from calfwise_web.load.seen import Seen, seen_of
from calfwise_web.load.window import Asked, day_of

CSV = "text/csv; charset=utf-8"
SVG = "image/svg+xml"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page. One that waits for newer numbers asks again, and hears nothing while there are none."""
    held = queries.held(request)
    state = pages.state_of(held, now=timezone.now())
    if "HX-Request" in request.headers and request.GET.get("seen") == state.seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    seen = seen_of(held, _asked(request, request.GET.get("by")))
    if seen is None:
        return render(request, "load/nothing.html", {"state": state})
    context = {"state": state, "page": pages.load_page(seen.shown), "over": over_time.over_time(seen)}
    return render(request, "load/page.html", context)


@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """One day, and its runs."""
    asked = day_of(day)
    if asked is None:
        raise Http404
    seen = seen_of(queries.told(request), Asked(Scope.DAYS, asked))
    shaped = day_page.day_page(seen, asked, queries.runs_on(request, asked)) if seen else None
    return render(request, "load/day.html", {"page": shaped, "day": asked})


@require_safe
def data(request: HttpRequest, of: str, by: str) -> HttpResponse:
    """A chart's numbers. Nobody keeps them on the way (no-store), so there is nothing to ask again about."""
    figure, seen = _figure(of), _seen(request, by)
    payload = charts.empty() if seen is None else figure.made(seen)
    return HttpResponse(msgspec.json.encode(payload), content_type="application/json")


@require_safe
def picture(request: HttpRequest, of: str, by: str) -> HttpResponse:
    """A chart as an SVG file."""
    figure, seen = _figure(of), _seen(request, by)
    if seen is None:
        raise Http404
    title, days = over_time.title_of(seen, figure), over_time.days_said(seen)
    drawn = svg.drawing(figure.made(seen), title=title, subtitle=days)
    return _file(drawn.encode(), SVG, over_time.file_name(seen, of, "svg"))


@require_safe
def table(request: HttpRequest, by: str) -> HttpResponse:
    """What the charts show, as CSV."""
    seen = _seen(request, by)
    if seen is None:
        raise Http404
    return _file(csv_file.of_window(seen), CSV, over_time.file_name(seen, "", "csv"))


@require_safe
def all_days(request: HttpRequest) -> HttpResponse:
    """Every day, as CSV."""
    seen = _seen(request, "all")
    if seen is None:
        raise Http404
    return _file(csv_file.of_all_days(seen), CSV, "calfwise-all-days.csv")


def _figure(of: str) -> charts.Figure:
    figure = charts.FIGURES.get(of)
    if figure is None:
        raise Http404
    return figure


def _seen(request: HttpRequest, by: str) -> Seen | None:
    return seen_of(queries.told(request), _asked(request, by))


def _asked(request: HttpRequest, by: str | None) -> Asked:
    """The window that an address asks for."""
    return Asked(scope_of(by), day_of(request.GET.get("from")), day_of(request.GET.get("chosen")))


def _file(body: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
