"""The morning after: when it is asked, that silence is silence, and what follows."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from calfwise.model.journal import Done, Morning
from calfwise.model.run import Side
from calfwise.model.session import Soreness, Spot
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.player import queries
from calfwise_web.refresh import refresh
from calfwise_web.today import services
from calfwise_web.today.morning import MorningCard, morning_card
from calfwise_web.today.snapshot import Today, today_of
from tests.web.player.phones import checks_in
from tests.web.today.test_referral import says, words_of


def session_done(journal: Journal, *, days: int = 1, untouched: tuple[Spot, ...] = ()) -> datetime:
    """A session with two spots, done so many days ago."""
    at = timezone.now() - timedelta(days=days)
    checks_in(journal, now=at)
    plan = queries.last_plan(journal)
    assert plan is not None
    end = at + timedelta(minutes=12)
    lines.write(journal, [Done(at=end, session=plan.id, untouched=untouched)])
    refresh(journal, now=timezone.now())
    return end


def today(journal: Journal) -> Today:
    return today_of(journal.snapshots.get(page="today").body)


def asked(journal: Journal, *, now: datetime | None = None) -> MorningCard | None:
    return morning_card(today(journal), now=now or timezone.now())


def last_morning(journal: Journal) -> Morning:
    event = lines.events_of(journal, "morning")[-1]
    assert isinstance(event, Morning)
    return event


def test_the_morning_after_asks_about_each_spot_and_each_leg(journal: Journal) -> None:
    session_done(journal)
    card = asked(journal)
    assert card is not None
    assert card.title == "How is it after yesterday's session?"
    assert [spot.name for spot in card.spots] == ["felt-left-medial-upper", "felt-left-lateral-middle"]
    assert [leg.name for leg in card.legs] == ["left", "right"]


def test_a_spot_that_nobody_came_to_is_not_asked_about(journal: Journal) -> None:
    session_done(journal, untouched=(Spot(Side.LEFT, "lateral-middle"),))
    card = asked(journal)
    assert card is not None
    assert [spot.label for spot in card.spots] == ["Left, inner upper calf"]


def test_it_is_not_asked_on_the_same_day_nor_after_three_days_nor_twice(journal: Journal, browser: Client) -> None:
    end = session_done(journal, days=1)
    assert asked(journal, now=end + timedelta(minutes=1)) is None
    assert asked(journal, now=end + timedelta(days=3, minutes=1)) is None
    browser.post("/today/morning/", {"left": "2"})
    assert asked(journal) is None


def test_a_lock_of_an_earlier_day_asks_every_morning_until_it_is_answered(journal: Journal, browser: Client) -> None:
    says(journal, stab="left")
    assert asked(journal) is None, "not on the day of the lock"
    says(journal, at=timezone.now() - timedelta(days=2), stab="left")
    card = asked(journal)
    assert card is not None
    assert (card.title, card.spots) == ("How are the calves this morning?", ())
    browser.post("/today/morning/", {"left": "1", "right": "0"})
    assert asked(journal) is None


def test_on_a_day_when_a_doctor_should_look_nobody_is_asked_about_the_morning(journal: Journal) -> None:
    says(journal, at=timezone.now() - timedelta(days=2), stab="left")
    says(journal, breathless="yes")
    assert asked(journal) is None


def test_answers_are_kept_and_silence_is_silence(journal: Journal, browser: Client) -> None:
    session_done(journal)
    answer = browser.post("/today/morning/", {"left": "2", "felt-left-medial-upper": "better"})
    assert (answer.status_code, answer["location"]) == (302, "/")
    kept = last_morning(journal)
    assert kept.soreness == Soreness(2, None)
    assert [(each.spot.zone, each.felt) for each in kept.spots] == [("medial-upper", "better")]
    assert "Good to hear." in words_of(browser.get("/"))


def test_what_felt_worse_rests_two_days_from_its_session_and_says_until_when(journal: Journal, browser: Client) -> None:
    end = session_done(journal)
    browser.post("/today/morning/", {"felt-left-medial-upper": "worse", "felt-left-lateral-middle": "better"})
    until = (end + timedelta(hours=48)).astimezone(ZoneInfo("Europe/Berlin"))
    assert f"Left, inner upper calf rests until {until:%A}." in words_of(browser.get("/"))


@pytest.mark.parametrize("wrong", ["11", "-1", "x", "2.5"])
def test_a_number_out_of_range_is_refused_in_words_and_the_rest_is_kept(
    journal: Journal, browser: Client, wrong: str
) -> None:
    session_done(journal)
    answer = browser.post("/today/morning/", {"left": wrong, "right": "3", "felt-left-medial-upper": "bruised"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A whole number from 0 to 10, please." in page
    assert 'name="felt-left-medial-upper" value="bruised" checked' in page
    assert 'name="right" value="3" checked' in page
    assert lines.events_of(journal, "morning") == []


def test_nothing_at_all_is_not_a_morning(journal: Journal, browser: Client) -> None:
    session_done(journal)
    answer = browser.post("/today/morning/", {"felt-left-no-such-place": "worse"})
    assert answer.status_code == 422
    assert "One answer is enough." in words_of(answer)
    assert lines.events_of(journal, "morning") == []


def test_today_asks_it_without_a_script(journal: Journal, browser: Client) -> None:
    session_done(journal)
    page: Any = browser.get("/")
    assert 'action="/today/morning/"' in page.content.decode()
    assert "<details open" in page.content.decode()
    services.note_morning(journal, soreness=Soreness(1, 1), spots=(), now=timezone.now())
    assert 'action="/today/morning/"' not in browser.get("/").content.decode()
