"""Real processes on free ports, each with a data folder of its own."""

import contextlib
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

STARTING_S = 30


def clean_environment(data: Path) -> dict[str, str]:
    """What a runner's own shell would hold: nothing of ours but the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CALFWISE_", "DJANGO_"))}
    return kept | {"CALFWISE_DATA": str(data)}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "calfwise", "serve", *arguments]


@dataclass(slots=True)
class Served:
    """A running `calfwise serve`."""

    process: subprocess.Popen[str]
    data: Path
    said: list[str]

    @property
    def url(self) -> str:
        return next(line for line in self.said if line.startswith("calfwise is at ")).removeprefix("calfwise is at ")

    def healthy(self, context: ssl.SSLContext | None = None) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5, context=context) as answer:
                return bool(answer.status == 200 and answer.read().strip() == b"ok")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def children(self, module: str = "") -> list[int]:
        """Every process of this tree but the first, found by the data folder that only they were started with."""
        mine = f"CALFWISE_DATA={self.data}\0".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != self.process.pid:
                with contextlib.suppress(OSError):
                    if mine in (folder / "environ").read_bytes() and module in (folder / "cmdline").read_text():
                        found.append(int(folder.name))
        return sorted(found)

    def first_child(self, module: str) -> int:
        """The one that the supervisor started, whatever it forked since."""
        own = [pid for pid in self.children(module) if _parent(pid) == self.process.pid]
        assert len(own) == 1, own
        return own[0]


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def wait_until(true: Callable[[], bool], *, within_s: float) -> bool:
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        if true():
            return True
        time.sleep(0.05)
    return true()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start `calfwise serve` and give it back once it has said everything; ended after the test, whatever happened."""
    running: list[Served] = []

    def start(*arguments: str) -> Served:
        data = tmp_path / "data"
        process = subprocess.Popen(
            command("--port", "0", *arguments),
            env=clean_environment(data),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        served = Served(process, data, [])
        running.append(served)
        assert process.stdout is not None
        for line in process.stdout:
            served.said.append(line.rstrip("\n"))
            if line.startswith("Ctrl-C"):
                return served
        raise AssertionError(f"it ended before it served: {served.said}")

    yield start
    for served in running:
        if served.process.poll() is None:
            served.process.send_signal(signal.SIGTERM)
        served.process.wait(STARTING_S)
        assert served.process.stdout is not None
        served.process.stdout.close()
        for pid in served.children():
            os.kill(pid, signal.SIGKILL)
