"""What the runner says about themselves and how they like things: events of the journal, each only where it is news."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from msgspec import structs

from calfwise.model.journal import (
    AboutRunner,
    Answers,
    AnyEvent,
    CheckIn,
    History,
    Prefers,
    Said,
    Seen,
    event_from_line,
    line_of,
)
from calfwise_web.journal import lines, originals
from calfwise_web.journal.models import Journal
from calfwise_web.preferences.conditions import standing_questions, stays
from calfwise_web.refresh import refresh


def _write(journal: Journal, event: AnyEvent) -> None:
    """As the terminal would read it back."""
    lines.write(journal, [event_from_line(line_of(event))])


def tell_about_runner(journal: Journal, facts: dict[str, Any], *, now: datetime) -> bool:
    """Replace some facts about the runner; whether that was news."""
    with transaction.atomic():
        present = lines.history_of(journal).runner
        runner = structs.replace(present, **facts)
        if runner == present:
            return False
        _write(journal, AboutRunner(at=now, runner=runner))
    refresh(journal, now=now)
    return True


def prefer(journal: Journal, wishes: dict[str, Any], *, now: datetime) -> bool:
    """Replace some wishes; whether that was news."""
    with transaction.atomic():
        present = lines.preferences_of(journal)
        wished = structs.replace(present, at=now, **wishes)
        if structs.replace(wished, at=present.at) == present and _was_said(journal):
            return False
        _write(journal, wished)
    refresh(journal, now=now)
    return True


def _was_said(journal: Journal) -> bool:
    return journal.entries.filter(kind=Prefers.__struct_config__.tag).exists()


def answer_conditions(journal: Journal, answers: Answers, *, now: datetime) -> int:
    """Write down what was answered, as a check-in that says nothing else; how many answers.

    Blocks that stay until a professional spoke are left alone: to say yes again would close what was opened.
    """
    with transaction.atomic():
        kept = _to_write(lines.history_of(journal), answers)
        if kept:
            _write(journal, CheckIn(at=now, answers=kept))
    if kept:
        refresh(journal, now=now)
    return len(kept)


def _to_write(history: History, answers: Answers) -> Answers:
    """Answers to questions of this kind; not to answer means "unsure", and only where something was said before."""
    kept: Answers = {}
    for id_, said in answers.items():
        if id_ not in standing_questions() or stays(id_, history):
            continue
        before = history.standing.get(id_)
        if said is not Said.UNSURE or (before is not None and before.said is not Said.UNSURE):
            kept[id_] = said
    return kept


def was_seen(journal: Journal, block: str, *, by: str, on: date, fine: bool, now: datetime) -> None:
    """A professional's word about one standing condition."""
    _write(journal, Seen(at=now, by=by, on=on, massage_is_fine=fine, block=block))
    refresh(journal, now=now)


def discard_originals(journal: Journal) -> int:
    """Delete every original that is here; how many. Rows first: nothing then points at what is gone."""
    with transaction.atomic():
        here = journal.recordings.filter(kept=True)
        digests = list(here.values_list("digest", flat=True))
        here.update(kept=False)
        if digests:
            journal.changed()
    originals.take_away(journal.key, digests)
    return len(digests)
