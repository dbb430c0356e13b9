"""Server and worker as one process tree: they start together, are started anew when they die, and end together."""

import contextlib
import os
import queue
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from calfwise_web.serve.addresses import file_numbers
from calfwise_web.serve.parent import PARENT_FD
from calfwise_web.serve.refusal import CannotServe

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STOP_S = 10.0
_STARTING_S = 10.0
_STEADY_S = 60.0
_LONGEST_PAUSE_S = 30.0


def pause_s(failures: int) -> float:
    """How long to wait before a child that keeps dying is started anew.

    >>> [pause_s(failures) for failures in (1, 2, 3, 6, 2000)]
    [1.0, 2.0, 4.0, 30.0, 30.0]
    """
    return min(2.0 ** min(failures - 1, 10), _LONGEST_PAUSE_S)


@dataclass(slots=True)
class Child:
    """A process that ought to run: how it is started, and how it has fared."""

    name: str
    module: str
    arguments: Sequence[str] = ()
    inherits: Sequence[int] = ()
    starts: int = field(default=0, init=False)
    failures: int = field(default=0, init=False)
    started_s: float = field(default=0.0, init=False)
    due_s: float | None = field(default=None, init=False)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self, parent_pipe: int) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        self.process = subprocess.Popen(  # noqa: S603 - ourselves
            # -P: nothing is imported from the folder one happens to stand in.
            [sys.executable, "-P", "-m", self.module, *self.arguments],
            pass_fds=(parent_pipe, *self.inherits),
            env={**os.environ, PARENT_FD: str(parent_pipe)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.starts += 1
        self.started_s = time.monotonic()
        self.due_s = None

    def ended(self) -> int | None:
        """Its exit code if it has just ended; whatever it left running goes with it."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.kill()
        lived_s = time.monotonic() - self.started_s
        self.failures = 1 if lived_s >= _STEADY_S else self.failures + 1
        self.due_s = time.monotonic() + pause_s(self.failures)
        self.process = None
        return code

    def never_came_up(self, code: int) -> bool:
        """Whether it gave up by itself at its very first start; a signal from outside is no reason to give up."""
        return self.starts == 1 and code > 0 and time.monotonic() - self.started_s < _STARTING_S

    def terminate(self) -> None:
        """Ask it to finish."""
        if self.process is not None:
            self.process.terminate()

    def running(self) -> bool:
        """Whether there is still something to wait for."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """End its whole group at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Keeps its children running until it is told to stop."""

    def __init__(self, *, server: Child, worker: Child, sockets: Sequence[socket.socket]) -> None:
        self.server = server
        self.children = (server, worker)
        self.sockets = sockets
        self.signals: queue.SimpleQueue[int] = queue.SimpleQueue()  # may be put to from a signal handler

    def run(self) -> None:
        """Until SIGINT, SIGTERM or SIGHUP; raises CannotServe when the server does not come up at all."""
        for number in (*_STOP_SIGNALS, signal.SIGCHLD):
            if signal.getsignal(number) != signal.SIG_IGN or number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda number, _: self.signals.put(number))
        reading, writing = os.pipe()  # `writing` is never used: it is closed when this process ends, and that is read
        try:
            for child in self.children:
                child.start(reading)
            while self._next_signal(self._next_start_s()) not in _STOP_SIGNALS:
                for child in self.children:
                    self._tend(child, reading)
        finally:
            self._stop()
            os.close(reading)
            os.close(writing)

    def _next_signal(self, timeout_s: float | None) -> int | None:
        try:
            return self.signals.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _next_start_s(self) -> float | None:
        due_s = [child.due_s for child in self.children if child.due_s is not None]
        return max(0.0, min(due_s) - time.monotonic()) if due_s else None

    def _tend(self, child: Child, parent_pipe: int) -> None:
        code = child.ended()
        if code is not None:
            if child is self.server and child.never_came_up(code):
                raise CannotServe(
                    f"The server ended as soon as it was started (exit code {code}); the lines above say why. "
                    "Your data are as they were."
                )
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            print(
                f"calfwise: the {child.name} ended ({how}); starting it anew in {pause_s(child.failures):.0f} s.",
                file=sys.stderr,
                flush=True,
            )
        if child.due_s is not None and child.due_s <= time.monotonic():
            child.start(parent_pipe)

    def _stop(self) -> None:
        """Let both finish what they are at, but not for ever; a second Ctrl-C ends the waiting."""
        for each in self.sockets:
            each.close()
        for child in self.children:
            child.terminate()
        until_s = time.monotonic() + _STOP_S
        while any(child.running() for child in self.children) and (left_s := until_s - time.monotonic()) > 0:
            if self._next_signal(left_s) in _STOP_SIGNALS:
                break
        for child in self.children:
            child.kill()


def supervised(*, sockets: Sequence[socket.socket], certificate: str | None, key: str | None) -> Supervisor:
    """The web app's two children."""
    numbers = file_numbers(sockets)
    arguments = [f"--fd={number}" for number in numbers]
    if certificate and key:
        arguments += [f"--certificate={certificate}", f"--key={key}"]
    return Supervisor(
        server=Child(name="server", module="calfwise_web.serve.server", arguments=arguments, inherits=numbers),
        worker=Child(name="worker", module="calfwise_web.serve.background"),
        sockets=sockets,
    )
