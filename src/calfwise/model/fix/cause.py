"""A possible reason for tight calves as content, and what was found for and against it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from calfwise.model.journal import Id

Weight = Annotated[float, Meta(gt=0, le=5)]


class Cause(Struct, frozen=True, forbid_unknown_fields=True):
    """One possible reason: what is known of it, what would tell, and what the fix would be."""

    title: str
    order: int
    """Where scores are equal, the lower comes first."""
    sure: Literal["studied", "plausible", "unproven"]
    """How far evidence goes that it bears on calves."""
    found: str
    """What was found, in our words, with what speaks against it."""
    weight: Weight
    """What a full sign of it counts; by how sure it is."""
    would_tell: str
    fix: str
    sources: Annotated[tuple[str, ...], Meta(min_length=1)]
    asks: tuple[Id, ...] = ()
    """Questions about the runner's life that bear on it."""
    tests: tuple[Id, ...] = ()
    """Self-tests that bear on it."""


class LifeQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that no recording knows."""

    question: str
    why: str
    order: int


class CauseRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How signs are weighed; docs/causes.md tells it in words."""

    source: str
    sore_from_nrs: int
    """An episode is made of days at least this sore. [0 to 10]"""
    episode_gap_days: int
    """Sore days further apart are two episodes. [d]"""
    lately_days: int
    """An episode that ended longer ago is not asked about. [d]"""
    well_within_days: int
    """An earlier change that went well speaks against a cause for so long. [d]"""
    full_for_days: int
    """A change explains soreness fully for so many days after it, [d]"""
    fades_by_days: int
    """and not at all from here on. [d]"""
    speaks_from: float
    """From this score on, it is said that things speak for it."""
    longer: tuple[float, float]
    """Times the longest of 30 days: from where it begins to count to where it counts fully."""
    faster: tuple[float, float]
    """Times the most fast strikes of 30 days, likewise."""
    hillier: tuple[float, float]
    """Times the most climb of 30 days, likewise."""
    new_weeks: tuple[float, float]
    """Weeks of running: from where it counts fully to where it no longer does. [week]"""
    new_shoe_days: tuple[float, float]
    """Days of a new pair, likewise. [d]"""
    barefoot_minutes: tuple[float, float]
    """Minutes on bare feet or in minimal shoes within 14 days, from where they begin to count. [min]"""
    break_days: tuple[float, float]
    """Days without a run before the return. [d]"""
    since_break_days: tuple[float, float]
    """Days since the return: from where it counts fully to where it no longer does. [d]"""
    low_cadence: tuple[float, float]
    """Own steps over others' at the same speed: from where it counts fully to where it no longer does."""
    age_years: tuple[float, float]
    stiff_cm: tuple[float, float]
    """Knee to wall: a difference between the legs. [cm]"""
    weaker_share: tuple[float, float]
    """Heel raises or holds: the weaker leg over the other, from where it counts fully to where it no longer does."""
    test_lasts_days: int
    """A self-test older than this no longer speaks. [d]"""


class Reasons(Struct, frozen=True):
    """Everything that causes are read with."""

    causes: dict[str, Cause]
    """In their order."""
    questions: dict[str, LifeQuestion]
    """In the order in which they are asked."""
    rules: CauseRules
    errors: dict[str, float] = {}
    """Of self-tests, by id: only a difference beyond it is called one, in the test's own unit."""


class Side(StrEnum):
    """Of an argument."""

    FOR = "for"
    AGAINST = "against"


class Point(Struct, frozen=True):
    """One argument, with the runner's own date and numbers."""

    side: Side
    text: str
    sources: tuple[str, ...]
    day: date | None = None
    strength: float = 0.0
    """Of a sign for it, 0 to 1."""


class Standing(StrEnum):
    """How a cause stands. None of these says that it is the cause."""

    SPEAKS = "something speaks for it"
    COULD = "it could play a part"
    NOT_NOTICED = "nothing noticed"
    UNKNOWN = "not known"


class Ranked(Struct, frozen=True):
    """A cause with what was found about it."""

    cause: Id
    standing: Standing
    score: float
    """Weight times the strongest sign for it. [1]"""
    points: tuple[Point, ...]
    """For it first, the strongest first; then against."""
    unknown: tuple[str, ...] = ()
    """What would have to be known, in words."""
