"""Techniques as content: what to do, with what, in which position, how long, and what is known about it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Seconds = Annotated[int, Meta(gt=0, le=60)]
Nrs = Annotated[int, Meta(ge=0, le=10)]
Line = Annotated[str, Meta(min_length=3, max_length=200)]

Position = Literal["floor", "chair"]
POSITIONS: tuple[Position, ...] = ("floor", "chair")

LONG_STROKES = "long-strokes"
PRESS_AND_HOLD = "press-and-hold"
CROSS_STROKES = "cross-strokes"


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to press with. Its id is its name in the file's table."""

    title: str
    by_hand: bool
    """Hands alone, so pressure is felt at both ends."""
    spares_hands: bool
    """Body weight does the work."""
    always_there: bool = False
    """Nobody needs to own it."""


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """One technique with one tool in one position, step by step."""

    tool: str
    position: Position
    steps: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=6)]


class Dose(Struct, frozen=True, forbid_unknown_fields=True):
    """How long, and how hard at most."""

    sets: Annotated[int, Meta(ge=1, le=3)]
    seconds: Seconds
    rest_s: Annotated[int, Meta(ge=0, le=120)]
    effort_nrs: Annotated[int, Meta(ge=1, le=4)]
    """Aim: at most this noticeable."""
    stroke_s: tuple[float, float] | None = None
    """One stroke's time, from and to."""


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known, honestly."""

    claim: Line
    strength: Literal["trial", "cohort", "lab", "expert opinion", "coach's rule"]
    limits: Line
    sources: tuple[str, ...]


class Technique(Struct, frozen=True, forbid_unknown_fields=True):
    """One technique. Its id is its file's name."""

    title: str
    short: Line
    """What one does, in a sentence."""
    dose: Dose
    up_to_tenderness_nrs: Nrs
    """Spots more tender than this are left to long strokes."""
    gentle: bool
    """Allowed where only light work is."""
    ways: Annotated[tuple[Way, ...], Meta(min_length=1)]
    cues: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    stop: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    evidence: Evidence


class Caps(Struct, frozen=True, forbid_unknown_fields=True):
    """What no plan exceeds. A setting can tighten each number, never loosen it."""

    effort_nrs: Annotated[int, Meta(ge=1, le=4)]
    ease_above_nrs: Annotated[int, Meta(ge=1, le=4)]
    stop_at_nrs: Annotated[int, Meta(ge=1, le=6)]
    spots: Annotated[int, Meta(ge=1, le=3)]
    first_sessions: Annotated[int, Meta(ge=3)]
    """This many first sessions, and any without a known history, treat `first_spots` at most."""
    first_spots: Annotated[int, Meta(ge=1, le=2)]
    hold_s: Annotated[int, Meta(ge=5, le=30)]
    hold_sets: Annotated[int, Meta(ge=1, le=3)]
    cross_s: Annotated[int, Meta(ge=5, le=60)]
    """All cross strokes on one spot together. [s]"""
    stroke_set_s: Annotated[int, Meta(ge=5, le=60)]
    stroke_sets: Annotated[int, Meta(ge=1, le=3)]
    pressure_per_calf_s: Annotated[int, Meta(ge=30, le=300)]
    """All pressure on one calf in a session, rests not counted. [s]"""
    worse_rest_h: Annotated[int, Meta(ge=48)]
    """A spot that was worse or bruised the morning after rests this long. [h]"""
    waiting_days: Annotated[int, Meta(ge=1, le=14)]
    """A waiting spot is forgotten after this many days. [d]"""

    def tightened(self, **settings: int) -> "Caps":
        """The same with a setting's numbers, each only where it is the tighter one.

        Rest times tighten upwards, all others downwards; what is out of range raises `msgspec.ValidationError`.
        """
        tighter = {
            name: max(value, getattr(self, name)) if name in UPWARDS else min(value, getattr(self, name))
            for name, value in settings.items()
        }
        return msgspec.convert(msgspec.structs.asdict(self) | tighter, Caps)


UPWARDS = frozenset({"worse_rest_h", "first_sessions"})
"""Caps where more is stricter."""
