"""Whether a planned session may begin now. Every doubt is a no."""

from datetime import datetime, tzinfo

from calfwise.model.care.player_replay import Played
from calfwise.model.journal import Done, Planned, PracticeDone, PracticePlanned, Screened
from calfwise.model.session import Practice, Session
from calfwise_web.journal.lines import events_of
from calfwise_web.journal.models import Journal
from calfwise_web.player.pages import begin_before

OPENS = ("clear", "limited")


def why_not(journal: Journal, plan: Session | Practice, played: Played, *, now: datetime, home: tzinfo) -> str:
    """Why it cannot begin, in a sentence; empty: it can, or it is being played."""
    events = events_of(journal, "screened", "planned", "practice-planned", "done", "practice")
    plans = [_plan(each) for each in events if isinstance(each, Planned | PracticePlanned)]
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


def _plan(event: Planned | PracticePlanned) -> Session | Practice:
    return event.session if isinstance(event, Planned) else event.practice


def _done_on(event: object, now: datetime, home: tzinfo) -> bool:
    return isinstance(event, Done) and event.at.astimezone(home).date() == now.astimezone(home).date()
