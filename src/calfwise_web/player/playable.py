"""Whether a planned session may begin now. Every doubt is a no."""

from datetime import datetime, tzinfo

from calfwise.model.care.player_replay import Played
from calfwise.model.journal import Done, Planned, PracticeDone, PracticePlanned, Screened
from calfwise.model.session import HEEL_RAISES, Practice, Session
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal
from calfwise_web.player.pages import begin_before
from calfwise_web.player.queries import is_ended
from calfwise_web.practise import queries as practise

OPENS = ("clear", "limited")


def why_not(journal: Journal, plan: Session | Practice, played: Played, *, now: datetime, home: tzinfo) -> str:
    """Why it cannot begin, in a sentence; empty: it can, or it is being played."""
    if isinstance(plan, Practice) and plan.routine != HEEL_RAISES:
        return _why_no_practice(journal, plan, played, now=now.astimezone(home))
    events = events_of(journal, "screened", "planned", "practice-planned", "done", "practice")
    plans = [plan for plan in map(_plan, events) if plan is not None]
    if any(isinstance(each, Done | PracticeDone) and each.session == plan.id for each in events) or played.is_over:
        return "This session is done."
    verdict = next((each for each in reversed(events) if isinstance(each, Screened)), None)
    if verdict is None or verdict.outcome not in OPENS:
        return "Since this was planned, something came up that speaks against it. Today has the details."
    if not plans or plans[-1].id != plan.id or verdict.at > plan.at:
        return "You checked in again since this was planned. Today has what counts now."
    if played.state.device is None and not plan.at <= now < begin_before(plan):
        return "This was planned too long ago. A new check-in takes a minute."
    if played.state.device is None and now.astimezone(home).date() != plan.at.astimezone(home).date():
        return "This was planned on another day. A new check-in takes a minute."
    if isinstance(plan, Session) and any(_done_on(each, now, home) for each in events):
        return "That's enough for today. The rest keeps until tomorrow."
    return ""


def _plan(event: object) -> Session | Practice | None:
    """What a check-in planned."""
    if isinstance(event, Planned):
        return event.session
    is_habit = isinstance(event, PracticePlanned) and event.practice.routine == HEEL_RAISES
    return event.practice if is_habit and isinstance(event, PracticePlanned) else None


def _why_no_practice(journal: Journal, plan: Practice, played: Played, *, now: datetime) -> str:
    """A routine needs no verdict on massage; it needs that nothing is shut, and a day of its own."""
    if played.is_over or is_ended(journal, plan.id):
        return "This practice is done."
    if plan.at.astimezone(now.tzinfo).date() != now.date() or now < plan.at:
        return "This was planned on another day. Practise plans it anew."
    last = practise.planned_today(journal, now=now)
    if last is not None and last.id != plan.id:
        return "You planned another one since. Practise has it."
    history = practise.history_of(journal)
    why = practise.shut(plan.routine, history, practise.ground_for(journal), now=now)
    begun = played.state.device is not None
    if why is None or (begun and why.id in practise.BEFORE_IT_BEGINS):
        return ""
    return why.text


def _done_on(event: object, now: datetime, home: tzinfo) -> bool:
    return isinstance(event, Done) and event.at.astimezone(home).date() == now.astimezone(home).date()
