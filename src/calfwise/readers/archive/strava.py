"""Strava's bulk export: its activities.csv, joined to the recordings that lie beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice

from calfwise.model.run import Told
from calfwise.readers.archive.strava_headers import Columns, columns, words
from calfwise.readers.archive.tables import Rows, text

ORIGIN = "Strava's archive"
LOOKED_AT = 50
"""So many rows show whether the column of file names is one."""
DATES = ("%b %d, %Y, %I:%M:%S %p", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y, %H:%M:%S")
"""English; before 2019; German. All in UTC."""

SPORTS = {
    "run": "running", "trail run": "running", "virtual run": "running", "walk": "walking", "hike": "hiking",
    "ride": "cycling", "virtual ride": "cycling", "mountain bike ride": "cycling", "gravel ride": "cycling",
    "e-bike ride": "e-biking", "swim": "swimming", "alpine ski": "alpine skiing", "nordic ski": "cross-country skiing",
    "rowing": "rowing", "weight training": "training", "workout": "training", "crossfit": "training",
    "stand up paddling": "stand-up paddling", "canoe": "paddling", "kayaking": "paddling",
    "lauf": "running", "radfahrt": "cycling", "course à pied": "running", "hardloopsessie": "running",
    "fietsrit": "cycling", "virtuele fietsrit": "cycling", "wandeling": "walking", "krachttraining": "training",
}  # fmt: skip
"""Strava's words, where a real export showed them -> ours. Others are kept as they are."""

ON_LAND = frozenset({"running", "walking", "hiking", "cycling", "e-biking"})

UNKNOWN = (
    "the table's headers are in a language I don't know: titles and gear are left out; "
    "the recordings are read all the same"
)
NOT_STRAVAS = "not the table of a Strava export: no titles or gear are taken from it"


@dataclass(frozen=True, slots=True)
class Manual:
    """An activity that was typed in: a fact of the day, without a recording."""

    start: datetime
    """Aware, UTC: the table does not know the runner's offset."""
    sport: str
    distance_m: float | None
    elapsed_s: float | None
    moving_s: float | None
    told: Told


@dataclass(frozen=True, slots=True)
class StravaTable:
    """What activities.csv tells."""

    told: dict[str, Told] = field(default_factory=dict)
    """By the file's name in the table: "activities/123.fit.gz"."""
    manual: tuple[Manual, ...] = ()
    """Activities without a file, in the table's order."""
    remarks: tuple[str, ...] = ()
    """What was left out, in words a runner reads."""

    def of(self, file: str | None) -> Told | None:
        """What it tells about a file, named as from the table's folder; also after someone unpacked the `.gz`."""
        if file is None:
            return None
        return self.told.get(file) or self.told.get(f"{file}.gz") or self.told.get(file.removesuffix(".gz"))


def read_table(data: bytes) -> StravaTable:
    """The table of a Strava export. Never raises: what cannot be told is left out, and that is said."""
    rows = Rows(data)
    running = iter(rows)
    header = next(running, [])
    first = list(islice(running, LOOKED_AT))
    found = columns(header, first)
    if found is None:
        strange = any(cell.startswith("activities/") for row in first for cell in row)
        return StravaTable(remarks=(UNKNOWN if strange else NOT_STRAVAS,))
    told: dict[str, Told] = {}
    manual: list[Manual] = []
    undated = misfits = 0
    for row in chain(first, running):
        if len(row) != len(header):
            misfits += 1
        elif file := row[found.file].strip():
            told.setdefault(file, _told(row, found))
        elif activity := _manual(row, found):
            manual.append(activity)
        else:
            undated += 1
    return StravaTable(told, tuple(manual), _remarks(rows, misfits, undated))


def _remarks(rows: Rows, misfits: int, undated: int) -> tuple[str, ...]:
    remarks = []
    if undated:
        remarks.append(f"{undated:,} activities without a recording have a date I cannot read: left out")
    if rows.broken + misfits:
        remarks.append(f"{rows.broken + misfits:,} rows of the table are broken: left out")
    if rows.cut:
        remarks.append("the table is longer than any runner's: its end is left out")
    return tuple(remarks)


def _told(row: Sequence[str], at: Columns) -> Told:
    return Told(
        origin=ORIGIN,
        title=_text(row, at.title),
        description=_text(row, at.description),
        private_note=_text(row, at.private_note),
        gear=_text(row, at.gear),
        sport=_sport(row, at),
    )


def _sport(row: Sequence[str], at: Columns) -> str | None:
    word = _text(row, at.sport)
    return SPORTS.get(words(word), word) if word else None


def _manual(row: Sequence[str], at: Columns) -> Manual | None:
    start = None if at.date is None else moment(row[at.date])
    if start is None:
        return None
    elapsed = [seconds for i in at.elapsed if (seconds := number(row[i])) is not None]
    told = _told(row, at)
    return Manual(
        start=start,
        sport=told.sport or "unknown",
        distance_m=distance_m(row, at, told.sport),
        elapsed_s=elapsed[0] if elapsed else None,
        moving_s=None if at.moving is None else number(row[at.moving]),
        told=told,
    )


def distance_m(row: Sequence[str], at: Columns, sport: str | None) -> float | None:
    """The distance: in metres where the table has that column, else from the one for people. [m]

    That one is in km on land, but in metres for swimming and in nautical miles for sailing.
    """
    exact = None if at.distance_m is None else number(row[at.distance_m])
    if exact is not None or at.distance_km is None or sport not in ON_LAND:
        return exact
    short = number(row[at.distance_km])
    return None if short is None else 1000 * short


def _text(row: Sequence[str], column: int | None) -> str | None:
    return None if column is None else text(row[column])


def number(cell: str) -> float | None:
    """A cell's number, with a decimal point or comma; None for nothing, and for what no activity has.

    >>> number("13609.2"), number("9,44"), number("nan"), number("-1"), number("")
    (13609.2, 9.44, None, None, None)
    """
    if len(cell) > 40:
        return None
    try:
        value = float(cell if "." in cell else cell.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None


def moment(cell: str) -> datetime | None:
    """When an activity began, in UTC; None where the date is in a language I don't know.

    >>> moment("Oct 5, 2014, 4:15:21 PM")
    datetime.datetime(2014, 10, 5, 16, 15, 21, tzinfo=datetime.timezone.utc)
    """
    plain = " ".join(cell.split())  # newer exports have a narrow space before PM
    for form in DATES:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
