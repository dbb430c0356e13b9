"""What is done about a tight calf on one day: spots, and the session as terminal, web and journal all know it."""

from datetime import date, datetime
from typing import Annotated, Literal

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


Tempo = tuple[Annotated[int, Meta(ge=1)], Annotated[int, Meta(ge=0)], Annotated[int, Meta(ge=1)]]
"""Up, hold and down of one repetition. [s]"""
Part = Literal["raise", "activate and mobilise", "potentiate"]
"""Of a warm-up, in this order."""
HEEL_RAISES = "heel-raises"
"""The routine of quiet days, straight and bent knees; `library/habit.toml` says how it moves on."""


class PracticeItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise, or one piece of running, on one leg or both."""

    protocol: str
    side: Side | None
    """`None`: both legs at once, or in turn."""
    counts: Annotated[tuple[Annotated[int, Meta(ge=1, le=3600)], ...], Meta(min_length=1)]
    """Each set in order: its repetitions, or its seconds where it goes by time. All equal, or a ladder."""
    rest_s: Annotated[int, Meta(ge=0)]
    """After each set but the last. [s]"""
    tempo_s: Tempo | None = None
    """`None`: sets go by time."""
    beat_spm: Annotated[int, Meta(ge=30, le=240)] | None = None
    """A metronome beats so many steps a minute."""
    part: Part | None = None
    """Of a warm-up; `None`: of anything else."""

    @property
    def sets(self) -> int:
        return len(self.counts)

    @property
    def set_seconds(self) -> tuple[int, ...]:
        """How long each set takes. [s]"""
        if self.tempo_s is None:
            return self.counts
        return tuple(count * sum(self.tempo_s) for count in self.counts)

    @property
    def total_s(self) -> int:
        """Sets and the rests between them. [s]"""
        return sum(self.set_seconds) + (self.sets - 1) * self.rest_s


class Practice(Struct, frozen=True, forbid_unknown_fields=True):
    """A routine of exercises or a guided run, in the order in which it is done."""

    id: str
    at: datetime
    level: Annotated[int, Meta(ge=1)]
    items: tuple[PracticeItem, ...]
    between_s: Annotated[int, Meta(ge=0)]
    """Between two exercises. [s]"""
    reason: str
    sources: tuple[str, ...]
    routine: str = HEEL_RAISES
    """Its id in the library."""
    on: date | None = None
    """The day of the weeks ahead that it is for; `None`: for none."""


class ExerciseDone(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done of one exercise: only sets that were finished."""

    protocol: str
    side: Side | None
    counts: tuple[int, ...]


class WaitingSpot(Struct, frozen=True, forbid_unknown_fields=True):
    """A spot that keeps until tomorrow, and why."""

    spot: Spot
    tenderness_nrs: Rating | None
    since: datetime
    reason: str
