"""The web app under load, on a server of its own: `./dev bench web`."""

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from calfwise import library

ROOT = Path(__file__).parent.parent
RUNS = 3000
CLIENTS = 16
SATURATED_S, ROUNDS = 3.0, 5
CALM_S = 30.0
AT_ONCE = 60
"""Files a request, as the page's script sends them."""
CSRF = "b" * 32
FRAME, TODAY, LIST, LOAD = "/more/", "/", "/runs/", "/load/"


class Browser:
    """One connection, signed in."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> bytes:
        self.connection.request("POST" if body is not None else "GET", path, body, self.headers | headers)
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status >= 400 or (body is None and answer.status != 200):
            raise RuntimeError(f"{path}: {answer.status}")
        return data


def bench_web() -> dict[str, float]:
    """Pages with ten years behind them, and ten years coming in; ratios to an empty page and to the terminal."""
    with tempfile.TemporaryDirectory(prefix="calfwise-bench-") as folder:
        corpus = Path(folder) / "corpus"
        _calfwise("sample", str(corpus), "--runs", str(RUNS), cache=folder)
        began = time.perf_counter()
        _calfwise("load", str(corpus), "--json", cache=folder)
        terminal_s = time.perf_counter() - began
        with _served(Path(folder) / "data") as (port, session):
            imported_s, read_s = _imported(port, session, corpus)
            asked_s = _checks_in(port, session)
            rates = _rates(port, session)
            today = _latencies(port, session, TODAY)
            calm = _latencies(port, session, LIST, LOAD)
            again = threading.Thread(target=_imported, args=(port, session, _other(Path(folder))))
            again.start()
            busy = _latencies(port, session, TODAY, LIST, LOAD)
            still = again.is_alive()
            again.join()
    return {
        "terminal, cold (s)": terminal_s,
        "import, first byte to done (s)": imported_s,
        "import, all uploaded to done (s)": read_s,
        "import with upload / terminal speed": terminal_s / imported_s,
        "import without upload / terminal speed": terminal_s / read_s,
        **{f"requests a second: {page}": rate for page, rate in rates.items()},
        "Runs / empty page": rates[LIST] / rates[FRAME],
        "Load / empty page": rates[LOAD] / rates[FRAME],
        "Today / empty page": rates[TODAY] / rates[FRAME],
        "a check-in to its session (s)": asked_s,
        "Today p50 (ms)": 1000 * statistics.median(today),
        "Today p99 (ms)": 1000 * _p99(today),
        "Runs and Load p50 (ms)": 1000 * statistics.median(calm),
        "Runs and Load p99 (ms)": 1000 * _p99(calm),
        "p99 while an import runs (ms)": 1000 * _p99(busy),
        "the import outlasted the measurement": float(still),
    }


def _calfwise(*arguments: str, cache: str) -> None:
    environment = os.environ | {"CALFWISE_CACHE": f"{cache}/cache"}
    subprocess.run([sys.executable, "-m", "calfwise", *arguments], check=True, env=environment, capture_output=True)


def _other(folder: Path) -> Path:
    """The same runs a second later in their bytes: nothing is known of them, and all are twins."""
    corpus = folder / "other"
    _calfwise("sample", str(corpus), "--runs", str(RUNS), "--seed", "7", cache=str(folder))
    return corpus


@contextlib.contextmanager
def _served(data: Path) -> Iterator[tuple[int, str]]:
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"CALFWISE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "calfwise_web.settings"}
    serve = [sys.executable, "-m", "calfwise", "serve", "--port", str(port)]
    process = subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_up(port)
        account = [sys.executable, "-m", "tests.web.soak.account"]
        made = subprocess.run(account, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        yield port, made.stdout.strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait_until_up(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError, http.client.HTTPException, RuntimeError):
            Browser(port, "").ask("/healthz")
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def _imported(port: int, session: str, corpus: Path) -> tuple[float, float]:
    """Bring a folder as the page's script does and wait for its end: seconds from the first byte, and from the last."""
    browser = Browser(port, session)
    files = sorted(corpus.glob("*.fit"))
    began = time.perf_counter()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    urls = json.loads(browser.ask("/import/new/", urlencode({"label": "bench"}).encode(), **form))["urls"]
    for first in range(0, len(files), AT_ONCE):
        body = _parcel(files[first : first + AT_ONCE])
        browser.ask(urls["files"], body, **{"Content-Type": "application/octet-stream"})
    uploaded = time.perf_counter()
    browser.ask(urls["start"], b"", **form)
    while b"hx-trigger" in (page := browser.ask(urls["page"])) or b"every 1s" in page:
        time.sleep(0.2)
    ended = time.perf_counter()
    return ended - began, ended - uploaded


def _parcel(paths: list[Path]) -> bytes:
    held = {path.name: path.read_bytes() for path in paths}
    listed = json.dumps([[name, len(data)] for name, data in held.items()])
    return b"".join((listed.encode(), b"\n", *held.values()))


def _rates(port: int, session: str) -> dict[str, float]:
    """Requests a second of each page, as many as the server can bear; in turn, so that all meet the same noise."""
    counts: dict[str, list[float]] = {FRAME: [], TODAY: [], LIST: [], LOAD: []}
    for turn in range(ROUNDS + 1):
        for page, rates in counts.items():
            rate = _saturated(port, session, page)
            if turn:
                rates.append(rate)
    return {page: statistics.median(rates) for page, rates in counts.items()}


def _saturated(port: int, session: str, page: str) -> float:
    done = [0] * CLIENTS
    until = time.perf_counter() + SATURATED_S

    def ask(number: int) -> None:
        browser = Browser(port, session)
        while time.perf_counter() < until:
            browser.ask(page)
            done[number] += 1

    _all_at_once(ask)
    return sum(done) / SATURATED_S


def _checks_in(port: int, session: str) -> float:
    """Answer today's questions with a spot on each leg, and see the session: seconds, the median of five."""
    browser, took = Browser(port, session), []
    groups = {f"none-{group}": "on" for group in library.gate().groups}
    said = {"left": "4", "right": "3", "tool": "ball", "minutes": "10", "position": "floor", **groups}
    form = urlencode([*said.items(), ("spot", "left:medial-upper:6"), ("spot", "right:lateral-middle:5")]).encode()
    for _ in range(5):
        began = time.perf_counter()
        browser.ask("/today/check-in/", form, **{"Content-Type": "application/x-www-form-urlencoded"})
        if b"/session/" not in browser.ask(TODAY):
            raise RuntimeError("the check-in led to no session")
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _latencies(port: int, session: str, *pages: str) -> list[float]:
    """Seconds an answer took, of clients that ask once a second, each for another page."""
    seconds: list[float] = []
    until = time.perf_counter() + CALM_S

    def ask(number: int) -> None:
        browser = Browser(port, session)
        time.sleep(random.random())
        while (began := time.perf_counter()) < until:
            browser.ask(pages[number % len(pages)])
            took = time.perf_counter() - began
            seconds.append(took)
            time.sleep(max(0.0, 1.0 - took))

    _all_at_once(ask)
    return seconds


def _all_at_once(ask: object) -> None:
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[int(0.99 * (len(seconds) - 1))]


def main(arguments: list[str]) -> None:
    """Print the figures; `--json FILE` keeps them."""
    figures = bench_web()
    print(f"web: {(bench_web.__doc__ or '').strip()}")
    for name, figure in figures.items():
        print(f"  {name:40} {figure:10.2f}")
    if "--json" in arguments:
        Path(arguments[arguments.index("--json") + 1]).write_text(json.dumps(figures, indent=2), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
