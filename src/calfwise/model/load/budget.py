"""How far the next run may go on what the calves know: a reference that rises slowly.

Our own rules around one published comparison, each labelled "coach's rule" in constants.toml. No ratio of weeks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.outings import Outing
from calfwise.model.session import SorenessNote


class Budget(Struct, frozen=True):
    """The next easy run: from what the calves know up to a tenth (or 1 km) more."""

    reference_m: float | None
    """What the calves know; `None`: no number can be given."""
    upper_m: float | None
    reason: str
    sources: tuple[str, ...] = ("Frandsen2025", "CoachRule")
    rises_from: date | None = None
    """The first day on which a longer run can raise it again; `None`: any day."""


def next_run_budget(
    outings: Sequence[Outing], *, races: frozenset[date], soreness: Sequence[SorenessNote], now: datetime
) -> Budget:
    """How far the next run may go.

    Parameters
    ----------
    outings
        All of them, in order of time, up to now.
    races
        A race lifts the reference to 1.10 of the earlier one at most.
    soreness
        Two mornings with at most 3/10 let a run over budget count whole; one above keeps it from counting.
    now
        Aware.

    Returns
    -------
    Budget
        Without numbers where nothing is known: no runs yet, or in the 30 days after a break of more than 60.

    Notes
    -----
    The reference is the longest of the last 30 days, as far as it counts: it rises at most once in 7 days, by a race
    only to 1.10 of what was. A run over budget counts whole only after two mornings at 3/10 or less; with nothing said
    of them it counts as far as the budget went, and with a sore one not at all. For 30 days after a break of 14-60
    days it is the larger of half the longest before and the longest since. The budget ends at 1.10 of the reference,
    or 1 km more where that is larger.
    """
    home = now.tzinfo
    assert home is not None, "now must be aware"
    knowing = Knowing(races=races, soreness=soreness, home=home)
    for outing in outings:
        knowing.take(outing.day, outing.distance_m)
    return knowing.budget(now.astimezone(home).date())


def upper_of(*, reference_m: float) -> float:
    """Where the budget ends: a tenth more, or 1 km where that is larger. [m]

    >>> upper_of(reference_m=5000), round(upper_of(reference_m=20000))
    (6000.0, 22000)
    """
    return max(c.SPIKE_SMALL * reference_m, reference_m + float(c.ALERT_MORE_M))


class Knowing:
    """What the calves know, walked through run by run; it can be walked on into runs that are only planned."""

    def __init__(self, *, races: Set[date], soreness: Sequence[SorenessNote], home: tzinfo) -> None:
        mornings = [
            (note.at.astimezone(home).date(), worst_nrs)
            for note in soreness
            if note.morning and (worst_nrs := note.soreness.worst_nrs) is not None
        ]
        self._races = races
        self._loud = {day for day, worst_nrs in mornings if worst_nrs > c.QUIET_MORNING_NRS}
        self._quiet = {day for day, _ in mornings} - self._loud
        self._calves = _Calves()
        self._raised: date | None = None

    def copy(self) -> "Knowing":
        """The same calves, to be walked on with."""
        other = object.__new__(Knowing)
        other._races, other._loud, other._quiet = self._races, self._loud, self._quiet
        other._calves, other._raised = self._calves.copy(), self._raised
        return other

    def take(self, day: date, distance_m: float) -> None:
        """Take in a run later than all before; one without a length is none. [m]"""
        if not distance_m:
            return
        before_m = self._calves.reference(day)[0]
        length_m = self._counts(day, distance_m, before_m)
        if before_m is not None and length_m > before_m:
            self._raised = day
        self._calves.learn(_Known(day, length_m))

    def budget(self, today: date) -> Budget:
        """How far a run of that day may go."""
        reference_m, reason = self._calves.reference(today)
        if reference_m is None:
            return Budget(None, None, reason)
        again = self._raised + timedelta(days=c.REFERENCE_RISES_EVERY_DAYS) if self._raised else None
        rises_from = again if again and again > today else None
        return Budget(reference_m, upper_of(reference_m=reference_m), reason, rises_from=rises_from)

    def _counts(self, day: date, distance_m: float, before_m: float | None) -> float:
        """How much of a run's length the calves know from now on. [m]"""
        if before_m is None or distance_m <= before_m:
            return distance_m
        if self._raised is not None and (day - self._raised).days < c.REFERENCE_RISES_EVERY_DAYS:
            return before_m
        if day in self._races:
            return min(distance_m, c.SPIKE_SMALL * before_m)
        if distance_m <= upper_of(reference_m=before_m):
            return distance_m
        mornings = [day + timedelta(days=after) for after in range(1, c.QUIET_MORNINGS_NEEDED + 1)]
        if any(morning in self._loud for morning in mornings):
            return before_m
        # Who ran further has run as far as the budget, too; more than that counts when mornings say so.
        return distance_m if all(morning in self._quiet for morning in mornings) else upper_of(reference_m=before_m)


@dataclass(frozen=True, slots=True)
class _Known:
    """What an outing adds to what the calves know: its length, or less where it went too far."""

    day: date
    length_m: float


@dataclass(frozen=True, slots=True)
class _Return:
    """The first run after a break, and what it left of what the calves knew."""

    day: date
    away_days: int
    half_m: float
    """Half of the longest before the break."""


class _Calves:
    """What the calves know, outing by outing."""

    def __init__(self) -> None:
        # In order of days, not as they came: who flies over the date line may run tomorrow before today.
        self._days: list[date] = []
        self._lengths_m: list[float] = []
        self._last: _Known | None = None
        self._return: _Return | None = None
        self._since_m = 0.0
        """The longest since the return."""

    def copy(self) -> "_Calves":
        other = _Calves()
        other._days, other._lengths_m = list(self._days), list(self._lengths_m)
        other._last, other._return, other._since_m = self._last, self._return, self._since_m
        return other

    def learn(self, known: _Known) -> None:
        """Take in an outing later than all before."""
        if self._last is not None:
            away_days = (known.day - self._last.day).days
            if away_days >= c.BREAK_FROM_DAYS:
                self._return = _Return(known.day, away_days, self._half_m(self._last))
                self._since_m = 0.0
        self._since_m = max(self._since_m, known.length_m)
        place = bisect_right(self._days, known.day)
        self._days.insert(place, known.day)
        self._lengths_m.insert(place, known.length_m)
        self._last = known

    def reference(self, day: date) -> tuple[float | None, str]:
        """The length that they know on `day`, and why; `None` where no number can be given."""
        if self._last is None:
            return None, "no runs yet: begin with a few easy minutes, and walk in between"
        away_days = (day - self._last.day).days
        if away_days > c.BREAK_TO_DAYS:
            return None, f"{away_days} days without a run: begin again with a few easy minutes, no number yet"
        if away_days >= c.BREAK_FROM_DAYS:
            return self._half_m(self._last), f"{away_days} days without a run: half of your longest before it"
        back = self._return
        if back is None or (day - back.day).days >= c.BREAK_LASTS_DAYS:
            return self._longest_m(self._last, day), "your longest of the last 30 days, as far as it counts"
        came = f"you came back after {back.away_days} days"
        if back.away_days > c.BREAK_TO_DAYS:
            return None, f"{came}: no number in the first 30 days, short and easy will do"
        return max(back.half_m, self._since_m), f"{came}: your longest since, or half of the longest before"

    def _half_m(self, last: _Known) -> float:
        """What a break after this outing leaves: half of the longest that was known the day after it. [m]"""
        return c.BREAK_SHARE * self._longest_m(last, last.day + timedelta(days=1))

    def _longest_m(self, last: _Known, day: date) -> float:
        """The longest known of the 30 days up to `day`; the last outing's where none was in them. [m]"""
        begin = bisect_left(self._days, day - timedelta(days=c.LONGEST_WINDOW_DAYS))
        end = bisect_right(self._days, day)
        return max(self._lengths_m[begin:end], default=last.length_m)
