"""What earlier referrals still lock, as it is told: since when, why, and how far quiet mornings have come."""

from calfwise.model.care.refer import StillLocked
from calfwise.model.care.screening import locked_before
from calfwise.model.care.signs import Level
from calfwise.model.journal import CheckIn, fold

from . import GATE, LEFT, RIGHT, ago, answers, locked, morning, seen

TWO_SIDED = locked(LEFT, RIGHT, reasons=("stayed", "stayed"), two_sided=True, days=10)


def before(*events) -> tuple[StillLocked, ...]:
    return locked_before(gate=GATE, history=fold(events), now=ago())


def test_a_lock_says_since_when_why_and_for_which_leg():
    past = locked(LEFT, reasons=("stab", "locked"), days=4)
    assert before(past) == (StillLocked(past.at.date(), Level.WEEK, (LEFT,), ("stab",)),)


def test_a_professional_who_calls_one_leg_fine_leaves_the_other_one():
    past = locked(LEFT, RIGHT, reasons=("stab",), days=4)
    (left,) = before(past, seen(side=LEFT, days=2))
    assert left.sides == (RIGHT,)
    assert before(past, seen(days=2)) == ()


def test_quiet_mornings_are_counted_where_they_lift_it():
    (lock,) = before(TWO_SIDED, *(morning(0, 1, days=day) for day in (4, 3, 2)))
    assert lock.quiet_mornings == 3
    (other,) = before(locked(LEFT, reasons=("stab",), days=10), *(morning(0, 1, days=day) for day in (4, 3, 2)))
    assert other.quiet_mornings is None


def test_two_notes_of_one_morning_are_one_and_a_loud_one_begins_anew():
    said = (morning(0, 0, days=5), morning(3, 0, days=4), morning(0, 0, days=3), morning(1, 1, days=3))
    (lock,) = before(TWO_SIDED, *said)
    assert lock.quiet_mornings == 1


def test_the_seventh_quiet_morning_lifts_it():
    assert len(before(TWO_SIDED, *(morning(0, 1, days=day) for day in range(6, 0, -1)))) == 1
    assert before(TWO_SIDED, *(morning(0, 1, days=day) for day in range(7, 0, -1))) == ()


def test_after_a_sign_no_quiet_morning_counts():
    sign = CheckIn(at=ago(days=6), answers=answers(lump="left"))
    (lock, *_) = before(TWO_SIDED, sign, *(morning(0, 1, days=day) for day in range(5, 0, -1)))
    assert lock.quiet_mornings == 0
