"""Standing conditions: what was said of each and when, as the gate reads it."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from calfwise.library import gate
from calfwise.model.care.case import last_word
from calfwise.model.care.signs import Kind, Question
from calfwise.model.journal import History, Said, Seen

NOT_ANSWERED = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that yes, no or nothing may be said about."""

    id: str
    question: Question
    said: Said | None
    at: datetime | None
    """When it was last confirmed, on the runner's clock."""
    due: bool
    """A no that is older than the gate believes."""


@dataclass(frozen=True, slots=True)
class Staying:
    """A condition that was once answered yes and stays until a professional says that massage is fine."""

    id: str
    question: Question
    since: datetime
    seen: Seen | None
    """Their last word since then."""
    open: bool
    """They said that massage is fine."""
    due: bool
    """That was longer ago than the gate believes."""


def standing_questions() -> dict[str, Question]:
    """Those that are asked once and then confirmed."""
    return {id_: question for id_, question in gate().questions.items() if question.asked == "standing"}


def stays(id_: str, history: History) -> bool:
    """Whether a tick cannot take it away."""
    question = standing_questions().get(id_)
    return question is not None and question.stays == "until-seen" and id_ in history.ever_yes


def asked(history: History, *, now: datetime, home: tzinfo) -> dict[Kind, list[Asked]]:
    """What can be answered here, by what a yes does."""
    oldest = now - timedelta(days=gate().rules.standing_last_days)
    found: dict[Kind, list[Asked]] = {Kind.BLOCK: [], Kind.CARE_NOTE: [], Kind.MODIFIER: []}
    for id_, question in standing_questions().items():
        if stays(id_, history):
            continue
        standing = history.standing.get(id_)
        said = None if standing is None or standing.said is Said.UNSURE else standing.said
        at = standing.at.astimezone(home) if standing and said else None
        due = said is not None and not said.is_yes and at is not None and at < oldest
        found[question.kind].append(Asked(id_, question, said, at, due))
    return found


def staying(history: History, *, now: datetime, home: tzinfo) -> list[Staying]:
    """What only a professional's word opens."""
    oldest = now - timedelta(days=gate().rules.standing_last_days)
    found = []
    for id_, question in standing_questions().items():
        if not stays(id_, history):
            continue
        since = history.ever_yes[id_]
        words = [seen for seen in history.seen if seen.block == id_ and since <= seen.at <= now]
        last = max(words, key=lambda seen: seen.at, default=None)
        agreed = last_word(words)
        due = agreed is not None and agreed.at < oldest
        found.append(Staying(id_, question, since.astimezone(home), last, agreed is not None, due))
    return found
