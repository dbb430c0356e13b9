"""A changed constant is another model, and the changelog can say by how much its numbers moved."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from calfwise.model.constants import MODEL_VERSION
from tests.scripts.conftest import SCRIPTS

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def moved() -> ModuleType:
    return importlib.import_module("moved")


def tree(folder: Path, **changed: float) -> Path:
    """A copy of our `src` with other constants."""
    shutil.copytree(SOURCE / "calfwise", folder / "calfwise", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "calfwise/library/constants.toml"
    text = path.read_text("utf-8")
    for name, value in changed.items():
        text, found = re.subn(rf"(?m)^(\[{name}\]\nvalue = ).*$", rf"\g<1>{value}", text)
        assert found == 1, name
    path.write_text(text, "utf-8")
    subprocess.run([sys.executable, SCRIPTS / "constants.py", folder], check=True)
    return folder


def said(moved: ModuleType, version: str = "1-aaaa", **runs: dict[str, Any]) -> Any:
    """What a version said of runs: each with a grade and its numbers."""
    return moved.Said(version, runs, {})


def test_a_tenth_more_impulse_a_step_is_a_tenth_more_impulse_in_every_run_and_nothing_else(
    moved: ModuleType, tmp_path: Path
) -> None:
    """Impulse is 2.0 times running seconds; with 2.2 it is 2.2 / 2.0 = 1.1 times as much, and its band as wide."""
    then, now = tree(tmp_path / "then"), tree(tmp_path / "now", impulse_per_step_time=2.2)
    head, *lines = moved.moved(then, now)
    assert head.startswith(f"* model {MODEL_VERSION} → 1-")
    assert f"→ {MODEL_VERSION}," not in head, "another constant is another version"
    impulse = [line for line in lines if "impulse" in line]
    assert impulse == lines
    assert "  * impulse +10.0 % (every run)" in lines


def test_equal_trees_say_that_nothing_moved(moved: ModuleType) -> None:
    (line,) = moved.moved(SOURCE, SOURCE)
    assert line.startswith(f"* model {MODEL_VERSION}: nothing moved in the sample runner's ")


def test_changes_are_told_of_the_middle_run_with_their_reach(moved: ModuleType) -> None:
    """100 -> 98, 100 -> 99, 50 -> 52: -2, -1 and +4 %."""
    then = said(
        moved, **{name: {"grade": "A", "numbers": {"strikes": n}} for name, n in (("a", 100), ("b", 100), ("c", 50))}
    )
    now = said(
        moved,
        "1-bbbb",
        **{name: {"grade": "A", "numbers": {"strikes": n}} for name, n in (("a", 98), ("b", 99), ("c", 52))},
    )
    assert moved.lines(then, now) == [
        "* model 1-aaaa → 1-bbbb, in the sample runner's 3 runs:",
        "  * strikes −1.0 % (runs from −2.0 % to +4.0 %)",
    ]


def test_a_grade_a_band_and_a_number_that_came_or_went_are_told(moved: ModuleType) -> None:
    then = said(
        moved,
        a={"grade": "A", "numbers": {"vertical_grf_bw": 2.5, "vertical_grf_bw band": 1.14, "old": 1.0}},
        b={"grade": "B", "numbers": {"vertical_grf_bw": 2.5, "vertical_grf_bw band": 1.2, "climb_m": 10.0}},
        gone={"grade": "D", "numbers": {}},
    )
    now = said(
        moved,
        a={"grade": "C", "numbers": {"vertical_grf_bw": 2.5, "vertical_grf_bw band": 1.2, "new": 1.0}},
        b={"grade": "B", "numbers": {"vertical_grf_bw": 2.5, "vertical_grf_bw band": 1.2, "climb_m": 10.0}},
    )
    assert moved.lines(then, now)[1:] == [
        "  * runs no longer there: 1",
        "  * no longer told: old",
        "  * not told before: new",
        "  * band of the peak ground force ×/÷1.140 → 1.200 (1 runs)",
        "  * runs whose grade changed: 1 (A → C 1)",
    ]


def test_numbers_that_move_under_one_version_are_an_error(
    moved: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Loads of that version would never be worked out again."""
    monkeypatch.setattr(moved, "exported", lambda ref, folder: folder)
    monkeypatch.setattr(
        moved, "moved", lambda then, now: ["* model 1-aaaa, in 3 runs:", "  * impulse +10.0 % (every run)"]
    )
    assert moved.main([]) == 1
    assert "raise MODEL_GENERATION" in capsys.readouterr().err
    monkeypatch.setattr(
        moved, "moved", lambda then, now: ["* model 1-aaaa → 1-bbbb, in 3 runs:", "  * impulse +10.0 %"]
    )
    assert moved.main([]) == 0


def test_a_commit_that_git_does_not_know_ends_with_3() -> None:
    ended = subprocess.run([sys.executable, SCRIPTS / "moved.py", "no-such-commit"], capture_output=True, text=True)
    assert ended.returncode == 3
    assert "no such commit here: no-such-commit" in ended.stderr
