"""Who may prepare a data folder, and who serves it: one at a time."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from calfwise_web.serve.refusal import CannotServe


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextlib.contextmanager
def preparing(folder: Path) -> Iterator[None]:
    """Wait until nobody else prepares this folder, then hold it."""
    handle = _opened(folder / "preparing.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Hold the folder for as long as it is served; the system lets go of it when the process ends, however it ends."""
    handle = _opened(folder / "serving.lock")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(_already_served(folder, handle)) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _already_served(folder: Path, handle: int) -> str:
    holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    who = f"another calfwise (process {holder})" if holder else "another calfwise"
    return (
        f"{folder} is already served by {who}. Two would fight over the same journal, so this one stays away and that "
        "one runs on. Use it, stop it, or name another folder with --data."
    )
