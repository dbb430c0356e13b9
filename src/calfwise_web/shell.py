"""What the frame around every page needs: where one is, whose journal is shown, how it should look."""

import re
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from calfwise import __version__
from calfwise.model.constants import MODEL_VERSION
from calfwise_web import access

PORT = re.compile(r":\d+$")
TODAY = ("home", "today", "player", "weeks", "feed")
LOCAL = ("localhost", "127.0.0.1", "[::1]")
LOAD = ("load", "next")
MORE = (
    "settings", "yours", "sources", "people", "more", "imports", "shoes", "why", "working", "helped", "selftests",
    "practise",
)  # fmt: skip


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame; a page without a journal (sign-in) gets the outer frame alone."""
    frame: dict[str, Any] = {
        "app_version": __version__,
        "model_version": MODEL_VERSION,
        "theme": request.COOKIES.get("theme", "auto"),
        "section": section_of(request),
    }
    if not hasattr(request, "user"):  # refused before anybody asked who it is: it came under another host's name
        return frame
    frame["account_key"] = access.account_key(request)
    frame["plain_http"] = not request.is_secure() and PORT.sub("", request.get_host()) not in LOCAL
    if access.looks_at_sample(request):
        frame |= {"sample": True, "own_url": reverse("sample:leave"), "remove_sample_url": reverse("sample:remove")}
    return frame


def section_of(request: HttpRequest) -> str:
    """Which part of the navigation a page belongs to."""
    match = request.resolver_match
    name = (match.namespace or match.url_name or "") if match else ""
    if name in TODAY:
        return "today"
    if name in LOAD:
        return "load"
    if name in MORE or name.startswith(("account", "mfa", "usersessions")):
        return "more"
    return name
