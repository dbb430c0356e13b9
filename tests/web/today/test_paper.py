"""On paper: the sheet for a professional, and a session's card."""

import re
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from calfwise.model.journal import Done, Prefers, Seen, WearsShoe
from calfwise.model.run import Side
from calfwise.model.runner import Shoe
from calfwise.model.session import Session, Soreness, Spot, TenderSpot
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.player import queries
from calfwise_web.refresh import refresh
from calfwise_web.today import services
from tests.web.player.phones import checks_in
from tests.web.today.test_referral import NEVER_SAID, says, words_of

SHEET = "/today/for-a-professional/"


def planned(journal: Journal) -> Session:
    plan = checks_in(journal)
    assert isinstance(plan, Session)
    return plan


def test_it_says_how_soon_why_and_what_was_answered(journal: Journal, browser: Client) -> None:
    says(journal, 5, 1, at=timezone.now() - timedelta(days=1), swelling="left")
    says(journal, 5, 1, swelling="left", night_ache="left", pill_or_hrt="yes")
    words = words_of(browser.get(SHEET))
    assert "A doctor the same day, said on" in words
    assert "left 5 of 10, right 1 of 10" in words
    first = timezone.localtime(timezone.now() - timedelta(days=1))
    assert f"Swollen, or a sock or shoe that got tight left {first:%a} {first.day} {first:%b}" in words
    assert "Aches at rest or wakes you at night" in words
    assert "that is a no" not in words
    assert "Standing conditions and circumstances" in words


def test_it_names_no_disease_and_no_account(journal: Journal, browser: Client) -> None:
    says(journal, 5, 1, swelling="left")
    words = words_of(browser.get(SHEET))
    assert not NEVER_SAID.search(words)
    assert "Nothing here is a diagnosis" in words
    assert "ann" not in words.lower().split()


def test_without_a_referral_it_is_the_history_for_a_visit(journal: Journal, browser: Client) -> None:
    words = words_of(browser.get(SHEET))
    assert "Nothing refers at present." in words
    assert "No check-in yet." in words
    assert "No runs are known here." in words


def test_it_tells_sessions_soreness_shoes_and_what_professionals_said(journal: Journal, browser: Client) -> None:
    at = timezone.now() - timedelta(days=5)
    checks_in(journal, now=at)
    plan = queries.last_plan(journal)
    assert plan is not None
    after = (TenderSpot(Spot(Side.LEFT, "medial-upper"), 3),)
    shoe = Shoe(id="daily", name="Daily", since=date(2026, 1, 2), heel_drop_m=0.008)
    lines.write(
        journal,
        [
            Done(at=at + timedelta(minutes=9), session=plan.id, after=after, stopped_early=True),
            WearsShoe(at=at, shoe=shoe),
        ],
    )
    services.note_morning(journal, soreness=Soreness(2, 0), spots=(), now=at + timedelta(days=1))
    says(journal, at=timezone.now() - timedelta(days=2), stab="left")
    today = timezone.now()
    lines.write(journal, [Seen(at=today, by="Physio", on=today.date(), massage_is_fine=True, side=Side.LEFT)])
    refresh(journal, now=today)
    words = words_of(browser.get(SHEET))
    assert "inner upper calf (press and hold)" in words
    assert "Left, inner upper calf: 3 of 10" in words
    assert "stopped early" in words
    assert "morning" in words
    assert "Daily (since 2 January 2026, 8 mm heel drop)" in words
    assert "a physio or doctor within a week, the left leg. Said: a sharp stab" in words
    assert "Physio. Massage is fine, the left leg." in words
    assert "Nothing refers at present." in words


def test_a_sheet_is_of_its_owner_alone(journal: Journal, browser: Client, bens_browser: Client) -> None:
    says(journal, 5, 1, swelling="left")
    assert "Nothing refers at present." in words_of(bens_browser.get(SHEET))


# ------------------------------------------------------------------------------------------------ a session's card
def test_a_card_tells_place_tool_technique_dose_effort_and_when_to_stop(journal: Journal, browser: Client) -> None:
    plan = planned(journal)
    page = browser.get(f"/session/{plan.id}/card/")
    words = words_of(page)
    for item in plan.items:
        assert f"{item.effort_nrs} of 10 at most" in words
    assert "Left, inner upper calf" in words
    assert re.search(r"(Press and hold|Cross strokes) ?, \d × \d+ s, 30 s rest", words)
    assert "Stop, and leave it for today, at" in words
    assert "A sharp, electric or shooting feeling." in words
    assert page.content.decode().count('<svg class="fig') >= 1
    assert not NEVER_SAID.search(words)


def test_a_way_is_told_once_and_then_named(journal: Journal, browser: Client) -> None:
    plan = planned(journal)
    words = words_of(browser.get(f"/session/{plan.id}/card/"))
    ways = {(item.technique, item.tool, item.position) for item in plan.items}
    assert words.count("as in step") == len(plan.items) - len(ways)


def test_a_card_says_what_waits(journal: Journal, browser: Client) -> None:
    spots = tuple(
        TenderSpot(Spot(Side.LEFT, zone), nrs)
        for zone, nrs in (("medial-upper", 6), ("lateral-middle", 5), ("medial-middle", 4))
    )
    plan = checks_in(journal, spots=spots)
    assert plan is not None
    assert len(queries.queue_of(journal, plan.id)) == 1
    words = words_of(browser.get(f"/session/{plan.id}/card/"))
    assert "Waits Left, inner middle calf" in words


def test_the_print_button_is_there_for_scripts_alone(journal: Journal, browser: Client) -> None:
    for page in (SHEET, f"/session/{planned(journal).id}/card/"):
        html = browser.get(page).content.decode()
        assert '<button type="button" class="primary" data-prints hidden>Print</button>' in html
        assert "“Print this page”" in html


def test_lengths_are_in_the_runners_own_unit(journal: Journal, browser: Client) -> None:
    lines.write(journal, [Prefers(at=timezone.now(), distance="mi", time_zone="Europe/Berlin")])
    refresh(journal, now=timezone.now())
    assert browser.get(SHEET).status_code == 200
