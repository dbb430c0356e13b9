"""All reasons to refer: signs, one-sided soreness, what persists, earlier locks, conditions that stand in the way."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from calfwise.model.care.case import Case, explanation, last_word, one_sided, stretch
from calfwise.model.care.outcomes import Reason, Referral
from calfwise.model.care.persistence import speaks_for
from calfwise.model.care.signs import Kind, Level, Question
from calfwise.model.journal import Said, Screened
from calfwise.model.load.change import said
from calfwise.model.run import BOTH_SIDES, Side

LOCKED = "locked"
"""The reason that an earlier referral gives."""

Found = tuple[Reason, tuple[Side, ...]]
"""A reason, and the legs it locks."""


SORENESS_RULES = frozenset({"stayed", "came-back", "one-sided"})
"""Reasons that soreness itself gives. They go on for days; the lock they raised stands for them."""


def referral(case: Case) -> Referral | None:
    """All reasons to refer, at the most urgent level among them.

    A day with anything new has no session. Of earlier days' locks and local blocks alone, a leg that none of them
    names stays open: see `limited`.
    """
    found = [*_said_yes(case, Kind.SIGN), *_one_sided(case), *_persisting(case), *locks(case), *blocks(case)]
    if not found:
        return None
    level = max((reason.level or Level.BLOCK for reason, _ in found), key=lambda one: one.rank)
    closed = {side for _, sides in found for side in sides}
    if level.rank < Level.TODAY.rank and closed != set(BOTH_SIDES) and not _anything_new(case, found):
        return None
    decisive = [(reason, sides) for reason, sides in found if reason.level is level]
    locked = {side for _, sides in decisive for side in sides}
    if level.rank >= Level.TODAY.rank:
        locked = set(BOTH_SIDES)
    ordered = sorted((reason for reason, _ in found), key=lambda r: -(r.level or Level.BLOCK).rank)
    fresh = [reason.id for reason, _ in decisive if reason.id != LOCKED]
    persists_only = level is Level.WEEK and bool(fresh) and set(fresh) <= {"stayed", "came-back"}
    two_sided = persists_only and all(leg.two_sided for leg in case.legs.values())
    return Referral(level, tuple(side for side in BOTH_SIDES if side in locked), tuple(ordered), two_sided)


def _anything_new(case: Case, found: Sequence[Found]) -> bool:
    """Whether there is more than locks of earlier days, soreness they stand for, and blocks of one leg."""
    return any(_raised_on(past, case) == case.now.date() for past in _standing(case)) or any(
        not (
            reason.id == LOCKED
            or (reason.level is Level.BLOCK and len(sides) == 1)
            or (reason.id in SORENESS_RULES and all(_locked_for(reason.id, side, case) for side in sides))
        )
        for reason, sides in found
    )


def _locked_for(rule: str, side: Side, case: Case) -> bool:
    """Whether a leg is locked already for the very same soreness."""
    return any(rule in past.reasons and side in _still_locked(past, case) for past in _standing(case))


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
    run = explanation(case, side)
    if run is None or with_it or case.modifier("strong"):
        level, advice = Level.TODAY, "Call a doctor or the urgent line today. We can't tell from here what it is."
    elif case.modifier("weak"):
        level, advice = Level.WEEK, "See a physio or doctor this week. No massage of that leg until then."
    elif _not_halved(case, side):
        level, advice = Level.WEEK, "It has not halved in three days. See a physio or doctor this week."
    else:
        return []
    why = "no recent run explains it" if run is None else f"even after your run ({run})"
    reason = Reason(
        "one-sided", f"one calf is clearly sorer than the other, and {why}", ("OurRule", "NICE158"), side, level, advice
    )
    return [(reason, (side,))]


def _not_halved(case: Case, side: Side) -> bool:
    """Whether one-sided soreness began 72 h ago or more, and is above half of the worst of those 72 h."""
    window = timedelta(hours=case.rules.halved_h)
    notes = stretch(case, side, silence=timedelta(days=case.rules.silence_ends_days))
    if not notes or case.now - notes[0].at < window:
        return False
    worst_nrs = max(note.soreness.of(side) or 0 for note in notes if note.at - notes[0].at <= window)
    return 2 * (case.soreness.of(side) or 0) > worst_nrs


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
    """Referrals that nothing has lifted."""
    found: list[Found] = []
    for past in _standing(case):
        sides = _still_locked(past, case)
        day = said(_raised_on(past, case))
        advice = "Massage stays locked until a professional has seen it and says it is fine."
        named = sides[0] if len(sides) == 1 else None
        reason = Reason(LOCKED, f"locked since {day}", ("CoachRule", "OurRule"), named, _level(past), advice)
        found.append((reason, sides))
    return found


def _standing(case: Case) -> list[Screened]:
    """Referrals that still lock a leg; those that only repeat an earlier lock, or a block, raise none of their own."""
    blocks_there = case.gate.of_kind(Kind.BLOCK)
    return [
        past
        for past in case.history.referrals
        if _level(past) is not Level.BLOCK
        and not (past.reasons and all(id_ == LOCKED or id_ in blocks_there for id_ in past.reasons))
        and _still_locked(past, case)
    ]


def _level(past: Screened) -> Level:
    """How urgent it was; a word that we do not know counts as today."""
    return next((level for level in Level if level == past.level), Level.TODAY)


def _raised_on(past: Screened, case: Case) -> date:
    return past.at.astimezone(case.now.tzinfo).date()


def _still_locked(past: Screened, case: Case) -> tuple[Side, ...]:
    """Legs that nothing has unlocked: of a P the legs it names, both if it names none; of E and U both."""
    named = past.locked if _level(past) is Level.WEEK and past.locked else BOTH_SIDES
    return tuple(side for side in named if not _unlocked(past, side, case))


class StillLocked(Struct, frozen=True):
    """A referral that nothing has lifted yet."""

    since: date
    level: Level
    sides: tuple[Side, ...]
    """Those that are locked still."""
    why: tuple[str, ...]
    """Ids of the signs and rules that decided then."""
    quiet_mornings: int | None = None
    """How many there are so far, where quiet mornings lift it."""


def still_locked(case: Case) -> tuple[StillLocked, ...]:
    """Referrals that nothing has lifted, the oldest first, and how far quiet mornings have come."""
    return tuple(
        StillLocked(
            since=_raised_on(past, case),
            level=_level(past),
            sides=_still_locked(past, case),
            why=tuple(id_ for id_ in past.reasons if id_ != LOCKED),
            quiet_mornings=_quiet_mornings(past, case) if _mornings_lift(past) else None,
        )
        for past in _standing(case)
    )


def _unlocked(past: Screened, side: Side, case: Case) -> bool:
    """The last word of a professional who saw it since then, or quiet mornings after two-sided soreness."""
    raised, today = _raised_on(past, case), case.now.date()
    since = [
        seen
        for seen in case.history.seen
        if speaks_for(seen, side) and past.at <= seen.at <= case.now and raised <= seen.on <= today
    ]
    return last_word(since) is not None or (_mornings_lift(past) and _quiet_since(past, case))


def _mornings_lift(past: Screened) -> bool:
    """Whether quiet mornings can lift it: soreness that stayed on both sides."""
    return past.two_sided and _level(past) is Level.WEEK


def _quiet_since(past: Screened, case: Case) -> bool:
    """Seven quiet mornings since then."""
    return _quiet_mornings(past, case) >= case.rules.quiet_mornings


def _quiet_mornings(past: Screened, case: Case) -> int:
    """Mornings with both legs at 0-1 since then, none above in between; none at all after a sign. [1]

    Once there were seven it is lifted, and stays so: sore calves of a later week are that week's.
    """
    signs = case.gate.of_kind(Kind.SIGN)
    if any(at > past.at for id_, at in case.history.ever_yes.items() if id_ in signs):
        return 0
    quiet: set[date] = set()
    for note in case.history.soreness:
        if not past.at < note.at <= case.now or len(quiet) >= case.rules.quiet_mornings:
            continue
        legs = [note.soreness.left, note.soreness.right]
        if any(value is not None and value > case.rules.quiet_leg_nrs for value in legs):
            quiet.clear()
        elif note.morning and None not in legs:
            quiet.add(note.at.astimezone(case.now.tzinfo).date())
    return len(quiet)
