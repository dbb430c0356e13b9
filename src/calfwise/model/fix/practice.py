"""Routines of exercises: what a level asks, which level comes next, and whether today suits it.

Order and doses are content (library/routines, library/practice.toml); here is how they are read. Every doubt is a no.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import floor
from typing import Literal

from msgspec import Struct

from calfwise.errors import OutOfRange
from calfwise.model.care.case import one_sided
from calfwise.model.care.outcomes import Limited, Reason, Referral, Screening, Unanswered
from calfwise.model.care.protocol import PlayerContent, PracticeRules, Routine, RoutineItem
from calfwise.model.care.screening import closed_before
from calfwise.model.fix.ladder import sets_of
from calfwise.model.journal import History, PracticeDone
from calfwise.model.load.change import said
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Practice, PracticeItem, Soreness, SorenessNote
from calfwise.model.weeks import Estimate

DAYS_A_WEEK = 7
RETURN = "return"
WALK_RUN = "walk-run"
RULE = ("CoachRule",)
OURS = ("OurRule",)


class Offer(Struct, frozen=True):
    """One routine as of now."""

    routine: str
    """By id."""
    level: int
    why: str
    """Why this level, in a sentence."""
    shut: Reason | None
    """Why not today; `None`: nothing known speaks against it."""


def practice_of(
    routine: str,
    level: int,
    *,
    content: PlayerContent,
    at: datetime,
    reason: str,
    cadence_spm: float | None = None,
    on: date | None = None,
) -> Practice:
    """One level of a routine, as it is done.

    Parameters
    ----------
    routine, level
        Its id, and the level from 1.
    content
        Routines, exercises and rules.
    at
        Aware.
    reason
        Why this and today, in a sentence.
    cadence_spm
        The runner's own at easy pace; `None`: not known, and nothing beats. [steps/min]
    on
        The day of the weeks ahead that it is for.

    Returns
    -------
    Practice
        Exercises of one leg come for the left, then for the right.

    Raises
    ------
    OutOfRange
        If there is no such routine or level.

    Examples
    --------
    >>> from calfwise.library import player
    >>> from datetime import UTC
    >>> glutes = practice_of("glute-strength", 3, content=player(), at=datetime(2026, 5, 1, tzinfo=UTC), reason="")
    >>> [(item.protocol, item.side and item.side.value, item.counts) for item in glutes.items[:2]]
    [('single-leg-bridge', 'left', (1, 2, 3, 4, 3, 2, 1)), ('single-leg-bridge', 'right', (1, 2, 3, 4, 3, 2, 1))]
    """
    found = content.routines.get(routine)
    if found is None or not 1 <= level <= len(found.levels):
        raise OutOfRange(f"there is no level {level} of {routine!r}")
    chosen = found.levels[level - 1].items
    keys = (found.evidence.sources, *(content.protocols[item.protocol].evidence.sources for item in chosen))
    return Practice(
        id=f"{routine}-{at:%Y%m%dT%H%M%S%z}",
        at=at,
        level=level,
        items=tuple(made for item in chosen for made in _items(item, content, cadence_spm)),
        between_s=found.between_s,
        reason=reason,
        sources=tuple(dict.fromkeys(key for sources in keys for key in sources)),
        routine=routine,
        on=on,
    )


def _items(item: RoutineItem, content: PlayerContent, cadence_spm: float | None) -> list[PracticeItem]:
    protocol = content.protocols[item.protocol]
    sides: Sequence[Side | None] = BOTH_SIDES if protocol.legs == "one" else (None,)
    return [
        PracticeItem(
            protocol=item.protocol,
            side=side,
            counts=item.sets if item.ladder is None else sets_of(item.ladder),
            rest_s=protocol.rest_s if item.rest_s is None else item.rest_s,
            tempo_s=protocol.tempo_s,
            beat_spm=beat_of(cadence_spm, item.beat, rules=content.practice) if item.beat else protocol.beat_spm,
            part=item.part,
        )
        for side in sides
    ]


def beat_of(cadence_spm: float | None, beat: Literal["own", "raised"], *, rules: PracticeRules) -> int | None:
    """What the metronome beats.

    Parameters
    ----------
    cadence_spm
        The runner's own at easy pace. [steps/min]
    beat
        At it, or 5 % above: the most that was measured to lower the stress of a step [Lyght2016]_. From 180 on nothing
        is raised (coach's rule).
    rules
        library/practice.toml.

    Returns
    -------
    int | None
        Rounded down to a whole step, so that 5 % is never exceeded; `None` where the cadence is not known, or is none
        of running. [steps/min]

    Examples
    --------
    >>> from calfwise.library import player
    >>> [beat_of(163.0, beat, rules=player().practice) for beat in ("own", "raised")]
    [163, 171]
    >>> beat_of(120.0, "own", rules=player().practice) is None
    True
    """
    if cadence_spm is None or not rules.cadence_from_spm <= cadence_spm <= rules.cadence_to_spm:
        return None
    share = 1 + rules.raised_by if beat == "raised" and cadence_spm < rules.enough_spm else 1
    return floor(round(share * cadence_spm, 6))


def estimate_of(practice: Practice, *, content: PlayerContent) -> Estimate:
    """What a practice asks of both calves, from what each exercise is written to ask.

    Parameters
    ----------
    practice
        Rests, walks among them, count nothing.
    content
        Exercises with their `asks`.

    Returns
    -------
    Estimate

    Examples
    --------
    Three times fifteen raises of each leg at 12 body weights a second, and as many sitting at 4:

    >>> from calfwise.library import player
    >>> from datetime import UTC
    >>> heavy = practice_of("calf-strength", 5, content=player(), at=datetime(2026, 5, 1, tzinfo=UTC), reason="")
    >>> estimate_of(heavy, content=player())
    Estimate(strikes=0.0, fast_strikes=0.0, impulse_bw_s=1260.0, low_bw_s=630.0, high_bw_s=2160.0)
    """
    total = Estimate()
    for item in practice.items:
        asks, count = content.protocols[item.protocol].asks, sum(item.counts)
        strikes = asks.contacts * count
        low_bw_s, high_bw_s = asks.spread_bw_s
        total += Estimate(
            strikes=strikes,
            fast_strikes=strikes if asks.fast else 0.0,
            impulse_bw_s=asks.impulse_bw_s * count,
            low_bw_s=low_bw_s * count,
            high_bw_s=high_bw_s * count,
        )
    return total


def level_of(routine: str, history: History, *, content: PlayerContent, now: datetime) -> tuple[int, str]:
    """The level that comes next, and why, in a sentence.

    Parameters
    ----------
    routine
        By id.
    history
        What was done of it, and how calves felt afterwards.
    content
        Routines and rules.
    now
        Aware; its offset is the runner's home.

    Returns
    -------
    (level, why)
        One up once every week of the level was done and quiet; one down after a time that was too much, and for each
        three weeks away.
    """
    found, rules = content.routines[routine], content.practice
    if len(found.levels) == 1:
        return 1, "The same each time."
    done = _done_of((routine,), history, now)
    if not done:
        return 1, "The first level: see how your calves take it."
    last = done[-1]
    level = min(last.level, len(found.levels))
    away_days = (now.date() - _day(last, now)).days
    if away_days >= rules.break_days:
        down = min(away_days // rules.break_days, level - 1)
        levels = "a level" if down == 1 else f"{down} levels"
        return level - down, f"{away_days} days since the last time" + (f", so {levels} down." if down else ".")
    if too_much := _too_much(last, found, rules, history):
        where = "so a level down" if level > 1 else "so the first level again"
        return max(1, level - 1), f"On {said(_day(last, now))} {too_much}, {where}."
    wanted, weeks = found.levels[level - 1].weeks, _quiet_weeks(done, found, rules, history, now)
    if level == len(found.levels):
        return level, f"Level {level}, the last one."
    if weeks >= wanted:
        return level + 1, f"{_weeks_said(weeks)} at level {level} done and quiet, so a level up."
    return level, f"Level {level} again: {weeks} of its {_weeks_said(wanted)} done and quiet."


def _weeks_said(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _quiet_weeks(
    done: Sequence[PracticeDone], routine: Routine, rules: PracticeRules, history: History, now: datetime
) -> int:
    """Weeks at the last level, over and done often enough, since it last was too much."""
    level, days = done[-1].level, []
    for one in reversed(done):
        if one.level != level or _too_much(one, routine, rules, history):
            break
        days.append(_day(one, now))
    needed = max(1, routine.a_week - rules.missed_a_week)
    first, over = min(days), (now.date() - min(days)).days // DAYS_A_WEEK
    held = [(day - first).days // DAYS_A_WEEK for day in days]
    return sum(held.count(week) >= needed for week in range(over))


def _too_much(one: PracticeDone, routine: Routine, rules: PracticeRules, history: History) -> str:
    """Why a time was too much, as half a sentence; empty where it was not."""
    until = one.at + timedelta(hours=rules.settles_h)
    after = [note.soreness.worst_nrs or 0 for note in history.soreness if one.at < note.at <= until]
    if max(after, default=0) > routine.at_most_nrs:
        return f"it left you at {max(after)} of 10 within two days"
    if one.felt_nrs is not None and one.felt_nrs > rules.felt_nrs:
        return f"your calves felt {one.felt_nrs} of 10"
    if one.eased or one.stopped_early:
        return "it was eased" if one.eased else "it was stopped early"
    return ""


def may_practise(
    routine: str,
    *,
    history: History,
    soreness: Soreness | None,
    screening: Screening | None,
    content: PlayerContent,
    now: datetime,
    cadence_spm: float | None = None,
) -> Reason | None:
    """Whether a routine suits today. Every doubt is a no.

    Parameters
    ----------
    routine
        By id.
    history
        Locks, standing conditions, soreness and what was done.
    soreness
        Walking soreness as said today; `None`: nobody said.
    screening
        What the gate answered today; `None`: nobody asked it, and only what stands from before counts.
    content
        Routines, rules and the gate.
    now
        Aware; its offset is the runner's home.
    cadence_spm
        The runner's own at easy pace; without it nothing goes to a beat. [steps/min]

    Returns
    -------
    Reason | None
        The first thing that speaks against it; `None`: nothing known does. A lock of one leg closes all of them, also
        what seems to be for the other leg only, and a walk: to walk nobody needs us.
    """
    found = content.routines[routine]
    return (
        _closed(found, history, screening, content, now)
        or _one_sided(history, soreness, screening, content, now)
        or _return(routine, history, content, now)
        or _sore(found, history, soreness, content, now)
        or _not_quiet_yet(routine, found, history, soreness, content, now)
        or _too_soon(routine, found, history, content, now)
        or _no_beat(found, content, cadence_spm)
    )


def offers(
    *,
    history: History,
    soreness: Soreness | None,
    screening: Screening | None,
    content: PlayerContent,
    now: datetime,
    cadence_spm: float | None = None,
) -> tuple[Offer, ...]:
    """Every routine in order, its next level, and whether it suits today. Parameters as in `may_practise`."""
    made = []
    for routine in content.routines:
        level, why = level_of(routine, history, content=content, now=now)
        shut = may_practise(
            routine, history=history, soreness=soreness, screening=screening, content=content, now=now,
            cadence_spm=cadence_spm,
        )  # fmt: skip
        made.append(Offer(routine, level, why, shut))
    return tuple(made)


def loads_calves(routine: Routine, content: PlayerContent) -> bool:
    """Whether it is more than work for the glutes."""
    return any(content.protocols[id_].kind != "glute" for id_ in _exercises(routine))


def is_fast(routine: Routine, content: PlayerContent) -> bool:
    """Whether any of it counts as fast: quick, springy, or on bare feet."""
    return any(content.protocols[id_].asks.fast for id_ in _exercises(routine))


def _exercises(routine: Routine) -> set[str]:
    return {item.protocol for level in routine.levels for item in level.items}


def _closed(
    found: Routine,
    history: History,
    screening: Screening | None,
    content: PlayerContent,
    now: datetime,
) -> Reason | None:
    """A referral of today, a lock or a condition from before, or questions left open."""
    referred = any(past.at.astimezone(now.tzinfo).date() == now.date() for past in history.referrals)
    if referred or isinstance(screening, Referral):
        return Reason("referral", "Today's check-in said that somebody should look at your calves first.", OURS)
    for reason, sides in closed_before(gate=content.care.gate, history=history, now=now):
        if sides:
            leg = "both legs" if len(sides) > 1 else f"your {sides[0]} leg"
            why = f"{leg}: {reason.text}. Exercises wait until a professional has seen it."
            return Reason(reason.id, why[0].upper() + why[1:], reason.sources, sides[0] if len(sides) == 1 else None)
    if isinstance(screening, Unanswered):
        return Reason("unanswered", "Some of today's questions are still open.", OURS)
    if isinstance(screening, Limited):
        if any(side not in screening.legs for side in BOTH_SIDES):
            return Reason("one-leg", "One of your legs has no session today, so there are no exercises either.", OURS)
        if is_fast(found, content):
            return Reason(
                "limited", "Today is a day for gentle things only: nothing quick, no hops, no bare feet.", OURS
            )
    return None


def _one_sided(
    history: History, soreness: Soreness | None, screening: Screening | None, content: PlayerContent, now: datetime
) -> Reason | None:
    """One calf clearly sorer than the other is for the gate to weigh first."""
    told = [soreness] if soreness is not None else [note.soreness for note in _today(history, now)][-1:]
    uneven = [each for each in told if one_sided(each, content.care.gate.rules) is not None]
    if screening is None and uneven:
        text = (
            f"You said {uneven[-1].worst_nrs} of 10 today. One calf is clearly sorer than the other: "
            "today's check-in weighs that, and exercises wait."
        )
        return Reason("check-in-first", text, OURS)
    return None


def _return(routine: str, history: History, content: PlayerContent, now: datetime) -> Reason | None:
    """A return after a strain begins with a professional's word, and with the walk-run."""
    wish = history.weeks
    if routine == WALK_RUN and (wish is None or wish.agreed_on is None or wish.agreed_on > now.date()):
        text = (
            "It leads back to running after a strain, and begins once a professional has agreed. Nobody has noted that."
        )
        return Reason("not-agreed", text, OURS)
    if wish is not None and wish.goal == RETURN and routine in content.practice.return_closes:
        return Reason("return", "After a strain, walk and run come first. Quick things and bare feet wait.", RULE)
    return None


def _sore(
    found: Routine, history: History, soreness: Soreness | None, content: PlayerContent, now: datetime
) -> Reason | None:
    """The sorest that was said today decides, and of two days before anything fast; where nobody spoke of both legs
    today, only glutes are worked."""
    said_now = [SorenessNote(now, soreness, morning=False)] if soreness is not None else []
    today = [*_today(history, now), *said_now]
    back_h = content.practice.settles_h if is_fast(found, content) else 0
    before = [note for note in history.soreness if timedelta(0) <= now - note.at <= timedelta(hours=back_h)]
    worst = max([*today, *before], key=lambda note: note.soreness.worst_nrs or 0, default=None)
    if worst is not None and (worst.soreness.worst_nrs or 0) > found.at_most_nrs:
        when = "today" if worst in today else f"on {said(worst.at.astimezone(now.tzinfo).date())}"
        text = f"You said {worst.soreness.worst_nrs} of 10 {when}. This is for days at {found.at_most_nrs} or less."
        return Reason("sore", text, RULE)
    known = all(any(note.soreness.of(side) is not None for note in today) for side in BOTH_SIDES)
    if loads_calves(found, content) and not known:
        return Reason("say-first", "Say first how your calves feel when walking, both of them.", OURS)
    return None


def _today(history: History, now: datetime) -> list[SorenessNote]:
    """What was said of soreness today, in order of time."""
    notes = [n for n in history.soreness if n.at <= now and n.at.astimezone(now.tzinfo).date() == now.date()]
    return sorted(notes, key=lambda note: note.at)


def _not_quiet_yet(
    routine: str,
    found: Routine,
    history: History,
    soreness: Soreness | None,
    content: PlayerContent,
    now: datetime,
) -> Reason | None:
    """Before its first time, and after a long break, calves were quiet for so many days."""
    if not found.quiet_days:
        return None
    done = _done_of((routine,), history, now)
    if done and (now.date() - _day(done[-1], now)).days < content.practice.break_days:
        return None
    since = quiet_since(history, soreness, calm_nrs=content.practice.calm_nrs, now=now)
    quiet = 0 if since is None else (now.date() - since).days
    if quiet >= found.quiet_days:
        return None
    told = "Nobody has said yet that your calves are quiet" if since is None else f"Quiet since {said(since)}"
    return Reason("not-quiet-yet", f"{told}. It begins after {found.quiet_days} quiet days.", RULE)


def quiet_since(history: History, soreness: Soreness | None, *, calm_nrs: int, now: datetime) -> date | None:
    """The first day on which calves were said to be quiet and after which they were not sore again.

    Silence says nothing: a day on which nobody wrote is quiet only between two that were.
    """
    notes = [(note.at, note.soreness.worst_nrs) for note in sorted(history.soreness, key=lambda note: note.at)]
    told = [(at, nrs) for at, nrs in notes if at <= now and nrs is not None]
    if soreness is not None and soreness.worst_nrs is not None:
        told.append((now, soreness.worst_nrs))
    since: date | None = None
    for at, nrs in told:
        if nrs > calm_nrs:
            since = None
        elif since is None:
            since = at.astimezone(now.tzinfo).date()
    return since


def _too_soon(routine: str, found: Routine, history: History, content: PlayerContent, now: datetime) -> Reason | None:
    """Hours since the last time, of what rests with it too, and how often in seven days."""
    kin = (routine, *content.practice.rests_with.get(routine, ()))
    near = _done_of(kin, history, now)
    if near and now - near[-1].at < timedelta(hours=found.hours_between):
        ready = (near[-1].at + timedelta(hours=found.hours_between)).astimezone(now.tzinfo)
        when = "later today" if ready.date() == now.date() else f"from {said(ready.date())}, {ready:%H:%M}"
        return Reason("rest", f"The last time was on {said(_day(near[-1], now))}. Next {when}.", RULE)
    since = now.date() - timedelta(days=DAYS_A_WEEK - 1)
    lately = sum(_day(one, now) >= since for one in _done_of((routine,), history, now))
    if lately >= found.a_week:
        times = {1: "once", 2: "twice"}.get(found.a_week, f"{found.a_week} times")
        return Reason("often-enough", f"{times.capitalize()} in seven days is enough of this.", RULE)
    return None


def _no_beat(found: Routine, content: PlayerContent, cadence_spm: float | None) -> Reason | None:
    """A beat needs the runner's own cadence."""
    beats = any(item.beat for level in found.levels for item in level.items)
    if beats and beat_of(cadence_spm, "own", rules=content.practice) is None:
        text = "Your own cadence is not known: it takes a few easy runs recorded with cadence."
        return Reason("no-cadence", text, RULE)
    return None


def _done_of(routines: Sequence[str], history: History, now: datetime) -> list[PracticeDone]:
    """What was done of them up to now, in order of time."""
    done = (one for one in history.practices if one.routine in routines and one.at <= now)
    return sorted(done, key=lambda one: one.at)


def _day(one: PracticeDone, now: datetime) -> date:
    """On the runner's calendar."""
    return one.at.astimezone(now.tzinfo).date()
