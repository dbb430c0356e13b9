"""The snapshot of how it works."""

from django.http import HttpRequest

from calfwise_web.journal import reading
from calfwise_web.journal.reading import Held
from calfwise_web.working.snapshot import PAGE, Shown, shown_of


def held(request: HttpRequest) -> Held[Shown]:
    """Everything the page rests on."""
    return reading.held(request, PAGE, shown_of)
