"""A child's promise not to outlive the process that started it."""

import os
import signal
import threading
import time

PARENT_FD = "CALFWISE_PARENT_FD"
"""The reading end of a pipe that only the parent can write to: when the parent is gone, it ends."""
_GRACE_S = 3.0


def watch_parent() -> None:
    """Stop this process as by SIGTERM when its parent dies, however it dies; without a parent to watch, do nothing."""
    number = os.environ.pop(PARENT_FD, "")
    if number:
        threading.Thread(target=_watch, args=(int(number),), daemon=True, name="parent").start()


def _watch(pipe: int) -> None:
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_S)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
