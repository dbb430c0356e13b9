"""Spots, the story of one, and History. All read snapshots only."""

from datetime import datetime

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calfwise import library
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Spot
from calfwise_web.journal.lines import home_of
from calfwise_web.load.scope import scope_of
from calfwise_web.spots import axis, charts, diary, pages, queries, story
from calfwise_web.spots.life import life_of
from calfwise_web.spots.snapshot import Spots


@require_safe
def spots(request: HttpRequest) -> HttpResponse:
    """Every spot, on the map and in a list."""
    held = queries.held(request)
    shown = held.spots
    if shown is None or not shown.places:
        return render(request, "spots/none.html", {"behind": held.behind})
    page = pages.spots_page(shown, now=_now(shown))
    return render(request, "spots/list.html", {"page": page, "behind": held.behind})


@require_safe
def spot(request: HttpRequest, side: str, zone: str) -> HttpResponse:
    """One spot's story."""
    asked = _spot(side, zone)
    held = queries.held(request)
    life = life_of(held.spots, asked)
    now = _now(held.spots) if held.spots else timezone.now()
    closed = held.spots.closed if held.spots else ()
    context = {
        "page": story.spot_page(asked, life, closed=closed, now=now),
        "story": story.story(life, page=request.GET.get("page")) if life else None,
        "behind": held.behind,
    }
    return render(request, "spots/spot.html", context)


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Sessions and soreness on the load axis."""
    held = queries.held_with_load(request)
    shown, scope = held.spots, scope_of(request.GET.get("by"))
    if shown is None or not (shown.sessions or shown.words or shown.practised):
        return render(request, "spots/no_history.html", {"behind": held.behind})
    stretches = axis.stretches_of(shown, held.load, scope)
    context = {
        "page": diary.history_page(shown, held.load, stretches, scope=scope),
        "diary": diary.diary(shown, page=request.GET.get("page")),
        "behind": held.behind,
    }
    return render(request, "spots/history.html", context)


@require_safe
def data(request: HttpRequest, of: str, by: str) -> HttpResponse:
    """A chart's numbers: `soreness` and `load` by days, weeks, year or all; `tenderness` by `left:medial-upper`."""
    if of == "tenderness":
        side, _, zone = by.partition(":")
        asked = _spot(side, zone)
        chart = charts.tenderness(life_of(queries.held(request).spots, asked))
    elif of in charts.HISTORY:
        held = queries.held_with_load(request)
        chart = charts.HISTORY[of](axis.stretches_of(held.spots, held.load, scope_of(by)) if held.spots else [])
    else:
        raise Http404
    return HttpResponse(msgspec.json.encode(chart), content_type="application/json")


def _spot(side: str, zone: str) -> Spot:
    if side not in BOTH_SIDES or zone not in library.content().zones:
        raise Http404
    return Spot(Side(side), zone)


def _now(shown: Spots) -> datetime:
    """On the runner's own clock."""
    return timezone.now().astimezone(home_of(shown.prefers))
