"""A journal that holds made runs: plain loads, no files."""

from collections.abc import Iterable
from datetime import UTC, datetime

from calfwise.model.constants import MODEL_VERSION
from calfwise.model.journal import AnyEvent
from calfwise.model.load.dose import RunLoad
from calfwise_web.journal import lines
from calfwise_web.journal.held import packed_load
from calfwise_web.journal.models import Journal, Load, Recording, Run
from calfwise_web.refresh import refresh

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday; in Berlin 13:00."""


def hold(journal: Journal, loads: Iterable[RunLoad], *events: AnyEvent, now: datetime = NOW) -> None:
    """Put runs and lines into a journal and work out what pages show."""
    put(journal, loads)
    lines.write(journal, events)
    refresh(journal, now=now)


def put(journal: Journal, loads: Iterable[RunLoad]) -> None:
    """The rows that an import would make, without a snapshot."""
    for load in loads:
        recording = Recording.objects.create(journal=journal, digest=load.id, size=1, name=load.file)
        run = Run.objects.create(journal=journal, recording=recording, run_id=load.id, start=load.start, end=load.start)
        Load.objects.create(run=run, journal=journal, model_version=MODEL_VERSION, body=packed_load(load))
    journal.changed()
