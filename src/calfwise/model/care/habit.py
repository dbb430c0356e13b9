"""Heel raises on quiet days: whether today is one, and at which level.

The levels' order follows measured load [Revak2017]_, the tempo a trial [Beyer2015]_; how many days and how many quiet
sessions lie between is the coach's rule.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from calfwise.model.care.outcomes import Clear, Screening
from calfwise.model.care.planner import Plan
from calfwise.model.care.protocol import HabitRules, PlayerContent, Protocol
from calfwise.model.journal import CheckIn, History, PracticeDone
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import HEEL_RAISES, Practice, PracticeItem

NOTHING_TIGHT = "nothing-tight"
"""The planner's reason on a quiet day."""


def habit_for(
    *,
    history: History,
    check_in: CheckIn,
    screening: Screening,
    plan: Plan,
    content: PlayerContent,
    now: datetime,
) -> Practice | None:
    """Today's heel raises; `None` unless it is a quiet day.

    Parameters
    ----------
    history
        Soreness of earlier days, and the heel raises done so far.
    check_in
        Walking soreness of both legs, said today.
    screening
        Only `Clear` is quiet: no lock, no block, no limit, nothing unanswered.
    plan
        Today's; quiet means that it found nothing tight.
    now
        Aware.

    Returns
    -------
    Practice | None
        Straight knees, then bent; both legs at once on the first levels, each in its turn later.
    """
    rules = content.habit
    past = sorted((one for one in history.practices if one.at <= now), key=lambda one: one.at)
    done = [one for one in past if one.routine == HEEL_RAISES]
    strained = [one for one in past if one.routine in (HEEL_RAISES, *rules.rests_with)]
    if not (_is_quiet(check_in, screening, plan, rules) and _is_rested(strained, rules, now)):
        return None
    level, why = _level(done, history, content, now)
    items = tuple(item for id_, protocol in _exercises(content) for item in _items(id_, protocol, level))
    return Practice(
        id=f"habit-{now:%Y%m%dT%H%M%S%z}",
        at=now,
        level=level,
        items=items,
        between_s=rules.between_s,
        reason=why,
        sources=tuple(dict.fromkeys(key for _, p in _exercises(content) for key in p.evidence.sources)),
    )


def highest_level(content: PlayerContent) -> int:
    """The last level that every exercise has."""
    return min(len(protocol.levels) for _, protocol in _exercises(content))


def _exercises(content: PlayerContent) -> list[tuple[str, Protocol]]:
    """Those of the habit, by id: straight knees first."""
    return [(id_, content.protocols[id_]) for id_ in content.habit.exercises]


def _is_quiet(check_in: CheckIn, screening: Screening, plan: Plan, rules: HabitRules) -> bool:
    sore = [check_in.soreness.of(side) for side in BOTH_SIDES]
    return (
        isinstance(screening, Clear)
        and plan.session is None
        and [reason.id for reason in plan.reasons] == [NOTHING_TIGHT]
        and all(nrs is not None and nrs <= rules.calm_nrs for nrs in sore)
    )


def _is_rested(done: Sequence[PracticeDone], rules: HabitRules, now: datetime) -> bool:
    return not done or now - done[-1].at >= timedelta(hours=rules.hours_between)


def _level(done: Sequence[PracticeDone], history: History, content: PlayerContent, now: datetime) -> tuple[int, str]:
    """One up after three quiet sessions, one down after a hard one or a long break; and why, in a sentence."""
    rules, most = content.habit, highest_level(content)
    if not done:
        return 1, "The first level: see how your calves take it."
    last = done[-1]
    if now - last.at > timedelta(days=rules.break_days):
        return max(1, last.level - 1), "After a break, one level down."
    if _was_hard(last, history, rules):
        return max(1, last.level - 1), "Last time was a bit much, so one level down."
    quiet = 0
    for one in reversed(done):
        if one.level != last.level or _was_hard(one, history, rules):
            break
        quiet += 1
    if quiet >= rules.sessions_per_level and last.level < most:
        return last.level + 1, f"{quiet} quiet sessions at level {last.level}, so one level up."
    return min(
        last.level, most
    ), f"Level {min(last.level, most)} again, until it has been easy {rules.sessions_per_level} times."


def _was_hard(one: PracticeDone, history: History, rules: HabitRules) -> bool:
    """Whether it was eased or stopped, or a calf was sorer than calm within two days."""
    until = one.at + timedelta(hours=rules.settles_h)
    sore = any(
        one.at < note.at <= until and (note.soreness.worst_nrs or 0) > rules.calm_nrs for note in history.soreness
    )
    return one.eased or one.stopped_early or sore


def _items(id_: str, protocol: Protocol, level: int) -> list[PracticeItem]:
    dose = protocol.levels[level - 1]
    sides: Sequence[Side | None] = BOTH_SIDES if dose.legs == "one" else (None,)
    return [
        PracticeItem(id_, side, counts=(dose.reps,) * dose.sets, rest_s=protocol.rest_s, tempo_s=protocol.tempo_s)
        for side in sides
    ]
