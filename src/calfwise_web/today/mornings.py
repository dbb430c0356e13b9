"""The morning after."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST


@require_POST
def morning(request: HttpRequest) -> HttpResponse:
    raise Http404
