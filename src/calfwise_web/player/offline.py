"""What makes calfwise installable, and the player work without a network: worker, manifest, and one page.

All three are the same for everybody, and open: a browser asks for them without anybody being signed in.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

STATIC = Path(__file__).parent.parent / "static"
SCRIPT = STATIC / "calfwise/js/worker.js"
KEPT = (
    "calfwise/favicon.svg",
    "calfwise/calfwise.css",
    "calfwise/figures.css",
    "calfwise/player.css",
    "calfwise/js/app.js",
    "calfwise/js/outbox.js",
    "calfwise/js/player/*.js",
)
"""What the player's page is drawn with, and the page without a network."""
GROUND = "#f6f4ef"
"""The stylesheet's, by day."""
ICONS = (
    ("calfwise/favicon.svg", "any", "any"),
    ("calfwise/icons/icon-192.png", "192x192", "any"),
    ("calfwise/icons/icon-512.png", "512x512", "any"),
    ("calfwise/icons/maskable-192.png", "192x192", "maskable"),
    ("calfwise/icons/maskable-512.png", "512x512", "maskable"),
)
UNCACHED = {"Cache-Control": "no-cache"}


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files it keeps; other files, another version."""
    files = kept_files()
    script = SCRIPT.read_text("utf-8")
    told = {
        "version": hashlib.sha256("\0".join([script, *files]).encode()).hexdigest()[:16],
        "files": files,
        "offline": reverse("player:offline"),
        "signIn": reverse("account_login"),
    }
    body = f"self.calfwise = {json.dumps(told)};\n{script}"
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=UNCACHED)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    told = {
        "id": "/",
        "name": "calfwise",
        "short_name": "calfwise",
        "description": "How hard your runs were on your calves, and what to do about it today.",
        "lang": "en-GB",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": _type_of(name), "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers=UNCACHED)


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the worker and shown in place of a page that cannot be had; knows nothing of anybody."""
    page = render(request, "player/offline.html")
    page["Cache-Control"] = UNCACHED["Cache-Control"]
    return page


def kept_files() -> Sequence[str]:
    """Addresses of the files that are kept."""
    found = (path for pattern in KEPT for path in sorted(STATIC.glob(pattern)))
    return [static(path.relative_to(STATIC).as_posix()) for path in found]


def _type_of(name: str) -> str:
    return "image/svg+xml" if name.endswith(".svg") else "image/png"
