"""Soreness over days: what is still there, what came back, and what a harder run explains.

Counts walking soreness at 2/10 or more, never tenderness. Silence is no soreness and no quiet either: it ends a count.
So does a professional's word that massage is fine: what was before it has been looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from calfwise.model.care.signs import GateRules
from calfwise.model.journal import Seen
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import SorenessNote


class Counted(NamedTuple):
    """One leg's soreness as it counts."""

    at: datetime
    nrs: int
    after_run: bool
    """It began within 72 h of a harder run, though those are over."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Soreness of one leg without a quiet word in between."""

    side: Side
    notes: tuple[Counted, ...]

    @property
    def begin(self) -> datetime:
        return self.notes[0].at

    @property
    def end(self) -> datetime:
        return self.notes[-1].at

    @property
    def worst_nrs(self) -> int:
        return max(note.nrs for note in self.notes)

    @property
    def lasted(self) -> timedelta:
        return self.end - self.begin


def within(at: datetime, *, end: datetime, window: timedelta) -> bool:
    """Whether a moment lies in the hours after a run's end."""
    return timedelta(0) <= at - end <= window


def counted(
    notes: Sequence[SorenessNote], *, side: Side, hard_ends: Sequence[datetime], rules: GateRules
) -> tuple[Counted, ...]:
    """One leg's soreness as it counts: a rise within 72 h of a harder run does not.

    A leg that was sore before the run counts on with its earlier value; one that was quiet is not counted at all.
    """
    window, silence = timedelta(hours=rules.explained_h), timedelta(days=rules.silence_ends_days)
    kept: list[Counted] = []
    last_nrs, after_run, heard = 0, False, None
    for note in sorted(notes, key=lambda n: n.at):
        value = note.soreness.of(side)
        if value is None:
            continue
        if heard is not None and note.at - heard > silence:
            last_nrs, after_run = 0, False
        heard = note.at
        risen = value > last_nrs and any(within(note.at, end=end, window=window) for end in hard_ends)
        if risen and last_nrs < rules.counts_from_nrs:
            after_run = after_run or value >= rules.counts_from_nrs
            continue
        last_nrs = last_nrs if risen else value
        after_run = after_run and value >= rules.counts_from_nrs
        kept.append(Counted(note.at, last_nrs, after_run))
    return tuple(kept)


def episodes(series: Sequence[Counted], *, side: Side, rules: GateRules) -> tuple[Episode, ...]:
    """Stretches of soreness; a quiet word or a week of silence ends one."""
    silence = timedelta(days=rules.silence_ends_days)
    found: list[Episode] = []
    current: list[Counted] = []
    for note in series:
        if current and (note.nrs < rules.counts_from_nrs or note.at - current[-1].at > silence):
            found.append(Episode(side, tuple(current)))
            current = []
        if note.nrs >= rules.counts_from_nrs:
            current.append(note)
    if current:
        found.append(Episode(side, tuple(current)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Persistence:
    """What soreness over days says about one leg, today's word included."""

    side: Side
    begin: datetime | None = None
    """Since when the leg has been sore; `None` where it is not."""
    days: int = 0
    """How long the present soreness has lasted. [d]"""
    stayed: bool = False
    """Too long: 14 days, or 28 where both legs are mildly sore and clear between runs."""
    came_back: bool = False
    """Within 28 days of an earlier one, without a new load."""
    two_sided: bool = False
    unchanged: bool = False
    """Not less than when it began."""


def persistence(
    notes: Sequence[SorenessNote],
    *,
    now: datetime,
    hard_ends: Sequence[datetime],
    rules: GateRules,
    seen: Sequence[Seen] = (),
) -> dict[Side, Persistence]:
    """Both legs' persistence as of now; `notes` end with today's.

    Two-sided soreness of at most 3/10 that clears between runs is counted across its clearings, and has 28 days.
    """
    found = {side: _episodes(notes, side, now, hard_ends, rules, seen) for side in BOTH_SIDES}
    current = {side: _current(found[side], now) for side in BOTH_SIDES}
    earlier = {side: _earlier(found[side], current[side], rules) for side in BOTH_SIDES}
    two_sided = all(current.values())
    worst_nrs = max((e.worst_nrs for s in BOTH_SIDES for e in (current[s], *earlier[s]) if e), default=0)
    mild = two_sided and all(earlier.values()) and worst_nrs <= rules.mild_two_sided_nrs
    return {side: _leg(side, current[side], earlier[side], now, two_sided, mild, rules) for side in BOTH_SIDES}


def _episodes(
    notes: Sequence[SorenessNote],
    side: Side,
    now: datetime,
    hard_ends: Sequence[datetime],
    rules: GateRules,
    seen: Sequence[Seen],
) -> tuple[Episode, ...]:
    """One leg's episodes since a professional last said that massage is fine."""
    fine = [one.at for one in seen if speaks_for(one, side) and one.massage_is_fine and one.at <= now]
    unseen = [note for note in notes if not fine or note.at > max(fine)]
    return episodes(counted(unseen, side=side, hard_ends=hard_ends, rules=rules), side=side, rules=rules)


def speaks_for(seen: Seen, side: Side) -> bool:
    """Whether a professional's word is about this leg, and not about a standing condition."""
    return seen.block is None and seen.side in (None, side)


def _current(of_leg: Sequence[Episode], now: datetime) -> Episode | None:
    """The episode that today's note belongs to."""
    return of_leg[-1] if of_leg and of_leg[-1].end == now else None


def _earlier(of_leg: Sequence[Episode], current: Episode | None, rules: GateRules) -> list[Episode]:
    """The episodes before the current one, each ended within 28 days of the next one's begin; the last one first."""
    found: list[Episode] = []
    if current is None:
        return found
    begin = current.begin
    for episode in reversed(of_leg[:-1]):
        if begin - episode.end > timedelta(days=rules.back_within_days):
            break
        found.append(episode)
        begin = episode.begin
    return found


def _leg(
    side: Side,
    current: Episode | None,
    earlier: Sequence[Episode],
    now: datetime,
    two_sided: bool,
    mild: bool,
    rules: GateRules,
) -> Persistence:
    """What lasted under 72 h is ordinary: it does not come back, and adds nothing to four weeks."""
    if current is None:
        return Persistence(side)
    back, ordinary = timedelta(days=rules.back_within_days), timedelta(hours=rules.ordinary_h)
    lasting = [episode for episode in earlier if episode.lasted >= ordinary]
    came_back = any(current.begin - e.end <= back for e in lasting) and not current.notes[0].after_run
    days = (now - current.begin).days
    stayed = days >= rules.refer_after_days
    if mild and came_back:
        came_back = False
        stayed = stayed or (now - lasting[-1].begin).days >= rules.mild_two_sided_days
    first, last = current.notes[0], current.notes[-1]
    return Persistence(side, current.begin, days, stayed, came_back, two_sided, last.nrs >= first.nrs)
