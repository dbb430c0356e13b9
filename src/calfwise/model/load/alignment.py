"""One source of ground contact for a whole history: where it changes, times are shifted or comparison begins anew.

Two devices on one runner read contact times up to 50 ms apart, which moves the force by a fifth: more than any change
that a runner would look for. So runs are compared only as one source would have read them.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import median

from msgspec import Struct, structs

from calfwise.model import constants as c
from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad
from calfwise.model.load.stance import StanceSeen


class OtherSource(Struct, frozen=True):
    """A source that some runs' ground contact comes from and that is not the history's own."""

    source: str
    first: datetime
    last: datetime
    runs: int
    shift_s: float | None
    """What is added to its times; `None`: nothing ties it to the history's own, its forces are not compared. [s]"""
    ties: int
    """Runs that carry both, along the way that ties them least."""


class StanceStory(Struct, frozen=True):
    """Which source speaks for the history, and what became of the others."""

    source: str | None = None
    """That of the latest run with measured ground contact; `None`: no run has any."""
    others: tuple[OtherSource, ...] = ()
    """In order of time."""

    def shift_of(self, source: str) -> float | None:
        """What is added to a source's times; `None` where it is not compared. [s]"""
        if source == self.source:
            return 0.0
        return next((other.shift_s for other in self.others if other.source == source), None)


def aligned(loads: Sequence[RunLoad]) -> tuple[tuple[RunLoad, ...], StanceStory]:
    """Runs as one source of ground contact would have read them.

    Parameters
    ----------
    loads
        One runner's, in any order, which is kept.

    Returns
    -------
    tuple of RunLoad, StanceStory
        Runs of another source have their forces shifted by the median difference in runs that carry both, directly or
        over a third source; where too few do, they stay as they are and are marked `apart`.

    Notes
    -----
    The latest run's source speaks for the history: what is asked is how today compares. Of mean forces the shift is
    exact as far as duty factors are not clipped: F = a + b / DF, and DF grows with stance time.
    """
    seen = [(load, load.stance) for load in loads if load.stance is not None]
    if not seen:
        return tuple(loads), StanceStory()
    _, latest = max(seen, key=lambda pair: pair[0].start)
    story = StanceStory(latest.source, _others(seen, latest.source))
    if not story.others:
        return tuple(loads), story
    return tuple(shifted(load, story=story) for load in loads), story


def shifted(load: RunLoad, *, story: StanceStory) -> RunLoad:
    """One run as the history's own source would have read it; marked `apart` where nothing ties the two."""
    seen = load.stance
    if seen is None or seen.source == story.source:
        return load
    shift_s = story.shift_of(seen.source)
    if shift_s is None:
        return structs.replace(load, apart=True)
    if load.vertical_grf_bw is None or load.achilles_force_bw is None:
        return load
    before_bw = load.vertical_grf_bw.value
    inverse = (before_bw - c.GRF_INTERCEPT_BW) / c.GRF_SLOPE_BW * seen.stance_time_s / (seen.stance_time_s + shift_s)
    ratio = (c.GRF_INTERCEPT_BW + c.GRF_SLOPE_BW * inverse) / before_bw
    return structs.replace(
        load,
        vertical_grf_bw=_times(load.vertical_grf_bw, ratio),
        achilles_force_bw=_times(load.achilles_force_bw, ratio),
        stance_shift_s=shift_s,
    )


def _times(band: Band, ratio: float) -> Band:
    return Band(band.low * ratio, band.value * ratio, band.high * ratio)


def _others(seen: Sequence[tuple[RunLoad, StanceSeen]], own: str) -> tuple[OtherSource, ...]:
    """Every source but the history's own, with its shift."""
    runs_of: dict[str, list[datetime]] = {}
    for load, stance in seen:
        runs_of.setdefault(stance.source, []).append(load.start)
    ways = _ways(_ties(stance for _, stance in seen), own)
    found = [
        OtherSource(source, min(starts), max(starts), len(starts), *ways.get(source, (None, 0)))
        for source, starts in runs_of.items()
        if source != own
    ]
    return tuple(sorted(found, key=lambda other: other.first))


Ties = dict[str, dict[str, tuple[float, int]]]
"""From a source to others: what to add to its times, and in how many runs that was seen."""


def _ties(seen: Iterable[StanceSeen]) -> Ties:
    """Sources that enough runs carry both of."""
    differences: dict[tuple[str, str], list[float]] = {}
    for stance in seen:
        for other, apart_s in stance.others_s.items():
            differences.setdefault((stance.source, other), []).append(apart_s)
            differences.setdefault((other, stance.source), []).append(-apart_s)
    ties: Ties = {}
    for (source, other), seen_s in differences.items():
        if len(seen_s) >= c.STANCE_TIES_NEEDED:
            ties.setdefault(source, {})[other] = median(seen_s), len(seen_s)
    return ties


def _ways(ties: Mapping[str, Mapping[str, tuple[float, int]]], own: str) -> dict[str, tuple[float, int]]:
    """From every source that is tied to `own`, over as few others as can be: what to add, and the fewest runs."""
    found = {own: (0.0, 0)}
    ahead = deque([own])
    while ahead:
        here = ahead.popleft()
        so_far_s, fewest = found[here]
        for other, (apart_s, runs) in ties.get(here, {}).items():
            if other not in found:
                # `apart_s` takes our times to the other's; the other's come back the same way.
                found[other] = so_far_s - apart_s, min(fewest or runs, runs)
                ahead.append(other)
    return found
