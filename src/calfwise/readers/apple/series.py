"""Values while they are gathered, and in order once they are."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calfwise.model.run import Floats
from calfwise.readers.apple.dates import EARLIEST_S

Span = tuple[float, float]
"""Of time, `[begin, end)`. [epoch s]"""


class Spans:
    """Stretches of time, overlaps joined."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.begin_s: list[float] = []
        self.end_s: list[float] = []
        for begin_s, end_s in sorted(spans):
            if self.end_s and begin_s <= self.end_s[-1]:
                self.end_s[-1] = max(self.end_s[-1], end_s)
            else:
                self.begin_s.append(begin_s)
                self.end_s.append(end_s)

    def hold(self, epoch_s: float) -> bool:
        """Whether a moment lies in one of them."""
        i = bisect_right(self.begin_s, epoch_s) - 1
        return i >= 0 and epoch_s < self.end_s[i]

    def touch(self, begin_s: float, end_s: float) -> bool:
        """Whether one of them shares a moment with `[begin, end)`.

        >>> Spans([(10, 20)]).touch(0, 10), Spans([(10, 20)]).touch(0, 11), Spans([(10, 20)]).touch(20, 30)
        (False, True, False)
        """
        i = bisect_right(self.end_s, begin_s)
        return i < len(self.begin_s) and self.begin_s[i] < end_s


@dataclass(frozen=True, slots=True)
class Values:
    """What one source wrote of one quantity during a stretch, in order of time."""

    begin_s: Floats
    """[epoch s]"""
    end_s: Floats
    value: Floats

    def __len__(self) -> int:
        return len(self.value)


@dataclass(slots=True)
class Series:
    """One quantity from one source, 16 bytes a value."""

    begin_s: "array[int]" = field(default_factory=lambda: array("i"))
    """Since 2001. [s]"""
    end_s: "array[int]" = field(default_factory=lambda: array("i"))
    value: "array[float]" = field(default_factory=lambda: array("d"))
    """In the record's own unit."""

    def __len__(self) -> int:
        return len(self.value)

    def append(self, begin_s: int, end_s: int, value: float) -> None:
        """One record more."""
        self.begin_s.append(begin_s - EARLIEST_S)
        self.end_s.append(end_s - EARLIEST_S)
        self.value.append(value)

    def forget_outside(self, spans: Spans) -> None:
        """Keep only what begins in one of the spans."""
        begins = np.frombuffer(self.begin_s, np.intc)
        after = np.searchsorted(np.array(spans.begin_s) - EARLIEST_S, begins, side="right") - 1
        ends = np.append(np.array(spans.end_s) - EARLIEST_S, -np.inf)
        self._choose(np.flatnonzero(begins < ends[after]))

    def sort(self) -> None:
        """Order by beginning, then end. Apple's own order usually is."""
        begins, ends = np.frombuffer(self.begin_s, np.intc), np.frombuffer(self.end_s, np.intc)
        if (np.diff(begins) <= 0).any():
            self._choose(np.lexsort((ends, begins)))

    def _choose(self, places: npt.NDArray[np.intp]) -> None:
        self.begin_s = array("i", np.frombuffer(self.begin_s, np.intc)[places].tobytes())
        self.end_s = array("i", np.frombuffer(self.end_s, np.intc)[places].tobytes())
        self.value = array("d", np.frombuffer(self.value)[places].tobytes())

    def within(self, span: Span) -> Values:
        """The records of a sorted series that begin in a span."""
        first, last = self._places(span)
        return Values(
            begin_s=np.frombuffer(self.begin_s, np.intc)[first:last].astype(float) + EARLIEST_S,
            end_s=np.frombuffer(self.end_s, np.intc)[first:last].astype(float) + EARLIEST_S,
            value=np.frombuffer(self.value)[first:last].copy(),
        )

    def count(self, span: Span) -> int:
        """How many those are."""
        first, last = self._places(span)
        return last - first

    def _places(self, span: Span) -> tuple[int, int]:
        first, last = np.searchsorted(np.frombuffer(self.begin_s, np.intc), np.array(span) - EARLIEST_S).tolist()
        return first, last
