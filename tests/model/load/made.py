"""Made runs and loads: plain numbers, so that a test can work out by hand what must come of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from calfwise.model.load.calf import Band
from calfwise.model.load.dose import SPEED_BINS, RunLoad
from calfwise.model.load.gait import Grade
from calfwise.model.load.outings import Outing, outings_of
from calfwise.model.run import COLUMN_NAMES, Columns, DeveloperColumns, Device, Run, Span
from calfwise.model.runner import Runner, Shoe

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
EVERYTHING_MISSING = float("nan")


def run(
    *,
    time_s: Any = None,
    seconds: int = 600,
    distance_m: float | None = None,
    timer_s: float | None = None,
    start: datetime = START,
    local_time_known: bool = False,
    pauses: Sequence[Span] = (),
    gaps: Sequence[Span] = (),
    stryd_stance_s: Any = None,
    notes: tuple[str, ...] = (),
    **measured: Any,
) -> Run:
    """A run of one sample a second; a scalar stands in every sample, what is not given was not measured."""
    times = np.arange(float(seconds)) if time_s is None else np.asarray(time_s, np.float64)
    columns = {
        name: np.broadcast_to(np.asarray(measured.get(name, np.nan), np.float64), times.shape).copy()
        for name in COLUMN_NAMES[1:]
    }
    developer = ()
    if stryd_stance_s is not None:
        stance = np.broadcast_to(np.asarray(stryd_stance_s, np.float64), times.shape)
        developer = (DeveloperColumns("stryd", {"stance_time_s": stance}),)
    last_s = float(times[-1]) + 1 if len(times) else 0.0
    return Run(
        id="made:0",
        file="made.fit",
        format="fit",
        start=start,
        local_time_known=local_time_known,
        sport="running",
        sub_sport=None,
        distance_m=distance_m,
        timer_s=last_s - sum(pause.end_s - pause.start_s for pause in pauses) if timer_s is None else timer_s,
        elapsed_s=last_s,
        columns=Columns(times, **columns),
        device=Device(),
        developer=developer,
        pauses=tuple(pauses),
        gaps=tuple(gaps),
        notes=notes,
    )


def by_speed(strikes: Mapping[float, int]) -> tuple[int, ...]:
    """Strikes at the given speeds, in bins of 0.1 m/s."""
    bins = [0] * SPEED_BINS
    for speed_mps, count in strikes.items():
        bins[int(speed_mps / 0.1 + 1e-9)] += count
    return tuple(bins)


def load(
    day: float = 0,
    km: float | None = 5.0,
    *,
    minutes: float = 30.0,
    strikes: int | None = 5000,
    speeds: Mapping[float, int] | None = None,
    climb_m: float | None = None,
    shoe: Shoe | None = None,
    grade: Grade = Grade.A,
    achilles_bw: float | None = 6.0,
    start: datetime = START,
    local_time_known: bool = False,
    id: str | None = None,  # noqa: A002 - as the model calls it
) -> RunLoad:
    """What a run asked of the calves, so many days after the first one."""
    begins = start + timedelta(days=day)
    return RunLoad(
        id=id or f"made:{begins.isoformat()}",
        file="made.fit",
        start=begins,
        local_time_known=local_time_known,
        model_version="made",
        duration_s=60 * minutes,
        elapsed_s=60 * minutes,
        distance_m=None if km is None else 1000 * km,
        grade=grade,
        running_s=60 * minutes,
        walking_s=0.0,
        strikes=strikes,
        vertical_grf_bw=Band.around(2.5, 1.14),
        achilles_force_bw=None if achilles_bw is None else Band.around(achilles_bw, 1.35),
        impulse_bw_s=Band.around(2.0 * 60 * minutes, 1.35),
        strikes_by_speed=() if speeds is None else by_speed(speeds),
        steep_s=0.0,
        climb_m=climb_m,
        speed_mps=None,
        stance_source=None,
        shoe=shoe,
    )


def outings(*loads: RunLoad, runner: Runner = Runner()) -> tuple[Outing, ...]:  # noqa: B008 - frozen
    return outings_of(loads, runner=runner, home=UTC)


def at(day: float, hour: float = 0.0) -> datetime:
    """So many days and hours after the first run began."""
    return START + timedelta(days=day, hours=hour)
