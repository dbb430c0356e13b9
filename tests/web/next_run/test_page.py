"""The next run on the web: what it answers, in whose words, and at what cost."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from msgspec import structs

from calfwise.model.journal import CheckIn, Morning, PlansRace, Prefers, Screened, WearsShoe
from calfwise.model.load.dose import RunLoad
from calfwise.model.runner import Shoe
from calfwise.model.session import Soreness
from calfwise_web.journal.models import Journal
from calfwise_web.next_run.snapshot import ready_of
from tests.model.load.made import load
from tests.web.conftest import Rows
from tests.web.load.holding import NOW, hold, put

DAILY = Shoe("daily", "Daily trainer", since=date(2025, 1, 1), default=True)
OLD = Shoe("old", "Old pair", since=date(2024, 1, 1), until=date(2026, 1, 1))
HOUSE = "/load/next/"
NEXT = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def tens(*, runs: int = 14, every_days: float = 3) -> list[RunLoad]:
    """10 km in an hour each, 166.7 steps a minute, the last one two days ago."""
    ten = load(km=10, minutes=60, strikes=10_002, speeds={2.7: 10_002}, shoe=DAILY)
    days = [2 + every_days * back for back in range(runs)]
    return [structs.replace(ten, id=f"{ago}", start=NOW - timedelta(days=ago), speed_mps=2.778) for ago in days]


def text(browser: Client, query: str = "", **headers: str) -> str:
    """The page's words, in one line."""
    answer = browser.get(f"{HOUSE}?{query}" if query else HOUSE, headers=headers or None)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def value(browser: Client, query: str, name: str) -> str:
    """What a field of the form holds."""
    html = browser.get(f"{HOUSE}?{query}").content.decode()
    field = next(each for each in re.findall(r"<input[^>]*>", html) if f'name="{name}"' in each)
    found = re.search(r'value="([^"]*)"', field)
    return unescape(found[1]) if found else ""


# ------------------------------------------------------------------------------------------------------------ sentences
@pytest.mark.parametrize(
    ("km", "says"),
    [
        ("9", "That is within what your calves know."),
        ("10.9", "That is within the budget: a little more than they know."),
        ("14.2", "That goes 3.2 km beyond the budget."),
        ("11.01", "That goes a few steps beyond the budget."),
        ("21.1&race=on", "A race 10.1 km beyond the budget."),
    ],
)
def test_one_sentence_comes_first(browser: Client, journal: Journal, km: str, says: str) -> None:
    hold(journal, tens())
    assert says in text(browser, f"distance={km}")


def test_numbers_come_with_their_doubt(browser: Client, journal: Journal) -> None:
    """8 km at 6:00 are 48 minutes at 166.7 steps: 8,000 strikes, 4,000 a leg; 1.10 times or divided by is the band."""
    hold(journal, tens())
    page = text(browser, "distance=8&pace=6:00")
    assert "Foot strikes, each leg about 4,000 likely 3,600 to 4,400" in page
    assert "Fast ones of them none" in page
    assert "As many strikes as in 8.0 easy km" in page
    assert "Running time 48:00 at 6:00 /km" in page
    assert "Calf impulse, both legs 1.6 body-weight hours, likely 1.2 to 2.2" in page
    assert re.search(r"Peak Achilles force \d\.\d body weights, likely \d\.\d to \d\.\d, from pace", page)


def test_what_the_calves_know_afterwards_is_said(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    assert "They go on knowing 10 km." in text(browser, "distance=9")
    assert "Then 10.9 km is what they know, from the next run on." in text(browser, "distance=10.9")
    over = text(browser, "distance=14.2")
    assert "Then 14.2 km is what they know, if the two mornings after it are quiet, 3 of 10 or less." in over
    assert "Without a word about them 11 km; after a sore one 10 km." in over
    assert "Then 11 km is what they know: a race lifts it by a tenth at most." in text(browser, "distance=21.1&race=on")


def test_what_rose_this_week_says_when_it_rises_again(browser: Client, journal: Journal) -> None:
    """10 rose to 11 on 16 November, so 12 raises it on the 23rd again."""
    eleven = structs.replace(load(km=11, minutes=66), id="eleven", start=NOW - timedelta(days=2), speed_mps=2.778)
    hold(journal, [*(run for run in tens() if run.start < NOW - timedelta(days=4)), eleven])
    page = text(browser, "distance=12")
    assert "They go on knowing 11 km: that rises once in 7 days, from 23 November on again." in page


def test_a_big_step_is_told_calmly_and_a_race_only_its_category(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    step, race = text(browser, "distance=14.2"), text(browser, "distance=14.2&race=on")
    assert "That would be a big step. Let the days after it be easy" in step
    assert (
        "42% longer than the longest of the 30 days before, 10 km. The study calls that group “30 to 100 % longer”."
        in step
    )
    assert "big step" not in race
    assert "For a race that is said, and no alert." in race


def test_what_is_new_about_it_comes_with_its_sources(browser: Client, journal: Journal) -> None:
    hold(journal, tens(), WearsShoe(at=NOW - timedelta(days=400), shoe=DAILY))
    page = text(browser, "distance=8&pace=4:00&barefoot=5")
    assert "5 minutes of it barefoot." in page
    assert "Barefoot strikes, each leg about 440" in page
    assert "Sinclair2014" in page
    assert "fast strikes" in page
    assert "nobody has measured how much a faster or steeper kilometre may count" in page


def test_miles_for_those_who_like_miles(browser: Client, journal: Journal) -> None:
    """10 km are 6.2 mi, the budget's 11 km 6.8 mi; 8 mi are 1.2 mi beyond; 9:39 a mile is 6:00 a kilometre."""
    hold(journal, tens(), Prefers(at=NOW + timedelta(seconds=1), distance="mi", time_zone="Europe/Berlin"))
    page = text(browser, "distance=8&pace=9:39")
    assert "That goes 1.2 mi beyond the budget." in page
    assert "Your calves know 6.2 mi (your longest of the last 30 days, as far as it counts)" in page
    assert "and the budget ends at 6.8 mi." in page
    assert "at 9:39 /mi" in page
    assert "easy mi" in page
    assert " km" not in page.replace("10 km race", "").replace("nobody has measured", "")


def test_two_bars_of_one_scale_say_in_words_what_they_draw(browser: Client, journal: Journal) -> None:
    """14.2 km are the whole but for a little room: known 10 / 14.63 is 684 of 1,000, the budget's 11 752."""
    hold(journal, tens())
    html = browser.get(f"{HOUSE}?distance=14.2").content.decode()
    assert "This run 14.2 km What your calves know 10 to 11 km" in text(browser, "distance=14.2")
    assert '<path class="known" d="M0 5H684"/>' in html
    assert '<path class="beyond" d="M752 5H971"/>' in html
    assert 'class="beyond"' not in browser.get(f"{HOUSE}?distance=11").content.decode()


# ------------------------------------------------------------------------------------------------------------- the form
def test_it_opens_with_the_usual_run_and_its_answer(browser: Client, journal: Journal) -> None:
    hold(journal, tens(), WearsShoe(at=NOW - timedelta(days=400), shoe=DAILY))
    assert value(browser, "", "distance") == "10"
    page = text(browser)
    assert "That is within what your calves know." in page
    assert "Your usual" in page
    assert "10 km race" in page
    assert '<option value="daily" selected>' in browser.get(HOUSE).content.decode()


def test_the_form_keeps_what_was_typed(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    query = "distance=10,5&pace=5.30&climb=1,200&barefoot=x&surface=trail&race=on&shoe="
    typed = {name: value(browser, query, name) for name in ("distance", "pace", "climb", "barefoot")}
    assert typed == {"distance": "10,5", "pace": "5.30", "climb": "1,200", "barefoot": "x"}
    html = browser.get(f"{HOUSE}?{query}").content.decode()
    assert '<option value="trail" selected>' in html
    assert "checked" in html
    assert "No answer yet" in html


def test_a_comma_is_a_point_and_a_point_parts_minutes_from_seconds(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    form = browser.get(f"{HOUSE}?distance=10,5&pace=5.30&climb=1,200").context["page"].form
    wish = form.wish()
    assert (wish.distance_m, wish.climb_m) == (10_500, 1200)
    assert wish.speed_mps == pytest.approx(1000 / 330)
    for pace in ("5:30", "5,30", "5'30", "5 30"):
        told = browser.get(HOUSE, {"distance": "10", "pace": pace}).context["page"].form.wish()
        assert told.speed_mps == pytest.approx(1000 / 330), pace


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("distance=", "Say how far, and the answer comes."),
        ("distance=far", "Write a number, as in 10 or 7.5."),
        ("distance=0", "More than nothing, please."),
        ("distance=nan", "Write a number, as in 10 or 7.5."),
        ("distance=1e9", "Nobody here has run more than 400 km at once. Write less."),
        ("distance=10&pace=fast", "Write minutes and seconds, as in 5:30."),
        ("distance=10&pace=5:75", "Write minutes and seconds, as in 5:30."),
        ("distance=10&pace=0", "A run lies between 2:05 /km and 16:40 /km."),
        ("distance=10&pace=20:00", "A run lies between 2:05 /km and 16:40 /km."),
        ("distance=10&climb=-5", "Climb counts upwards only: 0 or more."),
        ("distance=10&barefoot=61", "The whole run takes 1:00:00. Write no more minutes than that."),
        ("distance=10&shoe=old", "That pair is not in use today. Choose another."),
        ("distance=10&surface=moon", "That ground is not known here. Choose another."),
    ],
)
def test_errors_say_what_to_write(browser: Client, journal: Journal, query: str, says: str) -> None:
    hold(journal, tens(), WearsShoe(at=NOW - timedelta(days=400), shoe=OLD))
    page = text(browser, query)
    assert says in page
    assert "No answer yet" in page
    assert "What you typed is kept." in page


def test_while_somebody_types_only_the_answer_is_sent(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    whole, part = (
        browser.get(f"{HOUSE}?distance=9&pace=x", headers=headers).content.decode()
        for headers in (None, {"HX-Request": "true"})
    )
    assert "<html" in whole
    assert "<html" not in part
    assert "<form" not in part
    assert '<div id="id_pace_error" hx-swap-oob="true"><p class="error">Write minutes and seconds' in part
    assert '<div id="id_distance_error" hx-swap-oob="true"></div>' in part


def test_a_race_that_is_planned_for_today_is_a_race_at_once(browser: Client, journal: Journal) -> None:
    hold(journal, tens(), PlansRace(at=NOW - timedelta(days=30), on=NOW.date()))
    assert browser.get(HOUSE).context["page"].form.wish().race
    assert not browser.get(f"{HOUSE}?distance=9").context["page"].form.wish().race


def test_bare_feet_are_a_choice_beside_the_pairs_in_use(browser: Client, journal: Journal) -> None:
    worn = [WearsShoe(at=NOW - timedelta(days=400), shoe=shoe) for shoe in (DAILY, OLD)]
    hold(journal, tens(), *worn)
    page = browser.get(f"{HOUSE}?distance=3&shoe=bare-feet").content.decode()
    assert "Daily trainer" in page
    assert "Old pair" not in page
    assert ">barefoot.<" in page.replace("Barefoot", "barefoot")


# ------------------------------------------------------------------------------------------------------ how calves feel
def felt(worst: int, *, days_ago: int = 0) -> Morning:
    return Morning(at=NOW - timedelta(days=days_ago, hours=1), soreness=Soreness(left=worst, right=0))


@pytest.mark.parametrize(("worst", "days_ago", "when"), [(4, 0, "today"), (7, 1, "yesterday")])
def test_sore_calves_have_the_first_word(
    browser: Client, journal: Journal, worst: int, days_ago: int, when: str
) -> None:
    hold(journal, tens(), felt(worst, days_ago=days_ago))
    page = text(browser)
    assert f"You said {worst} of 10 {when}. Sore calves have the first word, before any number. See Today" in page
    assert 'class="headline is-plain"' in browser.get(HOUSE).content.decode(), "no tick beside it"


@pytest.mark.parametrize(("worst", "days_ago"), [(3, 0), (0, 0), (8, 2)])
def test_calm_calves_and_old_words_are_silent(browser: Client, journal: Journal, worst: int, days_ago: int) -> None:
    hold(journal, tens(), felt(worst, days_ago=days_ago))
    assert "first word" not in text(browser)


def test_a_leg_that_somebody_should_look_at_fits_no_budget(browser: Client, journal: Journal) -> None:
    at = NOW - timedelta(hours=2)
    screened = Screened(at=at, outcome="referral", rules="1", level="U", locked=("left",), reasons=("hard-calf",))
    hold(journal, tens(), CheckIn(at=at, soreness=Soreness(left=2, right=0)), screened)
    page = text(browser, "distance=5")
    assert "Not now: somebody should look at a leg before it runs again. See Today" in page
    assert "Not before somebody has looked at it." in page
    assert "within what your calves know" not in page


# --------------------------------------------------------------------------------------------------------- empty states
def test_without_runs_there_is_a_way_to_bring_them_and_strikes_once_a_pace_is_said(
    browser: Client, journal: Journal
) -> None:
    assert "No number yet No runs yet: begin with a few easy minutes, and walk in between." in text(browser)
    assert "Bring your runs" in text(browser)
    unpaced, paced = text(browser, "distance=5"), text(browser, "distance=5&pace=6:30")
    assert "There is no number to hold that against." in unpaced
    assert "How many strikes, nobody can tell yet: your easy pace is not known." in unpaced
    assert "Fast ones of them – your easy pace is not known yet" in paced
    assert "Foot strikes, each leg about" in paced


def test_after_a_long_break_there_is_no_number_and_it_says_why(browser: Client, journal: Journal) -> None:
    long_ago = [structs.replace(run, start=run.start - timedelta(days=70)) for run in tens()]
    hold(journal, long_ago)
    page = text(browser, "distance=5")
    assert "72 days without a run: begin again with a few easy minutes, no number yet." in page
    assert "Nothing to compare it with" in page
    assert "Bring your runs" not in text(browser)


def test_numbers_that_are_behind_say_so_and_come_by_themselves(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    put(journal, [load(km=12, start=NOW - timedelta(hours=3))])
    html = browser.get(HOUSE).content.decode()
    assert "Your runs are being worked out." in html
    assert 'hx-trigger="every 4s"' in html


def test_a_snapshot_that_cannot_be_read_is_no_error(browser: Client, journal: Journal) -> None:
    hold(journal, tens())
    journal.snapshots.filter(page="next").update(body=b"of another calfwise")
    page = text(browser, "distance=9")
    assert "Your runs are being worked out." in page
    assert "There is no number to hold that against." in page


# --------------------------------------------------------------------------------------------- whose, and at what cost
def test_thinking_of_a_run_writes_nothing(browser: Client, journal: Journal, rows: Callable[[], Rows]) -> None:
    hold(journal, tens())
    before = rows()
    text(browser, "distance=14.2&pace=5:00&race=on")
    assert browser.post(HOUSE, {"distance": "14.2"}).status_code == 405
    assert rows() == before


def test_nobody_is_told_of_anothers_runs_and_shoes(browser: Client, bens_browser: Client, journal: Journal) -> None:
    hold(journal, tens(), WearsShoe(at=NOW - timedelta(days=400), shoe=DAILY))
    page = text(bens_browser, "distance=9&shoe=daily")
    assert "Daily trainer" not in page
    assert "That pair is not in use today." in page
    assert "Your longest" not in page


def test_ten_years_cost_what_a_month_costs(browser: Client, journal: Journal) -> None:
    """One row for the session, one for the account, one for the answer. 90 daily runs and 5 others are kept of 405."""
    hold(journal, tens(runs=5))
    with CaptureQueriesContext(
        connection,
    ) as few:
        text(browser, "distance=9")
    daily = structs.replace(load(km=10, minutes=60, speeds={2.7: 10_002}), speed_mps=2.778)
    put(journal, [structs.replace(daily, id=f"d{n}", start=NOW - timedelta(days=n, hours=5)) for n in range(400)])
    hold(journal, [])
    with CaptureQueriesContext(connection) as many:
        text(browser, "distance=9")
    assert len(many) == len(few) <= 4
    body = journal.snapshots.get(page="next").body
    assert len(body) < 20_000
    assert len(ready_of(body).load.outings) == 95


def test_what_is_kept_forecasts_as_the_whole_history_does(journal: Journal) -> None:
    """Covered case by case in test_scenarios; here the day of every outing survives the snapshot."""
    abroad = structs.replace(load(km=10), start=datetime(2026, 11, 17, 23, 30, tzinfo=UTC), local_time_known=True)
    hold(journal, [abroad])
    kept = ready_of(journal.snapshots.get(page="next").body).load.outings
    assert [outing.day for outing in kept] == [date(2026, 11, 17)]
