"""Ten years to an answer, one new run to a new Today, and the Load page's data: `./dev bench load [--corpus FOLDER]`.

3,000 one-hour runs, made anew unless a folder with them is given; the last five of them come in when the others are
there. Each figure stands beside one of the same run that
the machine moves alike; a target is met or missed only on a quiet machine.
"""

import contextlib
import io
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from calfwise_web.imports.loop import Loop
    from calfwise_web.journal.models import Journal

RUNS = 3000
NEW_RUNS = 5
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
RESTING_S = 4.0
"""A file that was just written is read again the next time: what is measured is the day after."""
COLD_S, TODAY_S, DATA_S = 8.0, 0.5, 0.05
"""What is promised on two quiet cores."""
ASKED = 9
EMPTY, LOAD = "/more/", "/load/"
DATA = re.compile(r'(?:data-src|href)="(/load/(?:data|table|picture)/[^"#]*)"')
DAY = re.compile(r'href="(/load/day/[^"#]*)"')
SCOPES = ("", *(f"?by={by}" for by in ("days", "weeks", "year", "all")))


@dataclass(frozen=True)
class Figure:
    """Seconds that something took, what it is held against, and what was promised."""

    name: str
    seconds: float
    beside: str = ""
    reference_s: float = 0.0
    target_s: float = 0.0
    note: str = ""

    def line(self) -> str:
        ratio = f"{self.seconds / self.reference_s:6.1f} × {self.beside}" if self.reference_s else ""
        target = f"of {1000 * self.target_s:,.0f} ms" if self.target_s else ""
        missed = "  over" if self.target_s and self.seconds > self.target_s else ""
        return f"  {self.name:44} {1000 * self.seconds:9.1f} ms {target:>12}{missed:6} {ratio:40} {self.note}".rstrip()


def once(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def middle(call: Callable[[], object], times: int = ASKED) -> float:
    """Seconds of the middle call; one before is not counted."""
    call()
    return statistics.median(once(call) for _ in range(times))


# --- the terminal ------------------------------------------------------------------------------------------------


def terminal(known: list[Path], new: list[Path], work: Path) -> Iterator[Figure]:
    """In processes of their own, as somebody types it."""
    runs = work / "runs"
    runs.mkdir()
    for path in known:
        shutil.copy(path, runs)
    time.sleep(RESTING_S)
    reading_s = once(lambda: _reading(runs))
    yield Figure("reading alone, one process", reading_s)
    cold_s = once(lambda: _calfwise(work, "load", str(runs), "--json"))
    yield Figure("ten years to an answer, nothing known", cold_s, "reading alone", reading_s, COLD_S)
    start_s = middle(lambda: _calfwise(work, "--help"))
    yield Figure("calfwise --help", start_s)
    known_s = once(lambda: _calfwise(work, "load", str(runs), "--json"))
    yield Figure("ten years to an answer, known by their bytes", known_s, "--help", start_s)
    today = ("today", str(runs), "--sore", "left=2", "right=2", "--answers", "none-of-these", "--json")
    took = []
    for path in new:
        shutil.copy(path, runs)
        took.append(once(lambda: _calfwise(work, *today)))
    yield Figure("terminal: one new run to a new Today", statistics.median(took), "--help", start_s, TODAY_S)


def _reading(folder: Path) -> int:
    from calfwise.readers import files_of, recordings

    return sum(len(recording.runs) for _, recording in recordings(files_of([folder])))


def _calfwise(work: Path, *arguments: str) -> None:
    environment = os.environ | {"CALFWISE_CACHE": str(work / "cache")}
    subprocess.run([sys.executable, "-m", "calfwise", *arguments], check=True, env=environment, capture_output=True)


# --- the web app -------------------------------------------------------------------------------------------------


def web(known: list[Path], new: list[Path]) -> Iterator[Figure]:
    """In this process, on a data folder of its own: the worker's rounds and the server's answers, without a network."""
    from calfwise_web.imports.loop import NAP_S, Loop

    journal, client = _account()
    loop = Loop(threading.Event())
    try:
        yield Figure("web: ten years come in", once(lambda: _bring(loop, journal, known)))
        loop._looked_at = time.monotonic() + 3600  # the calendar and the watched folder have their own rounds
        read_s = statistics.median(once(partial(_reading, path)) for path in new)
        took = [once(partial(_bring, loop, journal, [path])) for path in new]
        note = f"and up to {1000 * NAP_S:.0f} ms until the worker looks"
        yield Figure("web: one new run to a new Today", statistics.median(took), "reading it", read_s, TODAY_S, note)
        yield from _refreshed(journal)
        yield from _asked(client)
    finally:
        loop.decoders.stop()


def _account() -> "tuple[Journal, Client]":
    from django.test import Client
    from django.utils import timezone

    from calfwise_web.account.models import User
    from calfwise_web.journal.services import open_journal

    user = User.objects.create_user("ann", password="calm calves climb")
    journal = open_journal(user, time_zone="Europe/Berlin", consent_version="bench", at=timezone.now())
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return journal, client


def _bring(loop: "Loop", journal: "Journal", files: list[Path]) -> None:
    """Recordings as they lie when an upload has ended, until pages show them."""
    from calfwise_web.imports import staging
    from calfwise_web.imports.models import Batch
    from calfwise_web.refresh import is_current

    batch = journal.batches.create()
    for path in files:
        place = staging.place_of(batch.key, path.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.WAITING)
    while loop.once():
        pass
    batch.refresh_from_db()
    journal.refresh_from_db()
    assert batch.runs == len(files)
    assert is_current(journal)


def _refreshed(journal: "Journal") -> Iterator[Figure]:
    from django.utils import timezone

    from calfwise_web.journal.models import Load
    from calfwise_web.refresh import refresh

    bodies_s = middle(lambda: list(Load.objects.filter(journal=journal).values_list("body", flat=True)), 3)
    refresh_s = middle(lambda: refresh(journal, now=timezone.now()), 3)
    yield Figure("  of it: all pages worked out anew", refresh_s, "the loads' rows alone", bodies_s)


def _asked(client: "Client") -> Iterator[Figure]:
    """Every address that the Load page and its charts ask for, slowest first."""
    empty_s = middle(lambda: _got(client, EMPTY))
    yield Figure("web: an empty page", empty_s)
    pages = [LOAD + scope for scope in SCOPES]
    texts = [_got(client, page).decode() for page in pages]
    days = sorted({day for text in texts for day in DAY.findall(text)})
    addresses = {*pages, *(address for text in texts for address in DATA.findall(text)), *days[:1], *days[-1:]}
    figures = [_answer(client, address, empty_s) for address in sorted(addresses)]
    yield from sorted(figures, key=lambda figure: -figure.seconds)


def _answer(client: "Client", address: str, empty_s: float) -> Figure:
    size = f"{len(_got(client, address)) / 1000:.0f} kB"
    return Figure(address, middle(lambda: _got(client, address)), "an empty page", empty_s, DATA_S, size)


def _got(client: "Client", address: str) -> bytes:
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    content: bytes = answer.getvalue()
    return content


# --- all of it ---------------------------------------------------------------------------------------------------


def figures(corpus: Path | None) -> Iterator[Figure]:
    """One after another, each as soon as it is known."""
    from calfwise.sample import write_sample

    with tempfile.TemporaryDirectory(prefix="calfwise-bench-") as folder:
        work = Path(folder)
        if corpus is None:
            corpus = work / "corpus"
            write_sample(corpus, until=UNTIL, runs=RUNS)
        files = sorted(corpus.glob("*.fit"))
        known, new = files[:-NEW_RUNS], files[-NEW_RUNS:]
        _prepare(work / "data")
        yield from terminal(known, new, work)
        yield from web(known, new)


def _prepare(data: Path) -> None:
    """Django on a data folder of its own, before anything of the web app is imported."""
    os.environ |= {"CALFWISE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "calfwise_web.settings"}
    from calfwise_web.serve.prepare import prepare

    with contextlib.redirect_stdout(io.StringIO()):
        prepare()


def main(arguments: list[str]) -> None:
    """Print the figures as they come; `--json FILE` keeps them."""
    corpus = Path(arguments[arguments.index("--corpus") + 1]).resolve() if "--corpus" in arguments else None
    print(f"load: {(__doc__ or '').strip().splitlines()[0]}")
    kept: dict[str, Any] = {}
    for figure in figures(corpus):
        print(figure.line(), flush=True)
        kept[figure.name.strip()] = figure.seconds
    if "--json" in arguments:
        Path(arguments[arguments.index("--json") + 1]).write_text(json.dumps(kept, indent=2), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
