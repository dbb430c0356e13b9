"""What Today shows first: decided when it is shown, for it depends on the hour."""

from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from calfwise import library
from calfwise.model.session import Session
from calfwise_web.player.progress import Progress
from calfwise_web.today.lifted import is_lifted
from calfwise_web.today.snapshot import Checked, Today

ONCE_A_DAY = "once-a-day"
"""The planner's reason when today's session is done."""


class State(StrEnum):
    """What comes first."""

    MIDDLE = "middle"
    """A session was begun and is not over."""
    SIGNS = "signs"
    """One was stopped, and the gate wants to know more."""
    REFERRAL = "referral"
    SESSION = "session"
    NOTHING = "nothing"
    """Nothing to do, or no time for it."""
    DONE = "done"
    OPEN = "open"
    """Answered, but not all of it."""
    CHANGED = "changed"
    """Answered, but since then something came in that counts."""
    ASKING = "asking"


def state_of(today: Today, progress: Progress | None, *, now: datetime, home: tzinfo) -> State:
    """The first of the states that holds."""
    if progress is not None and is_on(progress.heard_at, now=now, home=home):
        if not progress.over:
            return State.MIDDLE
        if wants_signs(today, progress):
            return State.SIGNS
    checked = today.checked
    if is_done(today, now=now, home=home):
        return State.DONE
    if checked is None or not is_fresh(checked, now=now, home=home):
        return State.ASKING
    if checked.outcome == "referral" and is_lifted(today, checked):
        return State.ASKING
    if not checked.still_holds:
        return State.CHANGED
    return _answered(checked)


def is_fresh(checked: Checked, *, now: datetime, home: tzinfo) -> bool:
    """Whether a check-in counts still: of today, and young enough for the gate."""
    at = checked.check_in.at
    lasts = timedelta(hours=library.gate().rules.answers_last_h)
    return timedelta(0) <= now - at < lasts and is_on(at, now=now, home=home)


def is_done(today: Today, *, now: datetime, home: tzinfo) -> bool:
    """Whether today's session is done, and nothing was said since that matters more."""
    treated, checked = today.treated, today.checked
    if treated is None or not is_on(treated.at, now=now, home=home):
        return False
    if checked is None or checked.check_in.at < treated.at:
        return True
    return checked.session is not None and checked.session.id == treated.session.id


def wants_signs(today: Today, progress: Progress) -> bool:
    """Whether a stop left questions that no check-in has answered since."""
    asked_since = today.checked is not None and today.checked.check_in.at >= progress.heard_at
    return progress.over and bool(progress.asks) and not asked_since


def is_on(at: datetime, *, now: datetime, home: tzinfo) -> bool:
    """Whether a moment was on the runner's today."""
    return at.astimezone(home).date() == now.astimezone(home).date()


def _answered(checked: Checked) -> State:
    if checked.outcome == "referral":
        return State.REFERRAL
    if checked.outcome == "unanswered":
        return State.OPEN
    if isinstance(checked.session, Session):
        return State.SESSION
    done = any(reason.id == ONCE_A_DAY for reason in checked.plan_reasons)
    return State.DONE if done else State.NOTHING
