"""A run over time: the numbers of its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from msgspec import UNSET, Struct, UnsetType, field

from calfwise.model import constants as c
from calfwise.model.load.series import RunSeries
from calfwise_web.runs.compared import AS_IT_IS, Factors
from calfwise_web.runs.stretches import HALF, Kind, Stretch, pauses_of, stretches_of
from calfwise_web.units import Units, clock

Values = list[float | None]
SLOWEST_MPS = 0.5
"""Slower than this one stands, and a pace says nothing."""
FORCES = ("vertical_grf_bw", "achilles_force_bw")
NOTHING_THERE = "Nothing was recorded here."
NO_FORCE = "No force can be told here: it was walked, too steep, or on stairs."
SMOOTHED_S = 60
"""Left and right are drawn as means of a minute: step by step a watch's share jitters by its own error."""
CLOSER_S = 300
"""A point leads to the five minutes that it lies in."""
METRES_A_FOOT = 0.3048


class X(Struct, frozen=True):
    kind: str
    values: list[int]


class Line(Struct, frozen=True, omit_defaults=True):
    label: str
    unit: str
    values: Values
    low: Values | UnsetType = UNSET
    high: Values | UnsetType = UNSET
    tone: str | UnsetType = UNSET
    digits: int | UnsetType = UNSET


class Floor(Struct, frozen=True):
    """What lies under a stretch."""

    from_s: int = field(name="from")
    to_s: int = field(name="to")
    text: str
    tone: str


class Pause(Struct, frozen=True):
    """A stretch without anything."""

    from_s: int = field(name="from")
    to_s: int = field(name="to")
    text: str
    short: str


class Payload(Struct, frozen=True):
    """What a figure fetches."""

    x: X
    series: tuple[Line, ...]
    empty: str
    floor: tuple[Floor, ...] | UnsetType = UNSET
    pauses: tuple[Pause, ...] | UnsetType = UNSET
    links: tuple[str, ...] | UnsetType = UNSET
    """Where a point leads, from the run's page."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a look of a figure means (templates/parts/chart.html)."""

    look: str
    tone: str
    text: str


KEYS = {
    Kind.FAST: Key("floor", "gastroc-line", "fast"),
    Kind.STEEP: Key("floor", "wait", "steep"),
    Kind.WALKING: Key("floor", "ink-soft", "walking"),
    Kind.PAUSE: Key("wash", "ink-soft", "nothing recorded"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that a figure is drawn from."""

    series: RunSeries
    units: Units
    easy_speed_mps: float | None = None
    """The own easy pace as it was before the run."""
    ground: Factors | None = AS_IT_IS
    """What makes held ground forces those that other pages show; `None`: none are shown."""
    achilles: Factors | None = AS_IT_IS


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run's page."""

    name: str
    title: str
    column: str
    """Drawn only where the run has it."""
    line: Callable[[Drawn], Line]
    note: str = ""
    floor: bool = False
    """Whether fast, steep and walked stretches lie under it, and its points lead to seconds."""


def _pace(drawn: Drawn) -> Line:
    units = drawn.units
    paces = [
        None if speed is None or speed < SLOWEST_MPS else round(units.metres / speed, 1)
        for speed in drawn.series.values("speed_mps")
    ]
    return Line("Pace", f"pace_{units.distance}", paces)


def _cadence(drawn: Drawn) -> Line:
    return Line("Cadence", "spm", drawn.series.values("cadence_spm"))


def _contact(drawn: Drawn) -> Line:
    """Of running alone: walking stands twice as long."""
    columns = (drawn.series.values(name) for name in ("stance_time_s", "running_share"))
    stances = [stance if share is not None and share >= HALF else None for stance, share in zip(*columns, strict=True)]
    return Line("Ground contact", "ms", [None if s is None else round(s * 1000) for s in stances])


def _sides(drawn: Drawn) -> Line:
    shares = _smoothed(drawn.series.values("stance_time_balance"), over=SMOOTHED_S // drawn.series.bin_s)
    percents = [None if share is None else round(share * 100, 1) for share in shares]
    error = c.SIDES_ERROR * 100
    low, high = ([None if each is None else round(each + by, 1) for each in percents] for by in (-error, error))
    return Line("Left", "% left", percents, low=low, high=high)


def _smoothed(values: Values, *, over: int) -> Values:
    """Each value's mean with its neighbours, so many in all; where nothing was measured, nothing."""
    reach = over // 2
    return [
        None if value is None else mean(values[max(0, place - reach) : place + reach + 1])
        for place, value in enumerate(values)
    ]


def mean(values: Values) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def _ground_force(drawn: Drawn) -> Line:
    return _force(drawn.series, "Ground force", "vertical_grf", drawn.ground, tone="gastroc-line")


def _achilles_force(drawn: Drawn) -> Line:
    return _force(drawn.series, "Achilles force", "achilles_force", drawn.achilles, tone="accent")


def _force(series: RunSeries, label: str, column: str, factors: Factors | None, *, tone: str) -> Line:
    if factors is None:
        return Line(label, "bw", [None] * series.bins, tone=tone)
    low, value, high = (
        _times(series.values(f"{column}_{side}bw"), factor)
        for side, factor in (("low_", factors.low), ("", factors.value), ("high_", factors.high))
    )
    return Line(label, "bw", value, low=low, high=high, tone=tone)


def _times(values: Values, factor: float) -> Values:
    return [None if value is None else round(value * factor, 2) for value in values]


def _altitude(drawn: Drawn) -> Line:
    altitudes = drawn.series.values("altitude_m")
    if drawn.units.distance == "mi":
        feet: Values = [None if each is None else round(each / METRES_A_FOOT) for each in altitudes]
        return Line("Altitude", "ft", feet, tone="ink-soft", digits=0)
    return Line("Altitude", "m", altitudes, tone="ink-soft", digits=0)


FIGURES = {
    figure.name: figure
    for figure in (
        Figure("pace", "Pace", "speed_mps", _pace, floor=True),
        Figure(
            "force",
            "Ground force",
            "vertical_grf_bw",
            _ground_force,
            "The peak of a step, with its 90 % range. Slopes beyond 4 degrees and walking stay open.",
            floor=True,
        ),
        Figure(
            "achilles",
            "Achilles force",
            "achilles_force_bw",
            _achilles_force,
            "The peak in the tendon, with its 90 % range: it is wide because nobody knows your lever arm.",
            floor=True,
        ),
        Figure("contact", "Ground contact", "stance_time_s", _contact, "How long a foot stays down at each step."),
        Figure(
            "sides",
            "Left and right",
            "stance_time_balance",
            _sides,
            "The left foot's share of ground contact, a minute's mean with what measuring it is worth. 50 % is even.",
        ),
        Figure("cadence", "Cadence", "cadence_spm", _cadence, "Both feet."),
        Figure("altitude", "Altitude", "altitude_m", _altitude),
    )
}


def figures_of(series: RunSeries | None) -> tuple[Figure, ...]:
    """The figures that have something to show."""
    return tuple(figure for figure in FIGURES.values() if series is not None and figure.column in series.columns)


def keys_of(series: RunSeries | None, *, easy_speed_mps: float | None) -> tuple[Key, ...]:
    """What lies under and behind the figures means; only what is there."""
    if series is None:
        return ()
    there = {each.kind for each in (*stretches_of(series, easy_speed_mps=easy_speed_mps), *pauses_of(series))}
    return tuple(key for kind, key in KEYS.items() if kind in there)


def payload(drawn: Drawn, figure: Figure, *, closer: bool) -> Payload:
    """A figure's numbers, as the runner likes them; a bin stands at its start. `closer`: points lead to seconds."""
    series = drawn.series
    starts_s = series.starts_s()
    line = figure.line(drawn)
    no_force = figure.column in FORCES and not any(value is not None for value in line.values)
    return Payload(
        X("elapsed", starts_s),
        (line,),
        empty=NO_FORCE if no_force else NOTHING_THERE,
        floor=_floor(stretches_of(series, easy_speed_mps=drawn.easy_speed_mps)) if figure.floor else UNSET,
        pauses=_pauses(pauses_of(series)),
        links=tuple(map(_link, starts_s)) if closer and figure.floor and series.bin_s > 1 else UNSET,
    )


def _floor(stretches: tuple[Stretch, ...]) -> tuple[Floor, ...] | UnsetType:
    laid = tuple(Floor(each.from_s, each.to_s, str(each.kind), KEYS[each.kind].tone) for each in stretches)
    return laid or UNSET


def _pauses(stretches: tuple[Stretch, ...]) -> tuple[Pause, ...] | UnsetType:
    told = tuple(
        Pause(each.from_s, each.to_s, f"Nothing recorded for {clock(each.lasts_s)}", "Pause") for each in stretches
    )
    return told or UNSET


def _link(at_s: int) -> str:
    """From a run's page."""
    from_s = at_s // CLOSER_S * CLOSER_S
    return f"closer/?{stretch_query(from_s, from_s + CLOSER_S)}"


def stretch_query(from_s: int, to_s: int) -> str:
    """How an address asks for a stretch of a run.

    >>> stretch_query(600, 900)
    'from=600&to=900'
    """
    return urlencode({"from": from_s, "to": to_s})
