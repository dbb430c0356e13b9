"""A journal's runs as a table that spreadsheets open."""

import csv
import io
from collections.abc import Iterator

from calfwise.csv_text import safe_cell
from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise_web.journal.held import load_of
from calfwise_web.journal.models import Journal, Run

COLUMNS = (
    "id", "file", "title", "start", "day", "distance_m", "duration_s", "running_s", "walking_s", "strikes",
    "vertical_grf_bw_low", "vertical_grf_bw", "vertical_grf_bw_high",
    "achilles_force_bw_low", "achilles_force_bw", "achilles_force_bw_high",
    "impulse_bw_s_low", "impulse_bw_s", "impulse_bw_s_high",
    "grade", "stance_source", "shoe", "surface", "kind", "left_out", "same_run_as", "notes",
)  # fmt: skip


def csv_lines(journal: Journal) -> Iterator[bytes]:
    """Every run in order of time, those left out and those told twice included."""
    yield _line(COLUMNS)
    loads = journal.loads.filter(model_version=journal.model_version).order_by("run__start", "run_id")
    for row in loads.select_related("run", "run__twin_of").iterator(chunk_size=200):
        yield _line(_cells(row.run, load_of(row.body)))


def _cells(run: Run, load: RunLoad) -> tuple[object, ...]:
    return (
        load.id, load.file, run.title, load.start.isoformat(), run.day, load.distance_m, load.duration_s,
        load.running_s, load.walking_s, load.strikes,
        *_band(load.vertical_grf_bw), *_band(load.achilles_force_bw), *_band(load.impulse_bw_s),
        str(load.grade), load.stance_source, run.shoe, run.surface, run.kind,
        "yes" if run.left_out else "", run.twin_of.run_id if run.twin_of else "", "; ".join(load.notes),
    )  # fmt: skip


def _band(band: Band | None) -> tuple[float | None, ...]:
    return (None, None, None) if band is None else (band.low, band.value, band.high)


def _line(cells: tuple[object, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(safe_cell(c) if isinstance(c, str) else c for c in cells)
    return text.getvalue().encode()
