"""What changed: each outing against the longest of the 30 days before it, and what else is new for the calves.

Information first; alerts are rare by rule, and nothing here predicts anything: on a real four-year diary longer runs
did not precede pain notes more often than chance.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from calfwise.model import constants as c
from calfwise.model.load.outings import Outing, easy_speed_mps
from calfwise.model.runner import Runner, Shoe


class Length(StrEnum):
    """A run against the longest of the 30 days before it [Frandsen2025]."""

    USUAL = "up to 10 % longer than the longest"
    LONGER = "10 to 30 % longer"
    MUCH_LONGER = "30 to 100 % longer"
    DOUBLE = "more than twice as long"


class Comparison(Struct, frozen=True):
    """One outing against the longest of the 30 days before it."""

    day: date
    distance_m: float
    longest_before_m: float
    ratio: float
    length: Length
    race: bool


class Notice(Struct, frozen=True):
    """Something that is new for the calves, in words with its date."""

    kind: str
    """longer, faster, hillier, new-shoe, lower-shoe, other-shoe, barefoot, first-weeks, after-a-break."""
    day: date
    text: str
    sources: tuple[str, ...]


class Change(Struct, frozen=True):
    """All that changed, up to now."""

    latest: Comparison | None
    notices: tuple[Notice, ...]
    """Of the outings of the last 30 days, newest first."""
    alerts: tuple[Comparison, ...]
    """Of all time: over 10 % and over 1 km longer, at most one in 7 days, races left out."""
    easy_speed_mps: float | None
    hard: tuple[tuple[datetime, Notice], ...] = ()
    """Outings that explain sore calves, of all time: when each ended, and what was new about it."""

    @property
    def hard_ends(self) -> tuple[datetime, ...]:
        return tuple(end for end, _ in self.hard)

    @property
    def alert(self) -> Comparison | None:
        """The latest alert, if the latest outing is it."""
        return self.alerts[-1] if self.alerts and self.latest == self.alerts[-1] else None


def change_of(outings: Sequence[Outing], *, runner: Runner, races: frozenset[date], now: datetime) -> Change:
    """What changed for these calves.

    Parameters
    ----------
    outings
        All of them, in order of time, up to now.
    runner
        Whose they are.
    races
        Days of races: their length is named, but raises no alert.
    now
        Aware.

    Returns
    -------
    Change
    """
    held_each = held_of(outings, races=races)
    compared = [held.compared for held in held_each]
    noticed_by = [noticed(held, runner=runner) for held in held_each]
    since = now - timedelta(days=c.LONGEST_WINDOW_DAYS)
    recent = [notices for outing, notices in zip(outings, noticed_by, strict=True) if outing.start >= since]
    return Change(
        latest=compared[-1] if compared else None,
        notices=tuple(notice for notices in reversed(recent) for notice in notices),
        alerts=_alerts(compared),
        easy_speed_mps=easy_speed_mps([load for o in outings for load in o.loads], runner=runner, now=now),
        hard=tuple(
            (outing.end, why)
            for outing, notices in zip(outings, noticed_by, strict=True)
            if (why := next((notice for notice in notices if notice.kind in EXPLAINS), None))
        ),
    )


@dataclass(frozen=True, slots=True)
class _Worn:
    """The shoe worn last, and the one worn last before that pair."""

    last: Shoe | None = None
    other: Shoe | None = None

    def besides(self, shoe: Shoe) -> Shoe | None:
        """The shoe worn last that is not this pair."""
        return self.other if self.last is not None and self.last.id == shoe.id else self.last

    def then(self, shoe: Shoe) -> "_Worn":
        """After an outing in this shoe."""
        return _Worn(shoe, self.besides(shoe))


@dataclass(frozen=True, slots=True)
class Held:
    """An outing, and what it is held against; `None`: nothing is known, so nothing can be called more."""

    outing: Outing
    last: Outing | None
    """The outing before it."""
    compared: Comparison | None
    most_climb_m: float | None
    """Of the 30 days before it."""
    most_fast_strikes: float | None
    """Of the 30 days before it."""
    worn: _Worn
    """On the feet before it, with barefoot outings."""
    shod: _Worn
    """On the feet before it, without them."""
    barefoot_outings: int
    """Of the 90 days before it."""


def held_of(outings: Sequence[Outing], *, races: frozenset[date]) -> list[Held]:
    """Each outing with what it is held against: all of them walked through once, in order of time."""
    distances_m = [outing.distance_m for outing in outings]
    longest_m = _most_before(outings, distances_m)
    climb_m = _most_before(outings, [outing.climb_m for outing in outings])
    fast_strikes = _most_before(outings, [outing.fast_strikes for outing in outings])
    held: list[Held] = []
    last, worn, shod = None, _Worn(), _Worn()
    barefoot_days: list[date] = []
    for i, outing in enumerate(outings):
        compared = _comparison(outing, distances_m[i], longest_m[i], races)
        since = outing.day - timedelta(days=c.EASY_WINDOW_DAYS)
        habit = len(barefoot_days) - bisect_left(barefoot_days, since)
        held.append(Held(outing, last, compared, climb_m[i], fast_strikes[i], worn, shod, habit))
        last = outing
        if outing.shoe is None:
            continue
        worn = worn.then(outing.shoe)
        if outing.shoe.barefoot:
            # In order of days: who flies over the date line may run tomorrow before today.
            insort(barefoot_days, outing.day)
        else:
            shod = shod.then(outing.shoe)
    return held


def _most_before(outings: Sequence[Outing], values: Sequence[float | None]) -> list[float | None]:
    """For each outing the most that is known of the 30 days before it."""
    window = timedelta(days=c.LONGEST_WINDOW_DAYS)
    most: list[float | None] = []
    # Falling: what is less than a later value will never be the most again.
    falling: deque[tuple[datetime, float]] = deque()
    for outing, value in zip(outings, values, strict=True):
        while falling and falling[0][0] < outing.start - window:
            falling.popleft()
        most.append(falling[0][1] if falling else None)
        if value is None:
            continue
        while falling and falling[-1][1] < value:
            falling.pop()
        falling.append((outing.start, value))
    return most


def _comparison(
    outing: Outing, distance_m: float, longest_m: float | None, races: frozenset[date]
) -> Comparison | None:
    if not longest_m or not distance_m:
        return None
    ratio = distance_m / longest_m
    return Comparison(outing.day, distance_m, longest_m, ratio, length_of(ratio=ratio), outing.day in races)


def length_of(*, ratio: float) -> Length:
    """The study's category of a run this many times the longest of 30 days.

    >>> length_of(ratio=1.1).value, length_of(ratio=1.2).value
    ('up to 10 % longer than the longest', '10 to 30 % longer')
    """
    if ratio <= c.SPIKE_SMALL:
        return Length.USUAL
    if ratio <= c.SPIKE_MODERATE:
        return Length.LONGER
    return Length.MUCH_LONGER if ratio <= c.SPIKE_LARGE else Length.DOUBLE


def _alerts(compared: Sequence[Comparison | None]) -> tuple[Comparison, ...]:
    alerts: list[Comparison] = []
    for comparison in compared:
        if comparison is not None and is_big_step(comparison, alerts=alerts):
            alerts.append(comparison)
    return tuple(alerts)


def is_big_step(comparison: Comparison, *, alerts: Sequence[Comparison]) -> bool:
    """Whether an outing raises an alert after those before it: a tenth and 1 km more, no race, none in 7 days."""
    more_m = comparison.distance_m - comparison.longest_before_m
    if comparison.race or comparison.ratio <= c.SPIKE_SMALL or more_m <= c.ALERT_MORE_M:
        return False
    return not alerts or (comparison.day - alerts[-1].day).days >= c.ALERT_EVERY_DAYS


def noticed(held: Held, *, runner: Runner) -> tuple[Notice, ...]:
    """What was new for the calves about an outing."""
    found = (
        _longer(held),
        _faster(held),
        _hillier(held),
        _shoe(held),
        _first_weeks(held, runner),
        _after_break(held),
    )
    return tuple(notice for notice in found if notice)


def _longer(held: Held) -> Notice | None:
    compared = held.compared
    if compared is None or compared.ratio <= c.SPIKE_SMALL:
        return None
    text = f"{compared.distance_m / 1000:.1f} km, {compared.ratio - 1:.0%} more than your longest of the 30 days before"
    return Notice("longer", compared.day, text, ("Frandsen2025",))


def _faster(held: Held) -> Notice | None:
    fast, most = held.outing.fast_strikes, held.most_fast_strikes
    if fast is None or most is None:
        return None
    if fast < c.PACE_JUMP_RATIO * most or fast - most < c.PACE_JUMP_STRIKES:
        return None
    text = f"{_said(fast, held.outing)} fast strikes a leg; the most in the 30 days before was {most // 2:,.0f}"
    return Notice("faster", held.outing.day, text, ("Nielsen2013", "CoachRule"))


def _said(strikes: int, outing: Outing) -> str:
    """Of one leg; to the hundred where they were not counted."""
    counted = all(load.strikes_band is None or load.strikes_band.low == load.strikes_band.high for load in outing.loads)
    return f"{strikes // 2:,}" if counted else f"about {round(strikes / 200) * 100:,}"


def _hillier(held: Held) -> Notice | None:
    climb_m, most_m = held.outing.climb_m, held.most_climb_m
    if climb_m is None or most_m is None:
        return None
    if climb_m < c.HILLIER_RATIO * most_m or climb_m - most_m < c.HILLIER_MORE_M:
        return None
    text = f"{climb_m:.0f} m of climb; the most in the 30 days before was {most_m:.0f} m"
    return Notice("hillier", held.outing.day, text, ("CoachRule",))


def _shoe(held: Held) -> Notice | None:
    """Barefoot before new, new before changed: the most telling one."""
    shoe, day, last = held.outing.shoe, held.outing.day, held.worn.last
    if shoe is None or last is None:
        return None
    if shoe.barefoot:
        if held.barefoot_outings >= c.BAREFOOT_HABIT_OUTINGS:
            return None
        return Notice("barefoot", day, "barefoot", ("Sinclair2014", "RicePatel2017"))
    if (day - shoe.since).days < c.NEW_SHOE_DAYS:
        # The very first shoe is not new, whatever its age.
        return _new_shoe(shoe, held.shod.besides(shoe), day) if held.worn.besides(shoe) else None
    if last.id != shoe.id and not last.barefoot:
        return Notice("other-shoe", day, f"{shoe.name} instead of {last.name}", ("CoachRule",))
    return None


def _new_shoe(shoe: Shoe, last: Shoe | None, day: date) -> Notice:
    """A new shoe against the one worn last, if any was."""
    days = f"{shoe.name}, new on {said(shoe.since)}"
    if shoe.minimal and last is not None and not last.minimal:
        return Notice("lower-shoe", day, f"{days}: a minimal shoe", ("Ryan2014", "RicePatel2017"))
    if last is not None and shoe.heel_drop_m is not None and last.heel_drop_m is not None:
        lower_m = last.heel_drop_m - shoe.heel_drop_m
        if lower_m >= c.LOWER_SHOE_M:
            text = f"{days}: its heel is {lower_m * 1000:.0f} mm lower against the forefoot than {last.name}'s"
            return Notice("lower-shoe", day, text, ("Sinclair2014", "CoachRule"))
    return Notice("new-shoe", day, days, ("CoachRule",))


def _first_weeks(held: Held, runner: Runner) -> Notice | None:
    """Only the runner's own word counts: a first recording is not a first run."""
    day = held.outing.day
    if runner.running_since is None:
        return None
    weeks = (day - runner.running_since).days // 7
    if not 0 <= weeks < c.NEW_RUNNER_WEEKS:
        return None
    return Notice("first-weeks", day, f"week {weeks + 1} of running", ("CoachRule",))


def _after_break(held: Held) -> Notice | None:
    if held.last is None:
        return None
    days = (held.outing.day - held.last.day).days
    if days < c.BREAK_FROM_DAYS:
        return None
    return Notice("after-a-break", held.outing.day, f"the first run after {days} days without", ("CoachRule",))


EXPLAINS = frozenset({"longer", "faster", "hillier", "new-shoe", "lower-shoe", "other-shoe", "barefoot"})
"""Notices about a run that explain sore calves in the days after it; the first weeks and a break alone do not."""


def explaining(change: Change, *, now: datetime, within_h: float) -> Notice | None:
    """What was new about a run that ended in the last `within_h` hours; `None`: no run explains sore calves."""
    since = now - timedelta(hours=within_h)
    return next((notice for end, notice in reversed(change.hard) if since <= end <= now), None)


def said(day: date) -> str:
    """A date as people say it.

    >>> said(date(2026, 5, 3))
    '3 May'
    """
    return f"{day.day} {day:%B}"
