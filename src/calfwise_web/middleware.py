"""Headers that every answer carries: what a browser may load, and that nobody keeps health data; and few methods."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "media-src 'self' blob:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
PERMISSIONS = "geolocation=(), camera=(), microphone=(), payment=(), usb=(), screen-wake-lock=(self)"
LOGIN_URL = "account_login"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
MOST_FORM_BYTES = 1024 * 1024
MOST_UPLOAD_BYTES = 2 * 2**30
"""One form without script may bring a whole archive."""
GetResponse = Callable[[HttpRequest], HttpResponse]


def headers(get_response: GetResponse) -> GetResponse:
    """Add the headers; a view that said otherwise about caching is believed (pictures and scripts are no secrets)."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cache-Control", "no-store")
        return response

    return answered


def whole_pages(get_response: GetResponse) -> GetResponse:
    """Part of a page that is asked for after the session ended: the whole page is, not the sign-in form inside it."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_sign_in = response.status_code == HTTPStatus.FOUND and response["Location"].startswith(reverse(LOGIN_URL))
        if is_sign_in and request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return response

    return answered


def methods(get_response: GetResponse) -> GetResponse:
    """Forms and links send no others; views that come with Django take a PUT for a POST, and delete on a DELETE."""

    def answered(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return answered


def bounded(get_response: GetResponse) -> GetResponse:
    """Refuse large bodies before anything reads them: a form needs little, only uploads of a signed-in account more."""

    def answered(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > _most_bytes(request):
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return get_response(request)

    return answered


def _most_bytes(request: HttpRequest) -> int:
    is_upload = request.path.startswith(reverse("imports:page"))
    return MOST_UPLOAD_BYTES if is_upload and request.user.is_authenticated else MOST_FORM_BYTES
