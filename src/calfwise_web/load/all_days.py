"""Every day of running since the first, and all that was ever new: what a look further back than a year is made from.

A journal of ten years is 3,000 days: rows are arrays of whole numbers, and only those that are looked at become spans.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct

from calfwise.model.load.calf import Band
from calfwise.model.load.change import held_of, noticed
from calfwise.model.load.gait import Grade
from calfwise_web.load.spans import Span
from calfwise_web.whole import Whole

PAGE = "days"
REPEATED = frozenset({"new-shoe", "lower-shoe", "other-shoe", "first-weeks", "barefoot"})
"""Notices that are said run after run in the same words, and told once."""
THOUSANDTHS = 1000
Whole3 = tuple[int, int, int]


class DayRow(Struct, frozen=True, array_like=True):
    """A day with a run, in whole numbers."""

    day: int
    """As `date.toordinal` counts."""
    runs: int
    distance_m: int
    running_s: int
    strikes: int | None
    fast_strikes: int | None
    impulse_bw_s: Whole3 | None
    grades: str
    """Of each run."""
    worn: dict[int, int]
    """Seconds by the shoe's place in `AllDays.shoes`. [s]"""
    force: Whole3 | None = None
    """Mean Achilles force. [BW/1000]"""
    force_strikes: int = 0


class WasNew(Struct, frozen=True, array_like=True):
    """Something that was new for the calves."""

    day: date
    kind: str
    """As the model's notices are called."""
    text: str
    sources: tuple[str, ...]
    distance_m: float | None = None
    """Where it is about length, with how many times the longest before that was."""
    ratio: float | None = None


class AllDays(Struct, frozen=True):
    """All of it."""

    rows: tuple[DayRow, ...] = ()
    """In order of time."""
    shoes: tuple[str, ...] = ()
    """By id, in the order in which they were first run in."""
    news: tuple[WasNew, ...] = ()
    """In order of time."""

    def between(self, first: date, end: date) -> list[Span]:
        """Days with a run from `first` up to but not with `end`."""
        low, high = (bisect_left(self.rows, day.toordinal(), key=lambda row: row.day) for day in (first, end))
        return [self._span(row) for row in self.rows[low:high]]

    def every(self) -> list[Span]:
        """All days with a run."""
        return [self._span(row) for row in self.rows]

    def _span(self, row: DayRow) -> Span:
        graded: dict[Grade, int] = {}
        for letter in row.grades:
            graded[Grade(letter)] = graded.get(Grade(letter), 0) + 1
        return Span(
            first=date.fromordinal(row.day),
            runs=row.runs,
            distance_m=float(row.distance_m),
            running_s=float(row.running_s),
            strikes=row.strikes,
            fast_strikes=row.fast_strikes,
            impulse_bw_s=Band(*map(float, row.impulse_bw_s)) if row.impulse_bw_s else None,
            graded=graded,
            worn={self.shoes[place]: float(seconds) for place, seconds in row.worn.items()},
            achilles_force_bw=Band(*(side / THOUSANDTHS for side in row.force)) if row.force else None,
            force_strikes=row.force_strikes,
        )


_decoder = msgspec.msgpack.Decoder(AllDays)


def all_days_of(body: bytes | memoryview) -> AllDays:
    """A snapshot read again."""
    return _decoder.decode(body)


def all_days_body(whole: Whole) -> bytes:
    """The snapshot of all a journal's days."""
    return msgspec.msgpack.encode(all_days(whole))


def all_days(whole: Whole) -> AllDays:
    """All days of a journal, and what was new on them."""
    days = whole.days
    shoes = tuple(dict.fromkeys(shoe for day in days for shoe in day.worn))
    place_of = {shoe: place for place, shoe in enumerate(shoes)}
    return AllDays(tuple(_row(day, place_of) for day in days), shoes, _news(whole))


def _row(day: Span, place_of: dict[str, int]) -> DayRow:
    impulse, force = day.impulse_bw_s, day.achilles_force_bw
    return DayRow(
        day=day.first.toordinal(),
        runs=day.runs,
        distance_m=round(day.distance_m),
        running_s=round(day.running_s),
        strikes=day.strikes,
        fast_strikes=day.fast_strikes,
        impulse_bw_s=(round(impulse.low), round(impulse.value), round(impulse.high)) if impulse else None,
        grades="".join(grade * count for grade, count in day.graded.items()),
        worn={place_of[shoe]: round(seconds) for shoe, seconds in day.worn.items()},
        force=_thousandths(force) if force else None,
        force_strikes=day.force_strikes,
    )


def _thousandths(band: Band) -> Whole3:
    return round(band.low * THOUSANDTHS), round(band.value * THOUSANDTHS), round(band.high * THOUSANDTHS)


def _news(whole: Whole) -> tuple[WasNew, ...]:
    """The model's notices of all time; those about length with their numbers, for the runner's own unit."""
    found: list[WasNew] = []
    for held in held_of(whole.answer.outings, races=frozenset()):
        compared = held.compared
        for notice in noticed(held, runner=whole.history.runner):
            told = (compared.distance_m, compared.ratio) if compared and notice.kind == "longer" else (None, None)
            found.append(WasNew(notice.day, notice.kind, notice.text, notice.sources, *told))
    return tuple(_without_repeats(found))


def _without_repeats(news: Sequence[WasNew]) -> list[WasNew]:
    """Each once where the same is said run after run."""
    told: dict[tuple[str, str], WasNew] = {}
    for each in news:
        key = (each.kind, each.text) if each.kind in REPEATED else (each.kind, f"{each.day} {each.text}")
        told.setdefault(key, each)
    return list(told.values())
