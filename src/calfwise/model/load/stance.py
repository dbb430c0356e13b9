"""Where a run's ground contact comes from, and what other sources in the same run read."""

import numpy as np
from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.steps import WATCH, Steps, stance_sources
from calfwise.model.run import Run


class StanceSeen(Struct, frozen=True):
    """A run's ground contact as its own source reads it, and what others in the same run read."""

    source: str
    """Who measured: "watch" with its make, or an add-on's name."""
    stance_time_s: float
    """Mean over level running. [s]"""
    others_s: dict[str, float] = {}
    """By source: the median of its times minus ours, over seconds in which both measured. [s]"""


def stance_seen(run: Run, steps: Steps) -> StanceSeen | None:
    """What a run tells of its stance times and of other sources' in it.

    Parameters
    ----------
    run, steps
        The same run's.

    Returns
    -------
    StanceSeen or None
        `None` where no level running was measured.

    Notes
    -----
    Two watches are two sources, as far as files name them: each model has its own way of finding the ground.
    """
    chosen = steps.measured & ~steps.steep
    weights = steps.seconds[chosen]
    if steps.stance_source is None or not weights.sum():
        return None
    own_s = steps.stance_time_s
    others: dict[str, float] = {}
    for source, times_s in stance_sources(run).items():
        both = chosen & np.isfinite(times_s)
        if source != steps.stance_source and steps.seconds[both].sum() >= c.STANCE_TIE_LASTS_S:
            others[named(source, run)] = float(np.median(times_s[both] - own_s[both]))
    mean_s = float(np.average(own_s[chosen], weights=weights))
    return StanceSeen(named(steps.stance_source, run), mean_s, others)


def named(source: str, run: Run) -> str:
    """A watch by its make: "watch Garmin 3291"."""
    if source != WATCH:
        return source
    return " ".join(("watch", *(part for part in (run.device.maker, run.device.product) if part)))
