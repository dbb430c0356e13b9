"""Settings: one page of cards, each with its own small form."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from calfwise_web import access
from calfwise_web.journal.lines import history_of, home_of, preferences_of
from calfwise_web.preferences import conditions as standing
from calfwise_web.preferences import forms, pages, services
from calfwise_web.yours.consent import TAKEN_BACK, keeps_health_notes

A_YEAR_S = 365 * 24 * 3600
SAVED, NO_NEWS = "Saved.", "That is how it was already."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything as it is."""
    return _page(request)


@require_POST
def about(request: HttpRequest) -> HttpResponse:
    journal = access.journal(request)
    prefers, now = preferences_of(journal), timezone.now()
    form = forms.AboutYou(
        request.POST,
        runner=history_of(journal).runner,
        unit=prefers.mass,
        today=now.astimezone(home_of(prefers)).date(),
    )
    if not form.is_valid():
        return _page(request, about=form)
    return _saved(request, "about", news=services.tell_about_runner(journal, form.facts, now=now))


@require_POST
def units(request: HttpRequest) -> HttpResponse:
    return _wished(request, "units", forms.HowItIsWritten(request.POST, prefers=access.preferences(request)))


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    return _wished(request, "place", forms.Place(request.POST, prefers=access.preferences(request)))


@require_POST
def kit(request: HttpRequest) -> HttpResponse:
    return _wished(request, "kit", forms.Kit(request.POST, prefers=access.preferences(request)))


@require_POST
def originals(request: HttpRequest) -> HttpResponse:
    return _wished(request, "originals", forms.Originals(request.POST, prefers=access.preferences(request)))


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Delete the originals that are here, once that was ticked."""
    if request.POST.get("sure") != "yes":
        messages.warning(request, "Nothing was deleted: please tick that you mean it, then press again.")
        return redirect(reverse("settings:page") + "#originals")
    count = services.discard_originals(access.journal(request))
    messages.success(request, f"{count:,} originals are deleted. What was read from them stays.")
    return redirect(reverse("settings:page") + "#originals")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie of this device, not in the journal."""
    form = forms.Theme(request.POST, theme="auto")
    if not form.is_valid():
        return _page(request, theme=form)
    answer = _saved(request, "look", news=True)
    answer.set_cookie(
        "theme",
        form.cleaned_data["theme"],
        max_age=A_YEAR_S,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


@require_POST
def conditions(request: HttpRequest) -> HttpResponse:
    """Answers to the standing questions, confirmed as of now."""
    journal = access.journal(request)
    history, now = history_of(journal), timezone.now()
    asked = standing.asked(history, now=now, home=home_of(history.prefers))
    form = forms.Conditions(request.POST, asked=[each for kind in asked.values() for each in kind])
    if form.is_valid() and not keeps_health_notes(history):
        form.add_error(None, TAKEN_BACK)
    if not form.is_valid():
        return _page(request, conditions=form)
    count = services.answer_conditions(journal, form.answers, now=now)
    return _saved(request, "conditions", news=bool(count))


@require_POST
def seen(request: HttpRequest, block: str) -> HttpResponse:
    """A professional's word about a condition that stays until then."""
    journal = access.journal(request)
    history, now = history_of(journal), timezone.now()
    if not standing.stays(block, history):
        raise Http404
    form = forms.WasSeen(request.POST, block=block, today=now.astimezone(home_of(history.prefers)).date())
    if form.is_valid() and not keeps_health_notes(history):
        form.add_error(None, TAKEN_BACK)
    if not form.is_valid():
        return _page(request, seen={block: form})
    said = form.cleaned_data
    fine = said["fine"] == "yes"
    services.was_seen(journal, block, by=said["by"], on=said["on"], fine=fine, now=now)
    messages.success(request, "Noted. Massage is open again, gently." if fine else "Noted. Massage stays locked.")
    return redirect(reverse("settings:page") + "#conditions")


def _wished(request: HttpRequest, card: str, form: Any) -> HttpResponse:
    if not form.is_valid():
        return _page(request, **{card: form})
    news = services.prefer(access.journal(request), form.wishes, now=timezone.now())
    return _saved(request, card, news=news)


def _saved(request: HttpRequest, card: str, *, news: bool) -> HttpResponse:
    messages.success(request, SAVED if news else NO_NEWS)
    return redirect(f"{reverse('settings:page')}#{card}")


def _page(request: HttpRequest, *, seen: dict[str, forms.WasSeen] | None = None, **sent: Any) -> HttpResponse:
    """All cards; the one that was just sent with what was typed in it."""
    journal = access.journal(request)
    history, prefers, now = history_of(journal), preferences_of(journal), timezone.now()
    home = home_of(prefers)
    here = now.astimezone(home)
    asked = standing.asked(history, now=now, home=home)
    form = sent.get("conditions") or forms.Conditions(asked=[each for kind in asked.values() for each in kind])
    shown = pages.Page(
        about=sent.get("about") or forms.AboutYou(runner=history.runner, unit=prefers.mass, today=here.date()),
        units=sent.get("units") or forms.HowItIsWritten(prefers=prefers),
        place=sent.get("place") or forms.Place(prefers=prefers),
        kit=sent.get("kit") or forms.Kit(prefers=prefers),
        theme=sent.get("theme") or forms.Theme(theme=request.COOKIES.get("theme", "auto")),
        originals=sent.get("originals") or forms.Originals(prefers=prefers),
        conditions=form,
        groups=pages.groups(form, asked),
        stays=pages.stays(history, now=now, bound=seen or {}, local=here),
        held=pages.held(journal),
        now=here,
        keeps_notes=keeps_health_notes(history),
        mass_unit=prefers.mass,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "preferences/page.html", {"page": shown}, status=status)
