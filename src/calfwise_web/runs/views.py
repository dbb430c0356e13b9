"""The list of runs, one run, and what the runner says of them."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import msgspec
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from calfwise.model.run import Span
from calfwise.model.runner import Shoe
from calfwise_web import access
from calfwise_web.journal.lines import home_of
from calfwise_web.journal.models import Run
from calfwise_web.journal.originals import place_of
from calfwise_web.runs import charts, forms, pages, queries, run_page, services
from calfwise_web.runs.closer import can_look_closer
from calfwise_web.runs.closer_page import closer_page
from calfwise_web.runs.compared import Before
from calfwise_web.runs.wanted import chosen, wanted_from_query, wanted_of
from calfwise_web.shoes.queries import shoes_of
from calfwise_web.templatetags.words import counted
from calfwise_web.units import Units, units_of

A_PAGE = 50
MOST_DIGITS = 7
"""Of the seconds of a run."""
CHANGED = "runs-changed"
"""In the session until it is shown: when runs were last changed and how many, so that it can be undone."""


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The list, as its address asks."""
    head = queries.head(request)
    work = queries.at_work(request)
    if not head.runs:
        return render(request, "runs/none.html", {"work": work})
    wanted = wanted_of(request.GET.dict(), shoes=head.shoes)
    found = Paginator(queries.listed(chosen(access.runs(request), wanted, shoes=head.shoes)), A_PAGE)
    if wanted.is_all and not wanted.duplicates:
        found.count = head.runs
    page = found.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": pages.rows_of(page.object_list, units=Units(head.distance), shoes=head.shoes),
        "headings": pages.headings(wanted),
        "filters": pages.filters(wanted, years=head.years, shoes=head.shoes),
        "changes": pages.changes(head.shoes),
        "all": wanted.is_all,
        "work": work,
        "changed": request.session.pop(CHANGED, None) if CHANGED in request.session else None,
    }
    return render(request, "runs/list.html", context)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Say the same of the ticked runs."""
    journal = access.journal(request)
    shoes = shoes_of(journal)
    chosen_runs = access.chosen_runs(request, forms.keys_of(request.POST))
    form = forms.Several(request.POST, shoes=shoes)
    if not chosen_runs:
        messages.info(request, "No run is ticked, so nothing was changed.")
    elif not form.is_valid():
        messages.error(request, "That choice is not on the list, so nothing was changed. Choose again.")
    elif not form.facts():
        messages.info(request, "Say what to change first: shoe, surface, kind, or counting.")
    else:
        at, number = services.describe(journal, chosen_runs, form.facts(), now=timezone.now())
        _tell(request, at, number)
    return _back_to_list(request)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """What was said of these runs before holds again."""
    said_at = _moment(request.POST.get("at", ""))
    journal = access.journal(request)
    number = services.take_back(journal, said_at, now=timezone.now()) if said_at else 0
    if number:
        messages.success(request, f"{counted(number, 'run is,runs are')} as before.")
    else:
        messages.info(request, "There is nothing left to undo.")
    return _back_to_list(request)


def _tell(request: HttpRequest, at: datetime, number: int) -> None:
    if number:
        request.session[CHANGED] = {"at": at.isoformat(), "words": f"{counted(number, 'run,runs')} changed."}
    else:
        messages.info(request, "These runs said so already, so nothing was changed.")


def _back_to_list(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    query = wanted_from_query(request.POST.get("back", ""), shoes=shoes_of(access.journal(request))).query()
    return HttpResponseRedirect(reverse("runs:list") + (f"?{query}" if query else ""))


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


@require_safe
def run(request: HttpRequest, key: UUID) -> HttpResponse:
    """One run."""
    run = access.run(request, key)
    journal = access.journal(request)
    shoes = shoes_of(journal)
    form = forms.OneRun(None, about=queries.about_runs(journal).get(run.run_id), shoes=shoes)
    return render(request, "runs/run.html", {"run": _page(request, run, shoes), "form": form})


def _page(request: HttpRequest, run: Run, shoes: tuple[Shoe, ...]) -> run_page.RunPage:
    journal = access.journal(request)
    preferences = access.preferences(request)
    story = queries.story(request)
    read = queries.read(run, journal, shoes=shoes, story=story)
    return run_page.run_page(
        run,
        read,
        queries.series(run, journal),
        before=queries.before(run, journal, read.load, story=story) if read else Before(),
        story=story,
        units=units_of(preferences),
        home=home_of(preferences),
        twins=tuple(run.twins.all()),
        beside=queries.beside(access.runs(request), run),
    )


@require_POST
def describe(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the runner says of this run."""
    run = access.run(request, key)
    journal = access.journal(request)
    shoes = shoes_of(journal)
    form = forms.OneRun(request.POST, about=queries.about_runs(journal).get(run.run_id), shoes=shoes)
    if not form.is_valid():
        page = {"run": _page(request, run, shoes), "form": form}
        return render(request, "runs/run.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _, number = services.describe(journal, [run], form.facts(), now=timezone.now())
    messages.success(request, "Saved." if number else "Nothing was different, so nothing was changed.")
    return HttpResponseRedirect(reverse("runs:run", args=[run.key]))


@require_safe
def series(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """A figure's numbers: of the whole run, or of a stretch of it second by second."""
    figure = charts.FIGURES.get(name)
    run = access.run(request, key)
    journal = access.journal(request)
    within = _asked_stretch(request)
    held = queries.series(run, journal) if within is None else queries.stretch(run, journal, within)
    if figure is None or held is None:
        raise Http404
    story = queries.story(request)
    read = queries.read(run, journal, shoes=shoes_of(journal), story=story)
    drawn = charts.Drawn(
        held,
        units_of(access.preferences(request)),
        queries.easy_speed(run, journal) if figure.floor else None,
        *((read.ground, read.achilles) if read else ()),
    )
    closer = within is None and can_look_closer(run)
    return HttpResponse(
        msgspec.json.encode(charts.payload(drawn, figure, closer=closer)), content_type="application/json"
    )


def _asked_stretch(request: HttpRequest) -> Span | None:
    """The stretch that an address asks for; `None` for the whole run, and for what makes no sense."""
    asked = (request.GET.get("from", ""), request.GET.get("to", ""))
    if not all(each.isascii() and each.isdigit() and len(each) <= MOST_DIGITS for each in asked):
        return None
    start_s, end_s = map(int, asked)
    return Span(float(start_s), float(end_s)) if start_s < end_s else None


@require_safe
def closer(request: HttpRequest, key: UUID) -> HttpResponse:
    """A stretch of a run, second by second."""
    run = access.run(request, key)
    within = _asked_stretch(request)
    if within is None:
        return HttpResponseRedirect(reverse("runs:run", args=[run.key]))
    journal = access.journal(request)
    preferences = access.preferences(request)
    page = closer_page(
        run,
        queries.read(run, journal, shoes=shoes_of(journal), story=queries.story(request)),
        queries.stretch(run, journal, within),
        within,
        queries.series(run, journal),
        easy_speed_mps=queries.easy_speed(run, journal),
        units=units_of(preferences),
        home=home_of(preferences),
    )
    return render(request, "runs/closer.html", {"run": page})


@require_safe
def original(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The recording as it was brought, byte for byte."""
    run = access.run(request, key)
    place = place_of(access.journal(request).key, run.recording.digest)
    if not run.recording.kept or not place.is_file():
        return render(request, "runs/original_gone.html", {"key": run.key}, status=HTTPStatus.NOT_FOUND)
    return FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=run_page.file_name(run.recording.name),
        content_type="application/octet-stream",
    )
