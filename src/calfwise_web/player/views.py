"""The guided session: its page, what phones send of it, and the same on paper."""

from collections.abc import Sequence
from http import HTTPStatus

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from calfwise.model.care.player_events import Happened
from calfwise.model.care.player_replay import Played
from calfwise.model.session import Session
from calfwise_web import access
from calfwise_web.journal.lines import home_of
from calfwise_web.player import pages, progress, queries, services
from calfwise_web.player.card import card_of
from calfwise_web.player.offline import kept_files
from calfwise_web.player.playable import why_not

MOST_EVENTS = 500
_sent = msgspec.json.Decoder(dict[str, list[msgspec.Raw]])


@require_safe
def session(request: HttpRequest, session: str) -> HttpResponse:
    """The player, with everything it needs to go on without a network."""
    journal = access.journal(request)
    plan = access.planned_session(request, session)
    now = timezone.now()
    played = queries.played(journal, plan)
    drawn, figures = pages.drawings_of(played.steps)
    reason = why_not(journal, plan, played, now=now, home=home_of(access.preferences(request)))
    data = pages.session_data(
        request, plan, played, figures=figures, why_not=reason, account=access.account_key(request), now=now
    )
    page = {"data": data, "drawings": list(drawn.values()), "plan": plan, "title": data["title"]}
    page["modules"] = [file for file in kept_files() if "/js/player/" in file]
    return render(request, "player/session.html", page)


@require_POST
def events(request: HttpRequest, session: str) -> HttpResponse:
    """Keep what a phone sends, and say what is held. On disk when the answer comes."""
    if request.headers.get("X-Account", access.account_key(request)) != access.account_key(request):
        return JsonResponse({"error": "another account is signed in here"}, status=HTTPStatus.FORBIDDEN)
    journal = access.journal(request)
    plan = access.planned_session(request, session)
    try:
        sent = _events(request.body)
    except (msgspec.DecodeError, msgspec.ValidationError) as wrong:
        return JsonResponse({"error": f"not understood: {wrong}"}, status=HTTPStatus.BAD_REQUEST)
    now = timezone.now()
    before = progress.held(journal)
    played = services.record(journal, plan, sent, now=now)
    heard_s = (now - before.heard_at).total_seconds() if before and before.session == plan.id else None
    return JsonResponse(pages.answer_of(played, heard_s=heard_s, next_url=_next(played)))


@require_safe
def card(request: HttpRequest, session: str) -> HttpResponse:
    """The session on paper."""
    plan = access.planned_session(request, session)
    if not isinstance(plan, Session):
        raise Http404
    at = plan.at.astimezone(home_of(access.preferences(request)))
    printed = card_of(plan, queries.queue_of(access.journal(request), plan.id), at=at)
    return render(request, "player/card.html", {"card": printed, "session": plan.id})


def _events(body: bytes) -> Sequence[Happened]:
    items = _sent.decode(body).get("events", [])
    if len(items) > MOST_EVENTS:
        raise msgspec.ValidationError(f"at most {MOST_EVENTS} events at once, {len(items)} came")
    sent = [services.read_sent(item) for item in items]
    if any(event.device == services.SERVER for event in sent):
        raise msgspec.ValidationError("that device is the server's own")
    return sent


def _next(played: Played) -> str | None:
    """Where the page leads when it is over."""
    if not played.is_over:
        return None
    if played.asks and not played.raised:
        return reverse("today:signs", args=[played.session.id])
    return reverse("home")
