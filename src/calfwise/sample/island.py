"""An island that is on no map: loops in the open sea, so that nobody lives beside them."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from calfwise.model.run import Floats
from calfwise.sample.noise import Purpose, chance

CENTRE_LATITUDE_DEG = 45.0
CENTRE_LONGITUDE_DEG = -34.0
"""Mid-Atlantic, more than a thousand kilometres from any coast but the Azores."""
M_PER_DEG_LATITUDE = 111_195.0
CORNERS = 720
"""Points of a loop between which it runs straight."""
LOOP_LENGTHS_M = (2400.0, 3700.0, 5200.0)
DENTS = ((2, 0.18), (3, 0.10), (5, 0.05))
"""How a loop differs from a circle: waves a lap, and their height in radii."""
HILLS = ((1, 5.0), (2, 4.0), (5, 1.6))
"""Waves a lap, and their height. [m]"""
LOWEST_M = 14.0
GREAT_CIRCLE = 2 * np.pi


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """A closed way, looked up by the distance run along it."""

    length_m: float
    along_m: Floats
    north_m: Floats
    east_m: Floats
    height_m: Floats
    slope: Floats

    def position_deg(self, distance_m: Floats) -> tuple[Floats, Floats]:
        """Latitude and longitude. [deg]"""
        m_per_deg_longitude = M_PER_DEG_LATITUDE * np.cos(np.radians(CENTRE_LATITUDE_DEG))
        latitude_deg = CENTRE_LATITUDE_DEG + self._at(distance_m, self.north_m) / M_PER_DEG_LATITUDE
        return latitude_deg, CENTRE_LONGITUDE_DEG + self._at(distance_m, self.east_m) / m_per_deg_longitude

    def altitude_m(self, distance_m: Floats) -> Floats:
        return self._at(distance_m, self.height_m)

    def grade(self, distance_m: Floats) -> Floats:
        """Rise over run. [1]"""
        return self._at(distance_m, self.slope)

    def _at(self, distance_m: Floats, corners: Floats) -> Floats:
        return np.interp(distance_m % self.length_m, self.along_m, corners)


@cache
def loops(seed: int) -> tuple[Loop, ...]:
    """The island's loops, each with its own dents and hills."""
    return tuple(_loop(length_m, chance(seed, Purpose.ISLAND, place)) for place, length_m in enumerate(LOOP_LENGTHS_M))


def _loop(length_m: float, random: np.random.Generator) -> Loop:
    angle = np.linspace(0, GREAT_CIRCLE, CORNERS + 1)
    dents = [height * np.sin(waves * angle + random.uniform(0, GREAT_CIRCLE)) for waves, height in DENTS]
    radius = 1 + np.sum(dents, axis=0)
    north, east = radius * np.cos(angle), radius * np.sin(angle)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(north), np.diff(east)))])
    scale_m = length_m / along[-1]
    lap = GREAT_CIRCLE * along / along[-1]
    phases = random.uniform(0, GREAT_CIRCLE, len(HILLS))
    hills = [(waves * lap + phase, waves, height) for (waves, height), phase in zip(HILLS, phases, strict=True)]
    height_m = LOWEST_M + np.sum([height * (1 + np.sin(angle)) for angle, _, height in hills], axis=0)
    slope = np.sum([height * waves * np.cos(angle) for angle, waves, height in hills], axis=0) * GREAT_CIRCLE / length_m
    return Loop(length_m, along * scale_m, north * scale_m, east * scale_m, height_m, slope)
