"""The terminal as a whole: help, sources, sample, exit codes, and what starts quickly."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from calfwise import library
from calfwise.cli import COMMANDS
from tests.cli.conftest import Terminal

DOCUMENT = Path(__file__).parents[2] / "docs/terminal.md"


def test_every_command_is_documented_and_has_help(terminal: Terminal) -> None:
    text = DOCUMENT.read_text("utf-8")
    for name in COMMANDS:
        assert f"calfwise {name}" in text
        assert terminal(name, "--help").code == 0


def test_help_imports_neither_numpy_nor_rich_nor_lxml() -> None:
    code = (
        "import sys; from calfwise.cli import run; run(['--help']); "
        "print({m for m in ('numpy', 'rich', 'lxml', 'msgspec') if m in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "set()"


def test_version_names_the_model(terminal: Terminal) -> None:
    assert "model 1-" in terminal("--version").out


def test_sources_tells_every_number_of_a_source(terminal: Terminal) -> None:
    printed = terminal("sources", "frandsen2025")
    assert printed.code == 0
    assert "Frandsen2025" in printed.out
    assert "spike_small = 1.1" in printed.out
    assert "[588,071 runs of 5,205 runners]" in printed.out


def test_every_source_can_be_shown(terminal: Terminal) -> None:
    listed = terminal("sources").out
    for key in library.sources():
        assert key in listed
        assert terminal("sources", key).code == 0


def test_an_unknown_source_suggests_a_near_one(terminal: Terminal) -> None:
    printed = terminal("sources", "Frandsen2024")
    assert printed.code == 2
    assert "Frandsen2025" in printed.err


def test_sample_never_writes_over_somebodys_folder(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mine.fit").write_bytes(b"precious")
    printed = terminal("sample", tmp_path, "--runs", "1")
    assert printed.code == 2
    assert (tmp_path / "mine.fit").read_bytes() == b"precious"


def test_the_demo_shows_a_session(terminal: Terminal, tmp_path: Path) -> None:
    printed = terminal("demo", tmp_path / "made", "--now", "2026-05-03T11:20+02:00")
    assert printed.code == 0
    assert printed.out.startswith("Today: three spots")
    assert "made up too" in printed.err


def test_done_without_a_plan_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    printed = terminal("done", "--journal", tmp_path / "journal.jsonl")
    assert printed.code == 2
    assert "no session was planned" in printed.err
    assert not (tmp_path / "journal.jsonl").exists()


def test_morning_and_seen_write_one_line_each(terminal: Terminal, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    now = ("--now", "2026-05-04T08:00+02:00")
    sore = ("--sore", "left=1", "right=0", "--felt", "left:junction=worse", "left:medial-upper=better")
    assert terminal("morning", "--journal", journal, *sore, *now).code == 0
    assert (
        terminal("seen", "--journal", journal, "--by", "Ann", "--on", "2026-05-03", "--massage-is-fine", *now).code == 0
    )
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    assert [line["event"] for line in lines] == ["morning", "seen"]
    assert len(lines[0]["spots"]) == 2
    tomorrow = ("--by", "Ann", "--on", "2026-05-05", "--massage-is-fine")
    assert terminal("seen", "--journal", journal, *tomorrow, *now).code == 2


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_ctrl_c_ends_cleanly_and_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    command = [sys.executable, "-m", "calfwise", "sample", str(folder), "--runs", "3000"]
    # Whoever runs the suite in the background of a shell has interrupts ignored, and children inherit that.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=heard)  # noqa: PLW1509
    deadline = time.monotonic() + 60
    while not any(folder.glob("*.fit")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip().endswith("Stopped.")
    assert "Traceback" not in err
