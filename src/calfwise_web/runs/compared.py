"""A run as the pages of the whole history read it, and what the runner's own running was before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from msgspec import structs

from calfwise.model.load.alignment import StanceStory, shifted
from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.easy import Easy, easy_of
from calfwise.model.load.ground import on_its_ground
from calfwise.model.load.outings import Outing, easy_speed_mps
from calfwise.model.load.sides import OwnSides, own_sides
from calfwise.model.runner import Runner, Shoe


@dataclass(frozen=True, slots=True)
class Factors:
    """What a band is multiplied by, value by value. [1]"""

    low: float = 1.0
    value: float = 1.0
    high: float = 1.0

    @classmethod
    def between(cls, before: Band | None, after: Band | None) -> Self | None:
        """`None` where nothing is told afterwards."""
        if before is None or after is None:
            return None
        return cls(after.low / before.low, after.value / before.value, after.high / before.high)


AS_IT_IS = Factors()


@dataclass(frozen=True, slots=True)
class Read:
    """A run as the Load page reads it: by the history's own source of ground contact, on its ground, in its shoe."""

    load: RunLoad
    ground: Factors | None = AS_IT_IS
    """From the ground force as held to that as read; `None`: it has none."""
    achilles: Factors | None = AS_IT_IS


def read_as_shown(load: RunLoad, *, shoe: Shoe | None, surface: str, kind: str, story: StanceStory) -> Read:
    """The held load, as every other page reads it."""
    told = structs.replace(load, shoe=shoe, surface=surface or None, kind=kind or None)
    read = _as_own(on_its_ground(told), story)
    return Read(
        read,
        Factors.between(load.vertical_grf_bw, read.vertical_grf_bw),
        Factors.between(load.achilles_force_bw, read.achilles_force_bw),
    )


def _as_own(load: RunLoad, story: StanceStory) -> RunLoad:
    """As the history's own source would have read it; as it is, where nobody has worked out yet which that is."""
    return load if story.source is None else shifted(load, story=story)


@dataclass(frozen=True, slots=True)
class Before:
    """The runner's own running of the 90 days before a run."""

    easy_speed_mps: float | None = None
    easy: Easy | None = None
    """What an own easy kilometre asked; `None`: too few easy runs."""
    sides: OwnSides | None = None
    """The run's left and right against those before; `None` without any, or too few."""


def before_of(load: RunLoad, earlier: Sequence[RunLoad], *, runner: Runner, story: StanceStory) -> Before:
    """What came before, from the runs of 90 days in order of time."""
    easy_mps = easy_speed_mps(earlier, runner=runner, now=load.start)
    outings = [Outing((_as_own(each, story),), each.start.date(), easy_mps) for each in earlier]
    shared = [each.sides for each in earlier if each.sides is not None]
    return Before(
        easy_mps,
        easy_of(outings, now=load.start),
        own_sides(load.sides, shared) if load.sides is not None else None,
    )
