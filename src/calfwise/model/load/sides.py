"""Left and right of a run, where something measured both: told only beyond measurement error."""

from msgspec import Struct

from calfwise.model.load.steps import Steps
from calfwise.model.run import Run


class Sides(Struct, frozen=True):
    """How a run's ground contact was shared between the feet."""

    source: str
    """What measured it: "watch", or an add-on's name."""
    left_share: float
    """The left foot's share of both stance times, mean over running. [1]"""
    seconds: float
    """Of running with both measured. [s]"""


def sides_of(run: Run, steps: Steps) -> Sides | None:
    """The run's left and right; `None` where nothing measured both."""
    return None
