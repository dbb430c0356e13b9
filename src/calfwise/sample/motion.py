"""A planned run as it is run: every second of it, before any watch writes it down."""

from dataclasses import dataclass

import numpy as np

from calfwise.model.run import Floats
from calfwise.sample.diary import Kind, PlannedRun
from calfwise.sample.gait import Gait, Habit, gait_at
from calfwise.sample.island import M_PER_DEG_LATITUDE, loops
from calfwise.sample.noise import Purpose, chance, trailing_mean, wander
from calfwise.sample.pace import lived_speed_mps, target_speed_mps
from calfwise.sample.story import Person, Story

HILL_SLOWS = 1.8
"""Speed lost per unit of grade; won downhill."""
HILL_PULSE = 2.5
"""Effort gained per unit of grade."""
EFFORT_OF_EASY = 0.70
"""Share of the heart rate reserve at easy pace; other paces in proportion."""
LOWEST_EFFORT = 0.2
"""Standing at the door, looking forward to it."""
HIGHEST_EFFORT = 0.97
PULSE_LAG_S = 35
PULSE_SPREAD = 1.2
PULSE_WANDER_S = 20
POSITION_SPREAD_M = 1.2
POSITION_WANDER_S = 30
YEAR_MEAN_DEGREES = 15.0
YEAR_SWING_DEGREES = 8.0
COLDEST_DAY_OF_YEAR = 25
DAYS_PER_YEAR = 365.25
WRIST_WARMTH_DEGREES = 5.0
"""A watch on a wrist reads too warm."""


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A run's seconds, pauses left out; `clock_s` runs on through them."""

    clock_s: Floats
    distance_m: Floats
    speed_mps: Floats
    altitude_m: Floats
    latitude_deg: Floats
    longitude_deg: Floats
    heart_rate: Floats
    temperature: float
    gait: Gait
    pauses: tuple[tuple[int, int], ...]
    """The second before which the watch was stopped, and for how long. [s]"""

    def __len__(self) -> int:
        return len(self.clock_s)


def motion_of(planned: PlannedRun, story: Story, *, seed: int) -> Motion:
    """Run the run. The same story, seed and number give the same seconds."""
    random = chance(seed, Purpose.MOTION, planned.number)
    island = loops(seed)
    loop = island[int(random.integers(len(island)))]
    target_mps = target_speed_mps(planned, story)
    pauses = _pauses(planned, story, random)
    grade = loop.grade(np.cumsum(target_mps))
    meant_mps = target_mps * (1 - HILL_SLOWS * grade)
    speed_mps = lived_speed_mps(meant_mps, stops_at_s=tuple(at for at, _ in pauses), random=random)
    distance_m = np.concatenate([[0.0], np.cumsum(speed_mps)[:-1]])
    n_seconds = _end(planned, distance_m)
    speed_mps, distance_m = speed_mps[:n_seconds], distance_m[:n_seconds]
    north_deg, east_deg = (
        POSITION_SPREAD_M / M_PER_DEG_LATITUDE * wander(random, n_seconds, window_s=POSITION_WANDER_S)
        for _axis in range(2)
    )
    latitude_deg, longitude_deg = loop.position_deg(distance_m)
    return Motion(
        clock_s=_clock_s(n_seconds, pauses),
        distance_m=distance_m,
        speed_mps=speed_mps,
        altitude_m=loop.altitude_m(distance_m),
        latitude_deg=latitude_deg + north_deg,
        longitude_deg=longitude_deg + east_deg,
        heart_rate=_heart_rate(speed_mps, grade[:n_seconds], planned, story.runner, random),
        temperature=_temperature(planned, random),
        gait=gait_at(speed_mps, habit=_habit(planned, story), random=random),
        pauses=pauses,
    )


def _end(planned: PlannedRun, distance_m: Floats) -> int:
    """Samples until the run's goal is reached."""
    if planned.duration_s is not None:
        return min(round(planned.duration_s), len(distance_m) - 1) + 1
    return min(int(np.searchsorted(distance_m, planned.distance_m or 0.0)) + 1, len(distance_m))


def _pauses(planned: PlannedRun, story: Story, random: np.random.Generator) -> tuple[tuple[int, int], ...]:
    """One stop at a crossing in some runs, somewhere in the middle half; nobody stops in a race."""
    watch = story.watch
    shortest_s, longest_s = watch.pause_s
    chance, place = random.random(2)
    pause_s = int(random.integers(shortest_s, longest_s + 1))
    if chance >= watch.pause_share or planned.kind in (Kind.RACE, Kind.BAREFOOT):
        return ()
    usual_s = planned.duration_s or (planned.distance_m or 0.0) / planned.speed_mps
    return ((round(usual_s * (1 + 2 * place) / 4), pause_s),)


def _clock_s(n_seconds: int, pauses: tuple[tuple[int, int], ...]) -> Floats:
    clock_s = np.arange(n_seconds, dtype=np.float64)
    for at_s, pause_s in pauses:
        clock_s[at_s:] += pause_s
    return clock_s


def _heart_rate(
    speed_mps: Floats, grade: Floats, planned: PlannedRun, person: Person, random: np.random.Generator
) -> Floats:
    """Follows the effort with a lag. [1/min]"""
    effort = EFFORT_OF_EASY * speed_mps / planned.dose.easy_mps * (1 + HILL_PULSE * grade)
    effort = np.clip(trailing_mean(effort, window_s=PULSE_LAG_S), LOWEST_EFFORT, HIGHEST_EFFORT)
    effort = trailing_mean(effort, window_s=PULSE_LAG_S)
    reserve = person.highest_heart_rate - person.resting_heart_rate
    uneven = PULSE_SPREAD * wander(random, len(speed_mps), window_s=PULSE_WANDER_S)
    return person.resting_heart_rate + reserve * effort + uneven


def _temperature(planned: PlannedRun, random: np.random.Generator) -> float:
    """The season's, some warmth of the wrist, and the day's own. [°C]"""
    day_of_year = planned.start.timetuple().tm_yday - COLDEST_DAY_OF_YEAR
    season = -YEAR_SWING_DEGREES * np.cos(2 * np.pi * day_of_year / DAYS_PER_YEAR)
    return float(YEAR_MEAN_DEGREES + season + WRIST_WARMTH_DEGREES + 2 * random.standard_normal())


def _habit(planned: PlannedRun, story: Story) -> Habit:
    person, barefoot = story.runner, story.barefoot
    without_shoes = planned.kind is Kind.BAREFOOT
    return Habit(
        cadence_ratio=person.cadence_ratio * (barefoot.cadence_ratio if without_shoes else 1.0),
        stance_ratio=person.stance_ratio * (barefoot.stance_ratio if without_shoes else 1.0),
        left_stance_share=person.left_stance_share,
    )
