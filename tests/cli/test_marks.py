"""Self-tests and answers about life, written down from the terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import AT, Terminal

BY = "2026-05-03T11:20:00+02:00"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def written(journal: Path) -> list[Any]:
    return [json.loads(line) for line in journal.read_text("utf-8").splitlines()] if journal.exists() else []


def test_a_self_test_is_one_line_with_both_legs(terminal: Terminal, journal: Path) -> None:
    printed = terminal("tested", "heel-raise-count", "--journal", journal, *AT, "--left", "24", "--right", "19")
    assert printed.code == 0
    assert printed.out.splitlines() == [
        "Noted: left 24 raises, right 19 raises.",
        "No difference between the legs beyond measurement error.",
        "Worth doing again from 14 June.",
    ]
    assert written(journal) == [
        {"event": "self-test", "at": BY, "test": "heel-raise-count", "left": 24.0, "right": 19.0}
    ]


def test_a_leg_left_out_was_not_tested(terminal: Terminal, journal: Path) -> None:
    assert terminal("tested", "knee-to-wall", "--journal", journal, *AT, "--left", "9.5").code == 0
    assert written(journal) == [{"event": "self-test", "at": BY, "test": "knee-to-wall", "left": 9.5, "right": None}]


def test_a_change_is_told_only_beyond_measurement_error(terminal: Terminal, journal: Path) -> None:
    terminal("tested", "knee-to-wall", "--journal", journal, "--now", "2026-03-01T18:00", "--left", "9", "--right", "9")
    out = terminal("tested", "knee-to-wall", "--journal", journal, *AT, "--left", "10.9", "--right", "11").out
    assert "Left: no change beyond measurement error since 1 March." in out
    assert "Right: 2 cm more than on 1 March, which is beyond measurement error." in out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("hop", "--left", "3"), "none of knee-to-wall"),
        (("heel-raise-count",), "one leg at least"),
        (("heel-raise-count", "--left", "24.5"), "a whole number from 0 to 100"),
        (("knee-to-wall", "--left", "31"), "from 0 to 30"),
        (("knee-to-wall", "--left", "nan"), "from 0 to 30"),
    ],
)
def test_what_cannot_be_a_result_is_refused_and_nothing_written(
    terminal: Terminal, journal: Path, arguments: tuple[str, ...], why: str
) -> None:
    printed = terminal("tested", *arguments, "--journal", journal, *AT)
    assert printed.code == 2
    assert why in " ".join(printed.err.split())
    assert written(journal) == []


def test_a_locked_leg_is_refused_with_the_reason_and_the_other_is_not(terminal: Terminal, journal: Path) -> None:
    lock = {"event": "screened", "at": "2026-04-28T18:00:00+02:00", "outcome": "referral", "rules": "test",
            "level": "P", "locked": ["left"], "reasons": ["stayed"]}  # fmt: skip
    journal.write_text(json.dumps(lock) + "\n", "utf-8")
    refused = terminal("tested", "bridge-hold", "--journal", journal, *AT, "--left", "40", "--right", "41")
    assert refused.code == 2
    assert "No test of the left leg: it is locked since 28 April" in refused.err
    assert len(written(journal)) == 1
    assert terminal("tested", "bridge-hold", "--journal", journal, *AT, "--right", "41").code == 0


def test_answers_about_life_are_one_line(terminal: Terminal, journal: Path) -> None:
    printed = terminal("life", "--journal", journal, *AT, "--yes", "standing-work", "--no", "heels", "--no", "stairs")
    assert printed.code == 0
    assert written(journal) == [
        {"event": "life", "at": BY, "answers": {"standing-work": True, "heels": False, "stairs": False}}
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "one question at least"),
        (("--yes", "smoking"), "none of standing-work"),
        (("--yes", "heels", "--no", "heels"), "yes and no at once"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    terminal: Terminal, journal: Path, arguments: tuple[str, ...], why: str
) -> None:
    printed = terminal("life", *arguments, "--journal", journal, *AT)
    assert printed.code == 2
    assert why in " ".join(printed.err.split())
    assert written(journal) == []
