"""Pairs in use and laid aside."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calfwise.model.runner import Shoe
from calfwise_web import access
from calfwise_web.journal.lines import home_of
from calfwise_web.shoes import forms, pages, queries, services
from calfwise_web.shoes.snapshot import Gear, gear_from
from calfwise_web.templatetags.words import counted
from calfwise_web.units import units_of


@require_safe
def shoes(request: HttpRequest) -> HttpResponse:
    """All pairs, with what runs add up to."""
    page = pages.shoes_page(
        queries.shoes_of(access.journal(request)),
        worn=queries.worn(access.runs(request)),
        gear=_gear(request),
        units=units_of(access.preferences(request)),
    )
    return render(request, "shoes/list.html", {"shoes": page})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new pair; an address may propose its name and first day."""
    if request.method != "POST":
        proposed = {name: request.GET[name][: forms.LONGEST_NAME] for name in ("name", "since") if name in request.GET}
        return render(request, "shoes/pair.html", {"form": forms.Pair(initial=proposed)})
    return _save(request, forms.Pair(request.POST), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """What is known of a pair."""
    shoe = _shoe(request, key)
    if request.method != "POST":
        return render(request, "shoes/pair.html", {"form": forms.Pair(shoe=shoe), "shoe": shoe, "key": key})
    return _save(request, forms.Pair(request.POST, shoe=shoe), shoe)


def _save(request: HttpRequest, form: forms.Pair, shoe: Shoe | None) -> HttpResponse:
    if not form.is_valid():
        page = {"form": form, "shoe": shoe, "key": pages.key_of(shoe.id) if shoe else ""}
        return render(request, "shoes/pair.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    saved = form.shoe()
    services.save(access.journal(request), saved, now=timezone.now())
    messages.success(request, f"{saved.name} is saved.")
    return _to_list()


@require_POST
def aside(request: HttpRequest, key: str) -> HttpResponse:
    """No longer worn."""
    shoe, now = _shoe(request, key), timezone.now()
    today = now.astimezone(home_of(access.preferences(request))).date()
    services.lay_aside(access.journal(request), shoe, today=today, now=now)
    messages.success(request, f"{shoe.name} is laid aside. Its runs stay its own.")
    return _to_list()


@require_POST
def default(request: HttpRequest, key: str) -> HttpResponse:
    """Worn whenever nothing else is said."""
    shoe = _shoe(request, key)
    services.make_default(access.journal(request), shoe, now=timezone.now())
    messages.success(request, f"{shoe.name} is the default. Runs of its time that name no pair count for it.")
    return _to_list()


@require_POST
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """A pair noted by mistake."""
    shoe = _shoe(request, key)
    try:
        services.take_back(access.journal(request), shoe, gear=_gear(request), now=timezone.now())
    except services.StillNamedError as named:
        said = counted(named.runs, "run says it was,runs say they were")
        messages.warning(request, f"{said} run in {shoe.name}, so it stays. You can lay it aside instead.")
        return HttpResponseRedirect(reverse("shoes:edit", args=[key]))
    messages.success(request, f"{shoe.name} is taken back. Runs that it had by their day went to your other pairs.")
    return _to_list()


def _shoe(request: HttpRequest, key: str) -> Shoe:
    """One of this journal's pairs. 404 for any other key."""
    for shoe in queries.shoes_of(access.journal(request)):
        if pages.key_of(shoe.id) == key:
            return shoe
    raise Http404


def _gear(request: HttpRequest) -> tuple[Gear, ...]:
    snapshot = access.snapshot(request, "gear")
    return gear_from(snapshot.body) if snapshot else ()


def _to_list() -> HttpResponse:
    return HttpResponseRedirect(reverse("shoes:list"))
