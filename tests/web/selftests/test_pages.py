"""Self-tests on pages: what is kept, what is shown, and who may not be tested."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from calfwise import library
from calfwise.model.journal import CheckIn, Consent, Screened, Seen, SelfTested
from calfwise.model.run import Side
from calfwise.model.session import Soreness
from calfwise_web.account.models import User
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.yours.consent import HEALTH_NOTES

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
    assert "24 raises" in page
    assert "No difference between the legs beyond measurement error." in page
    assert "24 raises" in told(browser, "/tests/")


def test_after_the_agreement_was_taken_back_no_result_is_kept_and_the_page_says_so(
    browser: Client, journal: Journal
) -> None:
    lines.write(journal, [Consent(at=timezone.now(), to=HEALTH_NOTES, version="test", given=False)])
    answer = browser.post(RAISES, DONE)
    assert answer.status_code == 422
    assert "You took back your agreement to keep notes on your health" in answer.content.decode()
    assert kept(journal) == []


def test_the_same_form_sent_twice_is_one_result(browser: Client, journal: Journal) -> None:
    browser.post(RAISES, DONE)
    browser.post(RAISES, DONE)
    assert len(kept(journal)) == 1


def test_a_change_is_called_one_only_beyond_measurement_error(browser: Client, journal: Journal) -> None:
    long_ago = timezone.now() - timedelta(days=60)
    lines.write(journal, [SelfTested(at=long_ago, test="heel-raise-count", left=18, right=12)])
    browser.post(RAISES, DONE)
    page = told(browser, "/tests/heel-raise-count/")
    assert "Left: no change beyond measurement error" in page
    assert "Right: 7 raises more" in page


def test_a_retest_is_due_after_its_days_and_not_before(browser: Client, journal: Journal) -> None:
    done_at = timezone.now() - timedelta(days=41)
    lines.write(journal, [SelfTested(at=done_at, test="heel-raise-count", left=18, right=18)])
    assert "due again" not in told(browser, "/tests/")
    lines.write(journal, [SelfTested(at=timezone.now() - timedelta(days=28), test="knee-to-wall", left=9, right=9)])
    assert told(browser, "/tests/").count("due again") == 1


def test_a_locked_leg_is_not_tested_and_the_page_says_why(browser: Client, journal: Journal) -> None:
    locks(journal, Side.LEFT, days_ago=3)
    page = told(browser, RAISES)
    assert "No test of the left leg: it is locked since" in page
    assert 'name="left-1"' not in page
    assert 'name="right-1"' in page


def test_a_result_of_a_locked_leg_is_not_taken_whoever_sends_it(browser: Client, journal: Journal) -> None:
    locks(journal, Side.LEFT, days_ago=3)
    browser.post(RAISES, DONE)
    assert [(done.left, done.right) for done in kept(journal)] == [(None, 19.0)]


def test_two_locked_legs_leave_nothing_to_begin(browser: Client, journal: Journal) -> None:
    locks(journal, Side.LEFT, Side.RIGHT, days_ago=3)
    page = told(browser, RAISES)
    assert "No test today" in page
    assert "selftests/main.js" not in page
    assert "Do it now" not in told(browser, "/tests/heel-raise-count/")
    assert browser.post(RAISES, DONE).status_code == 422
    assert kept(journal) == []


def test_a_leg_is_open_again_when_a_professional_said_so(browser: Client, journal: Journal) -> None:
    locks(journal, Side.LEFT, days_ago=3)
    now = timezone.now()
    lines.write(journal, [Seen(at=now, by="physio", on=now.date(), massage_is_fine=True)])
    assert 'name="left-1"' in told(browser, RAISES)


def test_on_the_day_of_a_referral_neither_leg_is_tested(browser: Client, journal: Journal) -> None:
    locks(journal, Side.LEFT, days_ago=0)
    assert "somebody should look at your calves first" in told(browser, RAISES)
    assert browser.post(RAISES, DONE).status_code == 422


def test_six_of_ten_said_today_or_now_is_too_sore(browser: Client, journal: Journal) -> None:
    assert browser.post(RAISES, DONE | {"sore": "6"}).status_code == 422
    lines.write(journal, [CheckIn(at=timezone.now(), soreness=Soreness(left=2, right=6))])
    assert "You said 6 of ten today" in told(browser, RAISES)
    assert kept(journal) == []


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"left-1": "24"}, "Say how sore"),
        ({"sore": "1"}, "Nothing to keep yet"),
        ({"sore": "1", "left-1": "-3"}, "greater than or equal to 0"),
        ({"sore": "1", "left-1": "101"}, "100 is the most"),
        ({"sore": "1", "left-1": "12.5"}, "whole number"),
        ({"sore": "1", "left-1": "NaN"}, "whole number"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept_on_the_page(
    browser: Client, journal: Journal, sent: dict[str, str], why: str
) -> None:
    answer = browser.post(RAISES, sent)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert kept(journal) == []


def test_two_of_three_measures_are_not_enough(browser: Client, journal: Journal) -> None:
    answer = browser.post("/tests/knee-to-wall/guided/", {"sore": "0", "left-1": "9", "left-2": "9.5"})
    assert "All 3 tries of the left leg are needed" in answer.content.decode()
    assert kept(journal) == []


def test_results_go_to_whoever_sent_them_and_nobody_else_sees_them(
    browser: Client, bens_browser: Client, journal: Journal, ben: User
) -> None:
    bens_browser.post(RAISES, DONE | {"left-1": "31"})
    assert kept(journal) == []
    assert [done.left for done in kept(ben.journals.get())] == [31.0]
    browser.post(RAISES, DONE)
    assert "31 raises" not in told(browser, "/tests/heel-raise-count/")


def test_nobody_elses_results_are_shown(browser: Client, bens_browser: Client) -> None:
    browser.post(RAISES, DONE)
    assert "24 raises" not in told(bens_browser, "/tests/heel-raise-count/")
    assert "Not done yet." in told(bens_browser, "/tests/")


def test_a_form_without_its_token_changes_nothing(ann: User, journal: Journal) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    assert strict.post(RAISES, DONE).status_code == 403
    assert kept(journal) == []


def test_a_test_that_does_not_exist_is_not_there(browser: Client) -> None:
    for path in ("/tests/hop/", "/tests/hop/guided/"):
        answer: Any = browser.get(path)
        assert answer.status_code == 404
