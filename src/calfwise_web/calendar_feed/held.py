"""What a calendar is told, worked out when something changed: a request makes a file of it and works nothing out."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from calfwise import __version__
from calfwise.writers.ics import Entry, calendar_of
from calfwise_web.journal.models import Snapshot

PAGE = "calendar"
NAME = "calfwise: weeks ahead"


class Told(Struct, frozen=True):
    """One thing on one day. No reason stands here: reasons tell how calves feel, and calendars are shared."""

    name: str
    """The same as long as it is the same thing on the same day."""
    on: date
    summary: str
    description: str
    changed_at: datetime
    times_changed: int


class Held(Struct, frozen=True):
    """All of a journal's."""

    kept: bool
    """Whether it is agreed that notes are kept; otherwise there is no calendar."""
    told: tuple[Told, ...] = ()


_held = msgspec.msgpack.Decoder(Held)
NOTHING = Held(kept=True)


def body_of(held: Held) -> bytes:
    return msgspec.msgpack.encode(held)


def held_of(row: Snapshot | None) -> Held:
    """What the snapshot holds; nothing where there is none, or another calfwise made it."""
    try:
        return _held.decode(row.body) if row else NOTHING
    except msgspec.DecodeError:
        return NOTHING


def etag_of(row: Snapshot | None, *, weeks_url: str) -> str:
    """The same as long as the file is: asked before the file is made."""
    told = b"" if row is None else bytes(row.body)
    return hashlib.sha256(b"\0".join((__version__.encode(), weeks_url.encode(), told))).hexdigest()[:32]


def file_of(held: Held, *, owner: UUID, weeks_url: str) -> bytes:
    """The calendar, each of its days with a way back to the plan. Names of entries do not tell whose they are."""
    return calendar_of(_entries(held.told, owner, weeks_url), name=NAME)


def _entries(told: Iterable[Told], owner: UUID, weeks_url: str) -> Iterable[Entry]:
    for each in told:
        yield Entry(
            uid=str(uuid5(owner, each.name)),
            on=each.on,
            summary=each.summary,
            description=each.description,
            changed_at=each.changed_at,
            times_changed=each.times_changed,
            url=f"{weeks_url}?week={each.on.isoformat()}#day-{each.on.isoformat()}",
        )
