"""A new model works beside the old one and takes over whole: nobody ever sees half of each."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from msgspec import structs

from calfwise.model.constants import MODEL_VERSION
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise_web.imports import recompute, staging
from calfwise_web.imports.loop import Loop
from calfwise_web.imports.models import Batch
from calfwise_web.journal.held import load_of, packed_load
from calfwise_web.journal.models import Journal, Load, Recording, Series
from calfwise_web.journal.originals import place_of
from calfwise_web.refresh import refresh, whole_of
from tests.web.imports.conftest import STRAVA_HEAD

Bring = Callable[..., Batch]
BEFORE = "0-before"
MORE_STRIKES = 1_000_000
"""So many more a run by the model before: no mixture can look like either."""
TYPED_IN = 120
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass
class Stops:
    """Asks the worker to end after so many handfuls."""

    after: int = 10**6
    asked: int = field(default=0, init=False)

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked >= self.after


@pytest.fixture(autouse=True)
def _handfuls_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recompute, "HANDFUL", 3)


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    """A worker that looks for other models only when told."""
    loop = Loop(threading.Event())
    loop._looked_at = time.monotonic() + 10**6
    yield loop
    loop.decoders.stop()


@pytest.fixture
def read(loop: Loop) -> Callable[[], None]:
    def until_done() -> None:
        while loop.once():
            pass

    return until_done


@pytest.fixture
def move_on(journal: Journal, loop: Loop) -> Callable[..., None]:
    """Let the worker work out the new model's numbers, to the end or until it is asked to stop."""

    def moved(stopping: Callable[[], bool] | None = None) -> None:
        journal.refresh_from_db()
        recompute.move_on(journal, decoders=loop.decoders, stopping=stopping or Stops())
        journal.refresh_from_db()

    return moved


def age(journal: Journal) -> None:
    """Make everything that the journal holds the work of the model before."""
    for row in journal.loads.all():
        load = load_of(row.body)
        older = structs.replace(load, model_version=BEFORE, strikes=(load.strikes or 0) + MORE_STRIKES)
        Load.objects.filter(pk=row.pk).update(model_version=BEFORE, body=packed_load(older))
    Series.objects.filter(run__journal=journal).update(model_version=BEFORE)
    Journal.objects.filter(pk=journal.pk).update(model_version=BEFORE)
    journal.changed()
    refresh(journal, now=timezone.now())


def shown(journal: Journal) -> list[RunLoad]:
    """What pages are made from."""
    journal.refresh_from_db()
    return sorted(whole_of(journal, now=timezone.now()).loads, key=lambda load: load.start)


def strikes(journal: Journal) -> list[int | None]:
    return [load.strikes for load in shown(journal)]


def versions(journal: Journal) -> list[str]:
    return sorted(journal.loads.values_list("model_version", flat=True))


def typed_in(runs: int) -> bytes:
    """A table with runs that were typed in, an hour apart from each other."""
    rows = (
        f'{n},"Jan {1 + n // 24}, 2026, {(n % 12) or 12}:00:00 {"AM" if n % 24 < 12 else "PM"}",Run {n},Run,,1800,5.0,'
        ",,false,,,,,,1800.0,1800.0,5000.0\n"
        for n in range(runs)
    )
    return (STRAVA_HEAD + "".join(rows)).encode()


def test_a_journal_shows_the_old_numbers_until_all_new_ones_are_there_and_then_those_alone(
    journal: Journal, browser: Client, bring: Bring, move_on: Callable[..., None], recordings: list[Path]
) -> None:
    bring(journal, {path.name: path for path in recordings})
    new = strikes(journal)
    age(journal)
    old = [count + MORE_STRIKES for count in new if count is not None]
    pages = [reverse("load:page"), reverse("runs:list"), reverse("runs:run", args=[journal.runs.all()[0].key])]
    before = [_said(browser, page) for page in pages]
    move_on(Stops(after=2))
    assert versions(journal).count(MODEL_VERSION) == 6, "two handfuls are ready"
    assert (strikes(journal), journal.model_version) == (old, BEFORE)
    refresh(journal, now=timezone.now())
    assert [_said(browser, page) for page in pages] == before
    move_on()
    assert (strikes(journal), journal.model_version) == (new, MODEL_VERSION)
    assert set(versions(journal)) == {MODEL_VERSION}
    assert Series.objects.filter(run__journal=journal).exclude(model_version=MODEL_VERSION).count() == 0
    assert Series.objects.filter(run__journal=journal).count() == len(recordings)
    assert all(_said(browser, page) != said for page, said in zip(pages, before, strict=True))


def test_a_worker_killed_in_the_middle_goes_on_with_what_is_missing(
    journal: Journal,
    bring: Bring,
    move_on: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    recordings: list[Path],
) -> None:
    bring(journal, {path.name: path for path in recordings})
    new = strikes(journal)
    age(journal)

    class KilledError(BaseException):
        """Nobody catches it."""

    held: list[str] = []
    hold = recompute._hold

    def until_killed(journal: Journal, handful: list[recompute.Anew]) -> None:
        if held:
            raise KilledError
        held.extend(load.id for load, _ in handful)
        hold(journal, handful)

    monkeypatch.setattr(recompute, "_hold", until_killed)
    with pytest.raises(KilledError):
        move_on()
    assert journal.loads.filter(model_version=MODEL_VERSION).count() == 3
    again: list[str] = []
    monkeypatch.setattr(
        recompute, "_hold", lambda journal, some: (again.extend(x.id for x, _ in some), hold(journal, some))
    )
    move_on()
    assert not set(again) & set(held), "what was ready is not worked out twice"
    assert (strikes(journal), set(versions(journal))) == (new, {MODEL_VERSION})


def test_a_table_of_many_runs_stopped_in_its_middle_is_whole_in_the_end(
    journal: Journal, bring: Bring, move_on: Callable[..., None]
) -> None:
    bring(journal, {"activities.csv": typed_in(TYPED_IN)})
    new = strikes(journal)
    assert len(new) == TYPED_IN
    age(journal)
    move_on(Stops(after=2))
    assert versions(journal).count(MODEL_VERSION) == 6
    move_on()
    assert (strikes(journal), versions(journal)) == (new, [MODEL_VERSION] * TYPED_IN)


def test_a_run_that_comes_in_meanwhile_is_there_when_the_new_model_takes_over(
    journal: Journal, bring: Bring, move_on: Callable[..., None], recordings: list[Path]
) -> None:
    bring(journal, {path.name: path for path in recordings[:7]})
    age(journal)
    move_on(Stops(after=1))
    batch = bring(journal, {recordings[7].name: recordings[7]})
    assert (batch.state, batch.runs) == (Batch.State.DONE, 1)
    assert len(shown(journal)) == 7, "numbers of two models are never shown side by side"
    move_on()
    assert len(shown(journal)) == 8
    assert versions(journal) == [MODEL_VERSION] * 8


def test_the_new_model_does_not_take_over_while_a_run_is_without_its_number(
    journal: Journal, bring: Bring, move_on: Callable[..., None], recordings: list[Path]
) -> None:
    """A worker of the earlier calfwise brought one at the very end."""
    bring(journal, {path.name: path for path in recordings[:2]})
    age(journal)
    late = journal.runs.first()
    assert late is not None

    class Late(Stops):
        def __call__(self) -> bool:
            late.loads.filter(model_version=MODEL_VERSION).delete()
            return super().__call__()

    move_on(Late())
    assert (journal.model_version, len(shown(journal))) == (BEFORE, 2)
    move_on()
    assert (journal.model_version, len(shown(journal))) == (MODEL_VERSION, 2)


@pytest.mark.parametrize("gone", ["discarded", "lost", "unreadable"])
def test_a_run_whose_original_is_gone_keeps_distance_and_time_and_says_so(
    journal: Journal, bring: Bring, move_on: Callable[..., None], recordings: list[Path], gone: str
) -> None:
    bring(journal, {path.name: path for path in recordings[:2]})
    recording = journal.recordings.get(name=recordings[0].name)
    before = load_of(journal.loads.get(run__recording=recording).body)
    age(journal)
    place = place_of(journal.key, recording.digest)
    if gone == "discarded":
        Recording.objects.filter(pk=recording.pk).update(kept=False)
    elif gone == "lost":
        place.unlink()
    else:
        place.chmod(0o600)
        place.write_bytes(b"no recording any more")
    move_on()
    after = load_of(journal.loads.get(run__recording=recording).body)
    assert (after.grade, after.distance_m, after.duration_s) == (Grade.D, before.distance_m, before.duration_s)
    assert after.notes[0].startswith("its original was discarded" if gone == "discarded" else "its original could not")
    assert versions(journal) == [MODEL_VERSION] * 2


def test_a_disk_that_cannot_be_read_now_changes_nothing(
    journal: Journal,
    bring: Bring,
    move_on: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    recordings: list[Path],
) -> None:
    bring(journal, {recordings[0].name: recordings[0]})
    age(journal)

    def away(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", away)
        move_on()
    assert versions(journal) == [BEFORE]
    move_on()
    assert versions(journal) == [MODEL_VERSION]


def test_names_that_an_archive_gave_stay_with_their_runs(
    journal: Journal, bring: Bring, move_on: Callable[..., None], strava: dict[str, bytes]
) -> None:
    bring(journal, strava)
    told = {load.id: (load.file, load.told) for load in shown(journal)}
    assert any(words and words.title == "Along the canal" for _, words in told.values())
    age(journal)
    move_on()
    assert {load.id: (load.file, load.told) for load in shown(journal)} == told


def test_the_worker_finds_journals_of_an_earlier_model_by_itself(
    journal: Journal, bring: Bring, loop: Loop, recordings: list[Path]
) -> None:
    bring(journal, {recordings[0].name: recordings[0]})
    age(journal)
    loop._now_and_then()
    journal.refresh_from_db()
    assert (journal.model_version, versions(journal)) == (MODEL_VERSION, [MODEL_VERSION])


def test_somebody_who_brings_a_run_does_not_wait_for_the_new_model(
    journal: Journal, bring: Bring, loop: Loop, recordings: list[Path]
) -> None:
    bring(journal, {path.name: path for path in recordings[:7]})
    age(journal)
    batch = journal.batches.create()
    place = staging.place_of(batch.key, "new.fit")
    place.parent.mkdir(parents=True)
    place.write_bytes(recordings[7].read_bytes())
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.WAITING)
    loop._now_and_then()
    assert versions(journal).count(MODEL_VERSION) == 3, "one handful, then it steps back"
    while loop.once():
        pass
    batch.refresh_from_db()
    assert (batch.state, batch.runs) == (Batch.State.DONE, 1)
    loop._now_and_then()
    assert (len(shown(journal)), set(versions(journal))) == (8, {MODEL_VERSION})


def _said(browser: Client, page: str) -> str:
    """A page's numbers, without what differs from answer to answer."""
    text = browser.get(page).text
    return TOKEN.sub("", text[text.index("<main") : text.index("</main>")])
