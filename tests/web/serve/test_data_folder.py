"""The data folder is its owner's alone, and its key stays what it was."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from calfwise_web.serve.data_folder import SUBFOLDERS, data_folder, secret_key, user_data_folder


def test_the_folder_is_made_with_its_subfolders_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALFWISE_DATA", str(tmp_path / "runner" / "calfwise"))
    folder = data_folder()
    assert folder == tmp_path / "runner" / "calfwise"
    for path in (folder, *(folder / name for name in SUBFOLDERS)):
        assert path.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has a place of its own")
def test_without_a_name_it_is_the_users_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert user_data_folder() == tmp_path / ".local" / "share" / "calfwise"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert user_data_folder() == tmp_path / "xdg" / "calfwise"
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    assert user_data_folder() == tmp_path / ".local" / "share" / "calfwise"


def test_the_key_is_long_secret_and_stable(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"], "nothing is left lying about"


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret_key(tmp_path), range(64)))) == 1
