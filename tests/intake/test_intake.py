"""Ten years in at once: side by side, remembered by bytes, no file stops another."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from calfwise.intake import Intake, pool, take_in, work
from calfwise.intake.cache import Cache
from calfwise.intake.work import Decoded, Whose, decoded
from calfwise.model.runner import Runner, Shoe
from calfwise.readers import Outcome, files_of
from calfwise.sample import write_sample

RUNNER = Runner()
MANY = 30


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write_sample(folder, until=datetime(2026, 1, 1, tzinfo=UTC), runs=MANY)
    return folder


def loads_of(taken: Intake) -> list[tuple[str, int | None]]:
    return [(load.id, load.strikes) for load in taken.loads]


def test_side_by_side_gives_what_one_after_the_other_gives(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "processes", lambda: 2)
    together = take_in(files_of([many]), runner=RUNNER)
    monkeypatch.setattr(pool, "processes", lambda: 1)
    alone = take_in(files_of([many]), runner=RUNNER)
    assert loads_of(together) == loads_of(alone)
    assert [fate.file for fate in together.fates] == [fate.file for fate in alone.fates]
    assert len(together.loads) == MANY


def test_the_second_time_nothing_is_decoded(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = take_in(files_of([many]), runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path))

    def never(*_: object, **__: object) -> Decoded:
        raise AssertionError("decoded although its bytes are known")

    monkeypatch.setattr(pool, "decoded", never)
    monkeypatch.setattr(pool, "processes", lambda: 1)
    again = take_in(files_of([many]), runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path))
    assert again == first


def test_a_file_under_another_name_is_known_by_its_bytes(many: Path, tmp_path: Path) -> None:
    cache, place = tmp_path / "cache", tmp_path / "runs"
    place.mkdir()
    original = files_of([many])[0]
    take_in([original], runner=RUNNER, cache=Cache(Whose(RUNNER), cache))
    renamed = place / "holiday.fit"
    renamed.write_bytes(original.read_bytes())
    os.utime(renamed, (0, 0))
    assert take_in([renamed], runner=RUNNER, cache=Cache(Whose(RUNNER), cache)).loads[0].file == str(renamed)


def test_other_shoes_are_another_cache(many: Path, tmp_path: Path) -> None:
    file = files_of([many])[0]
    shoes = (Shoe(id="racer", name="Racer", since=date(2000, 1, 1)),)
    assert take_in([file], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path)).loads[0].shoe is None
    worn = take_in([file], runner=RUNNER, shoes=shoes, cache=Cache(Whose(RUNNER, shoes), tmp_path)).loads[0].shoe
    assert worn == shoes[0]


FACTS = Runner(birth_year=1950, running_since=date(2025, 12, 1), easy_speed_mps=2, mass_kg=120, height_m=2)


def test_of_the_runners_facts_only_the_stance_source_asks_for_another_cache(many: Path, tmp_path: Path) -> None:
    for runner, caches in ((RUNNER, 1), (FACTS, 1), (Runner(stance_source="stryd"), 2)):
        take_in(files_of([many])[:1], runner=runner, cache=Cache(Whose(runner), tmp_path))
        assert len(list(tmp_path.glob("loads-*.msgpack"))) == caches


def test_no_other_fact_about_the_runner_changes_a_load(many: Path) -> None:
    untold = [name for name in Runner.__struct_fields__ if getattr(FACTS, name) is None]
    assert untold == ["stance_source"]
    files = files_of([many])[:5]
    assert take_in(files, runner=FACTS).loads == take_in(files, runner=RUNNER).loads


@pytest.mark.parametrize("damage", [b"", b"\x00nonsense", b"\x81\xa1a\x01"])
def test_a_broken_cache_is_no_cache(many: Path, tmp_path: Path, damage: bytes) -> None:
    file = files_of([many])[0]
    expected = loads_of(take_in([file], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path)))
    stored = next(tmp_path.glob("loads-*.msgpack"))
    stored.write_bytes(damage)
    assert loads_of(take_in([file], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path))) == expected


def test_the_cache_is_for_its_owner_alone(many: Path, tmp_path: Path) -> None:
    take_in(files_of([many])[:1], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path / "new"))
    stored = next((tmp_path / "new").glob("loads-*.msgpack"))
    assert stored.stat().st_mode & 0o077 == 0
    assert stored.parent.stat().st_mode & 0o077 == 0


def test_a_recording_that_takes_its_decoder_down_falls_alone(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder killed by the system loses one file of its batch, not the batch."""
    killer = tmp_path / "killer.fit"
    killer.write_bytes(KILLER)
    monkeypatch.setattr(pool, "processes", lambda: 2)
    monkeypatch.setattr(pool, "_decoded_batch", _killed_by_the_killer)
    files = files_of([many])
    taken = take_in([*files[:5], killer, *files[5:]], runner=RUNNER)
    fates = {Path(fate.file).name: fate for fate in taken.fates}
    assert fates["killer.fit"].outcome is Outcome.UNREADABLE
    assert "took its decoder down" in fates["killer.fit"].why
    assert len(taken.loads) == MANY


def test_what_took_a_decoder_down_is_tried_again_the_next_time(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine may have been short of memory: that is nothing to remember of a recording."""
    victim = tmp_path / "victim.fit"
    victim.write_bytes(files_of([many])[0].read_bytes())
    monkeypatch.setattr(pool, "processes", lambda: 2)
    with monkeypatch.context() as short_of_memory:
        short_of_memory.setattr(pool, "FEW", 1)
        short_of_memory.setattr(pool, "_decoded_batch", _killed)
        taken = take_in([victim], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path / "cache"))
        assert [fate.outcome for fate in taken.fates] == [Outcome.UNREADABLE]
    again = take_in([victim], runner=RUNNER, cache=Cache(Whose(RUNNER), tmp_path / "cache"))
    assert [fate.outcome for fate in again.fates] == [Outcome.READ]


def _killed(batch: list[tuple[str, bytes]], whose: Whose) -> list[Decoded]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


KILLER = b"kills its decoder"


def _killed_by_the_killer(batch: list[tuple[str, bytes]], whose: Whose) -> list[Decoded]:
    if any(data == KILLER for _, data in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [decoded(data, file=file, whose=whose) for file, data in batch]


def test_a_recording_that_never_ends_is_given_up(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(data: bytes, *, file: str) -> None:
        while True:
            pass

    monkeypatch.setattr(work, "LONGEST_S", 0.2)
    monkeypatch.setattr(work, "read_bytes", forever)
    given = decoded(b"", file="slow.fit", whose=Whose())
    assert given.outcome is Outcome.UNREADABLE
    assert "takes over" in given.why


def test_few_recordings_start_no_processes(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_started(*_: object) -> Iterator[None]:
        raise AssertionError("started processes for a handful of files")

    monkeypatch.setattr(pool, "Decoders", none_started)
    assert len(take_in(files_of([many])[:5], runner=RUNNER).loads) == 5


def test_progress_is_told_for_every_file(many: Path) -> None:
    told = []
    take_in(files_of([many]), runner=RUNNER, told=told.append)
    assert len(told) == MANY


def test_decoders_end_with_a_parent_that_was_killed() -> None:
    program = (
        "import os, signal, time\n"
        "from calfwise.intake.pool import Decoders\n"
        "from tests.intake.test_intake import own_pids\n"
        "if __name__ == '__main__':\n"
        "    decoders = Decoders(2)\n"
        "    given = decoders.run([('a', bytes(3 << 20)), ('b', bytes(3 << 20))], work=own_pids, fallen=int)\n"
        "    print(*{pid for _, pid in given}, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    pids = [int(pid) for pid in ended.stdout.split()]
    assert pids
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def own_pids(batch: list[tuple[str, bytes]]) -> list[int]:
    return [os.getpid() for _ in batch]


def test_a_run_keeps_its_own_clock_in_the_cache(tmp_path: Path) -> None:
    home = timezone(timedelta(hours=9))
    write_sample(tmp_path / "runs", until=datetime(2026, 5, 3, 1, tzinfo=home), runs=2)
    cache = tmp_path / "cache"
    first = take_in([tmp_path / "runs"], runner=RUNNER, cache=Cache(Whose(RUNNER), cache)).loads
    again = take_in([tmp_path / "runs"], runner=RUNNER, cache=Cache(Whose(RUNNER), cache)).loads
    assert [load.start.utcoffset() for load in again] == [load.start.utcoffset() for load in first]
    assert again == first
