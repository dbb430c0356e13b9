"""What was done, day by day and week by week: runs as they were recorded, practices as they were logged."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from calfwise.model import constants as c
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import WARM_UP_FAST, Costs
from calfwise.model.fix.weeks.ledger import DAYS_A_WEEK, WEEK, Ledger, Past
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.outings import Outing
from calfwise.model.weeks import Estimate

A_DAY = timedelta(days=1)
DRILLS = "drills"


class Done:
    """What the calves took on each day since some day."""

    def __init__(self, case: Case, costs: Costs, since: date) -> None:
        self._case, self._costs = case, costs
        days = [outing.day for outing in case.outings]
        self.outings = [outing for outing in case.outings[_first_of(days, since) :] if outing.day >= since]
        barefoot = [outing.day for outing in self.outings if outing.shoe is not None and outing.shoe.barefoot]
        self._barefoot_days = barefoot
        self._runs: dict[date, Estimate] = {}
        for outing in self.outings:
            self._runs[outing.day] = self._runs.get(outing.day, Estimate()) + self.of_outing(outing)
        self._guided: dict[date, Estimate] = {}
        self._other: dict[date, Estimate] = {}
        # Nobody does drills cold: their warm-up counts, logged or not.
        warmed_up = {case.day_of(each.at) for each in case.history.practices if each.routine == WARM_UP_FAST}
        for practice in case.history.practices:
            day = case.day_of(practice.at)
            if day < since or practice.at > case.now:
                continue
            into = self._guided if costs.is_running(practice) else self._other
            into[day] = into.get(day, Estimate()) + costs.of_practice(practice)
            if practice.routine == DRILLS and day not in warmed_up:
                into[day] = into[day] + costs.warm_up

    def of_outing(self, outing: Outing) -> Estimate:
        return sum((self._of_load(outing, load) for load in outing.loads), Estimate())

    def _of_load(self, outing: Outing, load: RunLoad) -> Estimate:
        """As recorded; where strikes or impulse could not be told, by its length in easy running."""
        by_length = self._costs.easy_run(load.distance_m or 0.0)
        strikes = by_length.strikes if load.strikes is None else float(load.strikes)
        fast = float(outing.fast_strikes_of(load) or 0)
        if load.shoe is not None and load.shoe.barefoot and not self.barefoot_is_habit(outing.day):
            fast = strikes
        impulse = load.impulse_bw_s
        if impulse is None:
            return Estimate(strikes, fast, by_length.impulse_bw_s, by_length.low_bw_s, by_length.high_bw_s)
        return Estimate(strikes, fast, impulse.value, impulse.low, impulse.high)

    def barefoot_is_habit(self, day: date) -> bool:
        """Whether enough outings of the days before it were on bare feet."""
        since = day - timedelta(days=c.EASY_WINDOW_DAYS)
        return sum(1 for each in self._barefoot_days if since <= each < day) >= c.BAREFOOT_HABIT_OUTINGS

    def on(self, day: date) -> Estimate:
        """Of one day. Guided running that was recorded as well counts once, its fast part where that is more."""
        runs, guided = self._runs.get(day), self._guided.get(day, Estimate())
        other = self._other.get(day, Estimate())
        if runs is None:
            return guided + other
        fast = max(runs.fast_strikes, guided.fast_strikes)
        once = Estimate(runs.strikes, fast, runs.impulse_bw_s, runs.low_bw_s, runs.high_bw_s)
        return once + other

    def between(self, first: date, end: date) -> Estimate:
        """From the first day up to, but without, the end."""
        return sum((self.on(day) for day in _days(first, end)), Estimate())

    def recorded_on(self, day: date) -> bool:
        """Whether a run was recorded; a guided one that was not has no length that could count."""
        return day in self._runs

    def runs_on(self, day: date) -> bool:
        """Whether somebody ran, recorded or guided."""
        return day in self._runs or day in self._guided

    def run_days(self, first: date, end: date) -> list[date]:
        return [day for day in _days(first, end) if self.runs_on(day)]


def _first_of(days: list[date], since: date) -> int:
    """Where the days begin; some slack, because who flies over the date line may run tomorrow before today."""
    return max(0, bisect_left(days, since - timedelta(days=2)) - 2)


def _days(first: date, end: date) -> Iterator[date]:
    day = first
    while day < end:
        yield day
        day += A_DAY


def words_of(case: Case, since: date) -> dict[date, tuple[int, int]]:
    """How sore the calves were at most, by the day that it speaks of, and how often that was said, since a day.

    A morning speaks of the day before it; a check-in of its own.
    """
    words: dict[date, tuple[int, int]] = {}
    for note in case.history.soreness:
        # A day earlier, whatever the zones.
        if note.at > case.now or note.at.date() < since - A_DAY or (worst := note.soreness.worst_nrs) is None:
            continue
        day = case.day_of(note.at) - (A_DAY if note.morning else timedelta(0))
        most, times = words.get(day, (0, 0))
        words[day] = (max(most, worst), times + 1)
    return words


def week_of(done: Done, words: dict[date, tuple[int, int]], begins: date) -> Past:
    """One week as it went so far."""
    days = list(_days(begins, begins + WEEK))
    said = [words[day] for day in days if day in words]
    return Past(
        begins=begins,
        done=done.between(begins, begins + WEEK),
        run_days=sum(1 for day in days if done.runs_on(day)),
        worst_nrs=max((worst for worst, _ in said), default=None),
        heard=len(said),
    )


def ledger_of(
    case: Case, costs: Costs, done: Done, words: dict[date, tuple[int, int]], *, first: date, until: date
) -> Ledger:
    """The weeks from `first` up to, but without, the one that begins on `until`."""
    ledger = Ledger(case, costs, run_days=sorted({outing.day for outing in done.outings} | {
        case.day_of(practice.at) for practice in case.history.practices if costs.is_running(practice)
    }))  # fmt: skip
    for n in range((until - first).days // DAYS_A_WEEK):
        ledger.add(week_of(done, words, first + n * WEEK))
    return ledger
