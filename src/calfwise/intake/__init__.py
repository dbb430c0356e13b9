"""Many recordings -> RunLoads: decoded side by side, remembered by their bytes, every file's fate told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from calfwise.errors import UnreadableFile
from calfwise.intake.cache import Cache, content_key
from calfwise.intake.pool import Done, Job, decode_all
from calfwise.intake.work import Decoded, Whose, unreadable
from calfwise.model.load.dose import RunLoad
from calfwise.model.run import OtherActivity
from calfwise.model.runner import Runner, Shoe
from calfwise.readers import BESIDE_RECORDINGS, Fate, Outcome, bytes_of, with_duplicates
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
    cache: Cache | None = None,
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
    cache
        What the same bytes gave before; new results are added and saved.

    Returns
    -------
    Intake
        Of two recordings of one run the one with the better grade.
    """
    fates: list[Fate] = []
    loads: list[RunLoad] = []
    others: list[OtherActivity] = []
    for file, given in _given(list(files), Whose(runner, shoes), cache):
        loads += [structs.replace(load, file=file) for load in given.loads]
        others += given.others
        fates.append(given.fate(file))
        told(fates[-1])
    if cache is not None:
        cache.save()
    kept, dropped = twins(loads, richness=_richness)
    return Intake(
        loads=tuple(kept),
        others=tuple(sorted(others, key=lambda other: other.start)),
        fates=tuple(with_duplicates(fates, dropped)),
    )


def _given(files: list[Path], whose: Whose, cache: Cache | None) -> Iterator[Done]:
    """What each file gave: at once where the cache knows its bytes, from the decoders else; skipped ones first."""
    keys: dict[str, str] = {}
    ready: list[Done] = []

    def unknown() -> Iterator[Job]:
        for file in files:
            data = _bytes_or_done(file, ready)
            if data is None:
                continue
            if cache is not None:
                key = content_key(data)
                known = cache.get(key)
                if known is not None:
                    ready.append(Done(str(file), known))
                    continue
                keys[str(file)] = key
            yield str(file), data

    for done in decode_all(unknown(), whose=whose, count=len(files)):
        yield from ready
        ready.clear()
        if cache is not None:
            cache.put(keys.pop(done.file), done.given)
        yield done
    yield from ready


def _bytes_or_done(file: Path, ready: list[Done]) -> bytes | None:
    """A file's bytes; or, for what is no recording or cannot be read, its end at once."""
    if file.suffix.lower() in BESIDE_RECORDINGS:
        ready.append(Done(str(file), Decoded(Outcome.SKIPPED, "not a recording")))
        return None
    try:
        return bytes_of(file)
    except UnreadableFile as error:
        ready.append(Done(str(file), unreadable(error)))
        return None


def _richness(load: RunLoad) -> tuple[int, float]:
    """The better grade first, then the longer running."""
    return -ord(load.grade), load.running_s
