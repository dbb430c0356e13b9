"""What the head of the list needs of the whole journal, worked out when something changed."""

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct

from calfwise.model.runner import Shoe
from calfwise_web.whole import Whole


class Head(Struct, frozen=True):
    """Years, shoes and how far a unit of distance goes; and how many runs there are, duplicates counted once."""

    runs: int
    years: tuple[int, ...]
    """The latest first."""
    shoes: tuple[Shoe, ...]
    distance: str


_head = msgspec.msgpack.Decoder(Head)


def head_body(whole: Whole) -> bytes:
    """The snapshot."""
    home = whole.now.tzinfo
    assert home is not None
    prefers = whole.history.prefers
    return msgspec.msgpack.encode(
        Head(
            runs=whole.runs,
            years=years_from(load.local_day(home) for load in whole.loads),
            shoes=whole.history.shoes,
            distance=prefers.distance if prefers else "km",
        )
    )


def head_from(body: bytes | memoryview) -> Head:
    return _head.decode(body)


def years_from(days: Iterable[date]) -> tuple[int, ...]:
    """Every year from the last run's to the first one's.

    >>> years_from([date(2024, 12, 31), date(2026, 1, 1)])
    (2026, 2025, 2024)
    """
    run_in = {day.year for day in days}
    return tuple(range(max(run_in), min(run_in) - 1, -1)) if run_in else ()
