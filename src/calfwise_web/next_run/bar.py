"""Two bars of one scale: the run that is thought of above what the calves know."""

from dataclasses import dataclass

from calfwise.model.load.next_run import Forecast
from calfwise_web.next_run.forms import number_said
from calfwise_web.units import Units

WIDTH = 1000
"""Of the drawing, in its own units; it stretches to its place."""
ROOM = 1.03
"""A little ground is seen behind the longer of both."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where each stretch ends, from nought."""

    width: int
    run: int
    """Of the run, as far as the budget goes."""
    beyond: int
    """Where the run ends; as `run` where it stays within."""
    known: int
    upper: int
    run_words: str
    known_words: str


def bar_of(forecast: Forecast, units: Units) -> Bar | None:
    """`None`: there is no number to draw against."""
    reference_m, upper_m = forecast.budget.reference_m, forecast.budget.upper_m
    if reference_m is None or upper_m is None:
        return None
    whole_m = ROOM * max(upper_m, forecast.distance_m)

    def said(distance_m: float) -> str:
        return f"{distance_m / units.metres:.1f}".removesuffix(".0")

    def place(distance_m: float) -> int:
        return round(distance_m / whole_m * WIDTH)

    return Bar(
        width=WIDTH,
        run=place(min(forecast.distance_m, upper_m)),
        beyond=place(forecast.distance_m),
        known=place(reference_m),
        upper=place(upper_m),
        run_words=f"{said(forecast.distance_m)} {units.distance}",
        known_words=f"{said(reference_m)} to {number_said(upper_m / units.metres)} {units.distance}",
    )
