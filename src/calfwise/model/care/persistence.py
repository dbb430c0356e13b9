"""Soreness over days: what is still there, what came back, and what a harder run explains.

Counts walking soreness at 2/10 or more, never tenderness. Silence is no soreness and no quiet either: it ends a count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from calfwise.model.care.signs import GateRules
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import SorenessNote


@dataclass(frozen=True, slots=True)
class Episode:
    """Soreness of one leg without a quiet word in between."""

    side: Side
    notes: tuple[tuple[datetime, int], ...]

    @property
    def begin(self) -> datetime:
        return self.notes[0][0]

    @property
    def end(self) -> datetime:
        return self.notes[-1][0]

    @property
    def worst_nrs(self) -> int:
        return max(value for _, value in self.notes)

    @property
    def lasted(self) -> timedelta:
        return self.end - self.begin


def counted(
    notes: Sequence[SorenessNote], *, side: Side, hard_ends: Sequence[datetime], rules: GateRules
) -> tuple[tuple[datetime, int], ...]:
    """One leg's soreness as it counts: a rise within 72 h of a harder run does not.

    A leg that was sore before the run counts on with its earlier value; one that was quiet is not counted at all.
    """
    window = timedelta(hours=rules.explained_h)
    kept: list[tuple[datetime, int]] = []
    for note in sorted(notes, key=lambda n: n.at):
        value = note.soreness.of(side)
        if value is None:
            continue
        last = kept[-1][1] if kept else 0
        explained = any(timedelta(0) <= note.at - end <= window for end in hard_ends)
        if explained and value > last:
            if last >= rules.counts_from_nrs:
                kept.append((note.at, last))
            continue
        kept.append((note.at, value))
    return tuple(kept)


def episodes(series: Sequence[tuple[datetime, int]], *, side: Side, rules: GateRules) -> tuple[Episode, ...]:
    """Stretches of soreness; a quiet word or a week of silence ends one."""
    silence = timedelta(days=rules.silence_ends_days)
    found: list[Episode] = []
    current: list[tuple[datetime, int]] = []
    for at, value in series:
        if current and (value < rules.counts_from_nrs or at - current[-1][0] > silence):
            found.append(Episode(side, tuple(current)))
            current = []
        if value >= rules.counts_from_nrs:
            current.append((at, value))
    if current:
        found.append(Episode(side, tuple(current)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Persistence:
    """What soreness over days says about one leg, today's word included."""

    side: Side
    sore_now: bool
    days: int
    """How long the present soreness has lasted. [d]"""
    stayed: bool
    """Too long: 14 days, or 28 where both legs are mildly sore and clear between runs."""
    came_back: bool
    """Within 28 days of an earlier one, without a new load."""
    two_sided: bool
    unchanged: bool
    """Not less than when it began."""
    first_nrs: int
    now_nrs: int


def persistence(
    notes: Sequence[SorenessNote], *, now: datetime, hard_ends: Sequence[datetime], rules: GateRules
) -> dict[Side, Persistence]:
    """Both legs' persistence as of now; `notes` end with today's.

    Two-sided soreness of at most 3/10 that clears between runs is counted across its clearings, and has 28 days.
    """
    found = {
        side: episodes(counted(notes, side=side, hard_ends=hard_ends, rules=rules), side=side, rules=rules)
        for side in BOTH_SIDES
    }
    current = {side: _current(found[side], now, rules) for side in BOTH_SIDES}
    two_sided = all(current.values())
    return {side: _leg(found[side], current[side], side, now, two_sided, rules) for side in BOTH_SIDES}


def _current(of_leg: Sequence[Episode], now: datetime, rules: GateRules) -> Episode | None:
    """The episode that today's note belongs to."""
    return of_leg[-1] if of_leg and of_leg[-1].end == now else None


def _leg(
    of_leg: Sequence[Episode], current: Episode | None, side: Side, now: datetime, two_sided: bool, rules: GateRules
) -> Persistence:
    if current is None:
        return Persistence(side, False, 0, False, False, two_sided, False, 0, 0)
    days = (now - current.begin).days
    back = timedelta(days=rules.back_within_days)
    ordinary = timedelta(hours=rules.ordinary_h)
    earlier = [e for e in of_leg[:-1] if current.begin - e.end <= back]
    lasting = [e for e in earlier if e.lasted >= ordinary]
    mild = two_sided and max([current.worst_nrs, *(e.worst_nrs for e in earlier)]) <= rules.mild_two_sided_nrs
    stayed = days >= rules.refer_after_days
    came_back = bool(lasting)
    if mild and earlier:
        chain_days = (now - _chain_begin(of_leg, back)).days
        stayed = stayed or chain_days >= rules.mild_two_sided_days
        came_back = False
    first_nrs, now_nrs = current.notes[0][1], current.notes[-1][1]
    return Persistence(side, True, days, stayed, came_back, two_sided, now_nrs >= first_nrs, first_nrs, now_nrs)


def _chain_begin(of_leg: Sequence[Episode], back: timedelta) -> datetime:
    """When a row of episodes, each within 28 days of the one before, began."""
    begin = of_leg[-1].begin
    for episode in reversed(of_leg[:-1]):
        if begin - episode.end > back:
            break
        begin = episode.begin
    return begin
