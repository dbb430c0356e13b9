"""Spots that got quiet, how long it took, and those that have not yet. Silence is no quiet."""

from calfwise.model.fix.working.spots import SpotCourse, SpotsQuiet, SpotState
from calfwise.model.journal import AnyEvent, Planned
from calfwise.model.run import Side
from calfwise.model.session import Session, Spot, WaitingSpot
from tests.model.fix.working.made import LEFT, day, marked, moment, mornings, session, working

TELLING = mornings(range(100, 0, -10))
ZONES = ("medial-upper", "medial-middle", "medial-lower", "lateral-upper", "lateral-middle", "junction")


def found(*events: AnyEvent) -> SpotsQuiet:
    return working([], *events).spots


def course(*events: AnyEvent) -> SpotCourse:
    [only] = found(*events).courses
    return only


def test_a_spot_that_stayed_at_two_for_four_weeks_is_quiet_and_its_days_and_sessions_are_counted() -> None:
    """Tender at 6 80 days ago, worked on then and 76 days ago, marked at 2 on day 70: ten days, two sessions."""
    only = course(*TELLING, *session(80, before=6, after=4), *session(76, before=4), marked(70, 2))
    assert (only.state, only.first, only.first_nrs) == (SpotState.QUIET, day(80), 6)
    assert (only.quiet_on, only.days, only.sessions, only.came_back) == (day(70), 10, 2, 0)


def test_right_after_a_session_everything_is_quieter_so_the_next_word_dates_it() -> None:
    """From 5 to 1 in a session 85 days ago; the next word was 80 days ago, and nothing spoke against it since."""
    only = course(*TELLING, *session(85, before=5, after=1))
    assert (only.state, only.quiet_on, only.days) == (SpotState.QUIET, day(80), 5)
    unsaid = course(*session(85, before=5, after=1))
    assert (unsaid.state, unsaid.quiet_on) == (SpotState.SILENT, None)


def test_tender_again_at_the_next_word_it_was_never_quiet() -> None:
    only = course(*TELLING, *session(45, before=5, after=1), marked(44, 4))
    assert (only.state, only.first, only.came_back) == (SpotState.TENDER, day(45), 0)


def test_quiet_for_27_days_is_quiet_lately_and_no_more() -> None:
    only = course(*TELLING, *session(60, before=6), marked(27, 2))
    assert (only.state, only.days) == (SpotState.QUIETER, None)
    assert course(*TELLING, *session(60, before=6), marked(28, 2)).state is SpotState.QUIET


def test_without_a_word_in_these_weeks_nobody_knows() -> None:
    only = course(*session(90, before=6), marked(80, 1))
    assert (only.state, only.days) == (SpotState.SILENT, None)


def test_three_of_ten_is_still_tender() -> None:
    assert course(*TELLING, *session(40, before=6), marked(35, 3)).state is SpotState.TENDER


def test_a_spot_that_came_back_begins_anew() -> None:
    """Quiet from day 70 on, tender again on day 20."""
    only = course(*TELLING, *session(80, before=6), marked(70, 1), *session(20, before=5, after=4))
    assert (only.state, only.first, only.came_back, only.sessions) == (SpotState.TENDER, day(20), 1, 1)


def test_tender_again_within_four_weeks_is_the_same_spell() -> None:
    only = course(*TELLING, *session(80, before=6), marked(70, 1), marked(60, 4), marked(50, 2))
    assert (only.first, only.came_back, only.quiet_on, only.days) == (day(80), 0, day(50), 30)


def test_a_spot_that_waits_says_so() -> None:
    waits = Planned(
        at=moment(3),
        session=Session(id="later", at=moment(3), items=()),
        queue=(WaitingSpot(LEFT, 5, moment(3), "it keeps until tomorrow"),),
    )
    assert course(*TELLING, marked(3, 5), waits).state is SpotState.WAITING


def test_a_place_that_was_never_tender_is_none_of_them() -> None:
    assert found(*TELLING, marked(30, 2)).courses == ()
    assert found(*TELLING).text == "No spot was ever marked as tender so far."


def several(*days_until_quiet: int | None) -> SpotsQuiet:
    """Spots that became tender 90 days ago; `None`: tender still, when last pressed 5 days ago."""
    events: list[AnyEvent] = [*TELLING]
    places = [Spot(side, zone) for side in Side for zone in ZONES]
    for spot, days in zip(places, days_until_quiet, strict=False):
        events += [marked(90, 6, spot), marked(5, 5, spot) if days is None else marked(90 - days, 2, spot)]
    return found(*events)


def test_half_of_the_spots_were_quiet_by_the_middle_day_counting_those_that_are_not() -> None:
    """Two of seven not yet: after 40 days 3/7 are left; of the five that did get quiet half were by day 30."""
    all_of_them = several(10, 20, 30, 40, 60, None, None)
    assert all_of_them.middle_days == 40
    assert all_of_them.text == (
        "5 of 7 spots got quiet and stayed so for 28 days. "
        "Half were quiet within 40 days, those still tender counted in."
    )


def test_while_fewer_than_half_are_quiet_there_is_no_middle() -> None:
    """Five of eleven."""
    few = several(10, 20, 30, 40, 60, *[None] * 6)
    assert few.middle_days is None
    assert "Fewer than half, so no middle time yet." in few.text


def test_four_quiet_spots_are_too_few_to_say_how_long_it_takes() -> None:
    assert "too early to say, 5 quiet ones are needed" in several(10, 20, 30, 40, None).text


def test_those_that_wait_or_are_tender_come_first() -> None:
    assert [each.state for each in several(10, None, 20).courses] == [
        SpotState.TENDER, SpotState.QUIET, SpotState.QUIET
    ]  # fmt: skip
