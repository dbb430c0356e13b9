"""Left and right of a run, where something measured both: told only beyond measurement error.

Which foot stands longer is told, and that a longer stance means a lower peak there. No force a side, no symptom, no
cause: a strap or a pod that sits askew looks like a limp, so only change against oneself is told as change.
"""

from collections.abc import Sequence
from statistics import median

import numpy as np
from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.stance import named
from calfwise.model.load.steps import WATCH, Steps
from calfwise.model.run import Floats, Run, Side

EVEN = 0.5
MS = 1000


class Sides(Struct, frozen=True):
    """How a run's ground contact was shared between the feet."""

    source: str
    """What measured it: "watch" with its make, or an add-on's name."""
    left_share: float
    """The left foot's share of both stance times, mean over running. [1]"""
    seconds: float
    """Of running with both measured. [s]"""
    stance_time_s: float | None = None
    """Mean of both feet over the same running. [s]"""

    @property
    def longer(self) -> Side | None:
        """The foot that stands longer; `None` where both are even within measurement error."""
        if abs(self.left_share - EVEN) <= c.SIDES_ERROR:
            return None
        return Side.LEFT if self.left_share > EVEN else Side.RIGHT

    @property
    def longer_by_s(self) -> float | None:
        """How much longer that foot stands than the other. [s]"""
        if self.longer is None or self.stance_time_s is None:
            return None
        return 4 * abs(self.left_share - EVEN) * self.stance_time_s


class OwnSides(Struct, frozen=True):
    """A run's left and right against the runner's own, of the same source."""

    left_share: float
    """Median of the runs before. [1]"""
    runs: int
    further: Side | None
    """The side to which ground contact lies further than usual; `None`: as usual, within measurement error."""


def left_share_of(run: Run, steps: Steps) -> tuple[str, Floats, Floats] | None:
    """The left foot's share of ground contact in every sample, from one source.

    Parameters
    ----------
    run, steps
        The same run's.

    Returns
    -------
    (source, share, stance_time_s) or None
        The source that stance times come from where it has both feet, else the first that has. NaN where either foot
        was not measured or stood as no foot does. (n_samples,), [1] and [s]

    Notes
    -----
    A watch writes the left share beside the stance of both feet; two pods write each foot's own time.
    """
    if steps.mean_only:
        return None
    feet = _feet(run)
    source = steps.stance_source if steps.stance_source in feet else next(iter(feet), None)
    if source is None:
        return None
    left_s, right_s = feet[source]
    both_s = left_s + right_s
    return named(source, run), left_s / both_s, both_s / 2


def _feet(run: Run) -> dict[str, tuple[Floats, Floats]]:
    """Believable stance times of left and right by source; those that measured both. [s]"""
    columns = run.columns
    both_s, share = 2 * columns.stance_time_s, columns.stance_time_balance
    found = {WATCH: (both_s * share, both_s * (1 - share))} | {
        developer.source: (developer.columns["stance_time_left_s"], developer.columns["stance_time_right_s"])
        for developer in run.developer
        if {"stance_time_left_s", "stance_time_right_s"} <= developer.columns.keys()
    }
    believed = {source: (_believable(left_s), _believable(right_s)) for source, (left_s, right_s) in found.items()}
    return {source: feet for source, feet in believed.items() if np.isfinite(sum(feet)).any()}


def _believable(stance_s: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        real = (stance_s >= c.SHORTEST_BELIEVABLE_STANCE_S) & (stance_s <= c.LONGEST_BELIEVABLE_STANCE_S)
    return np.where(real, stance_s, np.nan)


def sides_of(run: Run, steps: Steps) -> Sides | None:
    """The run's left and right.

    Parameters
    ----------
    run, steps
        The same run's.

    Returns
    -------
    Sides or None
        Means over level running; `None` where less than five minutes of it have both feet measured.

    Notes
    -----
    Strikes stay half of all for each leg: whoever runs steps left and right in turn.
    """
    found = left_share_of(run, steps)
    if found is None:
        return None
    source, share, stance_s = found
    chosen = steps.running & ~steps.steep & np.isfinite(share)
    seconds = steps.seconds[chosen]
    if seconds.sum() < c.SIDES_LAST_S:
        return None
    return Sides(
        source=source,
        left_share=float(np.average(share[chosen], weights=seconds)),
        seconds=float(seconds.sum()),
        stance_time_s=float(np.average(stance_s[chosen], weights=seconds)),
    )


def own_sides(sides: Sides, before: Sequence[Sides]) -> OwnSides | None:
    """A run's left and right against the runner's own.

    Parameters
    ----------
    sides
        The run's.
    before
        Of runs before it, in order of time; those of another source are passed over.

    Returns
    -------
    OwnSides or None
        Against the median of the ten latest of the same source; `None` with fewer than five.
    """
    shares = [other.left_share for other in before if other.source == sides.source][-c.SIDES_RUNS_COMPARED :]
    if len(shares) < c.SIDES_RUNS_NEEDED:
        return None
    usual = median(shares)
    apart = sides.left_share - usual
    further = None if abs(apart) <= c.SIDES_ERROR else Side.LEFT if apart > 0 else Side.RIGHT
    return OwnSides(usual, len(shares), further)


def sides_said(sides: Sides, own: OwnSides | None = None) -> tuple[str, ...]:
    """A run's left and right in sentences.

    Examples
    --------
    >>> sides_said(Sides("watch", 0.503, 1800.0, 0.26))
    ('Left and right are even within measurement error: 50.3 % left, ± 1.0.',)
    >>> sides_said(Sides("watch", 0.52, 1800.0, 0.25), OwnSides(0.504, 10, Side.LEFT))[0]
    'Your left foot stood about 20 ms longer than your right: 52.0 % left, ± 1.0.'
    >>> sides_said(Sides("watch", 0.52, 1800.0, 0.25), OwnSides(0.504, 10, Side.LEFT))[2]
    'That is further left than in your last 10 runs with the same sensor: 50.4 %.'
    """
    measured = f"{sides.left_share:.1%} left, ± {c.SIDES_ERROR * 100:.1f}".replace("%", " %")
    return (*_apart_said(sides, measured), *_own_said(own))


def _apart_said(sides: Sides, measured: str) -> tuple[str, ...]:
    longer = sides.longer
    if longer is None:
        return (f"Left and right are even within measurement error: {measured}.",)
    by_s = sides.longer_by_s
    by = "" if by_s is None else f"about {by_s * MS:.0f} ms "
    return (
        f"Your {longer} foot stood {by}longer than your {longer.other}: {measured}.",
        f"A longer stance means a lower peak force, so a little lower on the {longer}; nobody can tell by how much.",
    )


def _own_said(own: OwnSides | None) -> tuple[str, ...]:
    if own is None:
        return ()
    usual = f"your last {own.runs} runs with the same sensor: {own.left_share:.1%}.".replace("%", " %")
    if own.further is None:
        return (f"As usual for you, within measurement error. In {usual}",)
    return (
        f"That is further {own.further} than in {usual}",
        "A strap or pod worn otherwise shifts this as well.",
    )
