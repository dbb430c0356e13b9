"""`calfwise working`: sessions needed per 100 km, never without what has to stand beside them."""

from pathlib import Path

from tests.cli.conftest import AT, Terminal


def test_the_figure_never_stands_without_the_mornings(terminal: Terminal, made_runner: Path) -> None:
    printed = terminal("working", made_runner, *AT)
    lines = " ".join(printed.out.split())
    assert printed.code == 0
    assert "Four weeks each:" in lines
    for part in lines.split("Four weeks each:")[1].split("Load carried")[0].split(" to 20")[1:]:
        assert "answered" in part or "before your journal began" in part or "not estimated" in part
    assert "[our rule, coach's rule]" in lines


def test_where_few_mornings_are_answered_little_is_said(terminal: Terminal, made_runner: Path, tmp_path: Path) -> None:
    seldom = tmp_path / "seldom.jsonl"
    lines = (made_runner / "journal.jsonl").read_bytes().splitlines(keepends=True)
    spoken = [line for line in lines if b'"event":"morning"' in line]
    seldom.write_bytes(b"".join(line for line in lines if line not in spoken or spoken.index(line) % 8 == 0))
    answer = terminal("working", made_runner, "--journal", seldom, *AT, "--json").json
    assert answer["verdict"]["kind"] in ("too early to say", "we can't tell", "too few to tell apart")
    assert answer["now"]["thin"] is True
    assert {"windows", "weeks", "carried", "against", "spots", "years", "same_weeks", "began"} <= set(answer)


def test_windows_without_enough_running_have_no_figure_and_say_why(
    terminal: Terminal, made_runner: Path, tmp_path: Path
) -> None:
    quiet = tmp_path / "quiet.jsonl"
    quiet.write_text("", "utf-8")
    answer = terminal("working", made_runner, "--journal", quiet, *AT, "--json").json
    assert answer["verdict"]["text"] == ["Too early to say: nothing is written down yet."]
    assert (answer["now"]["rate"], answer["now"]["why_not"]) == (None, "before your journal began")


def test_without_recordings_it_asks_for_them(terminal: Terminal) -> None:
    printed = terminal("working")
    assert printed.code == 2
    assert "name your recordings" in printed.err
