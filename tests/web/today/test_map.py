"""Tight spots on the map and in the list: what is there already, what can be marked, what is left alone."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from calfwise.library import content
from calfwise.model.journal import CheckIn, Done, Planned, Screened
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Session, SessionItem, Soreness, Spot, WaitingSpot
from calfwise_web.journal.models import Journal
from tests.web.today.posting import ALL_NO, DAY, NOW, brought, form, kept

SEND = "/today/check-in/"
RING = re.compile(r'<g class="calf-mark waiting" data-side="(\w+)" data-zone="([\w-]+)" data-tenderness="(\d*)"')
MARK = re.compile(r'<g class="calf-mark" data-side="(\w+)" data-zone="([\w-]+)" data-tenderness="(\d*)"')
INNER, OUTER = Spot(Side.LEFT, "medial-upper"), Spot(Side.RIGHT, "lateral-lower")


@pytest.fixture(autouse=True)
def _this_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def page(browser: Client, path: str = "/") -> str:
    return browser.get(path).content.decode()


def waits(journal: Journal, *, days: int = 1) -> None:
    """A session some days ago, after which a spot on the right waits."""
    at = NOW - days * DAY
    item = SessionItem(
        Side.LEFT, INNER.zone, "press-and-hold", "thumbs", "floor", 3, 30, 30, 4, "tender", ("CoachRule",)
    )
    queue = (WaitingSpot(OUTER, 3, at, "it keeps until tomorrow"),)
    brought(
        journal,
        CheckIn(at=at, soreness=Soreness(5, 4), answers=ALL_NO),
        Screened(at=at, outcome="clear", rules="test"),
        Planned(at=at, session=Session("before", at, (item,)), queue=queue),
        Done(at=at + timedelta(minutes=9), session="before"),
    )


def test_every_place_of_both_legs_can_be_marked_on_the_map_and_in_the_list(browser: Client, journal: Journal) -> None:
    shown = page(browser)
    for side, zone in product(BOTH_SIDES, content().zones):
        assert f'id="calf-{side}-{zone}" class="calf-zone"' in shown
        assert f'name="spot-{side}-{zone}"' in shown


def test_what_waits_is_there_as_a_ring_and_asks_whether_it_is_still_tender(browser: Client, journal: Journal) -> None:
    waits(journal)
    shown = page(browser, "/today/again/")
    assert RING.findall(shown) == [("right", "lateral-lower", "3")]
    assert "Waiting since yesterday, 3 of 10 then. Still tender?" in shown
    assert 'name="spot-right-lateral-lower" value=""' in shown, "nobody has answered it yet"


def test_what_waited_for_a_week_is_looked_for_anew(browser: Client, journal: Journal) -> None:
    waits(journal, days=8)
    assert RING.findall(page(browser)) == []


def test_a_ring_that_is_gone_is_kept_as_nothing(browser: Client, journal: Journal) -> None:
    waits(journal)
    browser.post(SEND, form(5, 4, spot="right:lateral-lower:0"))
    assert [(each.spot, each.tenderness_nrs) for each in kept(journal, "check-in")[-1].spots] == [(OUTER, 0)]
    assert all(spot != OUTER for spot in kept(journal, "planned")[-1].session.spots)


def test_a_ring_that_nobody_touched_goes_on_waiting(browser: Client, journal: Journal) -> None:
    waits(journal)
    browser.post(SEND, form(5, 4))
    assert kept(journal, "check-in")[-1].spots == ()
    assert OUTER in kept(journal, "planned")[-1].session.spots, "and comes first"


def test_typed_marks_survive_an_error(browser: Client, journal: Journal) -> None:
    refused = browser.post(SEND, form("x", 4, spot="left:medial-upper:6")).content.decode()
    assert MARK.findall(refused) == [("left", "medial-upper", "6")]
    assert 'name="spot-left-medial-upper" value="6"' in refused


def test_a_locked_leg_offers_no_place(browser: Client, journal: Journal) -> None:
    at = NOW - DAY
    answers = ALL_NO | {"stab": "left"}
    brought(
        journal,
        CheckIn(at=at, soreness=Soreness(5, 5), answers=answers),  # type: ignore[arg-type]
        Screened(at=at, outcome="referral", rules="test", level="P", locked=(Side.LEFT,), reasons=("stab",)),
    )
    shown = page(browser, "/today/again/")
    assert 'name="spot-left-medial-upper"' not in shown
    assert 'name="spot-right-medial-upper"' in shown
    assert "not today" in shown


def test_after_the_answer_the_map_is_a_picture_with_its_marks_in_words(browser: Client, journal: Journal) -> None:
    browser.post(SEND, form(spot="left:medial-upper:6"))
    shown = page(browser)
    assert 'role="img" aria-label="Both calves from behind; Left, inner upper calf, tender at 6 of 10' in shown
    assert 'class="calf-zone"' not in shown


def test_what_is_left_alone_says_its_name(browser: Client, journal: Journal) -> None:
    shown = page(browser)
    for id_, place in content().no_go.items():
        assert f'data-no-go="{id_}" data-name="{place.title}"' in shown
