"""Laps of a kilometre, as watches make them by themselves."""

from typing import Final

import numpy as np

from calfwise.model.run import Floats
from calfwise.sample.diary import S_PER_MIN
from calfwise.sample.fit_codes import SPORT_RUNNING, Event, EventType, LapTrigger
from calfwise.sample.fit_profile import message
from calfwise.sample.fit_writer import Table
from calfwise.sample.gait import STEPS_PER_STRIDE
from calfwise.sample.motion import Motion

LAP_M: Final = 1000


def lap_table(motion: Motion, *, start: float, local: int) -> tuple[Table, Floats]:
    """Lap messages, and when each ends on the run's clock. [s]"""
    last = len(motion) - 1
    whole = np.arange(LAP_M, motion.distance_m[-1], LAP_M)
    marks = np.unique(np.concatenate([[0], np.searchsorted(motion.distance_m, whole), [last]]))
    begin, end = marks[:-1], marks[1:]
    seconds = end - begin
    strides = motion.gait.cadence_spm / STEPS_PER_STRIDE
    laps = message(
        "lap",
        local=local,
        timestamp=start + motion.clock_s[end],
        message_index=np.arange(len(begin)),
        event=Event.LAP,
        event_type=EventType.STOP,
        start_time=start + motion.clock_s[begin],
        total_elapsed_time=motion.clock_s[end] - motion.clock_s[begin],
        total_timer_time=seconds,
        total_distance=motion.distance_m[end] - motion.distance_m[begin],
        total_cycles=np.add.reduceat(strides[:last], begin) / S_PER_MIN,
        enhanced_avg_speed=(motion.distance_m[end] - motion.distance_m[begin]) / seconds,
        avg_heart_rate=np.add.reduceat(motion.heart_rate[:last], begin) / seconds,
        max_heart_rate=np.maximum.reduceat(motion.heart_rate[:last], begin),
        avg_cadence=np.add.reduceat(strides[:last], begin) / seconds,
        lap_trigger=np.where(end == last, LapTrigger.SESSION_END, LapTrigger.DISTANCE),
        sport=SPORT_RUNNING,
    )
    return laps, motion.clock_s[end]
