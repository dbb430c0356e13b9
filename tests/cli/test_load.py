"""`calfwise load` and `check`."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calfwise.csv_text import safe_cell
from calfwise.intake import pool
from calfwise.sample import write_sample
from tests.cli.conftest import AT, Terminal

DOCUMENT = Path(__file__).parents[2] / "docs/terminal.md"


def test_json_has_the_documented_names(terminal: Terminal, made_runner: Path) -> None:
    document = terminal("load", made_runner, *AT, "--json").json
    assert set(document) == {"model_version", "runs", "days", "change", "used_to", "easy", "stance"}
    promised = {
        "id",
        "start",
        "distance_m",
        "duration_s",
        "strikes",
        "achilles_force_bw",
        "impulse_bw_s",
        "fast_strikes",
        "grade",
    }
    assert promised <= set(document["runs"][-1])
    assert set(document["runs"][-1]["achilles_force_bw"]) == {"low", "value", "high"}
    text = DOCUMENT.read_text("utf-8")
    told = (document["used_to"][0], document["easy"], document["stance"])
    for name in (
        *document,
        *document["runs"][-1],
        *document["days"][-1],
        *document["change"],
        *(n for t in told for n in t),
    ):
        assert f"`{name}`" in text, f"docs/terminal.md does not tell of {name}"


def test_today_json_has_the_documented_names(terminal: Terminal, made_runner: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    sore = ("--sore", "left=3", "right=3", "--answers", "none-of-these", "--journal", journal)
    document = terminal("today", made_runner, *sore, *AT, "--json").json
    text = DOCUMENT.read_text("utf-8")
    names = {*document, *document["screening"], *document["session"], *document["session"]["items"][0]}
    promised = {
        "model_version",
        "runs",
        "days",
        "change",
        "screening",
        "session",
        "queue",
        "advice",
        "next_run_budget_km",
    }
    assert promised <= set(document)
    assert {"side", "zone", "technique", "tool", "sets", "seconds", "reason", "sources"} <= set(
        document["session"]["items"][0]
    )
    for name in names:
        assert name in text, f"docs/terminal.md does not tell of {name}"


def test_strikes_and_impulse_of_the_days_are_those_of_their_runs(terminal: Terminal, made_runner: Path) -> None:
    document = terminal("load", made_runner, *AT, "--json").json
    assert sum(day["strikes"] for day in document["days"]) == sum(run["strikes"] for run in document["runs"])
    days, runs = (sum(row["impulse_bw_s"] for row in document[name]) for name in ("days", "runs"))
    assert days == pytest.approx(runs)


def test_csv_is_one_row_a_run_with_bands_in_columns(terminal: Terminal, made_runner: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(terminal("load", made_runner, *AT, "--csv").out)))
    assert len(rows) == len(list(made_runner.glob("*.fit")))
    low, value, high = (float(rows[-1][f"achilles_force_bw_{side}"]) for side in ("low", "value", "high"))
    assert low < value < high


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_text_in_csv_is_never_a_formula(start: str) -> None:
    assert safe_cell(f"{start}HYPERLINK(1)").startswith("'")


def test_the_table_names_grades_and_what_changed(terminal: Terminal, made_runner: Path) -> None:
    printed = terminal("load", made_runner, *AT)
    assert printed.code == 0
    assert "Calf force: peak of a step in body weights" in printed.out
    assert "Your last run:" in printed.out
    assert "The last 20 of 40 runs" in printed.out
    assert len(terminal("load", made_runner, *AT, "--all").out.splitlines()) > len(printed.out.splitlines())


def test_runs_after_now_are_not_known_yet(terminal: Terminal, made_runner: Path) -> None:
    everything = terminal("load", made_runner, *AT, "--json").json["runs"]
    earlier = terminal("load", made_runner, "--now", everything[-1]["start"][:10] + "T00:00+02:00", "--json").json[
        "runs"
    ]
    assert len(earlier) == len(everything) - 1


def test_runner_picks_one_of_several(terminal: Terminal, tmp_path: Path) -> None:
    for name, seed in (("ann", 1), ("bob", 2)):
        write_sample(tmp_path / name, until=datetime(2026, 1, 1, tzinfo=UTC), seed=seed, runs=2)
    assert len(terminal("load", tmp_path, "--runner", "ann", "--json").json["runs"]) == 2


def test_the_same_run_twice_counts_once_and_is_told(terminal: Terminal, made_runner: Path, tmp_path: Path) -> None:
    file = sorted(made_runner.glob("*.fit"))[0]
    for name in ("one.fit", "two.fit"):
        (tmp_path / name).write_bytes(file.read_bytes())
    printed = terminal("load", tmp_path, *AT, "--json")
    assert len(printed.json["runs"]) == 1
    assert "two.fit: duplicate: the same recording as one.fit" in printed.err


def test_check_tells_what_a_recording_holds(terminal: Terminal, made_runner: Path) -> None:
    printed = terminal("check", sorted(made_runner.glob("*.fit"))[-1])
    assert printed.code == 0
    for words in ("run:", "samples:", "ground contact", "grade A", "serial"):
        assert words in printed.out


def test_check_of_something_else_ends_with_three(terminal: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "letter.fit"
    letter.write_text("Dear runner")
    printed = terminal("check", letter)
    assert printed.code == 3
    assert "unreadable" in printed.out


def test_what_the_web_app_writes_into_a_journal_the_terminal_reads(
    terminal: Terminal, made_runner: Path, tmp_path: Path
) -> None:
    runs = terminal("load", made_runner, *AT, "--json").json["runs"]
    last, before = runs[-1]["id"], runs[-2]["id"]
    journal, at = tmp_path / "journal.jsonl", '"at":"2026-05-03T11:00:00+02:00"'
    lines = [
        (made_runner / "journal.jsonl").read_text("utf-8").rstrip("\n"),
        f'{{"event":"prefers",{at},"distance":"mi","time_zone":"Europe/Berlin","country":"DE","tools":["ball"]}}',
        f'{{"event":"consent",{at},"to":"keep-health-notes","version":"1","given":true}}',
        f'{{"event":"shoe",{at},"shoe":{{"id":"lent","name":"Lent pair","since":"2026-05-01","until":"2026-05-01"}}}}',
        f'{{"event":"run",{at},"run":"{last}","left_out":true}}',
        f'{{"event":"run",{at},"run":"{before}","shoe":"lent"}}',
    ]
    journal.write_text("\n".join(lines) + "\n", "utf-8")
    told = terminal("load", made_runner, "--journal", journal, *AT, "--json").json["runs"]
    assert [run["id"] for run in told] == [run["id"] for run in runs[:-1]]
    assert told[-1]["shoe"] == "Lent pair"
    assert [run["shoe"] for run in told[:-1]] == [run["shoe"] for run in runs[:-2]]


def test_a_new_shoe_is_in_the_answer_and_makes_nothing_to_be_read_again(
    terminal: Terminal, runner_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = terminal("load", runner_folder, *AT, "--json").json["runs"]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("decoded although its bytes are known")

    monkeypatch.setattr(pool, "decoded", never)
    monkeypatch.setattr(pool, "Decoders", never)
    day = before[-1]["start"][:10]
    shoe = f'{{"id":"fresh","name":"Fresh pair","since":"{day}","default":true}}'
    with (runner_folder / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(f'{{"event":"shoe","at":"2026-05-03T11:10:00+02:00","shoe":{shoe}}}\n')
        journal.write('{"event":"runner","at":"2026-05-03T11:11:00+02:00","runner":{"mass_kg":61}}\n')
    after = terminal("load", runner_folder, *AT, "--json").json["runs"]
    assert [run["shoe"] for run in after[:-1]] == [run["shoe"] for run in before[:-1]]
    assert after[-1]["shoe"] == "Fresh pair" != before[-1]["shoe"]
    assert len(list((tmp_path / "cache").glob("loads-*.msgpack"))) == 1
