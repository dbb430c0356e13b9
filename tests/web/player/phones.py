"""Phones that play a session against the server: the same scripted ones as the model's tests have."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from django.test import Client
from django.utils import timezone

from calfwise import library
from calfwise.model.care.player_events import Happened
from calfwise.model.journal import Answers, Said
from calfwise.model.run import Side
from calfwise.model.session import Practice, Session, Soreness, Spot, TenderSpot
from calfwise_web.journal.models import Journal
from calfwise_web.player import queries
from calfwise_web.today import services
from tests.model.care.players import Game, Phone

NONE: Answers = dict.fromkeys(library.gate().questions, Said.NO)
SORE = (TenderSpot(Spot(Side.LEFT, "medial-upper"), 6), TenderSpot(Spot(Side.LEFT, "lateral-middle"), 4))


def checks_in(
    journal: Journal, left: int = 4, right: int = 3, *, spots=SORE, answers: Answers = NONE, now: datetime | None = None
) -> Session | Practice | None:
    """Somebody answers today's questions; the session that comes of it."""
    services.check_in(
        journal,
        soreness=Soreness(left, right),
        spots=spots,
        answers=answers,
        search=False,
        wishes=services.Wishes(tools=("ball",), position="floor", minutes=12),
        now=now or timezone.now(),
    )
    return queries.last_plan(journal)


def game(plan: Session | Practice, *, device: str = "phone") -> Game:
    """A phone that is about to play it."""
    return Game(plan, phone=Phone(device, at=plan.at + timedelta(minutes=1)))


def sends(browser: Client, plan: Session | Practice, events: Iterable[Happened]) -> Any:
    """What the server answers to events, sent as the page sends them."""
    body = msgspec.json.encode({"events": list(events)})
    return browser.post(f"/session/{quote(plan.id)}/events/", body, content_type="application/json")
