"""Which sessions are running: by their own word, else by how fast they moved."""

import numpy as np

from calfwise.model import constants as c
from calfwise.model.run import Columns

RUNNING = "running"
UNTYPED = frozenset({"generic", "unknown", "other", "training", ""})
FASTEST_USUAL_RUN_MPS = 6.0
"""A median above this is wheels, skis or an engine: 2:47 a kilometre, held for half of a session. [m/s]"""


def moves_like_a_run(columns: Columns) -> bool:
    """Whether an untyped session ran: its median speed while moving lies between running's slowest and fastest.

    A cadence that was measured and stayed below a walker's says wheels, skates or a boat.

    >>> from calfwise.model.run import COLUMN_NAMES
    >>> speed_mps = np.array([0.0, 2.9, 3.1, 3.0])
    >>> missing = dict.fromkeys(COLUMN_NAMES[1:], np.full(4, np.nan))
    >>> moves_like_a_run(Columns(np.arange(4.0), **missing | {"speed_mps": speed_mps}))
    True
    """
    speed_mps = columns.speed_mps
    moving = speed_mps > c.MOVING_FROM_MPS
    if not moving.any():
        return False
    cadence_spm = columns.cadence_spm[moving]
    measured = cadence_spm[np.isfinite(cadence_spm)]
    if 2 * len(measured) > len(cadence_spm) and np.median(measured) < c.WALKING_BELOW_SPM:
        return False
    return bool(c.RUNNING_FROM_MPS <= np.median(speed_mps[moving]) <= FASTEST_USUAL_RUN_MPS)


def is_run(sport: str, columns: Columns) -> bool:
    """Whether a session of this sport counts as running."""
    return sport == RUNNING or (sport in UNTYPED and moves_like_a_run(columns))
