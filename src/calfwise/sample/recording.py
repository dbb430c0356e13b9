"""A run as the made-up runner's watch writes it down: FIT messages in the order in which a watch sends them."""

from typing import Any, Final

import numpy as np

from calfwise.model.run import Floats
from calfwise.sample.diary import S_PER_MIN, PlannedRun
from calfwise.sample.fit_codes import (
    ACTIVITY_FILE,
    BY_ITSELF,
    ENDED_BY_HAND,
    HEART_RATE_STRAP,
    OVER_ANT_PLUS,
    SPORT_RUNNING,
    SUB_SPORT_GENERIC,
    Event,
    EventType,
)
from calfwise.sample.fit_profile import fit_seconds, message
from calfwise.sample.fit_writer import Part, Table, fit_bytes, interleaved
from calfwise.sample.gait import STEPS_PER_STRIDE
from calfwise.sample.laps import lap_table
from calfwise.sample.motion import Motion
from calfwise.sample.noise import Purpose, chance
from calfwise.sample.story import ChestStrap, Story

LOCAL_FILE_ID, LOCAL_DEVICE, LOCAL_EVENT, LOCAL_RECORD, LOCAL_HRV, LOCAL_LAP, LOCAL_SESSION, LOCAL_ACTIVITY = range(8)

BEFORE_S: Final = -0.5
"""Written just before the record of its second."""
AFTER_S: Final = 0.25
"""Written just after it."""
MM_PER_M: Final = 1000
MS_PER_S: Final = 1000
PERCENT: Final = 100
S_PER_H: Final = 3600
HALF_STRIDES: Final = 2
"""A watch tells cadence to half a stride a minute."""
BEATS_PER_MESSAGE: Final = 5
"""Places in an hrv message; unused ones are missing."""
BEAT_SPREAD: Final = 0.02


def recording_of(motion: Motion, planned: PlannedRun, story: Story, *, seed: int, hrv: bool = False) -> bytes:
    """The FIT file of a run. With `hrv`, the times between heart beats follow every record."""
    random = chance(seed, Purpose.WATCH, planned.number)
    start = fit_seconds(planned.start)
    end = start + motion.clock_s[-1]
    timed = [
        _events(motion, start),
        (message("record", local=LOCAL_RECORD, **_record(motion, planned, story, start, random)), motion.clock_s),
    ]
    if hrv:
        timed.append((message("hrv", local=LOCAL_HRV, time=_beats(motion, random)), motion.clock_s))
    laps, lap_ends_s = lap_table(motion, start=start, local=LOCAL_LAP)
    timed.append((laps, lap_ends_s + AFTER_S))
    offset = planned.start.utcoffset()
    parts: list[Part] = [
        *_devices(planned, story, start),
        interleaved(*timed),
        _session(motion, start, n_laps=len(laps)),
        message(
            "activity",
            local=LOCAL_ACTIVITY,
            timestamp=end,
            local_timestamp=end + (offset.total_seconds() if offset is not None else 0.0),
            total_timer_time=float(len(motion) - 1),
            num_sessions=1,
            type=BY_ITSELF,
            event=Event.ACTIVITY,
            event_type=EventType.STOP,
        ),
    ]
    return fit_bytes(parts)


def _devices(planned: PlannedRun, story: Story, start: float) -> list[Table]:
    """Who made the file, and the strap once there is one."""
    watch = story.watch
    tables = [
        message(
            "file_id",
            local=LOCAL_FILE_ID,
            type=ACTIVITY_FILE,
            manufacturer=watch.manufacturer,
            product=watch.product,
            serial_number=watch.serial_number,
            time_created=start,
        ),
        message(
            "device_info",
            local=LOCAL_DEVICE,
            timestamp=start,
            device_index=0,
            manufacturer=watch.manufacturer,
            product=watch.product,
            serial_number=watch.serial_number,
            software_version=watch.software_version,
        ),
    ]
    if planned.strap:
        strap = message(
            "device_info",
            local=LOCAL_DEVICE,
            timestamp=start,
            device_index=1,
            device_type=HEART_RATE_STRAP,
            manufacturer=watch.manufacturer,
            product=story.chest_strap.product,
            serial_number=story.chest_strap.serial_number,
            source_type=OVER_ANT_PLUS,
        )
        tables.append(strap)
    return tables


def _events(motion: Motion, start: float) -> tuple[Table, Floats]:
    """The watch starts, stops and starts again around each pause, and stops at the end; with their places in time."""
    stops_s = [motion.clock_s[at - 1] for at, _ in motion.pauses]
    starts_s = [motion.clock_s[at] for at, _ in motion.pauses]
    between = [moment for pair in zip(stops_s, starts_s, strict=True) for moment in pair]
    moments_s = np.array([0.0, *between, motion.clock_s[-1]])
    starting = np.arange(len(moments_s)) % 2 == 0
    table = message(
        "event",
        local=LOCAL_EVENT,
        timestamp=start + moments_s,
        event=Event.TIMER,
        event_type=np.where(starting, EventType.START, EventType.STOP_ALL),
    )
    return table, moments_s + np.where(starting, BEFORE_S, AFTER_S)


def _record(
    motion: Motion, planned: PlannedRun, story: Story, start: float, random: np.random.Generator
) -> dict[str, Any]:
    """The columns of the records, in the profile's units."""
    gait = motion.gait
    strides = np.rint(gait.cadence_spm / STEPS_PER_STRIDE * HALF_STRIDES) / HALF_STRIDES
    columns: dict[str, Any] = {
        "timestamp": start + motion.clock_s,
        "position_lat": motion.latitude_deg,
        "position_long": motion.longitude_deg,
        "altitude": motion.altitude_m,
        "enhanced_altitude": motion.altitude_m,
        "distance": motion.distance_m,
        "speed": motion.speed_mps,
        "enhanced_speed": motion.speed_mps,
        "heart_rate": motion.heart_rate,
        "cadence": np.floor(strides),
        "fractional_cadence": strides % 1,
        "temperature": motion.temperature,
    }
    if planned.strap:
        columns |= _dynamics(motion, story.chest_strap, random)
    return columns


def _dynamics(motion: Motion, strap: ChestStrap, random: np.random.Generator) -> dict[str, Floats]:
    """What the strap adds; for some seconds now and then it loses the feet and writes a ground contact of 0."""
    gait = motion.gait
    stance_ms = gait.stance_time_s * MS_PER_S
    balance = gait.left_stance_share * PERCENT
    shortest_s, longest_s = strap.dropout_s
    for _dropout in range(int(random.poisson(strap.dropouts_per_hour * len(motion) / S_PER_H))):
        begin = int(random.integers(len(motion)))
        lost = slice(begin, begin + int(random.integers(shortest_s, longest_s + 1)))
        stance_ms[lost] = 0.0
        balance[lost] = np.nan
    return {
        "vertical_oscillation": gait.vertical_oscillation_m * MM_PER_M,
        "stance_time": stance_ms,
        "stance_time_balance": balance,
        "step_length": gait.step_length_m * MM_PER_M,
    }


def _session(motion: Motion, start: float, *, n_laps: int) -> Table:
    moving = motion.gait.cadence_spm > 0
    strides = motion.gait.cadence_spm / STEPS_PER_STRIDE
    climbs_m = np.diff(motion.altitude_m)
    timer_s = float(len(motion) - 1)
    return message(
        "session",
        local=LOCAL_SESSION,
        timestamp=start + motion.clock_s[-1],
        message_index=0,
        event=Event.SESSION,
        event_type=EventType.STOP,
        start_time=start,
        start_position_lat=motion.latitude_deg[0],
        start_position_long=motion.longitude_deg[0],
        sport=SPORT_RUNNING,
        sub_sport=SUB_SPORT_GENERIC,
        total_elapsed_time=motion.clock_s[-1],
        total_timer_time=timer_s,
        total_distance=motion.distance_m[-1],
        total_cycles=strides.sum() / S_PER_MIN,
        enhanced_avg_speed=motion.distance_m[-1] / timer_s,
        enhanced_max_speed=motion.speed_mps.max(),
        avg_heart_rate=motion.heart_rate.mean(),
        max_heart_rate=motion.heart_rate.max(),
        avg_cadence=strides[moving].mean(),
        max_cadence=strides.max(),
        total_ascent=climbs_m[climbs_m > 0].sum(),
        total_descent=-climbs_m[climbs_m < 0].sum(),
        first_lap_index=0,
        num_laps=n_laps,
        trigger=ENDED_BY_HAND,
    )


def _beats(motion: Motion, random: np.random.Generator) -> Floats:
    """Times between the beats that fall into each second, the places left over missing. [s]

    Returns
    -------
    (n_seconds, BEATS_PER_MESSAGE)
    """
    beats = np.floor(np.cumsum(motion.heart_rate) / S_PER_MIN)
    in_this_second = np.diff(beats, prepend=0.0)
    usual_s = S_PER_MIN / motion.heart_rate
    noisy = 1 + BEAT_SPREAD * random.standard_normal((len(motion), BEATS_PER_MESSAGE))
    return np.where(np.arange(BEATS_PER_MESSAGE) < in_this_second[:, None], usual_s[:, None] * noisy, np.nan)
