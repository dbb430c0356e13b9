"""The guided session as a table: where one is, what happened, and where that leads. No clock, no I/O, no screen.

Two rules for this file. `TRANSITIONS` says everything about where an event leads; `player_state.after` only knows how
to walk it, and the page walks the same table (`table_json`) by the same rules, held to this by test vectors. And an
event that cannot happen changes nothing: it is marked with the reason, and kept.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
from msgspec import Struct

from calfwise.model.care.player_events import Kind
from calfwise.model.care.player_steps import StepKind
from calfwise.model.care.protocol import PlayerContent
from calfwise.model.journal import Said

TABLE_VERSION = "2026-11-1"


class Phase(StrEnum):
    """Where a session is."""

    NEW = "new"
    READY = "ready"
    WORK = "work"
    EASED = "eased"
    """At work on a place that was eased."""
    REST = "rest"
    PAUSED = "paused"
    HIDDEN = "hidden"
    """A timed step that nobody watches."""
    AWAY = "away"
    """Its time passed unwatched: was it done?"""
    ASK = "ask"
    """Is the proposed place tender?"""
    RATE = "rate"
    SIGNS = "signs"
    WHY = "why"
    """Stopped: why?"""
    STOPPED = "stopped"
    DONE = "done"
    DISCARDED = "discarded"


class Move(StrEnum):
    """Where an event leads when that depends on the steps or on time."""

    NEXT = "next"
    """The next step that is open, in the phase of its kind; after the last one DONE."""
    OVER = "over"
    """The place is over for today, then as NEXT."""
    DUE = "due"
    """Time up: NEXT, or AWAY where a set was not watched throughout. Not up: it cannot happen."""
    BACK = "back"
    """The step goes on; AWAY where its time passed unwatched, or on a new page."""


Row = dict[Kind, Phase | Move]

ALWAYS: Row = {Kind.STOP: Phase.WHY, Kind.DISCARD: Phase.DISCARDED, Kind.END: Phase.STOPPED}
"""In every live phase."""
TIMED: Row = {
    **ALWAYS,
    Kind.ELAPSED: Move.DUE,
    Kind.PAUSE: Phase.PAUSED,
    Kind.HIDDEN: Phase.HIDDEN,
    Kind.RETURNED: Move.BACK,
    Kind.TAKE_OVER: Phase.AWAY,
    Kind.TOO_MUCH: Move.OVER,
}


def _waits(phase: Phase) -> Row:
    """Nothing runs here, so it does not matter who watches."""
    return {Kind.HIDDEN: phase, Kind.RETURNED: phase, Kind.TAKE_OVER: phase}


TRANSITIONS: Mapping[Phase, Mapping[Kind, Phase | Move]] = {
    Phase.NEW: {Kind.BEGIN: Move.NEXT, Kind.DISCARD: Phase.DISCARDED},
    Phase.READY: {**TIMED, Kind.SKIP: Move.NEXT, Kind.LESS: Phase.READY, Kind.RIGHT: Phase.READY},
    Phase.WORK: {**TIMED, Kind.LESS: Phase.EASED, Kind.RISING: Phase.EASED, Kind.RIGHT: Phase.WORK},
    Phase.EASED: {**TIMED, Kind.LESS: Phase.EASED, Kind.RISING: Move.OVER, Kind.RIGHT: Phase.EASED},
    Phase.REST: {**TIMED, Kind.SKIP: Move.NEXT, Kind.LESS: Phase.REST, Kind.RIGHT: Phase.REST},
    Phase.PAUSED: {
        **ALWAYS,
        **_waits(Phase.PAUSED),
        Kind.RESUME: Move.BACK,
        Kind.LESS: Phase.PAUSED,
        Kind.TOO_MUCH: Move.OVER,
    },
    Phase.HIDDEN: {**ALWAYS, Kind.RETURNED: Move.BACK, Kind.PAUSE: Phase.PAUSED, Kind.TAKE_OVER: Phase.AWAY},
    Phase.AWAY: {
        **ALWAYS,
        **_waits(Phase.AWAY),
        Kind.CONFIRM_DONE: Move.NEXT,
        Kind.CONFIRM_NOT: Phase.PAUSED,
        Kind.SKIP: Move.NEXT,
        Kind.TOO_MUCH: Move.OVER,
    },
    Phase.ASK: {**ALWAYS, **_waits(Phase.ASK), Kind.FOUND: Move.NEXT, Kind.SKIP: Move.OVER},
    Phase.RATE: {**ALWAYS, **_waits(Phase.RATE), Kind.RATED: Move.NEXT, Kind.SKIP: Move.NEXT},
    Phase.SIGNS: {
        **ALWAYS,
        **_waits(Phase.SIGNS),
        Kind.SIGN: Phase.SIGNS,
        Kind.SIGNS_NONE: Move.NEXT,
        Kind.END: Move.NEXT,
    },
    Phase.WHY: {**_waits(Phase.WHY), Kind.BECAUSE: Phase.STOPPED, Kind.END: Phase.STOPPED},
    Phase.STOPPED: {},
    Phase.DONE: {},
    Phase.DISCARDED: {},
}

PHASE_OF: Mapping[StepKind, Phase] = {
    StepKind.FOUND: Phase.ASK,
    StepKind.READY: Phase.READY,
    StepKind.CHANGE: Phase.READY,
    StepKind.SWITCH: Phase.READY,
    StepKind.WORK: Phase.WORK,
    StepKind.REST: Phase.REST,
    StepKind.AFTER: Phase.RATE,
    StepKind.SIGNS: Phase.SIGNS,
}
"""WORK becomes EASED on a place that was eased."""
RUNNING = (Phase.READY, Phase.WORK, Phase.EASED, Phase.REST)
"""The step's time runs, and somebody watches."""
LIVE = tuple(phase for phase, row in TRANSITIONS.items() if Kind.STOP in row)
FINAL = tuple(phase for phase, row in TRANSITIONS.items() if not row)
EASES = (Kind.LESS, Kind.RISING)
ENDED: Mapping[Kind, str] = {Kind.TOO_MUCH: "too-much", Kind.RISING: "rising", Kind.SKIP: "not-found"}
"""Why a place was over early."""
ANY_PAGE = (Kind.BEGIN, Kind.RETURNED, Kind.TAKE_OVER, Kind.STOP, Kind.BECAUSE, Kind.DISCARD, Kind.END)
"""From whichever page of the device that leads; that page then leads."""
ANY_STEP = (*ANY_PAGE, Kind.HIDDEN)
"""Not bound to a step."""


class Table(Struct, frozen=True):
    """Everything `after` goes by, as the page gets it."""

    version: str
    transitions: dict[str, dict[str, str]]
    phase_of: dict[str, str]
    running: tuple[str, ...]
    live: tuple[str, ...]
    """From which one can stop. Into any other phase the step is left."""
    eases: tuple[str, ...]
    ended: dict[str, str]
    any_page: tuple[str, ...]
    any_step: tuple[str, ...]
    values: dict[str, tuple[int | str, ...]]
    """Kinds that need a value, and which they may have."""
    tolerance_ms: int


def table_of(content: PlayerContent) -> Table:
    """The table, with the answers that today's content knows."""
    questions = content.care.gate.questions
    signs = [id_ for id_, question in questions.items() if question.level is not None]
    legs = [f"{id_}:{leg}" for id_ in signs if questions[id_].sided for leg in (Said.LEFT, Said.RIGHT, Said.BOTH)]
    return Table(
        version=TABLE_VERSION,
        transitions={
            phase.value: {kind.value: to.value for kind, to in row.items()} for phase, row in TRANSITIONS.items()
        },
        phase_of={kind.value: phase.value for kind, phase in PHASE_OF.items()},
        running=tuple(RUNNING),
        live=LIVE,
        eases=tuple(EASES),
        ended={kind.value: why for kind, why in ENDED.items()},
        any_page=tuple(ANY_PAGE),
        any_step=tuple(ANY_STEP),
        values={
            Kind.RATED.value: tuple(range(11)),
            Kind.SIGN.value: (*signs, *legs),
            Kind.BECAUSE.value: tuple(content.rules.reasons),
        },
        tolerance_ms=content.rules.tolerance_ms,
    )


def table_json(content: PlayerContent) -> bytes:
    """The table with the player's rules and words, for the page."""
    return msgspec.json.encode({"table": table_of(content), "rules": content.rules})
