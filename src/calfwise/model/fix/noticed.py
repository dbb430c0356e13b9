"""What recordings and shoes tell of each cause by themselves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
    if not points:
        return Found(_against(points, f"no run was longer than usual: at most {most.ratio:.0%} of your longest"))
    earlier = [
        (each.day, f"{case.length(each.distance_m)} were {each.ratio - 1:.0%} more, too")
        for held in case.held
        if (each := held.compared) is not None and each.ratio >= most.ratio
    ]
    return Found((*points, *_went_well(case, earlier)))


def faster(case: Case) -> Found:
    """Fast strikes against the most of the 30 days before."""
    most_of = [(held, held.outing.fast_strikes, held.most_fast_strikes) for held in case.held]
    return _more_of(
        case,
        [(held, fast, most) for held, fast, most in most_of if fast is not None and most is not None],
        ratios=case.rules.faster,
        more=(c.PACE_JUMP_STRIKES / 2, c.PACE_JUMP_STRIKES),
        words=lambda fast, most: (
            f"{fast // 2:,.0f} fast strikes a leg; the most in the 30 days before was {most // 2:,.0f}"
        ),
        too=lambda fast, most: f"{fast // 2:,.0f} fast strikes a leg after at most {most // 2:,.0f}",
        source="Nielsen2013",
        none="no run had more fast strikes than you are used to",
        unknown="your own easy pace, which a few recorded runs tell",
    )


def _more_of(
    case: Case,
    held_each: Sequence[tuple[Held, float, float]],
    *,
    ratios: tuple[float, float],
    more: tuple[float, float],
    words: Callable[[float, float], str],
    too: Callable[[float, float], str],
    source: str,
    none: str,
    unknown: str,
) -> Found:
    """More of something than the most of 30 days: by how many times, and by how much. Both begin evenly at nought."""
    lately = {held.outing.start for held in case.before}
    strong = [
        (held, value, most, ramp(value / max(most, 1), ratios) * ramp(value - most, more))
        for held, value, most in held_each
    ]
    known = [each for each in strong if each[0].outing.start in lately]
    if not known:
        return Found(unknown=(unknown,))
    points = [
        case.points_for(words(value, most), held.outing.day, strength, (source,))
        for held, value, most, strength in known
        if strength > 0
    ]
    if not points:
        return Found(_against(points, none))
    strongest = max(strength for *_, strength in known)
    earlier = [(held.outing.day, too(value, most)) for held, value, most, strength in strong if strength >= strongest]
    return Found((*_strongest(points), *_went_well(case, earlier)))


def _went_well(case: Case, earlier: Iterable[tuple[date, str]]) -> tuple[Point, ...]:
    """The latest earlier day with as much of it, after which the calves were quiet: that speaks against it."""
    last = case.about - timedelta(days=case.rules.fades_by_days)
    first = case.about - timedelta(days=case.rules.well_within_days)
    for day, text in sorted(earlier, reverse=True):
        if first <= day <= last and (nrs := case.quiet_after(day)) is not None:
            said_after = f"in the {case.rules.full_for_days} days after you wrote at most {nrs}"
            return (Point(Side.AGAINST, f"{said(day)}: {text}; {said_after}", (), day),)
    return ()


def shoe(case: Case) -> Found:
    """A pair that was new, and lower or thinner than the one before."""
    shod = [held for held in case.before if held.outing.shoe is not None]
    if not shod:
        return Found(unknown=("which shoes you wore",))
    points = [point for held in shod if (point := _new_shoe(case, held)) is not None]
    worn = [pair for held in shod if (pair := held.outing.shoe) is not None and not pair.barefoot]
    if not worn:
        return Found(_against([], "no shoes at all in the two weeks before"))
    newest = max(worn, key=lambda pair: pair.since)
    none = f"no pair was new: the newest is {newest.name}, since {said(newest.since)} {newest.since.year}"
    return Found((*_strongest(points), *_against(points, none)))


def _new_shoe(case: Case, held: Held) -> Point | None:
    pair = held.outing.shoe
    assert pair is not None, "chosen so"
    last = held.shod.besides(pair)
    days = (held.outing.day - pair.since).days
    fresh = 1 - ramp(days, case.rules.new_shoe_days)
    if pair.barefoot or last is None or not fresh:
        return None
    lower, new = _lower_m(pair, last), _new_said(days)
    sources: tuple[str, ...]
    if pair.minimal and not last.minimal:
        text, strength, sources = f"{pair.name}, a minimal shoe, {new}", 1.0, ("Ryan2014", "RicePatel2017")
    elif lower >= c.LOWER_SHOE_M:
        text = f"{pair.name}, {new}, its heel {lower * MM_A_METRE:.0f} mm lower than {last.name}'s"
        strength, sources = 0.8, ("Sinclair2014", "CoachRule")
    else:
        text, strength, sources = f"{pair.name}, {new}", 0.4, ("CoachRule",)
    return case.points_for(text, held.outing.day, strength * fresh, sources)


def _new_said(days: int) -> str:
    """
    >>> _new_said(0), _new_said(1), _new_said(12)
    ('new that day', '1 day new', '12 days new')
    """
    return "new that day" if days <= 0 else f"{days} day{'' if days == 1 else 's'} new"


def _lower_m(pair: Shoe, last: Shoe) -> float:
    if pair.heel_drop_m is None or last.heel_drop_m is None:
        return 0.0
    return last.heel_drop_m - pair.heel_drop_m


def barefoot(case: Case) -> Found:
    """Minutes on bare feet or in minimal shoes in the two weeks before, where that is no habit yet."""
    if all(held.outing.shoe is None for held in case.before):
        return Found(unknown=("which runs were barefoot",))
    if sum(1 for held in _bare_before(case)) >= c.BAREFOOT_HABIT_OUTINGS:
        return Found(_against([], "you have run barefoot or in minimal shoes for longer than that"))
    bare = [(held.outing.day, _minutes(held)) for held in case.before if _is_bare(held)]
    # The nearer, the more a minute counts; a single long run counts no more than what is already a full sign.
    full_min = case.rules.barefoot_minutes[1]
    strength = ramp(
        sum(min(minutes, full_min) * case.timing(day) for day, minutes in bare), case.rules.barefoot_minutes
    )
    if not strength:
        return Found(_against([], "hardly any running barefoot or in minimal shoes in the two weeks before"))
    minutes = sum(minutes for _, minutes in bare)
    text = f"the last of {minutes:.0f} minutes barefoot or in minimal shoes within two weeks"
    return Found((case.point_of(text, bare[-1][0], strength, ("Almonroeder2013", "RicePatel2017")),))


def _bare_before(case: Case) -> list[Held]:
    """Outings on bare feet or in minimal shoes before these two weeks."""
    until = case.about - timedelta(days=case.rules.fades_by_days)
    since = until - timedelta(days=c.EASY_WINDOW_DAYS)
    return [held for held in case.held if since <= held.outing.day <= until and _is_bare(held)]


def _minutes(held: Held) -> float:
    return sum(load.running_s for load in held.outing.loads) / SECONDS_A_MINUTE


def _is_bare(held: Held) -> bool:
    pair = held.outing.shoe
    return pair is not None and (pair.barefoot or pair.minimal)


def hills(case: Case) -> Found:
    """Climb against the most of the 30 days before."""
    most_of = [(held, held.outing.climb_m, held.most_climb_m) for held in case.held]
    return _more_of(
        case,
        [(held, climb_m, most_m) for held, climb_m, most_m in most_of if climb_m is not None and most_m is not None],
        ratios=case.rules.hillier,
        more=(c.HILLIER_MORE_M / 2, c.HILLIER_MORE_M),
        words=lambda climb_m, most_m: f"{climb_m:.0f} m of climb; the most in the 30 days before was {most_m:.0f} m",
        too=lambda climb_m, most_m: f"{climb_m:.0f} m of climb after at most {most_m:.0f} m",
        source="CoachRule",
        none="no run climbed more than you are used to",
        unknown="how much your runs climbed",
    )


def after_break(case: Case) -> Found:
    """Days without a run before a return."""
    outings = [held.outing for held in case.held]
    if len(outings) < 2:
        return Found(unknown=("what you ran before",))
    lately = case.about - timedelta(days=case.rules.since_break_days[1])
    returns = [(after.day, (after.day - before.day).days) for before, after in pairwise(outings) if after.day > lately]
    points = [
        case.point_of(f"the first run after {away} days without", day, strength, ("CoachRule",))
        for day, away in returns
        if (strength := _of_return(case, day, away)) > 0
    ]
    return Found((*_strongest(points), *_against(points, _no_break(returns))))


def _no_break(returns: Sequence[tuple[date, int]]) -> str:
    if not returns:
        return "no run lately that could be a return"
    longest = max(away for _, away in returns)
    return (
        f"no break lately: at most {longest} days between runs" if longest > 1 else "no break lately: a run every day"
    )


def _of_return(case: Case, day: date, away_days: int) -> float:
    """The longer the break, and the fewer days since, the stronger. [1]"""
    since_days = (case.about - day).days
    return ramp(away_days, case.rules.break_days) * (1 - ramp(since_days, case.rules.since_break_days))


def low_cadence(case: Case) -> Found:
    """Own steps over those of others at the same speed, the nearer the run the more it counts."""
    ratios = [
        (load.strikes / (usual_spm * load.running_s / SECONDS_A_MINUTE), case.timing(held.outing.day))
        for held in case.before
        for load in held.outing.loads
        if load.cadence_measured and load.strikes and load.speed_mps and load.running_s
        for usual_spm in (float(population_cadence_spm(speed_mps=load.speed_mps)),)
    ]
    if not ratios:
        return Found(unknown=("your cadence, which your recordings of the two weeks before do not hold",))
    counting = sum(weight for _, weight in ratios)
    ratio = sum(each * weight for each, weight in ratios) / counting
    # A single run of long ago says little about how these weeks were run.
    strength = (1 - ramp(ratio, case.rules.low_cadence)) * min(1.0, counting)
    if not strength:
        return Found(_against([], f"your cadence is {_more_or_less(ratio)} that of others at your pace"))
    runs = "one run" if len(ratios) == 1 else f"{len(ratios)} runs"
    text = f"in {runs} of the two weeks before your cadence was {1 - ratio:.0%} below that of others at your pace"
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
