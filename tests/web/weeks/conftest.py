"""The day of these tests: Wednesday, 18 November 2026, 13:00 in Berlin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from calfwise.model.fix.weeks.laid import Weeks
from calfwise_web.weeks import laying
from tests.web.load.holding import NOW
from tests.web.weeks.made import laid_by


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let some time go by: so much after 13:00."""
    return lambda **after: monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(**after))


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Callable[[Weeks], Any]:
    """The weeks made by hand in place of the model's, for what a page makes of them."""
    return lambda made: monkeypatch.setattr(laying, "laid", laid_by(made))
