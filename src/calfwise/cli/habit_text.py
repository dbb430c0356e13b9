"""Heel raises of a quiet day as one reads them beside a wall."""

from calfwise.cli.page import gap, keys, say
from calfwise.library import player
from calfwise.model.session import Practice, PracticeItem


def show_habit(habit: Practice) -> None:
    """What, how often, how, and why."""
    protocols = player().protocols
    gap()
    say(f"A quiet day is a good one for heel raises: level {habit.level}.", bold=True)
    for item in habit.items:
        protocol = protocols[item.protocol]
        say(f"{protocol.title}{f', {item.side} leg' if item.side else ''}: {_dose(item)}", indent=2)
        for step in protocol.steps if item.side in (None, habit.items[0].side) else ():
            say(step, indent=4, first="– ")
    say(f"Why: {habit.reason} No calf exercise is better supported than strengthening.{keys(habit.sources)}", dim=True)
    say("When you are done: calfwise done.")


def _dose(item: PracticeItem) -> str:
    """Sets, times, tempo and rest."""
    up_s, _, down_s = item.tempo_s or (0, 0, 0)
    return f"{item.sets} × {item.counts[0]}, {up_s} s up and {down_s} s down, {item.rest_s} s rest"
