"""Days on which a leg is locked: since when, why, what opens it, and what to do meanwhile. Massage alone is locked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.care.refer import LOCKED, StillLocked
from calfwise.model.care.signs import Level
from calfwise.model.run import Side
from calfwise_web.journal.lines import home_of
from calfwise_web.templatetags.words import weekday_said
from calfwise_web.today.seen import LegSeen, locked_sides
from calfwise_web.today.snapshot import Today
from calfwise_web.today.why import Line, legs_said, line_of, sentence, told_later

WALK = "Walk as you like, as long as it stays easy."
WHO = {Level.WEEK: "A physio or doctor"}


@dataclass(frozen=True, slots=True)
class LockLine:
    """One earlier referral that still holds."""

    legs: str
    since: str
    why: tuple[str, ...]
    opens: str
    quiet: str
    """How far quiet mornings have come; empty where they open nothing."""
    mornings: int | None = None
    needed: int = 7


@dataclass(frozen=True, slots=True)
class LockedDays:
    """What stands in the way of massage from earlier days."""

    title: str
    locks: tuple[LockLine, ...]
    conditions: tuple[Line, ...]
    """Standing conditions; Settings is where they change."""
    advice: tuple[Line, ...]
    form: LegSeen | None


def locked_days(today: Today, *, now: datetime | None = None) -> LockedDays | None:
    """What stands in the way of massage from earlier days; `None` where nothing does."""
    conditions = tuple(line_of(lock.reason) for lock in today.locks if lock.reason.id != LOCKED)
    if not today.still_locked and not conditions:
        return None
    here = (now or today.now).astimezone(home_of(today.prefers)).date()
    sides = locked_sides(today.still_locked) or tuple(dict.fromkeys(s for lock in today.locks for s in lock.sides))
    return LockedDays(
        title=f"No massage of {legs_said(sides)} for now",
        locks=tuple(_line(locks) for locks in _alike(today.still_locked)),
        conditions=conditions,
        advice=_advice(today),
        form=LegSeen(locks=today.still_locked, today=here) if today.still_locked else None,
    )


def _alike(locks: Iterable[StillLocked]) -> list[list[StillLocked]]:
    """Soreness that stays raises a new lock with each check-in: what locks and opens alike is told once."""
    found: dict[tuple[Level, tuple[Side, ...], bool], list[StillLocked]] = {}
    for lock in locks:
        found.setdefault((lock.level, lock.sides, lock.quiet_mornings is None), []).append(lock)
    return list(found.values())


def _line(locks: Sequence[StillLocked]) -> LockLine:
    lock, counts = locks[0], [each.quiet_mornings for each in locks if each.quiet_mornings is not None]
    mornings = min(counts, default=None)
    needed = library.gate().rules.quiet_mornings
    who = WHO.get(lock.level, "A doctor")
    opens = f"{who} who has seen it and says that massage is fine (our rule)."
    quiet = "" if mornings is None else f"{mornings} of {needed} quiet mornings"
    if quiet:
        opens = f"{opens[:-1]}, or {needed} quiet mornings in a row with both legs at 0 or 1."
    return LockLine(
        legs=sentence(legs_said(lock.sides)),
        since=weekday_said(lock.since),
        why=told_later(id_ for each in locks for id_ in each.why),
        opens=opens,
        quiet=quiet,
        mornings=mornings,
        needed=needed,
    )


def _advice(today: Today) -> tuple[Line, ...]:
    """For these days: walking, and what the model says about running, if it was asked today; each once."""
    checked, home = today.checked, home_of(today.prefers)
    asked_today = checked and checked.check_in.at.astimezone(home).date() == today.now.astimezone(home).date()
    running: tuple[Reason, ...] = checked.advice if checked and asked_today else ()
    walking = () if any("alk" in reason.text for reason in running) else (Line(WALK),)
    return (*walking, *(line_of(reason) for reason in running))
