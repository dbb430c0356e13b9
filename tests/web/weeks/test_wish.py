"""What is wanted of the weeks ahead: said by one form, kept as the terminal keeps it, changed and ended."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from calfwise.model.journal import Consent, DaysLaid, WantsWeeks
from calfwise.model.weeks import ElementKind, WeeksWish
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.weeks.snapshot import usual_days
from calfwise_web.yours.consent import HEALTH_NOTES
from tests.model.load.made import load
from tests.model.load.made import outings as outings_made
from tests.web.conftest import Rows
from tests.web.load.holding import NOW, hold

WISH = "/weeks/wish/"
TODAY = NOW.date()
SAID: dict[str, Any] = {"weeks": "6", "begins": "today", "run_days": ["1", "3", "6"], "goal": "further"}
Form = dict[str, Any]


def text(answer: Any) -> str:
    """The page's words, in one line."""
    return " ".join(unescape(answer.content.decode()).split())


def wishes(journal: Journal) -> list[WeeksWish | None]:
    return [each.wish for each in lines.events_of(journal, "weeks-wanted") if isinstance(each, WantsWeeks)]


# ------------------------------------------------------------ before any wish
def test_before_any_wish_the_page_is_one_short_form(browser: Client, journal: Journal) -> None:
    page = text(browser.get("/weeks/"))
    assert page.count("<form") == 1
    for words in ("Days that suit for running", "What for", "How many weeks", "Plan my weeks", "not a promise"):
        assert words in page


def test_it_is_filled_so_that_one_tap_is_enough(browser: Client, journal: Journal) -> None:
    page = browser.get("/weeks/")
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields}
    answer = browser.post(WISH, {name: value for name, value in typed.items() if value is not None})
    assert answer.status_code == 302
    assert wishes(journal) == [WeeksWish(begins=TODAY, weeks=6, run_days=(1, 3, 6), goal="steady")]


def test_the_days_offered_are_those_on_which_one_runs_already(browser: Client, journal: Journal) -> None:
    """Four Mondays and three Thursdays of the last eight weeks, and one Saturday."""
    runs = [load(start=NOW - timedelta(days=days)) for days in (2, 9, 16, 23, 6, 13, 20, 4)]
    hold(journal, runs)
    form = browser.get("/weeks/").context["form"]
    assert form["run_days"].value() == ["0", "3"]


def test_without_a_habit_no_day_is_called_one() -> None:
    assert usual_days(outings_made(load(start=NOW - timedelta(days=2))), today=TODAY) == ()


def test_all_that_is_said_is_kept(browser: Client, journal: Journal) -> None:
    more = {"begins": "monday", "other_days": ["2"], "leave_out": ["grass", "tempo-run"], "most_minutes": "75"}
    assert browser.post(WISH, SAID | more).status_code == 302
    assert wishes(journal) == [
        WeeksWish(
            begins=date(2026, 11, 23),
            weeks=6,
            run_days=(1, 3, 6),
            goal="further",
            other_days=(2,),
            leave_out=(ElementKind.TEMPO, ElementKind.GRASS),
            most_minutes=75,
        )
    ]


# ------------------------------------------------------------ what is wrong
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"run_days": []}, "One day at least: which suits for running?"),
        ({"run_days": ["7"]}, "A day of the week, please."),
        ({"weeks": "3"}, "4 to 12 weeks, please."),
        ({"weeks": "13"}, "4 to 12 weeks, please."),
        ({"weeks": ""}, "4 to 12 weeks, please."),
        ({"goal": "marathon"}, "One of these, please."),
        ({"goal": ""}, "What are these weeks for?"),
        ({"begins": "yesterday"}, "Today or on Monday, please."),
        ({"most_minutes": "9"}, "10 minutes or more."),
        ({"most_minutes": "601"}, "600 minutes at most."),
        ({"most_minutes": "an hour"}, "Whole minutes, as in 60."),
        ({"leave_out": ["easy-run"]}, "That is nothing a day can hold."),
        ({"goal": "return", "agreed_on": "2026-11-19", "agreed_by": "my physio"}, "That day is still to come."),
        ({"goal": "return", "agreed_on": "2025-01-01", "agreed_by": "my physio"}, "That is over a year ago."),
        ({"goal": "return", "agreed_on": "17 Nov", "agreed_by": "my physio"}, "A day, please, like 2026-05-03."),
        ({"goal": "return", "agreed_on": "2026-11-17"}, "Who agreed?"),
        ({"goal": "return", "agreed_by": "my physio"}, "When did they agree?"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(
    browser: Client, journal: Journal, rows: Callable[[], Rows], wrong: Form, words: str
) -> None:
    before = rows()
    answer = browser.post(WISH, SAID | wrong)
    assert answer.status_code == 422
    assert words in text(answer)
    assert rows() == before


def test_what_was_typed_stays_when_something_is_wrong(browser: Client, journal: Journal) -> None:
    answer = browser.post(
        WISH, SAID | {"weeks": "9", "run_days": ["0", "5"], "most_minutes": "an hour", "leave_out": ["grass"]}
    )
    page = text(answer)
    for kept in (
        '<input type="checkbox" name="run_days" value="0"',
        '<input type="radio" name="weeks" value="9"',
        '<input type="checkbox" name="leave_out" value="grass"',
    ):
        assert "checked" in page[page.index(kept) :].partition(">")[0], kept
    assert 'value="an hour"' in page
    assert '<details class="fold more" open>' in page, "what is wrong is not folded away"


# ------------------------------------------------------------ return after a strain
def test_a_return_asks_who_agreed_and_when_and_says_that_it_waits(browser: Client, journal: Journal) -> None:
    page = text(browser.get("/weeks/"))
    assert "Say who agreed that you run again, and when. Until then the weeks wait: no run is planned." in page
    assert browser.post(WISH, SAID | {"goal": "return"}).status_code == 302
    page = text(browser.get("/weeks/"))
    assert "Your return waits for a word" in page


def test_the_word_of_a_professional_is_added_later(browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID | {"goal": "return"})
    answer = browser.post("/weeks/agreed/", {"agreed_by": "my physio", "agreed_on": "2026-11-17"})
    assert answer.status_code == 302
    last = wishes(journal)[-1]
    assert last is not None
    assert (last.agreed_by, last.agreed_on) == ("my physio", date(2026, 11, 17))
    page = text(browser.get("/weeks/"))
    assert "Your return waits" not in page
    assert "my physio agreed on 17 November" in page


@pytest.mark.parametrize("said", [{}, {"agreed_by": "my physio"}, {"agreed_on": "2026-11-17"}])
def test_half_a_word_is_none(browser: Client, journal: Journal, said: Form) -> None:
    browser.post(WISH, SAID | {"goal": "return"})
    answer = browser.post("/weeks/agreed/", said)
    assert answer.status_code == 422
    assert wishes(journal)[-1] == wishes(journal)[0]
    if "agreed_by" in said:
        assert 'value="my physio"' in text(answer)


def test_who_agreed_to_what_is_no_return_is_not_kept(browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID | {"agreed_by": "my physio", "agreed_on": "2026-11-17"})
    assert wishes(journal) == [WeeksWish(begins=TODAY, weeks=6, run_days=(1, 3, 6), goal="further")]


# ------------------------------------------------------------ changing and ending
def test_the_form_to_change_holds_what_was_said(browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID | {"weeks": "8", "other_days": ["2"], "most_minutes": "75"})
    form = browser.get(WISH).context["form"]
    assert [form[name].value() for name in ("weeks", "run_days", "goal", "other_days", "most_minutes", "begins")] == [
        "8", ["1", "3", "6"], "further", ["2"], 75, "as-it-began",
    ]  # fmt: skip


def test_a_change_goes_on_where_the_weeks_began(browser: Client, journal: Journal) -> None:
    begun = WeeksWish(begins=date(2026, 11, 9), weeks=6, run_days=(1, 3), not_on=(date(2026, 11, 20),))
    hold(journal, [], WantsWeeks(at=NOW - timedelta(days=9), wish=begun))
    browser.post(WISH, SAID | {"begins": "as-it-began"})
    last = wishes(journal)[-1]
    assert last is not None
    assert (last.begins, last.not_on) == (begun.begins, begun.not_on)


def test_weeks_that_are_over_begin_anew(browser: Client, journal: Journal) -> None:
    hold(journal, [], WantsWeeks(at=NOW - timedelta(days=60), wish=WeeksWish(date(2026, 9, 7), 4, (1, 3))))
    form = browser.get(WISH).context["form"]
    assert form["begins"].value() == "today"


def test_the_weeks_end_when_one_says_so_and_can_begin_again(browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID)
    assert browser.post("/weeks/end/", follow=True).status_code == 200
    assert wishes(journal)[-1] is None
    page = text(browser.get("/weeks/"))
    assert "Plan my weeks" in page
    assert "The weeks are ended. What you did stays in your journal." not in page, "said once"


def test_what_never_was_cannot_end(browser: Client, journal: Journal, rows: Callable[[], Rows]) -> None:
    for path in ("/weeks/end/", "/weeks/agreed/", "/weeks/not-on/"):
        assert browser.post(path, {"day": "2026-11-18"}).status_code == 302
    assert wishes(journal) == []


# ------------------------------------------------------------ a day that does not suit
def not_on(journal: Journal) -> tuple[date, ...]:
    last = wishes(journal)[-1]
    assert last is not None
    return last.not_on


def test_a_day_that_does_not_suit_is_left_free_and_taken_up_again(
    browser: Client, journal: Journal, clock: Callable[..., None]
) -> None:
    browser.post(WISH, SAID)
    clock(minutes=1)
    browser.post("/weeks/not-on/", {"day": "2026-11-19"})
    assert not_on(journal) == (date(2026, 11, 19),)
    clock(minutes=2)
    browser.post("/weeks/not-on/", {"day": "2026-11-19", "again": "on"})
    assert not_on(journal) == ()


def test_not_this_week_is_every_day_that_is_left_of_it(browser: Client, journal: Journal) -> None:
    """Weeks that began on Monday, 16 November: Wednesday to Sunday are left."""
    begun = WeeksWish(begins=date(2026, 11, 16), weeks=6, run_days=(1, 3))
    hold(journal, [], WantsWeeks(at=NOW - timedelta(days=2), wish=begun))
    browser.post("/weeks/not-on/", {"day": "2026-11-18", "whole": "week"})
    assert not_on(journal) == tuple(date(2026, 11, day) for day in range(18, 23))


@pytest.mark.parametrize("day", ["2026-11-17", "2026-12-30", "tomorrow", ""])
def test_days_that_are_over_or_outside_the_weeks_stay_as_they_were(browser: Client, journal: Journal, day: str) -> None:
    """Six weeks from 18 November end on 29 December."""
    browser.post(WISH, SAID)
    browser.post("/weeks/not-on/", {"day": day})
    assert not_on(journal) == ()
    assert len(wishes(journal)) == 1


def test_from_today_one_comes_back_to_today(browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID)
    answer = browser.post("/weeks/not-on/", {"day": "2026-11-18", "from": "today"})
    assert answer["Location"] == "/"


# ------------------------------------------------------------ who may what
def test_without_the_agreement_to_keep_notes_nothing_is_kept(browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID | {"goal": "return"})
    before = wishes(journal)
    lines.write(journal, [Consent(at=NOW, to=HEALTH_NOTES, version="1", given=False)])
    for path, sent in (
        (WISH, SAID),
        ("/weeks/end/", {}),
        ("/weeks/not-on/", {"day": "2026-11-19"}),
        ("/weeks/agreed/", {"agreed_by": "my physio", "agreed_on": "2026-11-17"}),
    ):
        answer = browser.post(path, sent, follow=True)
        assert "You took back your agreement" in text(answer), path
    assert wishes(journal) == before


@pytest.mark.parametrize("path", ["/weeks/end/", "/weeks/not-on/", "/weeks/agreed/"])
def test_looking_changes_nothing(browser: Client, journal: Journal, path: str) -> None:
    assert browser.get(path).status_code == 405


def test_anothers_weeks_are_not_there(browser: Client, bens_browser: Client, journal: Journal) -> None:
    browser.post(WISH, SAID)
    assert "Plan my weeks" in text(bens_browser.get("/weeks/"))


def test_a_get_writes_no_line(browser: Client, journal: Journal, rows: Callable[[], Rows]) -> None:
    browser.post(WISH, SAID)
    before = rows()
    for path in ("/weeks/", "/weeks/wish/", "/weeks/print/", "/"):
        assert browser.get(path).status_code == 200
    assert rows()["journal.Entry"] == before["journal.Entry"]
    assert len([each for each in lines.events_of(journal, "days-laid") if isinstance(each, DaysLaid)]) <= 1
