"""Observations: each treated spot of each session, and how it felt before, right after and the next morning."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from calfwise.model.fix.helped.rules import HelpedRules, Measure
from calfwise.model.journal import History, PastSession
from calfwise.model.run import Side
from calfwise.model.session import WHOLE_CALF, SessionItem, Spot


class Touched(Struct, frozen=True):
    """One spot in one session."""

    session: int
    """Which of the history's."""
    at: datetime
    spot: Spot
    technique: str
    tool: str
    before_nrs: int | None
    after: float | None
    """By how much quieter right after. [NRS]"""
    morning: float | None
    """The next morning. [steps]"""
    walking_before_nrs: int | None
    walking: float | None
    """By how much less sore its leg was the next morning; only where the leg had one technique. [NRS]"""
    fixes: tuple[str, ...]
    """Routines that were done before, by id."""

    def of(self, measure: Measure) -> float | None:
        """What was felt, more is quieter; `None`: nobody said."""
        return {Measure.AFTER: self.after, Measure.MORNING: self.morning, Measure.WALKING: self.walking}[measure]

    def begun_nrs(self, measure: Measure) -> int | None:
        """How it stood before. [NRS]"""
        return self.walking_before_nrs if measure is Measure.WALKING else self.before_nrs


def touched(history: History, *, rules: HelpedRules, now: datetime) -> tuple[Touched, ...]:
    """Every treated spot of the last years, in order of time.

    Sessions made under limits are left out: they say nothing of what suits. So are strokes over the whole calf, which
    every session has, and places of a search that nobody rated afterwards: nobody can tell that they were found.

    Parameters
    ----------
    history
        Of the runner.
    rules
        Times, and the steps of the morning after.
    now
        Aware.

    Returns
    -------
    tuple of Touched
    """
    since = now - timedelta(days=rules.lately_days)
    days = _Days(history, rules)
    return tuple(
        one
        for number, past in enumerate(history.sessions)
        if not past.session.limited and since <= past.at <= now
        for one in days.touched(number)
    )


class _Days:
    """A history, looked up by time."""

    def __init__(self, history: History, rules: HelpedRules) -> None:
        self.history, self.rules = history, rules
        self.mornings = [note for note in history.soreness if note.morning]
        self.soreness_at = [note.at for note in self.mornings]
        self.spots_at = [at for at, _ in history.spot_mornings]
        self.practised_at = [done.at for done in history.practices]

    def touched(self, number: int) -> Iterator[Touched]:
        """Every treated spot of one session."""
        past = self.history.sessions[number]
        items = _worked(past)
        before = {each.spot: each.tenderness_nrs for each in past.before}
        after = {each.spot: each.tenderness_nrs for each in past.after}
        marks, fixes = self._marks(number), self._fixes(past.at)
        for item in items:
            speaks = _speaks_for_its_leg(item, items)
            sore = past.soreness.of(item.side) if speaks else None
            yield Touched(
                session=number,
                at=past.at,
                spot=item.spot,
                technique=item.technique,
                tool=item.tool,
                before_nrs=before.get(item.spot),
                after=_less(before.get(item.spot), after.get(item.spot)),
                morning=marks.get(item.spot),
                walking_before_nrs=sore,
                walking=_less(sore, self._next_morning(number, item.side)) if speaks else None,
                fixes=fixes,
            )

    def _marks(self, number: int) -> dict[Spot, float]:
        """How each spot felt the morning after a session, the last word of each. [steps]"""
        said = self.history.spot_mornings[self._morning_after(number, self.spots_at)]
        return {morning.spot: float(self.rules.marks[morning.felt]) for _, morning in said}

    def _next_morning(self, number: int, side: Side) -> int | None:
        """Walking soreness of a leg on the morning after a session, the last word. [NRS]"""
        said = [note.soreness.of(side) for note in self.mornings[self._morning_after(number, self.soreness_at)]]
        return next((nrs for nrs in reversed(said) if nrs is not None), None)

    def _morning_after(self, number: int, at: Sequence[datetime]) -> slice:
        """Words within the time after a session, and before the next one."""
        sessions = self.history.sessions
        ended = sessions[number].at
        until = ended + timedelta(hours=self.rules.morning_within_h)
        end = bisect_right(at, until)
        if number + 1 < len(sessions):
            end = min(end, bisect_left(at, sessions[number + 1].at))
        return slice(bisect_right(at, ended), end)

    def _fixes(self, at: datetime) -> tuple[str, ...]:
        """Routines done in the time before. [ids]"""
        since = at - timedelta(hours=self.rules.fix_within_h)
        own = slice(bisect_left(self.practised_at, since), bisect_left(self.practised_at, at))
        return tuple(sorted({done.routine for done in self.history.practices[own]}))


def _worked(past: PastSession) -> list[SessionItem]:
    """The first thing done at each place that was come to."""
    rated = {each.spot for each in past.after}
    found: dict[Spot, SessionItem] = {}
    for item in past.session.items:
        reached = item.spot in rated if item.only_if_found else item.spot not in past.untouched
        if item.zone != WHOLE_CALF and reached:
            found.setdefault(item.spot, item)
    return list(found.values())


def _speaks_for_its_leg(item: SessionItem, items: Sequence[SessionItem]) -> bool:
    """The first of a leg whose spots all had one technique: a leg that had two tells of neither."""
    own = [other for other in items if other.side is item.side]
    return own[0] is item and all(other.technique == item.technique for other in own)


def _less(before: int | None, after: int | None) -> float | None:
    return None if before is None or after is None else float(before - after)
