"""The weeks ahead: one form before any wish, then the plan; what is wanted is changed and ended by a POST alone."""

from datetime import date, timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calfwise.model.journal import Consent
from calfwise.model.weeks import WeeksWish
from calfwise_web import access
from calfwise_web.journal.lines import events_of
from calfwise_web.load.spans import WEEK_DAYS
from calfwise_web.weeks import forms, pages, paper_week, queries, services
from calfwise_web.weeks.queries import Held
from calfwise_web.yours.consent import TAKEN_BACK, is_taken_back

NOT_SO_MANY = "These weeks have no such day. Nothing was changed."
NO_WEEKS = "There are no weeks ahead just now. Say what you want of them first."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The plan; before any wish, its form."""
    held = queries.held(request, now=timezone.now())
    wish = held.shown.wish
    if wish is None:
        return _asked(request, _form(held, None), before=None)
    asked = pages.asked_day(request.GET.get("week", ""))
    context = {
        "page": pages.page_of(held.shown, wish, today=held.today, asked=asked),
        "behind": held.behind,
        "agreed": forms.Agreement(today=held.today),
    }
    return render(request, "weeks/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """What is wanted: the form, filled with what was said last; a POST keeps it."""
    held = queries.held(request, now=timezone.now())
    before = queries.present_wish(access.journal(request))
    if request.method != "POST":
        return _asked(request, _form(held, before), before=before)
    form = _form(held, before, request)
    if not form.is_valid():
        return _asked(request, form, before=before, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if _refused(request):
        return _asked(request, form, before=before, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    services.want(access.journal(request), form.wish(), now=timezone.now())
    return redirect("weeks:page")


@require_POST
def agreed(request: HttpRequest) -> HttpResponse:
    """Who has agreed to a return, and when."""
    held = queries.held(request, now=timezone.now())
    before = queries.present_wish(access.journal(request))
    if before is None:
        return _nothing(request)
    form = forms.Agreement(request.POST, today=held.today)
    if not form.is_valid() or _refused(request):
        shown = pages.page_of(held.shown, before, today=held.today)
        context = {"page": shown, "behind": held.behind, "agreed": form}
        return render(request, "weeks/page.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    services.want(access.journal(request), forms.with_agreement(before, form), now=timezone.now())
    return redirect("weeks:page")


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """No weeks ahead any more."""
    journal = access.journal(request)
    if queries.present_wish(journal) is None:
        return _nothing(request)
    if not _refused(request):
        services.want(journal, None, now=timezone.now())
        messages.success(request, "The weeks are ended. What you did stays in your journal.")
    return redirect("weeks:page")


@require_POST
def not_on(request: HttpRequest) -> HttpResponse:
    """A day does not suit, or the rest of a week; or it does again."""
    now = timezone.now()
    journal = access.journal(request)
    before = queries.present_wish(journal)
    if before is None:
        return _nothing(request)
    today = queries.held(request, now=now).today
    days = _days(request, before, today)
    if not days:
        messages.error(request, NOT_SO_MANY)
    elif not _refused(request):
        change = services.take_up if "again" in request.POST else services.leave
        change(journal, before, days, now=now)
    return redirect("home" if request.POST.get("from") == "today" else "weeks:page")


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """One week on one page, to print."""
    held = queries.held(request, now=timezone.now())
    if held.shown.wish is None:
        return redirect("weeks:page")
    asked = pages.asked_day(request.GET.get("week", ""))
    shown = pages.page_of(held.shown, held.shown.wish, today=held.today, asked=asked)
    return render(request, "weeks/print.html", {"page": shown, "paper": paper_week.of(shown, today=held.today)})


def _days(request: HttpRequest, wish: WeeksWish, today: date) -> tuple[date, ...]:
    """The days that are meant: one, or from it to the end of its week; none outside these weeks, or over."""
    first = pages.asked_day(request.POST.get("day", ""))
    if first is None:
        return ()
    ends = wish.begins + timedelta(weeks=wish.weeks)
    last = first
    if request.POST.get("whole") == "week":
        last = first + timedelta(days=WEEK_DAYS - 1 - (first - wish.begins).days % WEEK_DAYS)
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return tuple(day for day in days if max(today, wish.begins) <= day < ends)


def _form(held: Held, before: WeeksWish | None, request: HttpRequest | None = None) -> forms.Wish:
    sent = request.POST if request is not None else None
    return forms.Wish(sent, today=held.today, usual_days=held.shown.usual_days, before=before)


def _asked(
    request: HttpRequest, form: forms.Wish, *, before: WeeksWish | None, status: int | None = None
) -> HttpResponse:
    context = {"form": form, "before": before, "goals": _goals(form)}
    return render(request, "weeks/wish.html", context, status=status)


def _goals(form: forms.Wish) -> list[tuple[str, str, str, bool]]:
    """Each goal with its words, and whether it is chosen."""
    chosen = form["goal"].value()
    return [(goal, title, text, goal == chosen) for goal, (title, text) in forms.GOALS.items()]


def _nothing(request: HttpRequest) -> HttpResponse:
    messages.info(request, NO_WEEKS)
    return redirect("weeks:page")


def _refused(request: HttpRequest) -> bool:
    """Whether nothing may be kept, and then it is said."""
    consents = [each for each in events_of(access.journal(request), "consent") if isinstance(each, Consent)]
    if is_taken_back(consents):
        messages.error(request, TAKEN_BACK)
        return True
    return False
