"""Side-by-side timings in one run: `./dev bench [NAME…] [--json FILE]`. Ratios count; the machine's speed does not."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Timed = Callable[[], object]
ROUNDS = 7
TURN_S = 0.1


def medians(rivals: dict[str, Timed], *, rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds a call of each, measured in turn so that all meet the same noise; one warm-up is not counted.

    In its turn each is called again and again for a tenth of a second, so that a quick one is not measured with the
    caches that a slow one left behind.
    """
    seconds: dict[str, list[float]] = {name: [] for name in rivals}
    for turn in range(rounds + 1):
        for name, call in rivals.items():
            calls, began = 0, time.perf_counter()
            while calls == 0 or time.perf_counter() - began < TURN_S:
                call()
                calls += 1
            if turn:
                seconds[name].append((time.perf_counter() - began) / calls)
    return {name: statistics.median(times) for name, times in seconds.items()}


def bench_read() -> dict[str, float]:
    """An hour-long 1 Hz run (`calfwise sample --runs 1`): `read` against the FIT decoders of others."""
    return _fit_rivals(hrv=False)


def bench_hrv() -> dict[str, float]:
    """The same hour with beat-to-beat times after every second (`--hrv`)."""
    return _fit_rivals(hrv=True)


def _fit_rivals(*, hrv: bool) -> dict[str, float]:
    import fitdecode
    import fitfast
    import garmin_fit_sdk

    from calfwise.readers import read

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        file = _one_hour(folder, hrv=hrv)
        data = file.read_bytes()

        def by_fitdecode() -> int:
            with fitdecode.FitReader(data) as fit:
                return sum(1 for frame in fit if isinstance(frame, fitdecode.FitDataMessage))

        def by_sdk() -> object:
            stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
            return garmin_fit_sdk.Decoder(stream).read()

        rivals: dict[str, Timed] = {
            "calfwise": lambda: read(file),
            "fitfast": lambda: fitfast.records(str(file)),
            "garmin-fit-sdk": by_sdk,
            "fitdecode": by_fitdecode,
        }
        return medians(rivals, rounds=5)


def _one_hour(folder: str, *, hrv: bool = False) -> Path:
    from calfwise.sample import write_sample

    write_sample(Path(folder), until=datetime(2026, 1, 1, tzinfo=UTC), runs=1, hrv=hrv)
    return next(Path(folder).glob("*.fit"))


def bench_xml() -> dict[str, float]:
    """An hour in TCX against tcxreader, and in GPX against gpxpy; made from the same hour as `read`'s."""
    import gpxpy
    from tcxreader.tcxreader import TCXReader

    from calfwise.readers import read
    from calfwise.sample.xml_writer import gpx_of, tcx_of

    with tempfile.TemporaryDirectory() as folder:
        run = read(_one_hour(folder), location=True)[0]
        tcx, gpx = Path(folder) / "hour.tcx", Path(folder) / "hour.gpx"
        tcx.write_bytes(tcx_of(run))
        gpx.write_bytes(gpx_of(run))
        rivals: dict[str, Timed] = {
            "calfwise, TCX": lambda: read(tcx),
            "tcxreader": lambda: TCXReader().read(str(tcx)),
            "calfwise, GPX": lambda: read(gpx),
            "gpxpy": lambda: gpxpy.parse(gpx.read_text("utf-8")),
        }
        return medians(rivals, rounds=5)


def bench_sample() -> dict[str, float]:
    """The made-up runner's two years, from files to load history, against reading alone."""
    from calfwise.intake import take_in
    from calfwise.model.runner import Runner
    from calfwise.readers import files_of, recordings
    from calfwise.sample import write_sample

    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder), until=datetime(2026, 1, 1, tzinfo=UTC))
        files = files_of([folder])

        def reading() -> int:
            return sum(len(recording.runs) for _, recording in recordings(files))

        return medians({"to load history": lambda: take_in(files, runner=Runner()), "reading": reading}, rounds=3)


def bench_help() -> dict[str, float]:
    """`calfwise --help` against `python -c "import numpy"`: it may take 1.2 times as long at most."""

    def run(*command: str) -> Timed:
        return lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True)

    return medians({"calfwise --help": run("-m", "calfwise", "--help"), "import numpy": run("-c", "import numpy")})


def bench_history() -> dict[str, float]:
    """From disk to load history: 3,000 one-hour runs (`calfwise sample --runs 3000`), cold, then known by bytes."""
    return _history(hrv=False)


def bench_history_hrv() -> dict[str, float]:
    """The same with beat-to-beat times after every second."""
    return _history(hrv=True)


def bench_history_tcx() -> dict[str, float]:
    """3,000 one-hour runs in TCX: sixty made hours, each written fifty times with other bytes."""
    from calfwise.readers import read
    from calfwise.sample import write_sample
    from calfwise.sample.xml_writer import tcx_of

    with tempfile.TemporaryDirectory() as folder:
        hours, runs = Path(folder) / "hours", Path(folder) / "runs"
        write_sample(hours, until=datetime(2026, 1, 1, tzinfo=UTC), runs=60)
        runs.mkdir()
        for file in sorted(hours.glob("*.fit")):
            data = tcx_of(read(file, location=True)[0])
            for copy in range(50):
                (runs / f"{file.stem}-{copy}.tcx").write_bytes(data + b"\n" * copy)
        return _timed(runs, Path(folder) / "cache", runs=60)


def _history(*, hrv: bool) -> dict[str, float]:
    """Once each: minutes long."""
    from calfwise.sample import write_sample

    with tempfile.TemporaryDirectory() as folder:
        runs = Path(folder) / "runs"
        write_sample(runs, until=datetime(2026, 1, 1, tzinfo=UTC), runs=3000, hrv=hrv)
        return _timed(runs, Path(folder) / "cache", runs=3000)


def _timed(folder: Path, cache: Path, *, runs: int) -> dict[str, float]:
    """Seconds from disk to load history, cold and with everything known; peak memory of any process is printed."""
    from calfwise.intake import take_in
    from calfwise.intake.cache import Cache
    from calfwise.intake.work import Whose
    from calfwise.model.runner import Runner

    seconds = {}
    for name in ("cold", "known by their bytes"):
        began = time.perf_counter()
        taken = take_in([folder], runner=Runner(), cache=Cache(Whose(), cache))
        seconds[name] = time.perf_counter() - began
        assert len(taken.loads) == runs
    print(f"  peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return seconds


def bench_weeks() -> dict[str, float]:
    """Twelve weeks laid after ten years of runs (3,000), against what the calves took from the same runs."""
    from datetime import timedelta

    from msgspec import structs

    from calfwise import library
    from calfwise.assess import load_history, weeks_ahead
    from calfwise.model.journal import Morning, WantsWeeks, fold
    from calfwise.model.load.next_run import Wish, as_run
    from calfwise.model.runner import Runner
    from calfwise.model.session import Soreness
    from calfwise.model.weeks import WeeksWish

    now, runner = datetime(2026, 1, 1, 8, tzinfo=UTC), Runner()
    days = [now - timedelta(days=1.2 * n + 1) for n in range(3000)]
    loads = [structs.replace(as_run(Wish(8000 + n % 5 * 1000, 2.8), easy=None, now=day), id=f"made:{n}", start=day)
             for n, day in enumerate(days)]  # fmt: skip
    wish = WeeksWish(begins=now.date(), weeks=12, run_days=(1, 3, 5, 6), goal="further")
    words = [Morning(at=day, soreness=Soreness(0, 1)) for day in days]
    history = fold([*words, WantsWeeks(at=now, wish=wish)])
    load = load_history(loads, runner=runner, history=history, now=now)
    rules, content = library.weeks(), library.player()
    return medians({
        "weeks": lambda: weeks_ahead(load, runner=runner, history=history, content=content, rules=rules, now=now),
        "load": lambda: load_history(loads, runner=runner, history=history, now=now),
    })  # fmt: skip


BENCHES: dict[str, Callable[[], dict[str, float]]] = {
    "read": bench_read,
    "hrv": bench_hrv,
    "xml": bench_xml,
    "sample": bench_sample,
    "help": bench_help,
    "history": bench_history,
    "history-hrv": bench_history_hrv,
    "history-tcx": bench_history_tcx,
    "weeks": bench_weeks,
}
"""`./dev bench` runs all; `./dev bench read` also runs hrv and xml, which are reading too."""
TOGETHER = {"read": ("read", "hrv", "xml")}


def main(arguments: list[str]) -> None:
    """Run the benches named, or all; print medians and how many times longer each rival takes than the first."""
    target = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    wanted = [one for name in arguments if name in BENCHES for one in TOGETHER.get(name, (name,))] or list(BENCHES)
    results: dict[str, Any] = {}
    for name in wanted:
        results[name] = BENCHES[name]()
        ours = next(iter(results[name].values()))
        print(f"{name}: {(BENCHES[name].__doc__ or '').strip()}")
        for rival, seconds in results[name].items():
            print(f"  {rival:18} {seconds * 1000:9.1f} ms   {seconds / ours:6.1f} ×")
    if target:
        Path(target).write_text(json.dumps(results, indent=2), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
