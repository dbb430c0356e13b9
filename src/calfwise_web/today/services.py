"""What the runner says today: kept in the journal as the terminal keeps it, screened, and answered with a plan."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile

from django.db import transaction
from msgspec import Struct, structs

from calfwise import library
from calfwise.assess import assess_with, quiet_day
from calfwise.model.care.technique import Position
from calfwise.model.journal import (
    Answers,
    AnyEvent,
    CheckIn,
    Morning,
    PracticePlanned,
    Prefers,
    Seen,
    SpotMorning,
    event_from_line,
    line_of,
)
from calfwise.model.run import Side
from calfwise.model.session import Soreness, TenderSpot
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.player.services import close_unfinished, last_check_in
from calfwise_web.refresh import is_current, refresh, refresh_said, whole_of
from calfwise_web.today.snapshot import question_of
from calfwise_web.whole import Whole

SAID_AGAIN_WITHIN = timedelta(hours=3)
"""Answers that are older are asked anew before another session is planned from them."""


class Wishes(Struct, frozen=True):
    """How today's session may be; `None`: as last said."""

    tools: tuple[str, ...] | None = None
    position: Position | None = None
    minutes: int | None = None


def check_in(
    journal: Journal,
    *,
    soreness: Soreness,
    spots: Sequence[TenderSpot],
    answers: Answers,
    search: bool | None,
    wishes: Wishes,
    now: datetime,
) -> None:
    """Write down how the calves feel, have it screened, and plan what comes of it.

    A session that was begun and left is ended first: what was done of it counts as today's.
    """
    close_unfinished(journal, now=now)
    with transaction.atomic():
        journal.wait_for_others()
        was_current = is_current(journal)
        _prefer(journal, wishes, now=now)
        whole = whole_of(journal, now=now)
        said = CheckIn(at=now, soreness=soreness, spots=tuple(spots), answers=answers, search=search)
        words = _write(journal, _answered(whole, said))
        if was_current:
            refresh_said(journal, whole, words, now=now)
    if not was_current:
        refresh(journal, now=now)


def plan_again(journal: Journal, wishes: Wishes, *, now: datetime) -> bool:
    """The same answers with other tools, another place or more time; False where they are too old to be said again.

    Each time it is a check-in of its own, so their age is that of the first one that said the same.
    """
    said = [event for event in lines.events_of(journal, "check-in") if isinstance(event, CheckIn)]
    same = list(takewhile(lambda one: _says_the_same(one, said[-1]), reversed(said)))
    if not same or not timedelta(0) <= now - same[-1].at <= SAID_AGAIN_WITHIN:
        return False
    last = same[0]
    check_in(
        journal,
        soreness=last.soreness,
        spots=last.spots,
        answers=last.answers,
        search=last.search,
        wishes=wishes,
        now=now,
    )
    return True


def _says_the_same(one: CheckIn, other: CheckIn) -> bool:
    return structs.replace(one, at=other.at) == other


def answer_signs(journal: Journal, answers: Answers, *, now: datetime) -> None:
    """After a stop: what the gate asked about before anything else. Soreness and all else stay as last said."""
    with transaction.atomic():
        journal.wait_for_others()
        whole = whole_of(journal, now=now)
        before = last_check_in(whole) or CheckIn(at=now)
        said = structs.replace(before, at=now, spots=(), answers=before.answers | answers)
        _write(journal, _answered(whole, said))
    refresh(journal, now=now)


def note_morning(journal: Journal, *, soreness: Soreness, spots: Sequence[SpotMorning], now: datetime) -> None:
    """How the calves feel the morning after. A session that was left the day before is ended first."""
    close_unfinished(journal, now=now)
    _write(journal, [Morning(at=now, soreness=soreness, spots=tuple(spots))])
    refresh(journal, now=now)


def was_seen(journal: Journal, *, by: str, on: date, fine: bool, side: Side | None, now: datetime) -> None:
    """A professional's word about a lock."""
    _write(journal, [Seen(at=now, by=by, on=on, massage_is_fine=fine, side=side)])
    refresh(journal, now=now)


def _answered(whole: Whole, said: CheckIn) -> list[AnyEvent]:
    """A check-in with its verdict, and the session or the heel raises that come of it."""
    question = question_of(whole, said, history=whole.history, now=whole.now)
    answer = assess_with(whole.answer, question)
    habit = quiet_day(answer, question, content=library.player())
    events = answer.events(said, rules=question.content.gate.rules.version)
    return [*events, PracticePlanned(at=said.at, practice=habit)] if habit else events


def _prefer(journal: Journal, wishes: Wishes, *, now: datetime) -> None:
    """Remember what is at hand, where one sits and how long it may take, where that is news."""
    present = lines.preferences_of(journal)
    wished = structs.replace(
        present,
        at=now,
        tools=present.tools if wishes.tools is None else wishes.tools,
        on_floor=present.on_floor if wishes.position is None else wishes.position == "floor",
        minutes=wishes.minutes or present.minutes,
    )
    if structs.replace(wished, at=present.at) != present:
        _write(journal, [wished])


def _write(journal: Journal, events: Sequence[AnyEvent | Prefers]) -> list[AnyEvent]:
    """As the terminal would read it back; what was written."""
    read_back = [event_from_line(line_of(event)) for event in events]
    lines.write(journal, read_back)
    return read_back
