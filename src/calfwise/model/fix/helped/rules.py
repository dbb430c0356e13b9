"""The rules for what helped, as content."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Positive = Annotated[float, Meta(gt=0)]
Count = Annotated[int, Meta(ge=1)]


class Measure(StrEnum):
    """What is compared; more is quieter in each."""

    AFTER = "after"
    """Tenderness to pressing, before a session less right after it. [NRS]"""
    MORNING = "morning"
    """The spot the next morning. [steps]"""
    WALKING = "walking"
    """Walking soreness of its leg, at the check-in less the next morning. [NRS]"""


class Prior(Struct, frozen=True, forbid_unknown_fields=True):
    """What is thought before the first session; all but `together` in shares of one rating's scatter."""

    level: Positive
    slope: Positive
    fix: Positive
    differ: tuple[Positive, ...]
    differ_weight: tuple[Positive, ...]
    together: tuple[Annotated[float, Meta(ge=0)], ...]
    together_weight: tuple[Positive, ...]
    scatter_counts: Annotated[float, Meta(gt=2)]


class MeasureRules(Struct, frozen=True, forbid_unknown_fields=True):
    """One measure."""

    scatter: Positive
    """How much one rating scatters about its mean, beforehand; in the measure's unit."""
    widest: Positive
    """An interval wider than this says nothing yet; in the measure's unit."""


class LeaningRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How a plan leans towards what helped, and goes on trying the others."""

    source: str
    ahead_nrs: Positive
    morning_weighs_nrs: Annotated[float, Meta(ge=0)]
    try_every: Annotated[int, Meta(ge=2)]


class HelpedRules(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    source: str
    lately_days: Count
    fix_within_h: Count
    morning_within_h: Count
    marks: dict[str, int]
    """Each word of the morning after, in steps."""
    fewest_sessions: Annotated[int, Meta(ge=2)]
    widened: Annotated[float, Meta(ge=1)]
    prior: Prior
    measures: dict[Measure, MeasureRules]
    leaning: LeaningRules
