"""Every file's fate."""

from dataclasses import dataclass
from enum import StrEnum

from calfwise.errors import UnreadableFile
from calfwise.model.run import OtherActivity, Run
from calfwise.readers.recording import Recording


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    SALVAGED = "salvaged"
    """Damaged; what precedes the damage is kept."""
    NO_RUN = "no run"
    """Whole, but nobody ran in it."""
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    """Not a recording, and does not look like one."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one file, and why, in words."""

    file: str
    outcome: Outcome
    why: str = ""
    runs: int = 0
    error: UnreadableFile | None = None
    """Of an unreadable file, for whoever asked for just this one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Many files, read."""

    runs: tuple[Run, ...]
    others: tuple[OtherActivity, ...]
    fates: tuple[Fate, ...]

    def of(self, outcome: Outcome) -> tuple[Fate, ...]:
        """The files with this outcome."""
        return tuple(fate for fate in self.fates if fate.outcome is outcome)

    @property
    def salvaged(self) -> tuple[Fate, ...]:
        return self.of(Outcome.SALVAGED)

    @property
    def skipped(self) -> tuple[Fate, ...]:
        return (*self.of(Outcome.SKIPPED), *self.of(Outcome.NO_RUN))

    @property
    def duplicates(self) -> tuple[Fate, ...]:
        return self.of(Outcome.DUPLICATE)

    @property
    def unreadable(self) -> tuple[Fate, ...]:
        return self.of(Outcome.UNREADABLE)


def fate_of(file: str, recording: Recording) -> Fate:
    """The fate of a file that could be read, as far as it alone tells."""
    runs = len(recording.runs)
    if recording.salvaged:
        return Fate(file, Outcome.SALVAGED, "; ".join(recording.salvaged), runs)
    if not runs:
        sports = ", ".join(dict.fromkeys(other.sport for other in recording.others))
        return Fate(file, Outcome.NO_RUN, sports or "; ".join(recording.remarks) or "nobody ran in it")
    return Fate(file, Outcome.READ, "; ".join(recording.remarks), runs)


def unreadable_fate(file: str, error: UnreadableFile) -> Fate:
    """The fate of a file that cannot be read."""
    return Fate(file, Outcome.UNREADABLE, f"wanted {error.wanted}, got {error.came}", error=error)
