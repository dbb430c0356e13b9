"""FIT records -> samples in our names and units."""

import numpy as np

from calfwise.model.run import Floats
from calfwise.readers.assemble import Samples
from calfwise.readers.fit.clock import Clock
from calfwise.readers.fit.decode import DeveloperField, FitFile, Table
from calfwise.readers.fit.heart import Beats
from calfwise.readers.fit.profile import RUNSCRIBE_PAIR, RUNSCRIBE_SINGLE, STRYD_FIELDS, Record, Scaled

SEMICIRCLES_PER_DEG = 2**31 / 180
MM_PER_M = 1000
MS_PER_S = 1000
PERCENT = 100
BYTE_UNMEASURED = 0xFF


def samples_of(fit: FitFile, clock: Clock, beats: Beats | None = None) -> Samples | None:
    """The records of a FIT file; `None` where it has none."""
    table = fit.records
    if table is None:
        return None
    columns = {name: column for name, column in _columns(table).items() if np.isfinite(column).any()}
    if "heart_rate" not in columns and beats is not None:
        columns["heart_rate"] = beats.at(fit.record_timestamps)
    has_position = {Record.LATITUDE.number, Record.LONGITUDE.number} <= table.field_numbers
    return Samples(
        epoch_s=clock.epoch_s(fit.record_timestamps),
        columns=columns,
        latitude_deg=table.scaled(Record.LATITUDE) / SEMICIRCLES_PER_DEG if has_position else None,
        longitude_deg=table.scaled(Record.LONGITUDE) / SEMICIRCLES_PER_DEG if has_position else None,
        developer=_developer_columns(fit, table),
    )


def _columns(table: Table) -> dict[str, Floats]:
    """Our columns, where the file has the field; stance and oscillation are [ms] and [mm] in FIT, balance [%]."""
    has = table.field_numbers.__contains__
    columns: dict[str, Floats] = {}
    direct = {
        "distance_m": (Record.DISTANCE, 1),
        "heart_rate": (Record.HEART_RATE, 1),
        "power_w": (Record.POWER, 1),
        "temperature": (Record.TEMPERATURE, 1),
        "vertical_oscillation_m": (Record.VERTICAL_OSCILLATION, MM_PER_M),
        "stance_time_s": (Record.STANCE_TIME, MS_PER_S),
        "stance_time_balance": (Record.STANCE_TIME_BALANCE, PERCENT),
        "step_length_m": (Record.STEP_LENGTH, MM_PER_M),
    }
    for name, (field, per) in direct.items():
        if has(field.number):
            columns[name] = table.scaled(field) / per
    if has(Record.CADENCE.number) or has(Record.CADENCE_256.number):
        columns["cadence_spm"] = 2 * _strides_a_minute(table)
    if has(Record.COMPRESSED_SPEED_DISTANCE.number):
        columns["speed_mps"], distance_m = _speed_and_distance(table)
        columns.setdefault("distance_m", distance_m)
    _first_measured(columns, "speed_mps", table, Record.ENHANCED_SPEED, Record.SPEED)
    _first_measured(columns, "altitude_m", table, Record.ENHANCED_ALTITUDE, Record.ALTITUDE)
    if "altitude_m" not in columns and has(Record.GRADE.number):
        columns["grade"] = table.scaled(Record.GRADE) / PERCENT
    return columns


def _strides_a_minute(table: Table) -> Floats:
    """FIT's cadence counts one leg; its fraction stands in a field of its own."""
    whole = table.scaled(Record.CADENCE)
    fraction = np.nan_to_num(table.scaled(Record.FRACTIONAL_CADENCE))
    strides = whole + fraction
    fine = table.scaled(Record.CADENCE_256)
    return np.where(np.isnan(strides), fine, strides)


def _first_measured(columns: dict[str, Floats], name: str, table: Table, *fields: Scaled) -> None:
    """The first field that measured, sample by sample: the finer one, then the coarser."""
    for field in fields:
        if field.number in table.field_numbers:
            column = table.scaled(field)
            columns[name] = np.where(np.isnan(columns[name]), column, columns[name]) if name in columns else column


def _speed_and_distance(table: Table) -> tuple[Floats, Floats]:
    """Twelve bits of speed [1/100 m/s] and twelve of distance [1/16 m], the latter counted on past its overflow."""
    low, middle, high = table.raw_bytes(Record.COMPRESSED_SPEED_DISTANCE.number, 3).astype(np.int64).T
    measured = ~((low == BYTE_UNMEASURED) & (middle == BYTE_UNMEASURED) & (high == BYTE_UNMEASURED))
    speed_mps = np.where(measured, (low | (middle & 0x0F) << 8) / 100, np.nan)
    sixteenths = (middle >> 4 | high << 4)[measured]
    steps = np.append(sixteenths[:1], np.diff(sixteenths) & 0xFFF)
    distance_m = np.full(len(table), np.nan)
    distance_m[measured] = np.cumsum(steps) / 16
    return speed_mps, distance_m


RUNSCRIBE = "runscribe"
MOST_DEVELOPER_FIELDS = 100
"""Sensors add a dozen."""
DEVELOPER_NAMES = {
    "power": ("power_w", 1.0),
    "ground time": ("stance_time_s", 1 / 1000),
    "stance time": ("stance_time_s", 1 / 1000),
    "cadence": ("cadence_spm", 2.0),
    "vertical oscillation": ("vertical_oscillation_m", 1 / 100),
}
"""Developer fields that are ours under another name, with the factor to our unit where the field names no unit."""

UNITS = {
    "milliseconds": 1 / 1000, "ms": 1 / 1000, "centimeters": 1 / 100, "cm": 1 / 100, "millimeters": 1 / 1000,
    "mm": 1 / 1000,
}  # fmt: skip


RUNSCRIBE_STANCE = {"GCT": "stance_time_s", "GCT_L": "stance_time_left_s", "GCT_R": "stance_time_right_s"}
"""Contact times by RunScribe's names, 0 where a pod sent nothing. [ms]"""


def _developer_columns(fit: FitFile, table: Table) -> dict[str, dict[str, Floats]]:
    """Developer fields by who wrote them: "stryd", "runscribe", else "developer N"."""
    fields = fit.developer_fields[:MOST_DEVELOPER_FIELDS]
    names_of: dict[int, set[str]] = {}
    for field in fields:
        names_of.setdefault(field.developer, set()).add(field.name)
    by_source: dict[str, dict[str, Floats]] = {}
    for field in fields:
        column = table.developer_raw(field)
        if column.ndim > 1 or not np.isfinite(column).any():
            continue
        name, factor = _our_name(field)
        source = _source(field.developer, names_of[field.developer])
        by_source.setdefault(source, {})[name] = column * factor
    if RUNSCRIBE in by_source:
        by_source[RUNSCRIBE] = _pods(by_source[RUNSCRIBE])
    return by_source


def _source(developer: int, names: set[str]) -> str:
    if names & STRYD_FIELDS:
        return "stryd"
    if names & RUNSCRIBE_PAIR or names >= RUNSCRIBE_SINGLE:
        return RUNSCRIBE
    return f"developer {developer}"


def _pods(written: dict[str, Floats]) -> dict[str, Floats]:
    """RunScribe's columns with contact times as ours; of a pair the mean of both feet, of one pod its own foot's."""
    columns = {name: column for name, column in written.items() if name not in RUNSCRIBE_STANCE}
    stances = {
        ours: np.where(written[name] > 0, written[name] / MS_PER_S, np.nan)
        for name, ours in RUNSCRIBE_STANCE.items()
        if name in written
    }
    measured = {ours: stance_s for ours, stance_s in stances.items() if np.isfinite(stance_s).any()}
    feet = [stance_s for ours, stance_s in measured.items() if ours != "stance_time_s"]
    if feet:
        measured["stance_time_s"] = np.mean(feet, axis=0)
    return columns | measured


def _our_name(field: DeveloperField) -> tuple[str, float]:
    ours = DEVELOPER_NAMES.get(field.name.lower())
    if ours is None:
        return field.name, 1.0
    name, factor = ours
    return name, UNITS.get(field.units.lower(), factor)
