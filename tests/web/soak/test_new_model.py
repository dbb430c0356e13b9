"""Server, worker and decoders are killed while a new model works: pages find one model's numbers, and all of them."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from calfwise.model.constants import MODEL_VERSION
from calfwise.sample import write_sample
from calfwise_web.journal.held import load_of, packed_load
from tests.web.soak.runner import Runner
from tests.web.soak.tree import Killer, Tree

KILLS = max(6, int(os.environ.get("CALFWISE_KILLS", "30")) // 5)
SEED = int(os.environ.get("CALFWISE_SEED", "20260503"))
RUNS = 110
"""Three handfuls, the last a small one."""
BEFORE = "0-before"
OVER_S = 240.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found through /proc")


def test_a_new_model_takes_over_whole_however_often_anybody_is_killed(tree: Tree, tmp_path: Path) -> None:
    _bring_runs(tree, tmp_path / "runs")
    strikes = _strikes(tree)
    assert len(strikes) == RUNS
    tree.stop()
    _age(tree)
    tree.mend()
    killer = Killer(tree, KILLS, SEED)
    killer.start()
    seen = set()
    deadline = time.monotonic() + OVER_S
    while not (killer.is_over and MODEL_VERSION in seen and _asked(tree, OLD_ONES) == [(0, 0)]):
        assert time.monotonic() < deadline, _asked(tree, SHOWN)
        ((version, whole),) = _asked(tree, SHOWN)
        assert whole == RUNS, f"{whole} of {RUNS} runs have a number by {version}, which pages show"
        seen.add(version)
        time.sleep(0.02)
    killer.rest()
    assert seen == {BEFORE, MODEL_VERSION}
    assert _strikes(tree) == strikes


SHOWN = """
    SELECT model_version, (SELECT count(*) FROM journal_load WHERE model_version = journal.model_version)
    FROM journal_journal AS journal
"""
OLD_ONES = f"""
    SELECT (SELECT count(*) FROM journal_load WHERE model_version = '{BEFORE}'),
           (SELECT count(*) FROM journal_series WHERE model_version = '{BEFORE}')
"""


def _bring_runs(tree: Tree, folder: Path) -> None:
    assert Runner(tree.port, "nobody").get("/healthz")[0] == 200
    account = [sys.executable, "-m", "tests.web.soak.account"]
    made = subprocess.run(account, env=tree.environment, capture_output=True, text=True, check=True)
    write_sample(folder, until=datetime(2026, 5, 3, 18, tzinfo=UTC), runs=RUNS)
    runner = Runner(tree.port, made.stdout.strip())
    runner.bring({path.name: path.read_bytes() for path in folder.glob("*.fit")}, piecewise=False)
    deadline = time.monotonic() + OVER_S
    while _asked(tree, "SELECT state FROM imports_batch") != [("done",)]:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _age(tree: Tree) -> None:
    """Make all that was worked out the work of the model before."""
    with closing(_database(tree, "rw")) as database, database:
        for key, body in database.execute("SELECT id, body FROM journal_load").fetchall():
            older = structs.replace(load_of(body), strikes=1, model_version=BEFORE)
            database.execute("UPDATE journal_load SET body = ? WHERE id = ?", (packed_load(older), key))
        for table in ("load", "series", "journal"):
            database.execute(f"UPDATE journal_{table} SET model_version = ?", (BEFORE,))


def _strikes(tree: Tree) -> list[int | None]:
    bodies = _asked(tree, f"SELECT body FROM journal_load WHERE model_version = '{MODEL_VERSION}' ORDER BY run_id")
    return [load_of(body).strikes for (body,) in bodies]


def _asked(tree: Tree, question: str) -> list[tuple[Any, ...]]:
    with closing(_database(tree, "ro")) as database:
        return database.execute(question).fetchall()


def _database(tree: Tree, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{tree.data / 'calfwise.sqlite3'}?mode={mode}", uri=True, timeout=30)
