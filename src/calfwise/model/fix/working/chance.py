"""What chance does: intervals of counts, of two counts' ratio, and of a rank correlation. Textbook formulas, no tables.

Counts: the exact Poisson interval (Garwood 1936). Ratio: given their sum, one count of two is binomial (Przyborowski
and Wilenski 1940), with the exact interval of its share (Clopper and Pearson 1934). Ranks: Spearman's, by Fisher's
transformation with Bonett and Wright's (2000) error, and fewer independent pairs where neighbours are alike (Bartlett).
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from statistics import NormalDist

import numpy as np
from msgspec import Struct

from calfwise.model.run import Floats

STEPS, HALVINGS = 200, 60
"""As many terms and halvings as a double needs."""
TINY = 1e-300
CLOSE = 1e-15
FEWEST_PAIRS = 5.0


class Interval(Struct, frozen=True):
    """A number, and how far chance alone moves it."""

    value: float
    low: float
    high: float


class Ratio(Struct, frozen=True):
    """Of two rates, as an interval."""

    low: float
    high: float | None
    """`None`: without end."""


@cache
def count_interval(count: int, *, confidence: float, clump: float = 1.0) -> Interval:
    """How many were to be expected, where so many were counted.

    Parameters
    ----------
    count
        Of things that come by chance. [1]
    confidence
        Of the central interval; with none counted only the upper end is open, at the same level as otherwise. [1]
    clump
        So many counted say as much as one that comes by itself; 1 for independent things. [1]

    Examples
    --------
    >>> of_three = count_interval(3, confidence=0.9)
    >>> round(of_three.low, 2), round(of_three.high, 2), round(count_interval(0, confidence=0.9).high, 2)
    (0.82, 7.75, 3.0)
    """
    tail, own = (1 - confidence) / 2, count / clump
    low = clump * _gamma_quantile(tail, own) if count else 0.0
    return Interval(float(count), low, clump * _gamma_quantile(1 - tail, own + 1))


def ratio_interval(
    *, now: int, now_of: float, then: int, then_of: float, confidence: float, clump: float = 1.0
) -> Ratio | None:
    """The rate now over the rate then.

    Parameters
    ----------
    now, then
        Counted. [1]
    now_of, then_of
        In how much, in one unit of any kind.
    confidence, clump
        As for one count. [1]

    Returns
    -------
    Ratio or None
        `None` where nothing was counted in either, or there was nothing to count in.
    """
    if now + then == 0 or now_of <= 0 or then_of <= 0:
        return None
    tail, a, b = (1 - confidence) / 2, now / clump, then / clump
    low = _beta_quantile(tail, a, b + 1) if now else 0.0
    high = _beta_quantile(1 - tail, a + 1, b) if then else 1.0
    scale = then_of / now_of
    return Ratio(scale * low / (1 - low), scale * high / (1 - high) if high < 1 else None)


def rank_correlation(x: Sequence[float], y: Sequence[float], *, confidence: float) -> Interval | None:
    """Spearman's rank correlation of two rows in order of time.

    Returns
    -------
    Interval or None
        `None` where one of them never changes, or too few pairs are independent.
    """
    if len(x) < FEWEST_PAIRS:
        return None
    ranked = _ranks(x), _ranks(y)
    if any(np.ptp(ranks) == 0 for ranks in ranked):
        return None
    rho = float(np.corrcoef(*ranked)[0, 1])
    alike = max(0.0, _neighbours(ranked[0]) * _neighbours(ranked[1]))
    pairs = len(x) * (1 - alike) / (1 + alike)
    if pairs < FEWEST_PAIRS or abs(rho) > 1 - 1e-9:
        return None
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt((1 + rho * rho / 2) / (pairs - 3))
    return Interval(rho, math.tanh(math.atanh(rho) - reach), math.tanh(math.atanh(rho) + reach))


def _ranks(values: Sequence[float]) -> Floats:
    """From 1 on; equal values share the mean of theirs."""
    row = np.asarray(values, np.float64)
    smaller = (row[:, None] > row[None, :]).sum(axis=1)
    equal = (row[:, None] == row[None, :]).sum(axis=1)
    return np.asarray(smaller + (equal + 1) / 2, np.float64)


def _neighbours(ranks: Floats) -> float:
    """How alike neighbours are: the correlation with the row one later."""
    off = ranks - ranks.mean()
    return float((off[1:] * off[:-1]).sum() / (off * off).sum())


def _gamma_quantile(share: float, shape: float) -> float:
    """Below which value that share of a gamma variable lies."""
    high = shape + 1.0
    while _gamma_share(high, shape) < share:
        high *= 2
    return _halved(lambda value: _gamma_share(value, shape), share, high)


def _beta_quantile(share: float, a: float, b: float) -> float:
    return _halved(lambda value: _beta_share(value, a, b), share, 1.0)


def _halved(rises: Callable[[float], float], wanted: float, high: float) -> float:
    """Where a rising function from 0 to `high` reaches a value."""
    low = 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < wanted else (low, middle)
    return (low + high) / 2


def _gamma_share(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function, by its series (Abramowitz and Stegun 6.5.29)."""
    if x <= 0:
        return 0.0
    term = total = 1 / shape
    for n in range(1, STEPS + 20 * math.ceil(x)):
        term *= x / (shape + n)
        total += term
        if term < CLOSE * total:
            break
    return min(1.0, total * math.exp(shape * math.log(x) - x - math.lgamma(shape)))


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a * _beta_fraction(x, a, b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Evaluated from the front (Lentz's way)."""
    above, below = 1.0, 1 / _off_nought(1 - (a + b) * x / (a + 1))
    fraction = below
    for m in range(1, STEPS * 5):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for part in (even, odd):
            below = 1 / _off_nought(1 + part * below)
            above = _off_nought(1 + part / above)
            change = above * below
            fraction *= change
        if abs(change - 1) < CLOSE:
            break
    return fraction


def _off_nought(value: float) -> float:
    return value if abs(value) > TINY else TINY
