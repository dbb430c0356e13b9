"""Days with a locked leg: the gate's own answer for each day, found in one walk."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfwise.model.care.screening import closed_before
from calfwise.model.fix.working.locked import locked_days
from calfwise.model.journal import AnyEvent, CheckIn, Morning, Said, Screened, Seen, fold
from calfwise.model.run import Side
from calfwise.model.session import Soreness
from tests.model.fix.working.made import GATE, NOW, day, moment


def referred(
    ago: float, *, level: str = "P", two_sided: bool = False, reasons: tuple[str, ...] = ("stayed",)
) -> Screened:
    locked = (Side.LEFT,) if level == "P" and not two_sided else (Side.LEFT, Side.RIGHT)
    return Screened(
        at=moment(ago, 9), outcome="referral", rules="made", level=level, locked=locked, reasons=reasons,
        two_sided=two_sided,
    )  # fmt: skip


def seen(ago: float, *, fine: bool = True, side: Side | None = None) -> Seen:
    return Seen(at=moment(ago, 10), by="physio", on=day(int(ago)), massage_is_fine=fine, side=side)


def found(*events: AnyEvent) -> list[int]:
    """So many days ago each, the latest last."""
    days = locked_days(fold(events), gate=GATE, now=NOW)
    return sorted(((NOW.date() - each).days for each in days), reverse=True)


def test_a_lock_lasts_until_a_professional_says_that_massage_is_fine() -> None:
    assert found(referred(10), seen(4)) == [10, 9, 8, 7, 6, 5]


def test_without_a_word_it_lasts_to_this_day() -> None:
    assert found(referred(3)) == [3, 2, 1, 0]


def test_who_saw_it_and_did_not_agree_lifts_nothing_and_a_later_no_locks_again() -> None:
    assert found(referred(6), seen(4, fine=False), seen(2)) == [6, 5, 4, 3]
    assert found(referred(9), seen(6), seen(2, fine=False)) == [9, 8, 7, 2, 1, 0]


def test_a_word_about_the_other_leg_lifts_nothing() -> None:
    assert found(referred(3), seen(2, side=Side.RIGHT)) == [3, 2, 1, 0]


def test_seven_quiet_mornings_lift_what_stayed_on_both_sides() -> None:
    """Referred 20 days ago; quiet from 19 days ago on; the seventh of them is 13 days ago."""
    quiet = [Morning(at=moment(ago), soreness=Soreness(1, 0)) for ago in range(19, -1, -1)]
    assert found(referred(20, two_sided=True), *quiet) == [20, 19, 18, 17, 16, 15, 14]


def test_a_condition_stands_in_the_way_between_the_days_it_was_named() -> None:
    yes = [CheckIn(at=moment(ago, 9), answers={"cast": Said.YES}) for ago in (10, 5)]
    named = [referred(ago, level="N", reasons=("cast",)) for ago in (10, 5)]
    assert set(range(5, 11)) <= set(found(*yes, *named))


@pytest.mark.parametrize("events", [(), (Morning(at=moment(3), soreness=Soreness(9, 9)),)])
def test_soreness_alone_locks_nothing(events: tuple[AnyEvent, ...]) -> None:
    assert found(*events) == []


EVENTS = st.one_of(
    st.builds(
        referred,
        st.integers(0, 40),
        level=st.sampled_from(["P", "U", "E"]),
        two_sided=st.booleans(),
        reasons=st.sampled_from([("stayed",), ("came-back", "stayed"), ("locked",), ("swelling",)]),
    ),
    st.builds(seen, st.integers(0, 40), fine=st.booleans(), side=st.sampled_from([None, *Side])),
    st.builds(
        lambda ago, left, right: Morning(at=moment(ago), soreness=Soreness(left, right)),
        st.integers(0, 40), st.integers(0, 3), st.integers(0, 1),
    ),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(EVENTS, max_size=25))
def test_every_day_is_as_the_gate_had_answered_it_then(events: list[AnyEvent]) -> None:
    locked = locked_days(fold(events), gate=GATE, now=NOW)
    for ago in range(40, -1, -1):
        end = NOW - timedelta(days=ago)
        then = fold([event for event in events if event.at <= end])
        closed = closed_before(gate=GATE, history=then, now=end)
        assert (end.date() in locked) == bool(closed), (ago, date.isoformat(end.date()))
