"""How fast the made-up runner means to go, second by second."""

from collections.abc import Iterator

import numpy as np

from calfwise.model.run import Floats
from calfwise.sample.diary import Kind, PlannedRun
from calfwise.sample.noise import trailing_mean, wander
from calfwise.sample.story import Story

SHORTEST_WALK_S = 10
"""A shorter walking break is none. [s]"""
CHANGE_OF_PACE_S = 4
"""To get from one pace to the next. [s]"""
SPARE_SHARE = 1.25
"""Planned beyond the goal, as hills and tired legs make the goal come later."""
WANDER_SHARE = 0.03
WANDER_S = 25
JITTER_SHARE = 0.008
"""Second to second."""
STANDING_S = 3
"""Before the watch is stopped. [s]"""

Piece = tuple[float, float]
"""A stretch of the plan: seconds, metres a second."""


def target_speed_mps(planned: PlannedRun, story: Story) -> Floats:
    """The plan of a run at 1 Hz, a good deal longer than its goal.

    Returns
    -------
    (n_seconds,)
        Walking breaks and repetitions included, without hills or noise. [m/s]
    """
    goal_s = (planned.duration_s or (planned.distance_m or 0.0) / story.runner.walking_mps) * SPARE_SHARE
    goal_m = (planned.distance_m or np.inf) * SPARE_SHARE
    seconds: list[int] = []
    speeds_mps: list[float] = []
    covered_s = covered_m = 0.0
    pieces = _pieces(planned, story)
    while covered_s < goal_s and covered_m < goal_m:
        piece_s, piece_mps = next(pieces)
        seconds.append(round(piece_s))
        speeds_mps.append(piece_mps)
        covered_s += piece_s
        covered_m += piece_s * piece_mps
    return np.repeat(speeds_mps, seconds)


def _pieces(planned: PlannedRun, story: Story) -> Iterator[Piece]:
    """Stretch after stretch, without end."""
    if planned.kind not in (Kind.RACE, Kind.BAREFOOT):
        yield story.week.warm_up_walk_s, story.runner.walking_mps
    if planned.kind is Kind.INTERVALS:
        intervals = story.intervals
        yield intervals.warm_up_s, planned.speed_mps
        for _repeat in range(intervals.repeats):
            yield intervals.fast_s, planned.speed_mps + intervals.faster_mps
            yield intervals.easy_s, planned.speed_mps - intervals.faster_mps / 2
    while True:
        yield planned.dose.run_s, planned.speed_mps
        if planned.dose.walk_s >= SHORTEST_WALK_S and planned.kind not in (Kind.RACE, Kind.BAREFOOT):
            yield planned.dose.walk_s, story.runner.walking_mps


def lived_speed_mps(target_mps: Floats, *, stops_at_s: tuple[int, ...], random: np.random.Generator) -> Floats:
    """The plan as legs carry it out: changes take time, pace wanders, a stop is a standstill. [m/s]"""
    meant_mps = target_mps.copy()
    meant_mps[0] = 0.0
    for stop_s in stops_at_s:
        meant_mps[max(stop_s - STANDING_S, 0) : stop_s + 1] = 0.0
    smooth_mps = trailing_mean(meant_mps, window_s=CHANGE_OF_PACE_S)
    n_seconds = len(target_mps)
    uneven = WANDER_SHARE * wander(random, n_seconds, window_s=WANDER_S) + JITTER_SHARE * random.standard_normal(
        n_seconds
    )
    return np.maximum(smooth_mps * (1 + uneven), 0.0)
