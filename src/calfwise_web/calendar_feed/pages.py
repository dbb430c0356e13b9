"""The page of the calendar's address, shaped."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A new address, shown this once."""

    https: str
    webcal: str
    """The same in the way that a phone takes for "subscribe"."""


@dataclass(frozen=True, slots=True)
class Page:
    """What there is, and what was just made."""

    made_at: datetime | None
    """None: there is no address."""
    state: str
    """Sent along when a button is pressed."""
    address: Address | None
    twice: bool
    """The form was sent twice: what it made was shown already."""
    keeps_notes: bool
    """Without that agreement there is no calendar."""


def address_of(url: str) -> Address:
    """
    >>> address_of("https://runs.example/calendar/x.ics").webcal
    'webcal://runs.example/calendar/x.ics'
    """
    return Address(url, "webcal://" + url.partition("://")[2])
