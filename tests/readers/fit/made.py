"""Made FIT recordings: a short run, and how to spoil it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np

from calfwise.model.run import Run
from calfwise.readers.fit import read_fit
from calfwise.readers.recording import Recording
from calfwise.sample.fit_profile import FIT_EPOCH, Field, fit_seconds, message
from calfwise.sample.fit_writer import Part, Table, fit_bytes

RUNNING, CYCLING, SWIMMING, MULTISPORT = 1, 2, 5, 18
GARMIN = 1
TIMER, START, STOP, STOP_ALL = 0, 0, 1, 4

FIRST = int(fit_seconds(datetime(2026, 3, 1, 7, 0, tzinfo=FIT_EPOCH.tzinfo)))
"""1 March 2026, 7:00 UTC. [s since FIT's epoch]"""


def records(seconds: Any = 120, *, local: int = 0, developer: dict[Field, Any] | None = None, **values: Any) -> Table:
    """Records of a steady run, one a second: 3 m/s, 84 strides a minute; what is given takes their place."""
    second = np.arange(float(seconds)) if np.isscalar(seconds) else np.asarray(seconds, np.float64)
    columns: dict[str, Any] = {"timestamp": FIRST + second, "distance": 3.0 * second, "speed": 3.0, "cadence": 84}
    columns |= values
    columns = {name: value for name, value in columns.items() if value is not None}
    return message("record", local=local, developer=developer, **columns)


def session(*, start: float = 0, seconds: float = 120, sport: int = RUNNING, local: int = 1, **values: Any) -> Table:
    columns: dict[str, Any] = {
        "timestamp": FIRST + start + seconds,
        "start_time": FIRST + start,
        "sport": sport,
        "sub_sport": 0,
        "total_elapsed_time": seconds,
        "total_timer_time": seconds,
    }
    return message("session", local=local, **(columns | values))


def timer(second: float, kind: int, *, local: int = 2) -> Table:
    return message("event", local=local, timestamp=FIRST + second, event=TIMER, event_type=kind)


def file_id(**values: Any) -> Table:
    return message("file_id", local=3, **({"type": 4, "manufacturer": GARMIN, "product": 3113} | values))


def read(parts: Iterable[Part] | bytes, *, location: bool = False) -> Recording:
    data = parts if isinstance(parts, bytes) else fit_bytes(parts)
    return read_fit(data, file="made.fit", location=location)


def only_run(parts: Iterable[Part] | bytes, *, location: bool = False) -> Run:
    recording = read(parts, location=location)
    assert len(recording.runs) == 1, recording
    return recording.runs[0]
