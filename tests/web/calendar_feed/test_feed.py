"""The calendar behind its secret address: who may read it, and when nobody may any more."""

import logging
import re
import secrets
import string
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from calfwise_web.calendar_feed import views
from calfwise_web.calendar_feed.held import Held
from calfwise_web.calendar_feed.misses import MOST_ADDRESSES, MOST_MISSES, WITHIN_S, Misses
from calfwise_web.calendar_feed.models import Feed
from calfwise_web.calendar_feed.services import renew, revoke, state_of
from calfwise_web.yours.services import delete_account, say_consent
from tests.web.calendar_feed.conftest import TOLD, press, show, state
from tests.writers.test_ics import lines_of

WRONG = "/calendar/" + "A" * 43 + ".ics"


def read(path: str, **headers: str) -> Any:
    """As a calendar does: no session, no cookie."""
    return Client(headers=headers).get(path)


def alike(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer tells."""
    return answer.status_code, answer.content, dict(answer.headers)


# ------------------------------------------------------------------------------------------------------- what it tells
def test_whoever_has_the_address_reads_the_weeks_without_signing_in(make):
    answer = read(make())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    lines_of(answer.content)
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).events] == [
        "6 km easy",
        "Calf strength",
    ]


def test_each_day_leads_back_to_the_plan(make):
    first = Calendar.from_ical(read(make()).content).events[0]
    assert str(first["URL"]) == "http://testserver/weeks/?week=2026-11-24#day-2026-11-24"


def test_a_calendar_asks_again_and_is_told_that_nothing_changed(make, journal, monkeypatch):
    path = make()
    first = read(path)
    monkeypatch.setattr(views.held, "file_of", lambda *_, **__: pytest.fail("made for nothing"))
    again = read(path, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    monkeypatch.undo()
    show(journal, Held(kept=True, told=TOLD.told[:1]))
    assert read(path, if_none_match=first["ETag"]).status_code == 200


def test_an_unchanged_plan_is_the_same_file(make, journal):
    path = make()
    first = read(path)
    show(journal)
    assert alike(read(path)) == alike(first)


def test_a_calendar_may_be_kept_by_the_one_who_asks_and_by_nobody_between(make):
    path = make()
    for answer in (read(path), read(path, if_none_match=read(path)["ETag"])):
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_head_tells_what_get_would(make):
    path = make()
    head, get = Client().head(path), read(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == get["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_but_reading_is_answered(make, rows, method):
    path = make()
    before = rows()
    assert getattr(Client(), method)(path).status_code == 405
    assert rows() == before


def test_before_the_first_refresh_it_is_an_empty_calendar(make, journal):
    path = make()
    journal.snapshots.all().delete()
    assert Calendar.from_ical(read(path).content).events == []


def test_reading_costs_two_questions_and_writes_nothing(make, rows, django_assert_num_queries):
    path = make()
    before = rows()
    with django_assert_num_queries(2):
        read(path)
    assert rows() == before


# ---------------------------------------------------------------------------------------------------- who may not read
def test_wrong_revoked_renewed_and_switched_off_are_told_the_same(make, journal, browser, ann):
    answers = [read(WRONG)]
    first = make()
    second = press(browser)
    answers.append(read(first))
    ann.is_active = False
    ann.save()
    answers.append(read(second))
    ann.is_active = True
    ann.save()
    assert read(second).status_code == 200
    revoke(journal)
    answers.append(read(second))
    answers += [read("/calendar/x.ics"), read(f"/calendar/{'x' * 3000}.ics"), read("/calendar/%00%ff.ics")]
    assert {alike(answer)[0] for answer in answers} == {404}
    told = [(status, body, headers) for status, body, headers in map(alike, answers)]
    assert all(each == told[0] for each in told)


@pytest.mark.parametrize(
    "path", ["/calendar/", "/calendar/.ics", "/calendar/a/b.ics", "/calendar/x", "/calendar/..%2fx.ics"]
)
def test_other_addresses_below_it_are_nothing(db, path):
    assert read(path).status_code in (302, 404)
    assert b"VCALENDAR" not in read(path).content


def test_a_token_is_taken_to_the_letter(make):
    path = make()
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    swapped = token.swapcase()
    for wrong in (swapped, token[:-1], token + "=", f" {token}", f"{token} ", token.replace(token[0], "é", 1)):
        assert read(f"/calendar/{quote(wrong)}.ics").status_code == 404, wrong


def test_a_digest_that_got_about_opens_nothing(make):
    make()
    assert read(f"/calendar/{Feed.objects.get().token_digest}.ics").status_code == 404


def test_a_token_is_256_bits_of_chance_and_is_not_stored(make):
    path = make()
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43
    assert set(token) <= set(string.ascii_letters + string.digits + "-_")
    assert token not in repr(list(Feed.objects.values()))


def test_each_token_is_another(journal, monkeypatch):
    asked: list[int] = []
    real = secrets.token_urlsafe
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: asked.append(size) or real(size))
    tokens = set()
    for _ in range(20):
        tokens.add(renew(journal, after=state_of(journal.feeds.first()), now=timezone.now()))
    assert len(tokens) == 20
    assert set(asked) == {32}


def test_agreement_taken_back_ends_the_calendar_for_good(make, journal):
    path = make()
    say_consent(journal, given=False, now=timezone.now())
    assert read(path).status_code == 404
    say_consent(journal, given=True, now=timezone.now())
    show(journal)
    assert read(path).status_code == 404, "an old address must not come back to life"


def test_a_snapshot_without_agreement_is_not_told_whatever_the_address(make, journal):
    """Lines that were brought in may take it back, too: then only the snapshot knows."""
    path = make()
    show(journal, Held(kept=False, told=TOLD.told))
    assert read(path).status_code == 404


def test_a_deleted_account_takes_its_calendar_with_it(make, ann):
    path = make()
    delete_account(ann)
    assert read(path).status_code == 404
    assert not Feed.objects.exists()


def test_one_address_tells_of_one_journal(make, bens_browser, ben):
    path = make()
    bens = press(bens_browser)
    show(ben.journals.get(), Held(kept=True))
    assert path != bens
    assert b"6 km easy" in read(path).content
    assert b"6 km easy" not in read(bens).content
    bens_browser.post("/weeks/calendar/revoke/")
    assert (read(path).status_code, read(bens).status_code) == (200, 404)


# ------------------------------------------------------------------------------------------------------- too many tries
def test_who_tries_many_addresses_has_to_wait_and_learns_nothing_by_it(make):
    path = make()
    told = [read(WRONG).status_code for _ in range(MOST_MISSES + 1)]
    assert told == [404] * MOST_MISSES + [429]
    right, wrong = read(path), read(WRONG)
    assert alike(right) == alike(wrong)
    assert right["Retry-After"] == "60"


def test_reading_ones_own_calendar_often_is_no_trial(make):
    path = make()
    assert {read(path).status_code for _ in range(3 * MOST_MISSES)} == {200}


def test_after_a_minute_one_may_try_again():
    misses = Misses()
    for _ in range(MOST_MISSES):
        misses.note("203.0.113.7", at_s=100.0)
    assert misses.too_many("203.0.113.7", at_s=100.0 + WITHIN_S - 1)
    assert not misses.too_many("203.0.113.7", at_s=100.0 + WITHIN_S)
    assert not misses.too_many("203.0.113.8", at_s=100.0)


def test_one_household_counts_as_one_however_many_addresses_it_has():
    misses = Misses()
    for host in range(MOST_MISSES):
        misses.note(f"2001:db8:1:2::{host:x}", at_s=0.0)
    assert misses.too_many("2001:db8:1:2:ffff::1", at_s=1.0)
    assert not misses.too_many("2001:db8:1:3::1", at_s=1.0)


def test_trying_from_everywhere_fills_no_memory():
    misses = Misses()
    for number in range(MOST_ADDRESSES + 500):
        misses.note(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", at_s=0.0)
    assert len(misses._times) == MOST_ADDRESSES


# ------------------------------------------------------------------------------------------------------------ the page
def test_an_address_is_shown_once_and_copied(browser, journal):
    path = press(browser)
    page = browser.get("/weeks/calendar/").content.decode()
    assert path not in page
    assert "It works." in page


def test_the_page_offers_what_a_phone_opens(browser, journal):
    made = browser.post("/weeks/calendar/new/", {"after": ""}).content.decode()
    assert re.search(r'href="webcal://testserver/calendar/[\w-]{43}\.ics"', made)
    assert "shown this once" in made


def test_an_address_that_no_phone_can_reach_says_so(browser, journal):
    alone = "works on this machine alone"
    assert alone in browser.get("/weeks/calendar/", headers={"host": "localhost:8000"}).content.decode()
    assert alone not in browser.get("/weeks/calendar/").content.decode()


def test_a_form_sent_twice_does_not_end_the_address_it_made(browser, journal):
    show(journal)
    before = state(browser)
    path = press(browser)
    twice = browser.post("/weeks/calendar/new/", {"after": before}).content.decode()
    assert "sent twice" in twice
    assert read(path).status_code == 200


def test_another_account_neither_renews_nor_ends_it(make, bens_browser, journal):
    path = make()
    bens_browser.post("/weeks/calendar/new/", {"after": state_of(journal.feeds.first())})
    bens_browser.post("/weeks/calendar/revoke/")
    assert read(path).status_code == 200


def test_ending_what_is_not_there_says_so(browser, journal):
    answer = browser.post("/weeks/calendar/revoke/", follow=True).content.decode()
    assert "There was no address." in answer


def test_without_agreement_no_address_is_made(browser, journal):
    say_consent(journal, given=False, now=timezone.now())
    page = browser.get("/weeks/calendar/").content.decode()
    assert "You took back your agreement" in page
    assert "Make an address" not in page
    browser.post("/weeks/calendar/new/", {"after": ""})
    assert not Feed.objects.exists()


def test_while_one_looks_at_the_sample_runner_the_address_is_ones_own(browser, journal, ann):
    ann.journals.create(sample=True, model_version=journal.model_version)
    session = browser.session
    session["looks-at-sample"] = True
    session.save()
    press(browser)
    assert Feed.objects.get().journal == journal


def test_making_an_address_needs_a_post_with_its_token(ann, journal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.get("/weeks/calendar/new/").status_code == 405
    assert client.post("/weeks/calendar/new/", {"after": ""}).status_code == 403
    assert client.post("/weeks/calendar/revoke/").status_code == 403
    assert not Feed.objects.exists()


# ----------------------------------------------------------------------------------------------------------------- logs
def test_no_log_holds_a_token(make, settings):
    """Django names the address of what it does not find, or refuses, or fails at."""
    path = make()
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(_formatter(settings))
    root = logging.getLogger()
    root.addHandler(handler)
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security.csrf")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.WARNING)
        Client().post(path)
        read(path.replace(token, token[::-1]))
        Client(enforce_csrf_checks=True).post(path)
        try:
            message = f"at {path}"
            raise ValueError(message)
        except ValueError:
            logging.getLogger("gunicorn.error").warning("Error handling request GET %s", path, exc_info=True)
            root.error("Error handling request %s", path, exc_info=True)
    finally:
        root.removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
    told = "\n".join(lines)
    assert "/calendar/[kept out of the log]" in told
    assert token not in told
    assert token[::-1] not in told


def _formatter(settings: Any) -> logging.Formatter:
    """As the app itself is set up."""
    from django.utils.module_loading import import_string

    handler = settings.LOGGING["handlers"]["stderr"]
    return import_string(settings.LOGGING["formatters"][handler["formatter"]]["()"])()


def test_the_servers_own_log_holds_no_token_either():
    from gunicorn.config import Config

    from calfwise_web.serve.server import ServerLogger, settings

    told = settings(fds=[3], proxies=0, certificate=None, key=None)
    assert told["accesslog"] is None
    assert told["logger_class"] is ServerLogger
    logger = ServerLogger(Config())
    record = logging.LogRecord(
        "gunicorn.error", 40, "", 0, "Error handling request GET %s", ("/calendar/abc.ics",), None
    )
    assert logger.error_log.handlers
    for handler in logger.error_log.handlers:
        assert "abc" not in handler.format(record)
