"""The weeks ahead, worked out when something changed: laid by the model, with what was done on each of their days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.laid import LaidWeek, Matched, Weeks
from calfwise.model.journal import Prefers
from calfwise.model.load.outings import Outing
from calfwise.model.weeks import Element, Estimate, LaidDay
from calfwise_web.weeks.shown import (
    Did,
    Misfit,
    Near,
    Practised,
    Ran,
    Said,
    Shown,
    ShownDay,
    ShownElement,
    ShownWeek,
)
from calfwise_web.whole import Whole

NEAR_DAYS = 3
"""So many days, should nothing be worked out anew at midnight."""
HABIT_WEEKS, HABIT_RUNS = 8, 3
"""A weekday suits that had a run in so many of so many weeks."""


def weeks_body(whole: Whole) -> bytes:
    """The snapshot of the plan. JSON: MessagePack would keep a time's moment, but not its day."""
    return msgspec.json.encode(shown(whole))


def near_body(whole: Whole) -> bytes:
    """The next days alone: Today reads no plan of twelve weeks."""
    return msgspec.json.encode(near(whole))


def shown(whole: Whole) -> Shown:
    """All that the page shows."""
    now, history = whole.now, whole.history
    days = usual_days(whole.answer.outings, today=now.date())
    prefers = history.prefers or Prefers(at=now)
    laid = whole.weeks
    if laid is None:
        return Shown(now, prefers, days, None)
    done = _Done(whole, laid)
    return Shown(
        now=now,
        prefers=prefers,
        usual_days=days,
        wish=laid.wish,
        weeks=tuple(_week(number, week, done, today=now.date()) for number, week in enumerate(laid.weeks, 1)),
        misfits=tuple(Misfit(each.why, each.would_need, each.sources) for each in laid.unfit),
        told=_said(laid.told),
    )


def near(whole: Whole) -> Near:
    """The next days alone."""
    today, history = whole.now.date(), whole.history
    prefers = history.prefers or Prefers(at=whole.now)
    laid = whole.weeks
    if laid is None:
        return Near(prefers, None)
    done = _Done(whole, laid)
    days = (laid.day(today + timedelta(days=ahead)) for ahead in range(NEAR_DAYS))
    return Near(
        prefers=prefers,
        ends=_ends(laid),
        days=tuple(done.day(day) for day in days if day is not None),
        told=_said(laid.told),
        not_on=laid.wish.not_on,
    )


def usual_days(outings: Sequence[Outing], *, today: date) -> tuple[int, ...]:
    """Weekdays that had a run in three of the last eight weeks or more; Monday is 0."""
    since = today - timedelta(weeks=HABIT_WEEKS)
    days = {outing.day for outing in outings if since < outing.day <= today}
    runs = Counter(day.weekday() for day in days)
    return tuple(sorted(day for day, count in runs.items() if count >= HABIT_RUNS))


class _Done:
    """What was done, by the day it was planned for."""

    def __init__(self, whole: Whole, laid: Weeks) -> None:
        loads = (load for outing in whole.answer.outings for load in outing.loads)
        self._runs = {load.id: load for load in loads}
        self._planned: dict[date, list[Matched]] = {}
        self._besides: dict[date, list[Did]] = {}
        for each in laid.matched:
            if each.element is not None:
                self._planned.setdefault(each.on, []).append(each)
            else:
                self._besides.setdefault(each.on, []).append(self._did(each))

    def day(self, day: LaidDay) -> ShownDay:
        left = list(self._planned.get(day.on, ()))
        return ShownDay(
            on=day.on,
            elements=tuple(ShownElement(element, self._of(element, left)) for element in day.elements),
            besides=tuple(self._besides.get(day.on, ())),
            changed=day.changed,
        )

    def _of(self, element: Element, left: list[Matched]) -> Did | None:
        """What was done of an element; that is taken from what is left."""
        found = next((each for each in left if each.element == element), None)
        if found is None:
            return None
        left.remove(found)
        return self._did(found) if found.done_on else None

    def _did(self, each: Matched) -> Did:
        practice = each.practice
        return Did(
            on=each.done_on or each.on,
            at=self._at(each),
            run=self._ran(each.runs),
            practice=Practised(practice.routine, practice.stopped_early, practice.felt_nrs) if practice else None,
            asked=each.done,
        )

    def _at(self, each: Matched) -> datetime | None:
        starts = [self._runs[id_].start for id_ in each.runs if id_ in self._runs]
        return min(starts, default=each.practice.at if each.practice else None)

    def _ran(self, ids: Sequence[str]) -> Ran | None:
        """Recordings close together are one run."""
        loads = [self._runs[id_] for id_ in ids if id_ in self._runs]
        if not loads:
            return None
        return Ran(sum(load.distance_m or 0.0 for load in loads), sum(load.running_s for load in loads))


def _week(number: int, week: LaidWeek, done: _Done, *, today: date) -> ShownWeek:
    days = tuple(done.day(day) for day in week.days)
    return ShownWeek(
        number=number,
        days=days,
        planned=week.asks,
        done=week.done,
        ahead=_ahead(days, today=today),
        budget=week.budget,
        lighter=week.lighter,
        lines=_said(week.told),
    )


def _ahead(days: Sequence[ShownDay], *, today: date) -> Estimate:
    """What is still to come."""
    open_ = (each.element.asks for day in days if day.on >= today for each in day.elements if each.did is None)
    return sum(open_, Estimate())


def _ends(laid: Weeks) -> date | None:
    return laid.weeks[-1].ends if laid.weeks else None


def _said(reasons: Iterable[Reason]) -> tuple[Said, ...]:
    return tuple(Said(reason.text, reason.sources, reason.id) for reason in reasons)
