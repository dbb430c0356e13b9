"""Apple's dates: `2024-05-03 07:05:12 +0200`, whole seconds with an offset."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

EARLIEST = datetime.fromisoformat("2001-01-01T00:00:00+00:00")
"""Apple's own zero; health data is not older than phones."""
EARLIEST_S = int(EARLIEST.timestamp())
LATEST_S = 3_000_000_000
"""2065: what four bytes of seconds since Apple's zero can hold. [s]"""


def date_of(text: str | None) -> datetime | None:
    """A date, aware; `None` for what is none, or lies outside 2001-2065.

    >>> date_of("2024-05-03 07:05:12 +0200").isoformat(), date_of("yesterday")
    ('2024-05-03T07:05:12+02:00', None)
    """
    day, _, rest = (text or "").strip().partition(" ")
    clock, _, offset = rest.partition(" ")
    try:
        date = datetime.fromisoformat(f"{day}T{clock}{offset}")
        seconds = date.timestamp() if date.tzinfo else -1.0
    except (ValueError, OverflowError):
        return None
    return date if EARLIEST_S <= seconds < LATEST_S else None


def at_home(date: datetime, zone_name: str | None) -> datetime:
    """The same moment on the clock of the place, where the workout names its zone.

    Without a zone the written offset stands: that of the phone when it wrote the export.

    >>> at_home(date_of("2024-05-03 07:05:12 +0200"), "America/New_York").isoformat()
    '2024-05-03T01:05:12-04:00'
    """
    try:
        local = date.astimezone(ZoneInfo(zone_name)) if zone_name else date
    except (KeyError, ValueError, OSError):
        local = date
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)
