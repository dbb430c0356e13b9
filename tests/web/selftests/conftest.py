"""Chromium, and a phone that Ann is signed in on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from calfwise_web.account.models import User
from tests.web.browser.conftest import CHROMIUM, FLAGS, sync_api
from tests.web.selftests.stage import Runner


@pytest.fixture
def phone(live_server: Any, ann: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Runner]]:
    """A phone, or whatever device is told."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium (Debian: apt install chromium)")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    client = Client()
    client.force_login(ann)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    opened: list[Runner] = []
    with sync_api.sync_playwright() as played:
        browser = played.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def made(**context: Any) -> Runner:
            opened.append(Runner(browser, live_server.url, cookie, **context))
            return opened[-1]

        yield made
        for each in opened:
            each.closes()
        browser.close()
