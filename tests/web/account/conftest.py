"""Signing in as if by password, and what counts as changed."""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from calfwise_web.account.adapter import SIGNED_IN_AT
from calfwise_web.account.models import User
from tests.web.conftest import Rows, rows_now


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: None) -> None:
    cache.clear()


def sign_in(browser: Client, user: User) -> Client:
    """As if by password, a moment ago."""
    browser.force_login(user)
    session = browser.session
    session[SIGNED_IN_AT] = time.time()
    session.save()
    return browser


@pytest.fixture
def rows(db: None) -> Callable[[], Rows]:
    """Every row, but for browsers' own sessions: there, allauth keeps the questions that passkeys answer."""
    return lambda: {label: lines for label, lines in rows_now().items() if label != "sessions.Session"}
