"""The gate's questions as content: signs, blocks, modifiers and care notes, and the thresholds around them."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from calfwise.model.care.technique import Line, Nrs


class Kind(StrEnum):
    """What a yes does."""

    SIGN = "sign"
    """Acute: refers."""
    BLOCK = "block"
    """A condition: no massage, no alarm."""
    MODIFIER = "modifier"
    """Alone changes nothing; weighs in on one-sided soreness."""
    CARE_NOTE = "care-note"
    """Narrows technique or place."""


class Level(StrEnum):
    """How soon somebody should look at it."""

    BLOCK = "N"
    """No massage, no hurry."""
    WEEK = "P"
    """Physio or doctor within a week."""
    TODAY = "U"
    """Doctor the same day."""
    EMERGENCY = "E"
    """Emergency number now."""

    @property
    def rank(self) -> int:
        """Higher is more urgent."""
        return _RANKS.index(self)


_RANKS = [Level.BLOCK, Level.WEEK, Level.TODAY, Level.EMERGENCY]


class Narrows(Struct, frozen=True, forbid_unknown_fields=True):
    """What a care note still allows."""

    effort_nrs: Annotated[int, Meta(ge=1, le=4)] = 4
    hands_only: bool = False
    techniques: tuple[str, ...] = ()
    """Empty: all of them."""


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """One plain line of the gate. Its id is its file's name."""

    kind: Kind
    group: str
    order: int
    question: Line
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    tag: Literal["PROPOSED", "REVIEWED"]
    level: Level | None = None
    """Of a sign."""
    sided: bool = False
    """Answered with the leg."""
    with_soreness: bool = False
    """Together with one-sided soreness it means today, whatever the run."""
    asked: Literal["every-time", "standing"] = "every-time"
    stays: Literal["while-yes", "until-seen"] = "while-yes"
    """A block that was ever answered yes and stays until seen does not go away by a tick."""
    strength: Literal["weak", "strong"] | None = None
    """As a modifier."""
    advice: str = ""
    basis: str = ""
    narrows: Narrows | None = None

    def __post_init__(self) -> None:
        if (self.level is not None) != (self.kind is Kind.SIGN):
            raise ValueError("a sign has a level, nothing else has")
        if self.kind is Kind.SIGN and self.asked != "every-time":
            raise ValueError("signs are asked every time")
        if self.kind is Kind.MODIFIER and self.strength is None:
            raise ValueError("a modifier is weak or strong")
        if (self.narrows is not None) != (self.kind is Kind.CARE_NOTE):
            raise ValueError("a care note narrows something, nothing else does")


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of questions, answered with one "none of these"."""

    title: Line


Days = Annotated[int, Meta(ge=1)]
Hours = Annotated[int, Meta(ge=1)]


class GateRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Thresholds of the gate; gate.toml says what each means."""

    version: str
    source: str
    tag: Literal["PROPOSED", "REVIEWED"]
    answers_last_h: Hours
    standing_last_days: Days
    one_sided_more_nrs: Nrs
    quiet_leg_nrs: Nrs
    explained_h: Hours
    halved_h: Hours
    strokes_only_above_nrs: Nrs
    counts_from_nrs: Nrs
    ordinary_h: Hours
    silence_ends_days: Days
    suggest_after_sessions: Days
    suggest_after_days: Days
    refer_after_days: Days
    mild_two_sided_nrs: Nrs
    mild_two_sided_days: Days
    back_within_days: Days
    quiet_mornings: Days
    run_as_planned_nrs: Nrs
    run_shorter_nrs: Nrs
    light_effort_nrs: Annotated[int, Meta(ge=1, le=4)]
    light_sets: Annotated[int, Meta(ge=1, le=3)]


class Gate(Struct, frozen=True):
    """All that screening asks and goes by."""

    questions: dict[str, Question]
    groups: dict[str, Group]
    rules: GateRules = field()

    def of_kind(self, kind: Kind) -> dict[str, Question]:
        """The questions of one kind, in the order in which they are asked."""
        return {id_: q for id_, q in self.questions.items() if q.kind is kind}
