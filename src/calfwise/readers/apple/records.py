"""The records of running workouts, out of millions: what a pass over the export keeps.

Records stand before the workouts they belong to, ordered by type. So the workouts are read first, and then only what
was recorded while a run lasted is kept, 16 bytes a value. Where that is more than fits, the later half of the runs
waits for another pass: memory is bounded for any file, and one pass is enough for usual ones.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import unescape

from calfwise.readers.apple.dates import EARLIEST_S, LATEST_S
from calfwise.readers.apple.quantities import QUANTITIES, TYPE_PREFIX
from calfwise.readers.apple.series import Series, Span, Spans
from calfwise.readers.apple.sources import Owner, owner_of
from calfwise.readers.xml_points import LARGEST

MOST_VALUES = 1_600_000
"""Held at once: 26 MB, some 300 hours of running with every quantity."""
MOST_SERIES = 2_000
"""Quantities times sources times units; a phone and five watches make 50."""
HOUR_S = 3600
_REMEMBERED = 50_000
_LONGEST_RECORD = 1 << 16
_OPENING = b"<Record"

_NAMES = "|".join(QUANTITIES).encode()
_PREFIX = TYPE_PREFIX.encode()
_RECORD = re.compile(
    # As Apple writes it:
    rb'<Record type="' + _PREFIX + rb"(" + _NAMES + rb')" sourceName="([^"<]*+)"(?: sourceVersion="[^"<]*+")?'
    rb'(?: device="([^"<]*+)")?(?: unit="([^"<]*+)")?(?: creationDate="[^"<]*+")?'
    rb' startDate="([^"<]{25})" endDate="([^"<]{25})" value="([^"<]*+)"'
    # In any other order, unless the type comes first and is none of ours:
    rb'|<Record\s++(?!type="(?!' + _PREFIX + rb"(?:" + _NAMES + rb')")[^"<]*+")'
    rb"((?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+)(>)?"
)  # fmt: skip
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_WRITTEN = (b"sourceName", b"device", b"unit", b"startDate", b"endDate", b"value")

Key = tuple[str, Owner, str]
"""Quantity, who wrote it, unit."""


class Gathering:
    """What one pass keeps, for as many of the runs as fit."""

    def __init__(self, spans: Sequence[Span], *, most_values: int = MOST_VALUES) -> None:
        self.series: dict[Key, Series] = {}
        self.taken = len(spans)
        """How many of the runs, from the first on, have their records here."""
        self.full = False
        """Not even one run's records fit: the rest of them was left out."""
        self.unreadable = 0
        """Records of our quantities in which something is missing or odd."""
        self._values = 0
        self._most_values = most_values
        self._all = spans
        self._by_text: dict[tuple[bytes, bytes, bytes, bytes], Series | None] = {}
        self._look_at(spans)

    def _look_at(self, spans: Sequence[Span]) -> None:
        self._spans = Spans(spans)
        self._hours = _Hours(self._spans)

    def read(self, pieces: Iterable[bytes]) -> None:
        """Go through the export."""
        rest = b""
        for piece in pieces:
            text = rest + piece
            cut = text.rfind(_OPENING)
            if cut < 1 and len(text) > _LONGEST_RECORD:
                cut = len(text) - len(_OPENING) + 1
            cut = max(cut, 0)
            self._scan(text, cut)
            rest = text[cut:]
        self._scan(rest, len(rest), last=True)
        for series in self.series.values():
            series.sort()

    def _scan(self, text: bytes, end: int, *, last: bool = False) -> None:
        """Every record of ours that stands before `end`."""
        hours = self._hours
        for found in _RECORD.finditer(text, 0, end):
            start = found[5]
            if start is None:
                self._add_odd(found[8], closed=found[9] is not None or last)
            elif hours[start[:13] + start[19:]] is not None:
                self._add(*found.groups(b"")[:7])
            else:
                continue
            hours = self._hours

    def _add_odd(self, attributes: bytes, *, closed: bool) -> None:
        """A record that is not written in Apple's order."""
        told = {name: double or single for name, double, single in _ATTRIBUTE.findall(attributes)}
        quantity = told.get(b"type", b"").removeprefix(_PREFIX)
        if not closed:
            self.unreadable += 1
        elif quantity.decode(errors="replace") in QUANTITIES:
            self._add(quantity, *(told.get(name, b"") for name in _WRITTEN))

    def _add(
        self, quantity: bytes, source: bytes, device: bytes, unit: bytes, start: bytes, end: bytes, value: bytes
    ) -> None:
        begin_s, end_s, number = moment_s(start), moment_s(end), _number(value)
        if begin_s is not None and not self._spans.hold(begin_s):
            return
        if begin_s is None or end_s is None or number is None or end_s < begin_s:
            self.unreadable += 1
            return
        series = self._series_of((quantity, source, device, unit))
        if series is None:
            self.unreadable += 1
        elif self._values < self._most_values or self._make_room(begin_s):
            series.append(begin_s, end_s, number)
            self._values += 1

    def _series_of(self, text: tuple[bytes, bytes, bytes, bytes]) -> Series | None:
        """Where a record belongs; `None` where there are too many series."""
        try:
            return self._by_text[text]
        except KeyError:
            if len(self._by_text) >= _REMEMBERED:
                self._by_text.clear()
        quantity, source, device, unit = (unescape(each.decode(errors="replace")) for each in text)
        key = quantity, owner_of(source, device), unit
        if key not in self.series and len(self.series) < MOST_SERIES:
            self.series[key] = Series()
        series = self._by_text[text] = self.series.get(key)
        return series

    def _make_room(self, begin_s: int) -> bool:
        """Leave the later half of the runs to another pass; whether the record at hand still belongs to this one."""
        while self.taken > 1 and self._values >= self._most_values:
            self.taken = (self.taken + 1) // 2
            self._look_at(self._all[: self.taken])
            for series in self.series.values():
                series.forget_outside(self._spans)
            self._values = sum(map(len, self.series.values()))
        self.full = self._values >= self._most_values
        return not self.full and self._spans.hold(begin_s)


class _Hours(dict[bytes, int | None]):
    """When a written hour begins, if a run touches it: what spares reading most dates. [epoch s]"""

    def __init__(self, spans: Spans) -> None:
        super().__init__()
        self._spans = spans

    def __missing__(self, hour: bytes) -> int | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        begin_s = hour_begins_s(hour)
        touched = begin_s is not None and self._spans.touch(begin_s, begin_s + HOUR_S)
        self[hour] = begin_s = begin_s if touched else None
        return begin_s


@lru_cache(maxsize=4096)
def hour_begins_s(hour: bytes) -> int | None:
    """When an hour begins that is written like `2024-05-03 07 +0200`. [epoch s]

    >>> hour_begins_s(b"2024-05-03 07 +0200") == hour_begins_s(b"2024-05-03 05 +0000"), hour_begins_s(b"noon")
    (True, None)
    """
    day, _, rest = hour.decode(errors="replace").partition(" ")
    clock, _, offset = rest.partition(" ")
    try:
        begin_s = int(datetime.fromisoformat(f"{day}T{clock}:00:00{offset or '-'}").timestamp())
    except (ValueError, OverflowError):
        return None
    return begin_s if EARLIEST_S <= begin_s < LATEST_S else None


@lru_cache(maxsize=8192)  # an interval begins where the last one ended
def moment_s(date: bytes) -> int | None:
    """A whole date, written like `2024-05-03 07:05:12 +0200`. [epoch s]"""
    hour_s = hour_begins_s(date[:13] + date[19:])
    minute, second = date[14:16], date[17:19]
    if hour_s is None or not (minute.isdigit() and second.isdigit()):
        return None
    return hour_s + 60 * int(minute) + int(second)


def _number(text: bytes) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= LARGEST else None
