"""The check-in at the keyboard: a few lines and Enter when all is well."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from calfwise.cli import run
from calfwise.journal_file import read_journal
from calfwise.model.journal import CheckIn, Said
from tests.cli.conftest import AT, Printed


class Keyboard(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        return True


Typed = Callable[..., Printed]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    def call(*arguments: str | Path, lines: list[str]) -> Printed:
        monkeypatch.setattr(sys, "stdin", Keyboard("\n".join(lines) + "\n"))
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Printed(code, printed.out, printed.err)

    return call


def last_check_in(folder: Path) -> CheckIn:
    return [event for event in read_journal(folder / "journal.jsonl") if isinstance(event, CheckIn)][-1]


ENTER = ""
ALL_GROUPS = [ENTER] * 8


@pytest.fixture
def runner_folder(runner_folder: Path) -> Path:
    """The made-up runner, never asked before: what lasts 30 days is asked too."""
    journal = runner_folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(line for line in lines if b'"event":"check-in"' not in line))
    return runner_folder


def test_eight_enters_and_two_numbers_when_all_is_well(typed: Typed, runner_folder: Path) -> None:
    printed = typed("today", runner_folder, *AT, lines=["0", "0", *ALL_GROUPS])
    assert printed.code == 0
    assert "Nothing is tight today." in printed.out
    assert set(last_check_in(runner_folder).answers.values()) == {Said.NO}


def test_the_second_day_asks_the_standing_questions_no_more(typed: Typed, runner_folder: Path) -> None:
    typed("today", runner_folder, *AT, lines=["0", "0", *ALL_GROUPS])
    printed = typed("today", runner_folder, "--now", "2026-05-04T11:20+02:00", lines=["0", "0", *ALL_GROUPS[:6]])
    assert printed.code == 0
    assert "every 30 days" not in printed.out


def test_a_sore_calf_is_asked_for_its_spots(typed: Typed, runner_folder: Path) -> None:
    lines = ["4", "2", *ALL_GROUPS, "?", "left:toe:3", "left:medial-upper:6 right:junction:2"]
    printed = typed("today", runner_folder, *AT, lines=lines)
    assert printed.code == 0
    assert "soleus-lateral" in printed.out, "the question mark shows the places"
    assert "A spot looks like" in printed.out, "an unknown place is asked again"
    assert [str(tender.spot) for tender in last_check_in(runner_folder).spots] == [
        "left:medial-upper",
        "right:junction",
    ]


def test_a_sign_of_one_leg_asks_which_and_ends_the_questions(typed: Typed, runner_folder: Path) -> None:
    printed = typed("today", runner_folder, *AT, lines=["4", "2", ENTER, "1", "l"])
    assert printed.code == 4
    assert "Somebody should look at this today" in printed.out
    assert last_check_in(runner_folder).answers["swelling"] is Said.LEFT
    assert "Anything sudden" not in printed.out


def test_a_question_mark_after_a_number_is_not_sure_and_gives_no_session(typed: Typed, runner_folder: Path) -> None:
    printed = typed("today", runner_folder, *AT, lines=["4", "2", ENTER, "2?", *ALL_GROUPS, ENTER])
    assert printed.code == 4
    assert "No session yet" in printed.out
    assert last_check_in(runner_folder).answers["warm"] is Said.UNSURE


def test_a_slip_of_the_finger_is_asked_again(typed: Typed, runner_folder: Path) -> None:
    printed = typed("today", runner_folder, *AT, lines=["14", "0", "0", "99", *ALL_GROUPS])
    assert printed.code == 0
    assert "Numbers from 1 to 7" in printed.out


def test_walking_away_is_no_session(typed: Typed, runner_folder: Path) -> None:
    before = len(read_journal(runner_folder / "journal.jsonl"))
    printed = typed("today", runner_folder, *AT, lines=["4", "2"])
    assert printed.code == 130
    assert "Today:" not in printed.out
    assert len(read_journal(runner_folder / "journal.jsonl")) == before
