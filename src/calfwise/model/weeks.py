"""The weeks ahead as terminal, web and journal all know them: what a runner wishes, and what is laid on which day."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

Weekday = Annotated[int, Meta(ge=0, le=6)]
"""Monday is 0."""
Goal = Literal["steady", "further", "faster", "return"]
"""What the weeks are for; a return is after a strain, and needs that a professional has agreed."""


class ElementKind(StrEnum):
    """What a day can hold."""

    EASY = "easy-run"
    LONG = "long-run"
    TEMPO = "tempo-run"
    CADENCE = "cadence-run"
    """An easy run with some minutes to a metronome."""
    WALK_RUN = "walk-run"
    DRILLS = "drills"
    GRASS = "grass"
    """Minutes on bare feet, in place of as many in shoes."""
    CALF_STRENGTH = "calf-strength"
    GLUTE_STRENGTH = "glute-strength"
    MASSAGE = "self-massage"
    """A day for a check-in, and a session if there is anything tight."""

    @property
    def is_run(self) -> bool:
        return self in RUNS


RUNS = (ElementKind.EASY, ElementKind.LONG, ElementKind.TEMPO, ElementKind.CADENCE, ElementKind.WALK_RUN)


class WeeksWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What a runner wants of the weeks ahead."""

    begins: date
    weeks: Annotated[int, Meta(ge=4, le=12)]
    run_days: Annotated[tuple[Weekday, ...], Meta(max_length=7)]
    """Weekdays on which running suits."""
    goal: Goal = "steady"
    other_days: Annotated[tuple[Weekday, ...], Meta(max_length=7)] | None = None
    """Weekdays for strength; `None`: wherever it fits."""
    leave_out: tuple[ElementKind, ...] = ()
    most_minutes: Annotated[int, Meta(ge=10, le=600)] | None = None
    """Of one run at most; `None`: as the calves allow. [min]"""
    agreed_on: date | None = None
    """When a professional agreed to a return after a strain."""
    agreed_by: Annotated[str, Meta(min_length=1, max_length=80)] | None = None
    """Who that was."""
    not_on: Annotated[tuple[date, ...], Meta(max_length=400)] = ()
    """Single days that do not suit after all: nothing is laid on them."""


class Estimate(Struct, frozen=True, forbid_unknown_fields=True):
    """What something asks of both calves: the three accounts of the one budget."""

    strikes: float = 0.0
    """Foot contacts of running and hopping, both legs. [1]"""
    fast_strikes: float = 0.0
    """Of them, fast ones, and those on bare feet that are not yet a habit. [1]"""
    impulse_bw_s: float = 0.0
    """Both calves. [BW s]"""
    low_bw_s: float = 0.0
    high_bw_s: float = 0.0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.strikes + other.strikes,
            self.fast_strikes + other.fast_strikes,
            self.impulse_bw_s + other.impulse_bw_s,
            self.low_bw_s + other.low_bw_s,
            self.high_bw_s + other.high_bw_s,
        )


class Element(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to do on a day."""

    kind: ElementKind
    minutes: float
    """About how long it takes. [min]"""
    asks: Estimate
    why: str
    """One sentence, with the runner's own numbers."""
    sources: tuple[str, ...]
    distance_m: float | None = None
    """Of runs. [m]"""
    speed_mps: float | None = None
    """Of the fast part of a tempo run, else of the run; `None`: at one's ease. [m/s]"""
    cadence_spm: int | None = None
    """Of the part to a metronome. [steps/min]"""
    part_minutes: float = 0.0
    """Of it, fast, to a metronome, or on bare feet. [min]"""
    routine: str | None = None
    """What the player guides, by id."""
    level: Annotated[int, Meta(ge=1)] | None = None


class LaidDay(Struct, frozen=True, forbid_unknown_fields=True):
    """One day, as it is laid."""

    on: date
    elements: tuple[Element, ...] = ()
    changed: str | None = None
    """What was taken out or moved, and why; `None`: as the plan had it."""

    @property
    def asks(self) -> Estimate:
        return sum((element.asks for element in self.elements), Estimate())
