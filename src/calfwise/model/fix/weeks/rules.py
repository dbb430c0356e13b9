"""The rules of the weeks ahead as content: every number of library/weeks.toml, with its meaning."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from calfwise.model.weeks import ElementKind, Goal

Share = Annotated[float, Meta(ge=0, le=1)]
Weeks = Annotated[int, Meta(ge=0, le=12)]
Days = Annotated[int, Meta(ge=0, le=28)]
Minutes = Annotated[float, Meta(gt=0, le=120)]
Positive = Annotated[float, Meta(gt=0)]
Grows = Literal["volume", "fast", "hold"]
"""What may grow in a week: how much is run, what is fast or new, or nothing."""


class BudgetRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How much a week may ask."""

    source: str
    fullest_of_weeks: Annotated[int, Meta(ge=2, le=8)]
    walked_weeks: Annotated[int, Meta(ge=4, le=52)]
    growth: Share
    more_km: Annotated[float, Meta(ge=0, le=5)]
    more_fast_strikes: Annotated[int, Meta(ge=0, le=3000)]
    lighter_every: Annotated[int, Meta(ge=2, le=12)]
    lighter_share: Share
    after_loud_share: Share
    mornings_needed: Annotated[int, Meta(ge=1, le=7)]
    extras_share: Share
    grows: dict[Goal, Annotated[tuple[Grows, ...], Meta(min_length=1)]]


class RunRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How a week's running is spread over its days."""

    source: str
    unknown_speed_mps: Annotated[float, Meta(gt=1, lt=6)]
    shortest_minutes: Minutes
    fewest_days: Annotated[int, Meta(ge=1, le=7)]
    more_days: Annotated[int, Meta(ge=0, le=3)]
    long_weight: Annotated[float, Meta(ge=1, le=3)]
    easy_around_minutes: Minutes
    walk_run_days: Annotated[int, Meta(ge=1, le=4)]
    walk_run_days_done: Annotated[int, Meta(ge=1, le=4)]
    walk_speed_mps: Annotated[float, Meta(gt=0.5, lt=2)]
    ease_off_share: Share
    untold_share: Share


class GateRulesOfWeeks(Struct, frozen=True, forbid_unknown_fields=True):
    """After how many symptom-free weeks something new may begin."""

    source: str
    weeks: dict[ElementKind, Weeks]
    thinner_shoes_weeks: Weeks


class SoreRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What soreness does to the next days; its thresholds are the gate's own."""

    source: str
    lasts_days: Days
    shorter_share: Share
    shorter_days: Days
    rest_days: Days
    easier_days: Days


class OlderRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How older runners go on."""

    source: str
    from_years: Annotated[int, Meta(ge=40, le=100)]
    growth: Share
    lighter_every: Annotated[int, Meta(ge=2, le=12)]
    more_gate_weeks: Weeks


class RaceRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out around a race."""

    source: str
    easy_days_before: Days
    easy_days_after: Days
    no_fast_days_after: Days
    easy_share: Share


class ExtraRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How often what is no running stands in a week."""

    source: str
    a_week: dict[ElementKind, Annotated[int, Meta(ge=0, le=7)]]
    massage_minutes: Minutes


class ToldRules(Struct, frozen=True, forbid_unknown_fields=True):
    """When a day differs enough from what was told to be told anew."""

    source: str
    days: Days
    more_share: Share
    more_m: Annotated[float, Meta(ge=0, le=2000)]


class MatchRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Which run was the one that was planned."""

    source: str
    days: Annotated[int, Meta(ge=0, le=2)]
    shortest_share: Share
    longest_share: Annotated[float, Meta(ge=1, le=5)]


class WeeksRules(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    budget: BudgetRules
    runs: RunRules
    gates: GateRulesOfWeeks
    sore: SoreRules
    older: OlderRules
    race: RaceRules
    extras: ExtraRules
    told: ToldRules
    match: MatchRules

    @property
    def cited(self) -> tuple[str, ...]:
        """Every source that a group of rules names."""
        return tuple(getattr(self, name).source for name in self.__struct_fields__)
