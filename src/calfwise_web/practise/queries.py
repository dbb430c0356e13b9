"""What routines are asked of: what was said and done, and what only the whole journal tells."""

from datetime import datetime

import msgspec
from django.http import HttpRequest

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.practice import Offer, level_of, may_practise
from calfwise.model.journal import History, PracticePlanned, fold
from calfwise.model.session import HEEL_RAISES, Practice, Soreness
from calfwise_web import access
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal
from calfwise_web.practise.snapshot import PAGE, Ground, ground_of

BEARS_ON_PRACTICE = ("check-in", "morning", "screened", "seen", "practice", "weeks-wanted")
"""Events that say whether a routine suits, and which level comes next."""
SAY_FIRST = "say-first"
"""The model's reason where nobody said today how the calves feel."""
BEFORE_IT_BEGINS = (SAY_FIRST, "sore", "not-quiet-yet", "rest", "often-enough", "no-cadence", "not-agreed", "return")
"""The model's reasons not to begin today; all others are of the gate, and end what was begun, too."""
QUIET = Soreness(0, 0)


def history_of(journal: Journal) -> History:
    """As much of the journal as routines depend on."""
    return fold(events_of(journal, *BEARS_ON_PRACTICE))


def held(request: HttpRequest) -> Ground | None:
    """What only the whole journal tells; `None` where it was not worked out yet, or by another calfwise."""
    row = access.snapshot(request, PAGE)
    try:
        return ground_of(row.body) if row else None
    except msgspec.DecodeError:
        return None


def ground_for(journal: Journal) -> Ground | None:
    """The same of a journal."""
    row = journal.snapshots.filter(page=PAGE).first()
    try:
        return ground_of(row.body) if row else None
    except msgspec.DecodeError:
        return None


def offers(history: History, ground: Ground | None, *, now: datetime) -> tuple[Offer, ...]:
    """Every routine as of now."""
    return tuple(offer(routine, history, ground, now=now) for routine in library.player().routines)


def offer(routine: str, history: History, ground: Ground | None, *, now: datetime) -> Offer:
    """One routine as of now: its level, and what speaks against it."""
    level, why = level_of(routine, history, content=library.player(), now=now)
    return Offer(routine, level, why, shut(routine, history, ground, now=now))


def shut(routine: str, history: History, ground: Ground | None, *, now: datetime) -> Reason | None:
    """Why it does not suit now; `None`: nothing known speaks against it. Nobody is asked to say what would not help."""
    why = _may(routine, history, ground, None, now) or _limited(routine, ground, now)
    if why is not None and why.id == SAY_FIRST:
        return _may(routine, history, ground, QUIET, now) or _limited(routine, ground, now) or why
    return why


def _may(
    routine: str, history: History, ground: Ground | None, soreness: Soreness | None, now: datetime
) -> Reason | None:
    return may_practise(
        routine,
        history=history,
        soreness=soreness,
        screening=None,
        content=library.player(),
        now=now,
        cadence_spm=ground.cadence_spm if ground else None,
    )


def _limited(routine: str, ground: Ground | None, now: datetime) -> Reason | None:
    """What today's check-in says beyond a referral."""
    if ground is None or ground.screened_at is None:
        return None
    is_today = ground.screened_at.astimezone(now.tzinfo).date() == now.date()
    return ground.limits.get(routine) if is_today else None


def planned_today(journal: Journal, *, now: datetime) -> Practice | None:
    """The routine that was planned last, if that was today."""
    planned = [each.practice for each in events_of(journal, "practice-planned") if isinstance(each, PracticePlanned)]
    last = next((each for each in reversed(planned) if each.routine != HEEL_RAISES), None)
    return last if last is not None and last.at.astimezone(now.tzinfo).date() == now.date() else None
