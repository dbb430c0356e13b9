"""Everything the player shows, in order, as a list of steps made from a session."""

from enum import StrEnum

from msgspec import Struct

from calfwise.errors import OutOfRange
from calfwise.model.care.protocol import PlayerContent, PlayerRules
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import WHOLE_CALF, Practice, PracticeItem, Session, SessionItem


class StepKind(StrEnum):
    """What a step is."""

    FOUND = "found"
    """Asks whether a proposed place is tender."""
    READY = "ready"
    """Get ready for the first place."""
    CHANGE = "change"
    """Another place, tool or exercise on the same leg."""
    SWITCH = "switch"
    """The other leg."""
    WORK = "work"
    """One set."""
    REST = "rest"
    AFTER = "after"
    """Asks how tender the place is now."""
    SIGNS = "signs"
    """Asks whether a sign turned up."""


class Step(Struct, frozen=True, omit_defaults=True):
    """One thing on the screen."""

    id: str
    """"2.1.work": second item, first set. Stable within the session."""
    kind: StepKind
    words: str
    """Id of what is said, in player.toml."""
    item: int | None = None
    """Its place in `session.items`, from 0."""
    set: int = 0
    """From 1; 0 where it belongs to none."""
    seconds: int | None = None
    """`None`: waits for an answer. [s]"""
    side: Side | None = None
    zone: str | None = None
    technique: str | None = None
    """Id of the technique, or of the protocol."""
    tool: str | None = None
    position: str | None = None
    effort_nrs: int | None = None
    """At most this noticeable, before any easing. [NRS]"""
    pace_s: float | None = None
    """One stroke. [s]"""
    reps: int | None = None
    tempo_s: tuple[int, int, int] | None = None
    """Up, hold and down of one repetition. [s]"""
    beat_spm: int | None = None
    """A metronome's, in steps a minute."""


def steps_of(session: Session | Practice, *, content: PlayerContent) -> tuple[Step, ...]:
    """The steps of a session.

    Raises
    ------
    OutOfRange
        If a calf would be under pressure for longer than the cap: such a plan is not played.

    Examples
    --------
    Heel raises of one set: get ready, twenty seconds of work, and the questions at the end.

    >>> from calfwise.library import player
    >>> from datetime import datetime, UTC
    >>> item = PracticeItem("heel-raises-bent", None, counts=(4,), rest_s=120, tempo_s=(3, 0, 2))
    >>> habit = Practice("h", datetime(2026, 5, 1, tzinfo=UTC), 1, (item,), between_s=0, reason="", sources=())
    >>> [(step.id, step.seconds) for step in steps_of(habit, content=player())]
    [('1.0.ready', 10), ('1.1.work', 20), ('1.0.after', None), ('signs', None)]
    """
    if isinstance(session, Practice):
        items = [_practice_steps(session, at, content) for at in range(len(session.items))]
        asked = [_felt_after(session)]
    else:
        _within_caps(session, most_s=content.care.caps.pressure_per_calf_s)
        items = [_item_steps(session, at, content) for at in range(len(session.items))]
        asked = _tenderness_after(session)
    return (*(step for steps in items for step in steps), *asked, Step("signs", StepKind.SIGNS, "signs"))


def _within_caps(session: Session, *, most_s: int) -> None:
    for side in BOTH_SIDES:
        pressure_s = sum(item.pressure_s for item in session.items if item.side is side)
        if pressure_s > most_s:
            raise OutOfRange(f"{side} calf: {pressure_s} s of pressure planned, {most_s} s at most")


def _item_steps(session: Session, at: int, content: PlayerContent) -> list[Step]:
    """Is it there? Get ready. Sets with rests between."""
    item = session.items[at]
    before = session.items[at - 1] if at else None
    shown = Step(
        id="",
        kind=StepKind.WORK,
        words="work",
        item=at,
        side=item.side,
        zone=item.zone,
        technique=item.technique,
        tool=item.tool,
        position=item.position,
        effort_nrs=item.effort_nrs,
        pace_s=_pace_s(item, content),
    )
    kind = _lead_kind(item.side, before.side if before else None, first=before is None)
    other_tool = before is not None and (before.tool, before.position) != (item.tool, item.position)
    steps = [_as(shown, StepKind.FOUND)] if item.only_if_found else []
    return [*steps, _as(shown, kind, seconds=_lead_s(kind, content.rules, other_tool=other_tool)), *_sets(shown, item)]


def _practice_steps(session: Practice, at: int, content: PlayerContent) -> list[Step]:
    """Rest from the exercise before, get ready, sets with rests between."""
    item = session.items[at]
    before = session.items[at - 1] if at else None
    protocol = content.protocols[item.protocol]
    words, resting = protocol.words, f"{protocol.rest}-rest"
    shown = Step(
        id="",
        kind=StepKind.WORK,
        words=f"{words}-work",
        item=at,
        side=item.side,
        technique=item.protocol,
        tempo_s=item.tempo_s,
        beat_spm=item.beat_spm,
    )
    kind = _lead_kind(item.side, before.side if before else None, first=before is None)
    same_exercise = before is not None and before.protocol == item.protocol
    between = session.between_s if before and not same_exercise else 0
    rest = [_as(shown, StepKind.REST, seconds=between, words="stand-rest")] if between else []
    lead = _as(shown, kind, seconds=_lead_s(kind, content.rules, other_tool=False), words=f"{words}-ready")
    return [*rest, lead, *_sets(shown, item, resting=resting)]


def _sets(shown: Step, item: SessionItem | PracticeItem, *, resting: str = "rest") -> list[Step]:
    steps = []
    counts = item.counts if isinstance(item, PracticeItem) and item.tempo_s else None
    lengths_s = item.set_seconds if isinstance(item, PracticeItem) else (item.seconds,) * item.sets
    for number, seconds in enumerate(lengths_s, start=1):
        reps = counts[number - 1] if counts else None
        steps.append(_as(shown, StepKind.WORK, number=number, seconds=seconds, words=shown.words, reps=reps))
        if number < len(lengths_s) and item.rest_s:
            steps.append(_as(shown, StepKind.REST, number=number, seconds=item.rest_s, words=resting))
    return steps


def _as(
    shown: Step,
    kind: StepKind,
    *,
    number: int = 0,
    seconds: int | None = None,
    words: str = "",
    reps: int | None = None,
) -> Step:
    """The same place as another step."""
    assert shown.item is not None
    return Step(
        id=f"{shown.item + 1}.{number}.{kind}",
        kind=kind,
        words=words or kind.value,
        item=shown.item,
        set=number,
        seconds=seconds,
        side=shown.side,
        zone=shown.zone,
        technique=shown.technique,
        tool=shown.tool,
        position=shown.position,
        effort_nrs=shown.effort_nrs,
        pace_s=shown.pace_s,
        reps=reps,
        tempo_s=shown.tempo_s,
        beat_spm=shown.beat_spm,
    )


def _lead_kind(side: Side | None, before: Side | None, *, first: bool) -> StepKind:
    if first:
        return StepKind.READY
    return StepKind.CHANGE if side is before else StepKind.SWITCH


def _lead_s(kind: StepKind, rules: PlayerRules, *, other_tool: bool) -> int:
    """The longer of what changes. [s]"""
    needed = {StepKind.READY: rules.ready_s, StepKind.CHANGE: rules.change_s, StepKind.SWITCH: rules.switch_s}[kind]
    return max(needed, rules.tool_s) if other_tool else needed


def _pace_s(item: SessionItem, content: PlayerContent) -> float | None:
    """The middle of a stroke's time; `None` for holds. [s]"""
    technique = content.care.techniques.get(item.technique)
    stroke_s = technique.dose.stroke_s if technique else None
    return None if stroke_s is None else sum(stroke_s) / 2


def _tenderness_after(session: Session) -> list[Step]:
    """One question for each treated spot, after its last item."""
    last = {item.spot: at for at, item in enumerate(session.items) if item.zone != WHOLE_CALF}
    return [
        Step(f"{at + 1}.0.after", StepKind.AFTER, "after", item=at, side=spot.side, zone=spot.zone)
        for spot, at in last.items()
    ]


def _felt_after(session: Practice) -> Step:
    """One question about both calves, after the last exercise."""
    at = len(session.items) - 1
    return Step(f"{at + 1}.0.after", StepKind.AFTER, "felt", item=at, technique=session.items[at].protocol)
