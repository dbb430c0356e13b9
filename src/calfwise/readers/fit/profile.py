"""The names and numbers of FIT that we read; FIT's own words end here."""

from dataclasses import dataclass

import numpy as np

FIT_EPOCH_S = 631_065_600
"""FIT counts seconds from 1989-12-31T00:00:00Z. [s since 1970]"""

FIRST_DATE = 0x1000_0000
"""Smaller timestamps count from when the device was switched on, and tell no date. [s]"""

LAST_DATE = 0xFFFF_FFFF
"""What a timestamp can hold, in February 2126; fields that claim more are damaged. [s]"""

TIMESTAMP = 253
"""The field number of a message's time, in every message."""


@dataclass(frozen=True, slots=True)
class BaseType:
    """How a field's bytes are a number, and which bit pattern says that nothing was measured."""

    name: str
    code: str
    """NumPy type code without byte order."""
    invalid: int | None
    """`None`: not a number, or NaN says it."""

    @property
    def size(self) -> int:
        return np.dtype(self.code).itemsize


BASE_TYPES = {
    0x00: BaseType("enum", "u1", 0xFF),
    0x01: BaseType("sint8", "i1", 0x7F),
    0x02: BaseType("uint8", "u1", 0xFF),
    0x03: BaseType("sint16", "i2", 0x7FFF),
    0x04: BaseType("uint16", "u2", 0xFFFF),
    0x05: BaseType("sint32", "i4", 0x7FFF_FFFF),
    0x06: BaseType("uint32", "u4", 0xFFFF_FFFF),
    0x07: BaseType("string", "S1", None),
    0x08: BaseType("float32", "f4", None),
    0x09: BaseType("float64", "f8", None),
    0x0A: BaseType("uint8z", "u1", 0),
    0x0B: BaseType("uint16z", "u2", 0),
    0x0C: BaseType("uint32z", "u4", 0),
    0x0D: BaseType("byte", "u1", 0xFF),
    0x0E: BaseType("sint64", "i8", 0x7FFF_FFFF_FFFF_FFFF),
    0x0F: BaseType("uint64", "u8", 0xFFFF_FFFF_FFFF_FFFF),
    0x10: BaseType("uint64z", "u8", 0),
}
"""By the low five bits of the base type byte; its high bit only repeats that byte order matters."""

BYTE = BASE_TYPES[0x0D]
STRING = BASE_TYPES[0x07]


class Message:
    """Global message numbers."""

    FILE_ID = 0
    SPORT = 12
    SESSION = 18
    LAP = 19
    RECORD = 20
    EVENT = 21
    ACTIVITY = 34
    HR = 132
    FIELD_DESCRIPTION = 206
    DEVELOPER_DATA_ID = 207


@dataclass(frozen=True, slots=True)
class Scaled:
    """One field of a message: `value = raw / scale - offset`."""

    number: int
    scale: float = 1.0
    offset: float = 0.0


class Record:
    """Fields of a `record` message. Lengths [mm], times [ms], as FIT has them before scaling."""

    LATITUDE = Scaled(0)
    LONGITUDE = Scaled(1)
    ALTITUDE = Scaled(2, 5, 500)
    HEART_RATE = Scaled(3)
    CADENCE = Scaled(4)
    DISTANCE = Scaled(5, 100)
    SPEED = Scaled(6, 1000)
    POWER = Scaled(7)
    COMPRESSED_SPEED_DISTANCE = Scaled(8)
    GRADE = Scaled(9, 100)
    TEMPERATURE = Scaled(13)
    VERTICAL_OSCILLATION = Scaled(39, 10)
    STANCE_TIME = Scaled(41, 10)
    CADENCE_256 = Scaled(52, 256)
    FRACTIONAL_CADENCE = Scaled(53, 128)
    ENHANCED_SPEED = Scaled(73, 1000)
    ENHANCED_ALTITUDE = Scaled(78, 5, 500)
    STANCE_TIME_BALANCE = Scaled(84, 100)
    STEP_LENGTH = Scaled(85, 10)


class SessionField:
    """Fields of a `session` message."""

    START_TIME = Scaled(2)
    SPORT = Scaled(5)
    SUB_SPORT = Scaled(6)
    ELAPSED_TIME = Scaled(7, 1000)
    TIMER_TIME = Scaled(8, 1000)
    DISTANCE = Scaled(9, 100)


class Hr:
    """Fields of an `hr` message: beats that a strap stored."""

    FILTERED_BPM = Scaled(6)
    EVENT_TIMESTAMP = Scaled(9, 1024)
    EVENT_TIMESTAMP_12 = Scaled(10)


class LapField:
    """Fields of a `lap` message."""

    SPORT = Scaled(25)


class SportField:
    """Fields of a `sport` message."""

    SPORT = Scaled(0)
    SUB_SPORT = Scaled(1)


class EventField:
    """Fields of an `event` message, and the values that start and stop the timer."""

    EVENT = Scaled(0)
    EVENT_TYPE = Scaled(1)
    TIMER = 0
    START = 0
    STOPS = (1, 4, 8, 9)


class ActivityField:
    """Fields of an `activity` message."""

    LOCAL_TIMESTAMP = Scaled(5)


class FileField:
    """Fields of a `file_id` message."""

    TYPE = Scaled(0)
    MANUFACTURER = Scaled(1)
    PRODUCT = Scaled(2)
    SERIAL = Scaled(3)
    PRODUCT_NAME = 8


class DescriptionField:
    """Fields of a `field_description` message: what a developer field is."""

    DEVELOPER = Scaled(0)
    NUMBER = Scaled(1)
    BASE_TYPE = Scaled(2)
    NAME = 3
    UNITS = 8
    NATIVE_MESSAGE = Scaled(14)
    NATIVE_FIELD = Scaled(15)


SPORTS = {
    0: "generic", 1: "running", 2: "cycling", 3: "transition", 4: "fitness equipment", 5: "swimming",
    10: "training", 11: "walking", 12: "cross-country skiing", 13: "alpine skiing", 15: "rowing", 16: "mountaineering",
    17: "hiking", 18: "multisport", 19: "paddling", 21: "e-biking", 37: "stand-up paddling",
}  # fmt: skip

SUB_SPORTS = {
    1: "treadmill", 2: "street", 3: "trail", 4: "track", 45: "indoor", 58: "virtual", 67: "ultra",
}  # fmt: skip

FILE_TYPES = {
    1: "a device's description", 2: "settings", 3: "sport settings", 4: "an activity", 5: "a workout", 6: "a course",
    7: "schedules", 9: "weights", 10: "totals", 11: "goals", 14: "blood pressure", 15: "monitoring",
    20: "an activity's summary", 28: "daily monitoring", 32: "monitoring", 34: "segments", 35: "segments",
}  # fmt: skip

MAKERS = {
    1: "Garmin", 13: "Dynastream", 15: "Dynastream", 23: "Suunto", 32: "Wahoo Fitness", 70: "Sigma Sport", 71: "TomTom",
    89: "Tacx", 95: "Stryd", 123: "Polar", 255: "Development", 260: "Zwift", 265: "Strava", 267: "Bryton",
    294: "COROS",
}  # fmt: skip

STRYD_FIELDS = {"Form Power", "Leg Spring Stiffness"}
"""Only Stryd writes these; its files may lack an application id."""

RUNSCRIBE_PAIR = {"GCT_L", "GCT_R"}
"""What a pair of RunScribe pods writes: contact times of left and right [ms]."""

RUNSCRIBE_SINGLE = {"GCT", "BG", "IG"}
"""Where both pods, or the only one, are recorded as one channel: contact time [ms], braking and impact [G]."""
