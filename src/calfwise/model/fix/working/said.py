"""Numbers, days and rates as a runner reads them, in kilometres or miles."""

from dataclasses import dataclass
from datetime import date

from calfwise.model.fix.working.figures import PER_M, Figures
from calfwise.model.load.change import said

METRES_A_KM = 1000.0
SMALLEST, WHOLE_FROM = 0.05, 9.95
"""Below the one a decimal says nothing, from the other on it says too much."""


@dataclass(frozen=True, slots=True)
class Per:
    """A distance of a hundred of the runner's own units."""

    unit: str = "km"
    metres: float = METRES_A_KM

    @property
    def scale(self) -> float:
        """From sessions per 100 km to sessions per hundred of these. [1]"""
        return 100 * self.metres / PER_M

    @property
    def hundred(self) -> str:
        return f"100 {self.unit}"

    def length(self, distance_m: float) -> str:
        """A distance, to the whole unit.

        >>> Per().length(102_345.0)
        '102 km'
        """
        return f"{distance_m / self.metres:,.0f} {self.unit}"

    def rate(self, figures: Figures) -> str:
        """With its unit: "3.1 sessions per 100 km (1.9 to 4.9)"."""
        value, band = self._parts(figures)
        return f"{value} sessions per {self.hundred}{band}"

    def short(self, figures: Figures) -> str:
        """Without it: "0.6 (0.1 to 1.7)"."""
        return "".join(self._parts(figures))

    def _parts(self, figures: Figures) -> tuple[str, str]:
        if figures.rate is None:
            return "not estimated", ""
        low, value, high = (self.scale * end for end in (figures.rate.low, figures.rate.value, figures.rate.high))
        return number(value), f" ({number(low)} to {number(high)})" if value else f" (at most {number(high)})"


def number(value: float) -> str:
    """One decimal where it says anything.

    >>> number(0.03), number(0.64), number(12.3)
    ('0', '0.6', '12')
    """
    if value < SMALLEST:
        return "0"
    return f"{value:.1f}" if value < WHOLE_FROM else f"{value:.0f}"


def counted(count: int, one: str) -> str:
    """A count with its word.

    >>> counted(1, "session"), counted(0, "session")
    ('1 session', '0 sessions')
    """
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def day_said(day: date, today: date) -> str:
    """With its year where it is not this one.

    >>> day_said(date(2025, 5, 3), date(2026, 1, 1))
    '3 May 2025'
    """
    return said(day) if day.year == today.year else f"{said(day)} {day.year}"
