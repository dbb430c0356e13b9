"""What the gate answers, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from calfwise.model.care.signs import Level
from calfwise.model.run import Side


class Reason(Struct, frozen=True):
    """Why, in a sentence a runner reads, and where it comes from."""

    id: str
    text: str
    sources: tuple[str, ...]
    side: Side | None = None
    level: Level | None = None
    advice: str = ""


class LegLimits(Struct, frozen=True):
    """What one leg may have today."""

    effort_nrs: int | None = None
    """At most this; `None`: the technique's own."""
    sets: int | None = None
    techniques: tuple[str, ...] | None = None
    """Only these; `None`: all."""
    hands_only: bool = False


@dataclass(frozen=True, slots=True)
class Clear:
    """Nothing here speaks against a gentle session. Made by `screen` only."""

    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Limited:
    """A lighter, shorter session, or one leg only. Made by `screen` only."""

    legs: Mapping[Side, LegLimits]
    """A leg that is missing gets nothing."""
    reasons: tuple[Reason, ...]
    ask_daily: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """No massage: somebody else should look at it, or a condition stands in the way."""

    level: Level
    locked: tuple[Side, ...]
    reasons: tuple[Reason, ...]
    two_sided: bool = False
    """For soreness that stayed on both sides: quiet mornings lift it."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """No session and no alarm: the questions are shown again."""

    missing: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


Screening = Clear | Limited | Referral | Unanswered

Outcome = Literal["clear", "limited", "referral", "unanswered"]


def outcome_of(screening: Screening) -> Outcome:
    """The outcome's name, as the journal writes it."""
    match screening:
        case Clear():
            return "clear"
        case Limited():
            return "limited"
        case Referral():
            return "referral"
        case Unanswered():
            return "unanswered"
