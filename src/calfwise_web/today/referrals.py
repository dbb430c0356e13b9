"""When somebody should look at it: what to take along, and what they said."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe


@require_safe
def professional(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    raise Http404
