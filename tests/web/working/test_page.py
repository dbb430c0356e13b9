"""Is it working: what the page says of whole journals, what it never says, and what it costs."""

import csv
import io
import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from msgspec import structs

from calfwise.assess import load_history
from calfwise.model.journal import AnyEvent, Prefers, Screened, fold
from calfwise.model.run import Side
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh
from calfwise_web.today import services
from calfwise_web.whole import Whole
from calfwise_web.working.snapshot import shown_of, working_body
from tests.model.fix.working.made import LEFT, NOW, marked, moment, mornings, ran, session, sessions
from tests.web.conftest import Rows
from tests.web.load.holding import hold as hold_at

WITHIN_S = 0.060
A_PAGE = 100_000
RUNS = ran(range(0, 168, 2))
ANSWERS = mornings(range(167, 0, -2))
MANY_THEN = sessions(range(160, 88, -4))
FEW_NOW = sessions((70, 40, 10))
PATHS = (
    "/working/",
    "/working/data/rate/",
    "/working/data/mornings/",
    "/working/data/strikes/",
    "/working/data/felt/",
    "/working/data/years/",
)


def hold(journal: Journal, *events: AnyEvent, loads: object = RUNS) -> None:
    hold_at(journal, loads, *events, now=NOW)  # type: ignore[arg-type]


def text(browser: Client, path: str = "/working/") -> str:
    """The page's words, in one line."""
    answer = browser.get(path)
    assert answer.status_code == 200
    assert len(answer.content) < A_PAGE
    return " ".join(unescape(answer.content.decode()).split())


# --------------------------------------------------------------------------------------------------------- what it says
def test_fewer_sessions_are_told_with_then_now_their_doubt_and_the_mornings(browser: Client, journal: Journal) -> None:
    """18 sessions in 420 km then, 3 now: 4.3 and 0.7 for every 100 km."""
    hold(journal, *ANSWERS, *MANY_THEN, *FEW_NOW)
    page = text(browser)
    assert ">Fewer sessions</h2>" in page
    assert "4.3 sessions per 100 km (" in page
    assert "in the 12 weeks from 12 January, 0.7 (" in page
    assert "You answered 41 of 41 mornings, none of them sore." in page
    assert "What made it so, nobody can tell from this." in page
    assert "Coach's rule" in page


def test_fewer_sessions_in_silence_are_not_called_fewer(browser: Client, journal: Journal) -> None:
    hold(journal, *mornings(range(167, 84, -2)), *mornings((11, 9, 7)), *MANY_THEN, *FEW_NOW)
    page = text(browser)
    assert ">We can't tell</h2>" in page
    assert "Fewer sessions, but you answered 3 of 41 mornings: we can't tell." in page
    assert "too few to rely on" in page


def test_a_locked_leg_is_told_beside_the_figure_and_on_the_chart(browser: Client, journal: Journal) -> None:
    lock = Screened(
        at=moment(20), outcome="referral", rules="made", level="P", locked=(Side.LEFT,), reasons=("stayed",)
    )
    hold(journal, *ANSWERS, *MANY_THEN, *FEW_NOW, lock)
    page = text(browser)
    assert "a leg was locked on 21 of 84 days: we can't tell" in page
    assert "21 of 28" in page, "the last four weeks"
    floor = browser.get("/working/data/rate/").json()["floor"]
    assert [each["text"] for each in floor] == ["locked on 7 of 28 days", "locked on 14 of 14 days"]


def test_it_is_too_early_to_say_and_says_from_when_on(browser: Client, journal: Journal) -> None:
    hold(journal, *mornings((20,)), *sessions((9, 6, 3)), loads=ran((8, 5)))
    page = text(browser)
    assert "Too early to say: 3 sessions in 21 days so far." in page
    assert "From 2 August on, four weeks are held against four." in page


def test_before_anything_is_written_down_one_is_told_where_to_begin(browser: Client, journal: Journal) -> None:
    assert "Nothing is written down yet." in text(browser)
    refresh(journal, now=NOW)
    assert "Nothing is written down yet." in text(browser)
    assert "no run" in browser.get("/working/data/strikes/").json()["empty"]


def test_imported_years_before_the_first_word_have_no_noughts(browser: Client, journal: Journal) -> None:
    hold(journal, *mornings((30, 28, 26)), *sessions((9,)), loads=ran(range(1, 900, 3)))
    rows = browser.get("/working/data/years/").json()["series"][0]["values"]
    assert rows == [None, None, 1.0], "one in 100 km: ten runs since the first word"
    assert "before your journal began" in text(browser)


def test_miles_are_said_to_whom_likes_them(browser: Client, journal: Journal) -> None:
    """18 sessions in 261 miles are 6.9 for every 100."""
    hold(journal, *ANSWERS, *MANY_THEN, *FEW_NOW, Prefers(at=NOW, distance="mi"))
    page = text(browser)
    assert "6.9 sessions per 100 mi (" in page
    assert "Sessions needed per 100 mi" in page
    assert " km" not in page[page.index('id="working"') : page.index("Counted is what")]
    assert browser.get("/working/data/rate/").json()["series"][0]["label"] == "sessions per 100 mi"


def test_spots_tell_how_long_it_took_and_lead_to_their_story(browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS, *session(80, before=6, after=4), *session(76, before=4), marked(70, 2))
    page = text(browser)
    assert "1 of 1 spot got quiet and stayed so for 28 days." in page
    assert "Tender at 6 of 10 on 9 April; quiet after 10 days, 2 sessions." in page
    assert f'href="/spots/{LEFT.side}/{LEFT.zone}/"' in page


def test_nobody_is_praised_and_nothing_promised(browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS, *MANY_THEN, *FEW_NOW)
    page = text(browser)
    part = page[page.index('id="working"') :].casefold()
    for word in ("streak", "great", "well done", "safe", "cured", "heals", "treatment", "prevent"):
        assert word not in part


def test_it_is_found_under_more_and_from_history(browser: Client, journal: Journal) -> None:
    assert 'href="/working/"' in text(browser, "/more/")
    hold(journal, *ANSWERS)
    assert 'href="/working/"' in text(browser, "/spots/history/")


# ----------------------------------------------------------------------------------------------------------- the charts
def test_windows_below_twenty_kilometres_are_gaps_and_thin_ones_say_so_below(browser: Client, journal: Journal) -> None:
    """Six windows from 26 January on; the one of 23 March to 19 April, days 97 to 70 ago, has one run."""
    loads = ran([*range(98, 154, 2), 80, *range(0, 70, 2)])
    hold(journal, *mornings([*range(153, 13, -2), 200]), *sessions((30,)), loads=loads)
    chart = browser.get("/working/data/rate/").json()
    by_name = dict(zip(chart["names"], chart["series"][0]["values"], strict=True))
    assert by_name["23 March to 19 April 2026"] is None
    assert by_name["18 May to 14 June 2026"] == pytest.approx(100 / 140, abs=0.01)
    assert chart["series"][0]["about"][-1] is True
    assert chart["series"][0]["high"][-1] is None, "chance is the least doubt there"
    assert chart["floor"][-1]["text"] == "0 of 6 mornings answered"
    assert chart["x"] == browser.get("/working/data/mornings/").json()["x"]


def test_the_mornings_stand_under_the_same_weeks_with_the_sore_ones_in_them(browser: Client, journal: Journal) -> None:
    sore = mornings(range(13, 0, -4), nrs=5)
    hold(journal, *ANSWERS, *sore)
    answered, inner = browser.get("/working/data/mornings/").json()["series"]
    assert answered["values"][-1] == 100
    assert inner["values"][-1] == 50, "3 of 6"
    assert inner["inner"] is True


def test_weeks_have_strikes_of_a_leg_and_the_mean_of_their_mornings(browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS)
    [strikes], [felt] = (browser.get(f"/working/data/{of}/").json()["series"] for of in ("strikes", "felt"))
    assert strikes["values"][-2] in (3 * 2500, 4 * 2500)
    assert felt["values"][-2] == 1.0
    assert browser.get("/working/data/nonsense/").status_code == 404


def test_every_four_weeks_can_be_taken_along(browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS, *MANY_THEN)
    answer = browser.get("/working/four-weeks.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert sum(int(row["sessions"]) for row in rows) == 18
    assert {int(row["distance_m"]) for row in rows} >= {140_000}
    assert "attachment" in answer["Content-Disposition"]


# ------------------------------------------------------------------------------------------------------ ownership, cost
def test_nobody_else_sees_it(browser: Client, bens_browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS, *MANY_THEN)
    assert "4.3 sessions" in text(browser)
    assert "4.3 sessions" not in text(bens_browser)
    assert bens_browser.get("/working/data/rate/").json()["series"] == []
    assert bens_browser.get("/working/four-weeks.csv").status_code == 404


def test_a_look_writes_nothing(browser: Client, journal: Journal, rows: Callable[[], Rows]) -> None:
    hold(journal, *ANSWERS, *MANY_THEN)
    before = rows()
    for path in PATHS:
        browser.get(path)
    after = rows()
    assert {table for table in after if after[table] != before[table]} <= {"sessions.Session"}


def test_after_a_morning_pages_are_those_of_a_whole_look_at_the_journal(browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS, *MANY_THEN)
    services.note_morning(journal, soreness=structs.replace(ANSWERS[0].soreness, left=5), spots=[], now=NOW)  # type: ignore[union-attr]
    page = bytes(journal.snapshots.get(page="working").body)
    refresh(journal, now=NOW)
    assert bytes(journal.snapshots.get(page="working").body) == page


def test_twenty_years_fit_one_page_and_cost_no_more_questions_than_one(browser: Client, journal: Journal) -> None:
    """A run every other day since 2006, a session a fortnight, most mornings answered."""
    hold(journal, *ANSWERS, *MANY_THEN)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get("/working/")
        return len(asked)

    few = questions()
    days = 20 * 365
    loads = ran(range(0, days, 2))
    events = [*mornings([ago for ago in range(1, days, 2) if ago % 6]), *sessions(range(5, days, 14))]
    history = fold(events)
    answer = load_history(loads, runner=history.runner, history=history, now=NOW)
    whole = Whole(history, tuple(loads), answer, NOW, len(loads))
    begun = time.process_time()
    body = working_body(whole)
    took_s = time.process_time() - begun
    journal.snapshots.filter(page="working").update(body=body)
    assert questions() == few
    page = text(browser)
    assert "Year by year" in page
    assert "2006" in page
    looks = []
    for _ in range(5):
        begun = time.process_time()
        assert browser.get("/working/").status_code == 200
        looks.append(time.process_time() - begun)
    assert min(looks) < WITHIN_S
    assert took_s < 2.0
    for path in PATHS[1:]:
        assert len(browser.get(path).content) < A_PAGE
    assert len(shown_of(body).answer.windows) >= 260


def test_a_snapshot_of_another_calfwise_is_not_read(browser: Client, journal: Journal) -> None:
    hold(journal, *ANSWERS)
    journal.snapshots.filter(page="working").update(body=msgspec.json.encode({"other": 1}))
    assert "Being brought up to date." in text(browser)


def test_tomorrow_earlier_windows_are_the_same(journal: Journal) -> None:
    hold(journal, *ANSWERS, *MANY_THEN)
    today = shown_of(journal.snapshots.get(page="working").body).answer.windows
    refresh(journal, now=NOW + timedelta(days=1))
    tomorrow = shown_of(journal.snapshots.get(page="working").body).answer.windows
    assert today[:-1] == tomorrow[: len(today) - 1]
