"""Many recordings -> RunLoads, one file at a time, so that ten years fit in little memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.run import OtherActivity
from calfwise.model.runner import Runner, Shoe
from calfwise.readers import Fate, recordings, with_duplicates
from calfwise.readers.duplicates import twins


@dataclass(frozen=True, slots=True)
class Intake:
    """What the calves took in every run, and every file's fate."""

    loads: tuple[RunLoad, ...]
    """In order of time, each run once."""
    others: tuple[OtherActivity, ...]
    fates: tuple[Fate, ...]


def take_in(
    files: Iterable[Path],
    *,
    runner: Runner,
    shoes: tuple[Shoe, ...] = (),
    told: Callable[[Fate], None] = lambda fate: None,
) -> Intake:
    """Read files and keep what the calves took; columns are let go file by file.

    Parameters
    ----------
    files
        Recordings, and what lies beside them.
    runner, shoes
        Whose they are.
    told
        Called with each file's fate as it is known, for progress.

    Returns
    -------
    Intake
        Of two recordings of one run the one with the better grade.
    """
    fates: list[Fate] = []
    loads: list[RunLoad] = []
    others: list[OtherActivity] = []
    for fate, recording in recordings(files):
        loads += [run_load(run, runner, shoes) for run in recording.runs]
        others += recording.others
        fates.append(fate)
        told(fate)
    kept, dropped = twins(loads, richness=_richness)
    return Intake(
        loads=tuple(kept),
        others=tuple(sorted(others, key=lambda other: other.start)),
        fates=tuple(with_duplicates(fates, dropped)),
    )


def _richness(load: RunLoad) -> tuple[int, float]:
    """The better grade first, then the longer running."""
    return -ord(load.grade), load.running_s
