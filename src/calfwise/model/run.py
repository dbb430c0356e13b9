"""A run as recorded: columns of samples, NaN where nothing was measured, and the facts around them."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Floats = npt.NDArray[np.float64]


class Side(StrEnum):
    """The runner's own left and right. `None` elsewhere means that nobody said."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


BOTH_SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One value a sample, all of one length; NaN means not measured, never zero.

    Sample i describes `[time_s[i], time_s[i + 1])`. Times rise strictly; most devices write one sample a second.
    """

    time_s: Floats
    """Since the run's start. [s]"""
    distance_m: Floats
    """Covered so far. [m]"""
    speed_mps: Floats
    cadence_spm: Floats
    """Steps a minute, both feet together. [1/min]"""
    stance_time_s: Floats
    """Initial contact to toe-off of one foot. [s]"""
    stance_time_balance: Floats
    """The left foot's share of both stance times. [1]"""
    vertical_oscillation_m: Floats
    step_length_m: Floats
    """Contact to the other foot's contact. [m]"""
    power_w: Floats
    heart_rate: Floats
    """Beats a minute. [1/min]"""
    altitude_m: Floats
    grade: Floats
    """Rise over run, up positive. [1]"""
    temperature: Floats
    """Of the air at the wrist. [°C]"""

    def __len__(self) -> int:
        return len(self.time_s)


COLUMN_NAMES = tuple(field.name for field in fields(Columns))


class Device(Struct, frozen=True):
    """What recorded the run, as far as the file tells."""

    maker: str | None = None
    product: str | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DeveloperColumns:
    """What an add-on sensor wrote beside the watch's own fields; never mixed with them.

    `columns` uses our names and units where the field is one of ours (`stance_time_s`), else the sensor's own name.
    """

    source: str
    columns: dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Where the run went; only extracted when asked for."""

    latitude_deg: Floats
    longitude_deg: Floats


class Told(Struct, frozen=True):
    """What the runner's own archive says about a run beside the recording: words, not measurements."""

    origin: str
    """Which archive: "Strava's archive", "Garmin's archive", "Apple Health"."""
    title: str | None = None
    description: str | None = None
    private_note: str | None = None
    gear: str | None = None
    sport: str | None = None
    """Its word for the sport, ours where we know it."""


class Span(Struct, frozen=True):
    """A stretch `[start_s, end_s)` of a run. [s since its start]"""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One running session and everything the recording says about it."""

    id: str
    """Stable: from the file's bytes and the session's place in it."""
    file: str
    format: str
    """fit, tcx or gpx."""
    start: datetime
    """Aware. Its offset is the runner's own where the recording tells it, else UTC."""
    local_time_known: bool
    sport: str
    sub_sport: str | None
    distance_m: float | None
    timer_s: float
    """Time with the watch running, pauses left out. [s]"""
    elapsed_s: float
    columns: Columns
    device: Device
    developer: tuple[DeveloperColumns, ...] = ()
    pauses: tuple[Span, ...] = ()
    """The watch was stopped."""
    gaps: tuple[Span, ...] = ()
    """The watch ran but wrote nothing."""
    notes: tuple[str, ...] = ()
    """What was odd, and what was done about it, in words a runner reads."""
    track: Track | None = None
    told: Told | None = None

    def local_start(self, home: tzinfo) -> datetime:
        """The start on the runner's own clock: the recording's offset, else `home`."""
        return self.start if self.local_time_known else self.start.astimezone(home)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed_s)


@dataclass(frozen=True, slots=True)
class OtherActivity:
    """A session of another sport: a fact of the day, not of the calves' running."""

    id: str
    file: str
    start: datetime
    sport: str
    duration_s: float
    distance_m: float | None


def sample_seconds(run: Run) -> Floats:
    """How long each sample stands for, pauses and gaps left out. [s]

    A sample lasts until the next one. Before a pause or a gap, and at the end, it lasts as long as a usual sample.

    Returns
    -------
    (n_samples,)
        Never negative. [s]
    """
    time_s = run.columns.time_s
    if len(time_s) == 0:
        return np.zeros(0)
    until_next = np.diff(time_s)
    usual = float(np.median(until_next)) if len(until_next) else 1.0
    seconds = np.append(until_next, usual)
    for hole in (*run.pauses, *run.gaps):
        before = int(np.searchsorted(time_s, hole.start_s, side="right")) - 1
        after = int(np.searchsorted(time_s, hole.end_s, side="left"))
        if 0 <= before < len(until_next):
            seconds[before] = min(usual, seconds[before])
        seconds[max(before + 1, 0) : after] = 0.0
    return seconds
