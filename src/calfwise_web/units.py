"""Numbers as this runner likes them: kilometres or miles, kilograms or pounds. Inside, everything stays SI."""

from dataclasses import dataclass

from calfwise.model.journal import Prefers

METRES_A_MILE = 1609.344
KG_A_POUND = 0.45359237
NOTHING = "–"
"""Where nothing was measured."""


@dataclass(frozen=True, slots=True)
class Units:
    """How distances and paces are written for one runner."""

    distance: str = "km"

    @property
    def metres(self) -> float:
        """In one unit of distance. [m]"""
        return METRES_A_MILE if self.distance == "mi" else 1000.0

    def length(self, distance_m: float | None) -> str:
        """A distance.

        >>> Units().length(12_345), Units(distance="mi").length(12_345), Units().length(None)
        ('12.3 km', '7.7 mi', '–')
        """
        return NOTHING if distance_m is None else f"{distance_m / self.metres:.1f} {self.distance}"

    def pace(self, speed_mps: float | None) -> str:
        """Time a unit of distance.

        >>> Units().pace(3.0), Units(distance="mi").pace(3.0), Units().pace(0.0)
        ('5:33 /km', '8:56 /mi', '–')
        """
        if not speed_mps:
            return NOTHING
        minutes, seconds = divmod(round(self.metres / speed_mps), 60)
        return f"{minutes}:{seconds:02d} /{self.distance}"


def units_of(preferences: Prefers) -> Units:
    """The runner's own."""
    return Units(preferences.distance)


def clock(seconds: float | None) -> str:
    """A duration.

    >>> clock(59.6), clock(3725), clock(None)
    ('1:00', '1:02:05', '–')
    """
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
