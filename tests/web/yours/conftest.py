"""A journal with everything in it that an export has to carry."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from calfwise.model.journal import AboutRun, AboutRunner, CheckIn, Prefers, Said, WearsShoe
from calfwise.model.runner import Runner, Shoe
from calfwise.sample import write_sample
from calfwise_web.imports.models import Batch
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from tests.readers.apple import made
from tests.readers.archive.test_strava import row, table

CANARY = "canarysinging"


@pytest.fixture(scope="session")
def fits(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("fits")
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=6)
    return sorted(folder.glob("*.fit"))


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def health() -> bytes:
    """An export of Apple Health as the phone makes it, with one run."""
    run = made.workout(made.distance_sum("2.0", "km"))
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n' + made.DTD + made.HEAD + run + "</HealthData>\n"
    return zipped({"apple_health_export/export.xml": xml.encode()})


def strava(fit: Path) -> bytes:
    """Strava's archive: one recording with its title, and one activity that was typed in."""
    words = table(
        row(file="activities/9.fit.gz", title=f"=Canal {CANARY}"),
        row(id="10", file="", title=f"Typed {CANARY}", date="Oct 7, 2024, 6:00:00 AM"),
    )
    return zipped({"activities/9.fit.gz": gzip.compress(fit.read_bytes()), "activities.csv": words})


@pytest.fixture
def full(journal: Journal, bring: Callable[..., Batch], fits: list[Path]) -> Journal:
    """Ann's, with recordings of every form, the same one twice, and notes."""
    files: dict[str, bytes | Path] = {f"{CANARY} {path.name}": path for path in fits[:3]}
    files |= {"export_77.zip": strava(fits[3]), "phone/export.zip": health(), "again.fit": fits[0]}
    files |= {"sunday.fit.gz": gzip.compress(fits[4].read_bytes())}
    assert bring(journal, files).state == Batch.State.DONE
    now = timezone.now()
    first = journal.runs.order_by("start")[0].run_id
    shoe = Shoe(id="daily", name=f"Daily {CANARY}", since=date(2020, 1, 1), default=True)
    lines.write(
        journal,
        [
            Prefers(at=now, distance="mi", time_zone="Asia/Tokyo"),
            AboutRunner(at=now, runner=Runner(birth_year=1980)),
            WearsShoe(at=now, shoe=shoe),
            AboutRun(at=now, run=first, kind="race", note=f"note {CANARY}"),
            CheckIn(at=now, answers={"smoking": Said.NO}),
        ],
    )
    refresh(journal, now=now)
    return journal
