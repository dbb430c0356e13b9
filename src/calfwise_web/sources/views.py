"""Where the numbers come from. The same for everybody: nothing of the runner is read."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from calfwise_web.sources.pages import SourcesPage, sources_page

LONGEST_SEARCH = 100


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything, or what a search leaves of it."""
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = sources_page(wanted)
    entries = _entries(found, wanted=wanted) if wanted else _everything()
    return render(request, "sources/page.html", {"page": found, "wanted": wanted, "entries": entries})


@cache
def _everything() -> SafeString:
    """Drawn once for all: a hundred kilobytes that no request changes."""
    return _entries(sources_page(""), wanted="")


def _entries(found: SourcesPage, *, wanted: str) -> SafeString:
    return render_to_string("sources/entries.html", {"page": found, "wanted": wanted})
