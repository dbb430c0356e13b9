"""What all formats share: samples in our names and units become the columns of a `Run`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from calfwise.model import constants as c
from calfwise.model.run import COLUMN_NAMES, Columns, DeveloperColumns, Floats, Span, Track
from calfwise.readers.believable import believable, told_disagreement
from calfwise.readers.terrain import distance_from_speed, great_circle_m, slope

NAMES_BESIDE_TIME = COLUMN_NAMES[1:]
DAY_S = 86_400


@dataclass(slots=True)
class Samples:
    """What a format's reader took out of a file: our names, our units, missing keys for what it lacks."""

    epoch_s: Floats
    """UTC, since 1970; in file order, so it may jump. [s]"""
    columns: dict[str, Floats] = field(default_factory=dict)
    latitude_deg: Floats | None = None
    longitude_deg: Floats | None = None
    developer: dict[str, dict[str, Floats]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.epoch_s)

    def take(self, chosen: "np.ndarray[tuple[int], np.dtype[np.bool_ | np.intp]] | slice") -> "Samples":
        """The chosen samples: a mask, positions or a slice."""
        return Samples(
            epoch_s=self.epoch_s[chosen],
            columns={name: column[chosen] for name, column in self.columns.items()},
            latitude_deg=None if self.latitude_deg is None else self.latitude_deg[chosen],
            longitude_deg=None if self.longitude_deg is None else self.longitude_deg[chosen],
            developer={
                source: {name: column[chosen] for name, column in columns.items()}
                for source, columns in self.developer.items()
            },
        )


@dataclass(frozen=True, slots=True)
class Assembled:
    """The part of a `Run` that its samples decide."""

    start_epoch_s: float
    columns: Columns
    developer: tuple[DeveloperColumns, ...]
    gaps: tuple[Span, ...]
    notes: tuple[str, ...]
    track: Track | None


def assemble(samples: Samples, *, location: bool = False, indoor: bool = False) -> Assembled | None:
    """Order the clock, fill distance, speed and slope from what is there, and drop what cannot be true.

    Nothing is invented: distance comes from positions or speed, speed from distance, slope from altitude over distance.
    Indoors a barometer feels the weather and no hill, so the slope is unknown. `None` where no sample has a time.
    """
    notes: list[str] = []
    samples = _one_clock(samples, notes)
    if len(samples) == 0:
        return None
    time_s = samples.epoch_s - samples.epoch_s[0]
    columns = dict(samples.columns)
    own_distance = _measured(columns, "distance_m")
    _motion(columns, samples, time_s)
    believable(columns, time_s, notes)
    if own_distance:
        told_disagreement(columns["distance_m"], samples.latitude_deg, samples.longitude_deg, time_s, notes)
    if indoor:
        columns.pop("grade", None)
    elif "grade" not in columns and "altitude_m" in columns:
        columns["grade"] = slope(distance_m=columns["distance_m"], altitude_m=columns["altitude_m"])
    missing = np.full(len(time_s), np.nan)
    missing.flags.writeable = False
    return Assembled(
        start_epoch_s=float(samples.epoch_s[0]),
        columns=Columns(time_s, **{name: columns.get(name, missing) for name in NAMES_BESIDE_TIME}),
        developer=tuple(DeveloperColumns(source, named) for source, named in samples.developer.items()),
        gaps=_gaps(time_s),
        notes=tuple(notes),
        track=_track(samples) if location else None,
    )


def _one_clock(samples: Samples, notes: list[str]) -> Samples:
    """Samples whose times rise strictly: without the untimed, with twins merged and a clock that jumped back undone."""
    timed = np.isfinite(samples.epoch_s)
    if not timed.all():
        samples = samples.take(timed)
        untimed = int((~timed).sum())
        notes.append(f"{_counted(untimed)} without a time {_were(untimed)} left out")
    if len(samples) < 2:
        return samples
    samples = _one_outing(samples, notes)
    step_s = np.diff(samples.epoch_s)
    if (step_s > 0).all():
        return samples
    if (step_s < 0).any():
        kept = _longest_in_order(samples.epoch_s)
        dropped = len(samples) - len(kept)
        samples = samples.take(kept)
        notes.append(f"the clock jumped back; {_counted(dropped)} out of order {_were(dropped)} left out")
    return _twins_merged(samples)


def _counted(samples: int) -> str:
    return f"{samples} sample" if samples == 1 else f"{samples} samples"


def _were(samples: int) -> str:
    return "was" if samples == 1 else "were"


def _one_outing(samples: Samples, notes: list[str]) -> Samples:
    """Without strays: a clock that leaps by months, forward or back, was wrong on one side; the longer side is kept."""
    leaps = np.flatnonzero(np.abs(np.diff(samples.epoch_s)) > c.LONGEST_SILENCE_DAYS * DAY_S) + 1
    if len(leaps) == 0:
        return samples
    stretch = max(np.split(np.arange(len(samples)), leaps), key=len)
    dropped = len(samples) - len(stretch)
    notes.append(f"the clock leapt by months; {_counted(dropped)} on the wrong side {_were(dropped)} left out")
    return samples.take(stretch)


def _longest_in_order(epoch_s: Floats) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Positions of the longest stretch between backward jumps, and of the other stretches that fit around it."""
    edges = np.flatnonzero(np.diff(epoch_s) < 0) + 1
    stretches = np.split(np.arange(len(epoch_s)), edges)
    longest = max(range(len(stretches)), key=lambda i: len(stretches[i]))
    kept = [stretches[longest]]
    begin_s = epoch_s[kept[0][0]]
    for stretch in reversed(stretches[:longest]):
        before = stretch[epoch_s[stretch] < begin_s]
        if len(before):
            kept.insert(0, before)
            begin_s = epoch_s[before[0]]
    end_s = epoch_s[stretches[longest][-1]]
    for stretch in stretches[longest + 1 :]:
        after = stretch[epoch_s[stretch] > end_s]
        if len(after):
            kept.append(after)
            end_s = epoch_s[after[-1]]
    return np.concatenate(kept)


def _twins_merged(samples: Samples) -> Samples:
    """One sample a time: of samples with the same time, each column's last measured value."""
    first = np.append(True, np.diff(samples.epoch_s) > 0)
    if first.all():
        return samples
    starts = np.flatnonzero(first)

    def merged(column: Floats) -> Floats:
        positions = np.where(np.isnan(column), -1, np.arange(len(column)))
        last = np.maximum.reduceat(positions, starts)
        return np.where(last < 0, np.nan, column[last])

    return Samples(
        epoch_s=samples.epoch_s[first],
        columns={name: merged(column) for name, column in samples.columns.items()},
        latitude_deg=None if samples.latitude_deg is None else merged(samples.latitude_deg),
        longitude_deg=None if samples.longitude_deg is None else merged(samples.longitude_deg),
        developer={
            source: {name: merged(column) for name, column in columns.items()}
            for source, columns in samples.developer.items()
        },
    )


def _motion(columns: dict[str, Floats], samples: Samples, time_s: Floats) -> None:
    """Distance from positions or speed, speed from distance, wherever the file lacks one of them."""
    if not _measured(columns, "distance_m"):
        if samples.latitude_deg is not None and samples.longitude_deg is not None:
            columns["distance_m"] = great_circle_m(
                latitude_deg=samples.latitude_deg, longitude_deg=samples.longitude_deg, time_s=time_s
            )
        elif _measured(columns, "speed_mps"):
            columns["distance_m"] = distance_from_speed(time_s=time_s, speed_mps=columns["speed_mps"])
    if not _measured(columns, "speed_mps") and _measured(columns, "distance_m"):
        columns["speed_mps"] = speed_from_distance(time_s=time_s, distance_m=columns["distance_m"])
    columns.setdefault("distance_m", np.full(len(time_s), np.nan))


def speed_from_distance(*, time_s: Floats, distance_m: Floats) -> Floats:
    """Speed until the next sample, from the distance covered until then; the last sample repeats the one before. [m/s]

    Distances missing in between are bridged on the straight line: the ground was covered, only not written down.
    """
    known = np.isfinite(distance_m)
    if known.sum() < 2:
        return np.full(len(time_s), np.nan)
    covered_m = np.interp(time_s, time_s[known], distance_m[known], left=np.nan, right=np.nan)
    speed_mps = np.diff(covered_m) / np.diff(time_s)
    return np.append(speed_mps, speed_mps[-1:])


def _measured(columns: Mapping[str, Floats], name: str) -> bool:
    return name in columns and bool(np.isfinite(columns[name]).any())


def _gaps(time_s: Floats) -> tuple[Span, ...]:
    silent = np.flatnonzero(np.diff(time_s) > c.LONGEST_INTERVAL_S)
    return tuple(Span(float(time_s[i]), float(time_s[i + 1])) for i in silent)


def _track(samples: Samples) -> Track | None:
    if samples.latitude_deg is None or samples.longitude_deg is None:
        return None
    return Track(samples.latitude_deg, samples.longitude_deg)
