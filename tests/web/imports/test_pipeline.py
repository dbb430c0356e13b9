"""What comes in, however it is brought: once, in order, and gone again when undone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.intake import take_in
from calfwise.model.runner import Runner
from calfwise.sample import write_sample
from calfwise_web.imports.models import Batch
from calfwise_web.journal.held import load_of
from calfwise_web.journal.models import Journal
from calfwise_web.journal.originals import place_of

Bring = Callable[..., Batch]


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("recordings")
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=8)
    return sorted(folder.glob("*.fit"))


def test_what_the_web_holds_is_what_the_terminal_reads(journal: Journal, bring: Bring, recordings: list[Path]) -> None:
    batch = bring(journal, {path.name: path for path in recordings})
    held = sorted((load_of(row.body) for row in journal.loads.all()), key=lambda load: load.start)
    read = take_in(recordings, runner=Runner()).loads
    assert [(load.id, load.strikes, load.grade) for load in held] == [(x.id, x.strikes, x.grade) for x in read]
    assert (batch.state, batch.told, batch.runs) == (Batch.State.DONE, len(recordings), len(recordings))


def test_originals_are_kept_byte_for_byte(journal: Journal, bring: Bring, recordings: list[Path]) -> None:
    bring(journal, {"sunday.fit": recordings[0]})
    recording = journal.recordings.get()
    assert place_of(journal.key, recording.digest).read_bytes() == recordings[0].read_bytes()


def test_the_same_file_again_is_told_as_known(journal: Journal, bring: Bring, recordings: list[Path]) -> None:
    bring(journal, {"sunday.fit": recordings[0]})
    again = bring(journal, {"copy.fit": recordings[0]})
    outcome = again.outcomes.get()
    assert (outcome.outcome, journal.runs.count()) == ("duplicate", 1)
    assert "sunday.fit" in outcome.why


def test_undoing_takes_away_what_only_that_batch_brought(
    journal: Journal, bring: Bring, read: Callable[[], None], recordings: list[Path]
) -> None:
    first = bring(journal, {"one.fit": recordings[0], "two.fit": recordings[1]})
    bring(journal, {"two again.fit": recordings[1]})
    Batch.objects.filter(pk=first.pk).update(state=Batch.State.UNDOING)
    read()
    assert journal.runs.count() == 1
    assert place_of(journal.key, journal.recordings.get().digest).exists()


def test_a_batch_half_read_goes_on_where_it_stood(journal: Journal, bring: Bring, recordings: list[Path]) -> None:
    batch = bring(journal, {path.name: path for path in recordings[:4]})
    assert batch.outcomes.count() == 4
