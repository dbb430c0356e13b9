"""When somebody should look at it: what to take along, and what they said."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from calfwise.library import gate
from calfwise.model.care.screening import locked_before
from calfwise_web import access
from calfwise_web.journal.lines import events_of, history_of, home_of
from calfwise_web.load.snapshot import PAGE as LOAD
from calfwise_web.load.snapshot import shown_of
from calfwise_web.today import services
from calfwise_web.today.for_professional import paper_of
from calfwise_web.today.locks import locked_days
from calfwise_web.today.referral import referral_card
from calfwise_web.today.seen import LegSeen
from calfwise_web.today.snapshot import PAGE as TODAY
from calfwise_web.today.snapshot import today_of
from calfwise_web.today.why import legs_said
from calfwise_web.yours.consent import TAKEN_BACK, keeps_health_notes

__all__ = ["locked_days", "professional", "referral_card", "seen"]


@require_safe
def professional(request: HttpRequest) -> HttpResponse:
    """Answers, history and load on one or two pages of paper."""
    rows = access.snapshots(request, TODAY, LOAD)
    today = today_of(rows[TODAY].body) if TODAY in rows else None
    load = shown_of(rows[LOAD].body) if LOAD in rows else None
    journal = access.journal(request)
    paper = paper_of(events_of(journal), today=today, load=load, now=timezone.now())
    return render(request, "today/professional.html", {"paper": paper})


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """A professional's word about locked legs."""
    journal, now = access.journal(request), timezone.now()
    history = history_of(journal)
    here = now.astimezone(home_of(history.prefers))
    locks = locked_before(gate=gate(), history=history, now=here)
    if not locks:
        messages.info(request, "No leg is locked any more. A check-in says what comes next.")
        return redirect("home")
    form = LegSeen(request.POST, locks=locks, today=here.date())
    if form.is_valid() and not keeps_health_notes(history):
        form.add_error(None, TAKEN_BACK)
    if not form.is_valid():
        return render(request, "today/seen.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    services.was_seen(journal, by=said["by"], on=said["on"], fine=form.says_fine, side=form.side, now=now)
    legs = legs_said((form.side,) if form.side else (), your=False)
    opened = f"Noted. Massage of {legs} is open again, gently. A check-in says what comes next."
    stays = f"Noted. Massage of {legs} stays locked until they say it is fine."
    messages.success(request, opened if form.says_fine else stays)
    return redirect("home")
