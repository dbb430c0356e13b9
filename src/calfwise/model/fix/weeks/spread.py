"""A week's running spread over its days: by weight, none beyond its own limit; what one cannot hold the others do."""

from collections.abc import Sequence
from typing import NamedTuple

ROUNDS = 60


class Piece(NamedTuple):
    """One run before it has a length."""

    weight: float
    least_m: float
    """It is not shorter than that."""
    most_m: float
    """Nor longer."""
    paid_m: float = 0.0
    """Of it, what has been taken from the budget before."""


def lengths(pieces: Sequence[Piece], total_m: float) -> list[float]:
    """How long each run is.

    Parameters
    ----------
    pieces
        Runs with their weights and limits.
    total_m
        What they may hold together, what was paid before left out. [m]

    Returns
    -------
    list of float
        In proportion to the weights within the limits; a small change of the total or of a limit changes each by no
        more than that. Together at most the total, unless their least lengths alone are more. [m]

    Examples
    --------
    >>> [round(m) for m in lengths([Piece(1.5, 0, 11_000), Piece(1, 0, 10_000), Piece(1, 0, 10_000)], 30_000)]
    [11000, 9500, 9500]
    """
    if not pieces:
        return []
    low, high = 0.0, max(piece.most_m / piece.weight for piece in pieces)
    if _sum(pieces, high) <= total_m:
        return [_length(piece, high) for piece in pieces]
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        low, high = (low, middle) if _sum(pieces, middle) > total_m else (middle, high)
    return [_length(piece, low) for piece in pieces]


def _length(piece: Piece, level: float) -> float:
    return max(piece.least_m, min(piece.most_m, piece.weight * level))


def _sum(pieces: Sequence[Piece], level: float) -> float:
    return sum(_length(piece, level) - piece.paid_m for piece in pieces)
