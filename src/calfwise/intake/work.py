"""One recording's bytes -> what the calves took, and its fate: the work that a decoder process does."""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from msgspec import Struct

from calfwise.errors import UnreadableFile
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.load.steps import Steps
from calfwise.model.run import OtherActivity, Run
from calfwise.model.runner import Runner, Shoe
from calfwise.readers import Fate, Outcome, read_bytes
from calfwise.readers.reading import fate_of

LONGEST_S = 10
"""A recording that takes longer to decode is hostile or broken: an hour takes a few milliseconds. [s]"""
MOST_MEMORY = 200 * 2**20
"""For a recording's bytes and all that is made of them; with Python and NumPy it stays below 256 MiB. [bytes]"""


Also = Callable[[Run, Steps], None]


class Whose(Struct, frozen=True):
    """The facts that a load depends on beside the recording."""

    runner: Runner = Runner()
    shoes: tuple[Shoe, ...] = ()


TOOK_ITS_DECODER_DOWN = "one that took its decoder down"


class Decoded(Struct, frozen=True):
    """What one recording gave."""

    outcome: Outcome
    why: str
    loads: tuple[RunLoad, ...] = ()
    others: tuple[OtherActivity, ...] = ()
    error: tuple[str, str, str] | None = None
    """Of an unreadable file: wanted, came, where."""

    @property
    def is_its_own(self) -> bool:
        """Whether the bytes alone gave this: a decoder that fell may have been short of memory that day."""
        return self.error is None or self.error[1] != TOOK_ITS_DECODER_DOWN

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


def decoded(data: bytes, *, file: str, whose: Whose, also: Also = lambda run, steps: None) -> Decoded:
    """A recording's loads, or why it has none; no error comes out, and nothing takes longer than ten seconds.

    `also` sees every run and its samples as the model reads them, within the same limits.
    """
    try:
        with _at_most(LONGEST_S, file), _within(MOST_MEMORY - len(data)):
            recording = read_bytes(data, file=file)
            loads = tuple(_loaded(run, whose, also) for run in recording.runs)
    except UnreadableFile as error:
        return unreadable(error)
    except MemoryError:
        came = "one that needs more memory than a recording may"
        return unreadable(UnreadableFile(file, wanted="a recording", came=came, where="the whole file"))
    fate = fate_of(file, recording)
    return Decoded(fate.outcome, fate.why, loads, recording.others)


def _loaded(run: Run, whose: Whose, also: Also) -> RunLoad:
    steps = Steps(run, whose.runner)
    also(run, steps)
    return run_load(run, whose.runner, whose.shoes, steps=steps)


@contextmanager
def _at_most(seconds: int, file: str) -> Iterator[None]:
    """Raise `UnreadableFile` when time is up; where there is no alarm (Windows, threads) there is no limit."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise UnreadableFile(
            file, wanted="a recording", came=f"one that takes over {seconds} s", where="the whole file"
        )

    try:
        before = signal.signal(signal.SIGPROF, ring)
    except (AttributeError, ValueError):
        yield
        return
    # The processor's time, not the clock's: a busy machine makes no recording hostile.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _within(more: int) -> Iterator[None]:
    """Let the process take so much more memory and no more; where that cannot be told there is no limit.

    A recording that wants more gets a MemoryError, and the process lives on.
    """
    taken = _taken()
    if taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = taken + more
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _taken() -> int | None:
    """The process's own memory, as Linux counts it for its limit. [bytes]"""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - ten times as fast, once a recording
            return int(statm.read().split()[5]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return None
