"""When these numbers say something: library/working.toml."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

Share = Annotated[float, Meta(gt=0, lt=1)]
Count = Annotated[int, Meta(ge=1)]
EPOCH = date(2000, 1, 3)
"""A Monday: windows are counted from here, so that one that is over never moves."""
WEEK_DAYS = 7


class WorkingRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Windows, thresholds, and how sure one has to be."""

    source: str
    aim: str
    window_weeks: Count
    least_km: Annotated[float, Meta(gt=0)]
    """[km]"""
    confidence: Share
    clump: Annotated[float, Meta(ge=1)]
    """So many sessions say as much as one that comes by itself. [1]"""
    most_windows: Count
    looks_back_weeks: Count
    answered_share: Share
    answered_each_window: Count
    ran_on_share: Share
    locked_share: Share
    sore_share: Share
    sore_above_nrs: Annotated[int, Meta(ge=0, le=9)]
    sore_source: str
    carried_mornings: Count
    weeks_looked_at: Count
    weeks_for_rank: Annotated[int, Meta(ge=8)]
    spot_tender_above_nrs: Annotated[int, Meta(ge=0, le=9)]
    spot_quiet_days: Count
    """[d]"""
    spot_words: Count
    spot_silent_days: Count
    """[d]"""
    spots_for_middle: Count

    @property
    def window_days(self) -> int:
        """[d]"""
        return WEEK_DAYS * self.window_weeks

    @property
    def least_m(self) -> float:
        """[m]"""
        return 1000 * self.least_km
