"""What the calves carried, week by week, and what a week may ask after it: the fullest quiet one, and a little more.

No ratio of weeks is formed or scored: nobody found one that tells who is injured [Impellizzeri2021]. How fast a week
may grow is the coach's rule.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from calfwise.model import constants as c
from calfwise.model.fix.weeks.case import Case
from calfwise.model.fix.weeks.costs import Costs, times
from calfwise.model.weeks import Estimate

WEEK = timedelta(days=7)
FULLEST = "of your fullest quiet week of the last four"
COUNTED = "counted of your fullest quiet week, a tenth above the second fullest"
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
    why: str = ""


@dataclass
class Ledger:
    """Weeks in order, those that are laid after those that were."""

    case: Case
    costs: Costs
    weeks: list[Past] = field(default_factory=list)
    run_days: list[date] = field(default_factory=list)
    """All days with running, and those laid."""

    def add(self, week: Past, run_days: Iterable[date] = ()) -> None:
        """Take in a week after all before."""
        self.weeks.append(week)
        self.run_days.extend(run_days)

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
            week
            for week in self.weeks
            if begins - window * WEEK <= week.begins < begins and (since is None or week.begins + WEEK > since)
        ]
        if not recent:
            return None
        quiet = [week for week in recent if not self.is_loud(week)]
        if any(week.done.strikes for week in quiet):
            return self._counted(quiet)
        sore = [week for week in recent if week.done.strikes]
        if not sore:
            return self._counted(recent)
        share = self.case.rules.budget.after_loud_share
        least = min(sore, key=lambda week: week.done.impulse_bw_s)
        return Known(times(least.done, share), (least.begins,) * 3, share, "of the lightest week: none was quiet")

    def _counted(self, weeks: Sequence[Past]) -> Known:
        """The fullest of them, account by account; at most as far as the second fullest may grow."""
        strikes = sorted(weeks, key=lambda week: -week.done.strikes)
        fast = sorted(weeks, key=lambda week: -week.done.fast_strikes)
        impulse = sorted(weeks, key=lambda week: -week.done.impulse_bw_s)
        most, most_impulse = strikes[0].done.strikes, impulse[0].done.impulse_bw_s
        second = next((week.done for week in strikes[1:] if week.done.strikes), None)
        if second is not None:
            most = min(most, self.volume_grown(second).strikes)
        second = next((week.done for week in impulse[1:] if week.done.impulse_bw_s), None)
        if second is not None:
            most_impulse = min(most_impulse, self.volume_grown(second).impulse_bw_s)
        second = fast[1].done if len(fast) > 1 else Estimate()
        share = most_impulse / impulse[0].done.impulse_bw_s if impulse[0].done.impulse_bw_s else 1.0
        return Known(
            Estimate(
                strikes=most,
                fast_strikes=min(fast[0].done.fast_strikes, self.fast_grown(second).fast_strikes),
                impulse_bw_s=most_impulse,
                low_bw_s=impulse[0].done.low_bw_s * share,
                high_bw_s=impulse[0].done.high_bw_s * share,
            ),
            (strikes[0].begins, fast[0].begins, impulse[0].begins),
            why=FULLEST if most == strikes[0].done.strikes else COUNTED,
        )

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


def _said(day: date) -> str:
    return f"{day.day} {day:%B}"
