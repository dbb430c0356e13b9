"""What was done of a routine, in words."""

from calfwise import library
from calfwise.model.journal import PracticeDone
from calfwise.model.session import ExerciseDone
from calfwise_web.player.words import time_said, times_said


def routine_said(routine: str) -> str:
    """A routine's name.

    >>> routine_said("heel-raises"), routine_said("drills")
    ('Heel raises', 'Running drills')
    """
    found = library.player().routines.get(routine)
    return found.title if found else "Heel raises"


def what_said(one: PracticeDone) -> str:
    """What was done of it: "Level 2, eased on the way. Heel raises, knees straight: 10, 10, 8"."""
    found = library.player().routines.get(one.routine)
    level = [f"level {one.level}"] if found is None or len(found.levels) > 1 else []
    head = ", ".join([*level, *["eased on the way"] * one.eased])
    said = ". ".join(filter(None, (head, *(exercise_said(each) for each in one.done))))
    return f"{said[:1].upper()}{said[1:]}"


def exercise_said(done: ExerciseDone) -> str:
    """One exercise and its sets."""
    protocol = library.player().protocols.get(done.protocol)
    title = protocol.title if protocol else done.protocol
    leg = f", {done.side}" if done.side else ""
    one = str if protocol is None or protocol.tempo_s else time_said
    if len(set(done.counts)) > 1:
        sets = ", ".join(one(count) for count in done.counts)
    elif len(done.counts) > 1:
        sets = f"{len(done.counts)} × {one(done.counts[0])}"
    else:
        sets = times_said(done.counts[0]) if one is str else one(done.counts[0])
    return f"{title}{leg}: {sets}"


def felt_said(felt_nrs: int | None) -> str:
    return "" if felt_nrs is None else f"felt {felt_nrs} of 10"
