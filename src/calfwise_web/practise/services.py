"""Routines that are begun: how sore today, and the practice as it is planned."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.practice import level_of, practice_of
from calfwise.model.journal import AnyEvent, CheckIn, History, PracticeDone, PracticePlanned, event_from_line, line_of
from calfwise.model.session import Practice, Soreness
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.player.services import close_unfinished
from calfwise_web.practise import queries
from calfwise_web.practise.shapes import Shape, shaped
from calfwise_web.practise.snapshot import ground
from calfwise_web.refresh import is_current, refresh, refresh_said, whole_of


def say_soreness(journal: Journal, soreness: Soreness, *, now: datetime) -> None:
    """How the calves feel today. It is no check-in: the gate was asked nothing, and allows nothing."""
    _write(journal, [CheckIn(at=now, soreness=soreness)], now=now)


def plan(journal: Journal, routine: str, *, shape: Shape | None, now: datetime) -> Practice | Reason:
    """Plan a routine for now; or why not, and then nothing is written.

    A session that was begun and left is ended first: what was done of it counts.

    Parameters
    ----------
    journal
        Whose.
    routine
        By id.
    shape
        How its ladders are laid; `None`: as they are written.
    now
        Aware, on the runner's own clock.
    """
    with transaction.atomic():
        journal.wait_for_others()
        whole = whole_of(journal, now=now)
        stands = ground(whole)
        offer = queries.offer(routine, whole.history, stands, now=now)
        if offer.shut is not None:
            return offer.shut
        content = library.player()
        practice = practice_of(
            routine,
            offer.level,
            content=content if shape is None else shaped(content, routine, offer.level, shape),
            at=now,
            reason=offer.why,
            cadence_spm=stands.cadence_spm,
            on=now.date() if _is_laid(whole.history, routine, now) else None,
        )
    close_unfinished(journal, now=now)
    _write(journal, [PracticePlanned(at=now, practice=practice)], now=now)
    return practice


def done_without_the_player(journal: Journal, routine: str, *, felt_nrs: int, now: datetime) -> str:
    """Write down that a routine was done today; what is told of it. Once a day: a second tap adds nothing.

    What was done was done, whether it suited or not: a level is noted as it stood, and how the calves felt counts.
    """
    history = queries.history_of(journal)
    title = library.player().routines[routine].title
    days = [one.at.astimezone(now.tzinfo).date() for one in history.practices if one.routine == routine]
    if now.date() in days:
        return f"{title} is written down for today already."
    level, _ = level_of(routine, history, content=library.player(), now=now)
    laid = lines.history_of(journal)
    on = now.date() if _is_laid(laid, routine, now) else None
    _write(journal, [PracticeDone(at=now, level=level, routine=routine, felt_nrs=felt_nrs, on=on)], now=now)
    return f"{title} is written down for today."


def _is_laid(history: History, routine: str, now: datetime) -> bool:
    """Whether the weeks ahead have it today."""
    today = history.laid.get(now.date())
    return today is not None and any(element.routine == routine for element in today.elements)


def _write(journal: Journal, events: Sequence[AnyEvent], *, now: datetime) -> None:
    """As the terminal would read it back, and shown by the next page."""
    read_back = [event_from_line(line_of(event)) for event in events]
    with transaction.atomic():
        journal.wait_for_others()
        was_current = is_current(journal)
        whole = whole_of(journal, now=now) if was_current else None
        lines.write(journal, read_back)
        if whole is not None:
            refresh_said(journal, whole, read_back, now=now)
    if whole is None:
        refresh(journal, now=now)
