"""What the calves took in one run, and how that stands beside the runner's own running."""

from collections.abc import Iterator

from calfwise.model.load.alignment import StanceStory
from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import easy_km_of, force_against_easy, wear_against_easy
from calfwise.model.load.ground import SOFT_OR_UNEVEN, STAIRS
from calfwise.model.load.outings import fast_strikes
from calfwise.model.load.sides import sides_said
from calfwise_web.fact import Fact
from calfwise_web.load.stance_words import source_said
from calfwise_web.runs import words
from calfwise_web.runs.compared import Before
from calfwise_web.units import NOTHING, Units, clock

A_MINUTE_S = 60
METRES_A_KM = 1000
ESTIMATED_TO = 50
"""Strikes that were not counted are told to so many."""
EVEN_FORCE = 0.01
"""A force so near the own easy one is the same. [1]"""


def calves(load: RunLoad, before: Before) -> Iterator[Fact]:
    """What the calves took, as other pages read it."""
    yield _strikes(load)
    if load.vertical_grf_bw or load.achilles_force_bw or load.running_s:
        yield _force("Ground force", load.vertical_grf_bw, load, words.WHY_GROUND)
        yield _force("Achilles force", load.achilles_force_bw, load, words.WHY_ACHILLES)
    if load.impulse_bw_s:
        impulse = load.impulse_bw_s
        band = f"{_rounded(impulse.low)} to {_rounded(impulse.high)}, {words.WHAT_IMPULSE}"
        yield Fact("Impulse", _rounded(impulse.value), "body weights · s", band)
    fast = fast_strikes(load, easy_speed_mps=before.easy_speed_mps)
    if fast is not None:
        yield Fact("Fast strikes a leg", f"{round(fast / 2):,}", band=words.WHAT_FAST)
    if load.walking_s >= A_MINUTE_S:
        steps = "" if load.walking_steps is None else f"{_to(load.walking_steps, 10):,} steps, "
        yield Fact("Walked", clock(load.walking_s), "min", f"{steps}not counted as strikes")


def against_easy(load: RunLoad, before: Before, units: Units) -> Iterator[Fact]:
    """The run in the runner's own easy kilometres, as far as it can be told."""
    kilometres = easy_km_of(load, before.easy)
    if before.easy is None or kilometres is None:
        return
    length, _, unit = units.length(kilometres * METRES_A_KM).partition(" ")
    yield Fact("Foot strikes as in", length, f"easy {unit}", "of your own")
    force = force_against_easy(load, before.easy)
    if force is not None:
        yield Fact("A step's ground force", _more(force), band="than your own easy step")
    wear = wear_against_easy(load, before.easy)
    if wear is not None:
        low, high = (f"{each:.1f}" for each in wear)
        range_ = low if low == high else f"{low} to {high}"
        yield Fact(f"Wear of one {units.distance}", range_, f"easy {units.distance}", words.WHAT_WEAR)


def sides(load: RunLoad, before: Before) -> tuple[str, ...]:
    """Left and right in sentences; none where nothing measured both for long enough."""
    return () if load.sides is None else sides_said(load.sides, before.sides)


def readings(load: RunLoad, story: StanceStory) -> Iterator[str]:
    """Why forces and their ranges are not simply those of this recording."""
    source = source_said(load.stance.source, own=True) if load.stance else ""
    if load.apart:
        yield (
            f"Ground contact here is from {source}, another device than in the rest of your runs, and too few runs "
            "carry both. Its forces stand for themselves: they are not compared."
        )
    elif load.stance_shift_s and story.source is not None:
        more = "longer" if load.stance_shift_s < 0 else "shorter"
        yield (
            f"Ground contact here is from {source}. It reads {abs(load.stance_shift_s) * 1000:.0f} ms {more} than "
            f"{source_said(story.source, own=True)}, so these forces are told as that one would: as in your other runs."
        )
    if load.surface == STAIRS:
        yield "On stairs, force cannot be told from timing. Strikes and time still count."
    elif load.surface in SOFT_OR_UNEVEN:
        yield f"On {load.surface} steps differ from each other, so both force ranges are wider. Strikes hold anywhere."
    if load.shoe is not None and (load.shoe.barefoot or load.shoe.minimal):
        worn = "Barefoot" if load.shoe.barefoot else "In minimal shoes"
        yield f"{worn} the Achilles may take more; nobody can say how much, so its range reaches higher."


def _strikes(load: RunLoad) -> Fact:
    why = words.WHY_COUNTED if load.cadence_measured else words.WHY_STRIKES[load.grade]
    band = load.strikes_band
    if band is None or load.strikes_per_leg is None:
        return Fact("Strikes a leg", NOTHING, band="not estimated", grade=load.grade, why=why)
    if band.low == band.high:
        return Fact("Strikes a leg", f"{load.strikes_per_leg:,}", band="counted", grade=load.grade, why=why)
    low, about, high = (_to(each / 2, ESTIMATED_TO) for each in (band.low, band.value, band.high))
    likely = f"likely {low:,} to {high:,}"
    return Fact("Strikes a leg", f"{about:,}", band=likely, grade=load.grade, why=why, about=True)


def _force(term: str, band: Band | None, load: RunLoad, why: str) -> Fact:
    if band is None:
        no_level = "not estimated" if load.surface == STAIRS else "not estimated: no level running was recorded"
        return Fact(term, NOTHING, band=no_level, grade=load.grade, why=why)
    range_said = f"mean peak, likely {band.low:.1f} to {band.high:.1f}"
    return Fact(term, f"{band.value:.1f}", words.BODY_WEIGHTS, range_said, load.grade, why)


def _more(ratio: float) -> str:
    """A ratio to the own easy step.

    >>> _more(1.043), _more(0.96), _more(1.004)
    ('4 % more', '4 % less', 'no more')
    """
    if abs(ratio - 1) < EVEN_FORCE:
        return "no more"
    return f"{abs(ratio - 1) * 100:.0f} % {'more' if ratio > 1 else 'less'}"


def _rounded(number: float) -> str:
    """To as many digits as its band deserves.

    >>> _rounded(7234.0), _rounded(83.0)
    ('7,200', '80')
    """
    return f"{_to(number, 100 if number >= 1000 else 10):,}"


def _to(number: float, step: int) -> int:
    return round(number / step) * step
