"""Browsers of two people against a real `calfwise serve`, each with its way there, which can be cut."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.browser.conftest import CHROMIUM, FLAGS, sync_api
from tests.web.player.network import Network
from tests.web.serve.conftest import clean_environment, command

ROOT = Path(__file__).parents[3]
PLAYER = "/static/calfwise/js/player"

HELD = """
SELECT line FROM player_happening
JOIN journal_journal ON journal_journal.id = journal_id JOIN people_user ON people_user.id = user_id
WHERE session = ? AND username = ? ORDER BY device, sequence
"""


@dataclass(frozen=True)
class Runner:
    """Somebody with a session planned for today."""

    name: str
    cookie: str
    session: str

    @property
    def path(self) -> str:
        return f"/session/{self.session}/"


@dataclass
class Served:
    """The server, and who has an account there."""

    port: int
    data: Path
    runners: list[Runner] = field(default_factory=list)
    _given: int = 0

    def held(self, runner: Runner) -> list[dict[str, Any]]:
        """The events of somebody's session that are on the server's disk, by device and number."""
        with contextlib.closing(sqlite3.connect(self.data / "calfwise.sqlite3")) as database:
            return [json.loads(line) for (line,) in database.execute(HELD, [runner.session, runner.name])]

    def runner(self) -> Runner:
        """Somebody whom no test had before."""
        self._given += 1
        return self.runners[self._given - 1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for a file of tests; every test has runners of its own."""
    data = tmp_path_factory.mktemp("served") / "data"
    process = subprocess.Popen(
        command("--port", "0"), env=clean_environment(data), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    said = next(line for line in process.stdout if line.startswith("calfwise is at "))
    port = urlsplit(said.split()[-1]).port
    assert port is not None
    names = [f"runner{number}" for number in range(24)]
    asked = [sys.executable, "-m", "tests.web.player.planned", *names]
    environment = clean_environment(data) | {"DJANGO_SETTINGS_MODULE": "calfwise_web.settings"}
    told = subprocess.run(asked, env=environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    yield Served(port, data, [Runner(**each) for each in json.loads(told)])
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    process.stdout.close()


class Device:
    """A browser, and its own way to the server."""

    def __init__(self, start: Callable[[], Any], network: Network, disk: Path | None = None) -> None:
        self.network = network
        self.base = f"http://127.0.0.1:{network.port}"
        self._start = start
        self._disk = disk
        self._runner: Runner | None = None
        self.start()

    def start(self) -> None:
        self.context = self._start()
        self.context.set_default_timeout(15_000)
        if self._runner is not None:
            self.sign_in(self._runner)

    def sign_in(self, runner: Runner) -> None:
        """As if this browser had been signed in for days: so long that a crash does not lose its cookie."""
        self._runner = runner
        self.context.add_cookies([{"name": "sessionid", "value": runner.cookie, "url": self.base}])

    def page(self, path: str) -> Any:
        page = self.context.new_page()
        page.goto(self.base + path)
        return page

    def offline(self) -> None:
        self.network.cut()
        self.context.set_offline(True)

    def online(self) -> None:
        self.network.mend()
        self.context.set_offline(False)

    def crash(self) -> None:
        """Every process of this browser ends at once, with whatever it was doing."""
        assert self._disk is not None
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if str(self._disk).encode() in (folder / "cmdline").read_bytes():
                        os.kill(int(folder.name), signal.SIGKILL)
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self._disk / name).unlink(missing_ok=True)

    def close(self) -> None:
        with contextlib.suppress(sync_api.Error):
            self.context.close()
        self.network.close()


@pytest.fixture(scope="module")
def played() -> Iterator[Any]:
    """Playwright, and a browser that devices share: each as far from the others as an own one."""
    if CHROMIUM is None:
        pytest.skip("browser tests need Chromium (Debian: apt install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield playwright, browser
        browser.close()


@pytest.fixture
def device(played: Any, served: Served, tmp_path: Path) -> Iterator[Callable[..., Device]]:
    """A new browser, signed in as somebody; with a disk of its own, it can crash and come back."""
    playwright, browser = played
    made: list[Device] = []

    def with_disk() -> Any:
        return playwright.chromium.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=FLAGS, timezone_id="Europe/Berlin"
        )

    def new(runner: Runner, *, own_disk: bool = False) -> Device:
        network = Network(served.port)
        if own_disk:
            made.append(Device(with_disk, network, tmp_path))
        else:
            made.append(Device(lambda: browser.new_context(timezone_id="Europe/Berlin"), network))
        made[-1].sign_in(runner)
        return made[-1]

    yield new
    for each in made:
        each.close()
