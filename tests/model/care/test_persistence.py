"""Soreness over days: what is still there, what came back, and what a harder run explains."""

import pytest

from calfwise.model.care.outcomes import Clear, Referral
from calfwise.model.care.signs import Level
from calfwise.model.journal import History, PastSession
from calfwise.model.session import Session

from . import LEFT, LONGER, RIGHT, ago, evenings, open_legs, reasons, screened, seen


def every_evening(first, last, left, right):
    """The same soreness each evening from so many days ago until so many days ago."""
    return [(days, left, right) for days in range(first, last - 1, -1)]


def referred(answer, *why, level, locked):
    assert isinstance(answer, Referral)
    assert (answer.level, answer.locked) == (level, locked)
    assert set(reasons(answer)) == set(why)


# Still there


@pytest.mark.parametrize(("days", "stayed"), [(13, False), (14, True), (20, True)])
def test_still_there_on_day_14_somebody_looks_within_a_week(days, stayed):
    answer = screened(5, 4, history=evenings(*every_evening(days, 1, 5, 5)))
    if stayed:
        referred(answer, "stayed", level=Level.WEEK, locked=(LEFT, RIGHT))
    else:
        assert open_legs(answer) == (LEFT, RIGHT)


def test_only_the_leg_that_stayed_sore_is_locked():
    answer = screened(3, 1, history=evenings(*every_evening(14, 1, 3, 1)))
    referred(answer, "stayed", level=Level.WEEK, locked=(LEFT,))


def test_soreness_of_one_in_ten_is_not_counted():
    assert screened(1, 1, history=evenings(*every_evening(40, 1, 1, 1))) == Clear()


def test_soreness_of_two_in_ten_is():
    assert reasons(screened(2, 2, history=evenings(*every_evening(14, 1, 2, 2)))) == ["stayed", "stayed"]


def test_one_quiet_evening_ends_the_count():
    history = evenings(*every_evening(14, 8, 4, 4), (7, 1, 1), *every_evening(6, 1, 4, 4))
    assert "stayed" not in reasons(screened(4, 4, history=history))


def test_a_week_of_silence_ends_the_count_and_less_does_not():
    assert screened(4, 4, history=evenings((16, 4, 4), (8, 4, 4))) == Clear()
    assert "stayed" in reasons(screened(4, 4, history=evenings((16, 4, 4), (10, 4, 4), (5, 4, 4))))


def test_tenderness_to_pressing_is_never_counted():
    """Only walking soreness is in these notes; a journal full of tender spots says nothing here."""
    assert screened(0, 0, history=evenings(*every_evening(30, 1, 0, 0))) == Clear()


def test_mild_on_both_sides_without_clearing_has_14_days_like_everything():
    assert "stayed" in reasons(screened(2, 2, history=evenings(*every_evening(14, 1, 3, 3))))


# Both calves at 3 for four days, a quiet Friday, again and again: it clears between runs.
WAVES = [(30, 2, 2), (28, 3, 3), (26, 2, 3), (24, 1, 1), (22, 2, 2), (20, 3, 3), (18, 2, 2), (16, 1, 0), (14, 2, 2),
         (12, 3, 3), (10, 2, 2), (8, 1, 1), (6, 2, 2), (4, 3, 2), (2, 3, 3)]  # fmt: skip


def test_mild_on_both_sides_that_clears_between_runs_has_28_days():
    later = [(days - 3, left, right) for days, left, right in WAVES if days > 3]
    assert screened(2, 2, history=evenings(*later)) == Clear()
    referred(screened(2, 2, history=evenings(*WAVES)), "stayed", level=Level.WEEK, locked=(LEFT, RIGHT))


def test_four_in_ten_is_not_mild():
    waves = [
        (days - 3, left + 1, right + 1) if left > 1 else (days - 3, left, right) for days, left, right in WAVES[:-1]
    ]
    assert "came-back" in reasons(screened(3, 3, history=evenings(*waves)))


def test_mild_is_never_treated_more_strictly_than_not_mild():
    """A day of soreness after each week's run, over six weeks: ordinary at 4, and all the more at 2."""
    weeks = [(7 * week + day, nrs, nrs) for week in range(1, 7) for day, nrs in ((0, 2), (-2, 0))]
    assert screened(2, 2, history=evenings(*weeks)) == Clear()
    weeks = [(days, 2 * left, 2 * right) for days, left, right in weeks]
    assert screened(4, 4, history=evenings(*weeks)) == Clear()


# Came back


def test_back_within_28_days_on_one_side_means_today():
    """Left at 3 for four days, quiet on day five, back two weeks later; the right one at 1 all the time."""
    history = evenings(*every_evening(18, 14, 3, 1), (13, 1, 1), (7, 0, 0))
    referred(screened(3, 1, history=history), "came-back", level=Level.TODAY, locked=(LEFT, RIGHT))


def test_back_within_28_days_on_both_sides_means_within_a_week():
    history = evenings(*every_evening(18, 14, 5, 5), (13, 1, 1), (7, 0, 0))
    referred(screened(4, 4, history=history), "came-back", level=Level.WEEK, locked=(LEFT, RIGHT))


@pytest.mark.parametrize(("ended", "back"), [(27, True), (28, True), (29, False)])
def test_after_28_days_it_is_a_new_soreness(ended, back):
    history = evenings(*every_evening(ended + 4, ended, 5, 5), (ended - 1, 0, 0), (3, 0, 0))
    assert ("came-back" in reasons(screened(4, 4, history=history))) is back


def test_soreness_that_lasted_under_72_hours_does_not_come_back():
    history = evenings((16, 5, 5), (14, 3, 3), (13, 1, 1), (7, 0, 0))
    assert screened(5, 5, history=history) == Clear()


def test_soreness_that_lasted_72_hours_does():
    history = evenings((17, 5, 5), (14, 3, 3), (13, 1, 1), (7, 0, 0))
    assert "came-back" in reasons(screened(5, 5, history=history))


def test_28_days_are_counted_from_the_last_one_that_lasted():
    """Four days of it six weeks ago, an evening of it three weeks ago: neither comes back today."""
    history = evenings(*every_evening(44, 40, 5, 5), (39, 0, 0), (20, 4, 4), (19, 0, 0), (3, 0, 0))
    assert screened(4, 4, history=history) == Clear()


def test_mild_soreness_of_two_months_ago_is_no_part_of_these_four_weeks():
    history = evenings(*every_evening(64, 60, 3, 3), (59, 0, 0), *every_evening(12, 8, 3, 3), (7, 0, 0), (3, 0, 0))
    assert screened(2, 2, history=history) == Clear()


def test_mild_on_both_sides_after_one_side_alone_came_back():
    history = evenings(*every_evening(18, 14, 3, 1), (13, 0, 0), (7, 0, 0))
    referred(screened(3, 3, history=history), "came-back", level=Level.WEEK, locked=(LEFT,))


# Harder runs


def test_a_rise_within_72_hours_of_a_harder_run_does_not_come_back():
    history = evenings(*every_evening(18, 14, 5, 5), (13, 1, 1), (3, 0, 0))
    assert screened(5, 5, history=history, explained=LONGER, hard_ends=(ago(hours=30),)) == Clear()


def test_what_a_harder_run_began_did_not_come_back_either_when_its_72_hours_are_over():
    """Quiet, a long run on Saturday evening, 5 on Sunday, still 3 on Wednesday: it came with a new load."""
    history = evenings(*every_evening(18, 14, 5, 5), (13, 1, 1), (5, 0, 0), (3, 5, 5), (2, 4, 4))
    assert screened(3, 3, history=history, hard_ends=(ago(days=4),)) == Clear()


def test_but_what_begins_on_the_fourth_day_after_it_did():
    history = evenings(*every_evening(18, 14, 5, 5), (13, 1, 1), (5, 0, 0), (3, 0, 0), (2, 0, 0))
    assert "came-back" in reasons(screened(3, 3, history=history, hard_ends=(ago(days=4),)))


def test_a_rise_within_72_hours_of_a_harder_run_starts_no_count():
    """Sore only in the three days after each of six harder runs: nothing is counted, however long."""
    runs = [ago(days=days) for days in range(18, 0, -3)]
    history = evenings(*every_evening(17, 1, 4, 4))
    assert screened(4, 4, history=history, explained=LONGER, hard_ends=runs) == Clear()


def test_soreness_from_before_a_harder_run_counts_on_through_it():
    history = evenings(*every_evening(14, 1, 2, 2))
    answer = screened(5, 5, history=history, explained=LONGER, hard_ends=(ago(hours=20),))
    referred(answer, "stayed", level=Level.WEEK, locked=(LEFT, RIGHT))


def test_what_is_still_there_after_the_72_hours_counts_from_then_on():
    """A run 18 days ago, sore ever since: the count began when its three days were over, 15 days ago."""
    history = evenings((18.1, 0, 0), *every_evening(17, 1, 4, 4))
    assert "stayed" in reasons(screened(4, 4, history=history, hard_ends=(ago(days=18),)))
    later = evenings((16.6, 0, 0), *every_evening(16, 1, 4, 4))
    assert screened(4, 4, history=later, hard_ends=(ago(days=16.5),)) == Clear()


def test_a_harder_run_after_a_long_silence_is_a_new_load():
    """Last heard of ten days ago, at 5 for four days; yesterday's long run: ordinary."""
    history = evenings(*every_evening(14, 10, 5, 5))
    assert screened(5, 5, history=history, explained=LONGER, hard_ends=(ago(hours=20),)) == Clear()


def test_what_a_harder_run_began_is_over_with_the_first_quiet_evening():
    """Sore for four days, quiet; a hard run, sore, quiet again; what comes now without a run did come back."""
    history = evenings(*every_evening(25, 21, 5, 5), (20, 0, 0), (11, 5, 5), (8.5, 4, 4), (8, 0, 0), (3, 0, 0))
    assert "came-back" in reasons(screened(4, 4, history=history, hard_ends=(ago(days=12),)))


# A professional's word


def test_what_a_professional_has_looked_at_begins_anew():
    """Sore for three weeks; the physio said on day 20 that massage is fine."""
    history = evenings(*every_evening(21, 1, 4, 4))
    looked = History(known=True, soreness=history.soreness, seen=(seen(days=1),))
    assert screened(4, 4, history=looked) == Clear()


@pytest.mark.parametrize("word", [seen(fine=False, days=1), seen(block="pregnant", days=1), seen(days=-1)])
def test_no_other_word_begins_it_anew(word):
    history = evenings(*every_evening(21, 1, 4, 4))
    assert isinstance(screened(4, 4, history=History(known=True, soreness=history.soreness, seen=(word,))), Referral)


def test_a_professional_s_word_about_one_leg_is_about_that_leg():
    history = evenings(*every_evening(21, 1, 4, 4))
    looked = History(known=True, soreness=history.soreness, seen=(seen(side=LEFT, days=1),))
    referred(screened(4, 4, history=looked), "stayed", level=Level.WEEK, locked=(RIGHT,))


# No better


def sore_since(days, *sessions, first=4, now=4, hard_ends=(), lately=()):
    """Both calves sore for so many days, with sessions so many days ago."""
    history = evenings(*every_evening(days, 2 if lately else 1, first, first), *lately)
    past = tuple(
        PastSession(ago(days=at), Session(id=f"{at}", at=ago(days=at), items=()), (), False) for at in sessions
    )
    journal = History(known=True, soreness=history.soreness, sessions=past)
    return screened(now, now, history=journal, hard_ends=hard_ends)


def test_unchanged_after_three_sessions_and_seven_days_suggests_a_professional_and_locks_nothing():
    answer = sore_since(7, 6.99, 4, 1)
    assert isinstance(answer, Clear)
    assert reasons(answer) == ["no-better"]


@pytest.mark.parametrize(
    "answer",
    [sore_since(6, 5, 3, 1), sore_since(7, 4, 1), sore_since(9, 20, 4, 1), sore_since(8, 6, 4, 1, now=3)],
    ids=["six days", "two sessions", "one of them before it began", "less than it was"],
)
def test_sooner_or_with_fewer_sessions_or_better_nothing_is_suggested(answer):
    assert answer == Clear()


def test_worse_than_it_was_is_no_better_too():
    assert reasons(sore_since(8, 6, 4, 1, now=5)) == ["no-better"]


def test_a_rise_after_a_harder_run_hides_no_betterment():
    """From 4 to 3, and back at 4 after last night's hard run: it counts as 3, so it is better than it was."""
    assert sore_since(8, 6, 4, 1, lately=[(1, 3, 3)], hard_ends=(ago(hours=20),)) == Clear()
    assert reasons(sore_since(8, 6, 4, 1, lately=[(1, 3, 3)])) == ["no-better"]
