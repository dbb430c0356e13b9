"""The weeks laid by the model, and the next days written down as they were told."""

from collections.abc import Sequence
from dataclasses import replace

from calfwise import library
from calfwise.assess import weeks_ahead
from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.fix.weeks.telling import days_to_lay
from calfwise.model.journal import AnyEvent, Prefers, event_from_line, fold, line_of
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.units import units_of
from calfwise_web.whole import Whole
from calfwise_web.yours.consent import keeps_health_notes


def with_weeks(whole: Whole) -> tuple[Whole, tuple[AnyEvent, ...]]:
    """Everything with the weeks ahead, and what has to be written down: days that are told otherwise than before."""
    weeks = laid(whole)
    if weeks is None:
        return whole, ()
    told = days_to_lay(weeks, history=whole.history, rules=library.weeks().told, now=whole.now)
    if told is None or not keeps_health_notes(whole.history):
        return replace(whole, weeks=weeks), ()
    event = event_from_line(line_of(told))  # as the terminal would read it back
    events = tuple(sorted((*whole.events, event), key=lambda event: event.at))
    after = replace(whole, events=events, history=fold(events))
    return replace(after, weeks=laid(after)), (event,)


def told_now(journal: Journal, told: Sequence[AnyEvent]) -> None:
    """Write down what was told, in the caller's transaction, and call what it shows by the journal's new revision.

    Where somebody wrote meanwhile, nothing is written: these days were laid without their words; the next are not.
    """
    if not told:
        return
    worked_out_of = journal.revision
    journal.wait_for_others()
    if journal.revision == worked_out_of:
        lines.write(journal, told)
        journal.refresh_from_db(fields=["revision"])
    else:
        journal.revision = worked_out_of


def laid(whole: Whole) -> Weeks | None:
    """The weeks as of now; `None`: nobody wished for any."""
    history = whole.history
    return weeks_ahead(
        whole.answer,
        runner=history.runner,
        history=history,
        content=library.player(),
        rules=library.weeks(),
        now=whole.now,
        length=units_of(history.prefers or Prefers(at=whole.now)).length,
    )
