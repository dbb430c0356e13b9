"""Where a run was fast, steep or walked. Base: an easy pace of 3.0 m/s, so 3.6 m/s and more is fast."""

from typing import Any

import numpy as np
import pytest

from calfwise.model.load.series import RunSeries, series_of
from calfwise.model.run import Span
from calfwise_web.runs.stretches import Kind, Stretch, pauses_of, stretches_of, together
from tests.model.load.made import run

EASY_MPS = 3.0
SECOND = np.arange(600)


def made(**measured: Any) -> RunSeries:
    columns: dict[str, Any] = {"speed_mps": 3.0, "cadence_spm": 168.0, "grade": 0.0, "distance_m": 1800.0} | measured
    return series_of(run(**columns))


def during(from_s: int, to_s: int, there: float, elsewhere: float) -> Any:
    return np.where((from_s <= SECOND) & (to_s > SECOND), there, elsewhere)


def test_fast_begins_0_6_above_the_own_easy_pace() -> None:
    fast, nearly = made(speed_mps=during(120, 180, 3.6, 3.0)), made(speed_mps=during(120, 180, 3.59, 3.0))
    assert stretches_of(fast, easy_speed_mps=EASY_MPS) == (Stretch(Kind.FAST, 120, 180),)
    assert stretches_of(nearly, easy_speed_mps=EASY_MPS) == ()
    assert together(fast, easy_speed_mps=EASY_MPS).fast_s == 60


def test_without_an_easy_pace_nothing_is_called_fast() -> None:
    series = made(speed_mps=4.5)
    assert stretches_of(series, easy_speed_mps=None) == ()
    assert together(series, easy_speed_mps=None).fast_s is None


@pytest.mark.parametrize("slope", [0.08, -0.08])
def test_beyond_4_degrees_up_or_down_is_steep(slope: float) -> None:
    # the tangent of 4 degrees is 0.0699
    series = made(grade=during(60, 200, slope, 0.0))
    assert stretches_of(series, easy_speed_mps=EASY_MPS) == (Stretch(Kind.STEEP, 60, 200),)
    assert stretches_of(made(grade=during(60, 200, 0.069, 0.0)), easy_speed_mps=EASY_MPS) == ()


def test_a_fast_descent_is_drawn_as_steep_and_counted_as_both() -> None:
    series = made(grade=during(60, 120, -0.1, 0.0), speed_mps=during(60, 120, 4.5, 3.0))
    assert stretches_of(series, easy_speed_mps=EASY_MPS) == (Stretch(Kind.STEEP, 60, 120),)
    both = together(series, easy_speed_mps=EASY_MPS)
    assert (both.fast_s, both.steep_s) == (60, 60)


def test_walking_uphill_is_walking() -> None:
    series = made(
        speed_mps=during(300, 400, 1.4, 3.0),
        cadence_spm=during(300, 400, 110.0, 168.0),
        grade=during(300, 400, 0.2, 0.0),
    )
    assert stretches_of(series, easy_speed_mps=EASY_MPS) == (Stretch(Kind.WALKING, 300, 400),)


def test_standing_still_is_none_of_them() -> None:
    series = made(speed_mps=during(300, 400, 0.0, 3.0), cadence_spm=during(300, 400, 0.0, 168.0))
    assert stretches_of(series, easy_speed_mps=EASY_MPS) == ()


def test_a_flicker_of_the_watch_is_no_stretch_and_parts_none() -> None:
    flicker = made(speed_mps=during(100, 110, 4.0, 3.0))
    parted = made(speed_mps=np.where((SECOND >= 100) & (SECOND < 200) & (SECOND != 150), 4.0, 3.0))
    assert stretches_of(flicker, easy_speed_mps=EASY_MPS) == ()
    assert stretches_of(parted, easy_speed_mps=EASY_MPS) == (Stretch(Kind.FAST, 100, 200),)


def test_nothing_recorded_for_half_a_minute_is_a_pause() -> None:
    times = [*range(60), *range(100, 160), *range(180, 200)]
    recorded = run(time_s=times, speed_mps=3.0, pauses=[Span(60, 100), Span(160, 180)])
    assert pauses_of(series_of(recorded)) == (Stretch(Kind.PAUSE, 60, 100),)


def test_a_stretch_of_a_stretch_stands_where_it_was_in_the_run() -> None:
    recorded = run(speed_mps=during(120, 180, 4.0, 3.0), cadence_spm=168.0)
    closer = series_of(recorded, within=Span(100, 200))
    assert stretches_of(closer, easy_speed_mps=EASY_MPS) == (Stretch(Kind.FAST, 120, 180),)
