"""Nothing refers and everything is answered: which leg may have what."""

from calfwise.model.care.case import Case, explanation, one_sided
from calfwise.model.care.outcomes import Clear, LegLimits, Limited, Reason
from calfwise.model.care.refer import blocks, locks
from calfwise.model.care.signs import Kind
from calfwise.model.care.technique import LONG_STROKES
from calfwise.model.run import BOTH_SIDES, Side


def limited(case: Case) -> Clear | Limited:
    """Nothing refers and everything is answered: which leg may have what."""
    closed = {side for _, sides in (*locks(case), *blocks(case)) for side in sides}
    reasons = [reason for reason, _ in (*locks(case), *blocks(case))]
    legs: dict[Side, LegLimits] = {}
    sore_side = one_sided(case.soreness, case.rules)
    for side in BOTH_SIDES:
        if side in closed:
            continue
        limits, why = _leg_limits(case, side, sore_side)
        legs[side] = limits
        reasons += [reason for reason in why if reason not in reasons]
    suggestion = _suggestion(case)
    if not reasons:
        return Clear(suggestion)
    return Limited(legs, (*reasons, *suggestion), ask_daily=sore_side is not None)


def _leg_limits(case: Case, side: Side, sore_side: Side | None) -> tuple[LegLimits, list[Reason]]:
    limits, reasons = LegLimits(), []
    for id_, question in case.yes(Kind.CARE_NOTE):
        assert question.narrows is not None
        narrows = question.narrows
        only = narrows.techniques or None
        limits = _tighter(limits, LegLimits(narrows.effort_nrs, case.rules.light_sets, only, narrows.hands_only))
        reasons.append(Reason(id_, question.advice, question.sources))
    light = LegLimits(case.rules.light_effort_nrs, case.rules.light_sets, (LONG_STROKES,), hands_only=True)
    if side is sore_side:
        limits = _tighter(limits, light)
        run = explanation(case, side)
        text = f"one calf is sorer after your run ({run}): light long strokes by hand; asked again daily"
        reasons.append(Reason("one-sided-explained", text, ("OurRule",), side))
    sore_nrs = case.soreness.of(side)
    if sore_nrs is not None and sore_nrs > case.rules.strokes_only_above_nrs:
        limits = _tighter(limits, LegLimits(case.rules.light_effort_nrs, None, (LONG_STROKES,)))
        reasons.append(Reason("very-sore", f"at {sore_nrs} of 10 only long light strokes", ("OurRule",), side))
    return limits, reasons


def _tighter(one: LegLimits, other: LegLimits) -> LegLimits:
    """Both limits at once."""
    efforts = [effort for effort in (one.effort_nrs, other.effort_nrs) if effort is not None]
    sets = [count for count in (one.sets, other.sets) if count is not None]
    only = one.techniques if other.techniques is None else other.techniques
    if one.techniques is not None and other.techniques is not None:
        only = tuple(technique for technique in one.techniques if technique in other.techniques)
    return LegLimits(min(efforts, default=None), min(sets, default=None), only, one.hands_only or other.hands_only)


def _suggestion(case: Case) -> tuple[Reason, ...]:
    """Unchanged after 3 sessions and 7 days: a professional is worth a thought. No lock."""
    for side, leg in case.legs.items():
        sessions = sum(1 for past in case.history.sessions if leg.begin is not None and past.at >= leg.begin)
        if (
            leg.unchanged
            and leg.days >= case.rules.suggest_after_days
            and sessions >= case.rules.suggest_after_sessions
        ):
            text = f"no better after {sessions} sessions and {leg.days} days: worth showing to a physio"
            return (Reason("no-better", text, ("CoachRule",), side),)
    return ()
