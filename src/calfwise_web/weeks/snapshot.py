"""The weeks ahead, worked out when something changed: laid by the model, with what was done on each of their days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta, tzinfo

import msgspec

from calfwise.model.care.outcomes import Reason
from calfwise.model.fix.weeks.laid import LaidWeek, Weeks
from calfwise.model.journal import Prefers
from calfwise.model.load.outings import Outing
from calfwise.model.weeks import Estimate, LaidDay
from calfwise_web.weeks.matched import matched_week
from calfwise_web.weeks.shown import DidPractice, DidRun, Misfit, Near, Said, Shown, ShownDay, ShownWeek
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
    done = _Done(whole)
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
    done = _Done(whole)
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
    """What was done, by the runner's own days."""

    def __init__(self, whole: Whole) -> None:
        home, history = whole.now.tzinfo, whole.history
        assert home is not None, "now must be aware"
        self._runs: dict[date, list[DidRun]] = {}
        for outing in whole.answer.outings:
            self._runs.setdefault(outing.day, []).append(_run(outing))
        self._practices: dict[date, list[DidPractice]] = {}
        for done in history.practices:
            did = DidPractice(done.at, done.routine, done.level, done.stopped_early, done.felt_nrs)
            self._practices.setdefault(done.on or _day(done.at, home), []).append(did)
        said = [note.at for note in history.soreness if not note.morning]
        self._massaged = {_day(at, home) for at in (*said, *(past.at for past in history.sessions))}

    def day(self, day: LaidDay) -> ShownDay:
        on = day.on
        return ShownDay(
            day,
            runs=tuple(self._runs.get(on, ())),
            practices=tuple(self._practices.get(on, ())),
            massaged=on in self._massaged,
        )


def _day(at: object, home: tzinfo) -> date:
    return at.astimezone(home).date()  # type: ignore[attr-defined, no-any-return]


def _run(outing: Outing) -> DidRun:
    """A run with what its loads tell; what none of them tells counts nothing."""
    strikes = [load.strikes for load in outing.loads if load.strikes is not None]
    impulses = [load.impulse_bw_s for load in outing.loads if load.impulse_bw_s is not None]
    return DidRun(
        at=outing.start,
        distance_m=outing.distance_m,
        running_s=sum(load.running_s for load in outing.loads),
        asks=Estimate(
            strikes=float(sum(strikes)),
            fast_strikes=float(outing.fast_strikes or 0),
            impulse_bw_s=sum(band.value for band in impulses),
            low_bw_s=sum(band.low for band in impulses),
            high_bw_s=sum(band.high for band in impulses),
        ),
    )


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
    open_ = (
        each.element.asks
        for day in matched_week(days, today=today)
        for each in day.elements
        if day.on >= today and not each.is_done
    )
    return sum(open_, Estimate())


def _ends(laid: Weeks) -> date | None:
    return laid.weeks[-1].ends if laid.weeks else None


def _said(reasons: Iterable[Reason]) -> tuple[Said, ...]:
    return tuple(Said(reason.text, reason.sources, reason.id) for reason in reasons)
