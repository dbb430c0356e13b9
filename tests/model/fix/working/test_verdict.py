"""Fewer sessions is only told where mornings were answered and running went on.

Runs of 10 km every second day; the journal began 167 days ago, so twelve weeks are held against twelve:
then the days 167 to 84 ago with 42 runs, now the days 83 to 0 ago with 42 runs, the last of them today.
"""

import pytest

from calfwise.model.fix.working.verdict import Kind, Verdict
from calfwise.model.journal import AnyEvent, Morning, Screened
from calfwise.model.load.dose import RunLoad
from calfwise.model.run import Side
from calfwise.model.session import Soreness
from tests.model.fix.working.made import day, moment, mornings, ran, sessions, working

RUNS = ran(range(0, 168, 2))
ANSWERS = mornings(range(167, 0, -2))
"""After each run but today's, and on the first day of all."""
MANY_THEN = sessions(range(160, 88, -4))
"""18 sessions, on the days 160 to 92 ago."""
FEW_NOW = sessions((70, 40, 10))


def verdict(*events: AnyEvent, loads: list[RunLoad] = RUNS) -> Verdict:
    return working(loads, *events).verdict


def words(found: Verdict) -> str:
    return " ".join(found.text)


def test_fewer_sessions_with_answered_quiet_mornings_and_running_are_called_fewer() -> None:
    """18 in 420 km are 4.3 per 100 km, 3 in 420 km are 0.7."""
    found = verdict(*ANSWERS, *MANY_THEN, *FEW_NOW)
    assert found.kind is Kind.FEWER
    assert words(found).startswith("4.3 sessions per 100 km (")
    assert "in the 12 weeks from 12 January, 0.7 (" in words(found)
    assert "You answered 41 of 41 mornings, none of them sore." in words(found)
    assert found.text[-1] == "What made it so, nobody can tell from this."
    assert found.now is not None
    assert found.then is not None
    assert (found.then.first, found.then.last, found.now.first) == (day(167), day(84), day(83))
    assert (found.then.sessions, found.now.sessions, found.now.mornings) == (18, 3, 41)
    assert found.sources == ("OurRule", "CoachRule", "Silbernagel2007")


def test_the_fall_is_told_with_its_interval_on_answered_kilometres() -> None:
    """1.5 and 9 by themselves: 95 % of a beta(2.5, 9) variable lie below 0.435, and 0.435/0.565 * 420/410 = 0.789."""
    found = verdict(*ANSWERS, *MANY_THEN, *FEW_NOW)
    assert found.ratio is not None
    assert found.ratio.high == pytest.approx(0.789, abs=0.002)
    assert f"between {100 * found.ratio.low:.0f} and {100 * (found.ratio.high or 0):.0f} %" in words(found)


def test_with_three_of_twenty_mornings_answered_we_cannot_tell() -> None:
    """Of 41 mornings 6 were answered."""
    found = verdict(*mornings(range(167, 84, -2)), *mornings((11, 9, 7, 5, 3, 1)), *MANY_THEN, *FEW_NOW)
    assert found.kind is Kind.CANNOT_TELL
    assert "Fewer sessions, but you answered 6 of 41 mornings: we can't tell." in words(found)


def test_who_stopped_running_is_not_told_that_it_works() -> None:
    found = verdict(*ANSWERS, *MANY_THEN, loads=ran(range(84, 168, 2)))
    assert found.kind is Kind.CANNOT_TELL
    assert words(found) == "We can't tell: in the last 12 weeks there were 0 km of running."


def test_who_runs_a_quarter_of_what_it_was_is_told_so() -> None:
    """Ten runs now, 100 km instead of 420, where 40 % would be 168."""
    found = verdict(*ANSWERS, *MANY_THEN, *sessions((10,)), loads=ran([*range(84, 168, 2), *range(1, 21, 2)]))
    assert found.kind is Kind.CANNOT_TELL
    assert "you ran 100 km instead of 420 km" in words(found)


def test_a_locked_leg_is_no_success() -> None:
    """Locked 20 days ago and never lifted: 21 of 84 days, where 8.4 are a tenth."""
    lock = Screened(
        at=moment(20), outcome="referral", rules="made", level="P", locked=(Side.LEFT,), reasons=("stayed",)
    )
    found = verdict(*ANSWERS, *MANY_THEN, *FEW_NOW, lock)
    assert found.kind is Kind.CANNOT_TELL
    assert "a leg was locked on 21 of 84 days" in words(found)


def test_sore_mornings_without_sessions_are_no_success() -> None:
    """Every other morning now at 4: 21 of 41, where a quarter are 10."""
    sore = [Morning(at=moment(ago, 8), soreness=Soreness(4, 1)) for ago in range(1, 83, 4)]
    found = verdict(*ANSWERS, *sore, *MANY_THEN, *FEW_NOW)
    assert found.kind is Kind.CANNOT_TELL
    assert "21 of 41 mornings were sore, above 3 of 10" in words(found)


def test_a_then_of_two_runs_says_nothing_whatever_was_run_in_silence_beside_them() -> None:
    """Ten sessions then, and one answered morning after 10 km; 41 more runs without a word make no rate of it."""
    found = verdict(*mornings((167, 99)), *mornings(range(81, 0, -2)), *sessions(range(160, 100, -6)))
    assert found.kind is Kind.CANNOT_TELL
    assert "you answered 1 of 42 mornings then" in words(found)


def test_one_session_after_two_is_not_called_better() -> None:
    found = verdict(*ANSWERS, *sessions((150, 130, 30)))
    assert found.kind is Kind.ALIKE
    assert found.text[-1] == "Too few sessions to tell the two apart."


def test_three_after_six_is_not_called_better_either() -> None:
    assert verdict(*ANSWERS, *sessions(range(160, 100, -10)), *FEW_NOW).kind is Kind.ALIKE


def test_no_session_with_answered_quiet_mornings_means_that_none_was_needed() -> None:
    found = verdict(*ANSWERS)
    assert found.kind is Kind.NONE
    assert words(found) == (
        "No session in the last 12 weeks and 420 km, and none in the 12 weeks before. "
        "You answered 41 of 41 mornings, none of them sore."
    )


def test_no_session_in_silence_says_nothing() -> None:
    found = verdict(*mornings((167, 101, 95)), *mornings((21, 11)))
    assert found.kind is Kind.CANNOT_TELL
    assert words(found) == "No session then and none now, but you answered 2 of 41 mornings: we can't tell."


def test_more_sessions_are_told_plainly() -> None:
    found = verdict(*ANSWERS, *sessions((150, 120, 100)), *sessions(range(76, 4, -4)))
    assert found.kind is Kind.MORE
    assert "more than chance does" in words(found)


def test_more_sessions_than_when_little_was_written_down_say_nothing() -> None:
    """Then the mornings 101, 95, 91 and 83 days ago, of 42."""
    found = verdict(*mornings((167, 101, 95, 91)), *mornings(range(83, 0, -2)), *sessions(range(76, 4, -4)))
    assert found.kind is Kind.CANNOT_TELL
    assert "More sessions, but you answered 4 of 42 mornings then: we can't tell." in words(found)


@pytest.mark.parametrize(("days_ago", "from_"), [(20, "2 August"), (54, "29 June")])
def test_before_eight_weeks_it_is_too_early_to_say(days_ago: int, from_: str) -> None:
    """The first day counts: 56 days from the 8th of June end on 2 August, from 5 May on 29 June."""
    found = verdict(*mornings((days_ago,)), *sessions((9, 6, 3)))
    assert found.kind is Kind.TOO_EARLY
    assert found.text == (
        f"Too early to say: 3 sessions in {days_ago + 1} days so far.",
        f"From {from_} on, four weeks are held against four.",
    )


def test_from_eight_weeks_on_four_are_held_against_four() -> None:
    found = verdict(*mornings((55,)))
    assert found.now is not None
    assert found.then is not None
    assert (found.then.first, found.then.last, found.now.first) == (day(55), day(28), day(27))


def test_a_journal_of_years_is_held_against_the_same_twelve_weeks_of_last_year() -> None:
    """52 weeks back from today: then begins 363 days ago."""
    found = verdict(*mornings((5000,)), *ANSWERS, loads=ran(range(0, 5000, 2)))
    assert found.then is not None
    assert (found.then.first, found.then.last) == (day(363), day(280))


def test_without_a_word_or_a_run_it_is_too_early() -> None:
    found = working([])
    assert found.verdict.kind is Kind.TOO_EARLY
    assert found.verdict.text == ("Too early to say: nothing is written down yet.",)
    assert (found.windows, found.weeks, found.years, found.same_weeks) == ((), (), (), ())


def test_nobody_is_praised_and_nothing_promised() -> None:
    for found in (verdict(*ANSWERS), verdict(*ANSWERS, *MANY_THEN, *FEW_NOW), verdict(*ANSWERS, *FEW_NOW)):
        text = words(found).casefold()
        for word in ("great", "well done", "streak", "safe", "cure", "heal", "treat", "works", "thanks to"):
            assert word not in text
