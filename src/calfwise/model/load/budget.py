"""How far the next run may go on what the calves know: a reference that rises slowly.

Our own rules around one published comparison, each labelled "coach's rule" in constants.toml. No ratio of weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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


@dataclass(frozen=True, slots=True)
class _Known:
    """What an outing adds to what the calves know: its length, or less where it went too far."""

    day: date
    length_m: float


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
        Mornings with at most 3/10 let a run over budget count whole.
    now
        Aware.

    Returns
    -------
    Budget
        Without numbers where nothing is known: no runs yet, or in the 30 days after a break of more than 60.

    Notes
    -----
    The reference is the longest of the last 30 days, as far as it counts: it rises at most once in 7 days, by a run
    over budget only after two mornings at 3/10 or less, by a race only to 1.10 of what was. For 30 days after a break
    of 14-60 days it is the larger of half the longest before and the longest since. The budget ends at 1.10 of the
    reference, or 1 km more where that is larger.
    """
    home = now.tzinfo
    assert home is not None, "now must be aware"
    mornings = [
        (note.at.astimezone(home).date(), worst_nrs)
        for note in soreness
        if note.morning and (worst_nrs := note.soreness.worst_nrs) is not None
    ]
    loud = {day for day, worst_nrs in mornings if worst_nrs > c.QUIET_MORNING_NRS}
    quiet = sorted({day for day, _ in mornings} - loud)
    known: list[_Known] = []
    raised: date | None = None
    for outing in outings:
        if not outing.distance_m:
            continue
        before_m = _reference(known, outing.day)[0]
        length_m = _counts(outing, before_m, raised, races, quiet)
        if before_m is not None and length_m > before_m:
            raised = outing.day
        known.append(_Known(outing.day, length_m))
    reference_m, reason = _reference(known, now.astimezone(home).date())
    if reference_m is None:
        return Budget(None, None, reason)
    return Budget(reference_m, upper_of(reference_m=reference_m), reason)


def upper_of(*, reference_m: float) -> float:
    """Where the budget ends: a tenth more, or 1 km where that is larger. [m]

    >>> upper_of(reference_m=5000), round(upper_of(reference_m=20000))
    (6000.0, 22000)
    """
    return max(c.SPIKE_SMALL * reference_m, reference_m + float(c.ALERT_MORE_M))


def _counts(
    outing: Outing, before_m: float | None, raised: date | None, races: frozenset[date], quiet: list[date]
) -> float:
    """How much of an outing's length the calves know from now on. [m]"""
    if before_m is None or outing.distance_m <= before_m:
        return outing.distance_m
    if raised is not None and (outing.day - raised).days < c.REFERENCE_RISES_EVERY_DAYS:
        return before_m
    if outing.day in races:
        return min(outing.distance_m, c.SPIKE_SMALL * before_m)
    if outing.distance_m <= upper_of(reference_m=before_m):
        return outing.distance_m
    mornings = [day for day in quiet if 1 <= (day - outing.day).days <= c.QUIET_MORNINGS_NEEDED]
    return outing.distance_m if len(mornings) >= c.QUIET_MORNINGS_NEEDED else before_m


def _reference(known: Sequence[_Known], day: date) -> tuple[float | None, str]:
    """The length that the calves know on `day`, and why; `None` where no number can be given."""
    if not known:
        return None, "no runs yet: begin with a few easy minutes, and walk in between"
    since_last = (day - known[-1].day).days
    if since_last > c.BREAK_TO_DAYS:
        return None, f"{since_last} days without a run: begin again with a few easy minutes, no number yet"
    if since_last >= c.BREAK_FROM_DAYS:
        half_m = c.BREAK_SHARE * _longest(known, known[-1].day + timedelta(days=1))
        return half_m, f"{since_last} days without a run: half of your longest before it"
    back = next((i for i in range(len(known) - 1, 0, -1) if _break_before(known, i) >= c.BREAK_FROM_DAYS), None)
    if back is None or (day - known[back].day).days >= c.BREAK_LASTS_DAYS:
        return _longest(known, day), "your longest of the last 30 days, as far as it counts"
    days = _break_before(known, back)
    if days > c.BREAK_TO_DAYS:
        return None, f"you came back after {days} days: no number in the first 30 days, short and easy will do"
    since_m = max(item.length_m for item in known[back:])
    half_m = c.BREAK_SHARE * _longest(known[:back], known[back - 1].day + timedelta(days=1))
    return max(half_m, since_m), f"you came back after {days} days: your longest since, or half of the longest before"


def _break_before(known: Sequence[_Known], i: int) -> int:
    return (known[i].day - known[i - 1].day).days


def _longest(known: Sequence[_Known], day: date) -> float:
    window = timedelta(days=c.LONGEST_WINDOW_DAYS)
    return max((item.length_m for item in known if day - window <= item.day <= day), default=known[-1].length_m)
