"""What the runner says of shoes, written down. Nothing is rewritten: the same id again, later, is the last word."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import slugify
from msgspec import structs

from calfwise.errors import CalfwiseError
from calfwise.model.journal import WearsShoe, event_from_line, line_of
from calfwise.model.runner import Shoe
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from calfwise_web.shoes.queries import named_by_runs
from calfwise_web.shoes.snapshot import Gear, folded_name

SOON_AFTER = timedelta(microseconds=1)
LONGEST_SLUG = 40


class StillNamedError(CalfwiseError):
    """Runs say that they were run in it, so it was not a mistake."""

    def __init__(self, runs: int) -> None:
        super().__init__(f"{runs} runs")
        self.runs = runs


def new_token() -> str:
    """What makes a new pair's id its own; in the form, so that a form sent twice makes one pair."""
    return secrets.token_hex(4)


def id_of(name: str, token: str) -> str:
    """A new pair's id: it stays when the name changes.

    >>> id_of("Daily Trainer", "00c0ffee"), id_of("靴", "00c0ffee")
    ('daily-trainer-00c0ffee', 'pair-00c0ffee')
    """
    return f"{slugify(name)[:LONGEST_SLUG].strip('-') or 'pair'}-{token}"


def save(journal: Journal, shoe: Shoe, *, now: datetime) -> None:
    """A new pair, or the last word on one. A default takes that from pairs that are worn in the same time."""
    with transaction.atomic():
        events = _told(journal)
        others = {event.shoe.id: event.shoe for event in events}
        held = others.pop(shoe.id, None)
        at = max([now, *(event.at + SOON_AFTER for event in events)])
        said = [shoe] if shoe != held else []
        if shoe.default:
            said += [structs.replace(each, default=False) for each in _rivals(shoe, others.values())]
        written = lines.write(journal, [_event(each, at) for each in said])
    if written:
        refresh(journal, now=now)


def make_default(journal: Journal, shoe: Shoe, *, now: datetime) -> None:
    """Worn whenever nothing else is said."""
    save(journal, structs.replace(shoe, default=True), now=now)


def lay_aside(journal: Journal, shoe: Shoe, *, today: date, now: datetime) -> None:
    """No longer worn from today on; a pair that began today was worn today. What is laid aside stays as it is."""
    if shoe.until is None:
        save(journal, structs.replace(shoe, until=max(today, shoe.since + timedelta(days=1))), now=now)


def take_back(journal: Journal, shoe: Shoe, *, gear: Iterable[Gear], now: datetime) -> None:
    """It never was: its time ends where it begins. Runs it had by their day alone go back to the other pairs.

    Raises
    ------
    StillNamedError
        If the runner, or an archive, says of runs that they were run in it.
    """
    by_archive = sum(each.runs for each in gear if folded_name(each.name) == folded_name(shoe.name))
    if runs := named_by_runs(journal, shoe.id) + by_archive:
        raise StillNamedError(runs)
    save(journal, structs.replace(shoe, until=shoe.since, default=False), now=now)


def _told(journal: Journal) -> list[WearsShoe]:
    return [event for event in lines.events_of(journal, "shoe") if isinstance(event, WearsShoe)]


def _rivals(shoe: Shoe, others: Iterable[Shoe]) -> list[Shoe]:
    """Defaults whose time has days in common with this one's."""
    return [each for each in others if each.default and _begins_before(each, shoe) and _begins_before(shoe, each)]


def _begins_before(one: Shoe, other: Shoe) -> bool:
    return other.until is None or one.since < other.until


def _event(shoe: Shoe, at: datetime) -> WearsShoe:
    event = event_from_line(line_of(WearsShoe(at=at, shoe=shoe)))
    assert isinstance(event, WearsShoe)
    return event
