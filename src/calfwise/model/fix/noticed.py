"""What recordings and shoes tell of each cause by themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from calfwise.model import constants as c
from calfwise.model.fix.case import Case, ramp
from calfwise.model.fix.cause import Point, Side
from calfwise.model.load.change import Held, said
from calfwise.model.load.gait import population_cadence_spm
from calfwise.model.runner import Shoe

SECONDS_A_MINUTE, DAYS_A_WEEK, MM_A_METRE = 60, 7, 1000


@dataclass(frozen=True, slots=True)
class Found:
    """What was found about one cause."""

    points: tuple[Point, ...] = ()
    unknown: tuple[str, ...] = ()
    """What would have to be known; with no point at all, the cause is not known."""


Look = Callable[[Case], Found]


def longer_run(case: Case) -> Found:
    """A run against the longest of the 30 days before it."""
    compared = [held.compared for held in case.before if held.compared is not None]
    if not compared:
        return Found(unknown=("two runs within 30 days, to hold one against the other",))
    points = [
        case.points_for(
            f"{case.length(each.distance_m)}, {each.ratio - 1:.0%} more than your longest of the 30 days before",
            each.day,
            ramp(each.ratio, case.rules.longer),
            ("Frandsen2025",),
        )
        for each in compared
        if each.ratio > case.rules.longer[0]
    ]
    most = max(compared, key=lambda each: each.ratio)
    return Found(
        (*points, *_against(points, f"no run was longer than usual: at most {most.ratio:.0%} of your longest"))
    )


def faster(case: Case) -> Found:
    """Fast strikes against the most of the 30 days before."""
    told = [(held, fast) for held in case.before if (fast := held.outing.fast_strikes) is not None]
    known = [(held, fast, held.most_fast_strikes) for held, fast in told if held.most_fast_strikes is not None]
    if not known:
        return Found(unknown=("your own easy pace, which a few recorded runs tell",))
    points = [
        case.points_for(
            f"{fast // 2:,} fast strikes a leg; the most in the 30 days before was {most // 2:,.0f}",
            held.outing.day,
            ramp(fast / max(most, 1), case.rules.faster) * ramp(fast - most, (0, c.PACE_JUMP_STRIKES)),
            ("Nielsen2013",),
        )
        for held, fast, most in known
        if fast > case.rules.faster[0] * most and fast - most > c.PACE_JUMP_STRIKES / 2
    ]
    return Found((*points, *_against(points, "no run had more fast strikes than you are used to")))


def shoe(case: Case) -> Found:
    """A pair that was new, and lower or thinner than the one before."""
    shod = [held for held in case.before if held.outing.shoe is not None]
    if not shod:
        return Found(unknown=("which shoes you wore",))
    points = [point for held in shod if (point := _new_shoe(case, held)) is not None]
    worn = [held.outing.shoe for held in shod if held.outing.shoe is not None]
    old = min(worn, key=lambda pair: pair.since)
    return Found(
        (*_strongest(points), *_against(points, f"the same shoes as before: {old.name}, since {said(old.since)}"))
    )


def _new_shoe(case: Case, held: Held) -> Point | None:
    pair = held.outing.shoe
    assert pair is not None, "chosen so"
    last = held.shod.besides(pair)
    days = (held.outing.day - pair.since).days
    fresh = 1 - ramp(days, case.rules.new_shoe_days)
    if pair.barefoot or last is None or not fresh:
        return None
    lower = _lower_m(pair, last)
    sources: tuple[str, ...]
    if pair.minimal and not last.minimal:
        text, strength, sources = f"{pair.name}, a minimal shoe, {days} days new", 1.0, ("Ryan2014", "RicePatel2017")
    elif lower >= c.LOWER_SHOE_M:
        text = f"{pair.name}, {days} days new, its heel {lower * MM_A_METRE:.0f} mm lower than {last.name}'s"
        strength, sources = 0.8, ("Sinclair2014", "CoachRule")
    else:
        text, strength, sources = f"{pair.name}, {days} days new", 0.4, ("CoachRule",)
    return case.points_for(text, held.outing.day, strength * fresh, sources)


def _lower_m(pair: Shoe, last: Shoe) -> float:
    if pair.heel_drop_m is None or last.heel_drop_m is None:
        return 0.0
    return last.heel_drop_m - pair.heel_drop_m


def barefoot(case: Case) -> Found:
    """Minutes on bare feet or in minimal shoes in the two weeks before."""
    if all(held.outing.shoe is None for held in case.before):
        return Found(unknown=("which runs were barefoot",))
    bare = [held for held in case.before if _is_bare(held) and held.barefoot_outings < c.BAREFOOT_HABIT_OUTINGS]
    minutes = sum(load.running_s for held in bare for load in held.outing.loads) / SECONDS_A_MINUTE
    if not bare or minutes <= case.rules.barefoot_minutes[0]:
        return Found(_against([], "no run barefoot or in minimal shoes that was new to you"))
    last = bare[-1].outing.day
    text = f"{minutes:.0f} minutes barefoot or in minimal shoes in these two weeks, the last that day"
    strength = ramp(minutes, case.rules.barefoot_minutes)
    return Found((case.points_for(text, last, strength, ("Almonroeder2013", "RicePatel2017")),))


def _is_bare(held: Held) -> bool:
    pair = held.outing.shoe
    return pair is not None and (pair.barefoot or pair.minimal)


def hills(case: Case) -> Found:
    """Climb against the most of the 30 days before."""
    known = [
        (held, climb_m, held.most_climb_m)
        for held in case.before
        if (climb_m := held.outing.climb_m) is not None and held.most_climb_m is not None
    ]
    if not known:
        return Found(unknown=("how much your runs climbed",))
    points = [
        case.points_for(
            f"{climb_m:.0f} m of climb; the most in the 30 days before was {most_m:.0f} m",
            held.outing.day,
            ramp(climb_m / max(most_m, 1), case.rules.hillier) * ramp(climb_m - most_m, (0, c.HILLIER_MORE_M)),
            ("CoachRule",),
        )
        for held, climb_m, most_m in known
        if climb_m > case.rules.hillier[0] * most_m and climb_m - most_m > c.HILLIER_MORE_M / 2
    ]
    return Found((*_strongest(points), *_against(points, "no run climbed more than you are used to")))


def after_break(case: Case) -> Found:
    """Days without a run before a return."""
    outings = [held.outing for held in case.held]
    if len(outings) < 2:
        return Found(unknown=("what you ran before",))
    returns = [(after.day, (after.day - before.day).days) for before, after in pairwise(outings)]
    counting = [
        (
            day,
            away,
            ramp(away, case.rules.break_days) * (1 - ramp((case.about - day).days, case.rules.since_break_days)),
        )
        for day, away in returns
    ]
    points = tuple(
        Point(Side.FOR, f"{said(day)}: the first run after {away} days without", ("CoachRule",), day, strength)
        for day, away, strength in counting
        if strength > 0
    )
    longest = max(away for _, away in returns[-30:])
    return Found((*_strongest(points), *_against(points, f"no break lately: at most {longest} days between runs")))


def low_cadence(case: Case) -> Found:
    """Own steps over those of others at the same speed, from easy running."""
    ratios = [
        (load.strikes / (usual_spm * load.running_s / SECONDS_A_MINUTE), load)
        for held in case.before
        for load in held.outing.loads
        if load.cadence_measured and load.strikes and load.speed_mps and load.running_s
        for usual_spm in (float(population_cadence_spm(speed_mps=load.speed_mps)),)
    ]
    if not ratios:
        return Found(unknown=("your cadence, which your recordings do not hold",))
    ratio = sum(each for each, _ in ratios) / len(ratios)
    strength = 1 - ramp(ratio, case.rules.low_cadence)
    if not strength:
        return Found(_against([], f"your cadence is {_more_or_less(ratio)} that of others at your pace"))
    text = f"in {len(ratios)} runs your cadence was {1 - ratio:.0%} below that of others at your pace"
    return Found((Point(Side.FOR, text, ("VanOeveren2019", "Lyght2016"), None, strength),))


def _more_or_less(ratio: float) -> str:
    """
    >>> _more_or_less(1.001), _more_or_less(1.04)
    ('about', '4% above')
    """
    percent = round(100 * (ratio - 1))
    return "about" if abs(percent) <= 1 else f"{abs(percent)}% {'above' if percent > 0 else 'below'}"


def _strongest(points: Iterable[Point]) -> tuple[Point, ...]:
    """One sign of a kind: the strongest, the latest of equal ones."""
    found = max(points, key=lambda point: (point.strength, str(point.day)), default=None)
    return () if found is None else (found,)


def _against(points: Iterable[Point], text: str) -> tuple[Point, ...]:
    """What speaks against it, where nothing speaks for it."""
    return () if any(True for _ in points) else (Point(Side.AGAINST, text, ()),)
