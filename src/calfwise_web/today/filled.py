"""What the check-in's form is filled with when it is shown: nothing, or what was said and still counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import structs

from calfwise import library
from calfwise.model.journal import CheckIn, Said
from calfwise.model.session import Soreness
from calfwise_web.today.forms import Typed
from calfwise_web.today.snapshot import Today, kit_of, minutes_of

MORNING_COUNTS_FOR = timedelta(hours=3)
"""Soreness said in the morning is not asked again so soon."""


def blank(today: Today, *, now: datetime) -> Typed:
    """Nothing said yet: silence stays silence, but for soreness of this very morning."""
    typed = _at_hand(today)
    if today.morning_at is None or not timedelta(0) <= now - today.morning_at <= MORNING_COUNTS_FOR:
        return typed
    return _with(typed, soreness=today.morning_soreness)


def said_before(today: Today, check_in: CheckIn, *, asked: Sequence[str] = ()) -> Typed:
    """As the last check-in said it; of the signs only those that `asked` names."""
    kept = {id_: check_in.answers[id_] for id_ in asked if id_ in check_in.answers}
    none = _none_groups(kept, asked)
    questions = library.gate().questions
    return _with(
        _at_hand(today),
        soreness=check_in.soreness,
        answers={id_: said.value for id_, said in kept.items() if questions[id_].group not in none},
        none=none,
        spots={tender.spot: str(tender.tenderness_nrs) for tender in check_in.spots},
        search=bool(check_in.search),
    )


def _at_hand(today: Today) -> Typed:
    kit = kit_of(today.prefers)
    return Typed(tools=kit.tools, position=kit.position, minutes=str(minutes_of(today.prefers)))


def _with(typed: Typed, *, soreness: Soreness, **more: Any) -> Typed:
    left, right = ("" if nrs is None else str(nrs) for nrs in (soreness.left, soreness.right))
    return structs.replace(typed, left=left, right=right, **more)


def _none_groups(kept: dict[str, Said], asked: Sequence[str]) -> frozenset[str]:
    """Groups of which every line is a no."""
    questions = library.gate().questions
    groups = {questions[id_].group for id_ in asked}
    return frozenset(groups - {questions[id_].group for id_ in asked if kept.get(id_) is not Said.NO})
