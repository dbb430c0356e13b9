"""What one takes away comes back equal, in any account."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.utils import timezone
from msgspec import structs

from calfwise.model.care.player_events import Happened
from calfwise.model.journal import Prefers, event_from_line
from calfwise.readers.archive.calfwise import read_originals
from calfwise_web.account.models import User
from calfwise_web.imports.models import Batch
from calfwise_web.journal import lines
from calfwise_web.journal.held import load_of
from calfwise_web.journal.models import Journal, Recording
from calfwise_web.journal.originals import place_of, take_away
from calfwise_web.yours.export import export
from calfwise_web.yours.table import csv_lines
from tests.web.player.phones import checks_in, game, sends
from tests.web.yours.conftest import CANARY, zipped

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
Bring = Callable[..., Batch]


def taken(journal: Journal) -> bytes:
    return b"".join(export(journal, user="ann", now=NOW))


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(journal: Journal) -> list[str]:
    return list(journal.entries.order_by("at", "pk").values_list("line", flat=True))


def recordings_of(journal: Journal) -> set[tuple[Any, ...]]:
    return set(journal.recordings.values_list("digest", "size", "name", "form", "kept"))


def runs_of(journal: Journal) -> set[tuple[Any, ...]]:
    facts = (
        "run_id", "start", "end", "twin_of__run_id", "twin_why", "day", "title", "distance_m", "running_s", "speed_mps",
        "grade", "strikes", "shoe", "surface", "kind", "left_out", "recording__digest",
    )  # fmt: skip
    return set(journal.runs.values_list(*facts))


def loads_of(journal: Journal) -> dict[str, Any]:
    return {load.id: load for load in (load_of(row.body) for row in journal.loads.all())}


def test_a_journal_comes_back_equal_in_a_fresh_account(full: Journal, ben: User, bring: Bring) -> None:
    data = taken(full)
    bens = ben.journals.get()
    own = set(lines_of(bens))
    batch = bring(bens, {"calfwise-ann-2026-11-22.zip": data})
    assert batch.state == Batch.State.DONE
    brought = set(bens.entries.filter(bringings__batch=batch.key).values_list("line", flat=True))
    carried = brought - set(lines_of(full))
    assert set(lines_of(full)) == brought - carried
    assert [type(event_from_line(line)) for line in carried] == [Prefers]
    assert own <= set(lines_of(bens))
    assert recordings_of(bens) == recordings_of(full)
    for recording in bens.recordings.all():
        assert hashlib.sha256(place_of(bens.key, recording.digest).read_bytes()).hexdigest() == recording.digest
    assert runs_of(bens) == runs_of(full)
    assert loads_of(bens) == loads_of(full)


def test_wishes_come_along_although_the_new_account_is_younger(full: Journal, ben: User, bring: Bring) -> None:
    bens = ben.journals.get()
    bring(bens, {"mine.zip": taken(full)})
    wishes = lines.preferences_of(bens)
    assert (wishes.distance, wishes.time_zone) == ("mi", "Asia/Tokyo")


def test_wishes_said_in_the_new_account_stay(full: Journal, ben: User, bring: Bring) -> None:
    bens = ben.journals.get()
    data = taken(full)
    lines.write(bens, [structs.replace(lines.preferences_of(bens), at=timezone.now(), mass="lb")])
    bring(bens, {"mine.zip": data})
    assert (lines.preferences_of(bens).mass, lines.preferences_of(bens).distance) == ("lb", "km")


def test_an_export_of_what_came_back_is_the_same_again(full: Journal, ben: User, bring: Bring) -> None:
    first = opened(taken(full))
    bens = ben.journals.get()
    bring(bens, {"mine.zip": taken(full)})
    again = opened(taken(bens))
    assert read_originals(again["originals.jsonl"]).keys() == read_originals(first["originals.jsonl"]).keys()
    assert set(again["originals.jsonl"].splitlines()) == set(first["originals.jsonl"].splitlines())
    assert set(first["journal.jsonl"].splitlines()) < set(again["journal.jsonl"].splitlines())
    assert again["runs.csv"] == first["runs.csv"]
    assert {name: data for name, data in again.items() if name.startswith("originals/")} == {
        name: data for name, data in first.items() if name.startswith("originals/")
    }


def test_unpacked_into_a_folder_it_comes_back_the_same(full: Journal, ben: User, bring: Bring) -> None:
    bens = ben.journals.get()
    bring(bens, {f"from ann/{name}": data for name, data in opened(taken(full)).items()})
    assert recordings_of(bens) == recordings_of(full)
    assert loads_of(bens) == loads_of(full)


def test_brought_to_its_own_account_it_changes_nothing(full: Journal, bring: Bring) -> None:
    before = lines_of(full), recordings_of(full), runs_of(full), loads_of(full)
    batch = bring(full, {"mine.zip": taken(full)})
    assert (batch.runs, batch.lines) == (0, 0)
    assert (lines_of(full), recordings_of(full), runs_of(full), loads_of(full)) == before


def test_lines_are_exactly_those_stored_in_order_of_time(full: Journal) -> None:
    assert opened(taken(full))["journal.jsonl"].decode().splitlines() == lines_of(full)


def test_an_original_is_exported_under_a_name_that_any_system_takes(full: Journal) -> None:
    names = [name for name in opened(taken(full)) if name.startswith("originals/")]
    assert len(names) == full.recordings.count()
    assert all(re.fullmatch(r'originals/\d{5}/[^<>:"/\\|?*]+', name) for name in names)
    assert any(name.endswith("/activities.csv") for name in names)
    assert not any(name.endswith(".gz") for name in names), "they are unpacked by now"


def _skip_where_it_cannot_be(text: str) -> None:
    if "\0" in text and connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no NUL in a text")


@pytest.mark.parametrize("name", ["a/../../x:y?.fit", ".fit", "…" * 400 + ".fit", "\x00\x1b[2J.fit", "-"])
def test_odd_names_are_made_plain(journal: Journal, name: str, bring: Bring, fits: list[Path]) -> None:
    _skip_where_it_cannot_be(name)
    bring(journal, {"plain.fit": fits[0]})
    journal.recordings.update(name=name)
    (given,) = [n for n in opened(taken(journal)) if n.startswith("originals/")]
    assert re.fullmatch(r'originals/00001/[^<>:"/\\|?*.\x00-\x1f][^<>:"/\\|?*\x00-\x1f]*', given)


def test_a_discarded_original_is_not_in_it_and_the_others_are(full: Journal) -> None:
    gone = full.recordings.filter(form=Recording.Form.FILE)[0]
    take_away(full.key, [gone.digest])
    full.recordings.filter(pk=gone.pk).update(kept=False)
    data = opened(taken(full))
    assert gone.digest not in data["originals.jsonl"].decode()
    assert len([name for name in data if name.startswith("originals/")]) == full.recordings.count() - 1
    assert gone.runs.get().run_id in data["runs.csv"].decode(), "the table tells of it all the same"


def test_an_original_that_is_missing_on_disk_spoils_nothing(full: Journal) -> None:
    take_away(full.key, [full.recordings.all()[0].digest])
    assert len([name for name in opened(taken(full)) if name.startswith("originals/")]) == full.recordings.count() - 1


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_cell_of_the_table_is_a_formula(full: Journal, begin: str) -> None:
    _skip_where_it_cannot_be(begin)
    full.runs.update(title=f"{begin}cmd", shoe=f"{begin}x", surface=f"{begin}y", kind=f"{begin}z")
    text = b"".join(csv_lines(full)).decode()
    rows = list(csv.reader(io.StringIO(text.replace("\0", "NUL"), newline="")))
    words = [cell for row in rows[1:] for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)]
    assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r", "NUL"))]
    assert [cell for cell in words if cell.startswith("'")]


def test_it_is_sent_while_it_is_packed(full: Journal) -> None:
    pieces = list(export(full, user="ann", now=NOW))
    assert len(pieces) > full.recordings.count()
    assert max(map(len, pieces)) < 2**20


def test_the_download_is_named_by_account_and_day_and_kept_by_nobody(browser: Client, full: Journal) -> None:
    answer = browser.get("/your-data/export/")
    assert re.fullmatch(r'attachment; filename="calfwise-ann-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store"
    assert "journal.jsonl" in opened(b"".join(answer.streaming_content))


def test_another_account_gets_its_own(bens_browser: Client, full: Journal) -> None:
    data = b"".join(bens_browser.get("/your-data/export/").streaming_content)
    assert CANARY.encode() not in b"".join(opened(data).values())


def test_nobody_gets_nothing(full: Journal) -> None:
    answer = Client().get("/your-data/export/")
    assert answer.status_code == 302
    assert AnonymousUser().is_anonymous


def test_export_changes_nothing(browser: Client, full: Journal, rows: Callable[[], Any]) -> None:
    before = rows()
    b"".join(browser.get("/your-data/export/").streaming_content)
    browser.get("/your-data/")
    assert rows() == before


def test_a_made_up_export_cannot_pass_another_file_for_an_original(journal: Journal, bring: Bring) -> None:
    from tests.web.yours.conftest import health

    apple = health()
    line = b'{"file":"originals/00001/export.zip","name":"mine.zip","sha256":"' + b"0" * 64 + b'"}\n'
    bundle = zipped({"originals.jsonl": line, "originals/00001/export.zip": apple})
    bring(journal, {"bundle.zip": bundle})
    recording = journal.recordings.get(form="health")
    assert (recording.name, recording.digest) == ("bundle.zip", hashlib.sha256(bundle).hexdigest())


def test_the_taps_of_a_session_are_taken_along_as_they_came(journal: Journal, browser: Client) -> None:
    plan = checks_in(journal)
    played = game(plan).finishes().events
    sends(browser, plan, played)
    lines = opened(taken(journal))["taps.jsonl"].splitlines()
    told = [msgspec.json.decode(line) for line in lines]
    assert {each["session"] for each in told} == {plan.id}
    assert [msgspec.convert(each["event"], Happened) for each in told] == list(played)
