"""Today: how the calves feel, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calfwise.model.journal import Consent
from calfwise_web import access
from calfwise_web.journal.lines import events_of, home_of
from calfwise_web.journal.reading import decoded
from calfwise_web.player import progress as playing
from calfwise_web.player.progress import Progress
from calfwise_web.today import asking, forms, mornings, pages, referrals, services, snapshot
from calfwise_web.today.pages import Page
from calfwise_web.today.snapshot import Today
from calfwise_web.weeks import queries as weeks
from calfwise_web.weeks.one_thing import OneThing, one_thing
from calfwise_web.weeks.shown import NEAR_PAGE
from calfwise_web.why import snapshot as why
from calfwise_web.why.words import due_again, worth_a_look
from calfwise_web.yours.consent import TAKEN_BACK, is_taken_back

ASK_ANEW = "Your answers are a while old. Please answer once more, then it is planned anew."
ALL_OR_NONE = "Please answer each line, or “None of these”."


@dataclass(frozen=True)
class Seen:
    """What Today rests on: one question to the database."""

    today: Today
    progress: Progress | None
    now: datetime
    home: tzinfo
    worth_a_look: str = ""
    """What may lie behind sore calves, in a line."""
    due_again: str = ""
    """Self-tests that are due again, in a line."""
    one_thing: OneThing | None = None
    """Of the weeks ahead."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Today at this hour."""
    seen = _seen(request)
    return _shown(request, seen, pages.page_of(seen.today, seen.progress, now=seen.now, home=seen.home))


@require_safe
def again(request: HttpRequest) -> HttpResponse:
    """The form, though today was answered."""
    seen = _seen(request)
    page = pages.asking_again(seen.today, seen.progress, now=seen.now, home=seen.home)
    return _shown(request, seen, page, again=True)


@require_POST
def check_in(request: HttpRequest) -> HttpResponse:
    """Keep what was said, have it screened and planned; or plan anew with other things at hand."""
    if "replan" in request.POST:
        return _plan_again(request)
    seen = _seen(request)
    form = forms.read_check_in(request.POST, asked=seen.today.asked)
    errors = form.errors | _consent(request)
    if errors:
        page = pages.refused(seen.today, form.typed, errors, now=seen.now, home=seen.home)
        return _shown(request, seen, page, again=True, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    services.check_in(
        access.journal(request),
        soreness=form.soreness,
        spots=form.spots,
        answers=form.answers,
        search=form.typed.search,
        wishes=form.wishes,
        now=seen.now,
    )
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
def signs(request: HttpRequest, session: str) -> HttpResponse:
    """After a stop: the signs that its reason asks about, before anything else."""
    access.planned_session(request, session)
    seen = _seen(request)
    stopped = seen.progress
    if stopped is None or stopped.session != session or not stopped.asks or not stopped.over:
        return redirect("home")
    errors = _consent(request) if request.method == "POST" else {}
    answers = forms.read_signs(request.POST, asked=stopped.asks)
    if request.method == "POST" and not errors and set(answers) == set(stopped.asks):
        services.answer_signs(access.journal(request), answers, now=seen.now)
        return redirect("home")
    if request.method == "POST" and not errors:
        errors = {"signs": ALL_OR_NONE}
    context = {
        "session": session,
        "stopped": pages.stopped_said(stopped.reason or ""),
        "lines": [asking.line_markup(id_, answers.get(id_, "")) for id_ in stopped.asks],
        "errors": list(errors.values()),
    }
    return render(request, "today/signs.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else None)


def _plan_again(request: HttpRequest) -> HttpResponse:
    wishes, wrong = forms.wishes_posted(request.POST)
    wrong = wrong or next(iter(_consent(request).values()), "")
    if wrong:
        messages.error(request, wrong)
        return redirect("home")
    if not services.plan_again(access.journal(request), wishes, now=timezone.now()):
        messages.info(request, ASK_ANEW)
        return redirect("today:again")
    return redirect("home")


def _seen(request: HttpRequest) -> Seen:
    rows = access.snapshots(request, snapshot.PAGE, playing.PAGE, why.PAGE, NEAR_PAGE)
    now = timezone.now()
    row, played = rows.get(snapshot.PAGE), rows.get(playing.PAGE)
    today = decoded(row, snapshot.today_of)
    if today is None:
        prefers = access.preferences(request)
        today = pages.nobody_yet(prefers, now=now, home=home_of(prefers))
    progress = playing.progress_of(played.body) if played else None
    home = home_of(today.prefers)
    causes_shown = decoded(rows.get(why.PAGE), why.shown_of)
    day = now.astimezone(home).date()
    worth = worth_a_look(causes_shown, today=day)
    thing = one_thing(weeks.near(rows.get(NEAR_PAGE)), today=day)
    return Seen(today, progress, now, home, worth, due_again(causes_shown), thing)


def _shown(
    request: HttpRequest, seen: Seen, page: Page, *, again: bool = False, status: int | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "page": page,
        "worth_a_look": seen.worth_a_look,
        "due_again": seen.due_again,
        "one_thing": seen.one_thing,
        "again": again,
        "morning": None if again else mornings.morning_card(seen.today, now=seen.now),
        "referral": None if again else referrals.referral_card(seen.today, now=seen.now),
        "locked": referrals.locked_days(seen.today, now=seen.now),
    }
    return render(request, "today/page.html", context, status=status)


def _consent(request: HttpRequest) -> dict[str, str]:
    """Why nothing may be kept, if it may not."""
    consents = [each for each in events_of(access.journal(request), "consent") if isinstance(each, Consent)]
    return {"consent": TAKEN_BACK} if is_taken_back(consents) else {}
