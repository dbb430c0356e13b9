"""Looking around with the sample runner, leaving it, and removing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from calfwise_web import access
from calfwise_web.sample import services


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Show the sample runner on every page from here on; where their runs are still to come, Load shows how far."""
    runner = services.make(access.user(request), now=timezone.now())
    request.session[access.SAMPLE] = True
    if runner.runs.exists():
        return redirect("home")
    messages.info(request, "The sample runner is on the way: two made-up years, in a few seconds.")
    return redirect("load:page")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Back to one's own journal; the sample runner stays where it is."""
    request.session.pop(access.SAMPLE, None)
    return redirect("home")


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take the sample runner away."""
    request.session.pop(access.SAMPLE, None)
    if services.remove(access.sample_journal(request)):
        messages.success(request, "The sample runner is gone, with everything that came with it.")
    return redirect("home")
