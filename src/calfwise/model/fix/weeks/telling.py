"""Which days are told anew: only those that differ enough from what was told before to matter to a runner."""

from datetime import datetime, timedelta

from calfwise.model.fix.weeks.laid import Weeks
from calfwise.model.fix.weeks.rules import ToldRules
from calfwise.model.journal import DaysLaid, History
from calfwise.model.weeks import Element, LaidDay


def days_to_lay(weeks: Weeks, *, history: History, rules: ToldRules, now: datetime) -> DaysLaid | None:
    """The event that writes down the next days; `None`: they are as they were told.

    Parameters
    ----------
    weeks
        As they are laid now.
    history
        With the days as they were told last.
    rules
        How much is enough, and how many days ahead.
    now
        Aware.

    Returns
    -------
    DaysLaid or None
        Of today and the next days only those that differ: in what they hold, in a run's length by more than a
        twentieth and 200 m, in the minutes of its part, or in what was changed. A day that was never told counts as an
        empty one.
    """
    today = now.date()
    last = today + timedelta(days=rules.days)
    days = (day for week in weeks.weeks for day in week.days if today <= day.on < last)
    differ = tuple(day for day in days if differs(day, history.laid.get(day.on, LaidDay(day.on)), rules=rules))
    return DaysLaid(at=now, days=differ) if differ else None


def differs(day: LaidDay, told: LaidDay, *, rules: ToldRules) -> bool:
    """Whether a day is another one for the runner than what was told."""
    if (day.changed is None) != (told.changed is None) or len(day.elements) != len(told.elements):
        return True
    return any(_differ(one, other, rules) for one, other in zip(day.elements, told.elements, strict=True))


def _differ(one: Element, other: Element, rules: ToldRules) -> bool:
    if (one.kind, one.routine, one.level, one.cadence_spm) != (
        other.kind,
        other.routine,
        other.level,
        other.cadence_spm,
    ):
        return True
    if one.part_minutes != other.part_minutes or (one.distance_m is None) != (other.distance_m is None):
        return True
    if one.distance_m is None or other.distance_m is None:
        return False
    more_m = abs(one.distance_m - other.distance_m)
    return more_m > rules.more_m and more_m > rules.more_share * other.distance_m


def _same(element: Element) -> tuple[object, ...]:
    """What a runner would notice, whatever the length."""
    return element.kind, element.routine, element.level, element.cadence_spm, element.part_minutes
