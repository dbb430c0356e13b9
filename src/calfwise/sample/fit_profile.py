"""Names, units and scales of the FIT messages a running watch writes.

The numbers are FIT's own. `message` takes the units of the profile: metres, metres a second, milliseconds, strides a
minute; the file holds `(value + offset) * scale`.

>>> from calfwise.sample.fit_writer import fit_bytes
>>> len(fit_bytes([message("record", timestamp=[1000, 1001], distance=[0.0, 2.5], cadence=80)]))
51
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from calfwise.errors import IllegalEvent
from calfwise.sample.fit_writer import Base, Definition, Field, Table, table

FIT_EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)
"""FIT counts seconds from here. `local_timestamp` counts them on the runner's own clock."""

SEMICIRCLES_PER_DEG: Final = 2**31 / 180
TIMESTAMP: Final = 253


def fit_seconds(moment: datetime) -> float:
    """A moment as FIT counts it. [s]

    >>> fit_seconds(datetime(1990, 1, 1, tzinfo=UTC))
    86400.0
    """
    return (moment - FIT_EPOCH).total_seconds()


@dataclass(frozen=True, slots=True)
class Named:
    """A field of the profile: where it stands, and how its unit becomes the number in the file."""

    number: int
    base: Base
    scale: float = 1
    offset: float = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A message of the profile."""

    number: int
    fields: dict[str, Named]


_TIME: Final = {"timestamp": Named(TIMESTAMP, Base.UINT32)}
_INDEX: Final = {"message_index": Named(254, Base.UINT16)}

KINDS: Final[dict[str, Kind]] = {
    "file_id": Kind(
        0,
        {
            "type": Named(0, Base.ENUM),
            "manufacturer": Named(1, Base.UINT16),
            "product": Named(2, Base.UINT16),
            "serial_number": Named(3, Base.UINT32Z),
            "time_created": Named(4, Base.UINT32),
        },
    ),
    "session": Kind(
        18,
        _TIME
        | _INDEX
        | {
            "event": Named(0, Base.ENUM),
            "event_type": Named(1, Base.ENUM),
            "start_time": Named(2, Base.UINT32),
            "start_position_lat": Named(3, Base.SINT32, SEMICIRCLES_PER_DEG),
            "start_position_long": Named(4, Base.SINT32, SEMICIRCLES_PER_DEG),
            "sport": Named(5, Base.ENUM),
            "sub_sport": Named(6, Base.ENUM),
            "total_elapsed_time": Named(7, Base.UINT32, 1000),
            "total_timer_time": Named(8, Base.UINT32, 1000),
            "total_distance": Named(9, Base.UINT32, 100),
            "total_cycles": Named(10, Base.UINT32),
            "avg_speed": Named(14, Base.UINT16, 1000),
            "max_speed": Named(15, Base.UINT16, 1000),
            "avg_heart_rate": Named(16, Base.UINT8),
            "max_heart_rate": Named(17, Base.UINT8),
            "avg_cadence": Named(18, Base.UINT8),
            "max_cadence": Named(19, Base.UINT8),
            "total_ascent": Named(22, Base.UINT16),
            "total_descent": Named(23, Base.UINT16),
            "first_lap_index": Named(25, Base.UINT16),
            "num_laps": Named(26, Base.UINT16),
            "trigger": Named(28, Base.ENUM),
            "enhanced_avg_speed": Named(124, Base.UINT32, 1000),
            "enhanced_max_speed": Named(125, Base.UINT32, 1000),
        },
    ),
    "lap": Kind(
        19,
        _TIME
        | _INDEX
        | {
            "event": Named(0, Base.ENUM),
            "event_type": Named(1, Base.ENUM),
            "start_time": Named(2, Base.UINT32),
            "total_elapsed_time": Named(7, Base.UINT32, 1000),
            "total_timer_time": Named(8, Base.UINT32, 1000),
            "total_distance": Named(9, Base.UINT32, 100),
            "total_cycles": Named(10, Base.UINT32),
            "avg_speed": Named(13, Base.UINT16, 1000),
            "avg_heart_rate": Named(15, Base.UINT8),
            "max_heart_rate": Named(16, Base.UINT8),
            "avg_cadence": Named(17, Base.UINT8),
            "lap_trigger": Named(24, Base.ENUM),
            "sport": Named(25, Base.ENUM),
            "enhanced_avg_speed": Named(110, Base.UINT32, 1000),
        },
    ),
    "record": Kind(
        20,
        _TIME
        | {
            "position_lat": Named(0, Base.SINT32, SEMICIRCLES_PER_DEG),
            "position_long": Named(1, Base.SINT32, SEMICIRCLES_PER_DEG),
            "altitude": Named(2, Base.UINT16, 5, 500),
            "heart_rate": Named(3, Base.UINT8),
            "cadence": Named(4, Base.UINT8),
            "distance": Named(5, Base.UINT32, 100),
            "speed": Named(6, Base.UINT16, 1000),
            "power": Named(7, Base.UINT16),
            "compressed_speed_distance": Named(8, Base.BYTE, count=3),
            "temperature": Named(13, Base.SINT8),
            "vertical_oscillation": Named(39, Base.UINT16, 10),
            "stance_time_percent": Named(40, Base.UINT16, 100),
            "stance_time": Named(41, Base.UINT16, 10),
            "fractional_cadence": Named(53, Base.UINT8, 128),
            "enhanced_speed": Named(73, Base.UINT32, 1000),
            "enhanced_altitude": Named(78, Base.UINT32, 5, 500),
            "stance_time_balance": Named(84, Base.UINT16, 100),
            "step_length": Named(85, Base.UINT16, 10),
        },
    ),
    "event": Kind(
        21,
        _TIME
        | {
            "event": Named(0, Base.ENUM),
            "event_type": Named(1, Base.ENUM),
            "data": Named(3, Base.UINT32),
            "event_group": Named(4, Base.UINT8),
        },
    ),
    "device_info": Kind(
        23,
        _TIME
        | {
            "device_index": Named(0, Base.UINT8),
            "device_type": Named(1, Base.UINT8),
            "manufacturer": Named(2, Base.UINT16),
            "serial_number": Named(3, Base.UINT32Z),
            "product": Named(4, Base.UINT16),
            "software_version": Named(5, Base.UINT16, 100),
            "source_type": Named(25, Base.ENUM),
        },
    ),
    "activity": Kind(
        34,
        _TIME
        | {
            "total_timer_time": Named(0, Base.UINT32, 1000),
            "num_sessions": Named(1, Base.UINT16),
            "type": Named(2, Base.ENUM),
            "event": Named(3, Base.ENUM),
            "event_type": Named(4, Base.ENUM),
            "local_timestamp": Named(5, Base.UINT32),
        },
    ),
    "hrv": Kind(78, {"time": Named(0, Base.UINT16, 1000, count=5)}),
}


def message(
    kind: str,
    *,
    local: int = 0,
    big_endian: bool = False,
    compressed_time: bool = False,
    developer: dict[Field, Any] | None = None,
    **values: Any,
) -> Table:
    """Rows of a named message, one a value given; a scalar stands in every row, `None` and NaN are missing.

    `developer` holds raw values by developer field. With `compressed_time`, the timestamps go into the row headers.
    """
    named = KINDS[kind].fields
    unknown = values.keys() - named.keys()
    if unknown:
        raise IllegalEvent(f"{kind} has no field {', '.join(sorted(unknown))}")
    timestamp = values.pop("timestamp") if compressed_time else None
    fields = tuple(Field(named[name].number, named[name].base, named[name].count) for name in values)
    columns = [_raw(named[name], value) for name, value in values.items()]
    extra = developer or {}
    definition = Definition(KINDS[kind].number, fields + tuple(extra), local, big_endian, compressed_time)
    return table(definition, [*columns, *extra.values()], timestamp=timestamp)


def _raw(named: Named, value: Any) -> Any:
    """A value in the profile's unit as the number in the file."""
    if named.scale == 1 and named.offset == 0:
        return value
    return (np.asarray(value, np.float64) + named.offset) * named.scale


DEVELOPER_DATA_ID: Final = 207
FIELD_DESCRIPTION: Final = 206
APPLICATION_ID_BYTES: Final = 16


def developer_data_id(index: int, *, application_id: bytes | None = None, local: int = 0) -> Table:
    """Announces an app that adds fields; some leave their id out."""
    values: dict[Field, Any] = {Field(3, Base.UINT8): index}
    if application_id is not None:
        values[Field(1, Base.BYTE, APPLICATION_ID_BYTES)] = list(application_id)
    return raw_message(DEVELOPER_DATA_ID, values, local=local)


def field_description(
    field: Field, *, name: str | None = None, units: str | None = None, local: int = 0, **native: int
) -> Table:
    """Says what a developer field is; some leave its name out.

    `native` may say which of FIT's own fields it stands for: `message=20, number=41` for a record's stance time.
    """
    values: dict[Field, Any] = {
        Field(0, Base.UINT8): field.developer,
        Field(1, Base.UINT8): field.number,
        Field(2, Base.UINT8): field.base.code,
    }
    for number, text in ((3, name), (8, units)):
        if text is not None:
            values[Field(number, Base.STRING, len(text.encode()) + 1)] = text
    for number, base, key in ((14, Base.UINT16, "message"), (15, Base.UINT8, "number")):
        if key in native:
            values[Field(number, base)] = native[key]
    return raw_message(FIELD_DESCRIPTION, values, local=local)


def raw_message(number: int, values: dict[Field, Any], *, local: int = 0, big_endian: bool = False) -> Table:
    """Rows of any message, by numbers alone."""
    return table(Definition(number, tuple(values), local, big_endian), list(values.values()))
