"""Exercises and routines, and the times and words of every guided session, as content."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from calfwise.model.care.content import Content
from calfwise.model.care.technique import Evidence, Line, Nrs
from calfwise.model.session import Part, Tempo

LeadIn = Annotated[int, Meta(ge=3, le=60)]
Count = Annotated[int, Meta(ge=1, le=3600)]
RoutineKind = Literal[
    "warm-up", "drills", "calf-strength", "glute-strength", "grass", "cadence", "tempo", "walk-run"
]  # fmt: skip


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """One rung of the heel raises of quiet days."""

    sets: Annotated[int, Meta(ge=1, le=4)]
    reps: Annotated[int, Meta(ge=1, le=15)]
    legs: Literal["both", "one"]
    """One: each leg in its turn."""


class Asks(Struct, frozen=True, forbid_unknown_fields=True):
    """What one repetition, or one second where sets go by time, asks of the calves: a written estimate."""

    contacts: Annotated[float, Meta(ge=0, le=6)]
    """Foot contacts of running or hopping, both legs. [1]"""
    fast: bool
    """Whether they count as fast strikes."""
    impulse_bw_s: Annotated[float, Meta(ge=0, le=60)]
    """Of the calves that work: one where legs take turns, else both together. [BW s]"""
    spread_bw_s: tuple[float, float]
    note: str
    """How it was arrived at."""
    source: str


class Protocol(Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise, or one kind of running, as the player guides it. Its id is its file's name."""

    title: str
    short: Line
    kind: Literal["warm-up", "drill", "calf", "glute", "run"]
    order: int
    words: Literal["raise", "exercise", "timed", "walk", "run", "fast", "beat", "bare"]
    """What the player says: player.toml has "<words>-ready" and "<words>-work"."""
    legs: Literal["both", "one"]
    """One: each leg in its turn."""
    steps: Annotated[tuple[Line, ...], Meta(min_length=2, max_length=5)]
    cues: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    stop: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=6)]
    eased: Line
    """What is done after "less"."""
    rest_s: Annotated[int, Meta(ge=0, le=300)]
    asks: Asks
    evidence: Evidence
    rest: Literal["stand", "walk"] = "stand"
    """Between sets; player.toml has "<rest>-rest"."""
    tempo_s: Tempo | None = None
    """`None`: its sets go by time."""
    ways: tuple[str, str] = ("up", "down")
    """What the first and the last part of a repetition are called."""
    beat_spm: Annotated[int, Meta(ge=30, le=240)] | None = None
    knee: Literal["straight", "bent"] | None = None
    """Of heel raises."""
    levels: tuple[Level, ...] = ()
    """Of the heel raises of quiet days."""


class Ladder(Struct, frozen=True, forbid_unknown_fields=True):
    """Sets as a ladder: so many in all, at most so many in one set."""

    total: Annotated[int, Meta(ge=1, le=200)]
    top: Annotated[int, Meta(ge=1, le=30)]
    shape: Literal["straight", "up", "down", "up-and-down"]


class RoutineItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise of a routine: its sets written out, or a ladder."""

    protocol: str
    sets: tuple[Count, ...] = ()
    ladder: Ladder | None = None
    rest_s: Annotated[int, Meta(ge=0, le=300)] | None = None
    """`None`: the exercise's own. [s]"""
    beat: Literal["own", "raised"] | None = None
    """A metronome at the runner's own cadence, or a little above."""
    part: Part | None = None
    """Of a warm-up."""


class RoutineLevel(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a routine."""

    title: Line
    items: Annotated[tuple[RoutineItem, ...], Meta(min_length=1)]
    weeks: Annotated[int, Meta(ge=1, le=12)] = 1
    """How long it stays, where every week of it was done and quiet."""


class Routine(Struct, frozen=True, forbid_unknown_fields=True):
    """Exercises that belong together, and how they grow. Its id is its file's name."""

    title: str
    short: Line
    kind: RoutineKind
    order: int
    levels: Annotated[tuple[RoutineLevel, ...], Meta(min_length=1)]
    between_s: Annotated[int, Meta(ge=0, le=300)]
    """Between two exercises. [s]"""
    at_most_nrs: Nrs
    """Walking soreness up to which it is done. [NRS]"""
    quiet_days: Annotated[int, Meta(ge=0, le=60)]
    """So many days without soreness come before its first time. [d]"""
    hours_between: Annotated[int, Meta(ge=0, le=168)]
    a_week: Annotated[int, Meta(ge=1, le=7)]
    """At most so often."""
    evidence: Evidence


class PracticeRules(Struct, frozen=True, forbid_unknown_fields=True):
    """When a routine is offered, and how it grows; practice.toml says what each means."""

    source: str
    calm_nrs: Nrs
    settles_h: Annotated[int, Meta(ge=24)]
    felt_nrs: Nrs
    break_days: Annotated[int, Meta(ge=7)]
    missed_a_week: Annotated[int, Meta(ge=0, le=2)]
    rests_with: dict[str, tuple[str, ...]]
    return_closes: tuple[str, ...]
    raised_by: Annotated[float, Meta(gt=0, le=0.05)]
    raised_source: str
    cadence_from_spm: Annotated[int, Meta(ge=30)]
    cadence_to_spm: Annotated[int, Meta(le=228)]
    enough_spm: Annotated[int, Meta(ge=150, le=228)]


class HabitRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How the habit moves on; habit.toml says what each means."""

    source: str
    exercises: Annotated[tuple[str, ...], Meta(min_length=1)]
    calm_nrs: Nrs
    hours_between: Annotated[int, Meta(ge=24)]
    sessions_per_level: Annotated[int, Meta(ge=2)]
    settles_h: Annotated[int, Meta(ge=24)]
    break_days: Annotated[int, Meta(ge=7)]
    between_s: Annotated[int, Meta(ge=60, le=300)]
    rests_with: tuple[str, ...]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing the player says, in full or short."""

    full: Line
    short: Line


class StopReason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why one stops, in one tap."""

    text: Line
    in_practice: Line | None = None
    """Instead, where no tool is at work."""
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
    """Every exercise, by id, in order."""
    routines: dict[str, Routine]
    """By id, in order."""
    practice: PracticeRules
