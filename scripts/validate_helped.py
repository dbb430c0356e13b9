"""Write docs/validation/helped-1.md: what helped, held against made runners whose truth is known.

`./dev helped` calls it, and so does `./dev validate`. Nothing in it is random twice: the same runners every time.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from multiprocessing import Pool
from pathlib import Path

from calfwise import library
from calfwise.model.fix.helped.rules import HelpedRules, Measure
from calfwise.model.fix.helped.told import Kind
from calfwise.model.fix.helped.words import NAMES
from made_helped import WORLDS, Found, World, found, leans, runners
from validate_words import page, table

TARGET = Path(__file__).resolve().parents[1] / "docs/validation/helped-1.md"
SEED = 8
WANTED_COVERAGE = 0.90
MOST_BIAS_NRS = 0.20
"""Of the best-looking technique, on average in any world."""


@dataclass(frozen=True, slots=True)
class Arm:
    """So many runners with so many sessions each."""

    sessions: int
    runners: int
    leans: bool

    @property
    def name(self) -> str:
        return f"{self.sessions}{', leaning' if self.leans else ''}"


ARMS = (
    Arm(6, 100, leans=False),
    Arm(15, 120, leans=False),
    Arm(15, 40, leans=True),
    Arm(40, 120, leans=False),
    Arm(40, 30, leans=True),
    Arm(100, 60, leans=False),
)
AT_ONCE = 2
"""Processes."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of one arm in one world."""

    world: World
    arm: Arm
    found: tuple[Found, ...]
    leans: tuple[tuple[str, float], ...]

    def of(self, kind: Kind, measure: Measure) -> list[Found]:
        return [one for one in self.found if one.kind is kind and one.measure is measure]


def lived(world: World, arm: Arm, rules: HelpedRules) -> Lived:
    """All runners of an arm."""
    all_found: list[Found] = []
    all_leans: list[tuple[str, float]] = []
    for runner in runners(world, sessions=arm.sessions, count=arm.runners, leans=arm.leans, rules=rules, seed=SEED):
        all_found += found(runner)
        all_leans += leans(runner)
    return Lived(world, arm, tuple(all_found), tuple(all_leans))


def coverage(some: Sequence[Found]) -> float:
    """How many truths lie in their intervals."""
    return sum(one.low <= one.truth <= one.high for one in some) / len(some)


def rmse(errors: Iterable[float]) -> float:
    squares = [error**2 for error in errors]
    return sqrt(sum(squares) / len(squares))


def bias(some: Sequence[Found], *, plain: bool = False) -> float:
    """How much better the best-looking of each runner looked than it was."""
    best = [one for one in some if one.best]
    return sum((one.plain if plain else one.mean) - one.truth for one in best) / len(best) if best else float("nan")


def estimates_table(all_: Sequence[Lived], measure: Measure) -> str:
    """Techniques: coverage, error, and the best-looking one."""
    head = ("world", "sessions", "in the interval", "told", "error", "of plain means", "best-looking", "by plain means")
    rows = []
    for one in all_:
        its = one.of(Kind.TECHNIQUE, measure)
        enough = sum(each.best for each in its) >= len(its) / 10
        rows.append([
            one.world.name,
            one.arm.name,
            f"{coverage(its):.0%}",
            f"{sum(each.told for each in its) / len(its):.0%}",
            f"{rmse(each.mean - each.truth for each in its):.2f}",
            f"{rmse(each.plain - each.truth for each in its):.2f}",
            *((f"{bias(its):+.2f}", f"{bias(its, plain=True):+.2f}") if enough else ("-", "-")),
        ])  # fmt: skip
    return table(head, rows)


def leans_table(all_: Sequence[Lived]) -> str:
    """What the plan makes of it."""
    head = ("world", "sessions", "places with another technique first", "its true lead [NRS]", "truly ahead")
    rows = []
    for one in all_:
        changed = [lead for other, lead in one.leans if other]
        rows.append([
            one.world.name,
            one.arm.name,
            f"{len(changed) / len(one.leans):.0%}",
            f"{sum(changed) / len(changed):+.2f}" if changed else "-",
            f"{sum(lead > 0 for lead in changed) / len(changed):.0%}" if changed and one.world.techniques else "-",
        ])  # fmt: skip
    return table(head, rows)


def coverage_table(all_: Sequence[Lived]) -> str:
    """By world, measure and kind, over all numbers of sessions."""
    kinds, measures = (Kind.TECHNIQUE, Kind.TOOL, Kind.SPOT), (Measure.AFTER, Measure.MORNING)
    head = ("world", *(f"{kind}s, {NAMES[measure]}" for measure in measures for kind in kinds), "truths")
    rows = []
    for world in WORLDS:
        cells = [of_world(all_, world, kind, measure) for measure in measures for kind in kinds]
        rows.append([world.name, *(f"{coverage(its):.1%}" for its in cells), f"{sum(map(len, cells))}"])
    return table(head, rows)


def of_world(all_: Sequence[Lived], world: World, kind: Kind, measure: Measure) -> list[Found]:
    return [each for one in all_ if one.world == world for each in one.of(kind, measure)]


def worst_coverage(all_: Sequence[Lived]) -> tuple[float, int, str]:
    """Over worlds, numbers of sessions, measures, and techniques, tools and spots; with how many truths that is."""
    return min(
        (coverage(its), len(its), f"{kind}s, {NAMES[measure]}, {one.world.name}, {one.arm.name} sessions")
        for one in all_
        for kind in (Kind.TECHNIQUE, Kind.TOOL, Kind.SPOT)
        for measure in (Measure.AFTER, Measure.MORNING)
        if (its := one.of(kind, measure))
    )


def all_coverage(all_: Sequence[Lived]) -> float:
    return coverage([each for one in all_ for each in one.found])


def _error_share(all_: Sequence[Lived], sessions: int) -> float:
    """The model's error over that of plain means, techniques right after, over all worlds."""
    its = [each for one in all_ if one.arm == next(arm for arm in ARMS if arm.sessions == sessions)
           for each in one.of(Kind.TECHNIQUE, Measure.AFTER)]  # fmt: skip
    return rmse(each.mean - each.truth for each in its) / rmse(each.plain - each.truth for each in its)


def worst_bias(all_: Sequence[Lived]) -> tuple[float, str]:
    """Right after, of techniques, where at least one runner in three has two that are told."""
    return max(
        (bias(its), f"{one.world.name}, {one.arm.name} sessions")
        for one in all_
        if (its := one.of(Kind.TECHNIQUE, Measure.AFTER)) and sum(each.best for each in its) >= one.arm.runners / 3
    )


def report(all_: Sequence[Lived], rules: HelpedRules) -> str:
    """The whole page."""
    (worst, truths, where), (most, bias_where) = worst_coverage(all_), worst_bias(all_)
    text = f"""\
# What helped, held against made runners

Written by `./dev helped`: what is said here is computed, not typed. Runners whose true differences are known
(`scripts/made_helped.py`) look after the two most tender of two to five spots, so that what is treated is what was at
its worst; they say whole numbers of ten, forget one rating in five, have good and bad evenings, and a spot that is more
tender changes more. Long strokes are for the tenderest spots, thumbs for those from 6 of 10: plain means confuse both
with what was done. In the arms called leaning the technique is chosen by what helped so far, as the plan does it, with
every {rules.leaning.try_every}th session for what was tried least. {sum(one.arm.runners for one in all_)} runners,
always the same ones.

- Intervals of 90% hold {all_coverage(all_):.1%} of {sum(len(one.found) for one in all_)} truths; wanted at least
  {WANTED_COVERAGE:.0%} in every world, for every measure and kind. The fewest in any corner of the whole:
  {worst:.1%} of {truths} ({where}).
- The best-looking technique of a runner looks better than it is by {most:+.2f} of 10 at the most
  ({bias_where}); wanted at most {MOST_BIAS_NRS:.2f}, less than the {rules.leaning.ahead_nrs:.1f} by which something
  must be ahead before a plan leans towards it.
- Its error is {_error_share(all_, 15):.0%} of that of plain means with 15 sessions, {_error_share(all_, 100):.0%} with
  100.

## Truths in their intervals

{coverage_table(all_)}

## Techniques: tenderness right after [of 10]

{estimates_table(all_, Measure.AFTER)}

## Techniques: the next morning [steps]

{estimates_table(all_, Measure.MORNING)}

“In the interval”: truths within the 90% interval, too early to say or not. “Told”: how many techniques are told at all
(at least {rules.fewest_sessions} sessions, and narrow enough). “Error”: root mean square, beside that of each
technique's plain mean. “Best-looking”: its mean less the truth, on average over runners with two that are told.

## What the plan makes of it

{leans_table(all_)}

Where nothing differs, another technique that comes first costs nothing and gains nothing.

## What this does not show

- **Whether massage does anything.** Every made runner is quieter after anything, as real ones are: the comparison is
  between ways, never with nothing.
- **That real ratings behave so.** They may drift over months, and people may rate kindly what they like; both would
  look like a difference.
- **Exercises of the days before.** They are not given out by lot: only that they go together with quieter days is told.
"""
    return page(text, [])


def main(arguments: list[str]) -> int:
    rules = library.helped()
    pairs = [(world, arm, rules) for world in WORLDS for arm in ARMS]
    with Pool(AT_ONCE) as pool:
        all_ = pool.starmap(lived, pairs, chunksize=1)
    text = report(all_, rules)
    if "--check" in arguments:
        same = TARGET.is_file() and TARGET.read_text("utf-8") == text
        if not same:
            print("docs/validation/helped-1.md differs from what the code says: run ./dev helped", file=sys.stderr)
        return 0 if same else 1
    TARGET.write_text(text, "utf-8")
    print(f"wrote {TARGET}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
