"""Observations: each treated spot of each session, and how it felt before, right after and the next morning."""

from collections.abc import Sequence
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
    found: list[Touched] = []
    for number, past in enumerate(history.sessions):
        if past.session.limited or not since <= past.at <= now:
            continue
        found += _of(number, past, history, rules)
    return tuple(found)


def _of(number: int, past: PastSession, history: History, rules: HelpedRules) -> list[Touched]:
    items = _worked(past)
    before = {each.spot: each.tenderness_nrs for each in past.before}
    after = {each.spot: each.tenderness_nrs for each in past.after}
    marks = _marks(number, history, rules)
    fixes = _fixes(history, past.at, rules)
    found: list[Touched] = []
    for item in items:
        speaks = _speaks_for_its_leg(item, items)
        sore = past.soreness.of(item.side) if speaks else None
        next_day = _next_morning(number, item.side, history, rules) if speaks else None
        found.append(
            Touched(
                session=number,
                at=past.at,
                spot=item.spot,
                technique=item.technique,
                tool=item.tool,
                before_nrs=before.get(item.spot),
                after=_less(before.get(item.spot), after.get(item.spot)),
                morning=marks.get(item.spot),
                walking_before_nrs=sore,
                walking=_less(sore, next_day),
                fixes=fixes,
            )
        )
    return found


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


def _marks(number: int, history: History, rules: HelpedRules) -> dict[Spot, float]:
    """How each spot felt the morning after this session, the last word of each. [steps]"""
    return {
        morning.spot: float(rules.marks[morning.felt])
        for at, morning in history.spot_mornings
        if _is_morning_after(number, at, history, rules)
    }


def _next_morning(number: int, side: Side, history: History, rules: HelpedRules) -> int | None:
    """Walking soreness of a leg on the morning after this session, the last word. [NRS]"""
    said = [
        nrs
        for note in history.soreness
        if note.morning
        and (nrs := note.soreness.of(side)) is not None
        and _is_morning_after(number, note.at, history, rules)
    ]
    return said[-1] if said else None


def _is_morning_after(number: int, at: datetime, history: History, rules: HelpedRules) -> bool:
    """Within the time, and before another session."""
    ended = history.sessions[number].at
    following = history.sessions[number + 1 : number + 2]
    return (
        ended < at <= ended + timedelta(hours=rules.morning_within_h)
        and not any(later.at <= at for later in following)
    )


def _fixes(history: History, at: datetime, rules: HelpedRules) -> tuple[str, ...]:
    """Routines done in the time before. [ids]"""
    since = at - timedelta(hours=rules.fix_within_h)
    return tuple(sorted({done.routine for done in history.practices if since <= done.at < at}))
