"""The next run, before it is run: its strikes, its load, and how it stands against what the calves know."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from calfwise.model import constants as c
from calfwise.model.load.budget import Budget, upper_of
from calfwise.model.load.calf import Band, calf_impulse_bw_s, peak_achilles_force_bw
from calfwise.model.load.change import Change, Comparison, Notice, held_of, is_big_step, noticed
from calfwise.model.load.dose import SPEED_BIN_MPS, SPEED_BINS, RunLoad
from calfwise.model.load.easy import Easy, easy_km_of
from calfwise.model.load.gait import SECONDS_PER_MINUTE, Grade, population_cadence_spm, population_duty_factor
from calfwise.model.load.grf import grf_band, peak_vertical_grf_bw
from calfwise.model.load.ground import on_its_ground
from calfwise.model.load.outings import Outing
from calfwise.model.runner import Runner, Shoe, Surface

PLANNED = "planned"


class Wish(Struct, frozen=True, forbid_unknown_fields=True):
    """A run that somebody thinks of."""

    distance_m: Annotated[float, Meta(gt=0, le=400_000)]
    speed_mps: Annotated[float, Meta(ge=1.0, le=8.0)] | None = None
    """`None`: at the own easy pace."""
    shoe: Shoe | None = None
    surface: Surface | None = None
    """`None`: what the shoe is mostly run on, or not known."""
    climb_m: Annotated[float, Meta(ge=0, le=20_000)] | None = None
    """`None`: flat, or not known."""
    barefoot_minutes: Annotated[float, Meta(ge=0, le=1_440)] = 0.0
    """Of it, on bare feet. [min]"""
    race: bool = False


class Fit(StrEnum):
    """How a run stands against what the calves know."""

    KNOWN = "within what your calves know"
    WITHIN = "within the budget"
    OVER = "over the budget"
    RACE = "a race over the budget"
    NO_NUMBER = "no number to hold it against"


class Forecast(Struct, frozen=True):
    """What a planned run asks."""

    distance_m: float
    duration_s: float | None
    """`None`: no pace was said, and the own easy pace is not known yet."""
    strikes: Band | None
    """Both legs. [1]"""
    fast_strikes: int | None
    """Both legs; `None` where the own easy pace is unknown. [1]"""
    barefoot_strikes: int | None
    """Of the strikes, on bare feet. [1]"""
    impulse_bw_s: Band | None
    vertical_grf_bw: Band | None
    achilles_force_bw: Band | None
    easy_km: float | None
    """Its strikes in kilometres of the own easy running. [km]"""
    compared: Comparison | None
    """Against the longest of 30 days; `None`: nothing to compare with."""
    fit: Fit
    over_m: float
    """How far it goes beyond the budget. [m]"""
    big_step: bool
    """Whether it would raise an alert, by the rules of `change`."""
    reference_after_m: float | None
    """What the calves know after it, once it counts. [m]"""
    counts_at_once: bool
    """Otherwise whole only after two mornings at 3 of 10 or less; with nothing said of them up to the budget's end."""
    notices: tuple[Notice, ...]
    """What would be new about it."""
    budget: Budget


def forecast(
    wish: Wish,
    *,
    outings: Sequence[Outing],
    change: Change,
    budget: Budget,
    easy: Easy | None,
    runner: Runner,
    now: datetime,
) -> Forecast:
    """What a run would ask, before it is run.

    Parameters
    ----------
    wish
        The run.
    outings, change, budget, easy
        The same runner's, from one `LoadHistory`.
    runner
        Who runs.
    now
        Aware; the run is thought of as the next one, today.

    Returns
    -------
    Forecast
        Counted and compared by the same rules as a run that was recorded: a recording of it would raise the same
        notices. Strikes come from the own cadence where easy running tells it, forces from speed, with the bands of
        grade C.

    Notes
    -----
    The budget is about length alone: nothing read says how much a faster or steeper kilometre may count. Fast strikes,
    climb, shoe and bare feet are told beside it.
    """
    load = as_run(wish, easy=easy, now=now)
    last = outings[-1].day if outings else None
    own_pace = change.easy_speed_mps
    outing = Outing((load,), now.date(), own_pace)
    since = now - timedelta(days=c.EASY_WINDOW_DAYS)
    recent = [each for each in outings if each.start >= since or each.day == last]
    held = held_of([*recent, outing], races=frozenset({now.date()}) if wish.race else frozenset())[-1]
    strikes = _strikes(load)
    barefoot = _barefoot(wish, load)
    return Forecast(
        distance_m=wish.distance_m,
        duration_s=load.running_s or None,
        strikes=strikes,
        fast_strikes=outing.fast_strikes,
        barefoot_strikes=barefoot,
        impulse_bw_s=load.impulse_bw_s,
        vertical_grf_bw=load.vertical_grf_bw,
        achilles_force_bw=load.achilles_force_bw,
        easy_km=easy_km_of(load, easy),
        compared=held.compared,
        fit=_fit(wish, budget),
        over_m=max(0.0, wish.distance_m - budget.upper_m) if budget.upper_m is not None else 0.0,
        big_step=held.compared is not None and is_big_step(held.compared, alerts=change.alerts),
        reference_after_m=_after(wish, budget),
        counts_at_once=_counts_at_once(wish, budget),
        notices=(*noticed(held, runner=runner), *_bare_minutes(wish, held.barefoot_outings, outing)),
        budget=budget,
    )


def as_run(wish: Wish, *, easy: Easy | None, now: datetime) -> RunLoad:
    """The wish as if it had been recorded, by speed alone."""
    speed_mps = wish.speed_mps or (easy.speed_mps if easy else None)
    running_s = wish.distance_m / speed_mps if speed_mps else 0.0
    strikes: int | None = None
    by_speed: tuple[int, ...] = ()
    vertical = achilles = None
    if speed_mps:
        cadence_spm = float(population_cadence_spm(speed_mps=speed_mps)) * (easy.cadence_ratio if easy else 1.0)
        strikes = round(cadence_spm * running_s / SECONDS_PER_MINUTE)
        place = min(int(speed_mps / SPEED_BIN_MPS + 1e-9), SPEED_BINS - 1)
        by_speed = tuple(strikes if i == place else 0 for i in range(SPEED_BINS))
        factor = population_duty_factor(speed_mps=speed_mps)
        vertical = Band.around(
            float(peak_vertical_grf_bw(duty_factor=factor)), float(grf_band(duty_factor=factor, grade=Grade.C))
        )
        achilles = Band(*map(float, peak_achilles_force_bw(duty_factor=factor, grade=Grade.C)))
    load = RunLoad(
        id=PLANNED,
        file=PLANNED,
        start=now,
        local_time_known=True,
        model_version=c.MODEL_VERSION,
        duration_s=running_s,
        elapsed_s=running_s,
        distance_m=wish.distance_m,
        grade=Grade.C,
        running_s=running_s,
        walking_s=0.0,
        strikes=strikes,
        vertical_grf_bw=vertical,
        achilles_force_bw=achilles,
        impulse_bw_s=Band(*map(float, calf_impulse_bw_s(step_time_s=running_s))) if running_s else None,
        strikes_by_speed=by_speed,
        steep_s=0.0,
        climb_m=wish.climb_m,
        speed_mps=speed_mps,
        stance_source=None,
        shoe=wish.shoe,
        surface=wish.surface or (wish.shoe.surface if wish.shoe else None),
        kind="race" if wish.race else None,
    )
    return on_its_ground(load)


def _strikes(load: RunLoad) -> Band | None:
    return None if load.strikes is None else Band.around(float(load.strikes), c.STRIKES_BAND_C)


def _barefoot(wish: Wish, load: RunLoad) -> int | None:
    """Strikes on bare feet: all of a barefoot run's, else the minutes' share."""
    if load.strikes is None:
        return None
    if wish.shoe is not None and wish.shoe.barefoot:
        return load.strikes
    share = min(1.0, wish.barefoot_minutes * SECONDS_PER_MINUTE / load.running_s) if load.running_s else 0.0
    return round(load.strikes * share)


def _fit(wish: Wish, budget: Budget) -> Fit:
    if budget.reference_m is None or budget.upper_m is None:
        return Fit.NO_NUMBER
    if wish.distance_m <= budget.reference_m:
        return Fit.KNOWN
    if wish.distance_m <= budget.upper_m:
        return Fit.WITHIN
    return Fit.RACE if wish.race else Fit.OVER


def _after(wish: Wish, budget: Budget) -> float | None:
    """What the calves know after it, once it counts; what they know today, where that rose days ago. [m]"""
    if budget.reference_m is None or budget.rises_from is not None:
        return budget.reference_m
    if wish.race:
        return max(budget.reference_m, min(wish.distance_m, c.SPIKE_SMALL * budget.reference_m))
    return max(budget.reference_m, wish.distance_m)


def _counts_at_once(wish: Wish, budget: Budget) -> bool:
    """Whether what it adds counts without waiting for quiet mornings."""
    if budget.reference_m is None or budget.rises_from is not None or wish.race:
        return True
    return wish.distance_m <= upper_of(reference_m=budget.reference_m)


def _bare_minutes(wish: Wish, habit: int, outing: Outing) -> tuple[Notice, ...]:
    """Minutes on bare feet within a run in shoes, until going barefoot is a habit."""
    bare = wish.shoe is not None and wish.shoe.barefoot
    if not wish.barefoot_minutes or bare or habit >= c.BAREFOOT_HABIT_OUTINGS:
        return ()
    text = f"{wish.barefoot_minutes:g} minutes of it barefoot"
    return (Notice("barefoot", outing.day, text, ("Sinclair2014", "RicePatel2017")),)
