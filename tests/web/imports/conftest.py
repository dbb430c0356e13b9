"""What runners bring: a few recordings, folders, and archives with bad files among the good."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from calfwise.sample import write_sample
from calfwise_web.imports.models import Batch
from calfwise_web.journal.models import Journal

STRAVA_HEAD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
    "Moving Time,Distance\n"
)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("recordings")
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=8)
    return sorted(folder.glob("*.fit"))


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def strava(recordings: list[Path]) -> dict[str, bytes]:
    """An archive as Strava makes it, unpacked: a recording with a title, one cut short, one broken, one typed in."""
    table = STRAVA_HEAD + (
        '1,"May 1, 2026, 8:00:00 AM",Along the canal,Run,easy,3600,10.0,,,false,felt left calf,Racer,'
        "activities/1.fit.gz,,,3600.0,3600.0,10000.0\n"
        '3,"Dec 1, 2025, 8:00:00 AM",Treadmill,Run,,1800,5.0,,,false,,,,,,1800.0,1800.0,5000.0\n'
    )
    return {
        "export/activities.csv": table.encode(),
        "export/activities/1.fit.gz": gzip.compress(recordings[0].read_bytes()),
        "export/activities/2.fit": recordings[1].read_bytes()[:-9000],
        "export/activities/3.fit": b"broken",
        "export/media/x.jpg": b"picture",
    }


@pytest.fixture
def begin(browser: Client, journal: Journal) -> Callable[[], Batch]:
    """Ann begins an import, as the page's script does."""

    def begun() -> Batch:
        answer = browser.post(reverse("imports:new"), {"label": ""}, headers={"Accept": "application/json"})
        assert answer.status_code == 201
        return journal.batches.get(key=answer.json()["key"])

    return begun


OCTETS = "application/octet-stream"


def send(browser: Client, batch: Batch, files: dict[str, bytes]) -> HttpResponse:
    """Small files together, each with its path."""
    url = reverse("imports:files", args=[batch.key])
    return browser.post(url, parcel_of(files), content_type=OCTETS, headers={"Accept": "application/json"})


def parcel_of(files: dict[str, bytes]) -> bytes:
    """As the page's script packs them."""
    listed = json.dumps([[name, len(data)] for name, data in files.items()])
    return b"".join((listed.encode(), b"\n", *files.values()))


def send_piece(browser: Client, batch: Batch, name: str, data: bytes, *, offset: int, size: int) -> HttpResponse:
    """A piece of a large file."""
    return browser.post(
        reverse("imports:piece", args=[batch.key]),
        data,
        content_type="application/octet-stream",
        headers={"Accept": "application/json"},
        query_params={"name": name, "offset": offset, "size": size},
    )


def ask(browser: Client, step: str, batch: Batch) -> HttpResponse:
    """Start, stop, undo or discard."""
    return browser.post(reverse(f"imports:{step}", args=[batch.key]))
