"""One recording's bytes -> what the calves took, and its fate: the work that a decoder process does."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from msgspec import Struct

from calfwise.errors import UnreadableFile
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.run import OtherActivity
from calfwise.model.runner import Runner, Shoe
from calfwise.readers import Fate, Outcome, read_bytes
from calfwise.readers.reading import fate_of

LONGEST_S = 10
"""A recording that takes longer to decode is hostile or broken: an hour takes a few milliseconds. [s]"""


class Whose(Struct, frozen=True):
    """The facts that a load depends on beside the recording."""

    runner: Runner = Runner()
    shoes: tuple[Shoe, ...] = ()


class Decoded(Struct, frozen=True):
    """What one recording gave."""

    outcome: Outcome
    why: str
    loads: tuple[RunLoad, ...] = ()
    others: tuple[OtherActivity, ...] = ()
    error: tuple[str, str, str] | None = None
    """Of an unreadable file: wanted, came, where."""

    def fate(self, file: str) -> Fate:
        """The file's fate, under the name it has here."""
        error = None
        if self.error is not None:
            wanted, came, where = self.error
            error = UnreadableFile(file, wanted=wanted, came=came, where=where)
        return Fate(file, self.outcome, self.why, len(self.loads), error)


def unreadable(error: UnreadableFile) -> Decoded:
    """What an unreadable file gives."""
    why = f"wanted {error.wanted}, got {error.came}"
    return Decoded(Outcome.UNREADABLE, why, error=(error.wanted, error.came, error.where))


def decoded(data: bytes, *, file: str, whose: Whose) -> Decoded:
    """A recording's loads, or why it has none; no error comes out, and nothing takes longer than ten seconds."""
    try:
        with _at_most(LONGEST_S, file):
            recording = read_bytes(data, file=file)
            loads = tuple(run_load(run, whose.runner, whose.shoes) for run in recording.runs)
    except UnreadableFile as error:
        return unreadable(error)
    except MemoryError:
        came = "one that needs more memory than a recording may"
        return unreadable(UnreadableFile(file, wanted="a recording", came=came, where="the whole file"))
    fate = fate_of(file, recording)
    return Decoded(fate.outcome, fate.why, loads, recording.others)


@contextmanager
def _at_most(seconds: int, file: str) -> Iterator[None]:
    """Raise `UnreadableFile` when time is up; where there is no alarm (Windows, threads) there is no limit."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise UnreadableFile(
            file, wanted="a recording", came=f"one that takes over {seconds} s", where="the whole file"
        )

    try:
        before = signal.signal(signal.SIGALRM, ring)
    except (AttributeError, ValueError):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
