"""What Today shows, worked out when something changed. What depends on the hour is decided when it is shown."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec
from msgspec import Struct

from calfwise import library
from calfwise.assess import Assessment, LoadHistory, Question, assess_with
from calfwise.model.care.choice import Kit
from calfwise.model.care.outcomes import Outcome, Reason, Referral, Unanswered, outcome_of
from calfwise.model.care.refer import StillLocked
from calfwise.model.care.screening import closed_before, locked_before, to_be_asked
from calfwise.model.care.signs import Level
from calfwise.model.fix.helped.leaning import leaning_of
from calfwise.model.journal import (
    AnyEvent,
    CheckIn,
    Done,
    History,
    Morning,
    Planned,
    PracticeDone,
    PracticePlanned,
    Prefers,
    Screened,
    fold,
)
from calfwise.model.load.budget import Budget
from calfwise.model.load.change import Notice
from calfwise.model.run import Side
from calfwise.model.session import HEEL_RAISES, Practice, Session, Soreness, Spot, WaitingSpot
from calfwise_web.whole import Whole

PAGE = "today"
USUAL_MINUTES = 10
MORNINGS_ASKED = timedelta(days=3)
"""How a session was is asked on the mornings after it, so long."""


class Checked(Struct, frozen=True):
    """The last check-in that was screened, and what came of it."""

    check_in: CheckIn
    outcome: Outcome
    level: Level | None
    locked: tuple[Side, ...]
    reasons: tuple[Reason, ...]
    """Of the screening."""
    missing: tuple[str, ...]
    """Questions still open, by id."""
    plan_reasons: tuple[Reason, ...]
    advice: tuple[Reason, ...]
    """For running."""
    session: Session | None
    queue: tuple[WaitingSpot, ...]
    habit: Practice | None
    still_holds: bool = True
    """Whether the gate says the same with all that came in since; otherwise it has to be asked anew."""


class Treated(Struct, frozen=True):
    """The last session that was done."""

    at: datetime
    session: Session
    stopped_early: bool
    spots: tuple[Spot, ...]
    """Those that were worked on."""
    asked: bool
    """Whether a morning after it was answered."""


class Lock(Struct, frozen=True):
    """Something of earlier days that stands in the way of massage."""

    reason: Reason
    sides: tuple[Side, ...]


class Latest(Struct, frozen=True):
    """The last run."""

    day: date
    distance_m: float | None
    strikes: int | None
    impulse_bw_s: float | None


class Today(Struct, frozen=True):
    """All that the page shows."""

    now: datetime
    """When this was worked out, on the runner's own clock."""
    prefers: Prefers
    """As last said; tools `None`: nobody asked yet."""
    checked: Checked | None
    waiting: tuple[WaitingSpot, ...]
    treated: Treated | None
    practice_done: PracticeDone | None
    """The last heel raises."""
    locks: tuple[Lock, ...]
    still_locked: tuple[StillLocked, ...]
    """Referrals that nothing has lifted, with why and since when."""
    asked: tuple[str, ...]
    """Ids of the questions that today asks."""
    said_yes: tuple[str, ...]
    """Standing conditions that were answered yes, by id."""
    morning_at: datetime | None
    """When a morning was last answered."""
    budget: Budget
    notices: tuple[Notice, ...]
    """What is new for the calves, of the last days."""
    latest: Latest | None
    sessions: int
    """Done so far."""
    morning_soreness: Soreness = Soreness()
    """What was said then."""
    practice: Practice | None = None
    """The routine that was planned last and is not done."""


_decoder = msgspec.json.Decoder(Today)


def today_of(body: bytes | memoryview) -> Today:
    """A snapshot read again."""
    return _decoder.decode(body)


def today_body(whole: Whole) -> bytes:
    """The snapshot of a journal's Today. JSON: MessagePack would keep a time's moment, but not its day."""
    return msgspec.json.encode(today(whole))


def today(whole: Whole) -> Today:
    """What Today shows of a journal."""
    history, now = whole.history, whole.now
    gate = library.gate()
    return Today(
        now=now,
        prefers=history.prefers or Prefers(at=now),
        checked=_checked(whole),
        waiting=history.waiting,
        treated=_treated(history, whole.events),
        practice_done=next((one for one in reversed(history.practices) if one.routine == HEEL_RAISES), None),
        locks=tuple(Lock(reason, sides) for reason, sides in closed_before(gate=gate, history=history, now=now)),
        asked=to_be_asked(gate=gate, history=history, now=now),
        said_yes=tuple(id_ for id_, standing in history.standing.items() if standing.said.is_yes),
        morning_at=max((e.at.astimezone(now.tzinfo) for e in whole.events if isinstance(e, Morning)), default=None),
        budget=whole.answer.budget,
        notices=whole.answer.change.notices[:3],
        latest=_latest(whole.answer),
        sessions=len(history.sessions),
        morning_soreness=next((e.soreness for e in reversed(whole.events) if isinstance(e, Morning)), Soreness()),
        still_locked=locked_before(gate=gate, history=history, now=now),
        practice=_practice(whole.events),
    )


def kit_of(prefers: Prefers | None) -> Kit:
    """What is at hand and where one sits, as last said; hands and the floor where nobody said."""
    if prefers is None:
        return Kit(frozenset(), "floor")
    return Kit(frozenset(prefers.tools or ()), "chair" if prefers.on_floor is False else "floor")


def minutes_of(prefers: Prefers | None) -> int:
    """How long a session may take, as last said. [min]"""
    return (prefers and prefers.minutes) or USUAL_MINUTES


def question_of(whole: Whole, check_in: CheckIn, *, history: History, now: datetime) -> Question:
    """What the model is asked about a check-in."""
    return Question(
        now=now,
        runner=history.runner,
        loads=(),
        history=history,
        check_in=check_in,
        kit=kit_of(whole.history.prefers),
        minutes=minutes_of(whole.history.prefers),
        content=library.content(),
        leaning=leaning_of(history, content=library.content(), rules=library.helped(), now=now),
    )


def _practice(events: Sequence[AnyEvent]) -> Practice | None:
    planned = (e.practice for e in reversed(events) if isinstance(e, PracticePlanned))
    last = next((each for each in planned if each.routine != HEEL_RAISES), None)
    done = last is not None and any(isinstance(e, PracticeDone) and e.session == last.id for e in reversed(events))
    return None if done else last


class ScreenedLast(NamedTuple):
    """The last check-in that the gate was asked about, worked out again from what was known then."""

    screened: Screened
    check_in: CheckIn
    answer: Assessment


def screened_last(whole: Whole) -> ScreenedLast | None:
    """The last screened check-in, with its answer and its reasons; `None`: there was none."""
    screened = next((e for e in reversed(whole.events) if isinstance(e, Screened)), None)
    if screened is None:
        return None
    same = [e for e in whole.events if e.at == screened.at]
    check_in = next((e for e in reversed(same) if isinstance(e, CheckIn)), None)
    if check_in is None:
        return None
    before = fold(whole.events[: whole.events.index(check_in)])
    at = check_in.at.astimezone(whole.now.tzinfo)
    return ScreenedLast(
        screened, check_in, assess_with(whole.answer, question_of(whole, check_in, history=before, now=at))
    )


def _checked(whole: Whole) -> Checked | None:
    """The verdict on the last screened check-in."""
    last = screened_last(whole)
    if last is None:
        return None
    screened, check_in, answer = last
    same = [e for e in whole.events if e.at == screened.at]
    screening, plan = answer.screening, answer.plan
    planned = next((e for e in same if isinstance(e, Planned)), None)
    habit = next((e for e in same if isinstance(e, PracticePlanned)), None)
    level = screening.level if isinstance(screening, Referral) else None
    return Checked(
        check_in=check_in,
        outcome=outcome_of(screening),
        level=level,
        locked=screening.locked if isinstance(screening, Referral) else (),
        reasons=screening.reasons,
        missing=screening.missing if isinstance(screening, Unanswered) else (),
        plan_reasons=plan.reasons,
        advice=answer.advice,
        session=planned.session if planned else None,
        queue=planned.queue if planned else plan.queue,
        habit=habit.practice if habit else None,
        still_holds=(outcome_of(screening), level) == (screened.outcome, screened.level),
    )


def _treated(history: History, events: Sequence[AnyEvent]) -> Treated | None:
    if not history.sessions:
        return None
    last = history.sessions[-1]
    untouched = next((e.untouched for e in reversed(events) if isinstance(e, Done)), ())
    asked = any(isinstance(e, Morning) and e.at > last.at for e in events)
    spots = tuple(spot for spot in last.session.spots if spot not in untouched)
    return Treated(last.at, last.session, last.stopped_early, spots, asked)


def _latest(answer: LoadHistory) -> Latest | None:
    if not answer.outings:
        return None
    outing = answer.outings[-1]
    strikes = [load.strikes for load in outing.loads if load.strikes is not None]
    impulses = [load.impulse_bw_s.value for load in outing.loads if load.impulse_bw_s]
    return Latest(outing.day, outing.distance_m, sum(strikes) or None, sum(impulses) or None)
