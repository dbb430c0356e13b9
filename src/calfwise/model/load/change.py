"""What changed: each outing against the longest of the 30 days before it, and what else is new for the calves.

Information first; alerts are rare by rule, and nothing here predicts anything: on a real four-year diary longer runs
did not precede pain notes more often than chance.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
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
    compared = [_comparison(outings, i, races) for i in range(len(outings))]
    noticed_by = [noticed(outings, i, runner=runner) for i in range(len(outings))]
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


def _before(outings: Sequence[Outing], i: int) -> Sequence[Outing]:
    """The outings of the 30 days before outing i."""
    begin = outings[i].start - timedelta(days=c.LONGEST_WINDOW_DAYS)
    return outings[bisect_left(outings, begin, hi=i, key=lambda outing: outing.start) : i]


def _comparison(outings: Sequence[Outing], i: int, races: frozenset[date]) -> Comparison | None:
    longest_m = max((outing.distance_m for outing in _before(outings, i)), default=0.0)
    outing = outings[i]
    if not longest_m or not outing.distance_m:
        return None
    ratio = outing.distance_m / longest_m
    return Comparison(outing.day, outing.distance_m, longest_m, ratio, length_of(ratio=ratio), outing.day in races)


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
        if comparison is None or comparison.race or not _is_spike(comparison):
            continue
        if not alerts or (comparison.day - alerts[-1].day).days >= c.ALERT_EVERY_DAYS:
            alerts.append(comparison)
    return tuple(alerts)


def _is_spike(comparison: Comparison) -> bool:
    more_m = comparison.distance_m - comparison.longest_before_m
    return comparison.ratio > c.SPIKE_SMALL and more_m > c.ALERT_MORE_M


def noticed(outings: Sequence[Outing], i: int, *, runner: Runner) -> tuple[Notice, ...]:
    """What was new for the calves about outing i, against the 30 days before it."""
    found = (
        _longer(outings, i),
        _faster(outings, i),
        _hillier(outings, i),
        _shoe(outings, i),
        _first_weeks(outings, i, runner),
        _after_break(outings, i),
    )
    return tuple(notice for notice in found if notice)


def _longer(outings: Sequence[Outing], i: int) -> Notice | None:
    compared = _comparison(outings, i, frozenset())
    if compared is None or compared.ratio <= c.SPIKE_SMALL:
        return None
    text = f"{compared.distance_m / 1000:.1f} km, {compared.ratio - 1:.0%} more than your longest of the 30 days before"
    return Notice("longer", compared.day, text, ("Frandsen2025",))


def _faster(outings: Sequence[Outing], i: int) -> Notice | None:
    fast = outings[i].fast_strikes
    most = _most(before.fast_strikes for before in _before(outings, i))
    if fast is None or most is None:
        return None
    if fast < c.PACE_JUMP_RATIO * most or fast - most < c.PACE_JUMP_STRIKES:
        return None
    text = f"{fast:,} fast strikes; the most in the 30 days before was {most:,}"
    return Notice("faster", outings[i].day, text, ("Nielsen2013", "CoachRule"))


def _most(known: Iterable[float | None]) -> float | None:
    """The most of what is known; `None`: nothing is, so nothing can be called more."""
    return max((value for value in known if value is not None), default=None)


def _hillier(outings: Sequence[Outing], i: int) -> Notice | None:
    climb_m = outings[i].climb_m
    most_m = _most(before.climb_m for before in _before(outings, i))
    if climb_m is None or most_m is None:
        return None
    if climb_m < c.HILLIER_RATIO * most_m or climb_m - most_m < c.HILLIER_MORE_M:
        return None
    text = f"{climb_m:.0f} m of climb; the most in the 30 days before was {most_m:.0f} m"
    return Notice("hillier", outings[i].day, text, ("CoachRule",))


def _shoe(outings: Sequence[Outing], i: int) -> Notice | None:
    """Barefoot before new, new before changed: the most telling one."""
    shoe, day = outings[i].shoe, outings[i].day
    worn = [outing.shoe for outing in outings[:i] if outing.shoe]
    if shoe is None or not worn:
        return None
    if shoe.barefoot:
        since = day - timedelta(days=c.EASY_WINDOW_DAYS)
        habit = sum(1 for outing in outings[:i] if outing.day >= since and outing.shoe and outing.shoe.barefoot)
        if habit >= c.BAREFOOT_HABIT_OUTINGS:
            return None
        return Notice("barefoot", day, "barefoot", ("Sinclair2014", "RicePatel2017"))
    if (day - shoe.since).days < c.NEW_SHOE_DAYS:
        return _new_shoe(shoe, [other for other in worn if other.id != shoe.id], day)
    if worn[-1].id != shoe.id and not worn[-1].barefoot:
        return Notice("other-shoe", day, f"{shoe.name} instead of {worn[-1].name}", ("CoachRule",))
    return None


def _new_shoe(shoe: Shoe, others: list[Shoe], day: date) -> Notice | None:
    if not others:
        return None
    days = f"{shoe.name}, new on {said(shoe.since)}"
    last = next((other for other in reversed(others) if not other.barefoot), None)
    if shoe.minimal and last is not None and not last.minimal:
        return Notice("lower-shoe", day, f"{days}: a minimal shoe", ("Ryan2014", "RicePatel2017"))
    if last is not None and shoe.heel_drop_m is not None and last.heel_drop_m is not None:
        lower_m = last.heel_drop_m - shoe.heel_drop_m
        if lower_m >= c.LOWER_SHOE_M:
            text = f"{days}: its heel is {lower_m * 1000:.0f} mm lower against the forefoot than {last.name}'s"
            return Notice("lower-shoe", day, text, ("Sinclair2014", "CoachRule"))
    return Notice("new-shoe", day, days, ("CoachRule",))


def _first_weeks(outings: Sequence[Outing], i: int, runner: Runner) -> Notice | None:
    """Only the runner's own word counts: a first recording is not a first run."""
    day = outings[i].day
    if runner.running_since is None:
        return None
    weeks = (day - runner.running_since).days // 7
    if not 0 <= weeks < c.NEW_RUNNER_WEEKS:
        return None
    return Notice("first-weeks", day, f"week {weeks + 1} of running", ("CoachRule",))


def _after_break(outings: Sequence[Outing], i: int) -> Notice | None:
    if i == 0:
        return None
    days = (outings[i].day - outings[i - 1].day).days
    if days < c.BREAK_FROM_DAYS:
        return None
    return Notice("after-a-break", outings[i].day, f"the first run after {days} days without", ("CoachRule",))


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
