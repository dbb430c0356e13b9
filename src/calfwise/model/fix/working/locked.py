"""Days on which a leg was locked: on these fewer sessions say nothing about the calves.

The gate's own rules (`care/refer.py`), walked through once instead of asked for every day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from calfwise.model.care.persistence import speaks_for
from calfwise.model.care.refer import LOCKED
from calfwise.model.care.screening import closed_before
from calfwise.model.care.signs import Gate, Kind, Level
from calfwise.model.journal import History, Screened, Seen
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import SorenessNote

Stretch = tuple[date, date]
"""First day, and the first day after it."""
A_DAY = timedelta(days=1)


def locked_days(history: History, *, gate: Gate, now: datetime) -> frozenset[date]:
    """Every day that ended with a leg locked by a referral, or with a condition that stands in the way.

    Parameters
    ----------
    history
        Referrals, who saw what, and mornings.
    gate
        Questions and thresholds.
    now
        Aware; its offset is the runner's home. Today counts.
    """
    days: set[date] = set()
    for past in history.referrals:
        if past.at <= now:
            for first, end in _locked(past, history, gate, now):
                days.update(_each(first, end))
    for first, end in _blocked(history, gate, now):
        days.update(_each(first, end))
    return frozenset(days)


def _each(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first += A_DAY


def _locked(past: Screened, history: History, gate: Gate, now: datetime) -> Iterator[Stretch]:
    """From the day it was raised to the one it was lifted on, and again where a later word took that back."""
    blocks = gate.of_kind(Kind.BLOCK)
    if past.level == Level.BLOCK.value:
        return
    if past.reasons and all(id_ == LOCKED or id_ in blocks for id_ in past.reasons):
        return
    raised, since = _day(past.at, now), _day(past.at, now)
    locked = True
    for moment, is_locked in _states(past, history, gate, now):
        if is_locked != locked:
            if locked:
                yield since, _day(moment, now)
            locked, since = is_locked, max(raised, _day(moment, now))
    if locked:
        yield since, now.date() + A_DAY


def _states(past: Screened, history: History, gate: Gate, now: datetime) -> Iterator[tuple[datetime, bool]]:
    """Whether it locks a leg after each later word that can lift it."""
    week = past.level == Level.WEEK.value
    named = past.locked if week and past.locked else BOTH_SIDES
    raised = _day(past.at, now)
    fine: dict[Side, bool] = dict.fromkeys(named, False)
    spoken: dict[Side, datetime] = {}
    signs = gate.of_kind(Kind.SIGN)
    sign_at = max((at for id_, at in history.ever_yes.items() if id_ in signs and at > past.at), default=None)
    quiet: set[date] = set()
    for event in _later(past, history, mornings=week and past.two_sided, now=now):
        if isinstance(event, Seen):
            if raised <= event.on <= _day(event.at, now):
                # Of two words of one moment the first counts, as in the gate.
                sides = [side for side in named if speaks_for(event, side) and spoken.get(side) != event.at]
                fine |= dict.fromkeys(sides, event.massage_is_fine)
                spoken |= dict.fromkeys(sides, event.at)
        elif sign_at is None or event.at < sign_at:
            _count(quiet, event, gate, now)
        else:
            quiet.clear()
        yield event.at, not all(fine.values()) and len(quiet) < gate.rules.quiet_mornings


def _later(past: Screened, history: History, *, mornings: bool, now: datetime) -> list[Seen | SorenessNote]:
    """What can lift it, in order of time."""
    notes: Sequence[SorenessNote] = history.soreness if mornings else ()
    words: list[Seen | SorenessNote] = [note for note in notes if past.at < note.at <= now]
    words += [seen for seen in history.seen if past.at <= seen.at <= now]
    return sorted(words, key=lambda word: word.at)


def _count(quiet: set[date], note: SorenessNote, gate: Gate, now: datetime) -> None:
    """A quiet morning more, or none any longer."""
    legs = (note.soreness.left, note.soreness.right)
    if any(nrs is not None and nrs > gate.rules.quiet_leg_nrs for nrs in legs):
        quiet.clear()
    elif note.morning and None not in legs:
        quiet.add(_day(note.at, now))


def _blocked(history: History, gate: Gate, now: datetime) -> Iterator[Stretch]:
    """Days on which a standing condition was named, those between them, and on to today where it still stands."""
    stands = {reason.id for reason, _ in closed_before(gate=gate, history=history, now=now)}
    for block in gate.of_kind(Kind.BLOCK):
        named = [past.at for past in history.referrals if block in past.reasons and past.at <= now]
        for at, then in pairwise(named):
            yield _day(at, now), _day(at if _was_open(history, block, at, then) else then, now) + A_DAY
        if named:
            end = now if block in stands and not _was_open(history, block, named[-1], now) else named[-1]
            yield _day(named[-1], now), _day(end, now) + A_DAY


def _was_open(history: History, block: str, since: datetime, until: datetime) -> bool:
    """Whether somebody agreed in between, or a session was done."""
    agreed = any(seen.block == block and seen.massage_is_fine and since <= seen.at <= until for seen in history.seen)
    return agreed or any(since < past.at < until for past in history.sessions)


def _day(at: datetime, now: datetime) -> date:
    return at.astimezone(now.tzinfo).date()
