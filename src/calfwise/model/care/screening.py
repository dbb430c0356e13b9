"""The gate: answers, soreness and history -> Clear | Limited | Referral | Unanswered.

Silence never allows massage and raises no alarm. A yes more never loosens. Only `Clear` and `Limited` reach a plan.
"""

from collections.abc import Sequence
from datetime import datetime

from calfwise.model.care.case import Case, answered, missing
from calfwise.model.care.limits import limited
from calfwise.model.care.outcomes import Reason, Screening, Unanswered
from calfwise.model.care.persistence import persistence
from calfwise.model.care.refer import StillLocked, blocks, locks, referral, still_locked
from calfwise.model.care.signs import Gate
from calfwise.model.journal import CheckIn, History
from calfwise.model.load.change import Notice
from calfwise.model.run import Side
from calfwise.model.session import SorenessNote


def screen(
    *,
    gate: Gate,
    check_in: CheckIn,
    history: History,
    explained: Notice | None,
    hard_ends: Sequence[datetime] = (),
    now: datetime,
) -> Screening:
    """Whether self-massage is sensible today.

    Parameters
    ----------
    gate
        Questions and thresholds (library/signs, library/gate.toml).
    check_in
        Today's soreness and answers; answers older than 12 h are asked again.
    history
        Standing conditions, locks and soreness of earlier days.
    explained
        A run of the last 72 h that explains sore calves; `None`: there is none, or nobody knows.
    hard_ends
        When harder runs ended: soreness that rises in the 72 h after one does not count as persisting.
    now
        Aware.

    Returns
    -------
    Clear | Limited | Referral | Unanswered
        The most urgent of all reasons decides; with no reason to refer, a missing answer gives `Unanswered`.
    """
    notes = (*(n for n in history.soreness if n.at < now), SorenessNote(now, check_in.soreness, False))
    case = Case(
        gate=gate,
        said=answered(gate, check_in, history, now),
        soreness=check_in.soreness,
        history=history,
        explained=explained,
        now=now,
        legs=persistence(notes, now=now, hard_ends=hard_ends, rules=gate.rules, seen=history.seen),
        hard_ends=hard_ends,
    )
    referred = referral(case)
    if referred is not None:
        return referred
    unsaid = missing(case)
    if unsaid:
        return Unanswered(unsaid, (_unanswered_reason(unsaid),))
    return limited(case)


def closed_before(*, gate: Gate, history: History, now: datetime) -> tuple[tuple[Reason, tuple[Side, ...]], ...]:
    """What stands in the way before anything is said today: earlier locks and standing conditions, with their legs."""
    case = _unsaid(gate, history, now)
    return (*locks(case), *blocks(case))


def locked_before(*, gate: Gate, history: History, now: datetime) -> tuple[StillLocked, ...]:
    """Referrals that nothing has lifted: since when, why, for which legs, and how far quiet mornings have come."""
    return still_locked(_unsaid(gate, history, now))


def to_be_asked(*, gate: Gate, history: History, now: datetime) -> tuple[str, ...]:
    """Ids of the questions that today asks: every sign, and standing conditions that are due."""
    return tuple(id_ for id_ in missing(_unsaid(gate, history, now)) if id_ in gate.questions)


def _unsaid(gate: Gate, history: History, now: datetime) -> Case:
    """Today before a word was said."""
    nothing = CheckIn(at=now)
    return Case(
        gate=gate,
        said=answered(gate, nothing, history, now),
        soreness=nothing.soreness,
        history=history,
        explained=None,
        now=now,
        legs={},
    )


def _unanswered_reason(unsaid: tuple[str, ...]) -> Reason:
    count = len(unsaid)
    questions = "one question is" if count == 1 else f"{count} questions are"
    return Reason("unanswered", f"{questions} not answered yet; no session until then", ("OurRule",))
