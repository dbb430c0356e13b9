"""Which lines of the readers a file reaches; files that reach new ones are kept, and spoiled further."""

import random
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import calfwise.readers
from calfwise.errors import UnreadableFile
from tests.readers.fuzz.corpus import corpus
from tests.readers.fuzz.holds import survives
from tests.readers.fuzz.mutators import mutant

READERS = calfwise.readers.__path__[0]
LARGEST = 20_000
"""Tracing is slow, and a small file has all the oddities of a large one."""
Line = tuple[object, int]
Step = tuple[object, int, int]
"""From one line of a function to the next."""


class Reached:
    """The steps from line to line that the readers take while it is on."""

    def __init__(self) -> None:
        self.steps: set[Step] = set()

    def __enter__(self) -> "Reached":
        self._before = sys.gettrace()
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _call(self, frame: FrameType, event: str, _arg: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(READERS):
            return None
        last = 0

        def line(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal last
            if event != "return":
                now = -frame.f_lineno if event == "exception" else frame.f_lineno
                self.steps.add((code, last, now))
                last = now
            return line

        return line


def evolving(kind: str, rounds: int, *, seed: int = 0) -> Iterator[tuple[bytes, bool]]:
    """Files of a kind, each spoiled from one of those that reached new lines, and whether it did so itself."""
    chance = random.Random(f"guided {kind} {seed}")
    pool = [data for data in corpus(kind, real=True) if len(data) <= LARGEST]
    seen: set[Step] = set()
    for data in pool:
        seen |= reached(data, kind)
    for _ in range(rounds):
        data = mutant(pool, chance, binary=kind == "fit").data
        steps = reached(data, kind) if len(data) <= 2 * LARGEST else set()
        is_new = not steps <= seen
        if is_new and data:
            seen |= steps
            pool.append(data)
        yield data, is_new


def reached(data: bytes, kind: str) -> set[Step]:
    """Whatever the readers raise shows when the file is read again, without tracing."""
    found = Reached()
    try:
        with found:
            survives(data, kind=kind, location=True, patient=True)
    except (UnreadableFile, AssertionError, Warning):
        pass
    return found.steps
