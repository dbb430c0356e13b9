"""What the calves carried, week by week, and what a week may ask after it: the fullest quiet one, and a little more.

No ratio of weeks is formed or scored: nobody found one that tells who is injured [Impellizzeri2021]. How fast a week
may grow is the coach's rule.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from calfwise.model import constants as c
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs, times
from calfwise.model.weeks import Estimate

WEEK = timedelta(days=7)
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Past:
    """One week as it went, or as it is laid to go."""

    begins: date
    done: Estimate
    run_days: int
    worst_nrs: int | None
    """The sorest word about it; `None`: nobody said."""
    heard: int
    """On how many days somebody said how the calves felt."""
    planned: bool = False
    """Laid, and taken for quiet."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the calves carried in a week, account by account, and from which week each comes."""

    carried: Estimate
    weeks: tuple[date, date, date]
    """Of strikes, of fast strikes, of impulse."""
    share: float = 1.0
    """Less than one after a break, or where no week was quiet."""
    why: str = "of your fullest quiet week of the last four"


@dataclass
class Ledger:
    """Weeks in order, as far as each of them counts."""

    case: Case
    costs: Costs
    weeks: list[Past] = field(default_factory=list)
    counts: list[Estimate] = field(default_factory=list)
    run_days: list[date] = field(default_factory=list)
    """All days with running, and those laid."""

    def add(self, week: Past, run_days: Iterable[date] = ()) -> None:
        """Take in a week after all before; what went far beyond the weeks before counts as far as they may grow."""
        before = self.known(week.begins)
        self.weeks.append(week)
        self.counts.append(week.done if not before or len(self.counts) < 1 else self._as_far(week.done, before.carried))
        if week.planned:
            self.run_days.extend(run_days)

    def _as_far(self, done: Estimate, before: Estimate) -> Estimate:
        most = self.grown(before)
        if not before.strikes:
            # After weeks without running the first one counts as it is, but not its fast part.
            most = Estimate(done.strikes, most.fast_strikes, done.impulse_bw_s, done.low_bw_s, done.high_bw_s)
        share = min(1.0, most.impulse_bw_s / done.impulse_bw_s) if done.impulse_bw_s else 1.0
        return Estimate(
            min(done.strikes, most.strikes),
            min(done.fast_strikes, most.fast_strikes),
            done.impulse_bw_s * share,
            done.low_bw_s * share,
            done.high_bw_s * share,
        )

    def grown(self, known: Estimate) -> Estimate:
        """What may come after it where everything grows at once; a week lets only one thing grow."""
        return self.fast_grown(self.volume_grown(known))

    def volume_grown(self, known: Estimate) -> Estimate:
        """A tenth more, or one easy kilometre where that is more."""
        rules, share = self.case.rules.budget, 1 + self.case.growth
        more = self.costs.easy_run(rules.more_km * 1000)
        factor = max(share, 1 + more.impulse_bw_s / known.impulse_bw_s) if known.impulse_bw_s else share
        return Estimate(
            max(share * known.strikes, known.strikes + more.strikes),
            known.fast_strikes,
            known.impulse_bw_s * factor if known.impulse_bw_s else more.impulse_bw_s,
            known.low_bw_s * factor if known.impulse_bw_s else more.low_bw_s,
            known.high_bw_s * factor if known.impulse_bw_s else more.high_bw_s,
        )

    def fast_grown(self, known: Estimate) -> Estimate:
        """A tenth more of what is fast, or four minutes or so where that is more."""
        more = self.case.rules.budget.more_fast_strikes
        fast = max((1 + self.case.growth) * known.fast_strikes, known.fast_strikes + more)
        return Estimate(known.strikes, fast, known.impulse_bw_s, known.low_bw_s, known.high_bw_s)

    # --- what is known at the beginning of a week --------------------------------------------------------------------

    def known(self, begins: date) -> Known | None:
        """What the weeks before carried; `None` where there are none."""
        last = self._last_run_before(begins)
        if last is None:
            return self._fullest(begins)
        away_days = (begins - last).days
        if away_days >= c.BREAK_FROM_DAYS:
            return self._half_before(last, f"half of your fullest week before {away_days} days without a run")
        back = self._came_back(begins)
        now = self._fullest(begins)
        if back is None:
            return now
        before = self._half_before(back[0], f"half of your fullest week before you came back on {_said(back[1])}")
        since = self._fullest(begins, since=back[1])
        if before is None or (since is not None and since.carried.strikes > before.carried.strikes):
            return since or now
        return before

    def _fullest(self, begins: date, *, since: date | None = None) -> Known | None:
        """The fullest of the last weeks, loud ones left out; if all were loud, less of the lightest."""
        window = self.case.rules.budget.fullest_of_weeks
        recent = [
            (week, counts)
            for week, counts in zip(self.weeks, self.counts, strict=True)
            if begins - window * WEEK <= week.begins < begins and (since is None or week.begins + WEEK > since)
        ]
        if not recent:
            return None
        quiet = [(week, counts) for week, counts in recent if not self.is_loud(week)]
        if any(counts.strikes for _, counts in quiet):
            return _of(quiet, max)
        sore = [(week, counts) for week, counts in recent if counts.strikes]
        if not sore:
            return _of(recent, max)
        share = self.case.rules.budget.after_loud_share
        least = _of(sore, min)
        return Known(times(least.carried, share), least.weeks, share, "of the lightest week: none was quiet")

    def _half_before(self, last: date, why: str) -> Known | None:
        """Half of the fullest week that ended with the run of that day."""
        begins = next((week.begins + WEEK for week in self.weeks if week.begins <= last < week.begins + WEEK), None)
        full = self._fullest(begins) if begins is not None else None
        if full is None:
            return None
        return Known(times(full.carried, c.BREAK_SHARE), full.weeks, c.BREAK_SHARE, why)

    def _last_run_before(self, day: date) -> date | None:
        place = bisect_left(self.run_days, day)
        return self.run_days[place - 1] if place else None

    def _came_back(self, begins: date) -> tuple[date, date] | None:
        """The latest return from a break in the days that it bears on: the last day before, and the first after."""
        since = bisect_left(self.run_days, begins - timedelta(days=c.BREAK_LASTS_DAYS))
        until = bisect_left(self.run_days, begins)
        for place in range(until - 1, max(0, since - 1), -1):
            before, after = self.run_days[place - 1], self.run_days[place]
            if (after - before).days >= c.BREAK_FROM_DAYS:
                return before, after
        return None

    # --- how the weeks were ------------------------------------------------------------------------------------------

    def is_loud(self, week: Past) -> bool:
        """Whether a word about it was above what runs as planned."""
        return week.worst_nrs is not None and week.worst_nrs > self.case.as_planned_nrs

    def is_quiet(self, week: Past) -> bool:
        """Whether enough words were said about it, none of them above what runs as planned."""
        return week.planned or (self._is_heard(week) and not self.is_loud(week))

    def is_symptom_free(self, week: Past) -> bool:
        free_nrs = self.case.content.practice.calm_nrs
        return week.planned or (self._is_heard(week) and (week.worst_nrs or 0) <= free_nrs)

    def _is_heard(self, week: Past) -> bool:
        return week.heard >= self.case.rules.budget.mornings_needed

    def symptom_free_weeks(self, begins: date) -> int:
        """So many in a row before that day."""
        before = [week for week in self.weeks if week.begins < begins]
        count = 0
        for week in reversed(before):
            if not self.is_symptom_free(week):
                break
            count += 1
        return count

    def last(self, begins: date) -> Past | None:
        """The week before."""
        return next((week for week in reversed(self.weeks) if week.begins == begins - WEEK), None)

    def most_run_days(self, begins: date) -> int:
        """In one of the weeks that count."""
        window = self.case.rules.budget.fullest_of_weeks
        return max((w.run_days for w in self.weeks if begins - window * WEEK <= w.begins < begins), default=0)


def _of(pairs: Sequence[tuple[Past, Estimate]], pick: Callable[..., tuple[Past, Estimate]]) -> Known:
    """The most or the least of each account, and its week."""
    strikes = pick(pairs, key=lambda pair: pair[1].strikes)
    fast = pick(pairs, key=lambda pair: pair[1].fast_strikes)
    impulse = pick(pairs, key=lambda pair: pair[1].impulse_bw_s)
    carried = Estimate(
        strikes[1].strikes,
        fast[1].fast_strikes,
        impulse[1].impulse_bw_s,
        impulse[1].low_bw_s,
        impulse[1].high_bw_s,
    )
    return Known(carried, (strikes[0].begins, fast[0].begins, impulse[0].begins))


def _said(day: date) -> str:
    return f"{day.day} {day:%B}"
