"""Server, worker and decoders are killed at any moment; what was acknowledged is there, once, and goes on by itself.

`./dev soak` kills a thousand times; thirty are in the suite. SIGKILL keeps what the kernel holds: loss of power is not
tried here.
"""

import hashlib
import io
import os
import random
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.sample import write_sample
from tests.web.soak.runner import Runner
from tests.web.soak.tree import Killer, Tree

KILLS = int(os.environ.get("CALFWISE_KILLS", "30"))
SEED = int(os.environ.get("CALFWISE_SEED", "20260503"))
POOL = min(4 * KILLS, 3000)
OVER_S = 300.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found through /proc")


@pytest.fixture
def runner(tree: Tree) -> Runner:
    stranger = Runner(tree.port, "nobody")
    assert stranger.get("/healthz")[0] == 200
    made = subprocess.run(
        [sys.executable, "-m", "tests.web.soak.account"],
        env=tree.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return Runner(tree.port, made.stdout.strip())


def batches_of(folder: Path, chance: random.Random) -> Iterator[dict[str, bytes]]:
    """Handfuls of recordings, each file in one handful alone, with a bad one among them, and now and then a zip."""
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=POOL)
    files = sorted(folder.glob("*.fit"))
    number = 0
    while files:
        number += 1
        some = {path.name: path.read_bytes() for path in files[: chance.randint(3, 7)]}
        del files[: len(some)]
        if chance.random() < 0.3:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for name, data in some.items():
                    archive.writestr(name, data)
            some = {f"archive-{number}.zip": packed.getvalue()}
        yield some | {f"broken-{number}.fit": b"\x0e\x10 no recording " + str(number).encode()}


def test_nothing_acknowledged_is_lost_or_doubled(tree: Tree, runner: Runner, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    killer = Killer(tree, KILLS, SEED)
    batches = batches_of(tmp_path / "pool", chance)
    runner.check_in()
    killer.start()
    while not killer.is_over:
        if files := next(batches, None):
            runner.bring(files, piecewise=chance.random() < 0.4)
        runner.add_shoe()
        runner.tap(chance.randint(1, 9))
        runner.get("/runs/")
    _wait_until_over(tree)
    killer.rest()
    _check(tree, runner)


def _wait_until_over(tree: Tree) -> None:
    """With nobody's help: the worker finds what it had not ended."""
    deadline = time.monotonic() + OVER_S
    while time.monotonic() < deadline:
        open_ones = _asked(tree, "SELECT count(*) FROM imports_batch WHERE state IN ('waiting', 'working')")
        behind = "SELECT count(*) FROM journal_journal j WHERE NOT EXISTS (SELECT 1 FROM journal_snapshot s WHERE "
        behind += "s.journal_id = j.id AND s.page = 'head' AND s.revision >= j.revision)"
        if open_ones == [(0,)] and _asked(tree, behind) == [(0,)]:
            return
        time.sleep(0.2)
    raise AssertionError(_asked(tree, "SELECT key, state, told, files, falls, at FROM imports_batch"))


def _check(tree: Tree, runner: Runner) -> None:
    assert _asked(tree, "PRAGMA integrity_check") == [("ok",)]
    assert _asked(tree, "PRAGMA foreign_key_check") == []
    wanted = {
        hashlib.sha256(data).hexdigest() for files in runner.kept.files.values() for data in _recordings_in(files)
    }
    taps = _asked(tree, "SELECT sequence FROM player_happening ORDER BY sequence")
    assert taps == [(number,) for number in range(1, runner.kept.taps + 1)], "a tap lost, doubled or out of turn"
    rows = _asked(tree, "SELECT digest FROM journal_recording")
    assert len(rows) == len(set(rows)), "a recording twice"
    assert {digest for (digest,) in rows} == wanted
    originals = {path.name: path for path in (tree.data / "originals").glob("*/??/*")}
    assert set(originals) == wanted, "an original without a row, or a row without one"
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == name for name, path in originals.items())
    assert _asked(tree, "SELECT count(*), count(DISTINCT run_id) FROM journal_run") == [(len(wanted), len(wanted))]
    assert _asked(tree, "SELECT count(*) FROM journal_load") == [(len(wanted),)]
    for key, files in runner.kept.files.items():
        told = _asked(
            tree,
            "SELECT o.name, o.outcome FROM imports_outcome o JOIN imports_batch b ON b.id = o.batch_id WHERE b.key = ?",
            key.replace("-", ""),
        )
        assert len(told) == _files_in(files), (key, told)
        assert [outcome for name, outcome in told if name.startswith("broken")] == ["unreadable"]
        assert {outcome for name, outcome in told if not name.startswith("broken")} == {"read"}
    lines = [line for (line,) in _asked(tree, "SELECT line FROM journal_entry WHERE kind = 'shoe'")]
    for name in runner.kept.shoes:
        assert sum(name in line for line in lines) == 1, name
    print(f"\n{KILLS} kills: {len(runner.kept.files)} batches, {len(wanted)} recordings, {len(lines)} shoes")


def _recordings_in(files: dict[str, bytes]) -> Iterator[bytes]:
    for name, data in files.items():
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from (archive.read(inner) for inner in archive.namelist())
        elif not name.startswith("broken"):
            yield data


def _files_in(files: dict[str, bytes]) -> int:
    return sum(1 for _ in _recordings_in(files)) + 1


def _asked(tree: Tree, question: str, *values: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{tree.data / 'calfwise.sqlite3'}?mode=ro", uri=True, timeout=30)) as database:
        return database.execute(question, values).fetchall()
