"""Routines, shaped: what each is for, what it asks, whether it suits today, and how it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from calfwise import library
from calfwise.model.care.protocol import PlayerContent
from calfwise.model.fix.practice import Offer, estimate_of, practice_of
from calfwise.model.journal import History
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Practice, PracticeItem
from calfwise.model.weeks import Estimate
from calfwise_web.figures.exercises import exercise_pictures
from calfwise_web.player.pages import minutes_of
from calfwise_web.player.words import dose_said
from calfwise_web.practise.done import felt_said, what_said
from calfwise_web.practise.queries import BEFORE_IT_BEGINS, SAY_FIRST
from calfwise_web.practise.shapes import SHAPES, shape_of, shaped
from calfwise_web.practise.snapshot import Ground
from calfwise_web.templatetags.words import counted
from calfwise_web.today.asking import SCALE, WORDS_OF_SCALE, Scale, scale_of
from calfwise_web.today.reasons import Line, day_said, sources_of
from calfwise_web.units import Units, units_of

MOST_SHOWN = 12
"""Of what was done."""
OWN_KIND = {"warm-up": "warm-up", "drills": "drill", "calf-strength": "calf", "glute-strength": "glute"}
"""What kind of exercise stands for a kind of routine; for all others, running."""
PLAIN = ("walk", "walk-brisk", "jog-easy", "easy-run")
"""Stand for nothing by themselves."""
LITTLE_KM = 0.15
"""Less than that is hardly anything for calves. [km]"""
SAID_OF_STRENGTH = {
    "trial": "Trials stand behind it.",
    "lab": "Measured in a laboratory, not in daily running.",
    "cohort": "Runners were followed, nobody was told what to do.",
    "expert opinion": "People who know a lot say so. No trial was read.",
    "coach's rule": "The coach's rule: nobody measured it.",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One routine in the list."""

    id: str
    title: str
    short: str
    drawing: str
    """The exercise that stands for it."""
    facts: str
    tag: str
    tone: str
    reason: str
    """Why not today; empty where nothing speaks against it."""
    opens: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """One of an exercise's drawings."""

    up: bool


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, step by step."""

    id: str
    title: str
    dose: str
    short: str
    steps: tuple[str, ...]
    eased: str
    side: str
    drawings: tuple[Picture, ...]
    why: Line


@dataclass(frozen=True, slots=True)
class ShapeChoice:
    """Straight sets, or a ladder."""

    id: str
    title: str
    dose: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """One level."""

    title: str
    weeks: str
    now: bool


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One time that it was done."""

    day: str
    what: str
    felt: str


@dataclass(frozen=True, slots=True)
class RoutinePage:
    """One routine."""

    card: Card
    level: str
    level_why: str
    minutes: str
    asks: str
    asks_soreness: bool
    scales: tuple[Scale, ...]
    error: str
    shapes: tuple[ShapeChoice, ...]
    exercises: tuple[Exercise, ...]
    why: Line
    stops: tuple[str, ...]
    levels: tuple[Rung, ...]
    done: tuple[DoneRow, ...]
    planned: str
    """A practice of today that is not done, by id."""
    planned_said: str
    marks: tuple[tuple[str, str], ...]
    """0 to 10 and what they mean, to say how calves felt in a practice done without the player; empty once it is."""


def cards_of(offers: Sequence[Offer], ground: Ground | None, *, now: datetime) -> tuple[Card, ...]:
    """Every routine in order."""
    return tuple(card_of(offer, ground, now=now) for offer in offers)


def shut_said(offers: Sequence[Offer]) -> str:
    """What closes all of them, said once; empty where nothing does."""
    first = offers[0].shut if offers else None
    if first is None or first.id in BEFORE_IT_BEGINS or any(each.shut != first for each in offers):
        return ""
    return first.text


def card_of(offer: Offer, ground: Ground | None, *, now: datetime) -> Card:
    """One routine at its level."""
    content = library.player()
    routine = content.routines[offer.routine]
    plan = _plan(offer, ground, content, now=now)
    asks_first = offer.shut is not None and offer.shut.id == SAY_FIRST
    tag, tone = ("suits today", "good") if offer.shut is None else ("not today", "wait")
    level = f"Level {offer.level} of {len(routine.levels)}" if len(routine.levels) > 1 else ""
    return Card(
        id=offer.routine,
        title=routine.title,
        short=routine.short,
        drawing=_stands_for(plan, routine.kind, content),
        facts=". ".join(filter(None, (level, _minutes_said(plan), asks_said(plan, ground) if _is_held(ground) else "")))
        + ".",
        tag="say how sore first" if asks_first else tag,
        tone="plain" if asks_first else tone,
        reason="" if offer.shut is None or asks_first else offer.shut.text,
        opens=offer.shut is None or asks_first,
    )


def page_of(
    offer: Offer,
    history: History,
    ground: Ground | None,
    *,
    planned: Practice | None,
    felt: dict[Side, str],
    error: str,
    now: datetime,
) -> RoutinePage:
    """All of one routine."""
    content = library.player()
    routine = content.routines[offer.routine]
    plan = planned or _plan(offer, ground, content, now=now)
    level = routine.levels[plan.level - 1]
    several = len(routine.levels) > 1
    evidence = routine.evidence
    return RoutinePage(
        card=card_of(offer, ground, now=now),
        level=f"Level {plan.level}: {_lower(level.title)}" if several else level.title,
        level_why=offer.why if several else "",
        minutes=_minutes_said(plan),
        asks=asks_said(plan, ground) + ".",
        asks_soreness=offer.shut is not None and offer.shut.id == SAY_FIRST,
        scales=tuple(scale_of(side, felt.get(side, ""), "") for side in BOTH_SIDES),
        error=error,
        shapes=_shapes(offer, ground, content, now=now),
        exercises=_exercises(plan, content),
        why=Line(
            evidence.claim,
            (SAID_OF_STRENGTH.get(evidence.strength, ""), evidence.limits),
            sources_of(evidence.sources),
        ),
        stops=content.protocols[plan.items[0].protocol].stop,
        levels=tuple(
            Rung(each.title, f"{counted(each.weeks, 'week,weeks')} at least", number == offer.level)
            for number, each in enumerate(routine.levels, start=1)
        )
        if several
        else (),
        done=_done(offer.routine, history, now=now),
        planned=planned.id if planned else "",
        planned_said=f"Planned for today: {_lower(level.title) if several else routine.title}",
        marks=_marks(offer.routine, history, now=now),
    )


def _plan(offer: Offer, ground: Ground | None, content: PlayerContent, *, now: datetime) -> Practice:
    return practice_of(
        offer.routine,
        offer.level,
        content=content,
        at=now,
        reason=offer.why,
        cadence_spm=ground.cadence_spm if ground else None,
    )


def _stands_for(plan: Practice, kind: str, content: PlayerContent) -> str:
    """The drawing of a routine: what it is called after, and does longest."""
    own = OWN_KIND.get(kind, "run")

    def most(item: PracticeItem) -> tuple[bool, bool, int]:
        return content.protocols[item.protocol].kind == own, item.protocol not in PLAIN, item.total_s

    return max(plan.items, key=most).protocol


def _is_held(ground: Ground | None) -> bool:
    """Whether there is own easy running to hold it against."""
    return ground is not None and bool(ground.strikes_per_km and ground.impulse_bw_s_per_km)


def _minutes_said(plan: Practice) -> str:
    return f"About {minutes_of(plan)} minutes"


def asks_said(plan: Practice, ground: Ground | None) -> str:
    """What it asks of the calves, held against own easy running: what both accounts say, as a range."""
    asks = estimate_of(plan, content=library.player())
    units = units_of(ground.prefers) if ground else Units()
    if not asks.strikes and not asks.impulse_bw_s:
        return "Asks hardly anything of your calves"
    if ground is None or not ground.strikes_per_km or not ground.impulse_bw_s_per_km:
        return f"What it asks is held against your own running once there are easy runs{_fast_said(asks)}"
    ends_km = sorted(bw_s / ground.impulse_bw_s_per_km for bw_s in (asks.low_bw_s, asks.high_bw_s))
    middle_km = max(asks.strikes / ground.strikes_per_km, asks.impulse_bw_s / ground.impulse_bw_s_per_km)
    low, middle, high = (km * 1000 / units.metres for km in (ends_km[0], middle_km, max(middle_km, ends_km[1])))
    if middle < LITTLE_KM:
        return f"Asks hardly anything of your calves{_fast_said(asks)}"
    return (
        f"Asks about as much of your calves as {_short(middle)} easy {units.distance} "
        f"({_short(min(low, middle))} to {_short(high)}){_fast_said(asks)}"
    )


def _fast_said(asks: Estimate) -> str:
    """Fast strikes, both legs."""
    return f". {round(asks.fast_strikes, -1):.0f} quick steps among them" if asks.fast_strikes >= 1 else ""


def _short(number: float) -> str:
    """No more digits than it deserves."""
    return f"{number:.1f}" if number < 10 else f"{number:.0f}"


def _shapes(offer: Offer, ground: Ground | None, content: PlayerContent, *, now: datetime) -> tuple[ShapeChoice, ...]:
    """Straight sets and ladders of the same number in all, where the level has one."""
    own = shape_of(content, offer.routine, offer.level)
    if own is None:
        return ()
    found = []
    for shape, title in SHAPES.items():
        plan = _plan(offer, ground, shaped(content, offer.routine, offer.level, shape), now=now)
        doses = dict.fromkeys(dose_said(item) for item in plan.items)
        found.append(ShapeChoice(shape, title, "; ".join(doses), shape == own))
    return tuple(found)


def _exercises(plan: Practice, content: PlayerContent) -> tuple[Exercise, ...]:
    """Each once, however often it comes, with all its doses."""
    by_id: dict[str, list[PracticeItem]] = {}
    for item in plan.items:
        by_id.setdefault(item.protocol, []).append(item)
    return tuple(_exercise(id_, items, content) for id_, items in by_id.items())


def _exercise(id_: str, items: Sequence[PracticeItem], content: PlayerContent) -> Exercise:
    protocol = content.protocols[id_]
    doses = [dose_said(item) for item in items if item.side in (None, Side.LEFT)]
    legs = ", each leg" if items[0].side is not None else ""
    beat = next((f", {item.beat_spm} steps a minute" for item in items if item.beat_spm), "")
    same = len(set(doses)) == 1
    dose = f"{len(doses)} times {doses[0]}" if same and len(doses) > 1 else ", ".join(doses)
    return Exercise(
        id=id_,
        title=protocol.title,
        dose=f"{dose}{legs}{beat}",
        short=protocol.short,
        steps=protocol.steps,
        eased=protocol.eased,
        side="left" if items[0].side is not None else "",
        drawings=tuple(Picture(up) for up in ((False, True) if exercise_pictures(id_) == 2 else (False,))),
        why=Line("", (protocol.evidence.claim, protocol.evidence.limits), sources_of(protocol.evidence.sources)),
    )


def _done(routine: str, history: History, *, now: datetime) -> tuple[DoneRow, ...]:
    """The latest first."""
    home = now.tzinfo
    assert home is not None, "now must be aware"
    done = [one for one in reversed(history.practices) if one.routine == routine][:MOST_SHOWN]
    return tuple(
        DoneRow(
            day=_capital(day_said(one.at, now=now, home=home)),
            what=". ".join(filter(None, (what_said(one), "Stopped early" if one.stopped_early else ""))) + ".",
            felt=felt_said(one.felt_nrs),
        )
        for one in done
    )


def _marks(routine: str, history: History, *, now: datetime) -> tuple[tuple[str, str], ...]:
    days = {one.at.astimezone(now.tzinfo).date() for one in history.practices if one.routine == routine}
    return () if now.date() in days else tuple((nrs, WORDS_OF_SCALE.get(nrs, "")) for nrs in SCALE)


def _lower(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
