"""The terminal under test: run a command in this process, see what it prints and how it ends."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from calfwise.cli import run
from calfwise.sample import write_sample

NOW = datetime(2026, 5, 3, 11, 20, tzinfo=timezone(timedelta(hours=2)))
AT = ("--now", NOW.isoformat())
ALL_WELL = ("--answers", "none-of-these")


@dataclass(frozen=True)
class Printed:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Terminal = Callable[..., Printed]


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Run a command; nobody sits at the keyboard."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    def call(*arguments: str | Path) -> Printed:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Printed(code, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def made_runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up runner's last recordings and journal; not to be written to."""
    everything = tmp_path_factory.mktemp("everything")
    write_sample(everything, until=NOW)
    folder = tmp_path_factory.mktemp("runner")
    for file in sorted(everything.glob("*.fit"))[-40:]:
        shutil.copy(file, folder)
    shutil.copy(everything / "journal.jsonl", folder)
    return folder


@pytest.fixture
def runner_folder(made_runner: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    return Path(shutil.copytree(made_runner, tmp_path / "runs"))
