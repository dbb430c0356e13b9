"""A runner's days as the gate and the planner meet them, in a line each."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from calfwise.library import content
from calfwise.model.care.choice import Kit
from calfwise.model.care.outcomes import Clear, Limited, Screening
from calfwise.model.care.planner import Plan, plan
from calfwise.model.care.screening import screen
from calfwise.model.care.signs import Kind
from calfwise.model.journal import Answers, CheckIn, History, Morning, Said, Screened, Seen
from calfwise.model.load.change import Notice
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness, SorenessNote, Spot, TenderSpot

CONTENT = content()
GATE = CONTENT.gate
NOW = datetime(2026, 5, 20, 19, 0, tzinfo=timezone(timedelta(hours=2)))
NONE_OF_THESE: Answers = dict.fromkeys(GATE.questions, Said.NO)
LEFT, RIGHT = BOTH_SIDES

SIGNS, BLOCKS, MODIFIERS, CARE_NOTES = (GATE.of_kind(kind) for kind in Kind)
WEAK = [id_ for id_, question in GATE.questions.items() if question.strength == "weak"]
STRONG = [id_ for id_, question in GATE.questions.items() if question.strength == "strong"]

LONGER = Notice("longer", NOW.date() - timedelta(days=1), "18.0 km, 40% more than your longest", ("Frandsen2025",))
"""Yesterday's run, which explains sore calves."""
FIRST_DAY = History(known=True)
"""A journal without a line in it."""


def ago(*, days: float = 0, hours: float = 0) -> datetime:
    return NOW - timedelta(days=days, hours=hours)


def answers(**said: str) -> Answers:
    """None of these, but for those named; `clot_before="yes"` speaks of clot-before."""
    return NONE_OF_THESE | {id_.replace("_", "-"): Said(word) for id_, word in said.items()}


def screened(
    left: int | None = 0,
    right: int | None = 0,
    *,
    said: Mapping[str, Said] = NONE_OF_THESE,
    history: History = FIRST_DAY,
    explained: Notice | None = None,
    hard_ends: Sequence[datetime] = (),
    now: datetime = NOW,
    answered_at: datetime | None = None,
) -> Screening:
    """What the gate says to that soreness and those answers."""
    check_in = CheckIn(at=answered_at or now, soreness=Soreness(left, right), answers=dict(said))
    return screen(gate=GATE, check_in=check_in, history=history, explained=explained, hard_ends=hard_ends, now=now)


def felt(left: int | None, right: int | None, **when: float) -> SorenessNote:
    """Walking soreness of an earlier evening."""
    return SorenessNote(ago(**when), Soreness(left, right), morning=False)


def morning(left: int | None, right: int | None, *, days: int) -> Morning:
    """Walking soreness of a morning, at seven."""
    at = ago(days=days).replace(hour=7)
    return Morning(at=at, soreness=Soreness(left, right))


def locked(
    *legs: Side, level: str = "P", reasons: tuple[str, ...] = ("bone-spot",), two_sided: bool = False, **when: float
) -> Screened:
    """A referral of an earlier day."""
    return Screened(
        at=ago(**when),
        outcome="referral",
        rules=GATE.rules.version,
        level=level,
        locked=legs,
        reasons=reasons,
        two_sided=two_sided,
    )


def seen(*, fine: bool = True, side: Side | None = None, block: str | None = None, **when: float) -> Seen:
    """A professional looked at it, that day."""
    at = ago(**when)
    return Seen(at=at, by="physio", on=at.date(), massage_is_fine=fine, side=side, block=block)


def reasons(screening: Screening) -> list[str]:
    return [reason.id for reason in screening.reasons]


def open_legs(screening: Screening) -> tuple[Side, ...]:
    """The legs that may have a session."""
    if isinstance(screening, Clear):
        return BOTH_SIDES
    return tuple(screening.legs) if isinstance(screening, Limited) else ()


def tender(side: Side, zone: str, nrs: int) -> TenderSpot:
    return TenderSpot(Spot(side, zone), nrs)


def planned(
    *spots: TenderSpot,
    left: int = 0,
    right: int = 0,
    screening: Clear | Limited = Clear(),  # noqa: B008 - frozen
    history: History = FIRST_DAY,
    kit: frozenset[str] = frozenset({"ball", "roller"}),
    now: datetime = NOW,
    **how: Any,
) -> Plan:
    """What the planner makes of those spots, ten minutes on the floor unless told otherwise."""
    return plan(
        screening=screening,
        check_in=CheckIn(at=now, soreness=Soreness(left, right), spots=spots, search=how.get("search")),
        history=history,
        content=how.get("content", CONTENT),
        kit=Kit(kit, how.get("position", "floor")),
        minutes=how.get("minutes", 10),
        now=now,
    )


def in_the_suite(count: int, *, share: float = 1.0) -> pytest.MarkDecorator:
    """A slice of `count` random cases in the suite; CALFWISE_FUZZ times `share` of them where it is set."""
    counts = [pytest.param(count, id=f"{count}")]
    long = round(int(os.environ.get("CALFWISE_FUZZ", "0")) * share)
    if long:
        counts.append(pytest.param(long, id=f"{long}", marks=pytest.mark.fuzz))
    return pytest.mark.parametrize("count", counts)


def evenings(*felt_then: tuple[float, int | None, int | None]) -> History:
    """A journal of walking soreness: days ago, left, right."""
    notes = tuple(felt(left, right, days=days) for days, left, right in sorted(felt_then, reverse=True))
    return History(known=True, soreness=notes)
