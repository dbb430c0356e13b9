"""The day of these tests: Sunday, 28 June 2026."""

import pytest
from django.utils import timezone

from tests.model.fix.working.made import NOW


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
