"""What routines are asked of: what was said and done, and what only the whole journal tells."""

from datetime import datetime

from django.http import HttpRequest

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.practice import Offer, level_of, may_practise, quiet_since
from calfwise.model.journal import History, PracticePlanned, fold
from calfwise.model.session import HEEL_RAISES, Practice, Soreness
from calfwise_web import access
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal
from calfwise_web.journal.reading import decoded
from calfwise_web.practise.snapshot import PAGE, Ground, ground_of

BEARS_ON_PRACTICE = ("check-in", "morning", "screened", "seen", "practice", "weeks-wanted")
"""Events that say whether a routine suits, and which level comes next."""
SAY_FIRST = "say-first"
"""The model's reason where nobody said today how the calves feel."""
NOT_QUIET_YET = "not-quiet-yet"
BEFORE_IT_BEGINS = (
    SAY_FIRST,
    "sore",
    NOT_QUIET_YET,
    "check-in-first",
    "rest",
    "often-enough",
    "no-cadence",
    "not-agreed",
    "return",
)
"""The model's reasons not to begin today; all others are of the gate, and end what was begun, too."""
QUIET = Soreness(0, 0)


def history_of(journal: Journal) -> History:
    """As much of the journal as routines depend on."""
    return fold(events_of(journal, *BEARS_ON_PRACTICE))


def held(request: HttpRequest) -> Ground | None:
    """What only the whole journal tells; `None` where it was not worked out yet, or by another calfwise."""
    return decoded(access.snapshot(request, PAGE), ground_of)


def ground_for(journal: Journal) -> Ground | None:
    """The same of a journal."""
    return decoded(journal.snapshots.filter(page=PAGE).first(), ground_of)


def offers(history: History, ground: Ground | None, *, now: datetime) -> tuple[Offer, ...]:
    """Every routine as of now."""
    return tuple(offer(routine, history, ground, now=now) for routine in library.player().routines)


def offer(routine: str, history: History, ground: Ground | None, *, now: datetime) -> Offer:
    """One routine as of now: its level, and what speaks against it."""
    level, why = level_of(routine, history, content=library.player(), now=now)
    return Offer(routine, level, why, shut(routine, history, ground, now=now))


def shut(routine: str, history: History, ground: Ground | None, *, now: datetime) -> Reason | None:
    """Why it does not suit now; `None`: nothing known speaks against it. Nobody is asked to say what would not help."""
    why = _may(routine, history, ground, None, now)
    if why is None or why.id != SAY_FIRST:
        return why
    quiet = _may(routine, history, ground, QUIET, now)
    if quiet is not None and quiet.id == NOT_QUIET_YET and _silent(history, now):
        days = library.player().routines[routine].quiet_days
        return Reason(
            quiet.id, f"It begins after {days} quiet days, and nobody has said yet that one was.", quiet.sources
        )
    return quiet or why


def _silent(history: History, now: datetime) -> bool:
    """Whether no day is known since which the calves were quiet."""
    return quiet_since(history, None, calm_nrs=library.player().practice.calm_nrs, now=now) is None


def _may(
    routine: str, history: History, ground: Ground | None, soreness: Soreness | None, now: datetime
) -> Reason | None:
    return may_practise(
        routine,
        history=history,
        soreness=soreness,
        screening=ground.screening(now) if ground else None,
        content=library.player(),
        now=now,
        cadence_spm=ground.cadence_spm if ground else None,
    )


def planned_today(journal: Journal, *, now: datetime) -> Practice | None:
    """The routine that was planned last, if that was today."""
    planned = [each.practice for each in events_of(journal, "practice-planned") if isinstance(each, PracticePlanned)]
    last = next((each for each in reversed(planned) if each.routine != HEEL_RAISES), None)
    return last if last is not None and last.at.astimezone(now.tzinfo).date() == now.date() else None
