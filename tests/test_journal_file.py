"""The journal as a file."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from calfwise.errors import UnreadableFile
from calfwise.journal_file import append, journal_beside, read_journal
from calfwise.model.journal import PlansRace, fold

RACE = PlansRace(at=datetime(2026, 5, 1, tzinfo=UTC), on=date(2026, 5, 3))
LATER = PlansRace(at=datetime(2026, 5, 2, tzinfo=UTC), on=date(2026, 6, 7))


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    journal = tmp_path / "deep" / "journal.jsonl"
    append(journal, [RACE])
    append(journal, [LATER])
    assert read_journal(journal) == [RACE, LATER]
    assert fold(read_journal(journal)).races == {date(2026, 5, 3), date(2026, 6, 7)}


def test_no_file_is_an_empty_journal(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "journal.jsonl") == []


def test_half_a_line_is_named_and_the_next_event_is_not_glued_to_it(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    journal.write_bytes(b'{"event":"race","at":"2026-')
    append(journal, [RACE])
    assert len(journal.read_bytes().splitlines()) == 2
    with pytest.raises(UnreadableFile, match="line 1"):
        read_journal(journal)


def test_an_unknown_event_is_refused_with_its_line(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    append(journal, [RACE])
    with journal.open("ab") as file:
        file.write(b'{"event":"horoscope","at":"2026-05-01T00:00:00Z"}\n')
    with pytest.raises(UnreadableFile, match="line 2"):
        read_journal(journal)


def test_the_journal_is_found_beside_the_recordings(tmp_path: Path) -> None:
    assert journal_beside([tmp_path]) is None
    append(tmp_path / "journal.jsonl", [RACE])
    assert journal_beside([tmp_path]) == tmp_path / "journal.jsonl"
