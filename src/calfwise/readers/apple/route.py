"""A workout's route: a GPX file beside the export, for altitude, and distance and speed where they are better."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from calfwise.errors import UnreadableFile
from calfwise.model.run import Floats
from calfwise.readers.apple.held import HOLD_S, Held
from calfwise.readers.apple.series import Span
from calfwise.readers.assemble import Samples
from calfwise.readers.gpx import GPX
from calfwise.readers.xml import read_points
from calfwise.readers.xml_sessions import samples_of

Open = Callable[[str], bytes | None]
"""The bytes of a file in the export, by the path the export uses."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a workout went, in order of time, one point a time."""

    time_s: Floats
    """[epoch s]"""
    latitude_deg: Floats
    longitude_deg: Floats
    altitude_m: Floats
    speed_mps: Floats

    @property
    def speed(self) -> Held:
        """The satellites' own speed, until the next point."""
        known = np.isfinite(self.speed_mps)
        return Held(self.time_s[known], self._until_s[known], self.speed_mps[known])

    @property
    def covered_s(self) -> float:
        """For how long it is known where the runner was. [s]"""
        return float((self._until_s - self.time_s)[np.isfinite(self.latitude_deg)].sum())

    @property
    def _until_s(self) -> Floats:
        until_s: Floats = np.minimum(self.time_s + HOLD_S, np.append(self.time_s[1:], np.inf))
        return until_s


def route_of(paths: Sequence[str], *, open_route: Open, span: Span, notes: list[str]) -> Route | None:
    """The points of a workout's routes that lie in its time; what could not be had is noted."""
    parts = [_route(samples) for path in paths for samples in _samples(path, open_route, notes)]
    if not parts:
        return None
    names = [field.name for field in fields(Route)]
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    begin_s, end_s = span
    inside = np.flatnonzero((joined["time_s"] >= begin_s) & (joined["time_s"] <= end_s))
    _, first = np.unique(joined["time_s"][inside], return_index=True)
    chosen = inside[first]
    return Route(**{name: column[chosen] for name, column in joined.items()}) if len(chosen) else None


def _samples(path: str, open_route: Open, notes: list[str]) -> list[Samples]:
    """What a route's file holds, by its tracks."""
    name = path.rpartition("/")[2]
    data = open_route(path)
    if data is None:
        notes.append(f"its route ({name}) is not in the export")
        return []
    try:
        document = read_points(data, file=name, grammar=GPX)
    except UnreadableFile as error:
        notes.append(f"its route could not be read: {error}")
        return []
    notes.extend(f"its route ({name}): {damage}" for damage in document.salvaged)
    return [samples_of(points)[0] for points in document.sessions]


def _route(samples: Samples) -> Route:
    """One track. The satellites say -1 where they do not know a speed."""
    missing = np.full(len(samples), np.nan)
    speed_mps = samples.columns.get("speed_mps", missing)
    return Route(
        time_s=samples.epoch_s,
        latitude_deg=missing if samples.latitude_deg is None else samples.latitude_deg,
        longitude_deg=missing if samples.longitude_deg is None else samples.longitude_deg,
        altitude_m=samples.columns.get("altitude_m", missing),
        speed_mps=np.where(speed_mps >= 0, speed_mps, np.nan),
    )
