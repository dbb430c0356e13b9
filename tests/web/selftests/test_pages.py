"""Self-tests on pages: what is kept, what is shown, and who may not be tested."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from calfwise import library
from calfwise.model.journal import CheckIn, Screened, Seen, SelfTested
from calfwise.model.run import Side
from calfwise.model.session import Soreness
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal

RAISES = "/tests/heel-raise-count/guided/"
DONE = {"sore": "1", "left-1": "24", "right-1": "19"}
TESTS = list(library.self_tests())


def kept(journal: Journal) -> list[SelfTested]:
    return [event for event in lines.events_of(journal, "self-test") if isinstance(event, SelfTested)]


def told(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def locks(journal: Journal, *sides: Side, days_ago: int, level: str = "P") -> None:
    at = timezone.now() - timedelta(days=days_ago)
    said = Screened(at=at, outcome="referral", rules="test", level=level, locked=sides, reasons=("stayed",))
    lines.write(journal, [said])


@pytest.mark.parametrize("test", TESTS)
def test_every_test_says_what_it_is_for_and_when_to_stop(browser: Client, test: str) -> None:
    page, wanted = told(browser, f"/tests/{test}/"), library.self_tests()[test]
    assert wanted.title in told(browser, "/tests/")
    for line in (wanted.what_for, wanted.error.text):
        assert line.replace("'", "&#x27;") in page
    assert "emergency number" in page
    assert "emergency number" in told(browser, f"/tests/{test}/guided/")


def test_results_are_kept_as_a_line_of_the_journal_and_shown(browser: Client, journal: Journal) -> None:
    answer = browser.post(RAISES, DONE, follow=True)
    assert [(done.test, done.left, done.right) for done in kept(journal)] == [("heel-raise-count", 24.0, 19.0)]
    page = answer.content.decode()
    assert "24 repetitions" in page
    assert "No difference between the legs beyond measurement error." in page
    assert "24 repetitions" in told(browser, "/tests/")
