"""`calfwise workouts`: the runs of the weeks ahead as files for a watch."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from calfwise import library
from calfwise.assess import load_history, weeks_ahead
from calfwise.cli.options import journal_option, now_option, paths_argument, runner_option
from calfwise.cli.page import say
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.model.care.protocol import PlayerContent
from calfwise.model.weeks import LaidDay
from calfwise.writers.parts import parts_of
from calfwise.writers.workout import workout_fit, workout_name

NO_WEEKS = "No weeks are wished for, so there is nothing to write: calfwise weeks ~/runs --plan wishes for some."
NO_RUNS = "The weeks hold no run from today on. Nothing was written."


@click.command(name="workouts")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@paths_argument
@runner_option
@journal_option
@now_option
def command(folder: Path, paths: tuple[Path, ...], runner: str | None, journal: Path | None, now: datetime) -> None:
    """Write the runs of the weeks ahead into FOLDER, one FIT workout a day, for a watch to guide.

    PATH… are your recordings or folders of them; the journal beside them says what you wish for. A file of the same day
    is written anew; others stay as they are.
    """
    if not paths:
        raise click.UsageError("name a folder to write to and your recordings: calfwise workouts watch ~/runs")
    history, _ = history_of(paths, journal)
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    tell_odd_files(taken)
    load = load_history(taken.loads, runner=history.runner, history=history, now=now)
    content = library.player()
    weeks = weeks_ahead(load, runner=history.runner, history=history, content=content, rules=library.weeks(), now=now)
    if weeks is None:
        say(NO_WEEKS)
        return
    days = (day for week in weeks.weeks for day in week.days if day.on >= now.date())
    written = write_workouts(days, folder, content=content)
    for path, name in written:
        click.echo(f"{path}  {name}")
    say("Copy them to your watch's folder for new files (GARMIN/NewFiles)." if written else NO_RUNS)


def write_workouts(days: Iterable[LaidDay], folder: Path, *, content: PlayerContent) -> list[tuple[Path, str]]:
    """One file a day with a run, named by the day; what was written, and what a watch calls it."""
    written = []
    for day in days:
        file = workout_fit(day, parts=parts_of(day, content=content))
        if file is not None:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{day.on.isoformat()}.fit"
            path.write_bytes(file)
            written.append((path, workout_name(day)))
    return written
