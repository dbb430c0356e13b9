"""What helped me: one page, from its snapshot alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calfwise_web.helped import pages, queries


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every technique, tool, spot and routine with its range."""
    held = queries.held(request)
    if held.shown is None or not held.shown.helped.lines:
        return render(request, "helped/none.html", {"behind": held.behind})
    return render(request, "helped/page.html", {"page": pages.helped_page(held.shown), "behind": held.behind})
