"""What lists show of a run, held in its row so that lists need no more than rows: projected from load and journal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from django.db import connection

from calfwise.model.described import described
from calfwise.model.journal import History
from calfwise.model.load.dose import RunLoad
from calfwise.readers.duplicates import Twin
from calfwise_web.journal.models import Journal, Run

TITLE_LENGTH = WHY_LENGTH = 300
FACTS = (
    "day", "title", "distance_m", "running_s", "speed_mps", "grade", "strikes", "shoe", "surface", "kind", "left_out",
    "twin_of_id", "twin_why",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """What a run's row says now, without the weight of a model: ten years are thousands of them."""

    pk: int
    run_id: str
    day: date | None
    title: str
    distance_m: float | None
    running_s: float | None
    speed_mps: float | None
    grade: str
    strikes: int | None
    shoe: str
    surface: str
    kind: str
    left_out: bool
    twin_of_id: int | None
    twin_why: str


def rows_of(journal: Journal) -> dict[str, Row]:
    """All of a journal's runs by their ids."""
    told = journal.runs.values_list("pk", "run_id", *FACTS)
    return {row.run_id: row for row in (Row(*each) for each in told.iterator(chunk_size=2000))}


def facts_of(loads: Sequence[RunLoad], *, history: History, home: tzinfo) -> Iterator[tuple[str, dict[str, object]]]:
    """Each run's facts by its id, under the row's own field names."""
    shown = {load.id: load for load in described(loads, history=history, home=home)}
    for load in loads:
        about, with_shoe = history.about_runs.get(load.id), shown.get(load.id, load)
        # PostgreSQL keeps no NUL in a text, and a table that somebody typed may have one.
        title = ((load.told.title if load.told else None) or "").replace("\0", "")
        yield (
            load.id,
            {
                "day": load.local_day(home),
                "title": title[:TITLE_LENGTH],
                "distance_m": load.distance_m,
                "running_s": load.running_s,
                "speed_mps": load.speed_mps,
                "grade": str(load.grade),
                "strikes": load.strikes,
                "shoe": with_shoe.shoe.id if with_shoe.shoe else "",
                "surface": with_shoe.surface or "",
                "kind": (about and about.kind) or "",
                "left_out": bool(about and about.left_out),
            },
        )


def projected(rows: Mapping[str, Row], loads: Sequence[RunLoad], *, history: History, home: tzinfo) -> Iterator[Row]:
    """Rows whose facts are no longer those of their loads and the journal."""
    for run_id, facts in facts_of(loads, history=history, home=home):
        row = rows.get(run_id)
        if row is not None and _set(row, facts):
            yield row


def paired(rows: Mapping[str, Row], dropped: Iterable[Twin]) -> Iterator[Row]:
    """Rows that are twins of others now and were not before, or the other way round."""
    out = {twin.run: twin for twin in dropped}
    for run_id, row in rows.items():
        twin = out.get(run_id)
        of = rows.get(twin.of) if twin else None
        if _set(row, {"twin_of_id": of.pk if of else None, "twin_why": twin.why[:WHY_LENGTH] if twin else ""}):
            yield row


def save(changed: Iterable[Row]) -> None:
    """Write facts back, row by row in one go: ten years in a moment, where the ORM's bulk update takes half a minute.

    A row that was deleted meanwhile stays deleted.
    """
    fields = [(name, field) for field in Run._meta.concrete_fields if (name := field.attname) in FACTS]
    columns = ", ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for _, field in fields)
    table, key = (connection.ops.quote_name(name) for name in (Run._meta.db_table, "id"))
    rows = [
        [*(field.get_db_prep_save(getattr(run, name), connection) for name, field in fields), run.pk]
        for run in {run.pk: run for run in changed}.values()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE {key} = %s", rows)  # noqa: S608 - our own names


def _set(row: Row, facts: Mapping[str, object]) -> bool:
    """Whether anything changed."""
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
