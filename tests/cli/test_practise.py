"""Routines in the terminal: what suits today, one as a card, and what was done of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import AT, Terminal

BY = "2026-05-03T11:20:00+02:00"
QUIET = ("--sore", "left=0", "right=0")


def wrote(folder: Path, *lines: dict[str, Any]) -> None:
    journal = folder / "journal.jsonl"
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def lines(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text("utf-8").splitlines()]


def quiet(day: str) -> dict[str, Any]:
    return {"event": "morning", "at": f"{day}T07:00:00+02:00", "soreness": {"left": 0, "right": 0}}


@pytest.fixture
def folder(runner_folder: Path) -> Path:
    """Recordings beside a journal of quiet calves."""
    wrote(runner_folder, quiet("2026-03-20"), quiet("2026-04-20"))
    return runner_folder


def test_the_list_names_every_routine_once_with_its_level_or_why_it_waits(terminal: Terminal, folder: Path) -> None:
    told = terminal("practise", folder, *QUIET, *AT, "--json").json["routines"]
    assert [offer["routine"] for offer in told] == [
        "warm-up-easy", "warm-up-fast", "drills", "calf-strength", "glute-strength", "grass", "cadence", "tempo",
        "walk-run",
    ]  # fmt: skip
    assert {offer["level"] for offer in told} == {1}
    assert [offer["routine"] for offer in told if offer["shut"]] == ["walk-run"]
    out = terminal("practise", folder, *QUIET, *AT).out
    assert "What suits today:" in out
    assert "calf-strength, level 1 of 9: both feet, your own weight" in out
    assert "walk-run: It leads back to running after a strain" in out


def test_nothing_said_today_is_asked_for_and_nothing_written(terminal: Terminal, folder: Path) -> None:
    before = lines(folder)
    printed = terminal("practise", "calf-strength", folder, *AT)
    assert printed.code == 4
    assert printed.out.splitlines()[0] == "Calf strength: not today."
    assert "Say first how your calves feel when walking" in printed.out
    assert lines(folder) == before


def test_a_card_says_sets_tempo_rests_why_and_sources(terminal: Terminal, folder: Path) -> None:
    out = " ".join(terminal("practise", "calf-strength", folder, *QUIET, *AT).out.split())
    assert "Heel raises, knees straight: 2 × 8, 3 s up and 3 s down, 2 minutes rest" in out
    assert "5 minutes of rest." in out
    assert "The first level: see how your calves take it." in out
    assert "Beyer2015" in out
    assert "call the emergency number now" in out
    assert "about as much as 1 to 3 minutes of running (our estimate)" in out


def test_a_card_goes_into_the_journal_and_done_says_what_was_done(terminal: Terminal, folder: Path) -> None:
    assert terminal("practise", "glute-strength", folder, *QUIET, *AT).code == 0
    planned = lines(folder)[-1]
    assert planned["event"] == "practice-planned"
    assert planned["practice"]["routine"] == "glute-strength"
    said = terminal("done", folder, "--felt", "2", "--now", "2026-05-03T11:40:00+02:00")
    assert said.out == "Noted. Next time in 44 hours at the earliest.\n"
    event = lines(folder)[-1]
    assert event["session"] == planned["practice"]["id"]
    assert (event["routine"], event["level"], event["felt_nrs"]) == ("glute-strength", 1, 2)
    assert event["done"] == [
        {"protocol": "glute-bridge", "side": None, "counts": [8, 8]},
        {"protocol": "clam", "side": "left", "counts": [8, 8]},
        {"protocol": "clam", "side": "right", "counts": [8, 8]},
    ]
    again = terminal("practise", "glute-strength", folder, *QUIET, "--now", "2026-05-04T11:00:00+02:00")
    assert again.code == 4
    assert "The last time was on 3 May." in again.out


def test_stopped_early_counts_no_set_and_leads_down(terminal: Terminal, folder: Path) -> None:
    terminal("practise", "glute-strength", folder, *QUIET, *AT)
    assert terminal("done", folder, "--stopped", "--felt", "6", *AT).out == (
        "Noted. 6 of 10 is more than it should be. Do less next time, and stop sooner.\n"
    )
    event = lines(folder)[-1]
    assert (event["done"], event["stopped_early"], event["felt_nrs"]) == ([], True, 6)


def test_felt_belongs_to_exercises(terminal: Terminal, runner_folder: Path) -> None:
    spots = ("--spot", "left:medial-upper:6")
    terminal("today", runner_folder, "--sore", "left=4", "right=2", *spots, "--answers", "none-of-these", *AT)
    refused = terminal("done", runner_folder, "--felt", "2", *AT)
    assert refused.code == 2
    assert "--felt belongs to exercises" in refused.err


def test_an_easier_level_may_be_chosen_and_a_harder_one_not(terminal: Terminal, folder: Path) -> None:
    done = [
        {"event": "practice", "at": f"2026-04-{day}T18:00:00+02:00", "routine": "calf-strength", "level": 1}
        for day in (22, 24, 29)
    ]
    wrote(folder, quiet("2026-03-20"), *done)
    card = terminal("practise", "calf-strength", folder, *QUIET, *AT).out
    assert "Calf strength, level 2 of 9: both feet, thirty in all" in card
    assert "1 week at level 1 done and quiet, so a level up." in " ".join(card.split())
    assert "3 × 10" in card
    assert terminal("practise", "calf-strength", folder, "--level", "1", *QUIET, *AT).code == 0
    refused = terminal("practise", "calf-strength", folder, "--level", "3", *QUIET, *AT)
    assert refused.code == 2
    assert "today's is 2" in refused.err


def test_the_gates_word_of_today_counts_here_too(terminal: Terminal, folder: Path) -> None:
    answers = folder / "answers.toml"
    answers.write_text('bone-spot = "left"\n', "utf-8")
    terminal("today", folder, "--sore", "left=1", "right=1", "--answers", answers, *AT)
    printed = terminal("practise", "glute-strength", folder, *QUIET, "--now", "2026-05-03T12:00:00+02:00")
    assert printed.code == 4
    assert "somebody should look at your calves first" in printed.out


def test_a_check_in_of_today_speaks_for_now(terminal: Terminal, folder: Path) -> None:
    terminal("today", folder, "--sore", "left=1", "right=1", "--answers", "none-of-these", *AT)
    assert terminal("practise", "calf-strength", folder, "--now", "2026-05-03T18:00:00+02:00").code == 0


def test_soreness_said_without_the_gates_questions_leaves_them_unasked(terminal: Terminal, folder: Path) -> None:
    said = {"event": "check-in", "at": "2026-05-03T09:00:00+02:00", "soreness": {"left": 1, "right": 0}}
    wrote(folder, quiet("2026-03-20"), said)
    assert terminal("practise", "calf-strength", folder, *AT).code == 0


def test_warm_ups_show_their_parts(terminal: Terminal, folder: Path) -> None:
    out = terminal("practise", "warm-up-easy", folder, *QUIET, *AT).out
    parts = [line.split(":")[0].strip() for line in out.splitlines() if line.startswith("  ")]
    shown = [part for part in parts if part in ("Raise", "Activate and mobilise", "Potentiate")]
    assert shown == ["Raise", "Activate and mobilise", "Potentiate"]
    assert "level" not in out.splitlines()[1]


def test_the_beat_is_the_runners_own(terminal: Terminal, folder: Path) -> None:
    practice = terminal("practise", "cadence", folder, *QUIET, *AT, "--json").json["practice"]
    beats = {item["beat_spm"] for item in practice["items"]} - {None}
    assert len(beats) == 1
    assert 150 <= beats.pop() <= 185


def test_no_recordings_and_unknown_words_are_told(terminal: Terminal, folder: Path) -> None:
    assert "name your recordings" in terminal("practise").err
    assert "name your recordings" in terminal("practise", "grass").err
    assert "none of warm-up-easy" in terminal("practise", "handstand", folder).err
    assert "--level belongs to a routine" in terminal("practise", folder, "--level", "1").err
