"""A running tree of processes, and a hand that kills any of them."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

STARTING_S = 60


class Tree:
    """`calfwise serve` on a data folder of its own; started anew when it is killed as a whole."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CALFWISE_")}
        self.environment = kept | {"CALFWISE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "calfwise_web.settings"}
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        arguments = [sys.executable, "-m", "tests.web.soak.served", "--port", str(self.port), "--data", str(self.data)]
        with (self.data.parent / "served.log").open("ab") as log:
            return subprocess.Popen(arguments, env=self.environment, stdout=log, stderr=log)

    def pids(self) -> list[int]:
        """Every process of the tree, found by the data folder that only they were started with."""
        mine = f"CALFWISE_DATA={self.data}\0".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if mine in (folder / "environ").read_bytes():
                        found.append(int(folder.name))
        return found

    def kill_one(self, chance: random.Random) -> None:
        """Any of them, the first included."""
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(self.pids()), signal.SIGKILL)

    def mend(self) -> None:
        """Start the whole again if its first process is gone and the others have noticed."""
        if self.process.poll() is None:
            return
        deadline = time.monotonic() + STARTING_S
        while self.pids() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.process = self._started()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


class Killer(threading.Thread):
    """Kills so many times, at moments that nobody foresees: mostly in a row, now and then after a while of peace.

    A tree whose first process was killed is started again, as a machine's service manager would.
    """

    def __init__(self, tree: Tree, kills: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.tree, self.kills, self.done = tree, kills, 0
        self._chance = random.Random(seed)
        self._at_rest = threading.Event()

    @property
    def is_over(self) -> bool:
        return self.done >= self.kills

    def run(self) -> None:
        while not self._at_rest.is_set():
            peace = self._chance.random() < 0.25
            self._mend_for(self._chance.uniform(2.0, 4.0) if peace else self._chance.uniform(0.02, 0.6))
            if not self.is_over:
                self.tree.kill_one(self._chance)
                self.done += 1

    def rest(self) -> None:
        """No more killing, and no more mending."""
        self._at_rest.set()
        self.join()

    def _mend_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._at_rest.is_set():
            self.tree.mend()
            time.sleep(0.02)
