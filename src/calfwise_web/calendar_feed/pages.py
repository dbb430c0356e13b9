"""The page of the calendar's address, shaped."""

from dataclasses import dataclass
from datetime import datetime

from calfwise_web.shell import LOCAL, PORT


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
    only_here: bool
    """Addresses made now name this very machine, which no phone can reach."""
    keeps_notes: bool
    """Without that agreement there is no calendar."""


def is_only_here(host: str) -> bool:
    """Whether a name leads back to whoever asks.

    >>> is_only_here("localhost:8000"), is_only_here("[::1]:8000"), is_only_here("192.168.0.7:8000")
    (True, True, False)
    """
    return PORT.sub("", host) in LOCAL


def address_of(url: str) -> Address:
    """
    >>> address_of("https://runs.example/calendar/x.ics").webcal
    'webcal://runs.example/calendar/x.ics'
    """
    return Address(url, "webcal://" + url.partition("://")[2])
