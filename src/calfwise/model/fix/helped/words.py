"""What helped, in words: felt quieter after, never more; and what these comparisons cannot tell."""

from calfwise.model.fix.helped.rules import Measure
from calfwise.model.fix.helped.told import Felt, Helpful, Interval, Kind

CAVEATS = (
    "This compares what you did with what else you did, never with doing nothing. Spots are looked after when they are "
    "at their worst, and most would be quieter later anyway; in studies of tender calf spots what massage adds is "
    "small or short. Your sessions can say which of your ways felt quieter after, not why."
)
SOURCES = ("Aboodarda2015", "Wilke2018", "BehmWilke2019", "OurRule")
"""Behind the caveats and the numbers."""
OF_FIXES = (
    "Only which days go together: exercises are for quiet days, so what follows them may be quieter for that alone."
)
FEWER = "too early to say"
NAMES = {Measure.AFTER: "right after", Measure.MORNING: "the next morning", Measure.WALKING: "walking the next morning"}
UNITS = {Measure.AFTER: "of 10", Measure.MORNING: "of a step", Measure.WALKING: "of 10"}
WORDS = {
    Measure.AFTER: ("quieter", "more tender"),
    Measure.MORNING: ("better", "worse"),
    Measure.WALKING: ("less sore", "sorer"),
}


def felt_said(felt: Felt | None, kind: Kind, *, used: int) -> str:
    """One measure in a sentence, its interval in brackets.

    >>> felt_said(None, Kind.TECHNIQUE, used=2)
    'too early to say: rated after none of 2 sessions'
    >>> felt_said(Felt(Measure.AFTER, 2, 9, None, None), Kind.TECHNIQUE, used=2)
    'too early to say: 2 sessions so far'
    >>> felt_said(Felt(Measure.AFTER, 9, 9, Interval(1.42, 0.9, 1.93), None), Kind.TECHNIQUE, used=9)
    'felt quieter by 1.4 of 10 (0.9 to 1.9), 9 sessions'
    >>> felt_said(Felt(Measure.AFTER, 9, 9, Interval(0.1, -0.5, 0.7), None), Kind.FIX, used=9)
    'about the same as without (−0.5 to 0.7 of 10), 9 sessions with and 9 without'
    """
    if felt is None:
        return f"{FEWER}: rated after none of {_sessions(used)}"
    if felt.change is None:
        return f"{FEWER}: {_early(felt, kind)}"
    with_ = (
        f"{_sessions(felt.sessions)} with and {felt.others} without" if kind is Kind.FIX else _sessions(felt.sessions)
    )
    return f"{changed(felt.change, felt.measure, kind)}, {with_}"


def changed(change: Interval, measure: Measure, kind: Kind) -> str:
    """By how much, as far as the interval lets one say.

    >>> changed(Interval(-0.6, -1.0, -0.2), Measure.MORNING, Kind.TOOL)
    'felt worse by 0.6 of a step (0.2 to 1.0)'
    """
    than = " than without" if kind is Kind.FIX else ""
    more, less = WORDS[measure]
    if change.low > 0:
        return f"felt {more}{than} by {change.mean:.1f} {UNITS[measure]} ({change.low:.1f} to {change.high:.1f})"
    if change.high < 0:
        return f"felt {less}{than} by {-change.mean:.1f} {UNITS[measure]} ({-change.high:.1f} to {-change.low:.1f})"
    same = "about the same as without" if kind is Kind.FIX else "about the same as before"
    return f"{same} ({signed(change.low)} to {signed(change.high)} {UNITS[measure]})"


def signed(value: float) -> str:
    """One decimal; nought without a sign.

    >>> signed(-0.04), signed(-0.06), signed(0.5)
    ('0.0', '−0.1', '0.5')
    """
    return f"{round(value, 1) or 0.0:.1f}".replace("-", "−")


def ahead_said(felt: Felt | None) -> str:
    """Against the others of its kind; empty where nothing can be said.

    >>> ahead_said(Felt(Measure.AFTER, 9, 9, Interval(1.4, 0.9, 1.9), Interval(0.5, 0.1, 0.9)))
    '0.5 quieter than after the others (0.1 to 0.9)'
    >>> ahead_said(Felt(Measure.AFTER, 9, 9, Interval(1.4, 0.9, 1.9), Interval(0.1, -0.3, 0.5)))
    'much like after the others'
    """
    if felt is None or felt.ahead is None:
        return ""
    ahead, (more, less) = felt.ahead, WORDS[felt.measure]
    if ahead.low > 0:
        return f"{ahead.mean:.1f} {more} than after the others ({ahead.low:.1f} to {ahead.high:.1f})"
    if ahead.high < 0:
        return f"{-ahead.mean:.1f} {less} than after the others ({-ahead.high:.1f} to {-ahead.low:.1f})"
    return "much like after the others"


def measures_of(line: Helpful) -> tuple[Measure, ...]:
    """Measures that can be told of it: a place's leg is no place, so walking is left to the others."""
    return (Measure.AFTER, Measure.MORNING) if line.kind is Kind.SPOT else tuple(Measure)


def _early(felt: Felt, kind: Kind) -> str:
    if kind is Kind.FIX:
        return f"{_sessions(felt.sessions)} with and {felt.others} without so far"
    return f"{_sessions(felt.sessions)} so far"


def _sessions(count: int) -> str:
    return f"{count} session" if count == 1 else f"{count} sessions"
