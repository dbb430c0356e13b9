"""The coach's twelve points (docs: what calfwise is for), each shown on a phone.

A point's runner is a scenario of the tree or a few lines of one; nothing is put on the page but by tapping.
"""

import json
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from calfwise import library
from calfwise.model.run import BOTH_SIDES
from calfwise.scenario import Scenario, load_scenario, question_of
from calfwise_web.journal.lines import events_of, history_of
from tests.test_scenarios import HERE
from tests.web.browser.person import DAY_ONE, Runner, has_arrived, journal_of, plays_to_the_end
from tests.web.browser.person import runner as runner
from tests.web.today.test_scenarios import filled

pytestmark = pytest.mark.django_db(transaction=True)
USUAL: list[dict[str, Any]] = [{"days_ago": 4, "km": 8, "every_days": 3, "times": 12}, {"days_ago": 1, "km": 8}]
"""Eight easy kilometres every third day, the last of them yesterday."""


def lives(runner: Runner, told: str | dict[str, Any]) -> datetime:
    """The runner's life so far, from a scenario's file or lines; the evening on which we meet them."""
    scenario = (
        load_scenario(HERE / f"{told}.toml")
        if isinstance(told, str)
        else msgspec.convert({"name": "made here", "now": DAY_ONE, **told}, Scenario)
    )
    runner.patch.setattr("django.utils.timezone.now", lambda: scenario.now)
    filled(journal_of(), scenario, question_of(scenario, beside=HERE))
    return scenario.now


def reads(runner: Runner) -> str:
    """The page as somebody reads it, on one line."""
    return " ".join(runner.page.locator("main").inner_text().split())


def checks_in(runner: Runner, *, left: int, right: int, tender: tuple[str, ...] = ()) -> None:
    runner.feels(left, right)
    runner.has_no_signs()
    for spot in tender:
        side, zone, nrs = spot.split(":")
        runner.marks(side, zone, int(nrs))
    runner.asks_for_a_plan()


@pytest.mark.parametrize(
    ("life", "noticed", "cause"),
    [
        ("causes/new-to-running", "Week 4 of running", "New to running"),
        ("causes/a-longer-run", "50% longer than the longest of the 30 days before", "A longer single run"),
        ("causes/a-lower-shoe", "its heel is 6 mm lower", "A newer, lower or thinner shoe"),
        ("causes/barefoot", "Barefoot", "Barefoot or minimal running"),
    ],
    ids=("taking-up-running", "running-more", "a-less-cushioned-shoe", "barefoot"),
)
def test_m1_each_of_the_four_changes_is_noticed_by_itself(runner: Runner, life: str, noticed: str, cause: str) -> None:
    now = lives(runner, life)
    runner.opens(now, "/load/")
    assert noticed in reads(runner)
    runner.opens(now, "/why/")
    assert reads(runner).split("Worth a look: ")[1].startswith(cause)
    assert runner.troubles == []


def test_m2_plain_load_comes_first_and_glutes_are_looked_at_by_a_test_of_their_own(runner: Runner) -> None:
    now = lives(runner, "causes/a-weak-leg-and-a-longer-run")
    runner.opens(now, "/why/")
    said = reads(runner)
    assert said.index("A longer single run") < said.index("Glutes that do not share the work")
    assert "unproven" in said
    assert "What speaks for it" in said
    assert "What speaks against it" in said
    runner.page.get_by_role("link", name=re.compile("bridge hold", re.IGNORECASE)).first.tap()
    runner.page.wait_for_url("**/tests/bridge-hold/")
    assert runner.page.locator("main svg").count() > 0
    assert runner.troubles == []


@pytest.mark.parametrize(
    ("nrs", "advice"),
    [(3, "run as planned, and easy"), (5, "run shorter than planned or not at all"), (6, "no run today")],
)
def test_m3_sore_calves_change_todays_running(runner: Runner, nrs: int, advice: str) -> None:
    now = lives(runner, {"runs": USUAL, "journal": []})
    runner.opens(now)
    checks_in(runner, left=nrs, right=nrs)
    assert advice in reads(runner)
    assert runner.troubles == []


def test_m4_every_foot_strike_is_counted_and_its_force_told_with_its_doubt(runner: Runner) -> None:
    now = lives(runner, {"now": DAY_ONE + timedelta(days=1), "runs": USUAL, "journal": []})
    runner.opens(now, "/load/")
    week = re.search(r"Foot strikes, each leg ([\d,]+)", reads(runner))
    # 8 km at 6:00 are 48 minutes at 167 to 168 steps a minute: 4,008 to 4,032 on each leg.
    assert week is not None
    assert 4_008 <= int(week[1].replace(",", "")) <= 4_032
    assert "What your calves are used to" in reads(runner)
    runner.opens(now, "/runs/")
    with runner.page.expect_navigation():
        runner.page.locator("main tbody a").first.tap()
    # 6:00 a kilometre is 2.78 m/s, where others have a duty factor of 0.381: 0.178 + 0.814 / 0.381 = 2.31.
    assert "Ground force 2.3 × body weight mean peak, likely 1.9 to 2.8" in reads(runner)
    assert "Achilles force 5.5 × body weight mean peak, likely 3.9 to 7.8" in reads(runner), "2.4 times as much"
    assert runner.troubles == []


def test_m5_three_techniques_each_with_its_drawing_place_and_pace(runner: Runner) -> None:
    now = lives(runner, {"runs": USUAL, "kit": ["ball", "roller"], "journal": []})
    runner.opens(now)
    checks_in(runner, left=4, right=3, tender=("left:medial-upper:6", "right:lateral-middle:5"))
    (planned,) = events_of(journal_of(), "planned")
    used = {item.technique for item in planned.session.items}
    runner.starts()
    runner.page.locator("#player:not([data-scene=loading])").wait_for()
    data = json.loads(runner.page.locator("script[type='application/json']").first.text_content())
    drawn = {
        step["technique"]: said["figure"]
        for step, said in zip(data["steps"], data["said"], strict=True)
        if "technique" in step
    }
    assert used <= set(library.content().techniques)
    assert len(used) == 3
    assert all(drawn[technique] for technique in used)
    for technique in used:
        assert runner.page.locator(f"#{drawn[technique]} svg").count() > 0
    assert runner.troubles == []


def test_m6_two_spots_are_treated_and_the_rest_comes_first_tomorrow(runner: Runner) -> None:
    now = lives(runner, {"runs": USUAL, "journal": []})
    tender = ("left:medial-upper:6", "left:lateral-middle:5", "right:medial-upper:4", "right:soleus-lateral:4")
    runner.opens(now)
    checks_in(runner, left=4, right=3, tender=tender)
    (planned,) = events_of(journal_of(), "planned")
    assert len(planned.session.spots) == 2
    runner.starts()
    assert plays_to_the_end(runner)[-1] == "over"
    has_arrived(runner, "done")
    waiting = {each.spot for each in history_of(journal_of()).waiting}
    assert len(waiting) == 2
    runner.opens(now + timedelta(days=1), "/today/again/")
    checks_in(runner, left=4, right=3)
    assert set(events_of(journal_of(), "planned")[-1].session.spots) <= waiting
    assert runner.troubles == []


def test_m7_less_and_stop_are_under_the_thumb_and_no_calf_gets_more_than_its_minutes(runner: Runner) -> None:
    now = lives(runner, {"runs": USUAL, "kit": ["ball"], "minutes": 60, "journal": []})
    runner.opens(now)
    checks_in(runner, left=5, right=5, tender=("left:medial-upper:8", "right:medial-upper:8", "left:soleus-medial:7"))
    (planned,) = events_of(journal_of(), "planned")
    caps = library.content().caps
    for side in BOTH_SIDES:
        pressure_s = sum(item.pressure_s for item in planned.session.items if item.side is side)
        assert pressure_s <= caps.pressure_per_calf_s
    assert all(item.effort_nrs <= 4 for item in planned.session.items)
    runner.starts()
    page = runner.page
    page.locator("#player[data-scene=timed]").wait_for()
    for _ in range(8):
        for act in ("less", "stop"):
            assert page.locator(f"[data-act={act}]").locator("visible=true").count() == 1
        page.clock.run_for(7_000)
    page.locator("[data-act=stop]").locator("visible=true").tap()
    page.locator("#player[data-scene=why]").wait_for()
    assert "numb" in reads(runner).lower() or "numb" in page.locator("#player").inner_text().lower()
    assert runner.troubles == []


def test_m8_soreness_that_stays_leads_to_a_professional_with_a_page_to_take_along(runner: Runner) -> None:
    now = lives(runner, "serious/four-weeks-of-mild-soreness")
    runner.opens(now)
    assert runner.page.locator("fieldset.group").count() > 0, "signs are asked before every session"
    checks_in(runner, left=2, right=2)
    assert runner.page.get_by_role("link", name="Start").count() == 0
    assert "within a week" in runner.page.locator(".first-line").inner_text().lower()
    paper = runner.page.locator("a[href*='professional'], a[href*='paper'], a[href*='print']").first
    runner.page.goto(runner.base + str(paper.get_attribute("href")))
    assert "26 Jun 3 2" in reads(runner), "how sore each leg was, day by day"
    assert "15 Jun 3 24.0 km" in reads(runner), "and what was run"
    assert runner.troubles == []


def quiet_mornings(now: datetime, *, days: int) -> list[dict[str, Any]]:
    """Every second morning a word: nothing at all."""
    return [
        {
            "event": "morning",
            "at": (now - timedelta(days=ago, hours=10)).isoformat(),
            "soreness": {"left": 0, "right": 0},
        }
        for ago in range(days, 0, -2)
    ]


def test_m9_cadence_drills_grass_and_tempo_are_drawn_from_one_budget(runner: Runner) -> None:
    runs = [{"days_ago": 1, "km": 8, "every_days": 2, "times": 45}]
    now = lives(runner, {"runs": runs, "journal": quiet_mornings(DAY_ONE, days=84)})
    runner.opens(now, "/weeks/")
    for words in ("Run faster", "12"):
        runner.page.locator("label").filter(has_text=re.compile(rf"^\s*{words}")).first.tap()
    with runner.page.expect_navigation():
        runner.page.get_by_role("button", name="Plan my weeks").tap()
    for weeks in runner.page.locator("details").all():
        if not weeks.get_attribute("open"):
            weeks.evaluate("each => each.open = true")
    said = reads(runner).lower()
    for part in ("metronome", "drills", "barefoot", "tempo", "calf strength", "glute strength"):
        assert part in said, part
    assert "one budget for it all" in said
    (wish,) = events_of(journal_of(), "weeks-wanted")
    assert (wish.wish.goal, wish.wish.weeks) == ("faster", 12)
    runner.opens(now)
    assert reads(runner).split("How do your calves feel?")[1].strip().startswith("Today:"), "the one thing for today"
    assert runner.troubles == []


def sessions(now: datetime, *, days_ago: list[int]) -> list[dict[str, Any]]:
    """One spot each, planned and done on the same evening."""
    item = {
        "side": "left", "zone": "medial-upper", "technique": "press-and-hold", "tool": "ball", "position": "floor",
        "sets": 1, "seconds": 30, "rest_s": 0, "effort_nrs": 4, "reason": "it was tender", "sources": ["CoachRule"],
    }  # fmt: skip
    told: list[dict[str, Any]] = []
    for ago in days_ago:
        at = now - timedelta(days=ago)
        planned = {"id": f"{at:%Y%m%dT%H%M}", "at": at.isoformat(), "items": [item]}
        told += [
            {"event": "planned", "at": at.isoformat(), "session": planned},
            {"event": "done", "at": (at + timedelta(minutes=10)).isoformat(), "session": planned["id"]},
        ]
    return told


@pytest.mark.parametrize(("answered", "verdict"), [(True, "fewer"), (False, "can't tell")], ids=("answered", "silent"))
def test_m10_fewer_sessions_per_100_km_count_only_beside_answered_mornings(
    runner: Runner, answered: bool, verdict: str
) -> None:
    """Ten kilometres every second day for a year; three sessions a week at first, two in the last twelve weeks."""
    runs = [{"days_ago": 1, "km": 10, "every_days": 2, "times": 182}]
    often = [day for week in range(40, 52) for day in (7 * week, 7 * week + 2, 7 * week + 4)]
    mornings = quiet_mornings(DAY_ONE, days=364)
    journal = [*sessions(DAY_ONE, days_ago=[*often, 20, 50]), *(mornings if answered else mornings[-60:])]
    now = lives(runner, {"runs": runs, "journal": sorted(journal, key=lambda each: str(each["at"]))})
    runner.opens(now, "/working/")
    said = reads(runner)
    assert verdict in said.lower(), said[:900]
    assert "per 100 km" in said
    assert runner.troubles == []


def test_m11_a_warm_up_and_a_ladder_are_guided_by_the_same_player(runner: Runner) -> None:
    done_before = {1: (42, 40, 37, 33, 30), 2: (28, 26, 23, 19, 16, 14)}
    weeks = [
        {"event": "practice", "at": (DAY_ONE - timedelta(days=ago)).isoformat(), "level": level, "felt_nrs": 0,
         "routine": "glute-strength"}
        for level, days_ago in done_before.items()
        for ago in days_ago
    ]  # fmt: skip
    now = lives(runner, {"runs": USUAL, "journal": [*quiet_mornings(DAY_ONE, days=60), *weeks]})
    runner.opens(now, "/practise/warm-up-easy/")
    if runner.page.get_by_role("button", name="Go on").count():
        runner.feels(0, 0)
        with runner.page.expect_navigation():
            runner.page.get_by_role("button", name="Go on").tap()
    said = reads(runner)
    assert "Start" in said
    assert runner.page.locator("main svg").count() > 0
    runner.opens(now, "/practise/glute-strength/")
    assert "A ladder, up and down" in reads(runner)
    with runner.page.expect_navigation():
        runner.page.get_by_role("button", name="Start").tap()
    (planned,) = events_of(journal_of(), "practice-planned")
    assert planned.practice.items[0].counts == (1, 2, 3, 4, 3, 2, 1)
    begin = runner.page.get_by_role("button", name="Begin")
    begin.wait_for()
    runner.page.clock.run_for(1_000)  # a button that has just appeared takes no tap that was meant for another
    begin.tap()
    assert plays_to_the_end(runner)[-1] == "over"
    has_arrived(runner, "practice", times=len(weeks) + 1)
    (done,) = [each for each in events_of(journal_of(), "practice") if each.session == planned.practice.id]
    assert done.done[0].counts == (1, 2, 3, 4, 3, 2, 1)
    assert done.felt_nrs == 3
    assert runner.troubles == []


def test_m12_ten_years_later_everything_is_there_and_leaves_with_the_runner(runner: Runner, tmp_path: Path) -> None:
    years = [{"days_ago": 20 + 365 * year, "km": 10, "every_days": 4, "times": 6} for year in range(10)]
    now = lives(runner, {"runs": years, "runner": {"birth_year": 1954}, "journal": []})
    runner.opens(now, "/load/?by=all")
    assert str(now.year - 9) in reads(runner)
    runner.opens(now, "/your-data/")
    with runner.page.expect_download() as download:
        runner.page.get_by_role("link", name="Download everything").tap()
    export = tmp_path / "export.zip"
    download.value.save_as(export)
    with zipfile.ZipFile(export) as held:
        told = held.read("journal.jsonl").decode().splitlines()
    assert {json.loads(line)["event"] for line in told} >= {"prefers", "runner"}
    assert '"birth_year":1954' in "\n".join(told)
    assert runner.troubles == []
