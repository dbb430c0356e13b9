"""Files in, with progress on stderr and every odd file told at the end."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from calfwise.errors import UnreadableFile
from calfwise.intake import Intake, take_in
from calfwise.intake.cache import Cache
from calfwise.intake.work import Whose
from calfwise.journal_file import journal_beside, read_journal
from calfwise.model.journal import AnyEvent, History, fold
from calfwise.model.runner import Runner
from calfwise.readers import Fate, Outcome, belongs_to, files_of

MANY_FILES = 20
"""From so many files on, progress is shown."""
MOST_TOLD = 12
"""So many odd files are named; the others are counted."""


def history_of(paths: tuple[Path, ...], journal: Path | None) -> tuple[History, Path | None]:
    """The history and its journal: the one given, else the one beside the recordings; unknown without one."""
    path = journal or journal_beside(paths)
    if path is None:
        return History(), None
    events: list[AnyEvent] = read_journal(path)
    return fold(events), path


def intake_of(paths: tuple[Path, ...], *, runner_name: str | None, runner: Runner) -> Intake:
    """Read everything; a file that was named and cannot be read is an error, one in a folder is told.

    Shoes come later, from the history: a new pair makes nothing to be read again.

    Raises
    ------
    UnreadableFile
        If a file named on the command line cannot be read, or nothing in its folders can.
    """
    with _progress(paths) as told:
        taken = take_in(
            paths,
            runner=runner,
            told=told,
            cache=Cache(Whose(runner)),
            wanted=lambda name: runner_name is None or belongs_to(name, runner_name),
        )
    named = {str(path) for path in paths if not path.is_dir()}
    for fate in taken.fates:
        if fate.error is not None and fate.file in named:
            raise fate.error
    if all(fate.outcome in (Outcome.UNREADABLE, Outcome.SKIPPED) for fate in taken.fates):
        came = "none that can be read" if taken.fates else "no files"
        raise UnreadableFile(", ".join(map(str, paths)), wanted="a recording", came=came, where="the folder")
    return taken


@contextmanager
def _progress(paths: tuple[Path, ...]) -> Iterator[Callable[[Fate], None]]:
    """Progress with rate and time left on stderr, where somebody looks and there is something to wait for."""
    total = len(files_of(paths)) if sys.stderr.isatty() else 0
    if total < MANY_FILES:
        yield lambda fate: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where it draws
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("read", total=total)
        yield lambda fate: progress.advance(task)


def tell_odd_files(taken: Intake) -> None:
    """On stderr, what was salvaged, left out as a duplicate, or could not be read, and why."""
    odd = [f for f in taken.fates if f.outcome in (Outcome.SALVAGED, Outcome.DUPLICATE, Outcome.UNREADABLE)]
    for fate in odd[:MOST_TOLD]:
        click.echo(f"{Path(fate.file).name}: {fate.outcome}: {fate.why}", err=True)
    if len(odd) > MOST_TOLD:
        click.echo(f"… and {len(odd) - MOST_TOLD} more like these (calfwise check shows each)", err=True)
