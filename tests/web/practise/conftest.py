"""Chromium, signed in as Ann."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from calfwise_web.account.models import User
from tests.web.browser.conftest import CHROMIUM, FLAGS, sync_api


@pytest.fixture
def page(live_server: Any, ann: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page of a phone; what goes wrong on it is told at the end."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium (Debian: apt install chromium)")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    client = Client()
    client.force_login(ann)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        troubles: list[str] = []
        opened.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        yield opened
        context.close()
        browser.close()
    assert [trouble for trouble in troubles if "422" not in trouble] == []
