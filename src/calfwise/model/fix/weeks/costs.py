"""What each thing asks of the calves: runs by the forecast of the next run, exercises by what their files say."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from calfwise.model import constants as c
from calfwise.model.care.protocol import Protocol
from calfwise.model.fix.practice import estimate_of, practice_of
from calfwise.model.fix.weeks.case import Case
from calfwise.model.journal import PracticeDone
from calfwise.model.load.dose import SPEED_BIN_MPS
from calfwise.model.load.gait import SECONDS_PER_MINUTE
from calfwise.model.load.next_run import Wish, as_run
from calfwise.model.session import Practice
from calfwise.model.weeks import Estimate

LONG_ENOUGH_M = 10_000.0
"""A run long enough that whole strikes do not matter."""


def times(estimate: Estimate, factor: float) -> Estimate:
    """So many times all of it."""
    return Estimate(
        estimate.strikes * factor,
        estimate.fast_strikes * factor,
        estimate.impulse_bw_s * factor,
        estimate.low_bw_s * factor,
        estimate.high_bw_s * factor,
    )


def as_fast(estimate: Estimate) -> Estimate:
    """The same, every strike of it fast or on bare feet."""
    return Estimate(estimate.strikes, estimate.strikes, estimate.impulse_bw_s, estimate.low_bw_s, estimate.high_bw_s)


@dataclass(frozen=True)
class Costs:
    """What a metre, a minute and an exercise ask of this runner."""

    case: Case

    @cached_property
    def easy_mps(self) -> float:
        """The own easy pace, or a slow one where nobody knows it. [m/s]"""
        own = self.case.easy.speed_mps if self.case.easy else self.case.own_speed_mps
        return own or self.case.rules.runs.unknown_speed_mps

    @cached_property
    def fast_mps(self) -> float:
        """The slowest pace whose strikes count as fast, by this runner's easy pace. [m/s]"""
        easy = self.case.own_speed_mps or self.easy_mps
        return math.ceil((easy + c.FAST_ABOVE_EASY_MPS) / SPEED_BIN_MPS - 1e-9) * SPEED_BIN_MPS

    @cached_property
    def a_metre(self) -> Estimate:
        """Of easy running."""
        return self._a_metre_at(self.easy_mps)

    @cached_property
    def a_fast_minute(self) -> Estimate:
        """Of tempo running."""
        return as_fast(times(self._a_metre_at(self.fast_mps), self.fast_mps * SECONDS_PER_MINUTE))

    @cached_property
    def an_easy_minute(self) -> Estimate:
        return times(self.a_metre, self.easy_mps * SECONDS_PER_MINUTE)

    def easy_run(self, distance_m: float) -> Estimate:
        return times(self.a_metre, distance_m)

    def minutes_of(self, distance_m: float) -> float:
        """At the own ease. [min]"""
        return distance_m / self.easy_mps / SECONDS_PER_MINUTE

    def metres_in(self, of_minutes: float) -> float:
        """At the own ease. [m]"""
        return of_minutes * SECONDS_PER_MINUTE * self.easy_mps

    def _a_metre_at(self, speed_mps: float) -> Estimate:
        """By the forecast of the next run, so that a plan and a run looked at beforehand ask the same."""
        load = as_run(Wish(LONG_ENOUGH_M, speed_mps), easy=self.case.easy, now=self.case.now)
        impulse = load.impulse_bw_s
        assert load.strikes is not None
        assert impulse is not None, "a pace was given"
        whole = Estimate(float(load.strikes), 0.0, impulse.value, impulse.low, impulse.high)
        return times(whole, 1 / LONG_ENOUGH_M)

    # --- exercises --------------------------------------------------------------------------------------------------

    @property
    def protocols(self) -> Mapping[str, Protocol]:
        return self.case.content.protocols

    def practice(self, routine: str, level: int) -> Practice:
        """One level of a routine as it would be done."""
        return practice_of(routine, level, content=self.case.content, at=self.case.now, reason="")

    def beat_spm(self, routine: str, level: int) -> int | None:
        """The quickest beat of a level; `None`: it has none. [steps/min]"""
        practice = practice_of(
            routine, level, content=self.case.content, at=self.case.now, reason="", cadence_spm=self.case.own_spm
        )
        return max((item.beat_spm for item in practice.items if item.beat_spm is not None), default=None)

    def of_level(self, routine: str, level: int) -> Estimate:
        """One time of a routine's level."""
        return estimate_of(self.practice(routine, level), content=self.case.content)

    def minutes_of_level(self, routine: str, level: int) -> float:
        """About how long it takes, rests included. [min]"""
        practice = self.practice(routine, level)
        seconds = sum(item.total_s for item in practice.items) + practice.between_s * (len(practice.items) - 1)
        return seconds / SECONDS_PER_MINUTE

    def part_minutes(self, routine: str, level: int, exercise: str) -> float:
        """Of it, in one exercise that goes by time. [min]"""
        items = self.practice(routine, level).items
        return sum(sum(item.counts) for item in items if item.protocol == exercise) / SECONDS_PER_MINUTE

    @cached_property
    def warm_up(self) -> Estimate:
        """Of the warm-up for quick running."""
        return self.of_level(WARM_UP_FAST, 1) if WARM_UP_FAST in self.case.content.routines else Estimate()

    def of_counts(self, protocol: Protocol, count: float) -> Estimate:
        """So many repetitions or seconds of an exercise, each leg's counted."""
        asks = protocol.asks
        strikes = asks.contacts * count
        low, high = asks.spread_bw_s
        return Estimate(strikes, strikes if asks.fast else 0.0, asks.impulse_bw_s * count, low * count, high * count)

    def of_practice(self, done: PracticeDone) -> Estimate:
        """What an exercise that was done asked, as far as its counts are known."""
        known = [(self.protocols[one.protocol], sum(one.counts)) for one in done.done if one.protocol in self.protocols]
        return sum((self.of_counts(protocol, count) for protocol, count in known), Estimate())

    def is_running(self, done: PracticeDone) -> bool:
        """Whether it was guided running, which a watch may have recorded as well."""
        routine = self.case.content.routines.get(done.routine)
        return routine is not None and routine.kind in RUNNING_ROUTINES


WARM_UP_FAST = "warm-up-fast"
RUNNING_ROUTINES = frozenset({"grass", "cadence", "tempo", "walk-run"})
