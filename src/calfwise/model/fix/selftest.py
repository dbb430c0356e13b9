"""Self-tests: what each is, whether a leg may be tested, and what results say beyond measurement error."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from calfwise.model.care.outcomes import Reason
from calfwise.model.care.screening import closed_before
from calfwise.model.care.signs import Gate
from calfwise.model.care.technique import Line
from calfwise.model.journal import History, SelfTested
from calfwise.model.load.change import said
from calfwise.model.run import BOTH_SIDES, Side

TOO_SORE_NRS = 6
"""From here on nobody is tested. [NRS]"""
Unit = Literal["cm", "repetitions", "s", "look"]
WORDS: dict[Unit, tuple[str, str]] = {
    "cm": ("cm", "cm"), "repetitions": ("raise", "raises"), "s": ("s", "s"), "look": ("thing", "things")
}  # fmt: skip
"""One of it, and several."""
Days = Annotated[int, Meta(ge=7, le=365)]


class MeasurementError(Struct, frozen=True, forbid_unknown_fields=True):
    """What two days differ by although nothing changed; only more than that is called a change."""

    value: Annotated[float, Meta(gt=0)]
    """In the test's unit."""
    source: str
    text: Line


class Asymmetry(Struct, frozen=True, forbid_unknown_fields=True):
    """When the legs are called different: beyond measurement error, and the weaker below a share of the other."""

    source: str
    text: Line
    share: Annotated[float, Meta(gt=0, lt=1)] | None = None
    """`None`: measurement error alone decides. [1]"""


class Norm(Struct, frozen=True, forbid_unknown_fields=True):
    """What others did, where it was read."""

    text: Line
    source: str


class SelfTest(Struct, frozen=True, forbid_unknown_fields=True):
    """One test that a runner does alone. Its id is its file's name."""

    title: str
    order: int
    short: Line
    what_for: Line
    """With what is not shown."""
    needs: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=4)]
    steps: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=5)]
    counts: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=4)]
    stop: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=5)]
    unit: Unit
    most: Annotated[float, Meta(gt=0, le=1000)]
    """Nobody is asked for more, and more is a slip of the finger. In the test's unit."""
    better: Literal["more", "less"]
    error: MeasurementError
    asymmetry: Asymmetry
    retest_days: Days
    retest_source: str
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    tries: Annotated[int, Meta(ge=1, le=5)] = 1
    """So many a leg; their mean is the result."""
    beats_per_minute: Annotated[int, Meta(ge=30, le=120)] | None = None
    """One beat up, one down. `None`: no metronome."""
    rest_s: Annotated[int, Meta(ge=10, le=300)] = 10
    """Between the legs. [s]"""
    looks: tuple[Line, ...] = ()
    """What to look for, where the result is how many of them were seen."""
    norms: tuple[Norm, ...] = ()

    @property
    def rep_s(self) -> float | None:
        """One repetition: a beat up and a beat down. [s]"""
        return None if self.beats_per_minute is None else 2 * 60 / self.beats_per_minute


class Shut(Struct, frozen=True):
    """Why a leg may not be tested."""

    reason: str
    source: str = "OurRule"


def may_test(side: Side, *, history: History, gate: Gate, now: datetime) -> Shut | None:
    """Whether a leg may be tested now. Every doubt is a no.

    Parameters
    ----------
    side
        The leg.
    history
        Locks, standing conditions and soreness of earlier days and of today.
    gate
        Questions and thresholds.
    now
        Aware; its offset is the runner's home.

    Returns
    -------
    Shut | None
        Why not: a lock or a standing condition of that leg; a referral of today, whichever leg; six of ten or more said
        today, on either leg. `None`: nothing known speaks against it.

    Examples
    --------
    >>> from calfwise.library import gate
    >>> from datetime import UTC
    >>> may_test(Side.LEFT, history=History(known=True), gate=gate(), now=datetime(2026, 5, 3, tzinfo=UTC)) is None
    True
    """
    today = now.date()
    if any(past.at.astimezone(now.tzinfo).date() == today for past in history.referrals):
        return Shut("Today's check-in said that somebody should look at your calves first, so there is no test today.")
    for reason, sides in closed_before(gate=gate, history=history, now=now):
        if side in sides:
            return Shut(f"No test of the {side} leg: {_closing(reason)}.")
    felt = [
        note.soreness.worst_nrs
        for note in history.soreness
        if note.at <= now and note.at.astimezone(now.tzinfo).date() == today
    ]
    if felt and (felt[-1] or 0) >= TOO_SORE_NRS:
        return Shut(f"You said {felt[-1]} of ten today. At {TOO_SORE_NRS} or more there is no test.")
    return None


def _closing(reason: Reason) -> str:
    """Why, as half a sentence: a lock speaks for itself, a condition is what you said."""
    return f"it is {reason.text}, until a professional has seen it" if reason.id == "locked" else reason.text


def results_of(history: History, test: str) -> tuple[SelfTested, ...]:
    """Every result of a test, in order of time."""
    return tuple(done for done in history.self_tests if done.test == test)


def change_of(test: SelfTest, earlier: float | None, later: float | None) -> float | None:
    """A change beyond measurement error, in the test's unit; `None`: none, or one of the two is not known.

    Parameters
    ----------
    test
        Knows its measurement error.
    earlier, later
        Results of one leg.

    Examples
    --------
    >>> from calfwise.library import self_tests
    >>> knee = self_tests()["knee-to-wall"]
    >>> change_of(knee, 9.0, 10.9), change_of(knee, 9.0, 11.0)
    (None, 2.0)
    """
    if earlier is None or later is None:
        return None
    change = round(later - earlier, 6)
    return change if abs(change) > test.error.value else None


def change_said(test: SelfTest, earlier: SelfTested, later: SelfTested, side: Side) -> str:
    """What became of one leg, in a sentence; empty where it was not tested on both days.

    >>> from calfwise.library import self_tests
    >>> from datetime import UTC
    >>> before = SelfTested(datetime(2026, 3, 1, tzinfo=UTC), "heel-raise-count", 20, 20)
    >>> after = SelfTested(datetime(2026, 5, 1, tzinfo=UTC), "heel-raise-count", 26, 27)
    >>> change_said(self_tests()["heel-raise-count"], before, after, Side.LEFT)
    'Left: no change beyond measurement error since 1 March.'
    >>> change_said(self_tests()["heel-raise-count"], before, after, Side.RIGHT)
    'Right: 7 raises more than on 1 March, which is beyond measurement error.'
    """
    was, is_ = of(earlier, side), of(later, side)
    if was is None or is_ is None:
        return ""
    day, change = said(earlier.at.date()), change_of(test, was, is_)
    if change is None:
        return f"{side.capitalize()}: no change beyond measurement error since {day}."
    word = "more" if change > 0 else "less" if test.unit in ("cm", "s") else "fewer"
    return (
        f"{side.capitalize()}: {amount(test.unit, abs(change))} {word} than on {day}, "
        "which is beyond measurement error."
    )


def apart(test: SelfTest, done: SelfTested) -> Side | None:
    """The leg that does clearly less well; `None`: the legs are alike, or one was not tested.

    Examples
    --------
    >>> from calfwise.library import self_tests
    >>> from datetime import UTC
    >>> day = datetime(2026, 5, 1, tzinfo=UTC)
    >>> raises = self_tests()["heel-raise-count"]
    >>> apart(raises, SelfTested(day, "heel-raise-count", 24, 19)) is None
    True
    >>> apart(raises, SelfTested(day, "heel-raise-count", 28, 19))
    <Side.RIGHT: 'right'>
    """
    left, right = done.left, done.right
    if left is None or right is None or change_of(test, left, right) is None:
        return None
    share = test.asymmetry.share
    if share is not None and min(left, right) >= share * max(left, right):
        return None
    return Side.LEFT if (left < right) == (test.better == "more") else Side.RIGHT


def difference_said(test: SelfTest, done: SelfTested) -> str:
    """The legs against each other, in a sentence; empty where one was not tested."""
    if done.left is None or done.right is None:
        return ""
    side, gap = apart(test, done), amount(test.unit, abs(done.left - done.right))
    if side is None:
        return "No difference between the legs beyond measurement error."
    if test.unit == "look":
        return f"The {side} leg shows more of it than the other: {gap}."
    return f"The {side} leg does clearly less: {gap} apart, beyond measurement error."


def due_on(test: SelfTest, done: Sequence[SelfTested], *, now: datetime) -> date | None:
    """When a retest can tell something; `None`: never done. [date on the runner's calendar]"""
    if not done:
        return None
    return done[-1].at.astimezone(now.tzinfo).date() + timedelta(days=test.retest_days)


def due(tests: dict[str, SelfTest], history: History, *, now: datetime) -> tuple[str, ...]:
    """Ids of tests that were done once and whose retest is due: never one that the runner did not choose."""
    days = {id_: due_on(test, results_of(history, id_), now=now) for id_, test in tests.items()}
    return tuple(id_ for id_, day in days.items() if day is not None and day <= now.date())


def of(done: SelfTested, side: Side) -> float | None:
    """A leg's result."""
    return done.left if side is Side.LEFT else done.right


def amount(unit: Unit, value: float) -> str:
    """A result with its unit.

    >>> amount("cm", 9.5), amount("repetitions", 1), amount("s", 40.0), amount("look", 2)
    ('9.5 cm', '1 raise', '40 s', '2 things')
    """
    one, many = WORDS[unit]
    return f"{round(value, 1):g} {one if value == 1 else many}"


def allowed(test: SelfTest, value: float) -> bool:
    """Whether a result can be one: within range, and whole where repetitions or things are counted."""
    return 0 <= value <= test.most and (test.unit in ("cm", "s") or value == int(value))


def shut_legs(history: History, *, gate: Gate, now: datetime) -> dict[Side, Shut | None]:
    """For each leg, why it may not be tested now."""
    return {side: may_test(side, history=history, gate=gate, now=now) for side in BOTH_SIDES}
