"""The day of these tests: Wednesday, 18 November 2026."""

import pytest
from django.utils import timezone

from tests.web.spots.made import NOW


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
