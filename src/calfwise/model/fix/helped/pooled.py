"""One runner's ratings as a hierarchical normal model, in closed form.

A rating is the mean change, a slope on how it stood before, an effect of each technique, tool, place and of the
technique at that place, what was done in the days before, something common to that evening, and noise. Effects of one
kind are drawn towards their common mean as far as they are few or alike. Given how much they differ and how far one
evening's ratings go together, everything is conjugate (normal-inverse-gamma); those two are summed over a small
written grid. No sampling: the same ratings always give the same numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from calfwise.model.fix.helped.rules import Prior

Floats = NDArray[np.float64]
Level = tuple[str, str]
"""A kind ("technique") and one of it ("press-and-hold")."""
MEAN, SLOPE = "mean", "slope"
"""Kinds of the first two columns."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating as the model takes it."""

    value: float
    """More is quieter."""
    begun: float | None
    """How it stood before; `None`: nobody said, taken as the mean. [NRS]"""
    evening: int
    levels: tuple[Level, ...]
    """One of each kind."""
    beside: tuple[str, ...] = ()
    """Exercises of the days before."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and its doubt."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """What is thought after all ratings: a mixture of normals with one mean and covariance per point of the grid."""

    columns: tuple[Level, ...]
    weights: Floats
    """(grid,), sum 1."""
    means: Floats
    """(grid, column)"""
    covariances: Floats
    """(grid, column, column)"""

    def of(self, amounts: Mapping[Level, float]) -> Estimate:
        """A sum of effects; a level that was never seen is as good as the mean of its kind.

        Parameters
        ----------
        amounts
            How much of each column.

        Returns
        -------
        Estimate
            The mixture's mean and standard deviation.
        """
        amount = np.array([amounts.get(column, 0.0) for column in self.columns])
        means = self.means @ amount
        variances = (self.covariances @ amount) @ amount
        mean = float(self.weights @ means)
        return Estimate(mean, float(np.sqrt(self.weights @ (variances + (means - mean) ** 2))))


def pooled(rated: Sequence[Rated], *, scatter: float, prior: Prior, also: Sequence[Level] = ()) -> Pooled:
    """The model after these ratings.

    Parameters
    ----------
    rated
        At least one.
    scatter
        How much one rating scatters about its mean, thought beforehand; in the ratings' unit.
    prior
        All other thoughts beforehand.
    also
        Levels that nobody rated yet: with them their doubt is in every sum.

    Returns
    -------
    Pooled

    Notes
    -----
    With A = X'WX + P, m = A⁻¹X'Wy and b = b₀ + (y'Wy − m'Am)/2 the marginal likelihood of a point of the grid is
    |P|^½ |W|^½ |A|^-½ b^-a (textbook conjugate regression); W is the inverse of 1 + ρJ within each evening. A kind with
    one level says nothing beside the mean and has no column.
    """
    y = np.array([one.value for one in rated])
    columns, design = _design(rated, also)
    kinds = [kind for kind in dict.fromkeys(kind for kind, _ in columns) if kind not in (MEAN, SLOPE, "fix")]
    fixed = {MEAN: prior.level, SLOPE: prior.slope, "fix": prior.fix}
    scales = [fixed | dict(zip(kinds, shares, strict=True)) for shares in product(prior.differ, repeat=len(kinds))]
    precision = np.array([[scale[kind] ** -2.0 for kind, _ in columns] for scale in scales])
    differ_log = np.array([sum(map(np.log, w)) for w in product(prior.differ_weight, repeat=len(kinds))], dtype=float)
    a = (prior.scatter_counts + len(y)) / 2
    b_before = prior.scatter_counts * scatter**2 / 2
    logs, means, covariances = [], [], []
    for together, weight in zip(prior.together, prior.together_weight, strict=True):
        cross, right, square, log_w = _weighed(design, y, [one.evening for one in rated], together)
        posterior = cross + precision[:, :, None] * np.eye(len(columns))
        inverse = np.linalg.inv(posterior)
        mean = inverse @ right
        b = b_before + (square - mean @ right) / 2
        _, log_posterior = np.linalg.slogdet(posterior)
        logs.append(
            differ_log + np.log(weight) + (np.log(precision).sum(axis=1) + log_w - log_posterior) / 2 - a * np.log(b)
        )
        means.append(mean)
        covariances.append(inverse * (b / (a - 1))[:, None, None])
    log = np.concatenate(logs)
    weights = np.exp(log - log.max())
    return Pooled(columns, weights / weights.sum(), np.concatenate(means), np.concatenate(covariances))


def _design(rated: Sequence[Rated], also: Sequence[Level]) -> tuple[tuple[Level, ...], Floats]:
    """Columns and their values; the slope and exercises about their means."""
    levels = sorted({*also, *(level for one in rated for level in one.levels)})
    several = [(kind, name) for kind, name in levels if sum(other == kind for other, _ in levels) > 1]
    fixes = sorted({fix for one in rated for fix in one.beside})
    some = [fix for fix in fixes if not all(fix in one.beside for one in rated)]
    begun = np.array([np.nan if one.begun is None else one.begun for one in rated])
    known = begun[~np.isnan(begun)]
    about = np.where(np.isnan(begun), 0.0, begun - (known.mean() if len(known) else 0.0))
    of_levels = [[float(level in one.levels) for one in rated] for level in several]
    of_fixes = [[float(fix in one.beside) for one in rated] for fix in some]
    fix_values = [np.array(column) - np.mean(column) for column in of_fixes]
    columns = ((MEAN, ""), (SLOPE, ""), *several, *(("fix", fix) for fix in some))
    return columns, np.column_stack([np.ones(len(rated)), about, *map(np.array, of_levels), *fix_values])


def _weighed(
    design: Floats, y: Floats, evenings: Sequence[int], together: float
) -> tuple[Floats, Floats, float, float]:
    """X'WX, X'Wy, y'Wy and log|W|, W the inverse of 1 + ρJ within each evening."""
    _, which = np.unique(np.array(evenings), return_inverse=True)
    counts = np.bincount(which)
    share = together / (1 + counts * together)
    sums = np.zeros((len(counts), design.shape[1]))
    np.add.at(sums, which, design)
    totals = np.bincount(which, weights=y)
    cross = design.T @ design - (sums.T * share) @ sums
    right = design.T @ y - sums.T @ (share * totals)
    square = float(y @ y - (share * totals) @ totals)
    return cross, right, square, float(-np.log1p(counts * together).sum())
