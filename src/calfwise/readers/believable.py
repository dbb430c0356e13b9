"""What no runner does, taken out of the columns: satellite jumps, an altimeter set anew, stance of nothing, steps
counted twice or by halves. Each change is told in a note."""

import numpy as np

from calfwise.model import constants as c
from calfwise.model.run import Floats
from calfwise.readers.terrain import great_circle_m

HARDLY_ANY_M = 1000.0
"""Over less ground than this, satellites and watch may disagree by chance. [m]"""
ENOUGH_POINTS = 2500
"""So many positions tell a run's length to a few percent; fewer cut its corners."""


def believable(columns: dict[str, Floats], time_s: Floats, notes: list[str]) -> None:
    """Take out what cannot be true, column by column; distance and speed must be there if they ever will be."""
    if "distance_m" in columns:
        columns["distance_m"] = _without_jumps(columns["distance_m"], time_s, notes)
    if "altitude_m" in columns:
        columns["altitude_m"] = _without_altitude_jumps(columns["altitude_m"], time_s, notes)
    with np.errstate(invalid="ignore"):
        if "speed_mps" in columns:
            speed_mps = columns["speed_mps"]
            columns["speed_mps"] = np.where(speed_mps <= c.FASTEST_BELIEVABLE_MPS, speed_mps, np.nan)
        if "stance_time_s" in columns:
            stance_s = columns["stance_time_s"]
            possible = (stance_s >= c.SHORTEST_BELIEVABLE_STANCE_S) & (stance_s <= c.LONGEST_BELIEVABLE_STANCE_S)
            columns["stance_time_s"] = np.where(possible, stance_s, np.nan)
        if "cadence_spm" in columns:
            cadence_spm = _counted_once(columns["cadence_spm"], columns.get("speed_mps"), notes)
            columns["cadence_spm"] = np.where(cadence_spm <= c.HIGHEST_BELIEVABLE_SPM, cadence_spm, np.nan)


def _without_jumps(distance_m: Floats, time_s: Floats, notes: list[str]) -> Floats:
    """Distance covered so far, without steps that are long and faster than anybody runs, and without steps back."""
    known = np.flatnonzero(np.isfinite(distance_m))
    if len(known) < 2:
        return distance_m
    steps_m, seconds = np.diff(distance_m[known]), np.diff(time_s[known])
    jumps = (steps_m > c.LONGEST_CATCH_UP_M) & (steps_m > c.FASTEST_BELIEVABLE_MPS * seconds)
    wrong = jumps | (steps_m < 0)
    if not wrong.any():
        return distance_m
    if jumps.any():
        notes.append(f"the distance jumps by {steps_m[jumps].sum() / 1000:.1f} km faster than anybody runs: left out")
    smooth_m = distance_m.copy()
    smooth_m[known[1:]] -= np.cumsum(np.where(wrong, steps_m, 0.0))
    return smooth_m


def _without_altitude_jumps(altitude_m: Floats, time_s: Floats, notes: list[str]) -> Floats:
    """Altitude without the steps of an altimeter that was set anew: everything after one is moved back."""
    known = np.flatnonzero(np.isfinite(altitude_m))
    if len(known) < 2:
        return altitude_m
    steps_m = np.diff(altitude_m[known])
    jumps = np.abs(steps_m) > np.maximum(c.SMALLEST_ALTITUDE_JUMP_M, c.FASTEST_CLIMB_MPS * np.diff(time_s[known]))
    if not jumps.any():
        return altitude_m
    often = "once" if jumps.sum() == 1 else f"{int(jumps.sum())} times"
    notes.append(f"the altitude jumps {often} as if the altimeter was set anew: taken out")
    level_m = altitude_m.copy()
    level_m[known[1:]] -= np.cumsum(np.where(jumps, steps_m, 0.0))
    return level_m


def _counted_once(cadence_spm: Floats, speed_mps: Floats | None, notes: list[str]) -> Floats:
    """Steps a minute of both feet, whatever the file counted: treadmills may write steps, pods pairs of strides."""
    moving = cadence_spm[cadence_spm > 0]
    if len(moving) and float(np.median(moving)) > c.DOUBLED_ABOVE_SPM:
        notes.append("cadence was in steps already, not strides: not doubled again")
        return cadence_spm / 2
    if speed_mps is not None:
        running = cadence_spm[(speed_mps >= c.WALKING_NEVER_ABOVE_MPS) & (cadence_spm > 0)]
        if 2 * len(running) > len(moving) > 0 and float(np.median(running)) < c.HALVED_BELOW_SPM:
            notes.append("cadence counted every other stride: doubled")
            return cadence_spm * 2
    return cadence_spm


def told_disagreement(
    distance_m: Floats, latitude_deg: Floats | None, longitude_deg: Floats | None, time_s: Floats, notes: list[str]
) -> None:
    """Say so where the watch's own distance (a footpod's, say) and its satellites' are more than a tenth apart."""
    if latitude_deg is None or longitude_deg is None or not np.isfinite(distance_m).any():
        return
    every = len(time_s) // ENOUGH_POINTS + 1
    some = slice(None, None, every)
    by_satellites = great_circle_m(
        latitude_deg=latitude_deg[some], longitude_deg=longitude_deg[some], time_s=time_s[some]
    )
    some_m = distance_m[some]
    both = np.flatnonzero(np.isfinite(by_satellites) & np.isfinite(some_m))
    if len(both) < 2:
        return
    watch_m = float(some_m[both[-1]] - some_m[both[0]])
    satellites_m = float(by_satellites[both[-1]] - by_satellites[both[0]])
    if min(watch_m, satellites_m) < HARDLY_ANY_M:
        return
    apart = satellites_m / watch_m - 1
    if abs(apart) > c.DISTANCE_DISAGREEMENT:
        more = "more" if apart > 0 else "less"
        notes.append(
            f"satellites saw {abs(apart):.0%} {more} distance than the watch (a footpod?): the watch's is used"
        )
