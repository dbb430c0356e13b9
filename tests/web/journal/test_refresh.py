"""When pages are made anew by themselves: a change, a new day, another calfwise."""

from datetime import UTC, datetime, timedelta

import pytest

from calfwise_web.journal.models import Journal
from calfwise_web.refresh import HEAD, PAGES, is_stale, refresh

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def shown(journal: Journal) -> Journal:
    refresh(journal, now=NOW)
    return journal


def test_pages_of_today_are_not_made_again(shown: Journal) -> None:
    assert not is_stale(shown, now=NOW + timedelta(hours=3), home=UTC)
    assert set(shown.snapshots.values_list("page", flat=True)) == {HEAD, *PAGES}


def test_a_new_day_and_a_change_make_them_anew(shown: Journal) -> None:
    assert is_stale(shown, now=NOW + timedelta(hours=13), home=UTC)
    shown.changed()
    shown.refresh_from_db()
    assert is_stale(shown, now=NOW, home=UTC)


def test_another_calfwise_makes_them_anew(shown: Journal) -> None:
    shown.snapshots.filter(page=HEAD).update(body=b"0.0.9: load runs today")
    assert is_stale(shown, now=NOW, home=UTC)
    refresh(shown, now=NOW)
    assert not is_stale(shown, now=NOW, home=UTC)
