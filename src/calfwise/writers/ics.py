"""Days as a calendar that others subscribe to (RFC 5545, RFC 7986). Folding and escaping are the library's.

Entries are whole days, without a time: a day is the same day in every time zone, and none is an hour longer or shorter
to a calendar. Bytes depend on what is given alone, so an unchanged plan is an unchanged file.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText
from msgspec import Struct

MAKER = "-//calfwise//weeks ahead//EN"
ASK_AGAIN = timedelta(hours=2)
"""How often a calendar is asked to look; many look when they please."""
A_DAY = timedelta(days=1)


class Entry(Struct, frozen=True):
    """One thing on one day, in the words that a calendar shows."""

    uid: str
    """The same as long as it is the same thing on the same day."""
    on: date
    summary: str
    description: str
    changed_at: datetime
    """Aware."""
    times_changed: int = 0
    url: str = ""


def calendar_of(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar to subscribe to: it is published, so it asks nobody to come (no METHOD).

    Parameters
    ----------
    entries
        In any order; they are written by day.
    name
        As the calendar is called where it is shown.

    Returns
    -------
    bytes
        UTF-8, lines of 75 octets at most, ended by CR LF.
    """
    written = Calendar()
    written.add("PRODID", MAKER)
    written.add("VERSION", "2.0")
    written.add("CALSCALE", "GREGORIAN")
    written.add("NAME", vText(name))  # the library takes neither for text by itself
    written.add("X-WR-CALNAME", vText(name))
    written.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    written.add("X-PUBLISHED-TTL", vDuration(ASK_AGAIN))
    for entry in sorted(entries, key=lambda entry: (entry.on, entry.uid)):
        written.add_component(_event(entry))
    file: bytes = written.to_ical()
    return file


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", entry.changed_at.astimezone(UTC))
    event.add("SEQUENCE", entry.times_changed)
    event.add("DTSTART", entry.on)
    event.add("DTEND", entry.on + A_DAY)
    event.add("SUMMARY", entry.summary)
    event.add("DESCRIPTION", entry.description)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")  # the day is not taken: a run fits in somewhere
    if entry.url:
        event.add("URL", entry.url)
    return event
