"""Where a session is, as one value, and what an event makes of it: a walk along the table in `player`.

Time is never asked for. Each event brings its page's uptime; a set counts as watched when the uptimes of one page say
so, with pauses and hidden times taken off. A deadline that passed while nobody watched leads to AWAY, which asks.
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from calfwise.model.care.player import Move, Phase, Table
from calfwise.model.care.player_events import Happened, Kind
from calfwise.model.care.player_steps import Step, StepKind


class Progress(Struct, frozen=True):
    """How far one item of the session is."""

    sets_done: int = 0
    sets_by_word: int = 0
    """Of those, counted by the runner's word."""
    sets_skipped: int = 0
    observed_ms: int = 0
    """At work while the page was watched. [ms]"""
    by_word_ms: int = 0
    eased: int = 0
    """So many times less."""
    ended: str | None = None
    after_nrs: int | None = None

    @property
    def worked(self) -> bool:
        return self.observed_ms + self.by_word_ms > 0


class State(Struct, frozen=True):
    """Where a session is, whole: the page keeps the same value."""

    items: tuple[Progress, ...]
    phase: str = Phase.NEW.value
    step: int = -1
    """Its place in the steps; their count when there is none left."""
    device: str | None = None
    """Who leads."""
    page: str | None = None
    sequence: int = 0
    """The leader's last event that was applied."""
    since_ms: int | None = None
    """Uptime from which the step's time runs; `None`: it does not. [ms]"""
    hidden_ms: int | None = None
    """Uptime at which the page was hidden. [ms]"""
    spent_ms: int = 0
    """Of the step's time, watched. [ms]"""
    unseen_ms: int = 0
    """Of the step's time, not watched. [ms]"""
    reason: str | None = None
    signs: tuple[str, ...] = ()
    signs_answered: bool = False


class Marked(Struct, frozen=True):
    """An event that changes nothing, and why (an id of `marks` in player.toml)."""

    why: str


def new_state(steps: Sequence[Step]) -> State:
    """Before anything happened."""
    return State(items=(Progress(),) * (max((step.item for step in steps if step.item is not None), default=-1) + 1))


def after(state: State, event: Happened, *, steps: Sequence[Step], table: Table) -> State | Marked:
    """The state that an event leads to; `Marked` where it cannot happen.

    Parameters
    ----------
    state
        Where the session is.
    event
        What happened.
    steps
        The session's, from `steps_of`.
    table
        From `table_of`.
    """
    why = _objection(state, event, steps, table)
    if why is not None:
        return Marked(why)
    timed = _timed(state, event, steps)
    target = _target(timed, event, steps, table)
    if target is None:
        return Marked("too-early")
    told = _told(timed, event, target, steps, table)
    heard = structs.replace(told, device=event.device, page=event.page, sequence=event.sequence)
    if target in (Move.NEXT, Move.OVER):
        return _onward(_credited(heard, event, steps), event, steps, table)
    if target not in table.live:
        heard = _credited(heard, event, steps)
    return _in_phase(heard, target, event, table)


def _objection(state: State, event: Happened, steps: Sequence[Step], table: Table) -> str | None:
    """Why an event cannot happen now; the first of the reasons."""
    row = table.transitions[state.phase]
    takes_over = event.kind == Kind.TAKE_OVER
    known = table.values.get(event.kind)
    checks = (
        ("over", not row),
        ("another-device", state.device not in (None, event.device) and not takes_over),
        ("number-used", state.device == event.device and event.sequence <= state.sequence),
        ("another-page", state.page not in (None, event.page) and event.kind not in table.any_page),
        ("not-now", event.kind not in row),
        ("another-device", takes_over and not _follows(state, event)),
        ("another-step", event.kind not in table.any_step and event.step != _step_id(state, steps)),
        ("no-such-value", known is not None and event.value not in known),
    )
    return next((why for why, is_so in checks if is_so), None)


def _follows(state: State, event: Happened) -> bool:
    """Whether a take-over names the device that leads, and knows all of its events that count."""
    leader, _, known = str(event.value).rpartition(":")
    return leader == state.device and known.isascii() and known.isdecimal() and int(known) >= state.sequence


def _step_id(state: State, steps: Sequence[Step]) -> str:
    return steps[state.step].id if 0 <= state.step < len(steps) else ""


def _length_ms(state: State, steps: Sequence[Step]) -> int:
    """The step's time; 0 where it waits for an answer. [ms]"""
    seconds = steps[state.step].seconds if 0 <= state.step < len(steps) else None
    return (seconds or 0) * 1000


def _timed(state: State, event: Happened, steps: Sequence[Step]) -> State:
    """The step's time up to this event, watched and not; uptimes of two pages are never compared."""
    if event.page != state.page:
        return structs.replace(state, since_ms=None, hidden_ms=None)
    watched = 0 if state.since_ms is None else max(0, event.uptime_ms - state.since_ms)
    unseen = 0 if state.hidden_ms is None else max(0, event.uptime_ms - state.hidden_ms)
    return structs.replace(
        state,
        spent_ms=min(state.spent_ms + watched, _length_ms(state, steps)),
        unseen_ms=state.unseen_ms + unseen,
        since_ms=None,
        hidden_ms=None,
    )


def _target(state: State, event: Happened, steps: Sequence[Step], table: Table) -> str | None:
    """Where an event leads: a phase, NEXT or OVER. `None`: its time is not up."""
    to = table.transitions[state.phase][event.kind]
    needed_ms = _length_ms(state, steps) - table.tolerance_ms
    watched = state.spent_ms >= needed_ms
    due = state.spent_ms + state.unseen_ms >= needed_ms
    if to == Move.DUE:
        if not due:
            return None
        return Move.NEXT if watched or steps[state.step].kind != StepKind.WORK else Phase.AWAY
    if to == Move.BACK:
        lost = event.kind == Kind.RETURNED and event.page != state.page
        return Phase.AWAY if lost or (due and not watched) else _phase_of(state, steps, table)
    return to


def _phase_of(state: State, steps: Sequence[Step], table: Table) -> str:
    step = steps[state.step]
    eased = step.kind == StepKind.WORK and step.item is not None and state.items[step.item].eased > 0
    return Phase.EASED if eased else table.phase_of[step.kind]


def _told(state: State, event: Happened, target: str, steps: Sequence[Step], table: Table) -> State:
    """What the event itself says: easing, why a place is over, tenderness, signs, the reason."""
    if event.kind == Kind.BECAUSE:
        return structs.replace(state, reason=str(event.value))
    if event.kind == Kind.SIGN:
        signs = tuple(dict.fromkeys((*state.signs, str(event.value))))
        return structs.replace(state, signs=signs, signs_answered=True)
    if event.kind == Kind.SIGNS_NONE:
        return structs.replace(state, signs_answered=True)
    if event.kind == Kind.CONFIRM_NOT:
        return structs.replace(state, unseen_ms=0)
    if event.kind == Kind.RATED and isinstance(event.value, int):
        return _with_item(state, steps, after_nrs=event.value)
    if target == Move.OVER:
        return _with_item(state, steps, ended=table.ended[event.kind])
    if event.kind in table.eases:
        return _with_item(state, steps, eased=_item(state, steps).eased + 1)
    return state


def _item(state: State, steps: Sequence[Step]) -> Progress:
    at = steps[state.step].item
    return Progress() if at is None else state.items[at]


def _with_item(state: State, steps: Sequence[Step], **changed: int | str) -> State:
    """The state with something changed about the item of its step."""
    at = steps[state.step].item
    items = tuple(structs.replace(item, **changed) if i == at else item for i, item in enumerate(state.items))
    return structs.replace(state, items=items)


def _credited(state: State, event: Happened, steps: Sequence[Step]) -> State:
    """The step is left: what was done of it counts, once."""
    left = structs.replace(state, spent_ms=0, unseen_ms=0)
    if state.step < 0 or steps[state.step].kind != StepKind.WORK:
        return left
    item, done = _item(state, steps), event.kind in (Kind.ELAPSED, Kind.CONFIRM_DONE)
    by_word = event.kind == Kind.CONFIRM_DONE
    return _with_item(
        left,
        steps,
        observed_ms=item.observed_ms + state.spent_ms,
        by_word_ms=item.by_word_ms + (_length_ms(state, steps) - state.spent_ms if by_word else 0),
        sets_done=item.sets_done + done,
        sets_by_word=item.sets_by_word + by_word,
        sets_skipped=item.sets_skipped + (event.kind == Kind.SKIP),
    )


def _onward(state: State, event: Happened, steps: Sequence[Step], table: Table) -> State:
    """Into the next step that is open."""
    following = (at for at in range(state.step + 1, len(steps)) if _is_open(state, steps[at]))
    at = next(following, len(steps))
    if at == len(steps):
        return structs.replace(state, step=at, phase=Phase.DONE.value)
    entered = structs.replace(state, step=at)
    return _in_phase(entered, _phase_of(entered, steps, table), event, table)


def _is_open(state: State, step: Step) -> bool:
    """Tenderness is asked of places that were worked on; all else of an item that is not over."""
    if step.item is None:
        return True
    item = state.items[step.item]
    return item.worked if step.kind == StepKind.AFTER else item.ended is None


def _in_phase(state: State, phase: str, event: Happened, table: Table) -> State:
    return structs.replace(
        state,
        phase=str(phase),
        since_ms=event.uptime_ms if phase in table.running else None,
        hidden_ms=event.uptime_ms if phase == Phase.HIDDEN else None,
    )
