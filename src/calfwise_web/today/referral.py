"""When somebody else should look at it: what is said first, whom to call, what to tell them, and how it ends."""

from dataclasses import dataclass
from datetime import date, datetime

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.care.refer import LOCKED
from calfwise.model.care.signs import Level
from calfwise.model.run import BOTH_SIDES, Side
from calfwise_web.journal.lines import home_of
from calfwise_web.today.helplines import Calls, calls_for, with_number
from calfwise_web.today.lifted import is_lifted, stands_for_long
from calfwise_web.today.seen import LegSeen
from calfwise_web.today.snapshot import Checked, Today
from calfwise_web.today.state import is_fresh
from calfwise_web.today.why import Line, legs_said, line_of, sentence, to_say, told_later

CANNOT_TELL = "We can't tell from here what it is. {who} can."
OPEN = "Only massage is locked. Your runs, your load, your spots and your history stay open."
KINDS = {Level.EMERGENCY: "emergency", Level.TODAY: "today", Level.WEEK: "week", Level.BLOCK: "block"}


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """All that is said."""

    kind: str
    """emergency, today, week, block; locked: nothing is new since an earlier one."""
    first: str
    then: str
    calls: Calls
    whom: tuple[str, ...]
    """Besides the numbers."""
    say: tuple[str, ...]
    reasons: tuple[Line, ...]
    also: tuple[Line, ...]
    """Less urgent ones."""
    not_now: tuple[str, ...]
    worse: str
    """What would make it an emergency; empty where it is one."""
    cannot_tell: str
    running: tuple[Line, ...]
    scope: str
    ends: str
    form: LegSeen | None
    conditions: bool
    """Whether Settings is where it ends."""

    @property
    def emergency(self) -> bool:
        return self.kind == "emergency"


def referral_card(today: Today, *, now: datetime) -> ReferralCard | None:
    """What today's check-in says where it refers; `None` where it does not, is too old, or was lifted since."""
    checked, home = today.checked, home_of(today.prefers)
    if checked is None or checked.level is None or not checked.still_holds:
        return None
    if is_lifted(today, checked) or not is_fresh(checked, now=now, home=home):
        return None
    level, calls = checked.level, calls_for(today.prefers.country)
    reasons = _each_lock_once(checked.reasons)
    decisive = tuple(reason for reason in reasons if (reason.level or Level.BLOCK) is level)
    fresh = tuple(reason for reason in decisive if reason.id != LOCKED)
    kind = KINDS[level] if fresh else "locked"
    who = "A doctor" if _asks_for_doctor(kind, level, fresh) else "A physio or doctor"
    form = LegSeen(locks=today.still_locked, today=now.astimezone(home).date()) if today.still_locked else None
    rest = tuple(reason for reason in reasons if reason not in decisive)
    return ReferralCard(
        kind=kind,
        first=_first(kind, checked.locked, who, decisive, calls),
        then=_then(kind, checked.locked, level, calls),
        calls=calls,
        whom=_whom(kind, calls),
        say=to_say(fresh),
        reasons=tuple(_line(reason, today, calls) for reason in decisive),
        also=tuple(_line(reason, today, calls) for reason in rest),
        not_now=_not_now(kind, checked.locked),
        worse=_worse(kind, calls),
        cannot_tell="" if kind == "block" else CANNOT_TELL.format(who=who),
        running=tuple(line_of(reason) for reason in checked.advice),
        scope=_scope(kind, checked.locked),
        ends=_ends(kind, checked, today),
        form=form,
        conditions=kind == "block" and any(stands_for_long(reason) for reason in decisive),
    )


def _asks_for_doctor(kind: str, level: Level, fresh: tuple[Reason, ...]) -> bool:
    if kind == "locked" or level is not Level.WEEK:
        return level in (Level.TODAY, Level.EMERGENCY)
    return any(reason.advice and "physio" not in reason.advice for reason in fresh)


def _first(kind: str, locked: tuple[Side, ...], who: str, decisive: tuple[Reason, ...], calls: Calls) -> str:
    """Readable before anything else: what to do, and how soon."""
    if kind == "emergency":
        calls_for_help = any("emergency number" in reason.advice for reason in decisive)
        return f"{sentence(calls.call_emergency)} now." if calls_for_help else "Go to an emergency department now."
    if kind == "today":
        return "No massage of either leg. A doctor should look at this today."
    if kind == "week":
        return f"No massage of {legs_said(locked)}. {who} should look at it within a week."
    if kind == "locked":
        return f"Massage of {legs_said(locked)} is still locked."
    daily = not any(stands_for_long(reason) for reason in decisive)
    return "No massage today, and no alarm." if daily else "No massage for now, and no alarm."


def _then(kind: str, locked: tuple[Side, ...], level: Level, calls: Calls) -> str:
    """The next line."""
    if kind == "emergency":
        return "No massage of either leg."
    if kind == "locked" and level is Level.EMERGENCY:
        return f"If any of it is still so, {calls.call_emergency} now. If nobody has looked at it yet, a doctor today."
    if kind == "locked":
        soon = "today" if level is Level.TODAY else "this week"
        return f"If nobody has looked at it yet, have that done {soon}."
    if kind == "week" and len(locked) == 1:
        return "A day with anything new has no session for the other leg either."
    return ""


def _whom(kind: str, calls: Calls) -> tuple[str, ...]:
    if kind == "today":
        closed = "" if calls.urgent else " When it is closed: the doctors on call, or an emergency department."
        return (f"Your doctor's practice, while it is open.{closed}",)
    if kind == "week":
        return ("A physio or your doctor's practice: ask for an appointment within a week.",)
    return ()


def _not_now(kind: str, locked: tuple[Side, ...]) -> tuple[str, ...]:
    if kind == "emergency":
        return ("Do not rub, roll, press or stretch the calf.", "Do not drive yourself.")
    if kind == "block":
        return ()
    legs = "either calf" if len(locked) != 1 else f"the {locked[0]} calf"
    return (f"Until then do not massage or roll {legs}, use a massage gun on it, or stretch it hard.",)


def _worse(kind: str, calls: Calls) -> str:
    if kind in ("emergency", "block"):
        return ""
    return f"Out of breath, pain in the chest, or faint? Then {calls.call_emergency} at once."


def _scope(kind: str, locked: tuple[Side, ...]) -> str:
    if kind == "block":
        return OPEN
    if len(locked) != 1:
        return f"{OPEN} Both legs are locked for massage."
    other = next(side for side in BOTH_SIDES if side not in locked)
    return f"{OPEN} It is about your {locked[0]} leg; the {other} one can have a session on a day without anything new."


def _ends(kind: str, checked: Checked, today: Today) -> str:
    """How the lock ends. The lock is our rule, and is called so."""
    if kind == "block":
        long = any(stands_for_long(reason) for reason in checked.reasons)
        return "" if long else "You are asked again at the next check-in."
    mornings = [lock.quiet_mornings for lock in today.still_locked if lock.quiet_mornings is not None]
    rule = "The lock ends when a professional has seen it and says that massage is fine (our rule)."
    if mornings and len(mornings) == len(today.still_locked):
        needed = library.gate().rules.quiet_mornings
        return f"{rule} Or by itself after {needed} quiet mornings, both legs at 0 or 1: {min(mornings)} so far."
    return rule


def _each_lock_once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Soreness that stays raises a new lock with each check-in: the first of those alike stands for them."""
    told = dict.fromkeys((reason.id, reason.side, reason.level) for reason in reasons if reason.id == LOCKED)
    first = {key: next(r for r in reasons if (r.id, r.side, r.level) == key) for key in told}
    return tuple(r for r in reasons if r.id != LOCKED or r is first[r.id, r.side, r.level])


def _day_of(today: Today) -> date:
    """Of the check-in, on the runner's clock."""
    assert today.checked is not None
    return today.checked.check_in.at.astimezone(home_of(today.prefers)).date()


def _line(reason: Reason, today: Today, calls: Calls) -> Line:
    """A reason with the number in its advice; an earlier lock with why it was raised."""
    line = line_of(reason)
    if reason.id != LOCKED:
        return Line(line.text, line.leg, with_number(line.advice, calls), line.sources)
    sides = (reason.side,) if reason.side else BOTH_SIDES
    alike = (lock for lock in today.still_locked if (lock.level, lock.sides) == (reason.level, sides))
    told = told_later(id_ for lock in alike if lock.since < _day_of(today) for id_ in lock.why)
    return Line(" ".join([line.text, *(f"{text}." for text in told)]), line.leg, "", line.sources)
