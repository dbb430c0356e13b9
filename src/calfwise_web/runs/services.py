"""What the runner says of runs, written down."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from msgspec import structs

from calfwise.model.journal import AboutRun, AnyEvent, event_from_line, line_of
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal, Run
from calfwise_web.refresh import refresh
from calfwise_web.runs.queries import about_runs

SOON_AFTER = timedelta(microseconds=1)
Facts = Mapping[str, object]
"""Fields of `AboutRun` that were chosen; the others stay."""


def describe(journal: Journal, runs: Iterable[Run], facts: Facts, *, now: datetime) -> tuple[datetime, int]:
    """Say the same of all these runs; when it was said, and of how many it was new.

    Everything or nothing, in one write. Sent twice, the second time changes nothing.
    """
    with transaction.atomic():
        held = about_runs(journal)
        ids = [run.run_id for run in runs]
        at = after((held[run_id] for run_id in ids if run_id in held), now=now)
        said = [_merged(held.get(run_id), run_id, facts, at) for run_id in ids]
        new = [event for event in said if not _same(event, held.get(event.run))]
        lines.write(journal, new)
    if new:
        refresh(journal, now=now)
    return at, len(new)


def take_back(journal: Journal, said_at: datetime, *, now: datetime) -> int:
    """Say again what held before that moment, of the runs of which nothing else was said since; of how many."""
    with transaction.atomic():
        told = [event for event in lines.events_of(journal, "run") if isinstance(event, AboutRun)]
        last = {event.run: event for event in told}
        before = {event.run: event for event in told if event.at < said_at}
        at = after(last.values(), now=now)
        again = [
            structs.replace(before.get(run_id, AboutRun(at=at, run=run_id)), at=at)
            for run_id, event in last.items()
            if event.at == said_at
        ]
        lines.write(journal, again)
    if again:
        refresh(journal, now=now)
    return len(again)


def after(events: Iterable[AnyEvent], *, now: datetime) -> datetime:
    """Now, or just after the last of these: what a fast clock once wrote must not have the last word for ever."""
    return max([now, *(event.at + SOON_AFTER for event in events)])


def _merged(held: AboutRun | None, run_id: str, facts: Facts, at: datetime) -> AboutRun:
    event = structs.replace(held or AboutRun(at=at, run=run_id), at=at, **facts)
    checked = event_from_line(line_of(event))
    assert isinstance(checked, AboutRun)
    return checked


def _same(event: AboutRun, held: AboutRun | None) -> bool:
    """Whether it says what is known already; of a run never spoken of, that nothing is said."""
    return structs.replace(held or AboutRun(at=event.at, run=event.run), at=event.at) == event
