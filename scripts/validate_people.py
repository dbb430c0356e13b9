"""Predicted against measured, counted by people: rows of one person err together and are no evidence of their own."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fit_grf import Errors, Floats, errors_of
from validate_words import times

COVERED = 0.9
"""What a 90 % band should hold."""
FEWEST_PEOPLE = 9
"""Nine of ten of fewer are all of them."""


@dataclass(frozen=True)
class Result:
    """One comparison of predicted with measured values, and the band that the model prints around them."""

    name: str
    predicted: Floats
    measured: Floats
    person: npt.NDArray[np.int_]
    """Whose each row is."""
    band: float
    """Half width of the 90 % band, times or divided by."""
    simulated: bool = False
    """Rows are drawn, not measured: there is no small sample to allow for."""

    @property
    def errors(self) -> Errors:
        """By rows."""
        return errors_of(self.predicted, self.measured)

    @property
    def people(self) -> int:
        return len(np.unique(self.person))

    @property
    def coverage(self) -> float:
        """The share of people inside the band; a person whose rows differ counts in part. [1]"""
        inside = np.abs(self._logs) <= np.log(self.band) + 1e-12
        return float(np.average(inside, weights=self._weights))

    @property
    def just_covering(self) -> float | None:
        """The width that just covers nine of ten of these people, each weighing one; `None` where they are too few."""
        return self._width(self.people) if self.simulated or self.people >= FEWEST_PEOPLE else None

    @property
    def needed(self) -> float | None:
        """The same with room for one person to come, who may be worse than all of these: nine tenths of n + 1."""
        return self._width(self.people if self.simulated else self.people + 1)

    def _width(self, everyone: int) -> float | None:
        logs = np.abs(self._logs)
        order = np.argsort(logs)
        reached = np.cumsum(self._weights[order]) / everyone
        enough = np.flatnonzero(reached >= COVERED - 1e-9)
        width = float(np.exp(logs[order][enough[0]])) if len(enough) else np.inf
        return width if np.isfinite(width) else None

    @property
    def _logs(self) -> Floats:
        """Nothing predicted where something was is beyond every band."""
        with np.errstate(divide="ignore"):
            return np.log(self.predicted / self.measured)

    @property
    def _weights(self) -> Floats:
        """Everybody's rows weigh one together."""
        _, whose, counts = np.unique(self.person, return_inverse=True, return_counts=True)
        return np.asarray(1 / counts[whose], np.float64)

    def line(self) -> str:
        e = self.errors
        who = "one person" if self.people == 1 else f"{self.people} people"
        rows = "simulated" if self.simulated else f"{who}, n = {e.rows}"
        return (
            f"{self.name}: RMSE {e.rmse:.1%}, bias {e.bias:+.1%}, "
            f"coverage {self.coverage:.0%} of a 90 % band {times(self.band)} ({rows}); {self._width_said}"
        )

    @property
    def _width_said(self) -> str:
        just, needed = self.just_covering, self.needed
        if just is None:
            return f"{'one person' if self.people == 1 else 'so few people'} cannot say how wide it must be"
        room = "" if self.simulated or needed is None else f" ({times(needed, 3)} with room for one more)"
        return f"width that would just cover nine of ten people out of sample {times(just, 3)}{room}"
