"""One run: what it says in each state, its curves, its original, and what the runner says of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calfwise.model.journal import Prefers
from calfwise.model.run import Told
from calfwise_web.journal import lines
from calfwise_web.journal.held import series_of
from calfwise_web.journal.models import Journal, Recording, Run
from calfwise_web.runs.queries import about_runs
from calfwise_web.runs.splits import splits
from tests.web.runs.conftest import FIRST, Make

UNKNOWN = float("nan")


def page_of(browser: Client, run: Run) -> str:
    answer = browser.get(f"/runs/{run.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_run_says_what_the_calves_took_with_band_and_grade(browser: Client, journal: Journal, make: Make) -> None:
    page = page_of(browser, make(journal, 1)[0])
    # 600 s at 168 steps a minute are 1,680 steps, 840 a leg; 0.178 + 0.814 / (0.26 x 168 / 120) = 2.41, x/÷ 1.14
    assert "Monday run" in page
    assert '<div class="number">840' in page
    assert "mean peak, likely 2.1 to 2.8" in page
    assert 'data-grade="A"' in page
    assert "ground contact and cadence in at least half of the running" in page


def test_numbers_of_pace_alone_are_told_as_about(browser: Client, journal: Journal, make: Make) -> None:
    page = page_of(browser, make(journal, 1, cadence_spm=UNKNOWN, stance_time_s=UNKNOWN)[0])
    assert '<span class="unit">about</span> 850' in page
    assert "likely 750 to 900" in page
    assert 'data-grade="C"' in page


def test_distance_and_time_alone_are_told_as_rough(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1, form=Recording.Form.TABLE, speed_mps=UNKNOWN, cadence_spm=UNKNOWN, stance_time_s=UNKNOWN)[0]
    page = page_of(browser, run)
    assert 'data-grade="D"' in page
    assert "its numbers are rough" in page
    assert "typed in" in page
    assert "data-chart" not in page


def test_a_walk_is_told_as_one(browser: Client, journal: Journal, make: Make) -> None:
    page = page_of(browser, make(journal, 1, speed_mps=1.3, cadence_spm=110.0, stance_time_s=UNKNOWN)[0])
    assert "You walked this one" in page


def test_a_run_left_out_says_so(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    browser.post(f"/runs/{run.key}/describe/", {"left_out": "on"})
    assert "You left this run out" in page_of(browser, run)


def test_a_duplicate_names_the_run_that_tells_more_and_the_other_way_round(
    browser: Client, journal: Journal, make: Make
) -> None:
    rich = make(journal, 1)[0]
    poor = make(journal, 1, start=FIRST, stance_time_s=UNKNOWN)[0]
    assert f'<a href="/runs/{rich.key}/">Mon 5 Jan 2026</a>, which tells more' in page_of(browser, poor)
    assert "Recorded a second time" in page_of(browser, rich)


def test_words_of_an_archive_are_shown_as_text(browser: Client, journal: Journal, make: Make) -> None:
    told = Told(origin="Strava's archive", title="Lake", description="Calves <tight>\nafter 5 km")
    page = page_of(browser, make(journal, 1, told=told)[0])
    assert "Calves &lt;tight&gt;<br>after 5 km" in page
    assert "Strava&#x27;s archive" in page


def test_a_run_leads_to_the_one_before_and_the_one_after(browser: Client, journal: Journal, make: Make) -> None:
    runs = make(journal, 3)
    page = page_of(browser, runs[1])
    assert f'rel="prev" href="/runs/{runs[0].key}/"' in page
    assert f'rel="next" href="/runs/{runs[2].key}/"' in page
    assert 'rel="prev"' not in page_of(browser, runs[0])


def test_fast_strikes_are_held_against_the_easy_pace_of_the_days_before(
    browser: Client, journal: Journal, make: Make
) -> None:
    make(journal, 12)
    fast = make(journal, 1, speed_mps=4.2, stance_time_s=0.2)[0]
    assert "Fast strikes a leg" in page_of(browser, fast)
    assert "Fast strikes a leg" not in page_of(browser, journal.runs.get(run_id="run-0"))


def test_a_run_asks_the_database_as_often_among_60_as_among_20(browser: Client, journal: Journal, make: Make) -> None:
    counts = []
    for more in (20, 40):
        run = make(journal, more)[5]
        with CaptureQueriesContext(connection) as asked:
            page_of(browser, run)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_says_how_long_it_was_fast_and_what_fast_means(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 8)
    speeds = [3.0] * 300 + [4.2] * 120 + [3.0] * 180
    page = page_of(browser, make(journal, 1, speed_mps=speeds)[0])
    # the own easy pace is 3.05 m/s, the middle of its bin; 3.65 m/s are 4:34 a kilometre
    assert "2 minutes faster than your easy pace. Your easy pace was 5:28 /km then, so 4:34 /km and quicker" in page
    assert 'data-tone="gastroc-line"></span>fast</li>' in page
    assert "steep</li>" not in page


def test_without_runs_before_nothing_is_called_fast(browser: Client, journal: Journal, make: Make) -> None:
    page = page_of(browser, make(journal, 1)[0])
    assert "nothing can be called fast" in page
    assert "Too early to hold this run against your own easy running" in page


def test_a_run_stands_beside_the_own_easy_running(browser: Client, journal: Journal, make: Make) -> None:
    page = page_of(browser, make(journal, 8)[7])
    assert "Against your own easy running" in page
    assert "Your easy running: 7 runs of the 90 days before" in page


def test_the_grade_says_why_what_would_be_better_and_what_each_is_worth(
    browser: Client, journal: Journal, make: Make
) -> None:
    page = page_of(browser, make(journal, 1, stance_time_s=UNKNOWN)[0])
    assert "Grade B: cadence" in page
    assert "would make it A" in page
    assert page.count("this run</span>") == 1


def test_left_and_right_are_told_only_where_both_were_measured(browser: Client, journal: Journal, make: Make) -> None:
    without, even, uneven = (
        page_of(browser, make(journal, 1, **measured)[0])
        for measured in ({}, {"stance_time_balance": 0.504}, {"stance_time_balance": 0.53})
    )
    assert "Left and right" not in without
    assert "Left and right are even within measurement error" in even
    assert "Your left foot stood about 31 ms longer than your right" in uneven


def test_walking_is_told_in_time_and_steps(browser: Client, journal: Journal, make: Make) -> None:
    cadence, speed = [168.0] * 400 + [110.0] * 200, [3.0] * 400 + [1.5] * 200
    page = page_of(browser, make(journal, 1, cadence_spm=cadence, speed_mps=speed)[0])
    # 200 s at 110 steps a minute are 367 steps
    assert "370 steps, not counted as strikes" in page
    assert "3 minutes walked" in page


# --- curves ----------------------------------------------------------------------------------------------------------


def test_a_curve_is_the_series_that_is_held(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1, grade=0.0, altitude_m=120.0)[0]
    held = series_of(run.series.get().body)
    force = browser.get(f"/runs/{run.key}/series/force/").json()
    assert force["x"] == {"kind": "elapsed", "values": [place * held.bin_s for place in range(held.bins)]}
    assert force["series"][0]["values"] == held.values("vertical_grf_bw")
    assert force["series"][0]["low"] == held.values("vertical_grf_low_bw")
    cadence = browser.get(f"/runs/{run.key}/series/cadence/").json()["series"][0]
    assert (cadence["unit"], cadence["values"]) == ("spm", held.values("cadence_spm"))


def test_the_achilles_force_is_drawn_with_its_band(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    line = browser.get(f"/runs/{run.key}/series/achilles/").json()["series"][0]
    # 2.4 x 2.414 BW, divided and multiplied by 1.35 and a little more: a duty factor of 0.364 is beyond the fit
    assert (line["unit"], set(line["low"]), set(line["values"]), set(line["high"])) == ("bw", {4.28}, {5.79}, {7.84})


def test_left_and_right_over_time_are_means_of_a_minute(browser: Client, journal: Journal, make: Make) -> None:
    jitter = [0.50, 0.52] * 300
    run = make(journal, 1, stance_time_balance=jitter)[0]
    line = browser.get(f"/runs/{run.key}/series/sides/").json()["series"][0]
    middle = slice(60, -60)
    assert set(line["values"][middle]) == {51.0}
    assert (set(line["low"][middle]), set(line["high"][middle])) == ({50.0}, {52.0})


def test_ground_contact_is_drawn_of_running_alone(browser: Client, journal: Journal, make: Make) -> None:
    cadence, speed = [168.0] * 400 + [110.0] * 200, [3.0] * 400 + [1.5] * 200
    run = make(journal, 1, cadence_spm=cadence, speed_mps=speed)[0]
    values = browser.get(f"/runs/{run.key}/series/contact/").json()["series"][0]["values"]
    assert (set(values[:400]), set(values[400:])) == ({260}, {None})


def test_fast_steep_and_walked_stretches_lie_under_the_forces(browser: Client, journal: Journal, make: Make) -> None:
    make(journal, 8)
    speed = [3.0] * 100 + [4.2] * 100 + [3.0] * 300 + [1.5] * 100
    slope = [0.0] * 300 + [0.1] * 100 + [0.0] * 200
    cadence = [168.0] * 500 + [110.0] * 100
    run = make(journal, 1, speed_mps=speed, grade=slope, cadence_spm=cadence)[0]
    floor = browser.get(f"/runs/{run.key}/series/force/").json()["floor"]
    assert [(each["from"], each["to"], each["text"]) for each in floor] == [
        (100, 200, "Fast"), (300, 400, "Steep"), (500, 600, "Walking"),
    ]  # fmt: skip
    assert len({each["tone"] for each in floor}) == 3
    assert "floor" not in browser.get(f"/runs/{run.key}/series/cadence/").json()


def test_the_numbers_of_an_hour_are_few(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1, seconds=3600, stance_time_balance=0.5, grade=0.0, altitude_m=120.0)[0]
    for name in ("pace", "force", "achilles", "contact", "sides", "cadence", "altitude"):
        assert len(browser.get(f"/runs/{run.key}/series/{name}/").content) < 40_000


@pytest.mark.parametrize(("distance", "unit", "pace_s"), [("km", "pace_km", 333.3), ("mi", "pace_mi", 536.4)])
def test_pace_and_height_are_as_the_runner_likes_them(
    browser: Client, journal: Journal, make: Make, distance: Any, unit: str, pace_s: float
) -> None:
    run = make(journal, 1, altitude_m=100.0)[0]
    lines.write(journal, [Prefers(at=timezone.now(), distance=distance)])
    pace = browser.get(f"/runs/{run.key}/series/pace/").json()["series"][0]
    assert (pace["unit"], set(pace["values"])) == (unit, {pace_s})
    altitude = browser.get(f"/runs/{run.key}/series/altitude/").json()["series"][0]
    assert (altitude["unit"], set(altitude["values"])) == (("m", {100.0}) if distance == "km" else ("ft", {328}))


def test_standing_has_no_pace(browser: Client, journal: Journal, make: Make) -> None:
    speeds = [3.0] * 300 + [0.0] * 300
    run = make(journal, 1, speed_mps=speeds)[0]
    values = browser.get(f"/runs/{run.key}/series/pace/").json()["series"][0]["values"]
    assert values[10] == 333.3
    assert values[-10] is None


@pytest.mark.parametrize("name", ["heart", "speed_mps"])
def test_a_curve_that_is_none_is_not_there(browser: Client, journal: Journal, make: Make, name: str) -> None:
    run = make(journal, 1)[0]
    assert browser.get(f"/runs/{run.key}/series/{name}/").status_code == 404


def test_splits_are_each_kilometre_and_the_rest(journal: Journal, make: Make) -> None:
    held = series_of(make(journal, 1)[0].series.get().body)
    made = splits(held, metres=1000.0, unit="km")
    # 600 s at 3 m/s are 1.8 km.
    assert [split.name for split in made] == ["km 1", "last 0.8 km"]
    assert made[0].speed_mps == pytest.approx(3.0)
    assert made[0].vertical_grf_bw == pytest.approx(2.41)


def test_without_speed_a_run_is_told_in_five_minutes(journal: Journal, make: Make) -> None:
    held = series_of(make(journal, 1, speed_mps=UNKNOWN)[0].series.get().body)
    assert [split.name for split in splits(held, metres=1000.0, unit="km")] == ["from 0 min", "from 5 min"]


def test_on_stairs_no_force_is_told_anywhere(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    browser.post(f"/runs/{run.key}/describe/", {"surface": "stairs"})
    page = page_of(browser, run)
    assert "On stairs, force cannot be told from timing" in page
    assert '<th scope="col" class="n">Ground force</th>' not in page
    force = browser.get(f"/runs/{run.key}/series/force/").json()
    assert set(force["series"][0]["values"]) == {None}
    assert "on stairs" in force["empty"]


def test_a_trails_force_is_drawn_with_its_wider_band(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    road = browser.get(f"/runs/{run.key}/series/force/").json()["series"][0]
    browser.post(f"/runs/{run.key}/describe/", {"surface": "trail"})
    trail = browser.get(f"/runs/{run.key}/series/force/").json()["series"][0]
    assert trail["values"] == road["values"]
    assert trail["low"][0] < road["low"][0]
    assert trail["high"][0] > road["high"][0]


# --- second by second -------------------------------------------------------------------------------------------------


def brought(journal: Journal, bring: Callable[..., Any], recording: Path) -> Run:
    bring(journal, {"mine.fit": recording})
    return journal.runs.get()


def test_a_stretch_is_drawn_second_by_second_from_the_original(
    browser: Client, journal: Journal, bring: Callable[..., Any], recording: Path
) -> None:
    run = brought(journal, bring, recording)
    pace = browser.get(f"/runs/{run.key}/series/pace/?from=120&to=180").json()
    assert pace["x"]["values"] == list(range(120, 180))
    assert None not in pace["series"][0]["values"]
    page = browser.get(f"/runs/{run.key}/closer/?from=120&to=180").content.decode()
    assert "2:00 to 3:00" in page
    assert f"/runs/{run.key}/series/pace/?from=120&amp;to=180" in page
    assert 'href="?from=60&amp;to=120"' in page
    assert 'href="?from=180&amp;to=240"' in page


def test_a_point_of_the_whole_run_leads_to_the_five_minutes_around_it(
    browser: Client, journal: Journal, bring: Callable[..., Any], recording: Path
) -> None:
    run = brought(journal, bring, recording)
    held = series_of(run.series.get().body)
    links = browser.get(f"/runs/{run.key}/series/pace/").json().get("links")
    if held.bin_s == 1:
        assert links is None
    else:
        assert links[0] == "closer/?from=0&to=300"
        assert len(links) == held.bins
    assert f'href="/runs/{run.key}/closer/?from=0&amp;to=' in page_of(browser, run)


def test_the_beginning_has_nothing_earlier_and_the_end_nothing_later(
    browser: Client, journal: Journal, bring: Callable[..., Any], recording: Path
) -> None:
    run = brought(journal, bring, recording)
    page = browser.get(f"/runs/{run.key}/closer/?from=0&to=9999").content.decode()
    assert 'rel="prev"' not in page
    assert 'rel="next"' not in page


@pytest.mark.parametrize("query", ["from=60", "to=60", "from=60&to=60", "from=60&to=10", "from=-1&to=5", "from=a&to=b"])
def test_a_stretch_that_makes_no_sense_is_the_whole_run(
    browser: Client, journal: Journal, make: Make, query: str
) -> None:
    run = make(journal, 1)[0]
    whole = browser.get(f"/runs/{run.key}/series/pace/").content
    assert browser.get(f"/runs/{run.key}/series/pace/?{query}").content == whole
    assert browser.get(f"/runs/{run.key}/closer/?{query}").headers["Location"] == f"/runs/{run.key}/"


def test_without_a_stretch_one_is_shown_the_whole_run(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    assert browser.get(f"/runs/{run.key}/closer/").headers["Location"] == f"/runs/{run.key}/"


def test_without_its_original_a_stretch_says_what_is_kept(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    journal.recordings.update(kept=False)
    answer = browser.get(f"/runs/{run.key}/closer/?from=60&to=120")
    assert "The whole run's figures are kept" in answer.content.decode()
    assert "closer/?" not in page_of(browser, run)
    assert "links" not in browser.get(f"/runs/{run.key}/series/pace/").json()
    assert browser.get(f"/runs/{run.key}/series/pace/?from=60&to=120").status_code == 404


# --- the original ----------------------------------------------------------------------------------------------------


def test_the_original_comes_back_byte_for_byte(
    browser: Client, journal: Journal, bring: Callable[..., Any], recording: Path
) -> None:
    bring(journal, {"Sunday “long”.fit": recording})
    answer = browser.get(f"/runs/{journal.runs.get().key}/original/")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(body).hexdigest() == hashlib.sha256(recording.read_bytes()).hexdigest()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")


def test_a_discarded_original_is_told_in_words(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    journal.recordings.update(kept=False)
    answer = browser.get(f"/runs/{run.key}/original/")
    assert answer.status_code == 404
    assert "was discarded" in answer.content.decode()
    assert "The original was discarded" in page_of(browser, run)


def test_nobody_sees_anothers_run(
    bens_browser: Client, journal: Journal, bring: Callable[..., Any], recording: Path, rows: Any
) -> None:
    bring(journal, {"mine.fit": recording})
    key = journal.runs.get().key
    before = rows()
    for part in ("", "original/", "series/pace/", "series/pace/?from=0&to=60", "closer/?from=0&to=60"):
        assert bens_browser.get(f"/runs/{key}/{part}").status_code == 404
    assert bens_browser.post(f"/runs/{key}/describe/", {"kind": "race"}).status_code == 404
    assert rows() == before


# --- what the runner says --------------------------------------------------------------------------------------------


def test_what_is_said_of_a_run_is_kept_and_shown(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    for _ in range(2):
        browser.post(f"/runs/{run.key}/describe/", {"surface": "track", "kind": "workout", "note": "6 x 400 m"})
    about = about_runs(journal)[run.run_id]
    assert (about.surface, about.kind, about.note, about.left_out) == ("track", "workout", "6 x 400 m", False)
    assert journal.entries.filter(kind="run").count() == 1
    assert "6 x 400 m" in page_of(browser, run)


def test_a_note_too_long_is_given_back_as_it_was_typed(browser: Client, journal: Journal, make: Make) -> None:
    run = make(journal, 1)[0]
    answer = browser.post(f"/runs/{run.key}/describe/", {"note": "long " * 500, "surface": "track"})
    assert answer.status_code == 422
    assert "long long" in answer.content.decode()
    assert not about_runs(journal)


def test_looking_changes_nothing(browser: Client, journal: Journal, make: Make, rows: Any) -> None:
    run = make(journal, 2)[0]
    before = rows()
    for url in (
        "/runs/",
        f"/runs/{run.key}/",
        f"/runs/{run.key}/series/pace/",
        f"/runs/{run.key}/original/",
        f"/runs/{run.key}/closer/?from=0&to=60",
    ):
        browser.get(url)
        browser.head(url)
    for url in ("/runs/change/", "/runs/undo/", f"/runs/{run.key}/describe/"):
        assert browser.get(url).status_code == 405
    assert rows() == before
