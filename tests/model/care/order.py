"""What "looser" means: a session that may be more, or a referral that is less urgent."""

from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Referral, Screening, Unanswered
from calfwise.model.run import BOTH_SIDES, Side

MOST_EFFORT_NRS, MOST_SETS = 4, 3


def limits_of(screening: Screening, side: Side) -> LegLimits | None:
    """What one leg may have; `None`: nothing."""
    if isinstance(screening, Clear):
        return LegLimits()
    return screening.legs.get(side) if isinstance(screening, Limited) else None


def no_looser(one: Screening, other: Screening) -> bool:
    """Whether `one` allows nothing that `other` does not, and refers at least as urgently, and as many legs.

    Between a question not answered and a referral nothing is loosened either way: neither has a session.
    """
    if any(not _within(limits_of(one, side), limits_of(other, side)) for side in BOTH_SIDES):
        return False
    if not isinstance(other, Referral):
        return True
    if not isinstance(one, Referral) or one.level.rank < other.level.rank:
        return False
    return one.level is not other.level or set(one.locked) >= set(other.locked)


def _within(one: LegLimits | None, other: LegLimits | None) -> bool:
    if one is None or other is None:
        return one is None
    techniques = other.techniques is None or (
        one.techniques is not None and set(one.techniques) <= set(other.techniques)
    )
    efforts = (one.effort_nrs or MOST_EFFORT_NRS) <= (other.effort_nrs or MOST_EFFORT_NRS)
    sets = (one.sets or MOST_SETS) <= (other.sets or MOST_SETS)
    return techniques and efforts and sets and one.hands_only >= other.hands_only


def has_no_session(screening: Screening) -> bool:
    return isinstance(screening, Referral | Unanswered)
