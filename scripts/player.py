"""Write what is made from the player's table: docs/player.md's picture, and test vectors for the page's own player.

`--check` only compares.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.model.care import players  # noqa: E402

from calfwise.model.care.player import ALWAYS, LIVE, TABLE_VERSION, TRANSITIONS, Move  # noqa: E402
from calfwise.model.care.player_events import Happened  # noqa: E402
from calfwise.model.care.player_state import Marked, State, after, new_state  # noqa: E402
from calfwise.model.care.player_steps import Step, steps_of  # noqa: E402

DOC = ROOT / "docs/player.md"
VECTORS = ROOT / "tests/model/care/player_vectors.json"
BEGIN, END = "<!-- drawn from the code by scripts/player.py -->\n", "<!-- end of what is drawn -->\n"
RANDOM_RUNS = 20
NOTES: dict[str, str] = {Move.OVER: " (place over)", Move.DUE: " (or away)"}
"""Moves that are drawn as NEXT."""
LEADS_ON = {
    Move.NEXT: ("ask", "ready", "work", "eased", "rest", "rate", "signs", "done"),
    Move.BACK: ("ready", "work", "eased", "rest", "away"),
}


def mermaid() -> str:
    """The table as a picture: what every live phase shares, and what changes nothing, is left to the text below it."""
    lines = ["```mermaid", "stateDiagram-v2", "    direction LR"]
    lines += [f"    state {move} <<choice>>" for move in LEADS_ON]
    lines.append("    [*] --> new")
    for phase, row in TRANSITIONS.items():
        arrows: dict[str, list[str]] = {}
        for kind, to in row.items():
            if to is not phase and not (phase in LIVE and ALWAYS.get(kind) is to):
                arrows.setdefault(to, []).append(kind)
        lines += [
            f"    {phase} --> {_drawn(to)} : {' · '.join(kinds)}{NOTES.get(to, '')}" for to, kinds in arrows.items()
        ]
        lines += [] if row else [f"    {phase} --> [*]"]
    lines += [f"    {move} --> {phase}" for move, phases in LEADS_ON.items() for phase in phases]
    return "\n".join([*lines, "```"]) + "\n"


def _drawn(to: str) -> str:
    return Move.NEXT if to in NOTES else to


def table_text() -> str:
    """Every row, in words."""
    lines = [f"Version {TABLE_VERSION}.", "", "| phase | event → where it leads |", "|---|---|"]
    for phase, row in TRANSITIONS.items():
        leads: dict[str, list[str]] = {}
        for kind, to in row.items():
            leads.setdefault(to.value.upper() if isinstance(to, Move) else to.value, []).append(kind.value)
        told = " · ".join(f"{', '.join(kinds)} → **{to}**" for to, kinds in leads.items())
        lines.append(f"| {phase} | {told or 'nothing more is applied'} |")
    return "\n".join(lines) + "\n"


def doc() -> str:
    """docs/player.md with its drawn part as the code has it."""
    text = DOC.read_text("utf-8")
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{mermaid()}\n{table_text()}\n{END}{tail}"


def vectors() -> str:
    """Runs with the state after each event, one event a line: only what changed in it, or why it was marked."""
    steps = {name: steps_of(session, content=players.PLAYER) for name, session in players.SESSIONS.items()}
    random = Random(20_261_122)
    runs = [*players.scripts()]
    for number in range(RANDOM_RUNS):
        name = random.choice(["usual", "search", "search", "short", "short", "habit"])
        game = players.at_random(random, players.SESSIONS[name], most=30)
        runs.append((f"random {number + 1}", name, game.events))
    lines = [
        '{"about": "Made by scripts/player.py: do not edit.",',
        '"table": ' + _json(players.TABLE) + ",",
        '"steps": {',
    ]
    lines.append(",\n".join(f'"{name}": [\n{_lines(made)}\n]' for name, made in steps.items()))
    lines += ['},\n"new": {']
    lines.append(",\n".join(f'"{name}": {_json(new_state(made))}' for name, made in steps.items()))
    lines += ['},\n"runs": [']
    lines.append(",\n".join(_run(name, session, events, steps[session]) for name, session, events in runs))
    return "\n".join([*lines, "]}"]) + "\n"


def _run(name: str, session: str, events: Iterable[Happened], steps: Sequence[Step]) -> str:
    state, told = new_state(steps), []
    for event in events:
        then = after(state, event, steps=steps, table=players.TABLE)
        outcome: dict[str, Any] = (
            {"marked": then.why} if isinstance(then, Marked) else {"changed": _changed(state, then)}
        )
        told.append({"event": msgspec.to_builtins(event), **outcome})
        state = state if isinstance(then, Marked) else then
    return f'{{"name": "{name}", "session": "{session}", "told": [\n{_lines(told)}\n]}}'


def _changed(before: State, then: State) -> Mapping[str, Any]:
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(then)
    return {field: value for field, value in new.items() if value != old[field]}


def _lines(things: Iterable[object]) -> str:
    return ",\n".join(_json(thing) for thing in things)


def _json(thing: object) -> str:
    return msgspec.json.encode(thing).decode()


def main() -> None:
    made = {DOC: doc(), VECTORS: vectors()}
    for path, text in made.items():
        if "--check" not in sys.argv[1:]:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            sys.exit(f"{path.relative_to(ROOT)} differs from the player's table: run scripts/player.py")


if __name__ == "__main__":
    main()
