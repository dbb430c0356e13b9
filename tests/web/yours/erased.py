"""A process with a real data folder: two accounts with a canary everywhere, one deleted by its own request."""

import sqlite3
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

CANARY = sys.argv[1] if len(sys.argv) > 1 else ""


def main() -> None:
    from calfwise_web.serve.prepare import prepare

    prepare()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from calfwise.model.journal import AboutRun
    from calfwise.sample import write_sample
    from calfwise_web.account.adapter import SIGNED_IN_AT
    from calfwise_web.account.models import User
    from calfwise_web.imports import staging
    from calfwise_web.imports.loop import Loop
    from calfwise_web.imports.models import Batch
    from calfwise_web.journal import lines
    from calfwise_web.journal.services import open_journal
    from calfwise_web.refresh import refresh

    settings.ALLOWED_HOSTS.append("testserver")
    user = User.objects.create_user("ann", password="calm calves climb")
    journal = open_journal(user, time_zone="UTC", consent_version="test", at=timezone.now())
    open_journal(User.objects.create_user("ben"), time_zone="UTC", consent_version="test", at=timezone.now())
    loop = Loop(threading.Event())

    def bring(files: dict[str, bytes]) -> None:
        batch = journal.batches.create(label=CANARY)
        for name, data in files.items():
            place = staging.place_of(batch.key, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        Batch.objects.filter(pk=batch.pk).update(state=Batch.State.WAITING)
        while loop.once():
            pass

    folder = Path(settings.DATA).parent / "sample"
    write_sample(folder, until=datetime(2026, 5, 3, tzinfo=UTC), runs=40)
    bring({f"{CANARY}/{path.name}": path.read_bytes() for path in folder.glob("*.fit")})
    bring({f"{CANARY}.fit": f"no recording: {CANARY}".encode()})
    gpx = f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>{CANARY}</name></trk></gpx>'
    bring({"named.gpx": gpx.encode()})
    for run in journal.runs.all():
        for note in ("first", "second"):
            lines.write(journal, [AboutRun(at=timezone.now(), run=run.run_id, note=f"{note} {CANARY} {run.pk}")])
    refresh(journal, now=timezone.now())
    left = journal.batches.create(label="left")
    place = staging.place_of(left.key, f"{CANARY}.fit")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(CANARY)
    data = Path(settings.DATA)
    here = [path.name for path in data.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    print("before: found" if "calfwise.sqlite3" in " ".join(here) else f"before: {here}")

    # As the worker's: while it is open, SQLite does not tidy up by itself when the last one closes.
    other = sqlite3.connect(data / "calfwise.sqlite3")
    other.execute("SELECT COUNT(*) FROM journal_entry").fetchone()

    browser = Client()
    browser.force_login(user)
    session = browser.session
    session[SIGNED_IN_AT] = time.time()
    session.save()
    answer = browser.post("/your-data/delete/", {"name": "ann"})
    assert answer.status_code == 302, answer.content.decode()
    assert not User.objects.filter(username="ann").exists()
    holding = [path.name for path in data.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    print(f"after: {holding}")
    loop.decoders.stop()
    connection.close()
    other.close()


if __name__ == "__main__":
    main()
