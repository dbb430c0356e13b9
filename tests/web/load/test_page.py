"""The Load page: what it says in which state, to whom, and at what cost."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from msgspec import structs

from calfwise.assess import load_history
from calfwise.model.journal import History, Morning, PlansRace, Prefers, WearsShoe
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe
from calfwise.model.session import Soreness
from calfwise_web.imports.models import Batch
from calfwise_web.journal.models import Journal
from calfwise_web.load.all_days import all_days_body
from calfwise_web.load.snapshot import load_body
from calfwise_web.refresh import refresh
from calfwise_web.whole import Whole
from tests.model.load.made import load
from tests.web.conftest import Rows
from tests.web.load.holding import NOW, hold, put

BYS = ("days", "weeks", "year", "all")


def days_ago(days: float, km: float = 5.0, **more: object) -> RunLoad:
    return load(start=NOW - timedelta(days=days, hours=4), km=km, **more)  # type: ignore[arg-type]


def text(browser: Client, path: str = "/load/") -> str:
    """The page's words, in one line."""
    answer = browser.get(path)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def asked_by(page: str) -> str:
    """The address at which a waiting page asks again."""
    return page.split('hx-get="', 1)[1].split('"', 1)[0]


# ------------------------------------------------------------------------------------------------------------ sentences
def test_this_week_stands_beside_the_four_before_without_a_score(browser: Client, journal: Journal) -> None:
    """Today is a Wednesday, so 1 day ago is this week; 8, 15, 22 and 29 days ago are one in each week before."""
    weeks_before = (days_ago(7 * weeks + 1, 5 + weeks, strikes=5000 + 1000 * weeks) for weeks in (1, 2, 3, 4))
    hold(journal, [days_ago(1, strikes=4000), *weeks_before])
    page = text(browser)
    assert "So far fewer foot strikes than in each of the four weeks before." in page
    assert "2,000" in page
    assert "four weeks before: 3,000 to 4,500" in page
    assert "four weeks before: 6 to 9" in page


def test_more_than_in_the_weeks_before_is_said(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1, strikes=9000), days_ago(8, strikes=5000), days_ago(15, strikes=8000)])
    assert "Already more foot strikes than in any of the two weeks before." in text(browser)


def test_a_week_without_a_run_praises_rest(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(8)])
    assert "No run yet this week. Rest counts too." in text(browser)


def test_impulse_carries_its_band_in_hours_of_body_weight(browser: Client, journal: Journal) -> None:
    """Half an hour's running is an hour of body weight for both calves; 1.35 times or divided."""
    hold(journal, [days_ago(1, minutes=30)])
    assert "likely 0.7 to 1.4" in text(browser)


def test_strikes_told_by_pace_alone_are_about_so_many(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1, strikes=4321, grade=Grade.C)])
    page = text(browser)
    assert "about 2,200" in page
    assert "1 run: strikes and forces from pace." in page


def test_the_next_run_is_what_calves_know_with_its_reason_and_whose_rule(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(2, 9.0), days_ago(5, 8.0)])
    page = text(browser)
    assert "9 to 10" in page
    assert "From your longest of the last 30 days, as far as it counts, up to a tenth more, or 1 km where" in page
    assert "coach's rule" in page
    assert '/sources/#CoachRule"' in page


def test_after_a_long_break_no_number_is_given(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(90, 9.0)])
    assert "90 days without a run: begin again with a few easy minutes, no number yet." in text(browser)


def test_a_big_step_is_named_for_a_week(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(10, 8.0), days_ago(2, 12.0)])
    page = text(browser)
    assert "Your last run: 12.0 km, 50% longer than the longest of the 30 days before, 8.0 km." in page
    assert "That was a big step." in page


def test_a_big_step_of_last_week_bothers_nobody_today(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(18, 8.0), days_ago(9, 12.0)])
    assert "That was a big step." not in text(browser)


def test_a_race_is_named_and_alarms_nobody(browser: Client, journal: Journal) -> None:
    race = PlansRace(at=NOW - timedelta(days=30), on=(NOW - timedelta(days=2)).date())
    hold(journal, [days_ago(10, 8.0), days_ago(2, 21.1)], race)
    page = text(browser)
    assert "21.1 km, a race;" in page
    assert "That was a big step." not in page


def test_shoes_and_earlier_long_runs_are_told_with_their_dates(browser: Client, journal: Journal) -> None:
    shoes = (
        Shoe(id="daily", name="Daily", since=date(2026, 1, 1), until=date(2026, 11, 13), heel_drop_m=0.01),
        Shoe(id="flat", name="Flat <b>", since=date(2026, 11, 13), heel_drop_m=0.004),
    )
    worn = [WearsShoe(at=datetime(2026, 11, 13, tzinfo=UTC), shoe=shoe) for shoe in shoes]
    hold(journal, [days_ago(20, 5.0), days_ago(10, 9.0), days_ago(2, 6.0)], *worn)
    assert b"Flat <b>" not in browser.get("/load/").content
    page = text(browser)
    assert "Sunday, 8 November 2026" in page
    assert "9.0 km, 80% more than your longest of the 30 days before." in page
    assert "Flat <b>, new on 13 November: its heel is 6 mm lower" in page


def test_soreness_is_told_in_the_runners_own_numbers(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(2)], Morning(at=NOW - timedelta(hours=6), soreness=Soreness(left=3, right=1)))
    assert "Left 3 of 10 and right 1 of 10, walking that morning." in text(browser)


def test_nothing_on_the_page_predicts_or_promises(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(2 * i, 5 + i % 7) for i in range(40)])
    page = re.sub(r'<details class="why">.*?</details>', "", text(browser)).lower()  # what a study found stays its own
    assert not [word for word in ("risk", "predict", "injur", " safe", "cured", "ratio", "acwr") if word in page]


def test_miles_are_written_everywhere(browser: Client, journal: Journal) -> None:
    miles = Prefers(at=NOW, distance="mi", time_zone="Europe/Berlin")
    hold(journal, [days_ago(20, 8.0), days_ago(10, 16.09344), days_ago(2, 8.0)], miles)
    for by in BYS:
        page = text(browser, f"/load/?by={by}")
        assert " km" not in page
        assert "10.0 mi, 101% more" in page
        assert "or 0.6 mi where that is more" in page


# --------------------------------------------------------------------------------------------------------------- states
def test_nobody_has_run_yet(browser: Client) -> None:
    page = text(browser)
    assert "No runs yet" in page
    assert "hx-get" not in page


def test_one_run_has_nothing_to_be_held_against(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1)])
    page = text(browser)
    assert "Your first week here" in page
    assert "Nothing to compare with yet" in page


def test_runs_that_nobody_worked_out_yet_are_waited_for(browser: Client, journal: Journal) -> None:
    put(journal, [days_ago(1)])
    page = text(browser)
    assert "Being worked out" in page
    assert 'hx-trigger="every 4s"' in page


def test_an_older_state_says_so_and_asks_again(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1)])
    assert "Being brought up to date" not in text(browser)
    journal.changed()
    page = text(browser)
    assert "Being brought up to date" in page
    assert 'hx-trigger="every 4s"' in page


def test_numbers_of_the_model_before_are_shown_and_named_until_a_newer_one_has_done_all(
    browser: Client, journal: Journal
) -> None:
    hold(journal, [days_ago(1)])
    assert "newer model" not in text(browser)
    Journal.objects.filter(pk=journal.pk).update(model_version="1-00000000")
    page = text(browser)
    assert "Until every one is done you see the numbers of the model before (1-00000000), never a mixture." in page
    assert "seen=" in asked_by(page)


def test_yesterdays_state_is_an_older_one(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(2)], now=NOW - timedelta(days=1))
    assert "you see the numbers of 17 November 2026" in text(browser)


def test_whoever_waits_hears_nothing_until_there_is_newer(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1)])
    journal.changed()
    path = asked_by(text(browser))
    assert browser.get(path, headers={"HX-Request": "true"}).status_code == 204
    hold(journal, [days_ago(3)])
    assert browser.get(path, headers={"HX-Request": "true"}).status_code == 200


def test_a_new_day_is_newer_even_where_nothing_happened(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(2)], now=NOW - timedelta(days=1))
    path = asked_by(text(browser))
    assert browser.get(path, headers={"HX-Request": "true"}).status_code == 204
    refresh(journal, now=NOW)
    assert browser.get(path, headers={"HX-Request": "true"}).status_code == 200


def test_an_import_in_work_is_told(browser: Client, journal: Journal) -> None:
    journal.batches.create(state=Batch.State.WORKING, files=1200, told=412)
    page = text(browser)
    assert "Your runs are being read" in page
    assert "412 of 1,200 files read." in page
    hold(journal, [days_ago(1)])
    assert "Runs are being read. 412 of 1,200 files read." in text(browser)


def test_a_snapshot_of_another_calfwise_is_not_guessed_at(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1)])
    journal.snapshots.filter(page="load").update(body=msgspec.msgpack.encode({"today": "2026-11-18"}))
    assert "Being worked out" in text(browser)


def test_weeks_long_without_a_run_are_empty_not_broken(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(900)])
    assert "No run in these 12 weeks." in text(browser, "/load/?by=days")
    chart = browser.get("/load/data/strikes/weeks/").json()
    assert chart["series"] == []
    assert "no run in these days" in chart["empty"]


@pytest.mark.parametrize("by", [*BYS, "", "decade", "\x00"])
def test_every_stretch_of_time_and_nonsense_gets_a_page_with_its_table(
    browser: Client, journal: Journal, by: str
) -> None:
    hold(journal, [days_ago(3 * i) for i in range(30)])
    answer = browser.get("/load/", {"by": by})
    assert answer.status_code == 200
    assert b"<table>" in answer.content


# --------------------------------------------------------------------------------------------------------------- charts
def test_strikes_of_each_leg_are_drawn_week_by_week(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1, strikes=4000), days_ago(8, strikes=6000)])
    chart = browser.get("/load/data/strikes/weeks/").json()
    assert chart["series"][0]["values"] == [0] * 10 + [3000, 2000]
    # Monday, 16 November 2026, 00:00 in UTC, whatever the runner's zone.
    assert chart["x"]["values"][-1] == int(datetime(2026, 11, 16, tzinfo=UTC).timestamp())


def test_impulse_is_drawn_with_its_band(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1, minutes=30)])
    series = browser.get("/load/data/impulse/weeks/").json()["series"][0]
    assert (series["low"][-1], series["values"][-1], series["high"][-1]) == (0.74, 1.0, 1.35)


def test_big_steps_are_marked_in_words(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(10, 8.0), days_ago(2, 12.0)])
    events = browser.get("/load/data/strikes/weeks/").json()["events"]
    assert [event["text"] for event in events] == ["big step"]


def test_no_such_chart_is_not_there(browser: Client, journal: Journal) -> None:
    assert browser.get("/load/data/stress/weeks/").status_code == 404


def test_numbers_are_kept_by_nobody_on_the_way(browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1)])
    assert browser.get("/load/data/strikes/weeks/")["Cache-Control"] == "no-store"
    assert browser.get("/load/")["Cache-Control"] == "no-store"


# ----------------------------------------------------------------------------------------------------- whose, what cost
def test_another_account_sees_nothing_of_it(browser: Client, bens_browser: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1, 7.7)])
    assert "No runs yet" in text(bens_browser)
    assert bens_browser.get("/load/data/strikes/weeks/").json()["series"] == []


def test_nobody_sees_anything_without_signing_in(client: Client, journal: Journal) -> None:
    hold(journal, [days_ago(1)])
    for path in ("/load/", "/load/data/strikes/weeks/"):
        assert client.get(path).status_code == 302


def test_looking_changes_nothing(browser: Client, journal: Journal, rows: Callable[[], Rows]) -> None:
    hold(journal, [days_ago(1)])
    journal.changed()
    before = rows()
    for by in BYS:
        browser.get(f"/load/?by={by}")
        browser.get(f"/load/data/strikes/{by}/")
    assert browser.post("/load/").status_code == 405
    assert rows() == before


def test_five_hundred_runs_ask_the_database_no_more_than_ten(browser: Client, journal: Journal) -> None:
    def queries() -> list[int]:
        counts = []
        for path in ("/load/", "/load/?by=all", "/load/data/strikes/all/"):
            with CaptureQueriesContext(connection) as asked:
                browser.get(path)
            counts.append(len(asked))
        return counts

    loads = [days_ago(i) for i in range(1, 501)]
    hold(journal, loads[:10])
    few = queries()
    hold(journal, loads[10:])
    assert queries() == few


def test_ten_years_fit_into_small_pages(browser: Client, journal: Journal) -> None:
    first = days_ago(3650)
    body = [structs.replace(first, id=f"made:{i}", start=first.start + timedelta(hours=29 * i)) for i in range(3000)]
    hold(journal, body[:1])
    for page, snapshot in ten_years(body).items():
        journal.snapshots.filter(page=page).update(body=snapshot)
    for asked in (*(f"by={by}" for by in BYS), "by=year&from=2020-01-01", "by=days&from=2020-01-01"):
        by = asked.removeprefix("by=").partition("&")[0]
        assert len(browser.get(f"/load/?{asked}").content) < 100_000
        for of in ("strikes", "impulse", "force"):
            assert len(browser.get(f"/load/data/{of}/{by}/?{asked}").content) < 25_000


def ten_years(loads: list[RunLoad]) -> dict[str, bytes]:
    """The snapshots of so many runs, without their rows."""
    history = History()
    answer = load_history(loads, runner=history.runner, history=history, now=NOW)
    whole = Whole(history, tuple(loads), answer, NOW)
    return {"load": load_body(whole), "days": all_days_body(whole)}
