"""Piece by piece: each kilometre or mile of a run, else each five minutes, with its means."""

from collections.abc import Iterator
from dataclasses import dataclass

from calfwise.model.load.series import RunSeries
from calfwise_web.runs.charts import Values, mean, stretch_query
from calfwise_web.runs.compared import Factors
from calfwise_web.units import NOTHING, Units

SPLIT_S = 300
"""Where no speed tells distance, a run is told in pieces of five minutes."""
MOST_SPLITS = 250


@dataclass(frozen=True, slots=True)
class Split:
    """A piece of the run: its means."""

    name: str
    from_s: int
    to_s: int
    """Where it begins and ends, at most a bin off. [s since the run's start]"""
    speed_mps: float | None
    cadence_spm: float | None
    stance_time_s: float | None
    vertical_grf_bw: float | None


def splits(series: RunSeries, *, metres: float, unit: str) -> tuple[Split, ...]:
    """Piece by piece: each kilometre or mile, else each five minutes.

    A bin belongs to the piece in which it ends, so a piece is a bin longer or shorter than its name says; its means are
    not touched by that.
    """
    speeds = series.values("speed_mps")
    known = [(place, speed) for place, speed in enumerate(speeds) if speed is not None]
    starts_s = series.starts_s()
    columns = {name: series.values(name) for name in ("cadence_spm", "stance_time_s", "vertical_grf_bw")}
    pieces = list(_by_distance(known, series.bin_s, metres, unit) if known else _by_time(series, columns))
    return tuple(
        Split(
            name,
            from_s=starts_s[places[0]],
            to_s=starts_s[places[-1]] + series.bin_s,
            speed_mps=mean([speeds[place] for place in places]),
            **{column: mean([values[place] for place in places]) for column, values in columns.items()},
        )
        for name, places in pieces[:MOST_SPLITS]
    )


def _by_distance(
    known: list[tuple[int, float]], bin_s: int, metres: float, unit: str
) -> Iterator[tuple[str, list[int]]]:
    places: list[int] = []
    gone_m, number = 0.0, 1
    for place, speed in known:
        places.append(place)
        gone_m += speed * bin_s
        if gone_m >= number * metres:
            yield f"{unit} {number}", places
            places, number = [], int(gone_m // metres) + 1
    rest = gone_m / metres - (number - 1)
    if places and rest >= 0.05:
        yield f"{'last ' if number > 1 else ''}{rest:.1f} {unit}", places


def _by_time(series: RunSeries, columns: dict[str, Values]) -> Iterator[tuple[str, list[int]]]:
    a_piece = max(1, round(SPLIT_S / series.bin_s))
    for first in range(0, series.bins, a_piece):
        places = list(range(first, min(first + a_piece, series.bins)))
        if any(values[place] is not None for values in columns.values() for place in places):
            yield f"from {first * series.bin_s // 60} min", places


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A piece of the run, in words."""

    name: str
    pace: str
    cadence: str
    contact: str
    force: str
    query: str
    """Asks for it second by second; empty where nothing can answer."""


@dataclass(frozen=True, slots=True)
class Splits:
    rows: tuple[SplitRow, ...]
    cadence: bool
    """Whether it was measured at all, as the next two."""
    contact: bool
    force: bool


def splits_said(series: RunSeries | None, units: Units, *, ground: Factors | None, closer: bool) -> Splits | None:
    made = splits(series, metres=units.metres, unit=units.distance) if series else ()
    if not made:
        return None
    return Splits(
        tuple(_split_row(split, units, ground=ground, closer=closer) for split in made),
        cadence=any(split.cadence_spm is not None for split in made),
        contact=any(split.stance_time_s is not None for split in made),
        force=ground is not None and any(split.vertical_grf_bw is not None for split in made),
    )


def _split_row(split: Split, units: Units, *, ground: Factors | None, closer: bool) -> SplitRow:
    force_bw = None if split.vertical_grf_bw is None or ground is None else split.vertical_grf_bw * ground.value
    return SplitRow(
        split.name,
        units.pace(split.speed_mps),
        NOTHING if split.cadence_spm is None else f"{split.cadence_spm:.0f}",
        NOTHING if split.stance_time_s is None else f"{split.stance_time_s * 1000:.0f} ms",
        NOTHING if force_bw is None else f"{force_bw:.1f} ×",
        stretch_query(split.from_s, split.to_s) if closer else "",
    )
