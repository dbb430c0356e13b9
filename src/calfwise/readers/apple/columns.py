"""One run's records side by side: the columns that `assemble` takes."""

from collections.abc import Mapping

import numpy as np

from calfwise.model.run import Floats
from calfwise.readers.apple.held import Covered, Held, amounts, covered, rates, readings
from calfwise.readers.apple.quantities import DISTANCE, QUANTITIES, Quantity
from calfwise.readers.apple.records import Key
from calfwise.readers.apple.route import Route
from calfwise.readers.apple.series import Series, Span, Values
from calfwise.readers.apple.sources import Owner, counts_for, nearness
from calfwise.readers.assemble import Samples

SHARE_NEEDED = 0.5
"""A better source of speed or distance is taken if it covers this share of the run. [1]"""
LATE_S = 2.0
"""Dates are cut to whole seconds: an interval may seem to end so much after its workout. [s]"""


def values_by_quantity(
    series: Mapping[Key, Series], *, owner: Owner, span: Span, notes: list[str]
) -> dict[str, Values]:
    """For each quantity the values of one source, in our unit: the nearest to the workout's, then the one with most.

    Parameters
    ----------
    series
        Everything that was gathered.
    owner
        Whose workout it is.
    span
        When. Intervals that reach beyond its end are left out where amounts are counted, and cut else.
    notes
        Told of units that nobody knows.
    """
    best: dict[str, tuple[tuple[int, int], float, Series]] = {}
    for (name, source, unit), each in series.items():
        quantity, count = QUANTITIES[name], each.count(span)
        factor = quantity.units.get(unit)
        if count == 0 or (quantity.counted and not counts_for(source, owner)):
            continue
        if factor is None:
            notes.append(f"{count} values of {name} in an unknown unit ({unit or 'none'}) were left out")
            continue
        rank = int(nearness(source, owner)), -count
        if name not in best or rank < best[name][0]:
            best[name] = rank, factor, each
    return {
        name: _inside(each.within(span), QUANTITIES[name], factor=factor, end_s=span[1])
        for name, (_, factor, each) in best.items()
    }


def _inside(values: Values, quantity: Quantity, *, factor: float, end_s: float) -> Values:
    if quantity.counted:
        fits = values.end_s <= end_s + LATE_S
        values = Values(values.begin_s[fits], values.end_s[fits], values.value[fits])
    return Values(values.begin_s, np.minimum(values.end_s, end_s), values.value * factor)


def samples_of_run(values: Mapping[str, Values], route: Route | None, *, span: Span, timer_s: float) -> Samples:
    """Every value where it holds, on the union of all times at which one begins or ends.

    Speed is the watch's own where it covers half of the run, else the route's, else from distance; distance is the
    route's where that covers half of the run, else what was counted.
    """
    needed_s = SHARE_NEEDED * timer_s
    columns = {QUANTITIES[name].column: readings(each) for name, each in values.items() if not QUANTITIES[name].counted}
    counted = {name: amounts(each) for name, each in values.items() if QUANTITIES[name].counted}
    columns |= {QUANTITIES[name].column: rates(each) for name, each in counted.items() if name != DISTANCE}
    speeds = [columns[name] for name in ("speed_mps",) if name in columns]
    speeds += [route.speed] if route else []
    speeds += [rates(counted[DISTANCE])] if DISTANCE in counted else []
    if speeds:
        columns["speed_mps"] = next((each for each in speeds if each.covered_s >= needed_s), max(speeds, key=_covered))
    positions = route is not None and route.covered_s >= needed_s
    metres = covered(counted[DISTANCE]) if DISTANCE in counted and not positions else None
    return _side_by_side(columns, metres, route, span=span)


def _covered(held: Held) -> float:
    return held.covered_s


def _side_by_side(columns: Mapping[str, Held], metres: Covered | None, route: Route | None, *, span: Span) -> Samples:
    edges = [np.array(span)]
    edges += [edge for held in columns.values() for edge in (held.begin_s, held.end_s)]
    edges += [metres.time_s] if metres else []
    edges += [route.time_s] if route else []
    time_s = np.unique(np.clip(np.concatenate(edges), *span))
    samples = Samples(time_s, {name: held.at(time_s) for name, held in columns.items()})
    if metres:
        samples.columns["distance_m"] = metres.at(time_s)
    if route:
        samples.columns["altitude_m"] = _placed(route.altitude_m, route, time_s)
        samples.latitude_deg = _placed(route.latitude_deg, route, time_s)
        samples.longitude_deg = _placed(route.longitude_deg, route, time_s)
    return samples


def _placed(column: Floats, route: Route, time_s: Floats) -> Floats:
    """A route's column at its own times, NaN between."""
    placed = np.full(len(time_s), np.nan)
    placed[np.searchsorted(time_s, route.time_s)] = column
    return placed
