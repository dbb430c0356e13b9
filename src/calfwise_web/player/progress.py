"""How far the session is that was played last: a small value beside Today, so that no page replays anything."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from calfwise.model.care.player_replay import Played
from calfwise.model.session import Practice
from calfwise_web.journal.models import Journal

PAGE = "playing"


class Progress(Struct, frozen=True):
    """How far a session is."""

    session: str
    kind: Literal["massage", "practice"]
    phase: str
    begun: bool
    """Something was done of it."""
    over: bool
    leads: str | None
    """The device."""
    heard_at: datetime
    reason: str | None = None
    """Why it was stopped, by id."""
    asks: tuple[str, ...] = ()
    """Signs that the gate asks about before anything else."""


_decoder = msgspec.json.Decoder(Progress)


def progress_of(body: bytes | memoryview) -> Progress:
    return _decoder.decode(body)


def held(journal: Journal) -> Progress | None:
    """Of the session that was played last."""
    row = journal.snapshots.filter(page=PAGE).first()
    return progress_of(row.body) if row else None


def hold(journal: Journal, played: Played, *, now: datetime) -> None:
    """Write down how far a session is."""
    progress = Progress(
        session=played.session.id,
        kind="practice" if isinstance(played.session, Practice) else "massage",
        phase=played.phase.value,
        begun=played.was_begun,
        over=played.is_over,
        leads=played.state.device,
        heard_at=now,
        reason=played.state.reason,
        asks=played.asks,
    )
    journal.snapshots.update_or_create(
        page=PAGE, defaults={"revision": journal.revision, "made_at": now, "body": msgspec.json.encode(progress)}
    )
