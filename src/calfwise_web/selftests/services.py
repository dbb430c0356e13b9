"""Results, written down: one line of the journal each."""

from datetime import datetime, timedelta

from django.db import transaction

from calfwise.model.journal import History, SelfTested, event_from_line, fold, line_of
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh

SENT_TWICE_WITHIN = timedelta(minutes=10)
"""The same results again so soon are the same form again: nobody is rested by then."""
BEARS_ON_TESTS = ("check-in", "morning", "screened", "seen", "self-test")
"""Events that say whether a leg may be tested, and what came of earlier tests."""


def history_of(journal: Journal) -> History:
    """As much of the journal as self-tests depend on."""
    return fold(lines.events_of(journal, *BEARS_ON_TESTS))


def write(journal: Journal, test: str, *, left: float | None, right: float | None, now: datetime) -> None:
    """A test that was done, once; a leg left out was not tested."""
    done = event_from_line(line_of(SelfTested(at=now, test=test, left=left, right=right)))
    with transaction.atomic():
        journal.wait_for_others()
        if _sent_twice(journal, test, left, right, now):
            return
        lines.write(journal, [done])
    refresh(journal, now=now)


def _sent_twice(journal: Journal, test: str, left: float | None, right: float | None, now: datetime) -> bool:
    said = [each for each in lines.events_of(journal, "self-test") if isinstance(each, SelfTested)]
    return any(
        (each.test, each.left, each.right) == (test, left, right) and now - each.at < SENT_TWICE_WITHIN for each in said
    )
