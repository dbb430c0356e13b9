"""All reasons to refer: signs, one-sided soreness, what persists, earlier locks, conditions that stand in the way."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from calfwise.model.care.case import Case, one_sided
from calfwise.model.care.outcomes import Reason, Referral
from calfwise.model.care.signs import Kind, Level, Question
from calfwise.model.journal import Said, Screened, Seen
from calfwise.model.run import BOTH_SIDES, Side

Found = tuple[Reason, tuple[Side, ...]]
"""A reason, and the legs it locks."""


def referral(case: Case) -> Referral | None:
    """All reasons to refer, at the most urgent level among them."""
    found = [*_said_yes(case, Kind.SIGN), *_one_sided(case), *_persisting(case), *locks(case), *blocks(case)]
    if not found:
        return None
    level = max((reason.level or Level.BLOCK for reason, _ in found), key=lambda one: one.rank)
    sides = {side for _, locked in found for side in locked}
    if level.rank >= Level.TODAY.rank:
        sides = set(BOTH_SIDES)
    decisive = [reason for reason, _ in found if reason.level is level]
    # Of standing locks and local blocks alone, the other leg stays open: see limited.
    if _local_only(case, found) and sides != set(BOTH_SIDES):
        return None
    ordered = sorted((reason for reason, _ in found), key=lambda r: -(r.level or Level.BLOCK).rank)
    fresh = [reason for reason in decisive if reason.id != "locked"]
    stayed_only = bool(fresh) and all(reason.id == "stayed" for reason in fresh)
    two_sided = stayed_only and all(leg.two_sided for leg in case.legs.values())
    return Referral(level, tuple(s for s in BOTH_SIDES if s in sides), tuple(ordered), two_sided)


def _local_only(case: Case, found: Sequence[Found]) -> bool:
    """Whether every reason is an earlier day's lock or a block of one leg: nothing new to act on today."""
    return all(reason.id == "locked" or (reason.level is Level.BLOCK and len(sides) == 1) for reason, sides in found)


def _sides(question: Question, said: Said) -> tuple[Side, ...]:
    """The legs an answer names; both where it names none."""
    if question.sided and said in (Said.LEFT, Said.RIGHT):
        return (Side(said.value),)
    return BOTH_SIDES


def _said_yes(case: Case, kind: Kind) -> list[Found]:
    """Questions of a kind that were answered yes, with the legs they name."""
    found = []
    for id_, question in case.yes(kind):
        sides = _sides(question, case.said[id_])
        reason = Reason(
            id=id_,
            text=f"you said: {question.question[0].lower()}{question.question[1:]}",
            sources=question.sources,
            side=sides[0] if len(sides) == 1 else None,
            level=question.level or Level.BLOCK,
            advice=question.advice,
        )
        found.append((reason, sides))
    return found


def blocks(case: Case) -> list[Found]:
    """Conditions that stand in the way, on the legs they stand in the way of."""
    return _said_yes(case, Kind.BLOCK)


def _one_sided(case: Case) -> list[Found]:
    """One-sided soreness by the table of run and modifiers; with any sign of one leg it means today."""
    side = one_sided(case.soreness, case.rules)
    if side is None:
        return []
    with_it = any(q.with_soreness for _, q in case.yes(Kind.SIGN))
    if case.explained is None or with_it or case.modifier("strong"):
        level, advice = Level.TODAY, "Call a doctor or the urgent line today. We can't tell from here what it is."
    elif case.modifier("weak"):
        level, advice = Level.WEEK, "See a physio or doctor this week. No massage of that leg until then."
    elif _not_halved(case, side):
        level, advice = Level.WEEK, "It has not halved in three days. See a physio or doctor this week."
    else:
        return []
    why = "no recent run explains it" if case.explained is None else f"even after your run ({case.explained.text})"
    reason = Reason(
        "one-sided", f"one calf is clearly sorer than the other, and {why}", ("OurRule", "NICE158"), side, level, advice
    )
    return [(reason, (side,))]


def _not_halved(case: Case, side: Side) -> bool:
    """Whether one-sided soreness began 72 h ago or more, never went quiet, and is more than half of what it was."""
    begun: tuple[datetime, int] | None = None
    for note in case.history.soreness:
        value = note.soreness.of(side)
        if value is not None and value <= case.rules.quiet_leg_nrs:
            begun = None
        elif begun is None and value is not None and one_sided(note.soreness, case.rules) is side:
            begun = note.at, value
    if begun is None or case.now - begun[0] < timedelta(hours=case.rules.halved_h):
        return False
    return 2 * (case.soreness.of(side) or 0) > begun[1]


def _persisting(case: Case) -> list[Found]:
    found: list[Found] = []
    for side, leg in case.legs.items():
        if leg.stayed:
            text = (
                f"sore for {leg.days} days"
                if leg.days >= case.rules.refer_after_days
                else "sore again and again for four weeks"
            )
            reason = Reason(
                "stayed", text, ("CoachRule", "OurRule"), side, Level.WEEK, "See a physio or doctor this week."
            )
            found.append((reason, (side,)))
        if leg.came_back:
            level = Level.WEEK if leg.two_sided else Level.TODAY
            advice = "See a physio or doctor this week." if leg.two_sided else "Call a doctor or the urgent line today."
            reason = Reason(
                "came-back", "back within four weeks without a harder run", ("OurRule",), side, level, advice
            )
            found.append((reason, (side,)))
    return found


def locks(case: Case) -> list[Found]:
    """Referrals of earlier days that nothing has lifted."""
    found: list[Found] = []
    for past in case.history.referrals:
        repeats_only = set(past.reasons) == {"locked"}
        if repeats_only or past.level not in (Level.EMERGENCY, Level.TODAY, Level.WEEK):
            continue
        sides = tuple(side for side in past.locked if not _unlocked(past, side, case))
        if sides:
            day = f"{past.at.day} {past.at:%B}"
            advice = "Massage stays locked until a professional has seen it and says it is fine (calfwise seen)."
            named = sides[0] if len(sides) == 1 else None
            reason = Reason("locked", f"locked since {day}", ("CoachRule", "OurRule"), named, Level(past.level), advice)
            found.append((reason, sides))
    return found


def _unlocked(past: Screened, side: Side, case: Case) -> bool:
    if any(_lifts(seen, past, side) for seen in case.history.seen):
        return True
    return past.two_sided and past.level == Level.WEEK and _quiet_since(past, case)


def _lifts(seen: Seen, past: Screened, side: Side) -> bool:
    return seen.massage_is_fine and seen.block is None and seen.at >= past.at and seen.side in (None, side)


def _quiet_since(past: Screened, case: Case) -> bool:
    """Seven mornings with both legs at 0-1 since then, none above, and no sign."""
    signs = case.gate.of_kind(Kind.SIGN)
    if any(at > past.at for id_, at in case.history.ever_yes.items() if id_ in signs):
        return False
    since = [note for note in case.history.soreness if note.at > past.at]
    quiet: set[date] = set()
    for note in since:
        legs = [note.soreness.left, note.soreness.right]
        if any(value is not None and value > case.rules.quiet_leg_nrs for value in legs):
            quiet.clear()
        elif note.morning and None not in legs:
            quiet.add(note.at.date())
    return len(quiet) >= case.rules.quiet_mornings
