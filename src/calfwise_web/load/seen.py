"""A window with all that is told on its axis: what the calves took, how they felt, what was done, what was new."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

from calfwise.model import constants as c
from calfwise_web.journal.lines import home_of
from calfwise_web.load.all_days import AllDays, WasNew
from calfwise_web.load.queries import Told
from calfwise_web.load.snapshot import Shown
from calfwise_web.load.spans import BAREFOOT, Span
from calfwise_web.load.window import A_DAY, Asked, Break, Stretch, Window, breaks_of, floor_of, window_of
from calfwise_web.spots.axis import Stretch as Felt
from calfwise_web.spots.axis import told_on
from calfwise_web.spots.snapshot import Spots


@dataclass(frozen=True, slots=True)
class Seen:
    """All of it."""

    shown: Shown
    days: AllDays
    spots: Spots | None
    window: Window
    felt: list[Felt]
    """How the calves felt and what was done about it, bar by bar; empty where nobody ever said anything."""
    floor: list[Stretch]
    """Which pair was worn when."""
    breaks: list[Break]
    """Times without a run that reach into the window."""

    @property
    def home(self) -> tzinfo:
        return home_of(self.shown.prefers)

    @property
    def news(self) -> list[WasNew]:
        """What was new in the window, in order of time."""
        return [each for each in self.days.news if self.has(each.day)]

    def every_day(self) -> list[Felt]:
        """All days with a run, a word, a session or a race."""
        days = self.days.every()
        if self.spots is None or not days:
            return [Felt(day) for day in days]
        spots, ran = self.spots, {day.first: day for day in days}
        said = {word.day for word in spots.words} | {past.at.date() for past in spots.sessions}
        said |= {one.at.date() for one in spots.practised}
        all_of_them = [ran.get(day) or Span(day) for day in sorted(said.union(ran, spots.races))]
        return told_on(self.spots, all_of_them, end=max(self.shown.today, days[-1].first) + A_DAY)

    def has(self, day: date) -> bool:
        return self.window.first <= day < self.window.end

    def first_runs(self) -> Iterator[tuple[date, str]]:
        """The day on which each pair was first run in, and which, but for the very first, within the window."""
        met: set[int] = set()
        for row in self.days.rows:
            for place in row.worn:
                if place in met:
                    continue
                if met and self.has(date.fromordinal(row.day)):
                    yield date.fromordinal(row.day), self.days.shoes[place]
                met.add(place)

    def shoe(self, id_: str) -> str:
        """Its name."""
        return self.shown.shoes.get(id_, id_)

    def place_of(self, id_: str) -> int:
        """Its place in the order in which pairs were first run in; bare feet are no pair."""
        pairs = [shoe for shoe in self.days.shoes if shoe != BAREFOOT]
        return pairs.index(id_) if id_ in pairs else 0

    def bar_of(self, day: date) -> date:
        """The first day of the bar that a day lies in."""
        firsts = [span.first for span in self.window.spans]
        return firsts[max(0, bisect_right(firsts, day) - 1)]


def seen_of(told: Told, asked: Asked) -> Seen | None:
    """What an address asks for; `None`: there is nothing yet."""
    if told.shown is None or not told.shown.in_all.runs:
        return None
    window = window_of(told.shown, told.days, asked)
    breaks = breaks_of(told.days, today=told.shown.today, from_days=c.BREAK_FROM_DAYS)
    return Seen(
        shown=told.shown,
        days=told.days,
        spots=told.spots,
        window=window,
        felt=told_on(told.spots, window.spans, end=window.end) if told.spots else [],
        floor=floor_of(window, from_days=c.BREAK_FROM_DAYS),
        breaks=[each for each in breaks if each.first < window.end and window.first < each.end],
    )
