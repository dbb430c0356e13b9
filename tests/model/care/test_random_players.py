"""Random runs: no step lost or doubled, caps hold, stop always stops, and arrival and clocks change nothing."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

import msgspec
from msgspec import structs

from calfwise.model.care.player import FINAL, LIVE, RUNNING, Phase
from calfwise.model.care.player_events import Happened
from calfwise.model.care.player_replay import Played, replay
from calfwise.model.care.player_state import Marked, State, after, new_state
from calfwise.model.care.player_steps import Step, StepKind
from calfwise.model.run import BOTH_SIDES
from calfwise.model.session import PracticeItem, Session

from . import in_the_suite
from .players import PLAYER, SESSIONS, TABLE, at_random
from .test_random_plans import asked

ROOT = Path(__file__).resolve().parents[3]
CAP_MS = PLAYER.care.caps.pressure_per_calf_s * 1000


def some_session(random: Random) -> Session:
    """Of the planner's, or one of ours."""
    plan = asked(random).plan() if random.random() < 0.2 else None
    return plan.session if plan and plan.session else random.choice(list(SESSIONS.values()))


@in_the_suite(2_000)
def test_random_runs_lose_no_step_keep_the_caps_and_stop_when_told(count):
    random = Random(20_261_122)
    seen: dict[str, int] = dict.fromkeys(set(Phase) - {Phase.NEW}, 0)
    for _ in range(count):
        game = at_random(random, some_session(random))
        played = replay(game.session, game.events, content=PLAYER)
        for state in walked(played, random):
            seen[state.phase] += 1
        nothing_is_lost(played, game.events)
        arrival_changes_nothing(played, game.events, random)
        clocks_change_nothing(played, game.events, random)
    assert min(seen.values()) > count / 50, seen
    assert seen[Phase.DONE] > count / 10, seen


def walked(played: Played, random: Random) -> list[State]:
    """Every state of a run, each step of the way checked; played on from any of them it ends the same."""
    log = [logged for logged in played.log if logged.why not in ("gap", "doubled")]
    state, states, watched_ms = new_state(played.steps), [], dict.fromkeys(range(len(played.steps)), 0)
    before: Happened | None = None
    for logged in log:
        then = after(state, logged.event, steps=played.steps, table=TABLE)
        if isinstance(then, Marked):
            assert then.why == logged.why
            continue
        assert logged.why is None
        assert state.phase not in FINAL
        if before and state.phase in RUNNING and before.page == logged.event.page:
            watched_ms[state.step] += max(0, logged.event.uptime_ms - before.uptime_ms)
        one_event_is_sound(played, state, then, logged.event)
        state, before = then, logged.event
        states.append(state)
        stop_stops(state, played.steps, random)
    assert state == played.state
    nothing_counts_that_nobody_watched(played, watched_ms)
    return states


def one_event_is_sound(played: Played, state: State, then: State, event: Happened) -> None:
    """Forward only; one set at most, of the step that is left; watched throughout, or by the runner's word."""
    assert then.step >= state.step
    left = played.steps[state.step] if state.step >= 0 else None
    for at, (old, new) in enumerate(zip(state.items, then.items, strict=True)):
        more = new.sets_done - old.sets_done
        if more or new.sets_skipped > old.sets_skipped:
            assert left is not None
            assert (left.item, left.kind) == (at, StepKind.WORK)
            assert then.step > state.step
        assert more in (0, 1)
        if more and event.kind == "elapsed":
            assert new.observed_ms - old.observed_ms >= left.seconds * 1000 - 500
        if more and event.kind != "elapsed":
            assert event.kind == "confirm-done"
            assert new.sets_by_word == old.sets_by_word + 1
        assert old.ended is None or new.ended == old.ended
        assert new.eased >= old.eased


def nothing_counts_that_nobody_watched(played: Played, watched_ms: dict[int, int]) -> None:
    for at, item in enumerate(played.state.items):
        own = [i for i, step in enumerate(played.steps) if (step.item, step.kind) == (at, StepKind.WORK)]
        assert item.observed_ms <= sum(watched_ms[i] for i in own)


def stop_stops(state: State, steps: tuple[Step, ...], random: Random) -> None:
    if state.phase not in LIVE:
        return
    stop = Happened(
        device=state.device, sequence=state.sequence + 1, page=random.choice((state.page, "p99")),
        uptime_ms=random.randint(0, 10**7), at=BEGUN, kind="stop", step=random.choice(("", "1.1.work")),
    )  # fmt: skip
    stopped = after(state, stop, steps=steps, table=TABLE)
    assert isinstance(stopped, State)
    assert stopped.phase == Phase.WHY
    for kind in ("resume", "begin", "elapsed", "confirm-done", "found", "returned", "take-over"):
        on = structs.replace(stop, sequence=stop.sequence + 1, kind=kind, step=steps[state.step].id)
        then = after(stopped, on, steps=steps, table=TABLE)
        assert isinstance(then, Marked) or then.phase == Phase.WHY


def nothing_is_lost(played: Played, events: list[Happened]) -> None:
    """Each event is in the log once; each calf within its cap; each set of a finished session accounted for."""
    assert sorted(map(key, events)) == sorted(key(logged.event) for logged in played.log)
    session, items = played.session, played.state.items
    for planned, item in zip(session.items, items, strict=True):
        assert item.sets_done + item.sets_skipped <= planned.sets
        planned_s = sum(planned.set_seconds) if isinstance(planned, PracticeItem) else planned.pressure_s
        assert item.observed_ms + item.by_word_ms <= planned_s * 1000
        if played.phase is Phase.DONE:
            assert item.ended or item.sets_done + item.sets_skipped == planned.sets
    if isinstance(session, Session):
        for side in BOTH_SIDES:
            own = [i for i, item in enumerate(session.items) if item.side is side]
            assert sum(items[i].observed_ms + items[i].by_word_ms for i in own) <= CAP_MS
        assert (played.done_event(at=BEGUN) is not None) == (played.is_over and played.was_begun)


def arrival_changes_nothing(played: Played, events: list[Happened], random: Random) -> None:
    arrived = [*events, *random.choices(events, k=5)]
    random.shuffle(arrived)
    again = replay(played.session, arrived, content=PLAYER)
    assert (again.state, again.log) == (played.state, played.log)


def clocks_change_nothing(played: Played, events: list[Happened], random: Random) -> None:
    """Who began first, and of equals who took over first, is all that the clock decides."""
    jumped = [
        event
        if event.kind in ("begin", "take-over")
        else structs.replace(event, at=event.at + timedelta(seconds=random.randint(-(10**8), 10**8)))
        for event in events
    ]
    assert replay(played.session, jumped, content=PLAYER).state == played.state


def key(event: Happened) -> bytes:
    return msgspec.json.encode(event)


BEGUN = at_random(Random(1), SESSIONS["short"]).events[0].at


def test_the_picture_and_the_vectors_are_those_of_the_table():
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts/player.py", "--check"], capture_output=True, text=True, cwd=ROOT
    )
    assert checked.returncode == 0, checked.stderr


def test_the_vectors_show_every_transition_of_the_table():
    """So that the page's own player is held to each of them."""
    vectors = msgspec.json.decode((Path(__file__).parent / "player_vectors.json").read_bytes())
    shown = set()
    for run in vectors["runs"]:
        phase = "new"
        for told in run["told"]:
            if "changed" in told:
                shown.add((phase, told["event"]["kind"]))
                phase = told["changed"].get("phase", phase)
    assert {(phase, kind) for phase, row in TABLE.transitions.items() for kind in row} - shown == set()
