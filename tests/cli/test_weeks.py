"""`calfwise weeks`: wish, look, adapt, end."""

from pathlib import Path

from calfwise.journal_file import read_journal
from calfwise.model.journal import DaysLaid, WantsWeeks
from tests.cli.conftest import AT, Terminal

DOCUMENT = Path(__file__).parents[2] / "docs/terminal.md"
PLAN = ("--plan", "--days", "tue,thu,sun", "--goal", "further")


def journal(runner: Path) -> list:
    return read_journal(runner / "journal.jsonl")


def test_a_wish_is_written_down_with_the_days_as_they_were_told(terminal: Terminal, runner_folder: Path) -> None:
    before = len(journal(runner_folder))
    assert terminal("weeks", runner_folder, *AT, *PLAN).code == 0
    wanted, told = journal(runner_folder)[before:]
    assert isinstance(wanted, WantsWeeks)
    assert wanted.wish is not None
    assert wanted.wish.run_days == (1, 3, 6)
    assert isinstance(told, DaysLaid)
    assert len(told.days) <= 14


def test_what_was_told_is_not_written_twice(terminal: Terminal, runner_folder: Path) -> None:
    terminal("weeks", runner_folder, *AT, *PLAN)
    before = (runner_folder / "journal.jsonl").read_bytes()
    terminal("weeks", runner_folder, *AT)
    assert (runner_folder / "journal.jsonl").read_bytes() == before


def test_todays_one_thing_comes_first_and_weeks_tell_their_arithmetic(terminal: Terminal, runner_folder: Path) -> None:
    printed = terminal("weeks", runner_folder, *AT, *PLAN).out.split("\n")
    assert printed[0].startswith("Noted: 8 weeks from 3 May, runs on Tue, Thu, Sun, goal further.")
    assert printed[1].startswith("Today, 3 May:")
    words = " ".join(" ".join(printed).split())
    for part in ("Week 1 of 8", "Week 8 of 8", "strikes a leg", "Used:", "coach's rule", "What does not fit yet"):
        assert part in words, part


def test_json_has_the_documented_names(terminal: Terminal, runner_folder: Path) -> None:
    document = terminal("weeks", runner_folder, *AT, *PLAN, "--json").json
    text = DOCUMENT.read_text("utf-8")
    assert [name for name in (*document, *document["weeks"][0]) if f"`{name}`" not in text] == []
    assert len(document["weeks"]) == 8


def test_a_single_day_can_be_taken_out_and_the_weeks_can_end(terminal: Terminal, runner_folder: Path) -> None:
    terminal("weeks", runner_folder, *AT, *PLAN)
    laid = terminal("weeks", runner_folder, *AT, "--not-on", "2026-05-05", "--json").json
    days = {day["on"]: day for week in laid["weeks"] for day in week["days"]}
    assert days["2026-05-05"]["elements"] == []
    assert terminal("weeks", runner_folder, *AT, "--end").code == 0
    ended = terminal("weeks", runner_folder, *AT)
    assert ended.code == 2
    assert "no weeks are wished for yet" in ended.err


def test_odd_wishes_are_refused_in_words(terminal: Terminal, runner_folder: Path) -> None:
    for odd, said in (
        (("--plan", "--end"), "at once"),
        (("--plan",), "on which weekdays"),
        (("--plan", "--days", "someday"), "days look like"),
        (("--plan", "--days", "mon", "--leave-out", "naps"), "wanted some of"),
        (("--plan", "--days", "mon", "--from", "soon"), "a day looks like"),
    ):
        refused = terminal("weeks", runner_folder, *AT, *odd)
        assert refused.code == 2, odd
        assert said in refused.err
