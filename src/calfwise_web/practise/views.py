"""Routines: all of them, one of them, and a practice planned from it."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.journal import Consent
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Practice, Soreness
from calfwise_web import access
from calfwise_web.journal.lines import events_of, home_of
from calfwise_web.journal.models import Journal
from calfwise_web.player import progress
from calfwise_web.player import queries as played
from calfwise_web.practise import pages, queries, services
from calfwise_web.practise.shapes import SHAPES, Shape
from calfwise_web.today.asking import SCALE
from calfwise_web.yours.consent import TAKEN_BACK, is_taken_back

FELT = "Say how your calves felt in the meantime, from 0, nothing, to 10, the worst there is."
BOTH_LEGS = "Say it for both legs, 0 to 10 each: 0 is nothing, 10 the worst there is."


@require_safe
def routines(request: HttpRequest) -> HttpResponse:
    """All routines, and which suit today."""
    ground, now = queries.held(request), _now(request)
    offers = queries.offers(queries.history_of(access.journal(request)), ground, now=now)
    page = {"cards": pages.cards_of(offers, ground, now=now), "shut": pages.shut_said(offers)}
    return render(request, "practise/list.html", page)


@require_safe
def routine(request: HttpRequest, routine: str) -> HttpResponse:
    """One routine: what it is for, how it goes, how sure that is, and what was done of it."""
    return _shown(request, _known(routine))


@require_POST
def soreness(request: HttpRequest, routine: str) -> HttpResponse:
    """How the calves feel today, where nobody said; then the routine again."""
    known = _known(routine)
    typed = {side: request.POST.get(side.value, "") for side in BOTH_SIDES}
    error = BOTH_LEGS if any(value not in SCALE for value in typed.values()) else _consent(request)
    if error:
        return _shown(request, known, felt=typed, error=error)
    felt = Soreness(int(typed[Side.LEFT]), int(typed[Side.RIGHT]))
    services.say_soreness(access.journal(request), felt, now=_now(request))
    return redirect("practise:routine", routine=known)


@require_POST
def start(request: HttpRequest, routine: str) -> HttpResponse:
    """Plan it for now, and play it."""
    known = _known(routine)
    if taken_back := _consent(request):
        messages.error(request, taken_back)
        return redirect("practise:routine", routine=known)
    planned = services.plan(access.journal(request), known, shape=_shape(request), now=_now(request))
    if isinstance(planned, Reason):
        messages.warning(request, planned.text)
        return redirect("practise:routine", routine=known)
    return redirect("player:session", session=planned.id)


@require_POST
def done(request: HttpRequest, routine: str) -> HttpResponse:
    """It was done today without the player, at a gym or beside a wall."""
    known = _known(routine)
    felt = request.POST.get("felt", "")
    error = FELT if felt not in SCALE else _consent(request)
    if error:
        return _shown(request, known, error=error)
    told = services.done_without_the_player(access.journal(request), known, felt_nrs=int(felt), now=_now(request))
    messages.success(request, told)
    return redirect("practise:routine", routine=known)


def _shown(request: HttpRequest, routine: str, *, felt: dict[Side, str] | None = None, error: str = "") -> HttpResponse:
    ground, now = queries.held(request), _now(request)
    journal = access.journal(request)
    history = queries.history_of(journal)
    planned = _planned(journal, routine, now=now)
    page = pages.page_of(
        queries.offer(routine, history, ground, now=now),
        history,
        ground,
        planned=planned,
        felt=felt or {},
        error=error,
        now=now,
    )
    on = progress.held(journal) if planned else None
    begun = planned is not None and on is not None and on.session == planned.id
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else None
    return render(request, "practise/routine.html", {"page": page, "begun": begun}, status=status)


def _planned(journal: Journal, routine: str, *, now: datetime) -> Practice | None:
    """What was planned of it today and is not done."""
    last = queries.planned_today(journal, now=now)
    is_open = last is not None and last.routine == routine and not played.is_ended(journal, last.id)
    return last if is_open else None


def _known(routine: str) -> str:
    if routine not in library.player().routines:
        raise Http404
    return routine


def _shape(request: HttpRequest) -> Shape | None:
    wanted = request.POST.get("shape", "")
    return next((shape for shape in SHAPES if shape == wanted), None)


def _now(request: HttpRequest) -> datetime:
    """On the runner's own clock."""
    return timezone.now().astimezone(home_of(access.preferences(request)))


def _consent(request: HttpRequest) -> str:
    """Why nothing may be kept, if it may not."""
    consents = [each for each in events_of(access.journal(request), "consent") if isinstance(each, Consent)]
    return TAKEN_BACK if is_taken_back(consents) else ""
