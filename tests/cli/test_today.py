"""`calfwise today`, as a runner on the floor meets it."""

from pathlib import Path

import pytest

from calfwise.journal_file import read_journal
from calfwise.model.journal import CheckIn, Planned, Screened
from tests.cli.conftest import ALL_WELL, AT, Terminal


def test_sore_after_a_long_run_gets_a_session_with_exit_code_zero(terminal: Terminal, runner_folder: Path) -> None:
    printed = terminal(
        "today", runner_folder, "--sore", "left=5", "right=2", "--spot", "left:medial-upper:6", *ALL_WELL, *AT
    )
    assert printed.code == 0
    assert printed.out.startswith(
        "Today: three spots,"
    )  # the marked one, and two that the search of the right leg proposes
    assert "Left inner upper calf" in printed.out
    assert "run shorter than planned or not at all" in printed.out


def test_silence_gives_no_session_no_alarm_and_exit_code_four(terminal: Terminal, runner_folder: Path) -> None:
    printed = terminal("today", runner_folder, "--sore", "left=3", "right=3", *AT)
    assert printed.code == 4
    assert printed.out.startswith("No session yet: some questions are open.")
    assert "emergency" not in printed.out.lower()
    assert "Strikes a leg by week" in printed.out


def test_without_soreness_the_question_stays_open(terminal: Terminal, runner_folder: Path) -> None:
    printed = terminal("today", runner_folder, *ALL_WELL, *AT, "--json")
    assert printed.code == 4
    assert printed.json["screening"]["missing"] == ["soreness-left", "soreness-right"]
    assert printed.json["session"] is None


def test_nothing_tight_is_good_news(terminal: Terminal, runner_folder: Path) -> None:
    printed = terminal("today", runner_folder, "--sore", "left=0", "right=0", *ALL_WELL, *AT)
    assert printed.code == 0
    assert printed.out.startswith("Nothing is tight today.")


def test_a_sign_refers_and_the_first_line_says_how_soon(
    terminal: Terminal, runner_folder: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('all-others = "no"\nswelling = "left"\n')
    printed = terminal("today", runner_folder, "--sore", "left=3", "right=3", "--answers", answers, *AT)
    assert printed.code == 4
    assert printed.out.startswith("No massage of either leg. Somebody should look at this today.")
    assert "swollen" in printed.out
    assert "thrombosis" not in printed.out.lower()


def test_an_emergency_says_nothing_else(terminal: Terminal, runner_folder: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('all-others = "no"\nbreathless = true\n')
    printed = terminal("today", runner_folder, "--sore", "left=3", "right=3", "--answers", answers, *AT)
    assert printed.code == 4
    assert printed.out.startswith("No massage. Call your emergency number now.")
    assert "Running" not in printed.out


def test_unsure_is_no_answer(terminal: Terminal, runner_folder: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('all-others = "no"\nwarm = "unsure"\n')
    printed = terminal("today", runner_folder, "--sore", "left=3", "right=3", "--answers", answers, *AT, "--json")
    assert (printed.code, printed.json["screening"]["outcome"]) == (4, "unanswered")
    assert printed.json["screening"]["missing"] == ["warm"]


@pytest.mark.parametrize("text", ['swelling = "perhaps"', 'no-such-question = "no"', "not toml"])
def test_an_answers_file_that_is_half_understood_gives_no_session(
    terminal: Terminal, runner_folder: Path, tmp_path: Path, text: str
) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text(text)
    printed = terminal("today", runner_folder, "--sore", "left=3", "right=3", "--answers", answers, *AT)
    assert printed.code == 3
    assert printed.out == ""


def test_a_lock_holds_the_next_day_and_lifts_when_seen(terminal: Terminal, runner_folder: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('all-others = "no"\nstab = "left"\n')
    sore = ("--sore", "left=3", "right=3")
    assert terminal("today", runner_folder, *sore, "--answers", answers, *AT).code == 4

    tomorrow = ("--now", "2026-05-04T11:00+02:00")
    printed = terminal("today", runner_folder, *sore, *ALL_WELL, *tomorrow, "--json")
    assert printed.json["screening"]["outcome"] == "limited"
    assert printed.json["screening"]["side"] == "left"
    assert {item["side"] for item in printed.json["session"]["items"]} == {"right"}

    seen = ("--by", "Ann, physio", "--on", "2026-05-05")
    assert terminal("seen", runner_folder, *seen, "--not-yet", "--now", "2026-05-05T12:00+02:00").code == 0
    later = ("--now", "2026-05-05T18:00+02:00")
    assert (
        terminal("today", runner_folder, *sore, *ALL_WELL, *later, "--json").json["screening"]["outcome"] == "limited"
    )
    assert terminal("seen", runner_folder, *seen, "--massage-is-fine", *later).code == 0
    after = ("--now", "2026-05-06T18:00+02:00")
    printed = terminal("today", runner_folder, *sore, *ALL_WELL, *after, "--json")
    assert {item["side"] for item in printed.json["session"]["items"]} == {"left", "right"}


def test_one_session_a_day_and_the_rest_waits_until_tomorrow(terminal: Terminal, runner_folder: Path) -> None:
    sore = ("--sore", "left=4", "right=4")
    spots = ("--spot", "left:medial-upper:6", "left:junction:3", "right:medial-middle:5", "right:soleus-medial:2")
    first = terminal("today", runner_folder, *sore, *spots, *ALL_WELL, *AT, "--json").json
    assert (
        len({(item["side"], item["zone"]) for item in first["session"]["items"] if item["zone"] != "whole-calf"}) <= 3
    )
    waiting = [spot["spot"] for spot in first["queue"]]
    assert waiting
    assert terminal("done", runner_folder, "--after", "left:medial-upper:3", *AT).code == 0

    again = terminal("today", runner_folder, *sore, *ALL_WELL, "--now", "2026-05-03T20:00+02:00", "--json").json
    assert again["session"] is None
    assert again["reasons"][0]["id"] == "once-a-day"

    tomorrow = terminal("today", runner_folder, *sore, *ALL_WELL, "--now", "2026-05-04T20:00+02:00", "--json").json
    first_spot = next(item for item in tomorrow["session"]["items"] if item["zone"] != "whole-calf")
    assert {"side": first_spot["side"], "zone": first_spot["zone"]} in waiting
    assert "waited since Sunday" in first_spot["reason"]


def test_without_a_journal_two_spots_at_most_and_gently(terminal: Terminal, runner_folder: Path) -> None:
    (runner_folder / "journal.jsonl").unlink()
    spots = ("--spot", "left:medial-upper:6", "left:junction:3", "right:medial-middle:5")
    printed = terminal("today", runner_folder, "--sore", "left=4", "right=4", *spots, *ALL_WELL, *AT, "--json")
    items = printed.json["session"]["items"]
    assert len({(item["side"], item["zone"]) for item in items if item["zone"] != "whole-calf"}) == 2
    assert max(item["effort_nrs"] for item in items) == 3
    assert not (runner_folder / "journal.jsonl").exists()


def test_the_journal_keeps_check_in_verdict_and_plan(terminal: Terminal, runner_folder: Path) -> None:
    before = len(read_journal(runner_folder / "journal.jsonl"))
    terminal("today", runner_folder, "--sore", "left=4", "right=3", *ALL_WELL, *AT)
    kept = read_journal(runner_folder / "journal.jsonl")[before:]
    assert [type(event) for event in kept] == [CheckIn, Screened, Planned]


def test_a_torn_journal_gives_no_session(terminal: Terminal, runner_folder: Path) -> None:
    with (runner_folder / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"event":"screened","at":"2026-05')
    printed = terminal("today", runner_folder, "--sore", "left=4", "right=3", *ALL_WELL, *AT)
    assert printed.code == 3
    assert printed.out == ""
    assert "line" in printed.err


def test_a_scenario_file_is_a_whole_case(terminal: Terminal, tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        'name = "Sore on both sides after a long run"\nnow = 2026-05-05T19:00:00+02:00\njournal = []\n'
        "[[runs]]\ndays_ago = 4\nkm = 8\nevery_days = 3\ntimes = 8\n[[runs]]\ndays_ago = 2\nkm = 13\n"
        '[check_in]\nleft = 4\nright = 4\nspots = ["left:medial-upper:6"]\n'
    )
    printed = terminal("today", "--scenario", case, "--json")
    assert printed.code == 0
    assert printed.json["change"]["alert"]["ratio"] == 13 / 8


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("--sore", "left=11"), 2),
        (("--spot", "left:big-toe:3"), 2),
        (("--kit", "massage-gun"), 2),
        (("--minutes", "0"), 2),
        (("--now", "yesterday"), 2),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(
    terminal: Terminal, runner_folder: Path, arguments: tuple[str, ...], code: int
) -> None:
    paths = (runner_folder,) if arguments else ()
    assert terminal("today", *paths, *arguments).code == code


def test_a_named_file_that_cannot_be_read_ends_with_three(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "run.fit"
    file.write_bytes(b"")
    printed = terminal("today", file, "--sore", "left=2", "right=2", *ALL_WELL)
    assert printed.code == 3
    assert printed.out == ""
    assert "an empty file" in printed.err


def test_one_bad_file_in_a_folder_stops_nothing(terminal: Terminal, runner_folder: Path) -> None:
    (runner_folder / "broken.fit").write_bytes(b"\0" * 100)
    printed = terminal("today", runner_folder, "--sore", "left=2", "right=2", *ALL_WELL, *AT)
    assert printed.code == 0
    assert "broken.fit: unreadable" in printed.err


def test_words_never_promise(terminal: Terminal, runner_folder: Path) -> None:
    printed = terminal("today", runner_folder, "--sore", "left=5", "right=2", *ALL_WELL, *AT)
    words = printed.out.lower().replace("[", " ").replace("]", " ").split()
    assert not {
        "safe",
        "safely",
        "treats",
        "treatment",
        "heals",
        "cured",
        "releases",
        "detects",
        "prevents",
        "clear",
    } & set(words)


def test_a_quiet_day_offers_heel_raises_and_the_journal_remembers_them(terminal: Terminal, runner_folder: Path) -> None:
    quiet = ("today", runner_folder, "--sore", "left=0", "right=0", *ALL_WELL, *AT)
    assert "heel raises: level 1" in terminal(*quiet).out
    habit = terminal(*quiet, "--json").json["habit"]
    assert habit["level"] == 1
    assert [item["protocol"] for item in habit["items"]] == ["heel-raises-straight", "heel-raises-bent"]
    assert terminal("done", runner_folder, *AT).code == 0
    assert terminal(*quiet, "--json").json["habit"] is None, "not two days running"
    assert terminal("done", runner_folder, *AT).code != 0
