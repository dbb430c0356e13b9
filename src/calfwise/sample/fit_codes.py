"""FIT's numbers for the words a running watch uses."""

from enum import IntEnum
from typing import Final

ACTIVITY_FILE: Final = 4
SPORT_RUNNING: Final = 1
SUB_SPORT_GENERIC: Final = 0
HEART_RATE_STRAP: Final = 120
OVER_ANT_PLUS: Final = 1
ENDED_BY_HAND: Final = 0
"""A session's trigger."""
BY_ITSELF: Final = 0
"""An activity's type."""


class Event(IntEnum):
    """What an event message is about."""

    TIMER = 0
    SESSION = 8
    LAP = 9
    ACTIVITY = 26


class EventType(IntEnum):
    """What became of it."""

    START = 0
    STOP = 1
    STOP_ALL = 4


class LapTrigger(IntEnum):
    """Why a lap ended."""

    MANUAL = 0
    DISTANCE = 2
    SESSION_END = 7
