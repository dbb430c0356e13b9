"""A run over time: the numbers of its figures, and its splits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec import UNSET, Struct, UnsetType

from calfwise.model.load.series import RunSeries
from calfwise_web.units import Units

Values = list[float | None]
SLOWEST_MPS = 0.5
"""Slower than this one stands, and a pace says nothing."""
SPLIT_S = 300
"""Where no speed tells distance, a run is told in pieces of five minutes."""
METRES_A_FOOT = 0.3048
MOST_SPLITS = 250


class X(Struct, frozen=True):
    kind: str
    values: list[float]


class Line(Struct, frozen=True, omit_defaults=True):
    label: str
    unit: str
    values: Values
    low: Values | UnsetType = UNSET
    high: Values | UnsetType = UNSET
    tone: str | UnsetType = UNSET
    digits: int | UnsetType = UNSET


class Payload(Struct, frozen=True):
    """What a figure fetches."""

    x: X
    series: tuple[Line, ...]
    empty: str = "Nothing was recorded here."


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run's page."""

    name: str
    title: str
    column: str
    """Drawn only where the run has it."""
    drawn: Callable[[RunSeries, Units], Line]
    note: str = ""


def _pace(series: RunSeries, units: Units) -> Line:
    paces = [
        None if speed is None or speed < SLOWEST_MPS else round(units.metres / speed, 1)
        for speed in series.values("speed_mps")
    ]
    return Line("Pace", f"pace_{units.distance}", paces)


def _cadence(series: RunSeries, units: Units) -> Line:
    return Line("Cadence", "spm", series.values("cadence_spm"))


def _contact(series: RunSeries, units: Units) -> Line:
    stances = series.values("stance_time_s")
    return Line("Ground contact", "ms", [None if s is None else round(s * 1000) for s in stances])


def _force(series: RunSeries, units: Units) -> Line:
    low, value, high = (series.values(f"vertical_grf_{side}bw") for side in ("low_", "", "high_"))
    return Line("Ground force", "bw", value, low=low, high=high, tone="gastroc-line")


def _altitude(series: RunSeries, units: Units) -> Line:
    altitudes = series.values("altitude_m")
    if units.distance == "mi":
        feet = [None if each is None else round(each / METRES_A_FOOT) for each in altitudes]
        return Line("Altitude", "ft", feet, tone="ink-soft", digits=0)  # type: ignore[arg-type]
    return Line("Altitude", "m", altitudes, tone="ink-soft", digits=0)


FIGURES = {
    figure.name: figure
    for figure in (
        Figure("pace", "Pace", "speed_mps", _pace),
        Figure("cadence", "Cadence", "cadence_spm", _cadence, "Both feet."),
        Figure("contact", "Ground contact", "stance_time_s", _contact, "How long a foot stays down at each step."),
        Figure(
            "force",
            "Ground force",
            "vertical_grf_bw",
            _force,
            "The peak of a step, with its 90 % range. Slopes beyond 4 degrees and walking stay open.",
        ),
        Figure("altitude", "Altitude", "altitude_m", _altitude),
    )
}


def figures_of(series: RunSeries | None) -> tuple[Figure, ...]:
    """The figures that have something to show."""
    return tuple(figure for figure in FIGURES.values() if series is not None and figure.column in series.columns)


def payload(series: RunSeries, figure: Figure, *, units: Units) -> Payload:
    """A figure's numbers, as the runner likes them; a bin stands at its start."""
    x = X("elapsed", [float(place * series.bin_s) for place in range(series.bins)])
    return Payload(x, (figure.drawn(series, units),))


@dataclass(frozen=True, slots=True)
class Split:
    """A piece of the run: its means."""

    name: str
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
    columns = {name: series.values(name) for name in ("cadence_spm", "stance_time_s", "vertical_grf_bw")}
    pieces = list(_by_distance(known, series.bin_s, metres, unit) if known else _by_time(series, columns))
    return tuple(
        Split(
            name,
            speed_mps=_mean([speeds[place] for place in places]),
            **{column: _mean([values[place] for place in places]) for column, values in columns.items()},
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


def _mean(values: Values) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None
