"""Which sessions are running: by their own word, else by how fast they moved."""

import numpy as np

from calfwise.model import constants as c
from calfwise.model.run import Columns

RUNNING = "running"
UNTYPED = frozenset({"generic", "unknown", "other", "training", ""})
FASTEST_USUAL_RUN_MPS = 6.0
"""A median above this is wheels, skis or an engine: 2:47 a kilometre, held for half of a session. [m/s]"""
WHEELS_FROM_MPS = 7.0
"""2:23 a kilometre: wheels roll this fast downhill, runners only sprint so. [m/s]"""
WHEELS_SHARE = 0.1
UNDOUBTED_RUN_MPS = 4.2
"""3:58 a kilometre. Up to this median, fast stretches are a drive home with the watch on, not a bicycle. [m/s]"""


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


def rolls(columns: Columns) -> bool:
    """Whether an untyped session that moved at running speed was ridden.

    Town cycling has the median speed of a fast run, but a cyclist rolls: a tenth of the ride or more is faster than
    runners go except in sprints. Below a median that no cyclist keeps, such stretches are a drive with the watch on.
    """
    moving_mps = columns.speed_mps[columns.speed_mps > c.MOVING_FROM_MPS]
    if len(moving_mps) == 0:
        return False
    fast = np.mean(moving_mps > WHEELS_FROM_MPS) >= WHEELS_SHARE
    return bool(fast and np.median(moving_mps) > UNDOUBTED_RUN_MPS)


def is_run(sport: str, columns: Columns) -> bool:
    """Whether a session of this sport counts as running."""
    return sport == RUNNING or (sport in UNTYPED and moves_like_a_run(columns) and not rolls(columns))
