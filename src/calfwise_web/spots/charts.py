"""The charts as columns: one place's tenderness, and soreness with sessions on the load axis."""

from collections.abc import Callable, Sequence
from datetime import date

from calfwise_web.day_chart import Chart, Mark, Series, X, days_of, midnight_s
from calfwise_web.spots.axis import Stretch
from calfwise_web.spots.life import Life
from calfwise_web.spots.record import RESTS_AFTER

DAYS_DRAWN = 400
"""Of a place's tenderness: the last days with a number."""
MOST_WORDS = 24
"""So many marks of sessions at most; more would be a fence."""
NRS = "nrs"
SILENT = "Nothing to draw yet: no word about your calves in these days."
NO_RUN = "Nothing to draw yet: no run in these days."
UNPRESSED = "Nothing to draw yet: nobody has said how tender it is."


def tenderness(life: Life | None) -> Chart:
    """A place's tenderness to pressing: as each day began, and after a session."""
    before: dict[date, int] = {}
    after: dict[date, int] = {}
    rests: list[date] = []
    for mark in life.place.told.marks if life else ():
        before[mark.at.date()] = mark.nrs
    for past, touch in life.worked if life else ():
        if touch.before_nrs is not None:
            before[past.at.date()] = touch.before_nrs
        if touch.after_nrs is not None:
            after[past.at.date()] = touch.after_nrs
        if touch.felt in RESTS_AFTER:
            rests.append(past.at.date())
    days = sorted({*before, *after})[-DAYS_DRAWN:]
    series = [
        Series("before", NRS, [before.get(day) for day in days]),
        Series("after a session", NRS, [after.get(day) for day in days], "points", "gastroc-line"),
    ]
    events = [Mark(midnight_s(day), "rests", "wait") for day in rests if days and day >= days[0]]
    return Chart(days_of(days), series, events, UNPRESSED)


def soreness(stretches: Sequence[Stretch]) -> Chart:
    """How each calf felt, and when something was done about it."""
    series = [
        Series("left", NRS, [stretch.left_nrs for stretch in stretches]),
        Series("right", NRS, [stretch.right_nrs for stretch in stretches], "points", "gastroc-line"),
    ]
    told = [one for one in series if any(value is not None for value in one.values)]
    crowded = is_crowded(stretches)
    events = [Mark(midnight_s(one.first), text) for one in stretches if (text := _event(one, crowded=crowded))]
    return Chart(_axis(stretches), told, events, SILENT)


def sessions(stretches: Sequence[Stretch]) -> Chart:
    """How often something was done, where that is too often for words."""
    counts = [float(one.sessions) for one in stretches]
    return Chart(_axis(stretches), [Series("sessions", "count", counts, "bars")], [], SILENT)


def is_crowded(stretches: Sequence[Stretch]) -> bool:
    """Whether words about sessions would stand in each other's way."""
    return sum(1 for one in stretches if one.sessions or one.practised) > MOST_WORDS


def load(stretches: Sequence[Stretch]) -> Chart:
    """What the calves took, on the same axis."""
    strikes = [None if one.span.strikes is None else one.span.strikes / 2 for one in stretches]
    has_runs = any(one.span.runs for one in stretches)
    return Chart(_axis(stretches), [Series("strikes", "count", strikes, "bars")] if has_runs else [], [], NO_RUN)


HISTORY: dict[str, Callable[[Sequence[Stretch]], Chart]] = {
    "soreness": soreness,
    "load": load,
    "sessions": sessions,
}


def _axis(stretches: Sequence[Stretch]) -> X:
    return days_of([stretch.first for stretch in stretches])


def _event(stretch: Stretch, *, crowded: bool) -> str:
    """What happened in it, in few words."""
    words = ["race"] if stretch.race else []
    if crowded:
        return ", ".join(words)
    if stretch.sessions:
        words.append("session" if stretch.sessions == 1 else f"{stretch.sessions} sessions")
    if stretch.practised:
        words.append("exercises" if stretch.practised == 1 else f"exercises × {stretch.practised}")
    return ", ".join(words)
