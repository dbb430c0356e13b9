"""The snapshot of what helped."""

from django.http import HttpRequest

from calfwise_web.helped.snapshot import PAGE, Shown, shown_of
from calfwise_web.journal import reading
from calfwise_web.journal.reading import Held


def held(request: HttpRequest) -> Held[Shown]:
    """Everything the page rests on."""
    return reading.held(request, PAGE, shown_of)
