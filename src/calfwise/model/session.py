"""What is done about a tight calf on one day: spots, and the session as terminal, web and journal all know it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from calfwise.model.run import Side

Rating = Annotated[int, Meta(ge=0, le=10)]
"""A numeric rating scale, 0 nothing to 10 worst imaginable. [NRS]"""

WHOLE_CALF = "whole-calf"
"""The zone of long strokes that open and close a session."""


class Spot(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A place in a calf."""

    side: Side
    zone: str

    def __str__(self) -> str:
        return f"{self.side}:{self.zone}"


class TenderSpot(Struct, frozen=True, forbid_unknown_fields=True):
    """A spot and how tender it is when pressed. Tenderness only chooses spots; it never alarms."""

    spot: Spot
    tenderness_nrs: Rating


class Soreness(Struct, frozen=True, forbid_unknown_fields=True):
    """How each calf feels when walking, 0-10; `None` where nobody said."""

    left: Rating | None = None
    right: Rating | None = None

    def of(self, side: Side) -> int | None:
        return self.left if side is Side.LEFT else self.right

    @property
    def worst_nrs(self) -> int | None:
        return max((value for value in (self.left, self.right) if value is not None), default=None)


class SorenessNote(Struct, frozen=True):
    """Walking soreness as said once."""

    at: datetime
    soreness: Soreness
    morning: bool


class SessionItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to do, on one leg."""

    side: Side
    zone: str
    technique: str
    tool: str
    position: str
    sets: Annotated[int, Meta(ge=1)]
    seconds: Annotated[int, Meta(gt=0)]
    """One set. [s]"""
    rest_s: Annotated[int, Meta(ge=0)]
    """After each set but the last. [s]"""
    effort_nrs: Rating
    """At most this noticeable. [NRS]"""
    reason: str
    sources: tuple[str, ...]
    only_if_found: bool = False
    """A proposal of the guided search: skipped unless the strokes find it tender."""

    @property
    def spot(self) -> Spot:
        return Spot(self.side, self.zone)

    @property
    def pressure_s(self) -> int:
        """Time under pressure, rests not counted. [s]"""
        return self.sets * self.seconds

    @property
    def total_s(self) -> int:
        """Sets and the rests between them. [s]"""
        return self.pressure_s + (self.sets - 1) * self.rest_s


class Session(Struct, frozen=True, forbid_unknown_fields=True):
    """Today's session, in the order in which it is done."""

    id: str
    at: datetime
    items: tuple[SessionItem, ...]
    limited: bool = False
    """Made under limits: does not count towards learning which technique suits."""

    @property
    def total_seconds(self) -> int:
        return sum(item.total_s for item in self.items)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The spots it treats, whole-calf strokes left out, in order, each once."""
        return tuple(dict.fromkeys(item.spot for item in self.items if item.zone != WHOLE_CALF))


class Eased(Struct, frozen=True, forbid_unknown_fields=True):
    """A technique that was asked to be lighter at a place, so many times."""

    spot: Spot
    technique: str
    times: Annotated[int, Meta(ge=1)]


class HabitItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One strengthening exercise, on one leg or both."""

    protocol: str
    side: Side | None
    """`None`: both legs at once."""
    sets: Annotated[int, Meta(ge=1)]
    reps: Annotated[int, Meta(ge=1)]
    up_s: Annotated[int, Meta(ge=1)]
    down_s: Annotated[int, Meta(ge=1)]
    rest_s: Annotated[int, Meta(ge=0)]
    """After each set but the last. [s]"""

    @property
    def seconds(self) -> int:
        """One set at its tempo. [s]"""
        return self.reps * (self.up_s + self.down_s)


class HabitSession(Struct, frozen=True, forbid_unknown_fields=True):
    """Today's heel raises, in the order in which they are done."""

    id: str
    at: datetime
    level: Annotated[int, Meta(ge=1)]
    items: tuple[HabitItem, ...]
    between_s: Annotated[int, Meta(ge=0)]
    """Between two exercises. [s]"""
    reason: str
    sources: tuple[str, ...]


class WaitingSpot(Struct, frozen=True, forbid_unknown_fields=True):
    """A spot that keeps until tomorrow, and why."""

    spot: Spot
    tenderness_nrs: Rating | None
    since: datetime
    reason: str
