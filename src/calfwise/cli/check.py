"""`calfwise check`: what a recording holds."""

from pathlib import Path

import click
import numpy as np

from calfwise.cli.options import paths_argument
from calfwise.errors import UnreadableFile
from calfwise.model.load.dose import run_load
from calfwise.model.run import COLUMN_NAMES, OtherActivity, Run
from calfwise.readers import Outcome, recordings

WORDS = {
    "distance_m": "distance", "speed_mps": "speed", "cadence_spm": "cadence", "stance_time_s": "ground contact",
    "stance_time_balance": "left/right balance", "vertical_oscillation_m": "vertical oscillation",
    "step_length_m": "step length", "power_w": "power", "heart_rate": "heart rate", "altitude_m": "altitude",
    "grade": "slope", "temperature": "temperature",
}  # fmt: skip


@click.command()
@paths_argument
def check(paths: tuple[Path, ...]) -> None:
    """What a recording holds: sessions, what was measured, pauses, and what was odd."""
    if not paths:
        raise click.UsageError("name a recording or a folder of them")
    named = {str(path) for path in paths if not path.is_dir()}
    unreadable: UnreadableFile | None = None
    for fate, recording in recordings(paths):
        click.secho(Path(fate.file).name, bold=True)
        if fate.outcome is not Outcome.READ or fate.why:
            click.echo(f"  {fate.outcome}{f': {fate.why}' if fate.why else ''}")
        if fate.file in named:
            unreadable = unreadable or fate.error
        for run in recording.runs:
            _show_run(run)
        for other in recording.others:
            _show_other(other)
    if unreadable:
        raise unreadable


def _show_run(run: Run) -> None:
    load = run_load(run)
    where = f", {run.sub_sport}" if run.sub_sport else ""
    distance = "distance unknown" if run.distance_m is None else f"{run.distance_m / 1000:.2f} km"
    zone = "" if run.local_time_known else " UTC"
    click.echo(
        f"  run{where}: {run.start:%d %b %Y %H:%M}{zone}, {distance} in {_clock(run.timer_s)}, {run.format.upper()}"
    )
    device = " ".join(part for part in (run.device.maker, run.device.product) if part)
    if device:
        click.echo(f"    recorded by {device}{f', serial {run.device.serial}' if run.device.serial else ''}")
    click.echo(f"    {len(run.columns)} samples: {_measured(run)}")
    for developer in run.developer:
        click.echo(f"    from {developer.source}, kept apart: {', '.join(WORDS.get(n, n) for n in developer.columns)}")
    if run.pauses or run.gaps:
        stopped_s = sum(hole.end_s - hole.start_s for hole in (*run.pauses, *run.gaps))
        click.echo(f"    {len(run.pauses)} pauses and {len(run.gaps)} gaps, {_clock(stopped_s)} in all")
    click.echo(f"    grade {load.grade}; running {_clock(load.running_s)}, walking {_clock(load.walking_s)}")
    for note in load.notes:
        click.echo(f"    note: {note}")


def _measured(run: Run) -> str:
    shares = [(name, float(np.isfinite(getattr(run.columns, name)).mean())) for name in COLUMN_NAMES[1:]]
    return ", ".join(f"{WORDS[name]} {share:.0%}" for name, share in shares if share) or "nothing measured"


def _show_other(other: OtherActivity) -> None:
    click.echo(
        f"  {other.sport}: {other.start:%d %b %Y %H:%M}, {_clock(other.duration_s)} (kept as a fact, not counted)"
    )


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> _clock(3725.0)
    '1:02:05'
    """
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
