"""Sets as a ladder: so many repetitions in all, at most so many in a set, neighbours a step of one apart at most.

Every shape adds up exactly, whatever the numbers, so nothing is ever rounded. The rule: as long a ladder as fits, and
what is left over is done by climbing some rungs twice.
"""

from collections.abc import Callable

from calfwise.errors import OutOfRange
from calfwise.model.care.protocol import Ladder


def sets_of(ladder: Ladder) -> tuple[int, ...]:
    """The sets of a ladder, in order.

    Parameters
    ----------
    ladder
        How many in all, the most in one set, and the shape.

    Returns
    -------
    tuple of int
        Their sum is the total; none is above the top or below one. Straight sets differ by one at most, longer first;
        on a ladder each set differs from the one before by one at most.

    Raises
    ------
    OutOfRange
        If the total or the top is below one.

    Examples
    --------
    Straight, where it comes out even and where it does not:

    >>> sets_of(Ladder(30, 10, "straight")), sets_of(Ladder(23, 10, "straight"))
    ((10, 10, 10), (8, 8, 7))

    Five times five, up, down, and up and down:

    >>> sets_of(Ladder(25, 5, "straight"))
    (5, 5, 5, 5, 5)
    >>> sets_of(Ladder(15, 5, "up")), sets_of(Ladder(15, 5, "down"))
    ((1, 2, 3, 4, 5), (5, 4, 3, 2, 1))
    >>> sets_of(Ladder(25, 5, "up-and-down"))
    (1, 2, 3, 4, 5, 4, 3, 2, 1)

    What is left over: two more than the ladder of four asks are one rung twice, five more than that of five the top.

    >>> sets_of(Ladder(18, 5, "up-and-down")), sets_of(Ladder(20, 5, "up"))
    ((1, 2, 2, 3, 4, 3, 2, 1), (1, 2, 3, 4, 5, 5))
    """
    if ladder.total < 1 or ladder.top < 1:
        raise OutOfRange(f"a ladder of {ladder.total} in all and {ladder.top} at the top")
    match ladder.shape:
        case "straight":
            return _straight(ladder.total, ladder.top)
        case "up":
            return _up(ladder.total, ladder.top)
        case "down":
            return tuple(reversed(_up(ladder.total, ladder.top)))
        case "up-and-down":
            return _up_and_down(ladder.total, ladder.top)


def _straight(total: int, top: int) -> tuple[int, ...]:
    """As few sets as the top allows, as even as they can be."""
    sets = -(-total // top)
    each, more = divmod(total, sets)
    return (each + 1,) * more + (each,) * (sets - more)


def _up(total: int, top: int) -> tuple[int, ...]:
    """1, 2, 3 and so on; some rungs twice."""
    height = _highest(total, top, lambda rung: rung * (rung + 1) // 2)
    left = total - height * (height + 1) // 2
    return tuple(sorted((*range(1, height + 1), *_again(left, height))))


def _up_and_down(total: int, top: int) -> tuple[int, ...]:
    """1, 2, 3 and so on, and back to 1; some rungs twice on the way up."""
    height = _highest(total, top, lambda rung: rung * rung)
    left = total - height * height
    return (*sorted((*range(1, height + 1), *_again(left, height))), *range(height - 1, 0, -1))


def _again(left: int, height: int) -> tuple[int, ...]:
    """What is left over, as rungs of the ladder."""
    tops, rung = divmod(left, height)
    return (height,) * tops + ((rung,) if rung else ())


def _highest(total: int, top: int, asked: Callable[[int], int]) -> int:
    """The highest ladder that fits."""
    return max(rung for rung in range(1, top + 1) if asked(rung) <= total)
