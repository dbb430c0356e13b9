"""Sessions that were planned, and what the phones wrote down while they were played."""

from calfwise import library
from calfwise.model.care.player_events import Happened, happened_from_json
from calfwise.model.care.player_replay import Played, replay
from calfwise.model.journal import Done, Planned, PracticeDone, PracticePlanned, event_from_line
from calfwise.model.session import Practice, Session, WaitingSpot
from calfwise_web.journal.models import Journal

PLANS = ("planned", "practice-planned")
ENDS = ("done", "practice")


def plan_of(journal: Journal, session: str) -> Session | Practice | None:
    """A session of this journal, by id."""
    named = journal.entries.filter(kind__in=PLANS, line__contains=f'"id":"{session}"')
    for line in named.order_by("-at", "-pk").values_list("line", flat=True):
        plan = _session_of(line)
        if plan is not None and plan.id == session:
            return plan
    return None


def queue_of(journal: Journal, session: str) -> tuple[WaitingSpot, ...]:
    """What was left waiting when this session was planned."""
    named = journal.entries.filter(kind="planned", line__contains=f'"id":"{session}"')
    events = (event_from_line(line) for line in named.order_by("-at", "-pk").values_list("line", flat=True))
    found = (each.queue for each in events if isinstance(each, Planned) and each.session.id == session)
    return next(found, ())


def last_plan(journal: Journal) -> Session | Practice | None:
    """The session that was planned last."""
    line = journal.entries.filter(kind__in=PLANS).order_by("-at", "-pk").values_list("line", flat=True).first()
    return _session_of(line) if line else None


def is_ended(journal: Journal, session: str) -> bool:
    """Whether the journal has this session's end."""
    named = journal.entries.filter(kind__in=ENDS, line__contains=f'"session":"{session}"')
    events = (event_from_line(line) for line in named.values_list("line", flat=True))
    return any(isinstance(event, Done | PracticeDone) and event.session == session for event in events)


def happened(journal: Journal, session: str) -> list[Happened]:
    """Everything that the phones wrote down of a session."""
    lines = journal.happenings.filter(session=session).values_list("line", flat=True)
    return [happened_from_json(line) for line in lines]


def played(journal: Journal, session: Session | Practice) -> Played:
    """What became of a session, so far."""
    return replay(session, happened(journal, session.id), content=library.player())


def _session_of(line: str) -> Session | Practice | None:
    event = event_from_line(line)
    if isinstance(event, Planned):
        return event.session
    return event.practice if isinstance(event, PracticePlanned) else None
