"""What tests share: the real recordings, where they are."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache."""
    monkeypatch.setenv("CALFWISE_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings and lab data; the test is skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"no real recordings here ({SHARED})")
    return SHARED


def real_files(pattern: str) -> list[Path]:
    """The real recordings that match, in order; none where the folder is not."""
    return sorted((SHARED / "recordings").glob(pattern))
