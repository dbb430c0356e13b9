"""The Why page: what it says to whom, what it never says, and what only the runner can tell it."""

import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec import structs

from calfwise import library
from calfwise.assess import load_history
from calfwise.model.journal import AboutRunner, CheckIn, Consent, History, Prefers, Screened, SelfTested
from calfwise.model.load.dose import RunLoad
from calfwise.model.run import Side
from calfwise.model.runner import Runner
from calfwise.model.session import Soreness
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from calfwise_web.whole import Whole
from calfwise_web.why import pages
from calfwise_web.why.snapshot import shown_of, why_body
from tests.model.load.made import load
from tests.web.conftest import Rows
from tests.web.load.holding import NOW, hold

LIFE = "/why/life/"
WITHIN_S = 0.030


def days_ago(days: float, km: float = 8.0, **more: object) -> RunLoad:
    return load(start=NOW - timedelta(days=days, hours=4), km=km, **more)  # type: ignore[arg-type]


USUAL = [days_ago(days) for days in range(34, 3, -3)]
LONGER = [*USUAL, days_ago(1, 12.0)]
"""12 km on 17 November, over 8 km."""


def sore(days: float = 0.1, left: int = 4, right: int = 2) -> CheckIn:
    return CheckIn(at=NOW - timedelta(days=days), soreness=Soreness(left, right))


def text(browser: Client, path: str = "/why/") -> str:
    """The page's words, in one line."""
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


# --------------------------------------------------------------------------------------------------------- what it says
def test_sore_calves_are_said_with_their_first_day_and_the_causes_in_their_order(
    browser: Client, journal: Journal
) -> None:
    hold(journal, LONGER, sore())
    page = text(browser)
    assert "Your calves have been sore since 18 November (left 4, right 2). Worth a look:" in page
    assert "17 November: 12.0 km, 50% more than your longest of the 30 days before." in page
    assert "The next day you wrote left 4, right 2." in page
    assert page.index("A longer single run") < page.index("Nothing noticed")
    browser.post(LIFE, {"life-stairs": "yes"})
    page = text(browser)
    assert "Worth a look, in this order:" in page
    assert page.index("A longer single run") < page.index("Daily life")


def test_it_is_said_how_sure_anybody_is_what_would_tell_and_what_one_would_do(
    browser: Client, journal: Journal
) -> None:
    hold(journal, LONGER, sore())
    page = text(browser)
    for words in (
        "something speaks for it",
        "Studied, though not for calves alone",
        "Nothing in your runs or words.",
        "Whether the soreness follows the long run by a day or three, and goes again.",
        "Let the longest run grow in small steps",
        "Frandsen2025",
    ):
        assert words in page


def test_nobody_is_told_the_cause(browser: Client, journal: Journal) -> None:
    hold(journal, LONGER, sore())
    page = text(browser)
    assert "the cause is" not in page.lower()
    assert page.index("Nobody can tell the cause from recordings") > page.index("Not known")
    assert "What is called unproven here is unproven" in page


def test_an_unproven_reason_says_so_beside_its_title(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    browser.post(LIFE, {"life-stairs": "yes"})
    page = text(browser)
    assert page.index("Daily life") < page.index("A popular reason, unproven")
    assert "it could play a part" in page


def test_without_soreness_it_says_calmly_what_changed(browser: Client, journal: Journal) -> None:
    hold(journal, LONGER)
    page = text(browser)
    assert "No sore calves lately. This changed lately, and could matter one day:" in page
    assert "you wrote" not in page


def test_soreness_that_went_again_is_told_as_over(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore(5), sore(3), sore(0.1, 1, 0))
    assert "Your calves were sore from 13 November to 15 November (left 4, right 2)." in text(browser)


def test_when_nothing_changed_that_is_said(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    page = text(browser)
    assert "Nothing stands out in your runs and shoes." in page
    assert "No run was longer than usual: at most 100% of your longest." in page


def test_without_a_run_one_is_invited_to_bring_some(browser: Client, journal: Journal) -> None:
    refresh(journal, now=NOW)
    page = text(browser)
    assert "There are no runs yet, so only what you say can tell." in page
    assert reverse("imports:page") in page


def test_before_anything_was_worked_out_the_page_says_where_to_begin(browser: Client, journal: Journal) -> None:
    assert "Nothing worked out yet" in text(browser)


def test_miles_are_said_to_whom_likes_them(browser: Client, journal: Journal) -> None:
    """12 km are 7.5 miles."""
    hold(journal, LONGER, sore(), Prefers(at=NOW, distance="mi"))
    page = text(browser)
    assert "7.5 mi, 50% more" in page
    assert "Runs, in miles" in page
    assert "km" not in page[page.index("Your calves") : page.index("Nobody can tell")]


def test_what_is_not_known_leads_to_where_it_can_be_said(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    page = text(browser)
    part = page[page.index('id="not-known"') :]
    for words in ("since when you run", "which shoes you wore", "the knee-to-wall test of both legs"):
        assert words in part
    assert reverse("settings:page") in part
    assert reverse("shoes:list") in part
    assert 'href="#only-you"' in part


def test_a_test_that_would_tell_is_a_link_to_it(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    page = text(browser)
    address = reverse("selftests:test", args=["knee-to-wall"])
    assert f'<a class="button quiet" href="{address}">Do the test: knee to wall' in page


def test_every_self_test_and_cause_of_the_library_has_its_words() -> None:
    causes = library.reasons().causes
    assert {test for cause in causes.values() for test in cause.tests} <= set(pages.TESTS)
    assert set(pages.ANSWERED_AT) <= set(causes)
    for name, _ in pages.ANSWERED_AT.values():
        assert reverse(name)


# --------------------------------------------------------------------------------------------------------- the timeline
def test_the_timeline_shows_eight_weeks_of_soreness_and_runs_with_what_was_new(
    browser: Client, journal: Journal
) -> None:
    hold(journal, LONGER, sore())
    soreness, runs = (browser.get(f"/why/data/{of}/").json() for of in ("soreness", "runs"))
    assert len(soreness["x"]["values"]) == 56
    assert [one["values"][-1] for one in soreness["series"]] == [4, 2]
    assert runs["series"][0]["values"][-2] == 12.0
    assert soreness["events"] == [{"x": soreness["x"]["values"][-2], "text": "longer", "kind": "wait"}]
    assert soreness["x"] == runs["x"]


def test_soreness_of_months_is_shown_from_six_weeks_before_it(browser: Client, journal: Journal) -> None:
    """Every five days for 70 days: the weeks around its first day, 9 September."""
    hold(journal, USUAL, *(sore(days) for days in range(70, -1, -5)))
    values = shown_of(journal.snapshots.get(page="why").body).days
    assert (values[0].day.isoformat(), values[-1].day.isoformat()) == ("2026-07-30", "2026-09-23")
    assert "Eight weeks, up to 23 September" in text(browser)


def test_without_anything_to_draw_the_charts_say_so(browser: Client, journal: Journal) -> None:
    refresh(journal, now=NOW)
    assert "no word about your calves" in browser.get("/why/data/soreness/").json()["empty"]
    assert "no run" in browser.get("/why/data/runs/").json()["empty"]
    assert browser.get("/why/data/nonsense/").status_code == 404


# ------------------------------------------------------------------------------------------- what only the runner knows
def test_an_answer_is_kept_as_a_line_and_the_next_page_knows_it(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    answer = browser.post(LIFE, {"life-calf-strain-before": "yes", "life-stairs": "", "life-heels": "no"})
    assert answer.status_code == 302
    assert lines.history_of(journal).life == {"calf-strain-before": True, "heels": False}
    page = text(browser)
    assert "2 answers kept." in page
    assert page.index("You had a calf strain before.") < page.index('id="only-you"')
    assert "whether you climb many stairs every day" in page, "what was left open stays unknown"


def test_an_answer_can_be_changed_later_and_the_same_again_is_no_news(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    for said in ("yes", "no", "no"):
        browser.post(LIFE, {"life-stairs": said})
    assert lines.history_of(journal).life == {"stairs": False}
    assert journal.entries.filter(kind="life").count() == 2
    assert "What you said about your days" in text(browser)


def test_nonsense_is_refused_and_nothing_of_it_kept(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    answer = browser.post(LIFE, {"life-stairs": "sometimes", "life-heels": "yes", "life-moon": "yes"})
    assert answer.status_code == 422
    assert "Yes or no, please, or leave it open." in answer.content.decode()
    assert journal.entries.filter(kind="life").count() == 0


def test_a_question_that_nobody_asks_is_not_kept(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, sore())
    browser.post(LIFE, {"life-moon": "yes"})
    assert journal.entries.filter(kind="life").count() == 0


def test_after_the_agreement_was_taken_back_nothing_is_kept(browser: Client, journal: Journal) -> None:
    hold(journal, USUAL, Consent(at=NOW, to="keep-health-notes", version="test", given=False))
    browser.post(LIFE, {"life-stairs": "yes"})
    assert journal.entries.filter(kind="life").count() == 0
    assert "You took back your agreement" in text(browser)


def test_after_an_answer_pages_are_those_of_a_whole_look_at_the_journal(browser: Client, journal: Journal) -> None:
    hold(journal, LONGER, sore())
    browser.post(LIFE, {"life-stairs": "yes"})
    pages_now = dict(journal.snapshots.values_list("page", "body"))
    refresh(journal, now=NOW)
    assert dict(journal.snapshots.values_list("page", "body")) == pages_now


# ---------------------------------------------------------------------------------------------------------------- today
def test_today_has_one_line_while_calves_are_sore_and_something_speaks(browser: Client, journal: Journal) -> None:
    hold(journal, LONGER, sore())
    page = text(browser, "/")
    assert "Worth a look: a longer run on 17 November." in page
    assert page.count('href="/why/"') == 1


@pytest.mark.parametrize(
    ("loads", "words"),
    [
        (USUAL, [sore()]),
        (LONGER, []),
        (LONGER, [sore(0.5), sore(0.1, 1, 1)]),
        (LONGER, [sore(0.1, 2, 2)]),
        ([*USUAL, days_ago(20, 12.0)], [sore(9)]),
    ],
    ids=["nothing-speaks", "nobody-said", "over", "hardly-sore", "nine-days-ago"],
)
def test_otherwise_today_has_none(
    browser: Client, journal: Journal, loads: list[RunLoad], words: list[CheckIn]
) -> None:
    hold(journal, sorted(loads, key=lambda run: run.start), *words)
    assert "Worth a look" not in text(browser, "/")


def test_a_sign_that_comes_first_is_not_explained_away(browser: Client, journal: Journal) -> None:
    """A swollen calf was referred: no line on Today, and Why says what comes first."""
    referred = Screened(
        at=NOW - timedelta(hours=1),
        outcome="referral",
        rules="test",
        level="U",
        locked=(Side.LEFT,),
        reasons=("swelling",),
    )
    hold(journal, LONGER, sore(), referred)
    assert "Worth a look" not in text(browser, "/")
    page = text(browser)
    assert page.index("Something you said needs somebody to look at it first.") < page.index("A longer single run")


def test_a_reason_without_a_day_is_said_without_one(browser: Client, journal: Journal) -> None:
    """Running since three weeks: 28 October."""
    since = Runner(running_since=(NOW - timedelta(days=21)).date())
    hold(journal, USUAL[:1], sore(), AboutRunner(at=NOW, runner=since))
    assert "Worth a look: your first weeks of running." in text(browser, "/")


def test_it_is_found_under_more(browser: Client, journal: Journal) -> None:
    assert 'href="/why/"' in text(browser, "/more/")


# ------------------------------------------------------------------------------------------------------ ownership, cost
def test_nobody_else_sees_it(browser: Client, bens_browser: Client, journal: Journal) -> None:
    hold(journal, LONGER, sore())
    assert "12.0 km" in text(browser)
    assert "12.0 km" not in text(bens_browser)
    assert bens_browser.get("/why/data/runs/").json()["series"] == []


def test_a_look_writes_nothing(browser: Client, journal: Journal, rows: Callable[[], Rows]) -> None:
    hold(journal, LONGER, sore())
    before = rows()
    for path in ("/why/", "/why/data/soreness/", "/why/data/runs/"):
        browser.get(path)
    after = rows()
    assert {table for table in after if after[table] != before[table]} <= {"sessions.Session"}


def test_three_thousand_runs_cost_no_more_than_ten(browser: Client, journal: Journal) -> None:
    """The same few questions, and the best of five looks within 30 ms."""
    hold(journal, LONGER, sore())

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get("/why/")
        return len(asked)

    few = questions()
    first = days_ago(3650)
    many = [structs.replace(first, id=f"made:{i}", start=first.start + timedelta(hours=29 * i)) for i in range(3000)]
    history = History(known=True, soreness=lines.history_of(journal).soreness)
    answer = load_history(many, runner=history.runner, history=history, now=NOW)
    snapshot = journal.snapshots.get(page="why")
    snapshot.body = why_body(Whole(history, tuple(many), answer, NOW, len(many)))
    snapshot.save()
    assert questions() == few
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        assert browser.get("/why/").status_code == 200
        took.append(time.perf_counter() - begun)
    assert min(took) < WITHIN_S
    assert len(snapshot.body) < 60_000


def test_a_snapshot_of_another_calfwise_is_not_read(browser: Client, journal: Journal) -> None:
    hold(journal, LONGER, sore())
    journal.snapshots.filter(page="why").update(body=msgspec.json.encode({"other": 1}))
    assert "Nothing worked out yet" in text(browser)
    assert "Worth a look" not in text(browser, "/")


def test_a_self_test_that_is_due_again_is_told_on_today_and_one_never_done_is_not(
    browser: Client, journal: Journal
) -> None:
    """Knee to wall is worth doing again after 28 days."""
    recent = SelfTested(at=NOW - timedelta(days=27), test="knee-to-wall", left=11, right=10)
    hold(journal, USUAL, recent)
    assert "Due again" not in text(browser, "/")
    older = SelfTested(at=NOW - timedelta(days=200), test="heel-raise-count", left=24, right=22)
    hold(journal, (), older)
    assert "Due again: Heel raises on one leg." in text(browser, "/")
