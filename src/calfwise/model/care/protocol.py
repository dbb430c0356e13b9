"""What is done on quiet days, and the times and words of every guided session, as content."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from calfwise.model.care.content import Content
from calfwise.model.care.technique import Evidence, Line, Nrs

LeadIn = Annotated[int, Meta(ge=3, le=60)]
Tempo = Annotated[int, Meta(ge=1, le=10)]


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """One rung of the ladder."""

    sets: Annotated[int, Meta(ge=1, le=4)]
    reps: Annotated[int, Meta(ge=1, le=15)]
    legs: Literal["both", "one"]
    """One: each leg in its turn."""


class Protocol(Struct, frozen=True, forbid_unknown_fields=True):
    """One strengthening exercise. Its id is its file's name."""

    title: str
    short: Line
    knee: Literal["straight", "bent"]
    steps: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=5)]
    cues: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    stop: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    up_s: Tempo
    down_s: Tempo
    rest_s: Annotated[int, Meta(ge=60, le=180)]
    evidence: Evidence
    levels: Annotated[tuple[Level, ...], Meta(min_length=1)]


class HabitRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How the habit moves on; habit.toml says what each means."""

    source: str
    calm_nrs: Nrs
    hours_between: Annotated[int, Meta(ge=24)]
    sessions_per_level: Annotated[int, Meta(ge=2)]
    settles_h: Annotated[int, Meta(ge=24)]
    break_days: Annotated[int, Meta(ge=7)]
    between_s: Annotated[int, Meta(ge=60, le=300)]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing the player says, in full or short."""

    full: Line
    short: Line


class StopReason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why one stops, in one tap."""

    text: Line
    raises: tuple[str, ...] = ()
    """Signs that this says yes to."""
    asks: tuple[str, ...] = ()
    """Signs that the gate asks about first."""

    @property
    def leads_to_the_gate(self) -> bool:
        """No more today until the gate has spoken."""
        return bool(self.raises or self.asks)


class PlayerRules(Struct, frozen=True, forbid_unknown_fields=True):
    """The guided session around its doses; player.toml says what each means."""

    source: str
    ready_s: LeadIn
    change_s: LeadIn
    switch_s: LeadIn
    tool_s: LeadIn
    count_in_s: LeadIn
    tolerance_ms: Annotated[int, Meta(ge=0, le=1000)]
    take_over_after_s: Annotated[int, Meta(ge=10)]
    asks_at_end: Annotated[tuple[str, ...], Meta(min_length=1)]
    words: dict[str, Words]
    reasons: dict[str, StopReason]
    marks: dict[str, str]
    """Why an event was kept but not applied, by id."""


class PlayerContent(Struct, frozen=True):
    """All that a guided session goes by."""

    care: Content
    rules: PlayerRules
    habit: HabitRules
    protocols: dict[str, Protocol]
