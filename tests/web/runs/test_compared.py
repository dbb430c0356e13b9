"""A run as the whole history's pages read it, and beside the runner's own running before it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec import structs

from calfwise.model.load.alignment import OtherSource, StanceStory
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.gait import Grade
from calfwise.model.load.stance import StanceSeen
from calfwise.model.runner import Runner, Shoe
from calfwise_web.runs import calves
from calfwise_web.runs.compared import Before, before_of, read_as_shown
from calfwise_web.runs.grades import grade_card
from calfwise_web.units import Units
from tests.model.load import made

DAY = datetime(2026, 3, 1, tzinfo=UTC)
STEADY: dict[str, Any] = {"speed_mps": 3.0, "cadence_spm": 168.0, "stance_time_s": 0.26, "distance_m": 1800.0}
PLAIN: dict[str, Any] = {"shoe": None, "surface": "", "kind": "", "story": StanceStory()}
BARE = Shoe(id="bare", name="Barefoot", since=date(2026, 1, 1), barefoot=True)


def measured_by(source: str, **measured: Any) -> RunLoad:
    load = run_load(made.run(**STEADY | measured))
    return structs.replace(load, stance=StanceSeen(source, 0.26))


def story(shift_s: float | None) -> StanceStory:
    return StanceStory("watch Garmin 1", (OtherSource("stryd", DAY, DAY, 5, shift_s, 5),))


# --- as other pages read it ------------------------------------------------------------------------------------------


def test_a_run_of_the_historys_own_source_is_as_it_is_held() -> None:
    load = measured_by("watch Garmin 1")
    read = read_as_shown(load, **PLAIN | {"story": story(0.01)})
    assert read.load.vertical_grf_bw == load.vertical_grf_bw
    assert list(calves.readings(read.load, story(0.01))) == []


def test_a_run_of_another_source_reads_like_the_others_and_says_so() -> None:
    read = read_as_shown(measured_by("stryd"), **PLAIN | {"story": story(0.01)})
    # 270 instead of 260 ms: 0.178 + (2.414264 - 0.178) x 260 / 270 = 2.331439
    assert read.load.vertical_grf_bw is not None
    assert read.load.vertical_grf_bw.value == pytest.approx(2.331439, abs=1e-6)
    assert read.ground is not None
    assert read.ground.value == pytest.approx(2.331439 / 2.414264, abs=1e-6)
    [said] = calves.readings(read.load, story(0.01))
    assert said.startswith("Ground contact here is from Stryd. It reads 10 ms shorter than your watch (Garmin 1)")


def test_a_run_that_nothing_ties_to_the_others_says_that_it_is_not_compared() -> None:
    read = read_as_shown(measured_by("stryd"), **PLAIN | {"story": story(None)})
    [said] = calves.readings(read.load, story(None))
    assert "another device than in the rest of your runs" in said
    assert "not compared" in said


def test_a_trail_widens_both_ranges_and_says_so_without_a_factor_of_load() -> None:
    load = measured_by("watch")
    read = read_as_shown(load, **PLAIN | {"surface": "trail"})
    assert read.ground is not None
    assert read.ground.value == 1.0
    assert read.ground.low < 1.0 < read.ground.high
    [said] = calves.readings(read.load, StanceStory())
    assert said.startswith("On trail")


def test_bare_feet_reach_higher_in_the_achilles_alone() -> None:
    read = read_as_shown(measured_by("watch"), **PLAIN | {"shoe": BARE})
    assert read.ground is not None
    assert read.achilles is not None
    assert (read.ground.high, read.achilles.low, read.achilles.value) == (1.0, 1.0, 1.0)
    assert read.achilles.high > 1.0
    assert "nobody can say how much" in next(calves.readings(read.load, StanceStory()))


def test_stairs_have_strikes_and_no_force() -> None:
    read = read_as_shown(measured_by("watch"), **PLAIN | {"surface": "stairs"})
    assert (read.ground, read.achilles) == (None, None)
    facts = {fact.term: fact for fact in calves.calves(read.load, Before())}
    assert facts["Strikes a leg"].number == "840"
    assert (facts["Ground force"].number, facts["Ground force"].band) == ("–", "not estimated")


# --- beside one's own running ----------------------------------------------------------------------------------------


def easy_runs(count: int) -> list[RunLoad]:
    """Easy runs of 1.8 km in 600 s, each 1,680 strikes."""
    return [run_load(made.run(**STEADY, start=made.at(day))) for day in range(count)]


def facts_against(load: RunLoad, earlier: list[RunLoad]) -> dict[str, str]:
    before = before_of(load, earlier, runner=Runner(), story=StanceStory())
    return {fact.term: fact.number for fact in calves.against_easy(load, before, Units())}


def test_an_easy_run_is_as_many_of_its_own_easy_kilometres_as_it_is_long() -> None:
    run = run_load(made.run(**STEADY, start=made.at(20)))
    facts = facts_against(run, easy_runs(6))
    assert facts["Foot strikes as in"] == "1.8"
    assert facts["A step's ground force"] == "no more"
    assert facts["Wear of one km"] == "1.0"


def test_a_fast_run_is_fewer_strikes_and_more_force_a_step() -> None:
    fast = run_load(
        made.run(
            seconds=450, speed_mps=4.0, cadence_spm=176.0, stance_time_s=0.22, distance_m=1800.0, start=made.at(20)
        )
    )
    facts = facts_against(fast, easy_runs(6))
    # 450 s x 176 / 60 = 1,320 strikes against 933.3 an easy km
    assert facts["Foot strikes as in"] == "1.4"
    assert facts["A step's ground force"].endswith("% more")


def test_with_few_runs_before_nothing_is_held_against_easy_running() -> None:
    run = run_load(made.run(**STEADY, start=made.at(20)))
    assert facts_against(run, easy_runs(3)) == {}


def test_left_and_right_are_held_against_the_runs_before() -> None:
    earlier = [run_load(made.run(**STEADY, stance_time_balance=0.50, start=made.at(day))) for day in range(6)]
    run = run_load(made.run(**STEADY, stance_time_balance=0.53, start=made.at(20)))
    before = before_of(run, earlier, runner=Runner(), story=StanceStory())
    said = calves.sides(run, before)
    assert said[0].startswith("Your left foot stood about 31 ms longer")  # 4 x 0.03 x 260 ms
    assert any(each.startswith("That is further left than in your last 6 runs") for each in said)


# --- grade and why ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "grade", "better"),
    [
        ({}, Grade.A, "as good as a watch or pod gets"),
        ({"stance_time_s": float("nan")}, Grade.B, "would make it A"),
        ({"stance_time_s": float("nan"), "cadence_spm": float("nan")}, Grade.C, "Cadence would make it B"),
        ({name: float("nan") for name in ("stance_time_s", "cadence_spm", "speed_mps")}, Grade.D, "second by second"),
    ],
)
def test_every_grade_says_what_would_make_it_better(measured: dict[str, Any], grade: Grade, better: str) -> None:
    card = grade_card(run_load(made.run(**STEADY | measured)))
    assert card.grade == grade
    assert better in card.better
    assert [row.grade for row in card.rows if row.here] == [grade]


def test_ground_contact_that_no_pace_allows_is_named_as_the_reason() -> None:
    card = grade_card(run_load(made.run(**STEADY | {"stance_time_s": 0.34})))
    assert card.grade == "C"
    assert "more than 15 % off" in card.why
    assert "Strikes are counted" in card.why


def test_worse_grades_promise_less() -> None:
    rows = grade_card(run_load(made.run(**STEADY))).rows
    assert [row.strikes[-4:] for row in rows] == ["nted", "nted", "1.10", "1.13"]
    assert [row.ground[-4:] for row in rows] == ["1.14", "1.20", "1.20", "1.20"]
