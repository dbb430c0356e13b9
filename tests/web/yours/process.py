"""What a test of backups does in a data folder of its own, each in a process: make, export, import, read."""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path


def main(what: str, *given: str) -> None:
    from calfwise_web.serve.prepare import prepare

    prepare()
    {"make": make, "export": export, "wait": wait, "read": read}[what](*given)


def make(runs: str) -> None:
    """Ann's journal with some runs and notes."""
    from django.utils import timezone

    from calfwise.model.journal import AboutRun
    from calfwise_web.account.models import User
    from calfwise_web.journal import lines
    from calfwise_web.journal.services import open_journal
    from calfwise_web.refresh import refresh

    user = User.objects.create_user("ann", password="calm calves climb")
    journal = open_journal(user, time_zone="Asia/Tokyo", consent_version="test", at=timezone.now())
    wait(runs)
    read()
    for run in journal.runs.all():
        lines.write(journal, [AboutRun(at=timezone.now(), run=run.run_id, note="felt fine")])
    refresh(journal, now=timezone.now())


def wait(runs: str) -> None:
    """Bring recordings that nobody has read yet."""
    from calfwise.sample import write_sample
    from calfwise_web.account.models import User
    from calfwise_web.imports import staging
    from calfwise_web.imports.models import Batch

    journal = User.objects.get(username="ann").journals.get()
    batch = journal.batches.create()
    write_sample(staging.folder_of(batch.key), until=datetime(2026, 5, 3, tzinfo=UTC), runs=int(runs))
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.WAITING)


def read() -> None:
    """What the worker does, until nothing is left to do."""
    from calfwise_web.imports.loop import Loop

    loop = Loop(threading.Event())
    while loop.once():
        pass
    loop.decoders.stop()


def export(path: str) -> None:
    from calfwise_web.account.models import User
    from calfwise_web.yours.export import export as pieces

    journal = User.objects.get(username="ann").journals.get()
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    Path(path).write_bytes(b"".join(pieces(journal, user="ann", now=now)))


if __name__ == "__main__":
    main(*sys.argv[1:])
