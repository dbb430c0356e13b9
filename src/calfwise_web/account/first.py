"""The one-time link that makes the first account: there is no default password."""

from django.urls import reverse
from django.utils import timezone

from calfwise_web.account import services


def first_link(base_url: str) -> str | None:
    """The link to print at the first start, good for a day; earlier unused ones end. None when there is an account."""
    token = services.invite_first(at=timezone.now())
    return None if token is None else base_url.rstrip("/") + reverse("people:welcome", kwargs={"token": token})
