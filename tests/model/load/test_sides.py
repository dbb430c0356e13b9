"""Left and right. Base: 10 minutes, level, 3.0 m/s, 168 steps a minute; 0.26 s of stance, half of it left."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calfwise.model import constants as c
from calfwise.model.load.dose import run_load
from calfwise.model.load.sides import OwnSides, Sides, left_share_of, own_sides, sides_of, sides_said
from calfwise.model.load.steps import Steps
from calfwise.model.run import DeveloperColumns, Device, Run, Side
from calfwise.model.runner import Runner
from calfwise.readers import read
from tests.model.load.made import run

STEADY: dict[str, Any] = {"speed_mps": 3.0, "cadence_spm": 168.0, "stance_time_s": 0.26, "distance_m": 1800.0}
UNKNOWN = np.nan


def with_pods(recorded: Run, *, left_s: Any, right_s: Any) -> Run:
    """The same run with a pod on each shoe."""
    feet = {"stance_time_left_s": left_s, "stance_time_right_s": right_s}
    columns = {name: np.broadcast_to(np.asarray(s, np.float64), len(recorded.columns)) for name, s in feet.items()}
    columns["stance_time_s"] = (columns["stance_time_left_s"] + columns["stance_time_right_s"]) / 2
    return replace(recorded, developer=(DeveloperColumns("runscribe", columns),))


def sides(recorded: Run, runner: Runner = Runner()) -> Sides | None:  # noqa: B008 - frozen
    return sides_of(recorded, Steps(recorded, runner))


def told(left_share: float, *, source: str = "watch") -> Sides:
    return Sides(source, left_share, 1800.0, 0.25)


# --- measured --------------------------------------------------------------------------------------------------------


def test_a_watchs_balance_is_the_left_foots_share_of_ground_contact() -> None:
    found = sides(run(**STEADY, stance_time_balance=0.52))
    assert found is not None
    assert (found.source, found.seconds) == ("watch", 600.0)
    assert (found.left_share, found.stance_time_s) == pytest.approx((0.52, 0.26))
    # left 2 x 0.26 x 0.52 = 0.2704 s, right 0.2496 s
    assert found.longer is Side.LEFT
    assert found.longer_by_s == pytest.approx(0.0208)


def test_two_pods_tell_the_share_by_each_foots_own_time() -> None:
    found = sides(with_pods(run(**STEADY | {"stance_time_s": UNKNOWN}), left_s=0.245, right_s=0.255))
    assert found is not None
    assert found.source == "runscribe"
    assert found.left_share == pytest.approx(0.49)  # 245 of 500 ms
    assert found.stance_time_s == pytest.approx(0.25)


def test_the_source_of_the_stance_times_speaks_for_left_and_right_too() -> None:
    recorded = with_pods(run(**STEADY, stance_time_balance=0.5), left_s=0.26, right_s=0.24)
    assert sides(recorded).source == "watch"  # type: ignore[union-attr]
    trusted = sides(recorded, Runner(stance_source="runscribe"))
    assert (trusted.source, trusted.left_share) == ("runscribe", pytest.approx(0.52))  # type: ignore[union-attr]


def test_where_that_source_has_no_left_and_right_another_that_has_speaks() -> None:
    found = sides(with_pods(run(**STEADY), left_s=0.26, right_s=0.24))
    assert found is not None
    assert found.source == "runscribe"


def test_two_makes_of_watch_are_two_sources() -> None:
    recorded = replace(run(**STEADY, stance_time_balance=0.5), device=Device(maker="Garmin", product="3291"))
    assert sides(recorded).source == "watch Garmin 3291"  # type: ignore[union-attr]


# --- not measured, or not long enough --------------------------------------------------------------------------------


def test_a_balance_without_ground_contact_is_nothing() -> None:
    assert sides(run(**STEADY | {"stance_time_s": UNKNOWN}, stance_time_balance=0.52)) is None


def test_less_than_five_minutes_of_both_feet_tell_nothing() -> None:
    both = np.where(np.arange(600) < 299, 0.52, UNKNOWN)
    assert sides(run(**STEADY, stance_time_balance=both)) is None
    both[299] = 0.52
    assert sides(run(**STEADY, stance_time_balance=both)) is not None


def test_walking_and_steep_ground_say_nothing_of_left_and_right() -> None:
    second = np.arange(1000)
    hill, walk = second < 200, second >= 800
    share = np.where(hill | walk, 0.56, 0.5)
    recorded = run(
        seconds=1000, distance_m=2800.0, speed_mps=np.where(walk, 1.5, 3.0), cadence_spm=np.where(walk, 110.0, 168.0),
        stance_time_s=0.26, grade=np.where(hill, 0.12, 0.0), stance_time_balance=share,
    )  # fmt: skip
    found = sides(recorded)
    assert found is not None
    assert found.left_share == pytest.approx(0.5)
    assert found.seconds == 600.0


def test_a_foot_that_stands_as_no_runners_does_is_not_measured() -> None:
    # 98 % left of 0.52 s leave 10 ms for the right foot
    assert sides(run(**STEADY, stance_time_balance=0.98)) is None


def test_distance_and_time_alone_have_no_left_and_right() -> None:
    assert sides(run(seconds=600, distance_m=1800.0)) is None


def test_left_and_right_leave_strikes_and_forces_as_they_are() -> None:
    even, uneven = (run_load(run(**STEADY, stance_time_balance=share)) for share in (0.5, 0.54))
    assert (even.strikes_per_leg, even.vertical_grf_bw) == (uneven.strikes_per_leg, uneven.vertical_grf_bw)


# --- beyond measurement error ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_share", [0.4901, 0.5, 0.5099])
def test_within_measurement_error_both_feet_are_even(left_share: float) -> None:
    assert told(left_share).longer is None
    assert told(left_share).longer_by_s is None
    [said] = sides_said(told(left_share))
    assert said.startswith("Left and right are even within measurement error")


@pytest.mark.parametrize(("left_share", "longer", "shorter"), [(0.53, "left", "right"), (0.47, "right", "left")])
def test_beyond_it_the_longer_foot_is_named_with_milliseconds_and_a_lower_peak(
    left_share: float, longer: str, shorter: str
) -> None:
    # 2 x 0.25 x 0.53 = 265 ms against 235 ms
    apart, force = sides_said(told(left_share))
    assert apart.startswith(f"Your {longer} foot stood about 30 ms longer than your {shorter}")
    assert (
        force
        == f"A longer stance means a lower peak force, so a little lower on the {longer}; nobody can tell by how much."
    )


def test_no_sentence_speaks_of_pain_or_of_causes() -> None:
    own = [None, OwnSides(0.50, 10, Side.LEFT), OwnSides(0.50, 10, None), OwnSides(0.56, 10, Side.RIGHT)]
    words = " ".join(said for share in (0.5, 0.53) for each in own for said in sides_said(told(share), each)).lower()
    for word in ("injur", "limp", "pain", "weak", "because", "risk", "problem", "asymmetr"):
        assert word not in words


# --- against oneself -------------------------------------------------------------------------------------------------


def test_too_few_runs_before_tell_no_usual() -> None:
    assert own_sides(told(0.53), [told(0.53)] * 4) is None


def test_whoever_always_runs_a_little_left_is_as_usual() -> None:
    own = own_sides(told(0.53), [told(share) for share in (0.52, 0.525, 0.53, 0.535, 0.54)])
    assert own == OwnSides(0.53, 5, None)
    assert sides_said(told(0.53), own)[-1].startswith("As usual for you")


@pytest.mark.parametrize(("left_share", "further"), [(0.515, Side.LEFT), (0.485, Side.RIGHT), (0.509, None)])
def test_change_is_told_beyond_measurement_error_alone(left_share: float, further: Side | None) -> None:
    own = own_sides(told(left_share), [told(0.50)] * 6)
    assert own is not None
    assert own.further is further


def test_only_the_ten_latest_runs_are_the_usual() -> None:
    own = own_sides(told(0.50), [told(0.60)] * 20 + [told(0.50)] * 10)
    assert own == OwnSides(0.50, 10, None)


def test_runs_of_another_sensor_are_no_usual() -> None:
    others = [told(0.50, source="runscribe")] * 10
    assert own_sides(told(0.53), others) is None
    own = own_sides(told(0.53), [*others, *[told(0.53)] * 5])
    assert own == OwnSides(0.53, 5, None)


def test_even_feet_may_still_be_a_change_for_this_runner() -> None:
    said = sides_said(told(0.50), own_sides(told(0.50), [told(0.53)] * 10))
    assert said[0].startswith("Left and right are even")
    assert said[1] == "That is further right than in your last 10 runs with the same sensor: 53.0 %."
    assert "strap or pod" in said[2]


# --- where the error comes from --------------------------------------------------------------------------------------

BOTH_FEET = (
    "connectstats__activity_1378220136.fit",
    "connectstats__activity_2477200414.fit",
    "connectstats__track_cs_1451.fit",
    "connectstats__track_cs_544406.fit",
    "connectstats__track_cs_5611.fit",
    "python-fitparse__sample_mulitple_header.fit",
)


def test_halves_of_real_runs_differ_by_less_than_the_error_nine_times_in_ten(shared_data: Path) -> None:
    apart = [_halves_apart(shared_data / "recordings" / name) for name in BOTH_FEET]
    assert max(map(abs, apart)) < c.SIDES_ERROR
    ninety = c.NORMAL_90 * float(np.sqrt(np.mean(np.square(apart))))
    assert ninety == pytest.approx(0.0091, abs=0.0002)
    assert ninety < c.SIDES_ERROR


def _halves_apart(path: Path) -> float:
    """The first half's left share minus the second's, over level running. [1]"""
    [recorded] = read(path)
    steps = Steps(recorded, Runner())
    found = left_share_of(recorded, steps)
    assert found is not None
    chosen = steps.running & ~steps.steep & np.isfinite(found[1])
    share, seconds = found[1][chosen], steps.seconds[chosen]
    first = np.cumsum(seconds) <= seconds.sum() / 2
    means = [np.average(share[half], weights=seconds[half]) for half in (first, ~first)]
    return float(means[0] - means[1])
