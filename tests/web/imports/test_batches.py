"""What becomes of a batch: read once, stopped, taken up again after a fall, undone; and shown for what it is."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from calfwise.intake import take_in
from calfwise.model.runner import Runner
from calfwise_web.account.models import User
from calfwise_web.imports import batches, loop, staging, watching
from calfwise_web.imports.models import Batch
from calfwise_web.journal.held import load_of
from calfwise_web.journal.models import Journal
from calfwise_web.journal.originals import place_of
from tests.web.imports.conftest import ask, send

State = Batch.State
JOURNAL_LINE = b'{"event":"race","at":"2026-05-01T00:00:00Z","on":"2026-05-03"}\n'


class FallenError(Exception):
    """The worker is gone from one moment to the next."""


@pytest.fixture
def mixed(recordings: list[Path]) -> dict[str, bytes]:
    """Good files, one twice, one cut short, one broken, and a journal."""
    whole = {path.name: path.read_bytes() for path in recordings}
    first, second, *_ = whole.values()
    return whole | {
        "again.fit": first,
        "cut.fit": second[:-9000],
        "broken.fit": b"broken",
        "journal.jsonl": JOURNAL_LINE,
    }


def loads_of(journal: Journal) -> dict[str, tuple[Any, ...]]:
    """What the pages count: every run that is not a twin of another."""
    rows = journal.loads.filter(run__twin_of=None)
    return {load.id: (load.strikes, load.grade, load.running_s) for load in (load_of(row.body) for row in rows)}


def told(batch: Batch) -> list[tuple[Any, ...]]:
    return sorted(batch.outcomes.values_list("name", "outcome", "why", "runs", "recording__digest"))


def everything(journal: Journal) -> dict[str, Any]:
    """All of a journal, but for keys that are drawn at random."""
    return {
        "runs": sorted(journal.runs.values_list("run_id", "start", "end", "twin_of__run_id", "grade", "strikes")),
        "recordings": sorted(journal.recordings.values_list("digest", "name", "form")),
        "lines": sorted(journal.entries.filter(said_here=False).values_list("line", flat=True)),
    }


# ------------------------------------------------------------------------------------------------------- reading
def test_three_batches_in_any_order_give_what_the_terminal_reads_at_once(
    journal: Journal, bring: Callable[..., Batch], mixed: dict[str, bytes], tmp_path: Path
) -> None:
    for name, data in mixed.items():
        (tmp_path / name).write_bytes(data)
    taken = take_in([tmp_path], runner=Runner())
    names = list(mixed)
    random.Random(4).shuffle(names)
    for third in (names[::3], names[1::3], names[2::3]):
        bring(journal, {name: mixed[name] for name in third})
    assert loads_of(journal) == {load.id: (load.strikes, load.grade, load.running_s) for load in taken.loads}


def test_a_worker_that_falls_leaves_the_rows_that_an_undisturbed_one_leaves(
    journal: Journal,
    ben: User,
    bring: Callable[..., Batch],
    read: Callable[[], None],
    mixed: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undisturbed = bring(ben.journals.get(), mixed)
    monkeypatch.setattr(batches, "HANDFUL", 2)
    whole, calls = batches.write_down, iter(range(100))

    def falling(*args: Any, **kwargs: Any) -> None:
        if next(calls) in (1, 3):
            raise FallenError
        whole(*args, **kwargs)

    monkeypatch.setattr(batches, "write_down", falling)
    with pytest.raises(FallenError):
        bring(journal, mixed)
    with pytest.raises(FallenError):
        read()
    read()
    batch = journal.batches.get()
    assert (batch.state, batch.told, batch.runs) == (State.DONE, undisturbed.told, undisturbed.runs)
    assert [row[:2] for row in told(batch)] == [row[:2] for row in told(undisturbed)]
    assert everything(journal) == everything(ben.journals.get())


def test_the_richer_of_two_recordings_counts_whichever_came_first(
    journal: Journal, bring: Callable[..., Batch], recordings: list[Path]
) -> None:
    whole = recordings[0].read_bytes()
    poorer = bring(journal, {"cut.fit": whole[: len(whole) * 19 // 20]})
    assert (poorer.runs, poorer.outcomes.get().outcome) == (1, "salvaged")
    richer = bring(journal, {"whole.fit": whole})
    assert (richer.runs, richer.outcomes.get().outcome) == (1, "read")
    [twin] = journal.runs.exclude(twin_of=None)
    assert twin.recording.name == "cut.fit"


def test_undoing_the_richer_one_brings_the_poorer_one_back(
    browser: Client, journal: Journal, bring: Callable[..., Batch], read: Callable[[], None], recordings: list[Path]
) -> None:
    whole = recordings[0].read_bytes()
    bring(journal, {"cut.fit": whole[: len(whole) * 19 // 20]})
    richer = bring(journal, {"whole.fit": whole})
    ask(browser, "undo", richer)
    read()
    left = journal.runs.get()
    assert (left.recording.name, left.twin_of) == ("cut.fit", None)


def test_a_journals_lines_come_in_and_go_with_their_import(
    browser: Client, journal: Journal, bring: Callable[..., Batch], read: Callable[[], None]
) -> None:
    before = journal.entries.count()
    batch = bring(journal, {"journal.jsonl": JOURNAL_LINE})
    assert (batch.lines, journal.entries.count()) == (1, before + 1)
    ask(browser, "undo", batch)
    read()
    assert journal.entries.count() == before


# ------------------------------------------------------------------------------------------------- stop, undo, twice
def test_what_is_stopped_before_it_is_read_leaves_nothing(browser: Client, journal: Journal, begin: Any) -> None:
    batch = begin()
    send(browser, batch, {"a.fit": b"1"})
    ask(browser, "start", batch)
    ask(browser, "stop", batch)
    batch.refresh_from_db()
    assert (batch.state, staging.folder_of(batch.key).exists()) == (State.CANCELLED, False)


def test_what_came_in_before_a_stop_stays(
    browser: Client, begin: Any, read: Any, journal: Journal, mixed: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(batches, "HANDFUL", 3)
    batch = begin()
    send(browser, batch, mixed)
    ask(browser, "start", batch)
    whole = batches.write_down

    def stopped_meanwhile(*args: Any, **kwargs: Any) -> None:
        whole(*args, **kwargs)
        ask(browser, "stop", batch)

    monkeypatch.setattr(batches, "write_down", stopped_meanwhile)
    read()
    batch.refresh_from_db()
    assert (batch.state, batch.told) == (State.CANCELLED, 3)
    assert journal.runs.count() == batch.runs > 0
    assert "What had come in stays" in browser.get(reverse("imports:batch", args=[batch.key])).text


def test_starting_twice_reads_once(browser: Client, begin: Any, read: Any, journal: Journal, mixed: Any) -> None:
    batch = begin()
    send(browser, batch, mixed)
    for _ in range(2):
        assert ask(browser, "start", batch).status_code == 302
    read()
    assert ask(browser, "start", batch).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.outcomes.count()) == (State.DONE, len(mixed))


def test_starting_what_is_empty_is_said_kindly(browser: Client, begin: Any) -> None:
    batch = begin()
    assert "Nothing has come yet" in browser.post(reverse("imports:start", args=[batch.key]), follow=True).text
    batch.refresh_from_db()
    assert batch.state == State.GATHERING


def test_undoing_twice_undoes_once_and_touches_nothing_else(
    browser: Client, journal: Journal, bring: Any, read: Any, recordings: list[Path]
) -> None:
    shared, alone = recordings[0].read_bytes(), recordings[1].read_bytes()
    batch = bring(journal, {"shared.fit": shared, "alone.fit": alone})
    other = bring(journal, {"copy.fit": shared})
    gone = journal.recordings.get(name="alone.fit").digest
    for _ in range(2):
        assert ask(browser, "undo", batch).status_code == 302
    read()
    assert ask(browser, "undo", batch).status_code == 302
    read()
    batch.refresh_from_db()
    other.refresh_from_db()
    assert (batch.state, other.state) == (State.UNDONE, State.DONE)
    assert [recording.name for recording in journal.recordings.all()] == ["shared.fit"]
    assert not place_of(journal.key, gone).exists()


@pytest.mark.parametrize("state", [State.GATHERING, State.WAITING, State.WORKING, State.UNDOING, State.UNDONE])
def test_what_is_not_over_cannot_be_undone(browser: Client, journal: Journal, state: Batch.State) -> None:
    batch = journal.batches.create(state=state)
    assert ask(browser, "undo", batch).status_code == 302
    batch.refresh_from_db()
    assert batch.state == state


@pytest.mark.parametrize("state", [each for each in State if each != State.GATHERING])
def test_only_what_was_never_read_can_be_discarded(browser: Client, journal: Journal, state: Batch.State) -> None:
    batch = journal.batches.create(state=state)
    ask(browser, "discard", batch)
    assert journal.batches.filter(pk=batch.pk, state=state).exists()


def test_discarding_takes_the_files_along(browser: Client, journal: Journal, begin: Any) -> None:
    batch = begin()
    send(browser, batch, {"a.fit": b"1"})
    assert ask(browser, "discard", batch).status_code == 302
    assert not journal.batches.exists()
    assert not staging.folder_of(batch.key).exists()


# ------------------------------------------------------------------------------------------------------------- others'
READ = ("batch", "progress", "there")
WRITE = ("files", "piece", "start", "stop", "undo", "discard")


@pytest.mark.parametrize("state", State)
def test_anothers_batch_is_not_there_on_any_route(
    bens_browser: Client, journal: Journal, rows: Any, state: Batch.State
) -> None:
    batch = journal.batches.create(state=state, label="ann's own")
    before = rows()
    for route in (*READ, *WRITE):
        url = reverse(f"imports:{route}", args=[batch.key])
        for method in (bens_browser.get, bens_browser.post):
            answer = method(url)
            assert answer.status_code in (404, 405)
            assert b"ann's own" not in answer.content
    assert bens_browser.post(reverse("imports:undo", args=[batch.key])).status_code == 404
    assert "ann&#x27;s own" not in bens_browser.get(reverse("imports:page")).text
    assert rows() == before


def test_nobody_is_sent_to_sign_in(client: Client, journal: Journal) -> None:
    batch = journal.batches.create()
    for route in (*READ, *WRITE):
        for method in (client.get, client.post):
            answer = method(reverse(f"imports:{route}", args=[batch.key]))
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("account_login"))


def test_looking_changes_nothing(
    browser: Client, journal: Journal, bring: Any, begin: Any, rows: Any, mixed: Any
) -> None:
    bring(journal, mixed)
    send(browser, begin(), {"a.fit": b"1"})
    for state in State:
        journal.batches.create(state=state)
    before = rows()
    for url in [reverse("home"), reverse("imports:page"), reverse("imports:new"), reverse("imports:watch")]:
        browser.get(url)
    for batch in journal.batches.all():
        for route in (*READ, *WRITE):
            browser.get(reverse(f"imports:{route}", args=[batch.key]))
    assert rows() == before


# --------------------------------------------------------------------------------------------------------------- pages
def shown(browser: Client, batch: Batch, **query: str) -> str:
    return browser.get(reverse("imports:batch", args=[batch.key]), query).text


def test_a_batch_that_is_over_tells_each_file_and_why(
    browser: Client, journal: Journal, bring: Any, mixed: Any
) -> None:
    batch = bring(journal, mixed)
    text = shown(browser, batch)
    assert "12 files: 8 new runs, 1 new journal line, 2 duplicates, 1 unreadable." in text
    assert "broken.fit" in text
    assert "again.fit" not in shown(browser, batch, outcome="unreadable")
    assert "broken.fit" in shown(browser, batch, outcome="unreadable")
    assert "No file matches" in shown(browser, batch, q="nowhere")
    assert "broken.fit" in shown(browser, batch, outcome="nonsense", page="x")


def test_undo_says_what_it_takes_away_and_what_stays(
    browser: Client, journal: Journal, bring: Any, recordings: list[Path]
) -> None:
    shared, alone = recordings[0].read_bytes(), recordings[1].read_bytes()
    batch = bring(journal, {"shared.fit": shared, "alone.fit": alone})
    bring(journal, {"copy.fit": shared})
    text = shown(browser, batch)
    assert "This takes 1 run and 1 original file out of your journal." in text
    assert "1 original stays: another import brought the same." in text


def test_after_the_first_runs_it_asks_what_no_file_tells_and_only_then(
    browser: Client, journal: Journal, bring: Any, recordings: list[Path]
) -> None:
    first = bring(journal, {"one.fit": recordings[0]})
    second = bring(journal, {"two.fit": recordings[1]})
    assert "Since when have you been running?" in shown(browser, first)
    assert "Since when have you been running?" not in shown(browser, second)
    bring(journal, {"journal.jsonl": b'{"event":"runner","at":"2026-05-01T00:00:00Z","runner":{"birth_year":1980}}\n'})
    text = shown(browser, first)
    assert "Which year were you born?" not in text
    assert "Since when have you been running?" in text


def working(journal: Journal, **more: Any) -> Batch:
    now = timezone.now()
    batch = journal.batches.create(state=State.WORKING, files=1200, told=412, runs=400, begun_at=now, **more)
    Batch.objects.filter(pk=batch.pk).update(begun_at=now - timedelta(seconds=10.8))
    batch.refresh_from_db()
    return batch


def test_progress_tells_files_rate_and_time_left(browser: Client, journal: Journal) -> None:
    batch = working(journal, leased_by="elsewhere:1:a", leased_until=timezone.now() + timedelta(seconds=60))
    text = browser.get(reverse("imports:progress", args=[batch.key])).text
    assert "412 of 1,200 files · 38 a second · about 20 s left" in text
    assert "400 new runs so far" in text
    assert "The reader is not running" not in text


def test_a_batch_that_nobody_takes_up_says_that_the_reader_is_not_running(browser: Client, journal: Journal) -> None:
    batch = journal.batches.create(state=State.WAITING)
    url = reverse("imports:progress", args=[batch.key])
    assert "The reader is not running" not in browser.get(url).text
    Batch.objects.filter(pk=batch.pk).update(touched_at=timezone.now() - timedelta(seconds=11))
    assert "The reader is not running" in browser.get(url).text


def test_polling_ends_when_the_batch_is_over(browser: Client, journal: Journal) -> None:
    batch = journal.batches.create(state=State.DONE)
    answer = browser.get(reverse("imports:progress", args=[batch.key]))
    assert (answer.status_code, answer["HX-Refresh"]) == (286, "true")


def test_polling_after_the_session_ended_asks_for_the_whole_page(client: Client, journal: Journal) -> None:
    url = reverse("imports:progress", args=[journal.batches.create().key])
    answer = client.get(url, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (200, "true", b"")
    assert client.get(url).status_code == 302


def test_more_files_cost_no_more_queries(browser: Client, journal: Journal, bring: Any, recordings: list[Path]) -> None:
    few = bring(journal, {"0.fit": recordings[0]})
    many = bring(journal, {f"{number}.fit": path for number, path in enumerate(recordings)})
    shown(browser, few)
    with CaptureQueriesContext(connection) as of_few:
        shown(browser, few)
    with CaptureQueriesContext(connection) as of_many:
        shown(browser, many)
    assert len(of_many) <= len(of_few)


# ------------------------------------------------------------------------------------------------------ watched folder
def test_the_watched_folder_is_made_by_a_button_and_read_and_left_as_it_is(
    browser: Client, journal: Journal, read: Any, recordings: list[Path], monkeypatch: Any
) -> None:
    browser.post(reverse("imports:watch"))
    folder = watching.own_folder("ann")
    assert str(folder) in browser.get(reverse("imports:page")).text
    place = folder / "sunday.fit"
    place.write_bytes(recordings[0].read_bytes())
    monkeypatch.setattr(watching, "STILL", timedelta(0))
    monkeypatch.setattr(loop, "NOW_AND_THEN_S", 0.0)
    for _ in range(3):
        watching.look(journal, now=timezone.now())
        read_once(read, monkeypatch)
    assert journal.runs.count() == 1
    assert journal.batches.get().origin == Batch.Origin.WATCHED
    assert place.read_bytes() == recordings[0].read_bytes()


def read_once(read: Any, monkeypatch: Any) -> None:
    """The worker's usual round, without its own look at the folder."""
    monkeypatch.setattr(loop, "NOW_AND_THEN_S", 3600.0)
    read()


@pytest.mark.parametrize("name", ["..", "..."])
def test_an_account_called_like_a_folder_above_watches_a_folder_of_its_own(name: str, settings: Any) -> None:
    watched = Path(settings.DATA) / "watched"
    assert watching.own_folder(name).resolve().parent == watched.resolve()
