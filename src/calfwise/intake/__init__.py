"""Many recordings -> RunLoads: decoded side by side, remembered by their bytes, every file's fate told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from calfwise.errors import UnreadableFile
from calfwise.intake.cache import Cache, content_key
from calfwise.intake.pool import Job, decode_all
from calfwise.intake.work import Decoded, Whose, decoded, unreadable
from calfwise.model.load.dose import RunLoad, run_load
from calfwise.model.run import OtherActivity, Run
from calfwise.model.runner import Runner, Shoe
from calfwise.readers import Fate, Health, Outcome, Settled, Tables, Whole, opened, with_duplicates
from calfwise.readers.archive.names import INSIDE
from calfwise.readers.duplicates import twins
from calfwise.readers.reading import unreadable_fate


@dataclass(frozen=True, slots=True)
class Intake:
    """What the calves took in every run, and every file's fate."""

    loads: tuple[RunLoad, ...]
    """In order of time, each run once."""
    others: tuple[OtherActivity, ...]
    fates: tuple[Fate, ...]


def take_in(
    paths: Iterable[str | Path],
    *,
    runner: Runner,
    shoes: tuple[Shoe, ...] = (),
    told: Callable[[Fate], None] = lambda fate: None,
    cache: Cache | None = None,
    wanted: Callable[[str], bool] = lambda name: True,
) -> Intake:
    """Read files, folders and archives, and keep what the calves took; columns are let go recording by recording.

    Parameters
    ----------
    paths
        Recordings, archives and folders of them, and what lies beside.
    runner, shoes
        Whose they are.
    told
        Called with each file's fate as it is known, for progress.
    cache
        What the same bytes gave before; new results are added and saved.
    wanted
        Which names to open.

    Returns
    -------
    Intake
        Of two recordings of one run the one with the better grade.
    """
    fates: list[Fate] = []
    loads: list[RunLoad] = []
    others: list[OtherActivity] = []
    desk = _Desk(Whose(runner, shoes), cache, wanted)
    for fate, given in desk.given(paths):
        loads += given.loads
        others += given.others
        fates.append(fate)
        told(fate)
    if cache is not None:
        cache.save()
    words = desk.tables.garmin()
    named = [load if load.told else structs.replace(load, told=words(load.file, load.start)) for load in loads]
    kept, dropped = twins(named, richness=richness)
    return Intake(
        loads=tuple(kept),
        others=tuple(sorted(others, key=lambda other: other.start)),
        fates=tuple(with_duplicates(fates, dropped)),
    )


class _Desk:
    """Sorts what is opened: known by its bytes, settled at once, or for the decoders."""

    def __init__(self, whose: Whose, cache: Cache | None, wanted: Callable[[str], bool]) -> None:
        self.tables = Tables()
        self._whose = whose
        self._cache = cache
        self._wanted = wanted
        self._ready: list[tuple[Fate, Decoded]] = []
        self._sent: dict[str, tuple[Whole, str]] = {}

    def given(self, paths: Iterable[str | Path]) -> Iterator[tuple[Fate, Decoded]]:
        """Every file's fate and what it gave; what needs no decoder may come before what stands before it."""
        for done in decode_all(self._jobs(paths), whose=self._whose):
            yield from self._ready
            self._ready.clear()
            whole, key = self._sent.pop(done.file)
            if self._cache is not None and done.given.is_its_own:
                self._cache.put(key, done.given)
            yield _named(whole, done.given)
        yield from self._ready

    def _jobs(self, paths: Iterable[str | Path]) -> Iterator[Job]:
        known_as = self._cache.key_of if self._cache is not None else None
        for found in opened(paths, self.tables, wanted=self._wanted, known_as=known_as):
            if isinstance(found, Settled):
                self._ready.append((found.fate, self._typed(found)))
            elif isinstance(found, Health):
                self._ready.append(self._health(found))
            else:
                key = self._key(found)
                known = self._cache.get(key) if self._cache is not None else None
                if known is not None:
                    self._ready.append(_named(found, known))
                elif found.name in self._sent:
                    self._ready.append(_named(found, decoded(found.data, file=found.name, whose=self._whose)))
                else:
                    self._sent[found.name] = _without_data(found), key
                    yield found.name, found.data

    def _key(self, found: Whole) -> str:
        """That of its bytes; those of an archive have no file of their own, and damaged ones are looked at again."""
        if found.known_as or self._cache is None:
            return found.known_as
        own_file = not found.salvaged and INSIDE not in found.name
        return self._cache.read(found.data) if own_file else content_key(found.data)

    def _typed(self, found: Settled) -> Decoded:
        """Runs that were typed into a table: distance and time are all they have."""
        loads = tuple(self._load(run) for run in found.recording.runs)
        return Decoded(found.fate.outcome, found.fate.why, loads, found.recording.others)

    def _load(self, run: Run) -> RunLoad:
        return run_load(run, self._whose.runner, self._whose.shoes)

    def _health(self, found: Health) -> tuple[Fate, Decoded]:
        """An Apple Health export, workout by workout, each one's samples let go before the next."""
        loads: list[RunLoad] = []
        others: list[OtherActivity] = []
        said: list[str] = []
        try:
            for recording in found.recordings():
                loads += [self._load(run) for run in recording.runs]
                others += recording.others
                said += recording.salvaged
        except UnreadableFile as error:
            return unreadable_fate(found.name, error), unreadable(error)
        outcome = Outcome.SALVAGED if said else Outcome.READ if loads else Outcome.NO_RUN
        given = Decoded(outcome, "; ".join(said), tuple(loads), tuple(others))
        return given.fate(found.name), given


def _without_data(whole: Whole) -> Whole:
    """All but the bytes, which are on their way to a decoder."""
    return replace(whole, data=b"")


def _named(whole: Whole, given: Decoded) -> tuple[Fate, Decoded]:
    """What a recording gave, under the name it has here and with its archive's words."""
    loads = tuple(structs.replace(load, file=whole.name, told=whole.told) for load in given.loads)
    given = structs.replace(given, loads=loads)
    if whole.salvaged:
        why = "; ".join(words for words in (whole.salvaged, given.why) if words)
        given = structs.replace(given, outcome=Outcome.SALVAGED if given.loads else given.outcome, why=why)
    return given.fate(whole.name), given


def richness(load: RunLoad) -> tuple[int, float]:
    """How much a load tells: the better grade first, then the longer running."""
    return -ord(load.grade), load.running_s
