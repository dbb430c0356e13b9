"""`calfwise load`: what the calves took."""

import csv
import sys
from datetime import datetime
from pathlib import Path

import click

from calfwise.assess import load_history
from calfwise.cli.documents import encoded, load_document
from calfwise.cli.options import journal_option, now_option, paths_argument, runner_option
from calfwise.cli.reading import history_of, intake_of, tell_odd_files
from calfwise.csv_text import safe_cell


@click.command()
@paths_argument
@runner_option
@journal_option
@now_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Runs as CSV.")
@click.option("--all", "every", is_flag=True, help="Every run in the table, not only the last twenty.")
def load(
    paths: tuple[Path, ...],
    runner: str | None,
    journal: Path | None,
    now: datetime,
    as_json: bool,
    as_csv: bool,
    every: bool,
) -> None:
    """What the calves took: strikes, forces with their band, how good the numbers are, and what changed.

    PATH… are recordings (FIT, TCX, GPX) or folders of them; all files of a folder are one runner's.
    """
    if not paths:
        raise click.UsageError("name a recording or a folder of them, for example: calfwise load ~/runs")
    history, _ = history_of(paths, journal)
    taken = intake_of(paths, runner_name=runner, runner=history.runner)
    answer = load_history(taken.loads, runner=history.runner, history=history, now=now)
    tell_odd_files(taken)
    document = load_document(answer)
    if as_json:
        click.echo(encoded(document))
    elif as_csv:
        _write_csv(document["runs"])
    else:
        from calfwise.cli.load_text import show_load  # noqa: PLC0415 - rich only where it draws

        show_load(answer, every=every)


def _write_csv(runs: list[dict[str, object]]) -> None:
    """Bands spread over three columns; text that a spreadsheet would compute is quoted."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    rows = [_flat(run) for run in runs]
    if rows:
        writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)


def _flat(run: dict[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in run.items():
        if name.endswith(("_force_bw", "_grf_bw", "_band_bw_s")):
            sides = value if isinstance(value, dict) else {}
            flat |= {f"{name}_{side}": sides.get(side) for side in ("low", "value", "high")}
        elif isinstance(value, tuple | list):
            flat[name] = safe_cell("; ".join(map(str, value)))
        else:
            flat[name] = safe_cell(value) if isinstance(value, str) else value
    return flat
