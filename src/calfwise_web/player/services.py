"""What phones send of a session: kept as it came, each event once, and replayed by the model's own table."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, tzinfo

import msgspec
from django.db import transaction
from msgspec import structs

from calfwise import library
from calfwise.assess import assess_with
from calfwise.model.care.player_events import Happened, Kind, happened_from_json
from calfwise.model.care.player_replay import Played
from calfwise.model.journal import AnyEvent, CheckIn, event_from_line, line_of
from calfwise.model.session import Practice, Session
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.player import progress, queries
from calfwise_web.player.models import Happening
from calfwise_web.refresh import refresh, whole_of
from calfwise_web.today.snapshot import question_of
from calfwise_web.whole import Whole

SERVER = "server"
"""The device that closes sessions nobody came back to."""


def record(journal: Journal, session: Session | Practice, sent: Sequence[Happened], *, now: datetime) -> Played:
    """Keep what was sent, and write down the session's end where it has come.

    Everything is on disk when this returns. What was sent before is not kept twice; nothing overwrites anything.
    """
    if not sent:
        return queries.played(journal, session)
    with transaction.atomic():
        journal.wait_for_others()
        new = _keep(journal, session.id, sent, now=now)
        played = queries.played(journal, session)
        ended = bool(new) and _settle(journal, played, now=now)
        if new:
            progress.hold(journal, played, now=now)
    if ended:
        refresh(journal, now=now)
    return played


def close_unfinished(journal: Journal, *, now: datetime) -> bool:
    """End the session that was begun and left; whether there was one. What was done of it counts as done."""
    left = progress.held(journal)
    if left is None or left.over:
        return False
    session = queries.plan_of(journal, left.session)
    if session is None:
        return False
    record(journal, session, _closing(queries.played(journal, session), at=now), now=now)
    return True


def close_left_overnight(journal: Journal, *, now: datetime, home: tzinfo) -> bool:
    """End a session that was begun on an earlier day and left."""
    left = progress.held(journal)
    if left is None or left.over or left.heard_at.astimezone(home).date() >= now.astimezone(home).date():
        return False
    return close_unfinished(journal, now=now)


def _closing(played: Played, *, at: datetime) -> list[Happened]:
    """The server takes over from whoever leads, and ends it."""
    if played.is_over or played.state.device is None:
        return []
    number = max((each.event.sequence for each in played.log if each.event.device == SERVER), default=0)
    follows = f"{played.state.device}:{played.state.sequence}"
    return [
        Happened(SERVER, number + 1, "closing", 0, at, Kind.TAKE_OVER, value=follows),
        Happened(SERVER, number + 2, "closing", 0, at, Kind.END),
    ]


def _keep(journal: Journal, session: str, sent: Sequence[Happened], *, now: datetime) -> int:
    """How many of them are new."""
    there = journal.happenings.filter(session=session)
    before = there.count()
    journal.happenings.bulk_create([_row(journal, session, event, now) for event in sent], ignore_conflicts=True)
    return there.count() - before


def _row(journal: Journal, session: str, event: Happened, now: datetime) -> Happening:
    """An event as it is kept; sent again it is the same line."""
    line = msgspec.json.encode(event)
    return Happening(
        journal=journal,
        session=session,
        device=event.device,
        sequence=event.sequence,
        line=line.decode(),
        digest=hashlib.sha256(line).hexdigest(),
        arrived_at=now,
    )


def _settle(journal: Journal, played: Played, *, now: datetime) -> bool:
    """Write what the journal gets of a session that is over, once; whether there was anything to write.

    It is over with the stop, and why one stopped comes after it: a sign counts whenever it arrives.
    """
    if not played.is_over:
        return False
    ended = [] if queries.is_ended(journal, played.session.id) else _end(played, now=now)
    lines.write(journal, ended)
    raised = _raised(journal, played, now=now)
    lines.write(journal, raised)
    return bool(ended or raised)


def _end(played: Played, *, now: datetime) -> list[AnyEvent]:
    """As the terminal would read it back; nothing where nothing was done."""
    at = _ended_at(played, now=now)
    end = played.done_event(at=at) or played.practice_done(at=at)
    return [event_from_line(line_of(end))] if end else []


def _ended_at(played: Played, *, now: datetime) -> datetime:
    """When the phone last said something, by its clock, where that can be: after the plan and not in the future."""
    applied = [each.event.at for each in played.log if each.why is None and each.event.device != SERVER]
    return min(max(applied[-1] if applied else now, played.session.at), now)


def _raised(journal: Journal, played: Played, *, now: datetime) -> list[AnyEvent]:
    """Signs that turned up go to the gate at once, as a check-in that says yes to them."""
    if not played.answers:
        return []
    whole = whole_of(journal, now=now)
    since = [e for e in whole.events if isinstance(e, CheckIn) and e.at >= played.session.at]
    if any(played.answers.items() <= check_in.answers.items() for check_in in since):
        return []
    base = last_check_in(whole) or CheckIn(at=now)
    check_in = structs.replace(base, at=now, spots=(), answers=base.answers | played.answers)
    answer = assess_with(whole.answer, question_of(whole, check_in, history=whole.history, now=whole.now))
    return answer.events(check_in, rules=library.gate().rules.version)


def last_check_in(whole: Whole) -> CheckIn | None:
    """The last one that said how the calves feel."""
    said = (e for e in reversed(whole.events) if isinstance(e, CheckIn) and e.soreness.worst_nrs is not None)
    return next(said, None)


def read_sent(item: msgspec.Raw) -> Happened:
    """An event as a page sent it; `msgspec.ValidationError` says what is wrong with it."""
    return happened_from_json(bytes(item))
