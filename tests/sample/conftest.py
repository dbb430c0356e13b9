"""The whole sample, written and read back once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.model.journal import AnyEvent, event_from_line
from calfwise.model.run import Run
from calfwise.readers.fit import read_fit
from calfwise.sample import JOURNAL_FILE, SEED, SampleReport, write_sample
from calfwise.sample.diary import Diary, PlannedRun
from calfwise.sample.story import story

UNTIL = datetime(2026, 6, 17, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """What is on disk, and what was meant."""

    folder: Path
    report: SampleReport
    runs: tuple[Run, ...]
    planned: tuple[PlannedRun, ...]
    diary: Diary
    events: tuple[AnyEvent, ...]

    def pairs(self) -> list[tuple[PlannedRun, Run]]:
        return list(zip(self.planned, self.runs, strict=True))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The two years as shipped."""
    folder = tmp_path_factory.mktemp("sample")
    report = write_sample(folder, until=UNTIL)
    files = sorted(folder.glob("*.fit"))
    diary = Diary(story(), until=UNTIL, seed=SEED)
    return Sample(
        folder=folder,
        report=report,
        runs=tuple(run for file in files for run in read_fit(file.read_bytes(), file=file.name).runs),
        planned=diary.planned,
        diary=diary,
        events=tuple(event_from_line(line) for line in (folder / JOURNAL_FILE).read_bytes().splitlines()),
    )
