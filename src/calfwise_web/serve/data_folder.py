"""Where a runner's data lie: one folder, for the account that serves it alone."""

import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

SUBFOLDERS = ("originals", "staging", "static", "certificates")
_OWNER_ONLY = 0o700
_SECRET_BYTES = 48


def user_data_folder() -> Path:
    """The user's own data directory, when `CALFWISE_DATA` names no other."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "calfwise"
    base = os.environ.get("XDG_DATA_HOME", "")
    # The XDG rule: a path that is not absolute counts as not given.
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "calfwise"


def data_folder() -> Path:
    """The data folder, made with its subfolders where they are missing; only its owner can look in."""
    named = os.environ.get("CALFWISE_DATA", "").strip()
    folder = Path(named).expanduser().absolute() if named else user_data_folder()
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
    for name in SUBFOLDERS:
        (folder / name).mkdir(exist_ok=True, mode=_OWNER_ONLY)
    return folder


def secret_key(folder: Path) -> str:
    """The folder's secret key, made once: whole or not at all, and the same for all who ask at the same moment."""
    path = folder / "secret-key"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        return _make_secret_key(path)


def _make_secret_key(path: Path) -> str:
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".secret-key-")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another start was first: then theirs is the key
            os.link(made, path)
    finally:
        Path(made).unlink()
    return path.read_text("ascii").strip()
