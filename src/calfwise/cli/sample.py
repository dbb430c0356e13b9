"""`calfwise sample` and `demo`: the made-up runner."""

import sys
from datetime import datetime
from pathlib import Path

import click

from calfwise.cli.options import now_option
from calfwise.cli.today import today
from calfwise.sample import SEED, SampleReport, write_sample

LEFT_OVER = ("*.fit", "journal.jsonl")
MADE_UP_CHECK_IN = (
    "--sore", "left=5", "right=2",
    "--spot", "left:medial-upper:6", "left:soleus-medial:4", "left:medial-middle:3", "right:medial-upper:2",
    "--kit", "ball,roller",
    "--answers", "none-of-these",
)  # fmt: skip


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another seed, another runner.")
@click.option(
    "--runs", type=click.IntRange(1, 100_000), help="Instead of the story: so many one-hour runs, for timing."
)
@click.option("--hrv", is_flag=True, help="With beat-to-beat times after every second.")
@now_option
def sample(folder: Path, seed: int, runs: int | None, hrv: bool, now: datetime) -> None:
    """Write a made-up runner's two years of recordings, ending today, into FOLDER."""
    _say(_written(folder, seed=seed, runs=runs, hrv=hrv, now=now), folder)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@now_option
def demo(folder: Path, now: datetime) -> object:
    """Write the made-up runner into FOLDER and show today's session for them."""
    report = _written(folder, seed=SEED, runs=None, hrv=False, now=now)
    _say(report, folder)
    check_in = [str(folder), *MADE_UP_CHECK_IN]
    click.echo(f"Their check-in, made up too: calfwise today {' '.join(check_in)}\n", err=True)
    return today.main([*check_in, "--now", now.isoformat()], standalone_mode=False)


def _written(folder: Path, *, seed: int, runs: int | None, hrv: bool, now: datetime) -> SampleReport:
    """Only a folder of our own making is written over: nobody's recordings are touched."""
    marker = folder / ".made-by-calfwise"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise click.UsageError(f"{folder} holds files that calfwise did not make; name an empty folder")
    for pattern in LEFT_OVER:
        for old in folder.glob(pattern):
            old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    marker.touch()
    return write_sample(folder, until=now, seed=seed, runs=runs, hrv=hrv)


def _say(report: SampleReport, folder: Path) -> None:
    click.echo(f"Written to {folder}: {report.files} files, {report.bytes / 2**20:.0f} MB.", err=True)
    for line in report.lines:
        click.echo(f"  {line}", err=True)
    sys.stderr.flush()
