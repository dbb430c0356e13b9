"""`calfwise helped`: what felt quieter after, with how far one can say so."""

from pathlib import Path

from calfwise.journal_file import append
from tests.cli.conftest import AT, Terminal
from tests.model.fix.helped.made import INNER, NOW, item, session

LATER = ("--now", NOW.isoformat())


def kept(folder: Path, count: int) -> Path:
    """Cross strokes and press and hold in turn; two of ten quieter after cross strokes."""
    path = folder / "journal.jsonl"
    for number in range(count):
        technique, after = (("press-and-hold", 6), ("cross-strokes", 4))[number % 2]
        append(path, list(session(60 - 2 * number, item(INNER, technique), before=[6], after=[after])))
    return path


def test_after_ten_sessions_each_it_says_which_felt_quieter_and_by_how_much(terminal: Terminal, tmp_path: Path) -> None:
    printed = terminal("helped", "--journal", kept(tmp_path, 20), *LATER)
    words = " ".join(printed.out.split())
    assert printed.code == 0
    assert "What felt quieter after, from 20 sessions since 21 March 2026" in words
    assert "Cross strokes right after: felt quieter by 1.9 of 10" in words
    assert "never with doing nothing" in words
    assert "our rule]" in words


def test_after_two_sessions_it_is_too_early_to_say(terminal: Terminal, tmp_path: Path) -> None:
    words = " ".join(terminal("helped", "--journal", kept(tmp_path, 2), *LATER).out.split())
    assert words.count("too early to say: 1 session so far") == 2
    assert "too early to say: 2 sessions so far" in words
    assert "felt quieter by" not in words


def test_without_a_session_it_says_so(terminal: Terminal, made_runner: Path, tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").touch()
    assert "no session so far" in terminal("helped", "--journal", tmp_path / "journal.jsonl", *LATER).out
    assert terminal("helped", made_runner, *AT).code == 0


def test_json_has_every_interval_and_null_where_it_is_too_early(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal("helped", "--journal", kept(tmp_path, 12), *LATER, "--json").json
    assert (answer["source"], answer["sessions"], answer["first"]) == ("OurRule", 12, "2026-03-21")
    crossed = next(line for line in answer["lines"] if line["id"] == "cross-strokes")
    [after] = crossed["felt"]
    assert (after["measure"], after["sessions"]) == ("after", 6)
    assert after["change"]["low"] < after["change"]["mean"] < after["change"]["high"]
    thumbs = next(line for line in answer["lines"] if line["id"] == "thumbs")
    assert thumbs["felt"][0]["ahead"] is None


def test_without_a_path_it_says_what_it_wants(terminal: Terminal) -> None:
    printed = terminal("helped")
    assert printed.code == 2
    assert "name your recordings or your journal" in printed.err


def test_today_leans_on_the_same_sessions_and_says_so(terminal: Terminal, made_runner: Path, tmp_path: Path) -> None:
    """Fourteen sessions; cross strokes two of ten quieter."""
    journal = kept(tmp_path, 14)
    spot = ("--sore", "left=1", "right=0", "--spot", f"{INNER}:5")
    asked = terminal("today", made_runner, "--journal", journal, *spot, "--answers", "none-of-these", *LATER, "--json")
    pressed = [each for each in asked.json["session"]["items"] if each["zone"] == INNER.zone]
    assert [each["technique"] for each in pressed] == ["cross-strokes"]
    assert "quieter on average after 7 sessions here, so it comes first" in pressed[0]["reason"]
    assert "OurRule" in pressed[0]["sources"]
