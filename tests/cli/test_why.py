"""`calfwise why`: what speaks for and against each reason, and never the cause."""

from pathlib import Path

import pytest

from tests.cli.conftest import AT, Terminal


def test_the_long_run_of_the_sample_comes_first_with_its_date_and_what_was_written_after(
    terminal: Terminal, made_runner: Path
) -> None:
    answer = terminal("why", made_runner, *AT, "--json").json
    first = answer["causes"][0]
    assert (first["cause"], first["standing"]) == ("longer-run", "something speaks for it")
    [point] = [point for point in first["points"] if point["side"] == "for"]
    assert "more than your longest of the 30 days before; the next day you wrote" in point["text"]
    assert point["sources"] == ["Frandsen2025"]


@pytest.fixture
def untold(made_runner: Path, tmp_path: Path) -> Path:
    """The same journal, before anybody did a self-test or was asked about life."""
    journal = tmp_path / "untold.jsonl"
    lines = (made_runner / "journal.jsonl").read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(line for line in lines if b'"self-test"' not in line and b'"life"' not in line))
    return journal


def test_what_nobody_told_is_not_known_and_asked_for(
    terminal: Terminal, made_runner: Path, untold: Path, tmp_path: Path
) -> None:
    answer = terminal("why", made_runner, "--journal", untold, *AT, "--json").json
    assert {"stiff-ankle", "glutes", "calf-endurance"} <= {
        each["cause"] for each in answer["causes"] if each["standing"] == "not known"
    }
    assert "calf-strain-before" in answer["to_ask"]
    journal = tmp_path / "journal.jsonl"
    life = '{"event":"life","at":"2026-05-02T18:00:00+02:00","answers":{"calf-strain-before":true}}'
    journal.write_bytes(untold.read_bytes() + life.encode() + b"\n")
    told = terminal("why", made_runner, "--journal", journal, *AT, "--json").json
    assert "calf-strain-before" not in told["to_ask"]
    [earlier] = [each for each in told["causes"] if each["cause"] == "earlier-trouble"]
    assert earlier["standing"] == "something speaks for it"


def test_words_say_for_and_against_and_never_the_cause(terminal: Terminal, made_runner: Path, untold: Path) -> None:
    printed = terminal("why", made_runner, "--journal", untold, *AT, "--all")
    words = " ".join(printed.out.split())
    assert printed.code == 0
    assert "Your calves have been sore since" in words
    assert "unproven" in words
    assert "Not known: the knee-to-wall test of both legs." in words
    assert "the cause is" not in words.casefold()


def test_without_soreness_it_tells_what_changed_all_the_same(
    terminal: Terminal, made_runner: Path, tmp_path: Path
) -> None:
    quiet = tmp_path / "quiet.jsonl"
    quiet.write_text("", "utf-8")
    printed = terminal("why", made_runner, "--journal", quiet, *AT)
    assert "No sore calves lately." in printed.out
    assert "A longer single run" in printed.out
