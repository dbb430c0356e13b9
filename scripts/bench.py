"""Side-by-side timings in one run: `./dev bench [NAME…] [--json FILE]`. Ratios count; the machine's speed does not."""

import json
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


def medians(rivals: dict[str, Timed], *, rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each, measured in turn so that all meet the same noise; one warm-up is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in rivals}
    for turn in range(rounds + 1):
        for name, call in rivals.items():
            began = time.perf_counter()
            call()
            if turn:
                seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in seconds.items()}


def bench_read() -> dict[str, float]:
    """An hour-long 1 Hz run (`calfwise sample --runs 1`): `read` against fitdecode and the Garmin SDK."""
    import fitdecode
    import garmin_fit_sdk

    from calfwise.readers import read
    from calfwise.sample import write_sample

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder), until=datetime(2026, 1, 1, tzinfo=UTC), runs=1)
        file = next(Path(folder).glob("*.fit"))
        data = file.read_bytes()

        def by_fitdecode() -> int:
            with fitdecode.FitReader(data) as fit:
                return sum(1 for frame in fit if isinstance(frame, fitdecode.FitDataMessage))

        def by_sdk() -> object:
            stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(data))
            return garmin_fit_sdk.Decoder(stream).read()

        return medians({"calfwise": lambda: read(file), "fitdecode": by_fitdecode, "garmin-fit-sdk": by_sdk}, rounds=5)


def bench_load() -> dict[str, float]:
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


BENCHES: dict[str, Callable[[], dict[str, float]]] = {"read": bench_read, "load": bench_load, "help": bench_help}


def main(arguments: list[str]) -> None:
    """Run the benches named, or all; print medians and how many times longer each rival takes than the first."""
    target = arguments[arguments.index("--json") + 1] if "--json" in arguments else None
    wanted = [name for name in arguments if name in BENCHES] or list(BENCHES)
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
