"""Smoothed randomness, so that a made-up second resembles the one before it."""

from enum import IntEnum

import numpy as np

from calfwise.model.run import Floats


class Purpose(IntEnum):
    """What chance is asked for; each purpose has its own, so that none disturbs another."""

    DIARY = 0
    JOURNAL = 1
    ISLAND = 2
    MOTION = 3
    WATCH = 4
    MASSAGE = 5
    PRACTICE = 6


def chance(seed: int, purpose: Purpose, number: int = 0) -> np.random.Generator:
    """Randomness that is the same for the same seed, purpose and number."""
    return np.random.default_rng([seed, purpose, number])


def trailing_mean(values: Floats, *, window_s: int) -> Floats:
    """The mean of each second and those before it, at 1 Hz; before the start the first value stands.

    >>> trailing_mean(np.array([0.0, 3.0, 6.0]), window_s=2).tolist()
    [0.0, 1.5, 4.5]
    """
    summed = np.concatenate([np.full(window_s, values[0]), values])
    np.cumsum(summed, out=summed)
    mean: Floats = (summed[window_s:] - summed[:-window_s]) / window_s
    return mean


def wander(random: np.random.Generator, n_seconds: int, *, window_s: int) -> Floats:
    """Noise of standard deviation 1 that changes over about `window_s`, at 1 Hz."""
    white = random.standard_normal(n_seconds + window_s - 1)
    summed = np.concatenate([[0.0], np.cumsum(white)])
    wandering: Floats = (summed[window_s:] - summed[:-window_s]) / np.sqrt(window_s)
    return wandering
