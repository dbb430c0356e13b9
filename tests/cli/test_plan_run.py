"""`calfwise plan-run`: the next run, before it is run."""

from pathlib import Path

import pytest

from tests.cli.conftest import AT, Terminal

SCENARIOS = Path(__file__).parents[1] / "scenarios"
DOCUMENT = Path(__file__).parents[2] / "docs/terminal.md"


def test_a_planned_run_is_held_against_the_budget_that_today_names(terminal: Terminal, made_runner: Path) -> None:
    budget = terminal("today", made_runner, *AT, "--answers", "none-of-these", "--json").json["next_run"]
    within, over = (
        terminal("plan-run", made_runner, *AT, "--km", str(round(km, 2)), "--json").json
        for km in (budget["upper_m"] / 1000 - 0.1, budget["upper_m"] / 1000 + 2)
    )
    assert (within["fit"], within["over_m"]) == ("within", 0)
    assert over["fit"] == "over"
    assert over["over_m"] == pytest.approx(2000, abs=10)
    assert within["budget"] == budget


def test_its_numbers_are_those_of_easy_running_like_it(terminal: Terminal, made_runner: Path) -> None:
    easy = terminal("load", made_runner, *AT, "--json").json["easy"]
    planned = terminal("plan-run", made_runner, *AT, "--km", "8", "--json").json
    assert planned["strikes"]["value"] == pytest.approx(8 * easy["strikes_per_km"], rel=0.001)
    assert planned["easy_km"] == pytest.approx(8, abs=0.01)
    assert planned["duration_s"] == pytest.approx(8000 / easy["speed_mps"])


def test_json_has_the_documented_names(terminal: Terminal, made_runner: Path) -> None:
    document = terminal("plan-run", made_runner, *AT, "--km", "8", "--json").json
    text = DOCUMENT.read_text("utf-8")
    assert [name for name in document if f"`{name}`" not in text] == []


def test_words_name_what_stands_and_what_is_not_known(terminal: Terminal, made_runner: Path) -> None:
    # The last run was a big step itself, and of two within a week only the first is told.
    later = ("--now", "2026-05-12T10:00+02:00")
    printed = terminal("plan-run", made_runner, *later, "--km", "30", "--pace", "4:10", "--barefoot", "5")
    assert printed.code == 0
    words = " ".join(printed.out.split())
    for part in ("beyond the budget", "strikes a leg", "of them fast", "on bare feet", "That would be a big step",
                 "nobody has measured how much more"):  # fmt: skip
        assert part in words


def test_a_race_is_no_big_step(terminal: Terminal, made_runner: Path) -> None:
    planned = terminal("plan-run", made_runner, *AT, "--km", "30", "--race", "--json").json
    assert (planned["fit"], planned["big_step"]) == ("race", False)


def test_nothing_is_written_down(terminal: Terminal, made_runner: Path) -> None:
    before = (made_runner / "journal.jsonl").read_bytes()
    terminal("plan-run", made_runner, *AT, "--km", "30")
    assert (made_runner / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(("--km", "0"), "--km"), (("--km", "8", "--pace", "fast"), "a pace looks like 5:30"),
     (("--km", "8", "--pace", "1:10"), "a pace between"), (("--km", "8", "--shoe", "Slippers"), "the pairs in your"),
     (("--km", "8", "--on", "ice"), "--on")],
)  # fmt: skip
def test_what_is_no_run_is_refused_with_what_would_be_one(
    terminal: Terminal, made_runner: Path, wrong: tuple[str, ...], told: str
) -> None:
    printed = terminal("plan-run", made_runner, *AT, *wrong)
    assert (printed.code, told in printed.err) == (2, True)


def test_a_pair_is_found_by_its_name(terminal: Terminal, made_runner: Path) -> None:
    name = terminal("load", made_runner, *AT, "--json").json["runs"][-1]["shoe"]
    assert terminal("plan-run", made_runner, *AT, "--km", "8", "--shoe", name.upper()).code == 0


def test_a_case_that_thinks_of_a_run_is_answered_from_its_file(terminal: Terminal) -> None:
    told = terminal("plan-run", "--scenario", SCENARIOS / "next-run" / "beyond-the-budget.toml")
    assert "14.2 km goes 3.2 km beyond the budget" in " ".join(told.out.split())


def test_a_case_without_a_wish_says_so(terminal: Terminal) -> None:
    told = terminal("plan-run", "--scenario", SCENARIOS / "budget" / "no-runs-yet.toml")
    assert (told.code, "has no [wish]: add one with its km" in told.err) == (2, True)
