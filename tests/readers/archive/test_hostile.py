"""No archive does harm: each trick is refused by name, and the good recording beside it is still read."""

import pytest

from calfwise.readers.archive import Entry, Refused, entries
from tests.readers.archive.hostile import SMALL, TRICKS, Trick
from tests.readers.archive.making import GOOD, GOOD_NAME, read_all


def test_there_are_more_than_forty_tricks():
    assert len({trick.id for trick in TRICKS}) == len(TRICKS) > 70


@pytest.mark.parametrize("trick", TRICKS, ids=[trick.id for trick in TRICKS])
def test_a_hostile_archive_is_refused_by_name_and_the_good_recording_is_read(trick: Trick, tmp_path):
    folder = tmp_path / "runs"
    folder.mkdir()
    trick.make(folder)
    (folder / "zz.gpx").write_bytes(GOOD)
    read, refused = read_all(folder, limits=SMALL)
    blamed = [name for name, why in refused.items() if trick.why in why]
    assert any(name.endswith(trick.name) for name in blamed), refused
    assert read[(folder / "zz.gpx").as_posix()] == GOOD
    assert (read.get(GOOD_NAME) == GOOD) is trick.good_inside


@pytest.mark.parametrize("trick", TRICKS, ids=[trick.id for trick in TRICKS])
def test_what_is_told_of_a_hostile_archive_cannot_steer_a_terminal(trick: Trick, tmp_path):
    trick.make(tmp_path)
    for found in entries(tmp_path, SMALL):
        assert found.name.isprintable()
        assert isinstance(found, Entry | Refused)
