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
from calfwise_web.runs.charts import splits
from calfwise_web.runs.queries import about_runs
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
    assert '<div class="band">about</div>' in page
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
    for part in ("", "original/", "series/pace/"):
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
    for url in ("/runs/", f"/runs/{run.key}/", f"/runs/{run.key}/series/pace/", f"/runs/{run.key}/original/"):
        browser.get(url)
        browser.head(url)
    for url in ("/runs/change/", "/runs/undo/", f"/runs/{run.key}/describe/"):
        assert browser.get(url).status_code == 405
    assert rows() == before
