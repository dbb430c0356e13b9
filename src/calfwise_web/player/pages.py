"""The player's page: everything it needs, also without a network."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from msgspec import Struct, structs

from calfwise import library
from calfwise.model.care.player import table_of
from calfwise.model.care.player_replay import Played, ordered
from calfwise.model.care.player_steps import Step, steps_of
from calfwise.model.care.protocol import PlayerRules
from calfwise.model.care.signs import Kind
from calfwise.model.session import WHOLE_CALF, Practice, Session
from calfwise_web.figures.exercises import exercise_pictures
from calfwise_web.player.words import dose_said, shown_of


class Drawing(Struct, frozen=True):
    """One way at one place, drawn once on the page."""

    id: str
    technique: str
    tool: str = ""
    position: str = ""
    zone: str = ""
    side: str = ""
    pace_s: int = 3
    exercise: str = ""
    """Its id, where it is no massage."""
    pictures: int = 1
    """Two where an exercise goes up and down."""
    turns: bool = False
    """The two take turns by themselves, where nothing counts up and down."""


def drawings_of(steps: Sequence[Step]) -> tuple[dict[str, Drawing], list[str | None]]:
    """Every different drawing by its key, and each step's."""
    drawn: dict[str, Drawing] = {}
    ids: list[str | None] = []
    for step in steps:
        key = _key(step)
        if key is not None and key not in drawn:
            drawn[key] = _drawing(f"fig-{len(drawn)}", step)
        ids.append(drawn[key].id if key is not None else None)
    return drawn, ids


def _key(step: Step) -> str | None:
    if step.technique is None:
        return None
    return "/".join(str(part) for part in (step.technique, step.tool, step.position, step.zone, step.side))


def _drawing(id_: str, step: Step) -> Drawing:
    assert step.technique is not None
    protocol = library.player().protocols.get(step.technique)
    if protocol is not None:
        pictures = exercise_pictures(step.technique)
        return Drawing(
            id=id_,
            technique=step.technique,
            side=step.side or "",
            exercise=step.technique,
            pictures=pictures,
            turns=pictures == 2 and protocol.tempo_s is None,
        )
    return Drawing(
        id=id_,
        technique=step.technique,
        tool=step.tool or "",
        position=step.position or "",
        zone=step.zone or WHOLE_CALF,
        side=step.side or "",
        pace_s=round(step.pace_s or 3),
    )


def title_of(plan: Session | Practice) -> str:
    """A session in a few words."""
    if isinstance(plan, Practice):
        return _routine_said(plan)
    minutes = minutes_of(plan)
    spots = [spot for spot in plan.spots if not _only_proposed(plan, spot.zone)]
    if not spots:
        return f"Find your tight spots, {minutes} minutes" if plan.spots else f"Long strokes, {minutes} minutes"
    count = ("One spot", "Two spots", "Three spots")[min(len(spots), 3) - 1]
    return f"{count}, {minutes} minutes"


def _routine_said(plan: Practice) -> str:
    """A practice by its routine's name; its level where there are several."""
    routine = library.player().routines.get(plan.routine)
    if routine is None:
        return f"Heel raises, level {plan.level}"
    return f"{routine.title}, level {plan.level}" if len(routine.levels) > 1 else routine.title


def minutes_of(plan: Session | Practice) -> int:
    """How long it takes about, lead-ins too. [min]"""
    seconds = sum(step.seconds or 0 for step in steps_of(plan, content=library.player()))
    return max(1, round(seconds / 60))


def _only_proposed(plan: Session, zone: str) -> bool:
    return all(item.only_if_found for item in plan.items if item.zone == zone)


def begin_before(plan: Session | Practice) -> datetime:
    """After that the check-in it rests on is too old."""
    return plan.at + timedelta(hours=library.gate().rules.answers_last_h)


def session_data(
    request: HttpRequest,
    plan: Session | Practice,
    played: Played,
    *,
    figures: Sequence[str | None],
    why_not: str,
    account: str,
    now: datetime,
) -> dict[str, Any]:
    """The page's data (docs/player.md)."""
    content = library.player()
    steps = played.steps
    shown = [shown_of(step, plan, content=content, figure=id_) for step, id_ in zip(steps, figures, strict=True)]
    signs = [
        {"id": id_, "text": question.question, "sided": question.sided}
        for id_, question in content.care.gate.of_kind(Kind.SIGN).items()
        if question.group in content.rules.asks_at_end
    ]
    events = [each.event for each in played.log]
    data = {
        "id": plan.id,
        "kind": "practice" if isinstance(plan, Practice) else "massage",
        "title": title_of(plan),
        "account": account,
        "begin_before": begin_before(plan),
        "can_begin": not why_not,
        "why_not": why_not,
        "table": table_of(content),
        "rules": content.rules if isinstance(plan, Session) else _practice_rules(content.rules),
        "steps": steps,
        "said": shown,
        "doses": [dose_said(item) for item in plan.items] if isinstance(plan, Practice) else [],
        "ways": {
            item.protocol: [way.capitalize() for way in content.protocols[item.protocol].ways]
            for item in (plan.items if isinstance(plan, Practice) else ())
        },
        "beats": any(step.beat_spm for step in steps),
        "tags": {id_: technique.title for id_, technique in content.care.techniques.items()},
        "signs": signs,
        "urls": urls_of(plan.id),
        "csrf": get_token(request),
        "log": ordered(events),
        "held": held_of(played),
        "now": now,
    }
    return dict(msgspec.to_builtins(data))


def _practice_rules(rules: PlayerRules) -> PlayerRules:
    """Reasons to stop as they are called where no tool is at work."""
    reasons = {id_: structs.replace(each, text=each.in_practice or each.text) for id_, each in rules.reasons.items()}
    return structs.replace(rules, reasons=reasons)


def urls_of(session: str) -> dict[str, str]:
    """Where the page sends to, and where it leads."""
    return {
        "self": reverse("player:session", args=[session]),
        "events": reverse("player:events", args=[session]),
        "today": reverse("home"),
        "signs": reverse("today:signs", args=[session]),
    }


def held_of(played: Played) -> dict[str, int]:
    """Per device the highest number without a gap that is held."""
    numbers: dict[str, set[int]] = {}
    for each in played.log:
        numbers.setdefault(each.event.device, set()).add(each.event.sequence)
    held = {}
    for device, there in numbers.items():
        last = 0
        while last + 1 in there:
            last += 1
        held[device] = last
    return held


def answer_of(played: Played, *, heard_s: float | None, next_url: str | None) -> dict[str, Any]:
    """What a page hears that sent events."""
    events = [each.event for each in played.log]
    marked = [
        {"device": each.event.device, "sequence": each.event.sequence, "why": each.why}
        for each in played.log
        if each.why is not None
    ]
    answer = {
        "held": held_of(played),
        "log": ordered(events),
        "marked": marked,
        "phase": played.phase,
        "over": played.is_over,
        "leads": played.state.device,
        "heard_s": heard_s,
        "next": next_url,
    }
    return dict(msgspec.to_builtins(answer))
