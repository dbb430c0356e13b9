"""Runners who practise: what they said, what they did."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from calfwise.model.journal import AnyEvent, CheckIn, PracticeDone, Screened
from calfwise.model.run import Side
from calfwise.model.session import ExerciseDone, Soreness
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh


def tells(journal: Journal, *events: AnyEvent, now: datetime) -> None:
    """Write it down, and bring the pages up to it."""
    lines.write(journal, events)
    refresh(journal, now=now)


def quiet_days(count: int, *, until: datetime, nrs: int = 0) -> Sequence[AnyEvent]:
    """Mornings on which both calves were quiet, the last of them today."""
    return [CheckIn(at=until - timedelta(days=day), soreness=Soreness(nrs, nrs)) for day in range(count, -1, -1)]


def locked(at: datetime) -> Screened:
    """A referral that locks the left leg."""
    return Screened(at=at, outcome="referral", rules="1", level="today", locked=(Side.LEFT,), reasons=("swelling",))


def did(routine: str, at: datetime, **made: Any) -> PracticeDone:
    """A routine that was done."""
    done = (ExerciseDone("heel-raises-straight", None, (8, 8)), ExerciseDone("heel-raises-bent", None, (8, 6)))
    return PracticeDone(at=at, routine=routine, **{"level": 1, "done": done, **made})
