"""Self-tests: all of them, one of them with its history, and the guided page that keeps results."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from calfwise import library
from calfwise.model.fix.selftest import SelfTest, shut_legs
from calfwise.model.journal import Consent
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web import access
from calfwise_web.journal.lines import events_of, home_of
from calfwise_web.selftests import pages, services
from calfwise_web.selftests.forms import Results
from calfwise_web.yours.consent import TAKEN_BACK, is_taken_back


@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    """All tests, with the last results of each."""
    shown = [_shown(request, id_, test) for id_, test in library.self_tests().items()]
    return render(request, "selftests/list.html", {"tests": shown})


@require_safe
def test(request: HttpRequest, test: str) -> HttpResponse:
    """What one test is for, how it goes, and every result."""
    return render(request, "selftests/test.html", {"shown": _shown(request, test, _known(test))})


@require_http_methods(["GET", "HEAD", "POST"])
def guided(request: HttpRequest, test: str) -> HttpResponse:
    """The test step by step; its form keeps the results, with a script or without."""
    wanted = _known(test)
    shown = _shown(request, test, wanted)
    sides = [side for side in BOTH_SIDES if side not in shown.shut]
    form = Results(request.POST if request.method == "POST" else None, test=wanted, sides=sides)
    if request.method == "POST" and sides and form.is_valid() and _may_be_kept(request, form):
        left, right = form.result(Side.LEFT), form.result(Side.RIGHT)
        services.write(access.journal(request), test, left=left, right=right, now=timezone.now())
        messages.success(request, f"{wanted.title}: your results are kept.")
        return HttpResponseRedirect(reverse("selftests:test", args=[test]))
    page = {
        "shown": shown,
        "form": form,
        "legs": [(side, form.of(side)) for side in sides],
        "unit": wanted.unit if wanted.unit in ("cm", "s") else "",
        "data": pages.guided_data(shown, sides),
    }
    is_refused = request.method == "POST"
    return render(
        request, "selftests/guided.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    )


def _may_be_kept(request: HttpRequest, form: Results) -> bool:
    """Results are notes on health: without the agreement nothing is kept, and the form says so."""
    consents = [each for each in events_of(access.journal(request), "consent") if isinstance(each, Consent)]
    if is_taken_back(consents):
        form.add_error(None, TAKEN_BACK)
        return False
    return True


def _known(test: str) -> SelfTest:
    found = library.self_tests().get(test)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, id_: str, test: SelfTest) -> pages.Shown:
    if not hasattr(request, "_tested"):
        now = timezone.now().astimezone(home_of(access.preferences(request)))
        history = services.history_of(access.journal(request))
        shut = shut_legs(history, gate=library.gate(), now=now)
        request._tested = history, shut, now  # type: ignore[attr-defined]
    history, shut, now = request._tested  # type: ignore[attr-defined]
    return pages.shown_of(id_, test, history, shut, now=now)
