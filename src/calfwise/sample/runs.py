"""The sample on disk: one FIT file a run, and the journal beside them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from calfwise.errors import IllegalEvent
from calfwise.model.journal import History, fold, line_of
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.readers.fit import read_fit
from calfwise.sample.diary import Diary, PlannedRun
from calfwise.sample.journal import events
from calfwise.sample.lived import lived, merged
from calfwise.sample.motion import motion_of
from calfwise.sample.recording import recording_of
from calfwise.sample.report import SampleReport, corpus_lines, story_lines
from calfwise.sample.story import story

JOURNAL_FILE = "journal.jsonl"
SEED = 20260101


def write_sample(
    folder: Path, *, until: datetime, seed: int = SEED, runs: int | None = None, hrv: bool = False
) -> SampleReport:
    """Write the made-up runner's two years of recordings and journal into a folder.

    Parameters
    ----------
    folder : Path
        Made where it is not there. Files of the same names are replaced, others stay.
    until : datetime
        Aware. The story's last day; nothing is later.
    seed : int
        Another seed gives another runner with the same story.
    runs : int, optional
        Instead of the story, this many hour-long runs, one a day, without a journal: something to measure speed with.
    hrv : bool
        Write the times between heart beats after every record, as some watches do; files grow by a third.

    Raises
    ------
    IllegalEvent
        If `until` is not aware or `runs` is not positive.
    """
    if until.utcoffset() is None:
        raise IllegalEvent(f"until needs a time zone, got {until}")
    if runs is not None and runs < 1:
        raise IllegalEvent(f"runs must be positive, got {runs}")
    diary = Diary(story(), until=until, seed=seed)
    planned = diary.planned if runs is None else diary.corpus(runs)
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder, run, seed=seed, hrv=hrv) for run in planned]
    if runs is None:
        noted = events(diary, until=until)
        journal = merged(noted, lived(diary, noted, _lately(diary, fold(noted), written), until=until))
        (folder / JOURNAL_FILE).write_bytes(b"".join(line_of(event) + b"\n" for event in journal))
    return SampleReport(
        files=len(planned),
        bytes=sum(file.stat().st_size for file in written),
        runs=len(planned),
        first_day=planned[0].start.date(),
        last_day=planned[-1].start.date(),
        lines=story_lines(diary, planned) if runs is None else corpus_lines(planned),
    )


def _write(folder: Path, planned: PlannedRun, *, seed: int, hrv: bool) -> Path:
    """One recording, named by its local start."""
    file = folder / f"{planned.start:%Y-%m-%d-%H-%M-%S}.fit"
    file.write_bytes(recording_of(motion_of(planned, story(), seed=seed), planned, story(), seed=seed, hrv=hrv))
    return file


def _lately(diary: Diary, noted: History, written: Sequence[Path]) -> list[RunLoad]:
    """The runs that weeks are laid from, as everybody else reads them."""
    files = [
        file for run, file in zip(diary.planned, written, strict=True) if run.start.date() >= diary.weeks_look_back
    ]
    runs = [run for file in files for run in read_fit(file.read_bytes(), file=file.name).runs]
    return [run_load(run, noted.runner, noted.shoes) for run in runs]
