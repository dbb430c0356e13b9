"""Routines in a browser: every state at three widths, light and dark, and from a card to the player by keyboard."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from calfwise.model.journal import AboutRunner
from calfwise.model.runner import Runner
from calfwise_web.journal.models import Journal
from tests.web.browser.test_looks import Look
from tests.web.practise.runners import did, quiet_days, tells

pytestmark = pytest.mark.django_db(transaction=True)
MOST_BYTES = 100_000
SLIP_MS = 700
"""What is pressed sooner was meant for what stood there before."""


def looks(page: Any, journal: Journal, *, name: str, paths: tuple[str, ...]) -> list[str]:
    look = Look(page, "")
    for path in paths:
        look.at(path, name)
    return look.troubles


def a_fortnight(journal: Journal) -> None:
    """Quiet calves, and a first level that is done and quiet."""
    now = timezone.now()
    done = [did("calf-strength", now - timedelta(days=day), felt_nrs=1) for day in (9, 7, 5)]
    tells(
        journal,
        AboutRunner(at=now - timedelta(days=20), runner=Runner()),
        *quiet_days(14, until=now - timedelta(minutes=1)),
        *done,
        now=now,
    )


def test_routines_can_be_read_and_used_by_everyone(page: Any, journal: Journal) -> None:
    troubles = looks(
        page, journal, name="nothing said", paths=("/practise/", "/practise/calf-strength/", "/practise/walk-run/")
    )
    a_fortnight(journal)
    paths = ("/practise/", *(f"/practise/{each}/" for each in ("calf-strength", "warm-up-fast", "cadence", "grass")))
    troubles += looks(page, journal, name="quiet", paths=(*paths, "/spots/history/"))
    page.goto("/practise/calf-strength/")
    page.get_by_label("A ladder, up and down").check()
    page.get_by_role("button", name="Start").click()
    page.locator("#player[data-scene=new]").wait_for()
    troubles += looks(page, journal, name="planned", paths=("/practise/calf-strength/", "/"))
    assert troubles == []


def test_from_the_card_to_the_player_by_keyboard_alone(page: Any, journal: Journal) -> None:
    page.goto("/practise/")
    page.get_by_role("link", name=re.compile("Have a look, and start.*Calf strength")).focus()
    page.keyboard.press("Enter")
    page.locator("[name=left][value='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    page.locator("#player[data-scene=new]").wait_for()
    page.wait_for_timeout(SLIP_MS)
    page.keyboard.press("Space")
    page.locator("#player[data-scene=timed]").wait_for()


def test_a_routines_page_is_light(page: Any, journal: Journal) -> None:
    a_fortnight(journal)
    sizes = {path: len(page.request.get(path).body()) for path in ("/practise/", "/practise/warm-up-fast/")}
    assert max(sizes.values()) < MOST_BYTES, sizes
