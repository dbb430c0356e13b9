"""A run over time, as its page draws it: a few hundred bins of equal length, in a few kilobytes."""

from datetime import datetime
from math import ceil, floor

import numpy as np
from msgspec import Struct

from calfwise.model.constants import MODEL_VERSION
from calfwise.model.load.calf import Banded
from calfwise.model.load.gait import Grade
from calfwise.model.load.sides import left_share_of
from calfwise.model.load.steps import Steps
from calfwise.model.run import Floats, Run, Span, sample_seconds
from calfwise.model.runner import Runner

POINTS = 720
"""As many as a page can show apart; an hour in bins of 5 s."""
PER_UNIT = {
    "speed_mps": 100,
    "cadence_spm": 10,
    "stance_time_s": 1000,
    "stance_time_balance": 1000,
    "running_share": 100,
    "vertical_grf_low_bw": 100,
    "vertical_grf_bw": 100,
    "vertical_grf_high_bw": 100,
    "achilles_force_low_bw": 100,
    "achilles_force_bw": 100,
    "achilles_force_high_bw": 100,
    "altitude_m": 4,
    "grade": 1000,
}
"""Every column's name, and into how many parts its unit is rounded: speed to 0.01 m/s, altitude to 0.25 m."""
PARTS = np.dtype("<i2")
NOT_MEASURED = int(np.iinfo(PARTS).min)
MOST_PARTS = int(np.iinfo(PARTS).max)


class Column(Struct, frozen=True, array_like=True):
    """One value a bin, as whole parts of its unit."""

    per_unit: int
    parts: bytes
    """Two bytes a bin, little end first; -32768: not measured."""

    def values(self) -> list[float | None]:
        """The values in the column's own unit, `None` where nothing was measured."""
        parts = np.frombuffer(self.parts, PARTS).tolist()
        return [None if part == NOT_MEASURED else part / self.per_unit for part in parts]


class RunSeries(Struct, frozen=True):
    """A run in bins: bin i describes `bin_s` seconds from `begins_s + i * bin_s` since the start, pauses included."""

    id: str
    """The run's."""
    start: datetime
    model_version: str
    grade: Grade
    """What the forces rest on."""
    bin_s: int
    bins: int
    columns: dict[str, Column]
    """By name; what was nowhere measured has none."""
    begins_s: int = 0
    """Where the first bin begins; later than 0 in a stretch of a run. [s since its start]"""

    def starts_s(self) -> list[int]:
        """Where every bin begins. [s since the run's start]"""
        return [self.begins_s + place * self.bin_s for place in range(self.bins)]

    def values(self, name: str) -> list[float | None]:
        """One column, a value a bin; `None` in pauses and gaps, and where nothing was measured."""
        column = self.columns.get(name)
        return [None] * self.bins if column is None else column.values()

    def lists(self) -> dict[str, list[float | None]]:
        """All columns by name, those that were nowhere measured too."""
        return {name: self.values(name) for name in PER_UNIT}


def series_of(
    run: Run,
    runner: Runner = Runner(),  # noqa: B008 - frozen
    *,
    points: int = POINTS,
    steps: Steps | None = None,
    within: Span | None = None,
) -> RunSeries:
    """A run over time, as its page draws it.

    Parameters
    ----------
    run
        As a reader gives it.
    runner
        Whose it is; only `stance_source` matters here.
    points
        At most so many bins, of whole seconds each.
    steps
        The run's samples, for whoever has them read already.
    within
        Only this stretch of it: a few minutes second by second.

    Returns
    -------
    RunSeries
        Means over the recorded time of each bin; `running_share` is the share of that time that was running.

    Notes
    -----
    Forces and their bands are those that `run_load` averages: of level running, by the run's own grade. A run whose
    numbers come from distance and time alone (grade D) shows what was recorded, and no forces.
    """
    steps = steps or Steps(run, runner)
    bins = _Bins(run, sample_seconds(run), points, within)
    drawn = _recorded(run) if steps.mean_only else _recorded(run) | _estimated(run, steps)
    columns = dict(zip(drawn, bins.means(np.stack(list(drawn.values()))), strict=True))
    return RunSeries(
        id=run.id,
        start=run.start,
        model_version=MODEL_VERSION,
        grade=steps.graded[0],
        bin_s=bins.bin_s,
        bins=bins.count,
        columns={name: _column(name, means) for name, means in columns.items() if np.isfinite(means).any()},
        begins_s=bins.begins_s,
    )


def _recorded(run: Run) -> dict[str, Floats]:
    columns = run.columns
    return {
        "speed_mps": columns.speed_mps,
        "cadence_spm": columns.cadence_spm,
        "altitude_m": columns.altitude_m,
        "grade": columns.grade,
    }


def _estimated(run: Run, steps: Steps) -> dict[str, Floats]:
    """What the model makes of the samples: cadence and stance as it believes them, left and right, running, forces."""
    forces = steps.forces

    def spread(bands: Banded, name: str) -> dict[str, Floats]:
        """Every sample's band; NaN where there is no force."""
        sides = np.full((3, len(steps.seconds)), np.nan)
        sides[:, forces.chosen] = bands
        return {f"{name}_low_bw": sides[0], f"{name}_bw": sides[1], f"{name}_high_bw": sides[2]}

    return {
        "cadence_spm": steps.cadence_spm,
        "stance_time_s": steps.stance_time_s,
        "stance_time_balance": _left_share(run, steps),
        "running_share": steps.running.astype(np.float64),
        **spread(forces.vertical_grf_bw, "vertical_grf"),
        **spread(forces.achilles_force_bw, "achilles_force"),
    }


def _left_share(run: Run, steps: Steps) -> Floats:
    """The left foot's share of ground contact while running; NaN where not both were measured. (n_samples,)"""
    found = left_share_of(run, steps)
    return np.full(len(steps.seconds), np.nan) if found is None else np.where(steps.running, found[1], np.nan)


class _Bins:
    """Equal stretches of a run, each knowing how long which samples last in it."""

    def __init__(self, run: Run, seconds: Floats, points: int, within: Span | None) -> None:
        time_s = run.columns.time_s
        ends_s = time_s + seconds
        end_s = max(run.elapsed_s, float(ends_s.max())) if len(time_s) else 0.0
        self.begins_s = 0
        if within is not None:
            self.begins_s = floor(min(max(within.start_s, 0.0), end_s))
            end_s = min(max(within.end_s, self.begins_s), end_s)
        self.bin_s = max(1, ceil((end_s - self.begins_s) / points))
        self.count = ceil((end_s - self.begins_s) / self.bin_s)
        # Cut at every sample and every bin: each piece lies in one of both.
        edges = self.begins_s + np.arange(self.count + 1) * float(self.bin_s)
        cuts = np.union1d(time_s[(time_s >= edges[0]) & (time_s < edges[-1])], edges)
        sample = np.searchsorted(time_s, cuts[:-1], side="right") - 1
        lasts = np.minimum(cuts[1:], ends_s[sample]) - cuts[:-1]
        there = (sample >= 0) & (lasts > 0)
        self._sample, self._lasts_s = sample[there], lasts[there]
        self._bin = ((cuts[:-1][there] - self.begins_s) // self.bin_s).astype(np.intp)

    def means(self, values: Floats) -> Floats:
        """The means of values over each bin's recorded time; NaN where none was measured. (n, samples) -> (n, bins)"""
        means = np.full((len(values), self.count), np.nan)
        if not len(self._bin):
            return means
        of_pieces = values[:, self._sample]
        known = np.isfinite(of_pieces)
        # Pieces lie in order of time, so each bin's are neighbours.
        first = np.flatnonzero(np.diff(self._bin, prepend=-1))
        total = np.add.reduceat(np.where(known, of_pieces * self._lasts_s, 0.0), first, axis=1)
        known_s = np.add.reduceat(known * self._lasts_s, first, axis=1)
        with np.errstate(invalid="ignore"):
            means[:, self._bin[first]] = np.where(known_s > 0, total / known_s, np.nan)
        return means


def _column(name: str, means: Floats) -> Column:
    """Rounded; what is beyond two bytes stops there, which no run reaches."""
    parts = np.clip(np.round(means * PER_UNIT[name]), -MOST_PARTS, MOST_PARTS)
    return Column(PER_UNIT[name], np.where(np.isfinite(parts), parts, NOT_MEASURED).astype(PARTS).tobytes())
